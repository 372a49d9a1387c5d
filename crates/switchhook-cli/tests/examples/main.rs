//! Whole lifecycles against the examples: each ends in the stated state, in order, and with
//! duplicates and shuffled. And their READMEs, which say what happens.
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
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, routing::post};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::HeaderMap;
use serde_json::{Value, json};
use switchhook::{inbox::Worker, settings::Settings};
use switchhook_example_tests::{JSON, Readme, Service, Shell, Started, serve};
use tokio::runtime::Runtime;

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

/// An example with a hook of its own.
struct Running {
    runtime: Runtime,
    service: Service,
    authorization: Option<String>,
    hook: Hook,
}

/// What the hook was told, by the keys that tell a second try from a second matter.
type Hook = Arc<Mutex<BTreeMap<String, Value>>>;

impl Running {
    fn start(example: &Example) -> Self {
        let runtime = Runtime::new().unwrap();
        let hook = Hook::default();
        let told = Arc::clone(&hook);
        let take = async move |headers: HeaderMap, body: Bytes| {
            let key = headers["idempotency-key"].to_str().unwrap().to_owned();
            told.lock().unwrap().insert(key, serde_json::from_slice(&body).unwrap());
        };
        let service = runtime.block_on(async {
            let hook = serve(Router::new().route("/", post(take))).await;
            Service::start(|database| (example.app)(database, &format!("http://{hook}"))).await
        });
        let basic = |user| format!("Basic {}", STANDARD.encode(format!("{user}:{PASSWORD}")));
        let authorization = example.user.map(basic);
        Self { runtime, service, authorization, hook }
    }

    /// Plays a lifecycle. What comes twice is answered alike.
    fn play(&self, key: &str, play: &str) {
        let origin = format!("http://{}", self.service.address);
        let to = ["trigger", "--to", &origin, "--key-file", "-"];
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
        let dead = self.runtime.block_on(self.service.dead());
        assert_eq!(dead, []);
    }

    /// What the hook was told.
    fn told(&self) -> Value {
        self.hook.lock().unwrap().values().cloned().collect()
    }

    fn call(&self, method: &str, path: &str, body: &str) -> Value {
        let login = self.authorization.iter().map(|value| ("authorization", value.as_str()));
        let headers: Vec<_> = login.chain([JSON]).collect();
        let answer = self.service.caller.send(method, path, &headers, body);
        assert!((200..300).contains(&answer.status), "{method} {path}: {}", answer.status);
        answer.value()
    }
}

/// Types the lines of an example's README as they stand. Each start makes the application anew, on
/// the same database.
fn readme_holds(
    package: &str,
    readme: &str,
    (origin, database): (&str, &str),
    app: impl Fn(&Settings) -> (Router, Worker),
) {
    let mut running: Option<(Runtime, Service)> = None;
    let start = |started: &Started| -> anyhow::Result<_> {
        assert_eq!(started.package, package);
        if let Some((runtime, _service)) = running.take() {
            runtime.shutdown_background();
        }
        let runtime = Runtime::new()?;
        let of = |database: &Path| {
            let variables = started.variables.iter().map(|(name, value)| (&**name, &**value));
            app(&Settings::of(variables.chain([("DATABASE", database.to_str().unwrap())])))
        };
        let service = runtime.block_on(Service::start_at(started.folder.join(database), of));
        Ok(running.insert((runtime, service)).1.address)
    };
    let shell = Shell::new(origin).switchhook(env!("CARGO_BIN_EXE_switchhook"));
    let typed = Readme::parse(readme).unwrap().run(shell, start).unwrap();
    assert!(typed.is_none_or(|typed| typed >= 10), "{typed:?}");
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
