//! What a worker does with failures, crashes and its own end.

use std::{
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    time::Instant,
};

use anyhow::{Context as _, anyhow};
use switchhook_dispatch::{Attempt, FailurePolicy, Permanent, State as Of, notify};
use switchhook_inbox::{Backoff, Transaction, Worker};
use switchhook_twilio_video::RoomEnded;
use tokio::sync::Notify;

use super::*;

fn room(sid: &str) -> String {
    format!("StatusCallbackEvent=room-ended&RoomSid={sid}")
}

/// Tries again at once, three times in all.
fn at_once() -> Backoff {
    Backoff { first: Duration::ZERO, longest: Duration::ZERO, attempts: 3 }
}

/// Works until every delivery is done or dead.
async fn work(worker: &Worker, inbox: &MemoryInbox) {
    let started = Instant::now();
    loop {
        worker.clone().run_until_idle().await.unwrap();
        let ended = |state: &State| matches!(state, State::Done | State::Dead);
        if states(inbox).await.iter().all(ended) {
            return;
        }
        assert!(started.elapsed() < millis(20_000), "{:?}", all(inbox).await);
        tokio::time::sleep(millis(5)).await;
    }
}

#[tokio::test]
async fn a_poison_event_dies_after_its_attempts_and_holds_nobody_up() {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let route =
        notify(verifier()).on(|ended: RoomEnded, Of(log): Of<Log>, Attempt(attempt): Attempt| {
            say(&log, format!("{} {attempt}", ended.room_sid));
            match ended.room_sid.as_str() {
                "RMerror" => Err(anyhow!("the cause").context("the error")),
                "RMpanic" => panic!("on purpose"),
                "RMsecond" if attempt < 2 => Err(anyhow!("once")),
                _ => Ok(()),
            }
        });
    let hooks = hooks(log.clone(), route, &inbox);
    for sid in ["RMerror", "RMpanic", "RM1", "RMsecond", "RM2"] {
        assert_eq!(send(&hooks, &room(sid)).await, 204);
    }
    let worker = Worker::new(hooks, inbox.clone()).backoff(at_once()).concurrency(1);
    work(&worker, &inbox).await;
    let kept = all(&inbox).await;
    let kept: Vec<_> =
        kept.iter().map(|kept| (kept.state, kept.attempts, kept.error.as_deref())).collect();
    assert_eq!(
        kept,
        [
            (State::Dead, 3, Some("the error: the cause")),
            (State::Dead, 3, Some("the handler panicked")),
            (State::Done, 1, None),
            (State::Done, 2, None),
            (State::Done, 1, None),
        ]
    );
    // The healthy ones were handled before any second try of the sick ones.
    let said = said(&log);
    let first = ["RMerror 1", "RMpanic 1", "RM1 1", "RMsecond 1", "RM2 1"];
    assert_eq!(said[..5], first);
    assert_eq!(said.len(), 10);
    let counters = worker.counters();
    assert_eq!((counters.done, counters.dead, counters.retried, counters.lost), (3, 2, 5, 0));
}

#[tokio::test]
async fn a_permanent_error_is_not_tried_again() {
    let inbox = MemoryInbox::new();
    let route = notify(verifier()).on(|ended: RoomEnded| -> anyhow::Result<()> {
        let number: Result<u8, _> = ended.room_sid.as_str().parse().map_err(Permanent::new);
        match ended.room_sid.as_str() {
            "plain" => number.map(|_| ())?,
            _ => number.map(|_| ()).context("the room's number")?,
        }
        Ok(())
    });
    let bare = notify(verifier()).on(|ended: RoomEnded| -> Result<(), Permanent> {
        ended.room_sid.as_str().parse::<u8>().map(|_| ()).map_err(Permanent::new)
    });
    let hooks =
        Arc::new(Dispatcher::new(()).at("/hook", route).at("/bare", bare).inbox(inbox.clone()));
    assert_eq!(send(&hooks, &room("plain")).await, 204);
    assert_eq!(send(&hooks, &room("with context")).await, 204);
    assert_eq!(hooks.serve(request("/bare", &room("bare"), None)).await.status(), 204);
    let worker = Worker::new(hooks, inbox.clone()).backoff(at_once());
    work(&worker, &inbox).await;
    for kept in all(&inbox).await {
        assert_eq!((kept.state, kept.attempts), (State::Dead, 1), "{:?}", kept.subject);
        assert!(kept.error.unwrap().contains("invalid digit"));
    }
}

#[tokio::test]
async fn a_delivery_that_never_comes_to_an_end_dies() {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let route = notify(verifier()).on(|_: RoomEnded, Of(log): Of<Log>| say(&log, "handled"));
    let hooks = hooks(log.clone(), route, &inbox);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    // Three processes took it and died with it.
    for _ in 0..3 {
        assert_eq!(inbox.lease(1, millis(1)).await.unwrap().len(), 1);
        tokio::time::sleep(millis(5)).await;
    }
    let worker = Worker::new(hooks, inbox.clone()).backoff(at_once());
    work(&worker, &inbox).await;
    assert_eq!(states(&inbox).await, [State::Dead]);
    assert_eq!(said(&log), [""; 0]);
}

#[tokio::test]
async fn effects_are_written_with_done_or_not_at_all() {
    let inbox = MemoryInbox::new();
    let route = notify(verifier()).on(
        async |ended: RoomEnded, Attempt(attempt): Attempt, effects: Transaction| {
            effects.execute("insert into rooms values ($1)", (ended.room_sid.as_str(),));
            tokio::task::yield_now().await;
            if attempt < 3 { Err("not yet") } else { Ok(()) }
        },
    );
    let hooks = hooks((), route, &inbox);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    work(&Worker::new(hooks, inbox.clone()).backoff(at_once()), &inbox).await;
    assert_eq!(states(&inbox).await, [State::Done]);
    assert_eq!(inbox.statements().len(), 1);
}

#[tokio::test]
async fn what_is_not_done_when_a_server_ends_is_given_back() {
    let (started, inbox) = (Arc::new(Notify::new()), MemoryInbox::new());
    let route = notify(verifier()).on(async |_: RoomEnded, Of(started): Of<Arc<Notify>>| {
        started.notify_one();
        std::future::pending::<()>().await;
    });
    let hooks = hooks(started.clone(), route, &inbox);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    // As by default, the worker takes longer than the server.
    let worker = Worker::new(hooks, inbox.clone()).grace(millis(300));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let serving = switchhook_axum::serve(listener, axum::Router::new()).grace(millis(1));
    let serving = serving.beside(|stop| worker.run_until(stop));
    serving.until(async { started.notified().await }).await.unwrap();
    let kept = all(&inbox).await;
    assert_eq!((kept[0].state, kept[0].attempts), (State::Pending, 0));
}

#[tokio::test]
async fn a_long_handler_keeps_its_lease() {
    let (calls, inbox) = (Arc::new(AtomicU32::new(0)), MemoryInbox::new());
    let route = notify(verifier()).on(async |_: RoomEnded, Of(calls): Of<Arc<AtomicU32>>| {
        calls.fetch_add(1, SeqCst);
        tokio::time::sleep(millis(1_500)).await;
    });
    let hooks = hooks(calls.clone(), route, &inbox);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    let worker = || Worker::new(Arc::clone(&hooks), inbox.clone()).lease(millis(600));
    let (one, other) = (worker(), worker());
    let stop = || tokio::time::sleep(millis(2_000));
    tokio::join!(one.clone().run_until(stop()), other.clone().run_until(stop()));
    assert_eq!(calls.load(SeqCst), 1);
    assert_eq!(one.counters().done + other.counters().done, 1);
    assert_eq!(one.counters().lost + other.counters().lost, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_worker_loses_its_lease_and_its_late_end_is_refused() {
    let (calls, inbox) = (Arc::new(AtomicU32::new(0)), MemoryInbox::new());
    let route = notify(verifier()).on(
        |_: RoomEnded, Of(calls): Of<Arc<AtomicU32>>, effects: Transaction| {
            let call = calls.fetch_add(1, SeqCst) + 1;
            effects.execute("insert into effects values ($1)", (call,));
            if call == 1 {
                // The whole thread stands still, its heartbeats too.
                std::thread::sleep(millis(2_000));
            }
        },
    );
    let hooks = hooks(calls.clone(), route, &inbox);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    let worker = || Worker::new(Arc::clone(&hooks), inbox.clone()).lease(millis(100));
    let (stopped, other) = (worker(), worker());
    let first = stopped.clone();
    let standing = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(first.run_until_idle()).unwrap();
    });
    let called = async {
        while calls.load(SeqCst) == 0 {
            tokio::time::sleep(millis(5)).await;
        }
    };
    tokio::time::timeout(millis(5_000), called).await.unwrap();
    tokio::time::sleep(millis(200)).await;
    other.clone().run_until_idle().await.unwrap();
    assert_eq!(other.counters().done, 1);
    standing.join().unwrap();
    assert_eq!((stopped.counters().done, stopped.counters().lost), (0, 1));
    assert_eq!(states(&inbox).await, [State::Done]);
    assert_eq!((calls.load(SeqCst), inbox.statements().len()), (2, 1));
}

#[tokio::test]
async fn a_worker_that_is_to_stop_finishes_what_it_has_begun() {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let route = notify(verifier()).on(async |ended: RoomEnded, Of(log): Of<Log>| {
        let time = if ended.room_sid == "RMlong" { 60_000 } else { 600 };
        tokio::time::sleep(millis(time)).await;
        say(&log, ended.room_sid.as_str());
    });
    let hooks = hooks(log.clone(), route, &inbox);
    for sid in ["RM1", "RMlong", "RM3"] {
        assert_eq!(send(&hooks, &room(sid)).await, 204);
    }
    let worker = Worker::new(hooks, inbox.clone()).concurrency(2).grace(millis(2_000));
    worker.run_until(tokio::time::sleep(millis(300))).await;
    assert_eq!(said(&log), ["RM1"]);
    // What took too long is given back, as if it had not been tried.
    let kept = all(&inbox).await;
    let kept: Vec<_> = kept.iter().map(|kept| (kept.state, kept.attempts)).collect();
    assert_eq!(kept, [(State::Done, 1), (State::Pending, 0), (State::Pending, 0)]);
}

#[tokio::test]
async fn only_so_many_run_at_once() {
    #[derive(Default)]
    struct Running {
        now: AtomicU32,
        most: AtomicU32,
    }
    let (running, inbox) = (Arc::new(Running::default()), MemoryInbox::new());
    let route = notify(verifier()).on(async |_: RoomEnded, Of(running): Of<Arc<Running>>| {
        running.most.fetch_max(running.now.fetch_add(1, SeqCst) + 1, SeqCst);
        tokio::time::sleep(millis(5)).await;
        running.now.fetch_sub(1, SeqCst);
    });
    let hooks = hooks(running.clone(), route, &inbox);
    for n in 0..40 {
        assert_eq!(send(&hooks, &room(&format!("RM{n}"))).await, 204);
    }
    let worker = Worker::new(hooks, inbox.clone()).concurrency(5);
    let done = async {
        while states(&inbox).await != [State::Done; 40] {
            tokio::time::sleep(millis(5)).await;
        }
    };
    let working = worker.run_until(done);
    tokio::time::timeout(millis(20_000), working).await.expect("all are done");
    assert_eq!(running.most.load(SeqCst), 5);
    assert_eq!(states(&inbox).await, [State::Done; 40]);
}

#[tokio::test]
async fn a_handler_has_its_time_limit() {
    let inbox = MemoryInbox::new();
    let route =
        notify(verifier()).on(async |_: RoomEnded| tokio::time::sleep(millis(60_000)).await);
    let hooks = hooks((), route, &inbox);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    let worker = Worker::new(hooks, inbox.clone()).time_limit(millis(20)).backoff(at_once());
    work(&worker, &inbox).await;
    assert_eq!(all(&inbox).await[0].error.as_deref(), Some("the handler took too long"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_handler_that_blocks_its_thread_keeps_its_lease() {
    let (calls, inbox) = (Arc::new(AtomicU32::new(0)), MemoryInbox::new());
    let route = notify(verifier()).on(|_: RoomEnded, Of(calls): Of<Arc<AtomicU32>>| {
        calls.fetch_add(1, SeqCst);
        std::thread::sleep(millis(1_500));
    });
    let hooks = hooks(calls.clone(), route, &inbox);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    let worker = Worker::new(hooks, inbox.clone()).lease(millis(500));
    let (one, other) = (worker.clone(), worker.clone());
    let stop = || tokio::time::sleep(millis(2_000));
    let (one, other) = (tokio::spawn(one.run_until(stop())), tokio::spawn(other.run_until(stop())));
    one.await.unwrap();
    other.await.unwrap();
    assert_eq!((calls.load(SeqCst), worker.counters().done, worker.counters().lost), (1, 1, 0));
}

#[tokio::test]
async fn a_route_that_acknowledges_failures_tries_once() {
    let inbox = MemoryInbox::new();
    let route = notify(verifier())
        .on_failure(FailurePolicy::AckAlways)
        .on(|_: RoomEnded| Err::<(), _>("broken"));
    let hooks = hooks((), route, &inbox);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    work(&Worker::new(hooks, inbox.clone()), &inbox).await;
    let kept = all(&inbox).await.remove(0);
    assert_eq!(
        (kept.state, kept.attempts, kept.error.as_deref()),
        (State::Dead, 1, Some("broken"))
    );
}
