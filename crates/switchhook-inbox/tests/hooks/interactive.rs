//! Routes whose provider waits.

use std::{
    sync::atomic::{AtomicU32, Ordering::SeqCst},
    time::Instant,
};

use switchhook_dispatch::{
    Accepted, BoxFuture, Claim, DeliveryId, FailurePolicy, Incoming, Interactive, Route,
    State as Of, Store, StoreError, StoreErrorKind, adapter, interactive, notify,
};
use switchhook_twilio_conversations::{MessageAdd, PreEvent};
use switchhook_twilio_video::RoomEnded;

use http::StatusCode;
use switchhook_inbox::Worker;
use switchhook_signature::PublicTarget;
use tokio::sync::Semaphore;

use super::*;

/// How often the handler was called.
type Calls = Arc<AtomicU32>;

/// Answers with the number of its call.
fn counting() -> Route<Calls, Interactive> {
    interactive(verifier()).on(|_: RoomEnded, Of(calls): Of<Calls>| {
        format!("answer {}", calls.fetch_add(1, SeqCst) + 1)
    })
}

fn answer(number: u32) -> (u16, String) {
    (200, format!("answer {number}"))
}

#[tokio::test]
async fn a_duplicate_gets_the_same_reply_again() {
    let inbox = MemoryInbox::new();
    let hooks = hooks(Calls::default(), counting(), &inbox);
    for (target, token, expected) in [
        ("/hook", Some("t1"), 1),
        ("/hook", Some("t1"), 1),
        // Another token is another question, as loops in a call ask it.
        ("/hook", Some("t2"), 2),
        ("/hook", Some("t1"), 1),
        // So is another turn in the query.
        ("/hook?turn=2", Some("t1"), 3),
        // Without a token the content tells.
        ("/hook", None, 4),
        ("/hook", None, 4),
        ("/hook?turn=2", None, 5),
    ] {
        assert_eq!(ask(&hooks, target, token).await, answer(expected), "{target} {token:?}");
    }
    let other = request("/hook", "StatusCallbackEvent=room-ended&RoomSid=RM2", Some("t1"));
    assert_eq!(shown(&hooks.serve(other).await), answer(6));
    assert_eq!(inbox.stats().await.unwrap().replies, 6);
    assert!(all(&inbox).await.is_empty());
}

#[tokio::test]
async fn without_an_inbox_every_request_is_handled() {
    let hooks = Dispatcher::new(Calls::default()).at("/hook", counting());
    for expected in [1, 2] {
        assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(expected));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_is_handled_and_the_others_wait_for_its_reply() {
    let slow = interactive(verifier()).on(async |_: RoomEnded, Of(calls): Of<Calls>| {
        tokio::time::sleep(millis(100)).await;
        format!("answer {}", calls.fetch_add(1, SeqCst) + 1)
    });
    let hooks = hooks(Calls::default(), slow, &MemoryInbox::new());
    let asked = (0..20).map(|_| {
        let hooks = Arc::clone(&hooks);
        tokio::spawn(async move { ask(&hooks, "/hook", Some("t")).await })
    });
    for asked in asked.collect::<Vec<_>>() {
        assert_eq!(asked.await.unwrap(), answer(1));
    }
}

#[tokio::test]
async fn a_failure_is_not_remembered() {
    let route = interactive(verifier()).on(|_: RoomEnded, Of(calls): Of<Calls>| {
        match calls.fetch_add(1, SeqCst) {
            0 => Err("not yet"),
            n => Ok(format!("answer {}", n + 1)),
        }
    });
    let inbox = MemoryInbox::new();
    let hooks = hooks(Calls::default(), route, &inbox);
    assert_eq!(ask(&hooks, "/hook", Some("t")).await, (500, String::new()));
    assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(2));
    assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(2));
    assert!(all(&inbox).await.is_empty());
}

#[tokio::test]
async fn a_failure_that_is_acknowledged_is_kept_for_review() {
    let failing = || {
        interactive(verifier()).on(|_: RoomEnded, Of(calls): Of<Calls>| {
            calls.fetch_add(1, SeqCst);
            Err::<String, _>("broken")
        })
    };
    for (route, expected) in [
        (failing().on_failure(FailurePolicy::AckAlways), (204, "")),
        (failing().answer_failures_with("sorry"), (200, "sorry")),
    ] {
        let (calls, inbox) = (Calls::default(), MemoryInbox::new());
        let hooks = hooks(calls.clone(), route, &inbox);
        for _ in 0..2 {
            let (status, body) = ask(&hooks, "/hook", Some("t")).await;
            assert_eq!((status, body.as_str()), expected);
        }
        // What was acknowledged is the answer: a duplicate gets it, too.
        assert_eq!(calls.load(SeqCst), 1);
        let kept = all(&inbox).await;
        assert_eq!((kept.len(), kept[0].state), (1, State::Dead));
        assert_eq!(kept[0].error.as_deref(), Some("broken"));
        assert_eq!(kept[0].event.as_deref(), Some("room-ended"));
        assert_eq!(kept[0].subject.as_deref(), Some("RM1"));
    }
}

#[tokio::test]
async fn a_pre_event_is_let_through_when_its_handler_fails() {
    let route = || {
        interactive(verifier()).on(|message: MessageAdd| match message.body.as_deref() {
            Some("spam") => Ok(message.reject()),
            _ => Err("the spam filter is down"),
        })
    };
    let form = |body| format!("EventType=onMessageAdd&ConversationSid=CH1&Body={body}");
    let inbox = MemoryInbox::new();
    let open = hooks((), route(), &inbox);
    assert_eq!(send(&open, &form("spam")).await, 403);
    assert_eq!(send(&open, &form("ham")).await, 200);
    assert_eq!(states(&inbox).await, [State::Dead]);
    let closed = hooks((), route().on_failure(FailurePolicy::Retry), &inbox);
    assert_eq!(send(&closed, &form("spam+and+ham")).await, 500);
    assert_eq!(states(&inbox).await, [State::Dead]);

    // When the filter is up again: it may well reject, and that is an answer.
    let mended =
        hooks((), interactive(verifier()).on(|message: MessageAdd| message.reject()), &inbox);
    assert_eq!(inbox.replay(&Filter::new().state(State::Dead), 10).await.unwrap(), 1);
    Worker::new(mended, inbox.clone()).run_until_idle().await.unwrap();
    assert_eq!(states(&inbox).await, [State::Done]);
}

#[tokio::test]
async fn each_failure_that_is_acknowledged_is_a_letter_of_its_own() {
    let failing = interactive(verifier())
        .on(|_: RoomEnded| Err::<String, _>("broken"))
        .answer_failures_with("sorry");
    let inbox = MemoryInbox::new();
    let hooks = hooks((), failing, &inbox);
    for token in ["t1", "t2", "t1"] {
        assert_eq!(ask(&hooks, "/hook", Some(token)).await, (200, "sorry".to_owned()));
    }
    assert_eq!(states(&inbox).await, [State::Dead; 2]);
}

#[tokio::test]
async fn an_error_that_a_handler_answers_itself_is_not_remembered() {
    let route = interactive(verifier()).on(|_: RoomEnded, Of(calls): Of<Calls>| {
        match calls.fetch_add(1, SeqCst) {
            0 => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::FORBIDDEN,
        }
    });
    let hooks = hooks(Calls::default(), route, &MemoryInbox::new());
    for status in [503, 403, 403] {
        assert_eq!(ask(&hooks, "/hook", Some("t")).await.0, status);
    }
}

#[tokio::test]
async fn the_same_event_at_two_mounts_is_two_deliveries() {
    let inbox = MemoryInbox::new();
    let hooks =
        hooks((), notify(Verifier::trust_without_verification()).on(|_: RoomEnded| ()), &inbox);
    for target in ["/a/hook", "/b/hook", "/a/hook", "/a/hook?leg=2"] {
        let mut request = request("/hook", ROOM_ENDED, None);
        request.extensions_mut().insert(PublicTarget(target.parse().unwrap()));
        assert_eq!(hooks.serve(request).await.status(), 204);
    }
    assert_eq!(all(&inbox).await.len(), 3);
}

/// A store with one connection, over which the first claim takes its time, and has an old reply
/// in the end.
struct Narrow {
    inbox: MemoryInbox,
    connection: Arc<Semaphore>,
    asked: AtomicU32,
}

impl Narrow {
    fn new() -> Self {
        let connection = Arc::new(Semaphore::new(1));
        Self { inbox: MemoryInbox::new(), connection, asked: AtomicU32::new(0) }
    }
}

impl Store for Narrow {
    fn accept(&self, delivery: Incoming) -> BoxFuture<'_, Result<Accepted, StoreError>> {
        self.inbox.accept(delivery)
    }

    fn bury<'a>(
        &'a self,
        delivery: Incoming,
        why: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        self.inbox.bury(delivery, why)
    }

    fn claim(&self, id: DeliveryId, lease: Duration) -> BoxFuture<'_, Result<Claim, StoreError>> {
        Box::pin(async move {
            let _connection = self.connection.acquire().await.expect("it is never closed");
            if self.asked.fetch_add(1, SeqCst) == 0 {
                tokio::time::sleep(millis(300)).await;
                return Ok(Claim::Answered(Response::new("old".into())));
            }
            self.inbox.claim(id, lease).await
        })
    }

    fn answer<'a>(
        &'a self,
        id: DeliveryId,
        fence: u64,
        reply: &'a Response<Bytes>,
        keep: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.inbox.answer(id, fence, reply, keep)
    }

    fn release(&self, id: DeliveryId, fence: u64) -> BoxFuture<'_, Result<(), StoreError>> {
        self.inbox.release(id, fence)
    }
}

#[tokio::test]
async fn a_claim_that_takes_too_long_is_dropped_and_never_heard() {
    let store = Narrow::new();
    let connection = Arc::clone(&store.connection);
    let route = counting().budget(millis(450));
    let hooks = Dispatcher::new(Calls::default()).at("/hook", route).inbox(store);
    // The first gives up on the store after a third of its budget, and answers without it.
    assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(1));
    assert_eq!(connection.available_permits(), 1);
    tokio::time::sleep(millis(300)).await;
    // What the store would have told it is nothing to the second.
    assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(2));
    assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(2));
}

#[tokio::test]
async fn a_caller_that_hangs_up_leaves_nothing_of_its_claim() {
    let store = Narrow::new();
    let connection = Arc::clone(&store.connection);
    let hooks = Dispatcher::new(Calls::default()).at("/hook", counting()).inbox(store);
    let first = hooks.serve(request("/hook", ROOM_ENDED, Some("t")));
    assert!(tokio::time::timeout(millis(50), first).await.is_err());
    assert_eq!(connection.available_permits(), 1);
    assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(1));
}

#[tokio::test]
async fn a_handler_has_its_budget_and_no_more() {
    let slow = || {
        interactive(verifier()).budget(millis(50)).on(async |_: RoomEnded| {
            tokio::time::sleep(millis(10_000)).await;
            "late"
        })
    };
    let started = Instant::now();
    let inbox = MemoryInbox::new();
    let plain = hooks((), slow(), &inbox);
    assert_eq!(ask(&plain, "/hook", Some("t")).await, (500, String::new()));
    let fallback = hooks((), slow().answer_failures_with("fallback"), &inbox);
    assert_eq!(ask(&fallback, "/hook", Some("t")).await, (200, "fallback".to_owned()));
    assert_eq!(all(&inbox).await[0].error.as_deref(), Some("the handler took too long"));
    assert!(started.elapsed() < millis(5_000));
}

#[tokio::test]
async fn a_body_that_comes_slowly_takes_of_the_budget() {
    let route = || {
        interactive(verifier()).budget(millis(300)).on(async |_: RoomEnded| {
            tokio::time::sleep(millis(200)).await;
            "late"
        })
    };
    let plain = Arc::new(Dispatcher::new(()).at("/hook", route()));
    for hooks in [plain, hooks((), route(), &MemoryInbox::new())] {
        let (head, body) = request("/hook", ROOM_ENDED, None).into_parts();
        let answered = adapter::answer(&*hooks, head, async |_| {
            tokio::time::sleep(millis(200)).await;
            Ok(body)
        });
        assert_eq!(shown(&answered.await), (500, String::new()));
    }
}

#[tokio::test]
async fn a_caller_that_hangs_up_does_not_block_the_next_try() {
    let route = interactive(verifier()).on(async |_: RoomEnded, Of(calls): Of<Calls>| {
        let call = calls.fetch_add(1, SeqCst) + 1;
        if call == 1 {
            tokio::time::sleep(millis(60_000)).await;
        }
        format!("answer {call}")
    });
    let hooks = hooks(Calls::default(), route, &MemoryInbox::new());
    let first = hooks.serve(request("/hook", ROOM_ENDED, Some("t")));
    assert!(tokio::time::timeout(millis(50), first).await.is_err());
    let started = Instant::now();
    assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(2));
    assert!(started.elapsed() < millis(2_000));
}

/// A store that is down, or that does not answer at all.
struct Broken {
    silent: bool,
}

impl Broken {
    fn fail<'a, T: Send + 'a>(&self) -> BoxFuture<'a, Result<T, StoreError>> {
        if self.silent {
            return Box::pin(std::future::pending());
        }
        let error = StoreError::new(StoreErrorKind::Unavailable, "gone");
        Box::pin(std::future::ready(Err(error)))
    }
}

impl Store for Broken {
    fn accept(&self, _: Incoming) -> BoxFuture<'_, Result<Accepted, StoreError>> {
        self.fail()
    }

    fn bury<'a>(&'a self, _: Incoming, _: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        self.fail()
    }

    fn claim(&self, _: DeliveryId, _: Duration) -> BoxFuture<'_, Result<Claim, StoreError>> {
        self.fail()
    }

    fn answer<'a>(
        &'a self,
        _: DeliveryId,
        _: u64,
        _: &'a Response<Bytes>,
        _: Duration,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.fail()
    }

    fn release(&self, _: DeliveryId, _: u64) -> BoxFuture<'_, Result<(), StoreError>> {
        self.fail()
    }
}

#[tokio::test]
async fn without_the_store_interactive_routes_answer_and_notify_routes_do_not() {
    for silent in [false, true] {
        let seen = Log::default();
        let log = Arc::clone(&seen);
        let notified = notify(verifier()).budget(millis(100)).on(|_: RoomEnded| ());
        let hooks = Dispatcher::new(Calls::default())
            .at("/hook", counting())
            .at("/told", notified)
            .inbox(Broken { silent })
            .observe(move |outcome| {
                say(&log, format!("{:?}", outcome.store_error.map(StoreError::kind)));
            });
        assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(1));
        assert_eq!(ask(&hooks, "/hook", Some("t")).await, answer(2));
        assert_eq!(ask(&hooks, "/told", None).await, (503, String::new()));
        assert_eq!(said(&seen), ["Some(Unavailable)"; 3]);
    }
}
