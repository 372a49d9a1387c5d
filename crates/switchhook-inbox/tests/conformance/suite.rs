//! The suite: given a new, empty inbox, each function checks one promise.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use switchhook_core::{IdempotencyKey, Position};
use switchhook_dispatch::{Accepted, BoxFuture, Claim, DeliveryId, Incoming};
use switchhook_inbox::{Filter, Inbox, Leased, Retention, Settled, Settlement, State};
use switchhook_signature::{Connection, PublicTarget};
use tokio::task::JoinSet;

/// A test of each promise for the store that `$make` makes; with a `?` for one that it may make,
/// where the machine has what it takes.
macro_rules! conforms {
    ($store:ident: $make:expr) => {
        $crate::suite::conforms!(@all $store (async || {
            let make = $make;
            Some(make().await)
        }));
    };
    ($store:ident?: $make:expr) => {
        $crate::suite::conforms!(@all $store ($make));
    };
    (@all $store:ident ($make:expr)) => {
        $crate::suite::conforms!(@each $store ($make)
            a_delivery_is_kept_once
            a_request_comes_back_as_it_was
            what_is_leased_is_nobody_elses
            an_ended_lease_is_lost_to_the_next
            a_lease_of_no_length_is_one_lease
            a_lease_can_be_extended
            settling_twice_is_settling_once
            a_retry_waits_for_its_time
            a_returned_delivery_was_not_tried
            a_dead_letter_can_be_replayed
            a_buried_delivery_is_a_dead_letter
            deliveries_about_one_thing_take_turns
            what_comes_late_is_outdated
            a_late_end_undoes_nothing_newer
            lists_are_filtered_and_paged
            a_filter_may_name_many_ids
            stats_count_every_state
            removing_and_sweeping_delete
            a_claim_is_answered_once
            a_claim_can_be_given_back
            a_claim_ends_with_its_lease
            a_claim_that_nobody_hears_is_given_back
            many_at_once_keep_each_key_once
            many_at_once_claim_each_key_once
            many_at_once_lease_each_delivery_once
            waiting_ends_when_something_comes
        );
    };
    (@each $store:ident ($make:expr) $($test:ident)*) => {
        mod $store {
            use super::*;

            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    let make = $make;
                    if let Some(inbox) = make().await {
                        $crate::suite::$test(inbox).await;
                    }
                }
            )*
        }
    };
}
pub(crate) use conforms;

pub(crate) use crate::claims::*;

pub(crate) const MINUTE: Duration = Duration::from_secs(60);

pub(crate) fn id(name: &str) -> DeliveryId {
    DeliveryId::of(&IdempotencyKey::of([name]))
}

pub(crate) fn incoming(name: &str) -> Incoming {
    let request = Request::post("/video?a=1").body(Bytes::from(format!("Name={name}"))).unwrap();
    let mut incoming = Incoming::new(id(name), "/video", "twilio.video", request);
    incoming.event = Some("room-ended".into());
    incoming.subject = Some(name.into());
    incoming
}

fn ordered(name: &str, about: &str, place: u64) -> Incoming {
    let mut incoming = incoming(name);
    incoming.order = Some((id(about), Position::Number(place).to_bytes()));
    incoming
}

async fn accept<I: Inbox>(inbox: &I, names: &[&str]) {
    for name in names {
        assert_eq!(inbox.accept(incoming(name)).await.unwrap(), Accepted::New, "{name}");
    }
}

async fn lease_one<I: Inbox>(inbox: &I) -> Leased {
    let mut leased = inbox.lease(1, MINUTE).await.unwrap();
    assert_eq!(leased.len(), 1);
    leased.remove(0)
}

async fn settle<I: Inbox>(inbox: &I, leased: &Leased, settlement: Settlement) -> Settled {
    inbox.settle(leased.id, leased.fence, settlement).await.unwrap()
}

async fn state<I: Inbox>(inbox: &I, name: &str) -> State {
    inbox.show(id(name)).await.unwrap().expect("kept").summary.state
}

fn done() -> Settlement {
    Settlement::Done(Vec::new())
}

fn dead(error: &str) -> Settlement {
    Settlement::Dead { error: error.into() }
}

pub(crate) async fn a_delivery_is_kept_once<I: Inbox>(inbox: I) {
    accept(&inbox, &["a"]).await;
    assert_eq!(inbox.accept(incoming("a")).await.unwrap(), Accepted::Known);
    let leased = lease_one(&inbox).await;
    assert_eq!(inbox.accept(incoming("a")).await.unwrap(), Accepted::Known);
    assert_eq!(settle(&inbox, &leased, done()).await, Settled::Yes);
    assert_eq!(inbox.accept(incoming("a")).await.unwrap(), Accepted::Known);
    assert_eq!(inbox.stats().await.unwrap().total(), 1);
    assert!(inbox.lease(9, MINUTE).await.unwrap().is_empty());
}

pub(crate) async fn a_request_comes_back_as_it_was<I: Inbox>(inbox: I) {
    let mut delivery = incoming("a");
    let headers = delivery.request.headers_mut();
    for (name, value) in
        [("x-twilio-signature", &b"abc="[..]), ("accept", b"a"), ("accept", b"\xff")]
    {
        headers.append(name, HeaderValue::from_bytes(value).unwrap());
    }
    let headers = headers.clone();
    let body: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    *delivery.request.body_mut() = body.clone().into();
    let peer = Some("2001:db8::7".parse().unwrap());
    delivery.request.extensions_mut().insert(Connection { tls: true, peer });
    delivery.request.extensions_mut().insert(PublicTarget("/hooks/video?a=1".parse().unwrap()));
    inbox.accept(delivery).await.unwrap();

    let leased = lease_one(&inbox).await.request;
    let shown = inbox.show(id("a")).await.unwrap().unwrap().request;
    for request in [leased, shown] {
        assert_eq!(
            (request.method().as_str(), request.uri().to_string().as_str()),
            ("POST", "/video?a=1")
        );
        assert_eq!(*request.headers(), headers);
        assert_eq!(*request.body(), body);
        let connection = request.extensions().get::<Connection>().unwrap();
        assert_eq!((connection.tls, connection.peer), (true, peer));
        assert_eq!(request.extensions().get::<PublicTarget>().unwrap().0, "/hooks/video?a=1");
    }
    assert!(inbox.show(id("b")).await.unwrap().is_none());
}

pub(crate) async fn what_is_leased_is_nobody_elses<I: Inbox>(inbox: I) {
    accept(&inbox, &["a", "b", "c"]).await;
    let two = inbox.lease(2, MINUTE).await.unwrap();
    assert_eq!(two.iter().map(|leased| leased.id).collect::<Vec<_>>(), [id("a"), id("b")]);
    assert!(two.iter().all(|leased| (leased.attempt, leased.outdated) == (1, false)));
    assert_eq!(lease_one(&inbox).await.id, id("c"));
    assert!(inbox.lease(9, MINUTE).await.unwrap().is_empty());
    assert!(inbox.lease(0, MINUTE).await.unwrap().is_empty());
    assert_eq!(state(&inbox, "a").await, State::Leased);
}

pub(crate) async fn an_ended_lease_is_lost_to_the_next<I: Inbox>(inbox: I) {
    accept(&inbox, &["a"]).await;
    let first = inbox.lease(1, Duration::from_millis(30)).await.unwrap().remove(0);
    tokio::time::sleep(Duration::from_millis(60)).await;
    let second = lease_one(&inbox).await;
    assert_eq!((second.id, second.attempt), (first.id, 2));
    assert!(second.fence > first.fence);
    for late in [done(), dead("late"), Settlement::Returned] {
        assert_eq!(settle(&inbox, &first, late).await, Settled::Lost);
    }
    assert!(!inbox.extend(first.id, first.fence, MINUTE).await.unwrap());
    assert_eq!(state(&inbox, "a").await, State::Leased);
    assert_eq!(settle(&inbox, &second, done()).await, Settled::Yes);
    assert_eq!(settle(&inbox, &first, dead("late")).await, Settled::Lost);
    assert_eq!(state(&inbox, "a").await, State::Done);
    assert_eq!(inbox.settle(id("none"), 1, done()).await.unwrap(), Settled::Lost);
}

pub(crate) async fn a_lease_of_no_length_is_one_lease<I: Inbox>(inbox: I) {
    accept(&inbox, &["a", "b"]).await;
    let leased = inbox.lease(5, Duration::ZERO).await.unwrap();
    assert_eq!(leased.iter().map(|leased| leased.id).collect::<Vec<_>>(), [id("a"), id("b")]);
    tokio::time::sleep(Duration::from_millis(5)).await;
    assert_eq!(lease_one(&inbox).await.attempt, 2);
}

pub(crate) async fn a_lease_can_be_extended<I: Inbox>(inbox: I) {
    accept(&inbox, &["a"]).await;
    let leased = inbox.lease(1, Duration::from_millis(200)).await.unwrap().remove(0);
    assert!(inbox.extend(leased.id, leased.fence, MINUTE).await.unwrap());
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert!(inbox.lease(1, MINUTE).await.unwrap().is_empty());
    assert!(!inbox.extend(leased.id, leased.fence + 1, MINUTE).await.unwrap());
    assert_eq!(settle(&inbox, &leased, done()).await, Settled::Yes);
    assert!(!inbox.extend(leased.id, leased.fence, MINUTE).await.unwrap());
}

pub(crate) async fn settling_twice_is_settling_once<I: Inbox>(inbox: I) {
    accept(&inbox, &["a"]).await;
    let leased = lease_one(&inbox).await;
    assert_eq!(settle(&inbox, &leased, done()).await, Settled::Yes);
    // The answer got lost, and the worker asks again.
    assert_eq!(settle(&inbox, &leased, done()).await, Settled::Yes);
    let record = inbox.show(id("a")).await.unwrap().unwrap().summary;
    assert_eq!((record.state, record.due_at, record.error), (State::Done, None, None));
    assert!(record.settled_at.is_some());
}

pub(crate) async fn a_retry_waits_for_its_time<I: Inbox>(inbox: I) {
    accept(&inbox, &["a"]).await;
    let leased = lease_one(&inbox).await;
    let retry = |millis| Settlement::Retry {
        after: Duration::from_millis(millis),
        error: "not yet".into(),
    };
    assert_eq!(settle(&inbox, &leased, retry(150)).await, Settled::Yes);
    assert!(inbox.lease(1, MINUTE).await.unwrap().is_empty());
    let summary = inbox.show(id("a")).await.unwrap().unwrap().summary;
    assert_eq!((summary.state, summary.attempts), (State::Retry, 1));
    assert_eq!(summary.error.as_deref(), Some("not yet"));
    tokio::time::sleep(Duration::from_millis(200)).await;
    let leased = lease_one(&inbox).await;
    assert_eq!(leased.attempt, 2);
    assert_eq!(settle(&inbox, &leased, retry(0)).await, Settled::Yes);
    assert_eq!(lease_one(&inbox).await.attempt, 3);
}

pub(crate) async fn a_returned_delivery_was_not_tried<I: Inbox>(inbox: I) {
    accept(&inbox, &["a"]).await;
    let leased = lease_one(&inbox).await;
    assert_eq!(settle(&inbox, &leased, Settlement::Returned).await, Settled::Yes);
    assert_eq!(state(&inbox, "a").await, State::Pending);
    let again = lease_one(&inbox).await;
    assert_eq!(again.attempt, 1);
    assert!(again.fence > leased.fence);
}

pub(crate) async fn a_dead_letter_can_be_replayed<I: Inbox>(inbox: I) {
    accept(&inbox, &["a", "b"]).await;
    let leased = lease_one(&inbox).await;
    assert_eq!(settle(&inbox, &leased, dead("poison")).await, Settled::Yes);
    let summary = inbox.show(id("a")).await.unwrap().unwrap().summary;
    assert_eq!((summary.state, summary.due_at), (State::Dead, None));
    assert_eq!(summary.error.as_deref(), Some("poison"));
    let busy = lease_one(&inbox).await;
    assert!(inbox.lease(1, MINUTE).await.unwrap().is_empty());

    // What is leased is left alone.
    assert_eq!(inbox.replay(&Filter::new(), 10).await.unwrap(), 1);
    assert_eq!(inbox.replay(&Filter::new(), 10).await.unwrap(), 0);
    let summary = inbox.show(id("a")).await.unwrap().unwrap().summary;
    assert_eq!((summary.state, summary.attempts, summary.error), (State::Pending, 0, None));
    let again = lease_one(&inbox).await;
    assert_eq!((again.id, again.attempt), (id("a"), 1));
    assert!(again.fence > leased.fence);
    assert_eq!(settle(&inbox, &busy, done()).await, Settled::Yes);
    assert_eq!(settle(&inbox, &again, done()).await, Settled::Yes);
    assert_eq!(inbox.replay(&Filter::new().id(id("a")), 10).await.unwrap(), 1);
    assert_eq!((state(&inbox, "a").await, state(&inbox, "b").await), (State::Pending, State::Done));
}

pub(crate) async fn a_buried_delivery_is_a_dead_letter<I: Inbox>(inbox: I) {
    inbox.bury(incoming("a"), "the handler panicked").await.unwrap();
    inbox.bury(incoming("a"), "again").await.unwrap();
    assert!(inbox.lease(1, MINUTE).await.unwrap().is_empty());
    let summary = inbox.show(id("a")).await.unwrap().unwrap().summary;
    assert_eq!((summary.state, summary.attempts), (State::Dead, 1));
    assert_eq!(summary.error.as_deref(), Some("the handler panicked"));
    assert!(summary.settled_at.is_some());
    assert_eq!(inbox.replay(&Filter::new(), 10).await.unwrap(), 1);
    assert_eq!(lease_one(&inbox).await.id, id("a"));
}

pub(crate) async fn deliveries_about_one_thing_take_turns<I: Inbox>(inbox: I) {
    for (name, about, place) in [("a1", "a", 1), ("a2", "a", 2), ("b1", "b", 1)] {
        inbox.accept(ordered(name, about, place)).await.unwrap();
    }
    accept(&inbox, &["free"]).await;
    let ids = |leased: &[Leased]| leased.iter().map(|leased| leased.id).collect::<HashSet<_>>();
    let first = inbox.lease(9, Duration::from_millis(200)).await.unwrap();
    assert_eq!(ids(&first), HashSet::from([id("a1"), id("b1"), id("free")]));
    assert!(inbox.lease(9, MINUTE).await.unwrap().is_empty());
    // A lease that ends lets another one have its turn, and one that is settled as well.
    tokio::time::sleep(Duration::from_millis(250)).await;
    let second = inbox.lease(9, MINUTE).await.unwrap();
    let both = [id("a1"), id("a2")];
    let mut of_a = second.iter().filter(|leased| both.contains(&leased.id));
    let (turn, none) = (of_a.next().unwrap(), of_a.next());
    assert!(none.is_none());
    assert_eq!(second.len(), 3);
    assert_eq!(settle(&inbox, turn, done()).await, Settled::Yes);
    let next = lease_one(&inbox).await.id;
    assert!(both.contains(&next) && next != turn.id);
}

pub(crate) async fn what_comes_late_is_outdated<I: Inbox>(inbox: I) {
    // 2 is done; then come 1, 2 in another delivery, and 3.
    inbox.accept(ordered("two", "a", 2)).await.unwrap();
    let two = lease_one(&inbox).await;
    assert!(!two.outdated);
    assert_eq!(settle(&inbox, &two, done()).await, Settled::Yes);
    for (name, place, outdated) in [("one", 1, true), ("zwei", 2, false), ("three", 3, false)] {
        inbox.accept(ordered(name, "a", place)).await.unwrap();
        let leased = lease_one(&inbox).await;
        assert_eq!((leased.id, leased.outdated), (id(name), outdated));
        let end = if outdated { Settlement::Outdated } else { done() };
        assert_eq!(settle(&inbox, &leased, end).await, Settled::Yes);
        assert_eq!(state(&inbox, name).await, State::Done);
    }
    // What failed does not outdate anything.
    inbox.accept(ordered("nine", "a", 9)).await.unwrap();
    let nine = lease_one(&inbox).await;
    assert_eq!(settle(&inbox, &nine, dead("no")).await, Settled::Yes);
    inbox.accept(ordered("four", "a", 4)).await.unwrap();
    assert!(!lease_one(&inbox).await.outdated);
    // Another thing has an order of its own.
    inbox.accept(ordered("other", "b", 1)).await.unwrap();
    assert!(!lease_one(&inbox).await.outdated);
}

pub(crate) async fn a_late_end_undoes_nothing_newer<I: Inbox>(inbox: I) {
    let short = Duration::from_millis(30);
    // A worker stands still with the older one; the newer one is leased, then done.
    inbox.accept(ordered("ringing", "call", 2)).await.unwrap();
    let ringing = inbox.lease(1, short).await.unwrap().remove(0);
    inbox.accept(ordered("completed", "call", 5)).await.unwrap();
    assert!(inbox.lease(1, MINUTE).await.unwrap().is_empty());
    tokio::time::sleep(short * 2).await;
    // It has waited longer than what was leased before.
    let completed = lease_one(&inbox).await;
    assert_eq!(completed.id, id("completed"));
    assert!(!inbox.extend(ringing.id, ringing.fence, MINUTE).await.unwrap());
    assert_eq!(settle(&inbox, &completed, done()).await, Settled::Yes);
    assert!(!inbox.extend(ringing.id, ringing.fence, MINUTE).await.unwrap());
    assert_eq!(settle(&inbox, &ringing, done()).await, Settled::Lost);
    let again = lease_one(&inbox).await;
    assert_eq!((again.id, again.outdated), (ringing.id, true));
}

pub(crate) async fn lists_are_filtered_and_paged<I: Inbox>(inbox: I) {
    let before = SystemTime::now() - Duration::from_secs(5);
    accept(&inbox, &["a", "b", "c"]).await;
    let mut other = incoming("d");
    (other.route, other.family) = ("/voice".into(), "twilio.voice");
    (other.event, other.subject) = (None, None);
    inbox.accept(other).await.unwrap();
    let leased = lease_one(&inbox).await;
    assert_eq!(settle(&inbox, &leased, dead("no")).await, Settled::Yes);

    let list = async |filter: Filter| -> Vec<DeliveryId> {
        let list = inbox.list(&filter, None, 10).await.unwrap();
        list.into_iter().map(|summary| summary.id).collect()
    };
    let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect::<Vec<_>>();
    let all = Filter::new;
    let prefix = &id("b").to_string()[..11];
    let soon = SystemTime::now() + Duration::from_secs(5);
    for (filter, expected) in [
        (all(), &["d", "c", "b", "a"][..]),
        (all().state(State::Dead), &["a"]),
        (all().state(State::Pending).state(State::Dead), &["d", "c", "b", "a"]),
        (all().state(State::Done), &[]),
        (all().family("twilio.voice"), &["d"]),
        (all().event("room-ended"), &["c", "b", "a"]),
        (all().event("room-ended' or 1=1 --"), &[]),
        (all().subject("b"), &["b"]),
        (all().route("/voice"), &["d"]),
        (all().id(id("a")).id(id("c")), &["c", "a"]),
        (all().id_prefix(prefix).unwrap(), &["b"]),
        (all().since(before).until(soon), &["d", "c", "b", "a"]),
        (all().since(soon), &[]),
        (all().until(before), &[]),
    ] {
        assert_eq!(list(filter.clone()).await, ids(expected), "{filter:?}");
    }

    let first = inbox.list(&all(), None, 3).await.unwrap();
    let rest = inbox.list(&all(), Some(first[2].number), 3).await.unwrap();
    assert_eq!((first.len(), rest.len(), rest[0].id), (3, 1, id("a")));
    assert_eq!(first[0].family, "twilio.voice");
    assert_eq!((&first[0].event, &first[0].subject), (&None, &None));
    assert!(first[0].received_at > before && first[0].received_at < soon);
}

pub(crate) async fn a_filter_may_name_many_ids<I: Inbox>(inbox: I) {
    accept(&inbox, &["a", "b", "c", "d"]).await;
    let others = (0..40_000).map(|n: i32| id(&n.to_string()));
    let many = others.fold(Filter::new(), Filter::id).id(id("a")).id(id("c"));
    let beginning = &id("d").to_string()[..20];
    let more = many.clone().id_prefix(beginning).unwrap();
    for (filter, expected) in [(&many, &["c", "a"][..]), (&more, &["d", "c", "a"])] {
        let list = inbox.list(filter, None, 10).await.unwrap();
        let list: Vec<_> = list.iter().map(|summary| summary.subject.as_deref()).collect();
        assert_eq!(list, expected.iter().copied().map(Some).collect::<Vec<_>>());
    }
    assert_eq!(inbox.replay(&many, 10).await.unwrap(), 0);
    assert_eq!(inbox.remove(&more, 10).await.unwrap(), 3);
    assert_eq!(inbox.stats().await.unwrap().total(), 1);
}

pub(crate) async fn stats_count_every_state<I: Inbox>(inbox: I) {
    assert_eq!(inbox.stats().await.unwrap().total(), 0);
    assert_eq!(inbox.stats().await.unwrap().oldest_waiting, None);
    accept(&inbox, &["done", "dead", "retry", "leased", "pending"]).await;
    let retry = Settlement::Retry { after: MINUTE, error: "later".into() };
    for settlement in [done(), dead("no"), retry] {
        let leased = lease_one(&inbox).await;
        assert_eq!(settle(&inbox, &leased, settlement).await, Settled::Yes);
    }
    lease_one(&inbox).await;
    let stats = inbox.stats().await.unwrap();
    for state in State::ALL {
        assert_eq!(stats.count(state), 1, "{state}");
    }
    assert!(stats.oldest_waiting.unwrap() <= SystemTime::now() + Duration::from_secs(5));
    assert_eq!(stats.replies, 0);
    let Claim::New { fence } = inbox.claim(id("a"), MINUTE).await.unwrap() else { panic!("new") };
    inbox.answer(id("a"), fence, &Response::default(), MINUTE).await.unwrap();
    assert_eq!(inbox.stats().await.unwrap().replies, 1);
}

pub(crate) async fn removing_and_sweeping_delete<I: Inbox>(inbox: I) {
    accept(&inbox, &["a", "b", "c", "d"]).await;
    let leased = lease_one(&inbox).await;
    assert_eq!(inbox.remove(&Filter::new().id(id("a")), 10).await.unwrap(), 0);
    assert_eq!(settle(&inbox, &leased, done()).await, Settled::Yes);
    let leased = lease_one(&inbox).await;
    assert_eq!(settle(&inbox, &leased, dead("no")).await, Settled::Yes);
    assert_eq!(inbox.remove(&Filter::new().subject("d"), 10).await.unwrap(), 1);
    assert!(inbox.show(id("d")).await.unwrap().is_none());
    assert_eq!(inbox.accept(incoming("d")).await.unwrap(), Accepted::New);

    assert_eq!(inbox.sweep(Retention::default()).await.unwrap(), 0);
    let none = Duration::ZERO;
    assert_eq!(inbox.sweep(Retention { done: none, dead: MINUTE }).await.unwrap(), 1);
    assert!(inbox.show(id("a")).await.unwrap().is_none());
    assert_eq!(state(&inbox, "b").await, State::Dead);
    assert_eq!(inbox.sweep(Retention { done: none, dead: none }).await.unwrap(), 1);
    assert_eq!(inbox.stats().await.unwrap().total(), 2);
    assert_eq!(inbox.remove(&Filter::new(), 1).await.unwrap(), 1);
    assert_eq!(inbox.remove(&Filter::new(), 10).await.unwrap(), 1);
    inbox.vacuum().await.unwrap();
    assert_eq!(inbox.stats().await.unwrap().total(), 0);
}

/// What 8 tasks at once get when each does something for each of 50 keys, in an order of its
/// own.
async fn at_once<I: Inbox, T: Send + 'static>(
    inbox: I,
    each: fn(Arc<I>, String) -> BoxFuture<'static, T>,
) -> Vec<T> {
    let inbox = Arc::new(inbox);
    let mut tasks = JoinSet::new();
    for task in 0..8 {
        let inbox = Arc::clone(&inbox);
        tasks.spawn(async move {
            let mut results = Vec::new();
            for n in 0..50 {
                let name = format!("key {}", (n * 7 + task * 11) % 50);
                results.push(each(Arc::clone(&inbox), name).await);
            }
            results
        });
    }
    tasks.join_all().await.into_iter().flatten().collect()
}

pub(crate) async fn many_at_once_keep_each_key_once<I: Inbox>(inbox: I) {
    let accepted = at_once(inbox, |inbox, name| {
        Box::pin(async move { inbox.accept(incoming(&name)).await.unwrap() })
    })
    .await;
    let new = accepted.iter().filter(|accepted| **accepted == Accepted::New).count();
    assert_eq!((accepted.len(), new), (400, 50));
}

pub(crate) async fn many_at_once_claim_each_key_once<I: Inbox>(inbox: I) {
    let claims = at_once(inbox, |inbox, name| {
        Box::pin(async move { inbox.claim(id(&name), MINUTE).await.unwrap() })
    })
    .await;
    let new = claims.iter().filter(|claim| matches!(claim, Claim::New { .. })).count();
    assert_eq!((claims.len(), new), (400, 50));
}

pub(crate) async fn many_at_once_lease_each_delivery_once<I: Inbox>(inbox: I) {
    for n in 0..120 {
        // Every third is about one of 20 things, and those take turns.
        let name = format!("delivery {n}");
        let delivery = match n % 3 {
            0 => ordered(&name, &format!("thing {}", n % 20), n),
            _ => incoming(&name),
        };
        inbox.accept(delivery).await.unwrap();
    }
    let leased = at_once(inbox, |inbox, _| {
        Box::pin(async move {
            let leased = inbox.lease(3, MINUTE).await.unwrap();
            let held = held_things(&leased);
            assert_eq!(held.iter().collect::<HashSet<_>>().len(), held.len());
            for leased in &leased {
                assert_eq!(settle(&inbox, leased, done()).await, Settled::Yes);
            }
            leased
        })
    })
    .await;
    let ids: Vec<_> = leased.iter().flatten().map(|leased| leased.id).collect();
    assert_eq!((ids.len(), ids.iter().collect::<HashSet<_>>().len()), (120, 120));
}

/// What the leased deliveries that have an order are about.
fn held_things(leased: &[Leased]) -> Vec<usize> {
    let number = |leased: &Leased| {
        let body = String::from_utf8(leased.request.body().to_vec()).unwrap();
        body.rsplit(' ').next().unwrap().parse::<usize>().unwrap()
    };
    leased.iter().map(number).filter(|n| n % 3 == 0).map(|n| n % 20).collect()
}

pub(crate) async fn waiting_ends_when_something_comes<I: Inbox>(inbox: I) {
    // What came before may have left a hint.
    inbox.changed(Duration::from_millis(100)).await;
    let inbox = Arc::new(inbox);
    let waiting = tokio::spawn({
        let inbox = Arc::clone(&inbox);
        async move {
            let started = Instant::now();
            inbox.changed(MINUTE).await;
            started.elapsed()
        }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    accept(&*inbox, &["a"]).await;
    assert!(waiting.await.unwrap() < MINUTE / 2);
    let started = Instant::now();
    inbox.changed(Duration::from_millis(20)).await;
    inbox.changed(Duration::from_millis(20)).await;
    assert!(started.elapsed() < MINUTE / 2);
}
