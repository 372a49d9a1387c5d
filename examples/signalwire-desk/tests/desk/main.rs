//! The desk over HTTP, as SignalWire, the mail hook and those who run it meet it.

mod calls;
mod failures;
mod founding;
mod guards;
mod messages;
mod readme;
mod scripts;
mod video;

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Json, Router, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use serde_json::Value;
use signalwire_desk::app;
use switchhook::{
    inbox::{Backoff, Inbox, SqliteInbox},
    settings::Settings,
};

/// `desk:local-test-password` as a browser sends it.
const OPERATOR: (&str, &str) = ("authorization", "Basic ZGVzazpsb2NhbC10ZXN0LXBhc3N3b3Jk");
const JSON: (&str, &str) = ("content-type", "application/json");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// The desk on a free port, with a database and a mail hook of its own.
struct App {
    address: SocketAddr,
    inbox: SqliteInbox,
    database: PathBuf,
    hook: Hook,
    _dir: tempfile::TempDir,
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
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join("desk.db");
        let hook = Hook::start().await;
        let usual = [
            ("DATABASE", database.to_str().unwrap()),
            ("API_PASSWORD", "local-test-password"),
            ("EMAIL_HOOK_URL", &hook.url),
        ];
        let settings = usual.iter().filter(|usual| usual.0 != unset).chain(set).copied();
        let (router, worker) = app(&Settings::of(settings)).unwrap();
        let short = Duration::from_millis(20);
        let worker = worker.backoff(Backoff { first: short, longest: short, attempts });
        let address = serve(router).await;
        tokio::spawn(worker.run_until(std::future::pending()));
        let inbox = SqliteInbox::open(&database).unwrap();
        Self { address, inbox, database, hook, _dir: dir }
    }

    /// Waits until everything that was accepted is done or dead.
    async fn handled(&self) {
        eventually(async || self.inbox.stats().await.unwrap().oldest_waiting.is_none()).await;
    }

    fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.database).unwrap()
    }

    /// Status and body; the body as JSON where it is some.
    async fn call(
        &self,
        method: &'static str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> (u16, Value) {
        let mut request =
            http::Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.to_owned()).unwrap();
        let asked = tokio::task::spawn_blocking(move || {
            let config = ureq::Agent::config_builder().http_status_as_error(false).build();
            let mut response = ureq::Agent::new_with_config(config).run(request).unwrap();
            let status = response.status().as_u16();
            let text = response.body_mut().read_to_string().unwrap();
            (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
        });
        asked.await.unwrap()
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

async fn serve(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

async fn eventually(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..6_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("not within half a minute");
}

/// A mail hook that takes mails, or answers 500 for a while.
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
        let router = Router::new().route("/send", post(take)).with_state(Arc::clone(&seen));
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
) -> StatusCode {
    let mut seen = seen.lock().unwrap();
    if seen.refuses {
        seen.refused += 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    seen.mails.push((key, mail));
    StatusCode::ACCEPTED
}
