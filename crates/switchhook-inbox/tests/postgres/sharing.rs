//! Several inboxes on one database.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use switchhook_dispatch::{Accepted, Claim, Store as _};
use switchhook_inbox::{Filter, Inbox as _, PostgresInbox, Retention, Settled, State};
use tokio::{task::JoinSet, time::sleep};

use crate::{MINUTE, bounded, client, done, end, id, incoming, lease_one, ordered, server};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_inboxes_never_lease_the_same() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inboxes =
        [PostgresInbox::connect(&url).await.unwrap(), PostgresInbox::connect(&url).await.unwrap()];
    let about = |n: u64| format!("thing {}", n % 7);
    let mut accepts = JoinSet::new();
    for n in 0..240 {
        let name = format!("delivery {n}");
        let delivery = if n % 2 == 0 { ordered(&name, &about(n), n) } else { incoming(&name) };
        let inbox = inboxes[usize::from(n % 3 == 0)].clone();
        accepts.spawn(async move { inbox.accept(delivery).await.unwrap() });
    }
    accepts.join_all().await;
    let things = Arc::new(
        (0..240).step_by(2).map(|n| (id(&format!("delivery {n}")), about(n))).collect::<Vec<_>>(),
    );
    // What is leased now, and about what: nobody else may have it.
    let held: Arc<Mutex<HashSet<String>>> = Arc::default();
    let all: Arc<Mutex<Vec<_>>> = Arc::default();
    let mut workers = JoinSet::new();
    for worker in 0..8 {
        let inbox = inboxes[worker % 2].clone();
        let (held, all, things) = (Arc::clone(&held), Arc::clone(&all), Arc::clone(&things));
        workers.spawn(async move {
            while all.lock().unwrap().len() < 240 {
                for leased in inbox.lease(1 + worker % 4, MINUTE).await.unwrap() {
                    assert_eq!(leased.attempt, 1);
                    let thing = things.iter().find(|(id, _)| *id == leased.id);
                    let name =
                        thing.map_or_else(|| leased.id.to_string(), |(_, name)| name.clone());
                    assert!(held.lock().unwrap().insert(name.clone()), "{name} is held twice");
                    all.lock().unwrap().push(leased.id);
                    tokio::task::yield_now().await;
                    held.lock().unwrap().remove(&name);
                    let settled =
                        inbox.settle(leased.id, leased.fence, end(&leased)).await.unwrap();
                    assert_eq!(settled, Settled::Yes);
                }
            }
        });
    }
    bounded(workers.join_all()).await;
    let all = all.lock().unwrap();
    assert_eq!((all.len(), all.iter().collect::<HashSet<_>>().len()), (240, 240));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_inbox_is_woken() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let here = PostgresInbox::connect(&url).await.unwrap();
    let there = PostgresInbox::connect(&url).await.unwrap();
    let elsewhere = PostgresInbox::options().schema("elsewhere").connect(&url).await.unwrap();
    // Both listen as soon as they have said so.
    for inbox in [&there, &elsewhere] {
        bounded(inbox.changed(MINUTE)).await;
        inbox.changed(Duration::from_millis(200)).await;
    }
    for n in 0..3 {
        let waiting = tokio::spawn({
            let there = there.clone();
            async move {
                there.changed(MINUTE).await;
                there.lease(9, MINUTE).await.unwrap().len()
            }
        });
        sleep(Duration::from_millis(50)).await;
        here.accept(incoming(&format!("delivery {n}"))).await.unwrap();
        assert_eq!(bounded(waiting).await.unwrap(), 1);
    }
    let started = Instant::now();
    elsewhere.changed(Duration::from_millis(300)).await;
    assert!(started.elapsed() >= Duration::from_millis(290), "woken by another schema");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listener_that_was_cut_listens_again() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let here = PostgresInbox::connect(&url).await.unwrap();
    let there = PostgresInbox::connect(&url).await.unwrap();
    bounded(there.changed(MINUTE)).await;
    let client = client(&url).await;
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    client.query_one(cut, &[]).await.unwrap();
    // It wakes once when it listens again.
    bounded(there.changed(MINUTE)).await;
    let woken = async {
        for n in 0.. {
            here.accept(incoming(&format!("delivery {n}"))).await.unwrap();
            let started = Instant::now();
            there.changed(Duration::from_secs(2)).await;
            if started.elapsed() < Duration::from_secs(1) {
                break;
            }
        }
    };
    bounded(woken).await;
}

#[tokio::test]
async fn a_turn_is_kept_and_passed_on() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    for n in 1..4 {
        inbox.accept(ordered(&format!("delivery {n}"), "thing", n)).await.unwrap();
    }
    let short = Duration::from_millis(150);
    let first = inbox.lease(9, short).await.unwrap().remove(0);
    // An extended lease keeps the turn.
    assert!(inbox.extend(first.id, first.fence, short * 3).await.unwrap());
    sleep(short * 2).await;
    assert!(inbox.lease(9, MINUTE).await.unwrap().is_empty());
    sleep(short * 2).await;
    // One that has ended passes it on, and cannot have it back.
    let second = lease_one(&inbox).await;
    assert_ne!(second.id, first.id, "those that have waited longest come first");
    assert!(!inbox.extend(first.id, first.fence, MINUTE).await.unwrap());
    // Its end is taken all the same, and the turn stays where it is.
    assert_eq!(inbox.settle(first.id, first.fence, done()).await.unwrap(), Settled::Yes);
    assert!(inbox.lease(9, MINUTE).await.unwrap().is_empty());
    assert_eq!(inbox.settle(second.id, second.fence, done()).await.unwrap(), Settled::Yes);
    let third = lease_one(&inbox).await;
    assert!(third.id != first.id && third.id != second.id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_about_a_thing_comes_through_while_things_are_swept() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let retention = Retention { done: Duration::ZERO, dead: Duration::ZERO };
    let mut sweeper = JoinSet::new();
    for _ in 0..2 {
        let inbox = inbox.clone();
        sweeper.spawn(async move {
            loop {
                inbox.sweep(retention).await.unwrap();
            }
        });
    }
    let mut accepts = JoinSet::new();
    for task in 0..6 {
        let inbox = inbox.clone();
        accepts.spawn(async move {
            for n in 0..40 {
                let delivery = ordered(&format!("{task} {n}"), &format!("thing {}", n % 3), n);
                assert_eq!(inbox.accept(delivery).await.unwrap(), Accepted::New);
                for leased in inbox.lease(1, MINUTE).await.unwrap() {
                    inbox.settle(leased.id, leased.fence, end(&leased)).await.unwrap();
                }
            }
        });
    }
    bounded(accepts.join_all()).await;
    let rest = async {
        while inbox.stats().await.unwrap().oldest_waiting.is_some() {
            for leased in inbox.lease(9, MINUTE).await.unwrap() {
                inbox.settle(leased.id, leased.fence, end(&leased)).await.unwrap();
            }
        }
    };
    bounded(rest).await;
    sweeper.shutdown().await;
}

#[tokio::test]
async fn a_fence_is_never_given_twice() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let mut last = 0;
    for _ in 0..3 {
        inbox.accept(incoming("a")).await.unwrap();
        let leased = lease_one(&inbox).await;
        assert!(leased.fence > last);
        last = leased.fence;
        inbox.settle(leased.id, leased.fence, done()).await.unwrap();
        assert_eq!(inbox.remove(&Filter::new(), 9).await.unwrap(), 1);
        let Claim::New { fence } = inbox.claim(id("a"), MINUTE).await.unwrap() else { panic!() };
        assert!(fence > last);
        last = fence;
        inbox.release(id("a"), fence).await.unwrap();
    }
}

#[tokio::test]
async fn damaged_rows_stand_in_nobodys_way() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let client = client(&url).await;
    let damages = [
        "method = 'no method'",
        "target = 'no target'",
        "public_target = ' '",
        "peer = 'nowhere'",
        r"headers = '\x00'",
        r"id = '\x07'",
        "place = NULL, scope = NULL, headers = ':'",
    ];
    for (at, damage) in damages.into_iter().enumerate() {
        let name = format!("damaged {at}");
        inbox.accept(ordered(&name, &format!("thing {at}"), 1)).await.unwrap();
        let damage = format!(
            "UPDATE switchhook_deliveries SET {damage} WHERE number = (SELECT max(number) FROM switchhook_deliveries)"
        );
        client.batch_execute(&damage).await.unwrap();
    }
    inbox.accept(incoming("tried often")).await.unwrap();
    let often = "UPDATE switchhook_deliveries SET attempts = 2147483647 WHERE state = 'pending' AND scope IS NULL AND method = 'POST'";
    client.batch_execute(often).await.unwrap();
    inbox.accept(incoming("good")).await.unwrap();
    inbox.accept(ordered("good as well", "thing 0", 2)).await.unwrap();

    let mut leased = inbox.lease(20, MINUTE).await.unwrap();
    leased.extend(inbox.lease(20, MINUTE).await.unwrap());
    let ids: HashSet<_> = leased.iter().map(|leased| leased.id).collect();
    assert!(ids.is_superset(&HashSet::from([id("good"), id("good as well")])));
    let dead = Filter::new().state(State::Dead);
    // A list needs no request, but an id.
    assert!(inbox.list(&dead, None, 20).await.is_err());
    client.batch_execute(r"DELETE FROM switchhook_deliveries WHERE id = '\x07'").await.unwrap();
    let listed = inbox.list(&dead, None, 20).await.unwrap();
    assert_eq!(listed.len(), damages.len() - 1);
    for summary in listed {
        assert!(summary.error.as_deref().unwrap().contains("cannot be read"));
        assert!(inbox.show(summary.id).await.is_err());
    }
    client.batch_execute("UPDATE switchhook_deliveries SET state = 'odd'").await.unwrap();
    assert!(inbox.show(id("good")).await.is_err());
    assert_eq!(inbox.stats().await.unwrap().total(), 0);
}

#[tokio::test]
async fn what_the_server_cannot_keep_is_replaced() {
    let Some(server) = server::shared() else { return };
    let inbox = PostgresInbox::connect(&server.database()).await.unwrap();
    let mut delivery = incoming("a");
    delivery.event = Some("odd\0name".into());
    delivery.subject = Some("\0".into());
    inbox.accept(delivery).await.unwrap();
    inbox.bury(incoming("b"), "why\0").await.unwrap();
    let found = inbox.list(&Filter::new().event("odd\0name"), None, 9).await.unwrap();
    assert_eq!((found.len(), found[0].event.as_deref()), (1, Some("odd\u{fffd}name")));
}

#[tokio::test]
async fn many_rows_are_changed_in_portions() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    client(&url)
        .await
        .batch_execute(
            "INSERT INTO switchhook_deliveries
                (id, route, family, state, attempts, received_at, settled_at, method, target, tls, headers, body)
             SELECT decode(lpad(to_hex(n), 32, '0'), 'hex'), '/', 'x', 'dead', 1, now(), now(), 'POST', '/', false, '', ''
             FROM generate_series(1, 2500) AS n",
        )
        .await
        .unwrap();
    assert_eq!(inbox.replay(&Filter::new(), 1300).await.unwrap(), 1300);
    assert_eq!(inbox.stats().await.unwrap().counts, [1300, 0, 0, 0, 1200]);
    assert_eq!(inbox.remove(&Filter::new().state(State::Pending), 1250).await.unwrap(), 1250);
    assert_eq!(inbox.replay(&Filter::new(), usize::MAX).await.unwrap(), 1200);
    let leased = inbox.lease(2000, MINUTE).await.unwrap();
    assert_eq!((leased.len(), inbox.lease(2000, MINUTE).await.unwrap().len()), (1000, 250));
    for leased in leased.iter().take(5) {
        inbox.settle(leased.id, leased.fence, done()).await.unwrap();
    }
    let none = Retention { done: Duration::ZERO, dead: Duration::ZERO };
    assert_eq!(inbox.sweep(none).await.unwrap(), 5);
    assert!(inbox.stats().await.unwrap().bytes.unwrap() > 8192);
}
