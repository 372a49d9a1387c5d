//! Receivers that are killed under load: what was acknowledged is handled, once.
//!
//! The receiver is this test program again, started with the store in its environment.

#![cfg(any(feature = "postgres", feature = "sqlite"))]

#[cfg(feature = "postgres")]
#[path = "../support/postgres.rs"]
mod postgres_server;
mod receiver;
mod sender;
mod store;

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use switchhook_inbox::{Inbox, State};

use self::{receiver::Receiver, sender::Sender, store::TestStore};

/// Not a test of its own: what the others start as a process of its own, and kill.
#[test]
fn receiver() {
    receiver::run_if_asked();
}

/// Starts a receiver, sends to it, kills it; so many times, then looks.
async fn killed(store: TestStore, times: u32) {
    let mut sender = Sender::new(16);
    let mut acknowledged = HashSet::new();
    for round in 0..times {
        let mut receiver = Receiver::start(&store.address());
        let sent = sender.start(&[receiver.port()], None);
        // From the first moments of a receiver to a steady flow.
        sent.wait_for(usize::try_from(round * 37 % 100).unwrap()).await;
        receiver.kill();
        acknowledged.extend(sent.stop());
    }
    assert!(acknowledged.len() > times as usize, "{} were acknowledged", acknowledged.len());

    // The last receiver lives.
    let receiver = Receiver::start(&store.address());
    settle(&store).await;
    drop(receiver);
    let done: HashSet<_> = store.subjects(State::Done).await.into_iter().collect();
    let lost: Vec<_> = acknowledged.difference(&done).collect();
    assert!(lost.is_empty(), "{} of {} are lost", lost.len(), acknowledged.len());
    let effects = store.effects().await;
    let once: HashSet<_> = effects.iter().cloned().collect();
    assert_eq!(effects.len(), once.len(), "effects happened twice");
    assert_eq!(once, done);
    println!(
        "{times} kills: {} acknowledged, {} kept, each handled once",
        acknowledged.len(),
        done.len()
    );
}

/// Sends 10,000 requests for 100 events to two receivers on one store.
async fn many_duplicates(store: TestStore) {
    let mut receivers = [Receiver::start(&store.address()), Receiver::start(&store.address())];
    let ports = receivers.each_mut().map(Receiver::port);
    let sent = Sender::new(64).start(&ports, Some((10_000, 100)));
    let acknowledged = sent.finish();
    assert_eq!(acknowledged.len(), 10_000, "some were not acknowledged");
    assert_eq!(acknowledged.iter().collect::<HashSet<_>>().len(), 100);
    settle(&store).await;
    let mut effects = store.effects().await;
    effects.sort_unstable();
    let mut done = store.subjects(State::Done).await;
    done.sort_unstable();
    assert_eq!((effects.len(), &effects), (100, &done));
}

/// Waits until everything is done.
async fn settle(store: &TestStore) {
    let (inbox, started) = (store.open().await, Instant::now());
    loop {
        let stats = inbox.stats().await.unwrap();
        if stats.total() == stats.count(State::Done) {
            return;
        }
        assert_eq!(stats.count(State::Dead), 0, "dead letters");
        assert!(started.elapsed() < Duration::from_secs(60), "{stats:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::*;

    #[tokio::test]
    async fn a_receiver_is_killed_fifty_times() {
        killed(TestStore::sqlite().await, 50).await;
    }

    #[tokio::test]
    async fn ten_thousand_requests_for_a_hundred_events() {
        many_duplicates(TestStore::sqlite().await).await;
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use super::*;

    #[tokio::test]
    async fn a_receiver_is_killed_twenty_times() {
        if let Some(store) = TestStore::postgres().await {
            killed(store, 20).await;
        }
    }

    #[tokio::test]
    async fn ten_thousand_requests_for_a_hundred_events() {
        if let Some(store) = TestStore::postgres().await {
            many_duplicates(store).await;
        }
    }
}
