//! The desk over HTTP, as SignalWire, the mail hook and those who run it meet it.

mod calls;
mod failures;
mod guards;
mod messages;
mod older_examples;
mod scripts;
mod video;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::Value;
use signalwire_desk::app;
use switchhook::{inbox::Backoff, settings::Settings};
use switchhook_example_tests::{JSON, Service, serve};

/// `desk:local-test-password` as a browser sends it.
const OPERATOR: (&str, &str) = ("authorization", "Basic ZGVzazpsb2NhbC10ZXN0LXBhc3N3b3Jk");

/// The desk with its mail hook, and what its tests ask for.
struct App {
    service: Service,
    hook: Hook,
}

impl std::ops::Deref for App {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}

impl App {
    /// With no guard at all.
    async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With these settings beside the usual ones. Failures become dead letters at the fourth try.
    async fn start_with(set: &[(&str, &str)]) -> Self {
        Self::start_trying(4, set, "").await
    }

    /// Without a setting that is usual.
    async fn start_without(unset: &str) -> Self {
        Self::start_trying(4, &[], unset).await
    }

    async fn start_trying(attempts: u32, set: &[(&str, &str)], unset: &str) -> Self {
        let hook = Hook::start().await;
        let service = Service::start(|database| {
            let usual = [
                ("DATABASE", database.to_str().unwrap()),
                ("API_PASSWORD", "local-test-password"),
                ("EMAIL_HOOK_URL", &hook.url),
            ];
            let settings = usual.iter().filter(|usual| usual.0 != unset).chain(set).copied();
            let (router, worker) = app(&Settings::of(settings)).unwrap();
            let short = Duration::from_millis(20);
            (router, worker.backoff(Backoff { first: short, longest: short, attempts }))
        });
        Self { service: service.await, hook }
    }

    /// Status and body; the body as JSON where it is some.
    async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> (u16, Value) {
        let answer = self.caller.call(method, path, headers, body).await;
        (answer.status, answer.value())
    }

    async fn post(&self, path: &str, body: impl ToString) -> (u16, Value) {
        self.call("POST", path, &[JSON], &body.to_string()).await
    }

    /// A report, when everything is handled.
    async fn get(&self, path: &str) -> Value {
        self.handled().await;
        let (status, body) = self.call("GET", path, &[OPERATOR], "").await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }
}

/// A mail hook that takes mails, or for a while says that they are taken elsewhere.
struct Hook {
    url: String,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    refused: u32,
    refuses: bool,
    mails: Vec<(String, Value)>,
}

impl Hook {
    async fn start() -> Self {
        let seen = Arc::<Mutex<Seen>>::default();
        let router = Router::new()
            .route("/send", post(take))
            .route("/taken", get(async || StatusCode::OK))
            .with_state(Arc::clone(&seen));
        Self { url: format!("http://{}/send", serve(router).await), seen }
    }

    fn refuse(&self, refuses: bool) {
        self.seen.lock().unwrap().refuses = refuses;
    }

    fn refused(&self) -> u32 {
        self.seen.lock().unwrap().refused
    }

    /// The mails that it has taken, with their `Idempotency-Key`s.
    fn mails(&self) -> Vec<(String, Value)> {
        self.seen.lock().unwrap().mails.clone()
    }
}

async fn take(
    State(seen): State<Arc<Mutex<Seen>>>,
    headers: HeaderMap,
    Json(mail): Json<Value>,
) -> Response {
    let mut seen = seen.lock().unwrap();
    if seen.refuses {
        seen.refused += 1;
        return (StatusCode::SEE_OTHER, [("location", "/taken")]).into_response();
    }
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    seen.mails.push((key, mail));
    StatusCode::ACCEPTED.into_response()
}
