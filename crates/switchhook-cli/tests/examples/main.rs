//! Whole lifecycles against the examples: each ends in the stated state, in order, and with
//! duplicates and shuffled.
//!
//! An example is a row of `EXAMPLES`, and a dev-dependency of this crate.

#[path = "../support/mod.rs"]
mod support;

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use axum::Router;
use serde_json::{Value, json};
use switchhook::inbox::{Inbox, SqliteInbox, Worker};
use tokio::runtime::Runtime;

use support::{KEY, run};

/// An example, and a lifecycle that it follows.
struct Example {
    name: &'static str,
    /// The application on a database that is not there yet; it checks signatures with `KEY`.
    app: fn(&Path) -> (Router, Worker),
    /// What is posted before the lifecycle, as path and JSON.
    before: &'static [(&'static str, &'static str)],
    /// Arguments of `switchhook trigger`.
    trigger: &'static [&'static str],
    /// Paths that show the state.
    state: &'static [&'static str],
    /// The state at the end, as `comparable` makes it: one value for each path.
    ends: fn() -> Value,
}

const EXAMPLES: &[Example] = &[Example {
    name: "video-appointments",
    app: |database| {
        let config = video_appointments::Config {
            host: [127, 0, 0, 1].into(),
            port: 0,
            database: database.to_owned(),
            auth_token: Some(video_appointments::config::Token(KEY.to_owned())),
            public_url: None,
        };
        video_appointments::app(&config).unwrap()
    },
    before: &[("/api/appointments/", "{}")],
    trigger: &[
        "--scenario",
        "video-room",
        "-d",
        "RoomName=apt-1-test-room",
        "--route",
        "/api/appointments/twilio-status-callback/=twilio.video",
    ],
    state: &["/api/appointments/1/", "/api/failures/"],
    ends: video_appointment,
}];

fn video_appointment() -> Value {
    let session = |identity: &str, seconds: u32| json!({ "participant_sid": "PA*", "appointment": 1, "identity": identity, "seconds": seconds });
    let recording = |seconds: u32, bytes: u32| {
        json!({
            "sid": "RT*", "room_sid": "RM*", "appointment": 1,
            "uri": "/v1/Recordings/RT*/Media", "seconds": seconds, "bytes": bytes,
        })
    };
    let appointment = json!({
        "id": 1, "status": "completed", "completed_at": "*",
        "sessions": [session("bob", 172), session("jane", 178)],
        "recordings": [recording(170, 2_720_000), recording(176, 2_816_000)],
        "compositions": [{
            "sid": "CJ*", "room_sid": "RM*", "appointment": 1,
            "uri": "/v1/Compositions/CJ*/Media", "seconds": 180, "bytes": 9_000_000,
        }],
        "events": [
            "composition-available", "composition-enqueued", "composition-progress",
            "composition-progress", "composition-started", "participant-connected",
            "participant-connected", "participant-disconnected", "participant-disconnected",
            "recording-completed", "recording-completed", "recording-started",
            "recording-started", "room-created", "room-ended", "track-added", "track-added",
            "track-removed", "track-removed",
        ],
    });
    json!([appointment, []])
}

#[test]
fn examples_end_in_their_stated_state() {
    for example in EXAMPLES {
        let ends = comparable((example.ends)());
        for more in [
            &[][..],
            &["--duplicate", "10", "--shuffle", "--seed", "1"],
            &["--duplicate", "10", "--shuffle", "--seed", "2"],
            &["--duplicate", "100", "--shuffle", "--seed", "3"],
        ] {
            let running = Running::start(example);
            for (path, body) in example.before {
                running.call("POST", path, body);
            }
            let to = ["trigger", "--to", &running.origin, "--key-env", "KEY"];
            let (code, _, stderr) = run(&[&to, example.trigger, more].concat(), "");
            assert_eq!(code, 0, "{} {more:?}: {stderr}", example.name);
            running.handled();
            let state: Value =
                example.state.iter().map(|path| running.call("GET", path, "")).collect();
            assert_eq!(comparable(state), ends, "{} {more:?}", example.name);
        }
    }
}

/// An example on a free port, with a database of its own.
struct Running {
    runtime: Runtime,
    inbox: SqliteInbox,
    origin: String,
    _folder: tempfile::TempDir,
}

impl Running {
    fn start(example: &Example) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("example.db");
        let runtime = Runtime::new().unwrap();
        let inside = runtime.enter();
        let (app, worker) = (example.app)(&database);
        let listener = runtime.block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0))).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        runtime.spawn(async move { axum::serve(listener, app).await });
        runtime.spawn(worker.run_until(std::future::pending()));
        let inbox = SqliteInbox::open(&database).unwrap();
        drop(inside);
        Self { runtime, inbox, origin, _folder: folder }
    }

    /// Waits until everything that was accepted is done or dead.
    fn handled(&self) {
        let deadline = Instant::now() + Duration::from_secs(120);
        let waits = || self.runtime.block_on(self.inbox.stats()).unwrap().oldest_waiting.is_some();
        while waits() {
            assert!(Instant::now() < deadline, "not handled in two minutes");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn call(&self, method: &str, path: &str, body: &str) -> Value {
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin))
            .header("content-type", "application/json")
            .body(body.to_owned())
            .unwrap();
        let mut answer = ureq::Agent::new_with_config(config).run(request).unwrap();
        assert!(answer.status().is_success(), "{method} {path}: {}", answer.status());
        let text = answer.body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or(Value::String(text))
    }
}

/// What two runs have in common: without the digits of SIDs and without times, and lists in the
/// order of their texts.
fn comparable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(without_sids(&text)),
        Value::Array(values) => {
            let mut values: Vec<_> = values.into_iter().map(comparable).collect();
            values.sort_by_key(Value::to_string);
            values.into()
        }
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, comparable(value))).collect()
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
