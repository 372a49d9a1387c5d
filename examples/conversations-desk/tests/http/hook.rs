//! Who is told about messages from staff.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use serde_json::{Value, json};
use switchhook::inbox::State as Stage;
use switchhook_example_tests::{eventually, serve};

use super::{App, EVENT, MESSAGE_ADDED, message};

/// What the hook was told, with the key, and what it answers next: 200 when nothing is left.
#[derive(Clone, Default)]
struct Hook {
    told: Arc<Mutex<Vec<(String, Value)>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Hook {
    async fn start(answers: &[u16]) -> (Self, SocketAddr) {
        let hook = Self::default();
        hook.answers.lock().unwrap().extend(answers);
        let app = Router::new().route("/out", post(Self::told)).with_state(hook.clone());
        let address = serve(app).await;
        (hook, address)
    }

    #[expect(clippy::unused_async, reason = "what axum takes")]
    async fn told(
        State(hook): State<Self>,
        headers: HeaderMap,
        Json(told): Json<Value>,
    ) -> StatusCode {
        let key = headers["idempotency-key"].to_str().unwrap().to_owned();
        hook.told.lock().unwrap().push((key, told));
        let mut answers = hook.answers.lock().unwrap();
        let answer = if answers.is_empty() { 200 } else { answers.remove(0) };
        StatusCode::from_u16(answer).unwrap()
    }

    fn calls(&self) -> Vec<(String, Value)> {
        self.told.lock().unwrap().clone()
    }
}

async fn app_with(address: SocketAddr) -> App {
    let url = format!("http://{address}/out");
    App::with(&[("OUTBOUND_URL", &url)]).await
}

fn from_a_guest(form: &str) -> String {
    form.replace("Author=agent7", "Author=%2B15550100001")
}

#[tokio::test]
async fn staffs_messages_are_told_once() {
    let (hook, address) = Hook::start(&[]).await;
    let app = app_with(address).await;
    for path in [EVENT, EVENT, MESSAGE_ADDED] {
        app.tell(path, &message(1, "Hello from staff")).await;
    }
    app.tell(EVENT, &from_a_guest(&message(2, "Hello from a guest"))).await;
    app.handled().await;
    let calls = hook.calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    assert!(calls[0].0.starts_with("ev_"), "{calls:?}");
    let expected = json!({
        "conversation_sid": "CH1", "message_sid": "IM1", "index": 1, "from": "agent7",
        "author": "agent7", "body": "Hello from staff", "sent_at": "2026-02-03T09:00:01.000Z",
    });
    assert_eq!(calls[0].1, expected);
    assert_eq!(app.conversation("CH1").await["last_message"]["index"], 2);
}

#[tokio::test]
async fn a_hook_that_fails_is_called_again_with_the_same_key() {
    let (hook, address) = Hook::start(&[503, 302, 429]).await;
    let app = app_with(address).await;
    app.tell(EVENT, &message(1, "Hello")).await;
    app.handled().await;
    let calls = hook.calls();
    assert_eq!(calls.len(), 4, "{calls:?}");
    assert!(calls.iter().all(|call| *call == calls[0]), "{calls:?}");
    assert_eq!(app.dead().await, []);
}

#[tokio::test]
async fn what_the_hook_will_never_take_is_a_dead_letter() {
    let (hook, address) = Hook::start(&[422]).await;
    let app = app_with(address).await;
    app.tell(EVENT, &message(1, "Hello")).await;
    let dead = app.dead().await;
    assert_eq!((hook.calls().len(), dead.len(), dead[0].attempts), (1, 1, 1));
    assert_eq!((dead[0].route.as_str(), dead[0].subject.as_deref()), ("/outbound", Some("IM1")));
    assert!(dead[0].error.as_ref().unwrap().contains("422"), "{dead:?}");
}

#[tokio::test]
async fn a_hook_that_is_down_holds_up_nothing() {
    // Nobody listens there.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let app = app_with(nobody).await;
    app.tell(EVENT, &message(1, "Hello")).await;
    eventually(async || {
        let list = app.get("/api/conversations").await;
        let retried = app.stats().await.count(Stage::Retry);
        list[0]["last_message"]["body"] == "Hello" && retried == 1
    })
    .await;
}
