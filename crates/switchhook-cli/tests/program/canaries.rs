//! That `listen` says nothing private: all that it writes to stdout and stderr, whatever it is
//! sent and however much it is asked to log.

use std::{
    fs::{self, File},
    path::Path,
    process::Child,
    thread::sleep,
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::Method;
use switchhook::{Key, Signer};

use crate::{
    store::Store,
    support::program,
    wire::{self, FORM},
};

const KEY: &str = "canarykey0123456789";
const JSON: &str = "content-type: application/json";
const MESSAGE: &str = "MessageSid=SM1&MessageStatus=sent&From=%2B15550009911&To=%2B15550009922\
                       &Body=canarytext&NewThing=canarything";
const CALL: &str = r#"{"event_type":"calling.call.state","params":{"call_id":"c1","call_state":"canarything",
    "device":{"type":"phone","params":{"from_number":"+15550009911","to_number":"+15550009922"}},"tag":"canarytext"}}"#;
/// The query of all URLs that are signed here: what stands in one may be anybody's.
const QUERY: &str = "?canarytext=%2B15550009911";

/// `switchhook listen`, whose streams go into files; ended when dropped.
struct Listening {
    child: Child,
    folder: tempfile::TempDir,
    origin: String,
}

impl Listening {
    fn start(args: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = |name| File::create(folder.path().join(name)).unwrap();
        let mut command =
            program(&[&["listen", "--port", "0", "--no-ui", "--key-env", "KEY"], args].concat());
        command.env("KEY", KEY).env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1");
        let child = command.stdout(file("stdout")).stderr(file("stderr")).spawn().unwrap();
        let mut listening = Self { child, folder, origin: String::new() };
        let ready = listening.wait("stderr", |text| text.contains('\n'));
        ready
            .split_whitespace()
            .nth(1)
            .unwrap_or_else(|| panic!("{ready}"))
            .clone_into(&mut listening.origin);
        listening
    }

    fn read(folder: &Path, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(folder.join(name)).unwrap()).into_owned()
    }

    /// What was written, as soon as it is enough.
    fn wait(&self, name: &str, is_enough: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let text = Self::read(self.folder.path(), name);
            if is_enough(&text) {
                return text;
            }
            assert!(Instant::now() < deadline, "not enough: {text}");
            sleep(Duration::from_millis(20));
        }
    }

    /// Everything that was written, by then.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        ["stdout", "stderr"].map(|name| Self::read(self.folder.path(), name)).concat()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The headers of signatures that the key gives a request.
fn signatures(provider: &str, url: &str, kind: &str, body: &str) -> Vec<(String, String)> {
    let key = Key::new(KEY).unwrap();
    let signer = if provider == "twilio" { Signer::twilio(key) } else { Signer::signalwire(key) };
    let kind = kind.strip_prefix("content-type: ");
    let signed = signer.sign(&Method::POST, url, kind, &Bytes::copy_from_slice(body.as_bytes()));
    let headers = signed.map(|signed| signed.headers).unwrap_or_default();
    let named = headers.iter().filter(|(name, _)| name.as_str().ends_with("-signature"));
    named.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

/// A request to a listener: as whose signatures it has, and the body that it has.
struct Sent<'a> {
    path: &'a str,
    kind: &'a str,
    signed: Option<&'a str>,
    body: &'a str,
    status: u16,
}

/// A provider, where it is listened to, what it sends and what others make of that.
fn requests<'a>(
    path: &'a str,
    kind: &'a str,
    body: &'a str,
    others: &'a [String; 3],
) -> Vec<Sent<'a>> {
    let genuine = Sent { path, kind, signed: Some(body), body, status: 204 };
    let [changed, long, lacking] = others;
    let json = kind == JSON;
    vec![
        Sent { ..genuine },
        // Once more, and without what it is about.
        Sent { ..genuine },
        Sent { signed: Some(lacking), body: lacking, ..genuine },
        Sent { body: changed, status: 403, ..genuine },
        Sent { signed: None, status: 403, ..genuine },
        Sent { body: long, status: 413, ..genuine },
        Sent { body: "canarytext", status: if json { 400 } else { 403 }, ..genuine },
        Sent { kind: "content-type: text/canarytext", status: 415, ..genuine },
        Sent { path: "/canaryless", status: 404, ..genuine },
    ]
}

#[test]
fn nothing_that_listen_writes_shows_a_canary() {
    let ways = [
        ("twilio", "/twilio/messaging", FORM, MESSAGE, "SM1"),
        ("signalwire", "/signalwire", JSON, CALL, "c1"),
        ("signalwire", "/signalwire/compat", FORM, MESSAGE, "SM1"),
    ];
    for format in [None, Some("--jsonl")] {
        for (provider, path, kind, body, subject) in ways {
            for keeps in [false, true] {
                let store = Store::new();
                // Nobody is there to take what is kept: each try of it fails.
                let kept = [
                    "--inbox",
                    &store.name,
                    "--forward-to",
                    "http://127.0.0.1:1",
                    "--attempts",
                    "2",
                ];
                let mut args = vec!["--provider", provider];
                args.extend(format);
                args.extend(kept.iter().filter(|_| keeps));
                let listening = Listening::start(&args);
                let mut canaries: Vec<String> =
                    [KEY, "canarytext", "canarything", "15550009911", "15550009922"]
                        .map(Into::into)
                        .into();
                let others = [
                    body.replace("canarytext", "canarytext!"),
                    "canarything".repeat(30_000),
                    body.replace(subject, ""),
                ];
                let requests = requests(path, kind, body, &others);
                for sent in &requests {
                    let url = format!("{}{}{QUERY}", listening.origin, sent.path);
                    let mut head = format!("POST {}{QUERY} HTTP/1.1\r\n{}", sent.path, sent.kind);
                    let own = sent.signed.map(|signed| signatures(provider, &url, kind, signed));
                    for (name, value) in own.iter().flatten() {
                        head.extend(["\r\n", name, ": ", value]);
                    }
                    // What would have been right for what is sent is a canary as well.
                    let right = signatures(provider, &url, sent.kind, sent.body).into_iter();
                    canaries.extend(right.chain(own.into_iter().flatten()).map(|(_, value)| value));
                    let answer = wire::send(&listening.origin, &head, sent.body);
                    let what = format!(
                        "{provider} {path} {keeps} {}",
                        &sent.body[..sent.body.len().min(40)]
                    );
                    assert_eq!(answer.status, sent.status, "{what}");
                    for canary in &canaries {
                        assert!(!answer.body.contains(canary), "{what}");
                    }
                }
                listening.wait("stdout", |text| {
                    let tries = if keeps { 2 } else { 0 };
                    let dead = text.matches(if format.is_some() {
                        "\"what\":\"dead\""
                    } else {
                        "  dead  "
                    });
                    text.lines().count() >= requests.len() + tries && (!keeps || dead.count() >= 1)
                });
                let said = listening.end();
                // Longer than a word, and of more than one kind.
                let expected =
                    if format.is_some() { "signature-mismatch" } else { "signature mismatch" };
                assert!(said.contains(expected), "{said}");
                for canary in canaries {
                    for shown in [canary.clone(), STANDARD.encode(&canary)] {
                        let shown = shown.trim_end_matches('=');
                        assert!(!said.contains(shown), "{provider} {path}: {canary} in {said}");
                    }
                }
            }
        }
    }
}
