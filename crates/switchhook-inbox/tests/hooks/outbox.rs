//! JSON that is told to others.

use std::sync::{Arc, Mutex};

use http::{Request, StatusCode};
use switchhook_dispatch::{
    Dispatcher, Endpoint, Outbox, Outgoing, State as With, StoreError, interactive, notify,
    outgoing,
};
use switchhook_inbox::{Backoff, Inbox, MemoryInbox, State, Summary, Worker};
use switchhook_twilio_video::RoomEnded;

use super::{Log, ROOM_ENDED, all, ask, millis, request, said, say, verifier};

async fn ended(room: RoomEnded, outbox: Outbox, With(log): With<Log>) -> Result<(), StoreError> {
    say(&log, "ended");
    outbox.post("/tell", format!(r#"{{"room":"{}"}}"#, room.room_sid)).await
}

async fn asked(_: RoomEnded, outbox: Outbox) -> Result<&'static str, StoreError> {
    outbox.post("/tell", "[1]").await?;
    Ok("well")
}

/// Tells a side that gives these answers, then 200; what it was told, and what became of it.
async fn tell(answers: &[u16]) -> (Vec<String>, Summary) {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let answers = Arc::new(Mutex::new(answers.to_vec()));
    let told = Arc::clone(&log);
    let post = move |json: Outgoing| {
        let id = json.id.to_string();
        let request = json.request("https://archive.example.com/in").unwrap();
        assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/in"));
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["idempotency-key"], *id);
        say(&told, format!("{id} {:?}", request.body()));
        let mut answers = answers.lock().unwrap();
        let status = if answers.is_empty() { 200 } else { answers.remove(0) };
        // 0 is a side that is not there.
        let answer = StatusCode::from_u16(status).map_err(|_| "nobody is there");
        async move { answer }
    };
    let hooks = Dispatcher::new(log.clone())
        .at("/hook", notify(verifier()).on(ended))
        .at("/other", notify(verifier()).on(ended))
        .at("/tell", outgoing(post));
    let hooks = Arc::new(hooks.inbox(inbox.clone()));
    // The same event at two routes.
    for path in ["/hook", "/hook", "/other"] {
        assert_eq!(hooks.serve(request(path, ROOM_ENDED, None)).await.status(), 204);
    }
    let backoff = Backoff { first: millis(0), attempts: 5, ..Backoff::default() };
    let worker = Worker::new(Arc::clone(&hooks), inbox.clone()).backoff(backoff);
    worker.run_until_idle().await.unwrap();
    // No request reaches it.
    let request = Request::post("/tell").header("content-type", "application/json");
    let request = request.body("{}".into()).unwrap();
    assert_eq!(hooks.serve(request).await.status(), 404);
    let kept = all(&inbox).await;
    assert_eq!(kept.len(), 3);
    let told = said(&log).into_iter().filter(|line| line != "ended").collect();
    (told, kept.into_iter().find(|kept| kept.route == "/tell").unwrap())
}

#[tokio::test]
async fn an_event_is_told_once_however_often_it_comes() {
    let (told, kept) = tell(&[]).await;
    assert_eq!(told, [format!(r#"{} b"{{\"room\":\"RM1\"}}""#, kept.id)]);
    assert_eq!((kept.state, kept.subject.as_deref()), (State::Done, Some("RM1")));
}

#[tokio::test]
async fn it_is_told_again_until_it_is_taken() {
    let (told, kept) = tell(&[500, 0, 302, 429]).await;
    assert_eq!((told.len(), kept.state, kept.attempts), (5, State::Done, 5));
    assert!(told.iter().all(|line| *line == told[0]), "{told:?}");
}

#[tokio::test]
async fn what_is_not_taken_is_a_dead_letter_that_says_why() {
    for (answers, tries, why) in [
        (&[422][..], 1, "not to be tried again: the other side answered 422"),
        (&[400], 1, "not to be tried again: the other side answered 400"),
        (&[503; 9], 5, "the other side answered 503"),
        (&[0; 9], 5, "nobody is there"),
    ] {
        let (told, kept) = tell(answers).await;
        assert_eq!((told.len(), kept.state), (tries, State::Dead), "{answers:?}");
        assert_eq!(kept.error.as_deref(), Some(why));
    }
}

#[tokio::test]
async fn who_is_asked_may_tell_as_well() {
    let inbox = MemoryInbox::new();
    let hooks = Dispatcher::new(()).at("/ask", interactive(verifier()).on(asked));
    assert_eq!(ask(&hooks, "/ask", None).await.0, 500, "there is no inbox");
    let hooks = hooks.inbox(inbox.clone());
    // Each question has something to tell, however often it is tried.
    for (target, token, told) in [
        ("/ask?turn=1", Some("t1"), 1),
        ("/ask?turn=1", Some("t1"), 1),
        ("/ask?turn=1", Some("t2"), 2),
        ("/ask?turn=2", Some("t3"), 3),
        ("/ask?turn=3", None, 4),
        ("/ask?turn=3", None, 4),
        ("/ask?turn=4", None, 5),
    ] {
        assert_eq!(ask(&hooks, target, token).await, (200, "well".into()));
        assert_eq!(inbox.stats().await.unwrap().total(), told, "{target} {token:?}");
    }
}

#[tokio::test]
async fn a_question_that_is_tried_again_tells_once() {
    let (inbox, tries) = (MemoryInbox::new(), Arc::new(Mutex::new(0)));
    let route = interactive(verifier()).on(
        async |_: RoomEnded, outbox: Outbox, With(tries): With<Arc<Mutex<u32>>>| {
            outbox.post("/tell", "[1]").await.unwrap();
            *tries.lock().unwrap() += 1;
            if *tries.lock().unwrap() == 1 { Err("not yet") } else { Ok("well") }
        },
    );
    let hooks = Dispatcher::new(Arc::clone(&tries)).at("/ask", route).inbox(inbox.clone());
    assert_eq!(ask(&hooks, "/ask", Some("t1")).await.0, 500);
    assert_eq!(ask(&hooks, "/ask", Some("t1")).await.0, 200);
    assert_eq!(inbox.stats().await.unwrap().total(), 1);
}
