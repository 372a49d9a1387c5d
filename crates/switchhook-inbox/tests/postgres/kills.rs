//! Servers that go away and come back, and answers that get lost.

use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::Response;
use switchhook_dispatch::{Claim, DeliveryId, Store as _, StoreErrorKind};
use switchhook_inbox::{Inbox as _, PostgresInbox, Settled, Settlement, State};
use tokio::{
    task::{JoinSet, block_in_place},
    time::sleep,
};

use crate::{
    MINUTE, bounded, client, done, effects::statement, end, id, incoming, lease_one, ordered,
    proxy::Proxy, server, value,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crash_of_the_server_loses_nothing_that_was_accepted() {
    let Some(server) = server::start() else { return };
    let url = server.database();
    let inbox = PostgresInbox::connect(&url).await.unwrap();
    let ended = Arc::new(AtomicBool::new(false));
    let accepted: Arc<Mutex<Vec<(Instant, DeliveryId)>>> = Arc::default();
    let mut tasks = JoinSet::new();
    for task in 0..12 {
        let (inbox, ended, accepted) = (inbox.clone(), Arc::clone(&ended), Arc::clone(&accepted));
        tasks.spawn(async move {
            for n in 0.. {
                if ended.load(Relaxed) {
                    return;
                }
                let name = format!("{task} {n}");
                let delivery = if task % 3 == 0 {
                    ordered(&name, &format!("{task} {}", n % 5), n)
                } else {
                    incoming(&name)
                };
                if inbox.accept(delivery).await.is_ok() {
                    accepted.lock().unwrap().push((Instant::now(), id(&name)));
                }
                // As many as a worker that is a debug build can take.
                sleep(Duration::from_millis(20)).await;
            }
        });
    }
    // Two workers, which know nothing of the crash but errors.
    let handled: Arc<Mutex<HashSet<DeliveryId>>> = Arc::default();
    let mut workers = JoinSet::new();
    for _ in 0..2 {
        let (inbox, ended, handled) = (inbox.clone(), Arc::clone(&ended), Arc::clone(&handled));
        workers.spawn(async move {
            loop {
                let over = ended.load(Relaxed);
                let Ok(leased) = inbox.lease(16, Duration::from_secs(2)).await else { continue };
                if leased.is_empty()
                    && over
                    && inbox.stats().await.unwrap().oldest_waiting.is_none()
                {
                    return;
                }
                for leased in leased {
                    if let Ok(Settled::Yes) =
                        inbox.settle(leased.id, leased.fence, end(&leased)).await
                    {
                        handled.lock().unwrap().insert(leased.id);
                    }
                }
            }
        });
    }
    let mut back = Instant::now();
    for _ in 0..2 {
        sleep(Duration::from_millis(700)).await;
        block_in_place(|| {
            server.stop_immediate();
            server.start();
        });
        back = Instant::now();
    }
    sleep(Duration::from_millis(700)).await;
    ended.store(true, Relaxed);
    bounded(tasks.join_all()).await;
    bounded(workers.join_all()).await;

    let accepted = std::mem::take(&mut *accepted.lock().unwrap());
    assert!(accepted.iter().any(|(at, _)| *at < back), "none before the crash");
    assert!(accepted.iter().any(|(at, _)| *at > back), "none after the crash");
    let handled = std::mem::take(&mut *handled.lock().unwrap());
    for (_, id) in &accepted {
        let kept = inbox.show(*id).await.unwrap().expect("it was accepted");
        assert_eq!(kept.summary.state, State::Done);
        assert!(handled.contains(id) || kept.summary.attempts > 1, "settled by nobody");
    }
    let stats = inbox.stats().await.unwrap();
    assert!(stats.total() >= accepted.len() as u64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_down_is_an_error_in_time_and_comes_back() {
    let Some(server) = server::start() else { return };
    let inbox = PostgresInbox::connect(&server.database()).await.unwrap();
    inbox.accept(incoming("a")).await.unwrap();
    let leased = lease_one(&inbox).await;
    block_in_place(|| server.stop_immediate());
    let started = Instant::now();
    let (accepted, claimed, leases) = tokio::join!(
        inbox.accept(incoming("b")),
        inbox.claim(id("c"), MINUTE),
        inbox.lease(1, MINUTE)
    );
    assert_eq!(accepted.unwrap_err().kind(), StoreErrorKind::Unavailable);
    assert_eq!(claimed.unwrap_err().kind(), StoreErrorKind::Unavailable);
    assert_eq!(leases.unwrap_err().kind(), StoreErrorKind::Unavailable);
    assert!(started.elapsed() < Duration::from_secs(12));

    // A settlement that has begun meanwhile is there when the server is.
    let settled = tokio::spawn({
        let inbox = inbox.clone();
        async move { inbox.settle(leased.id, leased.fence, done()).await }
    });
    sleep(Duration::from_millis(300)).await;
    block_in_place(|| server.start());
    assert_eq!(bounded(settled).await.unwrap().unwrap(), Settled::Yes);
    inbox.accept(incoming("b")).await.unwrap();
    assert_eq!(lease_one(&inbox).await.id, id("b"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_became_of_a_lost_answer_is_told_by_key_and_fence() {
    let Some(server) = server::shared() else { return };
    let url = server.database();
    let proxy = Proxy::start(server.address()).await;
    let inbox = PostgresInbox::connect(&proxy.url(&url)).await.unwrap();
    let client = client(&url).await;
    client.batch_execute("CREATE TABLE effects (name text)").await.unwrap();

    for delivery in [incoming("a"), ordered("b", "thing", 1)] {
        proxy.cut("INSERT INTO", "INSERT 0 1");
        inbox.accept(delivery).await.unwrap();
        assert_eq!(proxy.cuts(), 1);
    }
    assert_eq!(inbox.stats().await.unwrap().total(), 2);

    // Effects happen once, whether the commit's answer is lost or the connection before it.
    for (sent, answered) in [("COMMIT", "COMMIT"), ("INSERT INTO effects", "INSERT 0 1")] {
        let leased = lease_one(&inbox).await;
        let effect = statement("INSERT INTO effects VALUES ($1)", (sent,));
        proxy.cut(sent, answered);
        let settlement = Settlement::Done(vec![effect]);
        let settled = inbox.settle(leased.id, leased.fence, settlement).await.unwrap();
        assert_eq!((settled, proxy.cuts()), (Settled::Yes, 1));
        let count = format!("SELECT count(*) FROM effects WHERE name = '{sent}'");
        assert_eq!(value(&client, &count).await.as_deref(), Some("1"));
    }

    inbox.accept(incoming("c")).await.unwrap();
    let leased = lease_one(&inbox).await;
    proxy.cut("settled_at =", "SELECT 1");
    assert_eq!(inbox.settle(leased.id, leased.fence, done()).await.unwrap(), Settled::Yes);
    assert_eq!(proxy.cuts(), 1);

    proxy.cut("INSERT INTO", "INSERT 0 1");
    let claim = inbox.claim(id("d"), MINUTE).await.unwrap();
    let Claim::New { fence } = claim else { panic!("{claim:?}") };
    assert_eq!(proxy.cuts(), 1);
    assert!(matches!(inbox.claim(id("d"), MINUTE).await.unwrap(), Claim::InFlight));
    proxy.cut("SET status", "UPDATE 1");
    let reply = Response::new(Bytes::from_static(b"<Response/>"));
    assert!(inbox.answer(id("d"), fence, &reply, MINUTE).await.unwrap());
    assert_eq!(proxy.cuts(), 1);
    assert!(matches!(inbox.claim(id("d"), MINUTE).await.unwrap(), Claim::Answered(_)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_connection_that_goes_silent_is_given_up() {
    let Some(server) = server::shared() else { return };
    let proxy = Proxy::start(server.address()).await;
    let options = PostgresInbox::options().pool_size(2).time_limit(Duration::from_millis(300));
    let inbox = options.connect(&proxy.url(&server.database())).await.unwrap();
    inbox.accept(incoming("a")).await.unwrap();
    // The connections that there are get no answer any more; new ones do.
    proxy.silence();
    let started = Instant::now();
    inbox.accept(incoming("b")).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(6));
    assert_eq!(inbox.stats().await.unwrap().total(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_claim_that_nobody_waits_for_keeps_no_connection() {
    let Some(server) = server::shared() else { return };
    let proxy = Proxy::start(server.address()).await;
    let options = PostgresInbox::options().pool_size(1).time_limit(Duration::from_millis(300));
    let inbox = options.connect(&proxy.url(&server.database())).await.unwrap();
    inbox.accept(incoming("a")).await.unwrap();
    proxy.silence();
    // The only connection will never answer, and nobody polls what waits for it.
    let mut claim = inbox.claim(id("b"), MINUTE);
    assert!(tokio::time::timeout(Duration::from_millis(50), &mut claim).await.is_err());
    inbox.accept(incoming("c")).await.unwrap();
    assert!(matches!(bounded(claim).await.unwrap(), Claim::New { .. }));
}
