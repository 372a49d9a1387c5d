//! Whole lifecycles against the examples: each ends in the stated state, in order, and with
//! duplicates and shuffled.
//!
//! An example is a module with its row, and a dev-dependency of this crate.

mod conversations_desk;
mod signalwire_desk;
#[path = "../support/mod.rs"]
mod support;
mod video_appointments;
mod voice_agent;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{Router, body::Bytes, routing::post};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, header::AUTHORIZATION};
use serde_json::{Value, json};
use switchhook::inbox::{Inbox, SqliteInbox, State, Worker};
use tokio::{net::TcpListener, runtime::Runtime};

use support::{KEY, run};

/// What opens the endpoints of an example that ask who is there.
const PASSWORD: &str = "local-test-password";

/// An example, and the lifecycles that it follows.
struct Example {
    /// The application on a database that is not there yet, with the URL of a hook that it may
    /// call.
    app: fn(&Path, &str) -> (Router, Worker),
    /// Who may read the state, by `PASSWORD`; None where anybody may.
    user: Option<&'static str>,
    /// What is posted before the lifecycles, as path and JSON.
    before: &'static [(&'static str, &'static str)],
    /// Lifecycles, one after the other: the key that signs, and the arguments of
    /// `switchhook trigger`, with spaces between them.
    plays: Vec<(&'static str, String)>,
    /// Paths that show the state.
    state: &'static [&'static str],
    /// The state at the end: one value for each path, and then what the hook was told.
    ends: Value,
}

impl Example {
    /// However often and in whatever order it is told, the example ends in its state.
    fn ends_as_stated(&self) {
        let ends = comparable(self.ends.clone());
        // By these seeds changes come before what they change, ends before beginnings, old states
        // last.
        for more in [
            "",
            "--duplicate 10 --shuffle --seed 4",
            "--duplicate 10 --shuffle --seed 6",
            "--duplicate 100",
            "--duplicate 100 --shuffle --seed 11",
        ] {
            let running = Running::start(self);
            for (path, body) in self.before {
                running.call("POST", path, body);
            }
            for (key, play) in &self.plays {
                running.play(key, &format!("{play} {more}"));
            }
            running.handled();
            let paths = self.state.iter().map(|path| running.call("GET", path, ""));
            let state: Value = paths.chain([running.told()]).collect();
            assert_eq!(comparable(state), ends, "{more}");
        }
    }
}

/// An example on a free port, with a database and a hook of its own.
struct Running {
    runtime: Runtime,
    inbox: SqliteInbox,
    origin: String,
    authorization: Option<String>,
    hook: Hook,
    _folder: tempfile::TempDir,
}

/// What the hook was told, by the keys that tell a second try from a second matter.
type Hook = Arc<Mutex<BTreeMap<String, Value>>>;

impl Running {
    fn start(example: &Example) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("example.db");
        let runtime = Runtime::new().unwrap();
        let inside = runtime.enter();
        let hook = Hook::default();
        let told = Arc::clone(&hook);
        let take = async move |headers: HeaderMap, body: Bytes| {
            let key = headers["idempotency-key"].to_str().unwrap().to_owned();
            told.lock().unwrap().insert(key, serde_json::from_slice(&body).unwrap());
        };
        let hook_url = serve(&runtime, Router::new().route("/", post(take)));
        let (app, worker) = (example.app)(&database, &hook_url);
        let origin = serve(&runtime, app);
        runtime.spawn(worker.run_until(std::future::pending()));
        let inbox = SqliteInbox::open(&database).unwrap();
        let basic = |user| format!("Basic {}", STANDARD.encode(format!("{user}:{PASSWORD}")));
        let authorization = example.user.map(basic);
        drop(inside);
        Self { runtime, inbox, origin, authorization, hook, _folder: folder }
    }

    /// Plays a lifecycle. What comes twice is answered alike.
    fn play(&self, key: &str, play: &str) {
        let to = ["trigger", "--to", &self.origin, "--key-file", "-"];
        let args: Vec<_> = to.into_iter().chain(play.split_whitespace()).collect();
        let (code, stdout, stderr) = run(&args, key);
        assert_eq!(code, 0, "{play}: {stderr}");
        for line in stdout.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            assert_ne!(line["same_answer"], false, "{play}: {line}");
        }
    }

    /// Waits until everything that was accepted is done; nothing of it may be dead.
    fn handled(&self) {
        let deadline = Instant::now() + Duration::from_secs(120);
        let stats = || self.runtime.block_on(self.inbox.stats()).unwrap();
        while stats().oldest_waiting.is_some() {
            assert!(Instant::now() < deadline, "not handled in two minutes");
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(stats().count(State::Dead), 0);
    }

    /// What the hook was told.
    fn told(&self) -> Value {
        self.hook.lock().unwrap().values().cloned().collect()
    }

    fn call(&self, method: &str, path: &str, body: &str) -> Value {
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
        let mut request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin))
            .header("content-type", "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        let request = request.body(body.to_owned()).unwrap();
        let mut answer = ureq::Agent::new_with_config(config).run(request).unwrap();
        assert!(answer.status().is_success(), "{method} {path}: {}", answer.status());
        let text = answer.body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or(Value::String(text))
    }
}

/// Serves it on a free port: its origin.
fn serve(runtime: &Runtime, app: Router) -> String {
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    runtime.spawn(async move { axum::serve(listener, app).await });
    origin
}

/// What two runs have in common: without the digits of SIDs and without times, and lists and
/// members in the order of their texts.
fn comparable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(without_sids(&text)),
        Value::Array(values) => {
            let mut values: Vec<_> = values.into_iter().map(comparable).collect();
            values.sort_by_key(Value::to_string);
            values.into()
        }
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, comparable(value)));
            members.collect::<BTreeMap<_, _>>().into_iter().collect()
        }
        other => other,
    }
}

/// Times and UUIDs become `*`, as do the digits of SIDs.
fn without_sids(text: &str) -> String {
    if text.parse::<switchhook::Timestamp>().is_ok() {
        return "*".to_owned();
    }
    let digits = |text: &str| {
        text.bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-')).count()
    };
    let mut kept = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let count = digits(rest);
        if count >= 32 {
            kept.push('*');
            rest = &rest[count..];
        } else {
            let length = count.max(first.len_utf8());
            kept.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    kept
}

#[test]
fn runs_are_compared_without_what_is_new_each_time() {
    let sid = "RM0d3c5a1e8f6b4297a0c1d2e3f4a5b6c7";
    let value =
        json!({ "b": [sid, "a", 2], "at": "2026-03-04T10:11:12Z", "uri": format!("/x/{sid}/é") });
    let expected = json!({ "b": ["RM*", "a", 2], "at": "*", "uri": "/x/RM*/é" });
    assert_eq!(comparable(value), expected);
    assert_eq!(without_sids("c1234567-89ab-cdef-0123-456789abcdef"), "*");
    assert_eq!(without_sids("cafe-bad 12"), "cafe-bad 12");
}
