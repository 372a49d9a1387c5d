//! The desk over HTTP, as Twilio, its hook and its own users meet it.

mod desk;
mod failures;
mod hook;
mod moderation;
mod order;
mod readme;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use axum::Router;
use conversations_desk::{Config, app};
use serde_json::Value;
use switchhook::{
    Key, Params, SIGNATURE_HEADER, Signer,
    inbox::{Filter, Inbox, SqliteInbox, State, Stats, Summary},
    settings::Settings,
    twilio::conversations::ConversationsWebhook,
};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "https://hooks.example.com";

const EVENT: &str = "/api/webhooks/twilio-event";
const MESSAGE_ADDED: &str = "/api/webhooks/message-added";
const STATE_UPDATED: &str = "/api/webhooks/conversation-state-updated";
const PARTICIPANT_ADDED: &str = "/api/webhooks/participant-added";
const MODERATION: &str = "/api/webhooks/moderation";

/// The desk on a free port with a database of its own.
struct App {
    address: SocketAddr,
    inbox: SqliteInbox,
    database: PathBuf,
    _dir: tempfile::TempDir,
}

impl App {
    /// With signatures, and without anybody to be told.
    async fn start() -> Self {
        Self::with(&[("TWILIO_AUTH_TOKEN", KEY), ("PUBLIC_URL", PUBLIC)]).await
    }

    /// With these settings beside the staff and the database.
    async fn with(settings: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join("desk.db");
        let usual = [("DATABASE", database.to_str().unwrap()), ("STAFF", "agent7")];
        let settings = Settings::of(usual.iter().chain(settings).copied());
        let (app, worker) = app(&Config::of(&settings).unwrap()).unwrap();
        let address = serve(app).await;
        tokio::spawn(worker.run_until(std::future::pending()));
        let inbox = SqliteInbox::open(&database).unwrap();
        Self { address, inbox, database, _dir: dir }
    }

    async fn stats(&self) -> Stats {
        self.inbox.stats().await.unwrap()
    }

    /// Waits until everything that was accepted is done or dead.
    async fn handled(&self) {
        for _ in 0..12_000 {
            if self.stats().await.oldest_waiting.is_none() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not handled in a minute");
    }

    fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.database).unwrap()
    }

    async fn call(
        &self,
        method: &'static str,
        path: &str,
        headers: Vec<(&'static str, String)>,
        body: &str,
    ) -> (u16, Value) {
        let url = format!("http://{}{path}", self.address);
        let body = body.to_owned();
        tokio::task::spawn_blocking(move || {
            let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
            let mut request = ureq::http::Request::builder().method(method).uri(url);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            let agent = ureq::Agent::new_with_config(config.build());
            let mut response = agent.run(request.body(body).unwrap()).unwrap();
            let status = response.status().as_u16();
            let text = response.body_mut().read_to_string().unwrap();
            (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
        })
        .await
        .unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.call("GET", path, Vec::new(), "").await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// The dead letters, the newest first.
    async fn dead(&self) -> Vec<Summary> {
        self.handled().await;
        let dead = Filter::new().state(State::Dead);
        self.inbox.list(&dead, None, 100).await.unwrap()
    }

    /// Sends a form as Twilio does, signed with `key`.
    async fn ask_with(&self, key: &str, path: &str, form: &str) -> (u16, Value) {
        let params = Params::parse(form.as_bytes()).unwrap();
        let signer = Signer::twilio(Key::new(key).unwrap());
        let signed = signer.form(&format!("{PUBLIC}{path}"), &params).unwrap();
        let signature = signed.headers()[SIGNATURE_HEADER].to_str().unwrap().to_owned();
        let headers = vec![
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ("x-twilio-signature", signature),
        ];
        self.call("POST", path, headers, form).await
    }

    async fn ask(&self, path: &str, form: &str) -> (u16, Value) {
        self.ask_with(KEY, path, form).await
    }

    /// Tells what happened, which is acknowledged.
    async fn tell(&self, path: &str, form: &str) {
        assert_eq!(self.ask(path, form).await, (200, Value::String(String::new())), "{form}");
    }

    /// The conversations of a filter such as `?status=closed`, when all is handled.
    async fn list(&self, filter: &str) -> Value {
        self.handled().await;
        self.get(&format!("/api/conversations{filter}")).await
    }

    async fn conversation(&self, sid: &str) -> Value {
        self.handled().await;
        self.get(&format!("/api/conversations/{sid}")).await
    }
}

async fn serve(app: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// The sample of an event with some values changed; an empty one takes the parameter away.
fn event(name: &str, changes: &[(&str, &str)]) -> String {
    let sample = <ConversationsWebhook as switchhook::Family>::info(name).unwrap().sample();
    let changed = |name: &str| changes.iter().find(|change| change.0 == name);
    let kept = sample.iter().filter(|(name, _)| changed(name).is_none());
    let set = changes.iter().copied().filter(|change| !change.1.is_empty());
    Params::from_pairs(kept.chain(set).collect::<Vec<_>>()).to_form()
}

/// A message of the conversation `CH1`, the `index`th, sent at that second.
fn message(index: u8, body: &str) -> String {
    let (sid, at) = (format!("IM{index}"), format!("2026-02-03T09:00:{index:02}.000Z"));
    let index = index.to_string();
    event(
        "onMessageAdded",
        &[
            ("ConversationSid", "CH1"),
            ("MessageSid", &sid),
            ("Index", &index),
            ("DateCreated", &at),
            ("Body", body),
        ],
    )
}
