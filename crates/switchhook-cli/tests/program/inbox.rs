//! `listen` with an inbox and an application, and `inbox`, which looks at what was kept.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use http::{HeaderMap, Method};
use serde_json::{Value, json};
use switchhook::{Hosts, Key, Keys, PublicUrl, Signer, Verifier};
use tempfile::TempDir;

use crate::{
    application::{Application, FAILURE, NO_CONTENT, free_port},
    listen::Listener,
    postgres,
    support::{KEY, answers, program, run},
};

/// A new inbox.
struct Store {
    /// Deletes the file at the end.
    _folder: Option<TempDir>,
    name: String,
}

impl Store {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = format!("sqlite:{}", folder.path().join("hooks.db").display());
        Self { _folder: Some(folder), name }
    }

    /// One in a database, where this machine has PostgreSQL.
    fn in_a_database() -> Option<Self> {
        let name = postgres::shared()?.database();
        Some(Self { _folder: None, name })
    }

    fn listen(&self, more: &[&str]) -> Listener {
        let args = ["--key-env", "KEY", "--inbox", &self.name];
        Listener::start(&[&args[..], more].concat())
    }

    /// `switchhook inbox …` on this inbox.
    fn inbox(&self, args: &[&str]) -> (i32, String, String) {
        let (verb, more) = args.split_first().unwrap();
        run(&[&["inbox", verb, "--inbox", &self.name], more].concat(), "")
    }

    /// The same, which has to go well: its lines.
    fn lines(&self, args: &[&str]) -> Vec<String> {
        let (code, stdout, stderr) = self.inbox(args);
        assert_eq!(code, 0, "{args:?}: {stderr}");
        stdout.lines().map(str::to_owned).collect()
    }

    fn objects(&self, args: &[&str]) -> Vec<Value> {
        let lines = self.lines(args);
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits until so many are in this state: a line is printed before its delivery is settled.
    fn wait(&self, state: &str, count: u64) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.count(state) != count {
            assert!(
                Instant::now() < deadline,
                "{count} never {state}: {:?}",
                self.lines(&["stats"])
            );
        }
    }

    /// How many are in this state.
    fn count(&self, state: &str) -> u64 {
        self.objects(&["stats", "--jsonl"])[0][state].as_u64().unwrap()
    }
}

fn video(listener: &Listener, event: &str, more: &[&str]) {
    let args = [&["twilio.video", event, "--key-env", "KEY"], more].concat();
    assert_eq!(listener.trigger_at("/twilio/video", &args), 0);
}

/// Reads lines up to one that has this in it; the worker and the receiver take no turns.
fn line_with(listener: &mut Listener, part: &str) -> String {
    loop {
        let line = listener.line();
        assert!(!line.is_empty(), "no line with {part}");
        if line.contains(part) {
            return line;
        }
    }
}

/// Sends a request as it is: status and all of the answer.
fn send(listener: &Listener, head: &str, body: &[u8]) -> (String, String) {
    let address = listener.origin.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        socket,
        "{head}\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    )
    .unwrap();
    socket.write_all(body).unwrap();
    let mut reader = BufReader::new(socket);
    let mut status = String::new();
    reader.read_line(&mut status).unwrap();
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    (status.split(' ').nth(1).unwrap().to_owned(), rest)
}

const FORM: &str = "content-type: application/x-www-form-urlencoded";

/// The head of a correctly signed POST of a form.
fn signed(listener: &Listener, target: &str, body: &str, more: &str) -> String {
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    let url = format!("{}{target}", listener.origin);
    let form = Some("application/x-www-form-urlencoded");
    let signed = signer.sign(&Method::POST, &url, form, &body.to_owned().into()).unwrap();
    let signature = signed.headers["x-twilio-signature"].to_str().unwrap();
    format!("POST {target} HTTP/1.1\r\n{FORM}\r\nX-Twilio-Signature: {signature}{more}")
}

fn verifies(url: &str, headers: &HeaderMap, body: &[u8]) -> bool {
    let verifier = Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::direct(Hosts::any()));
    verifier.verify_url(&Method::POST, url, headers, &body.to_vec().into()).is_ok()
}

#[test]
fn a_delivery_is_stored_and_sent_on_byte_for_byte() {
    let (store, application) = (Store::new(), Application::start(NO_CONTENT));
    let mut listener = store.listen(&["--forward-to", &application.url]);
    assert!(listener.ready.contains(&store.name), "{}", listener.ready);
    assert!(listener.ready.contains(&format!("forwards to {}/", application.url)));

    // Escapes that no library would write, a repeated header, and one of the connection.
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=%66oo+b%20ar%2f&X=";
    let target = "/twilio/video?tenant=%2F1&&a";
    let more = "\r\nX-Twice: 1\r\nx-twice: 2\r\nTE: trailers\r\nUser-Agent: TwilioProxy/1.1";
    let (status, _) = send(&listener, &signed(&listener, target, body, more), body.as_bytes());
    assert_eq!(status, "204");

    let request = application.received();
    assert_eq!(request.line, format!("POST {target} HTTP/1.1"));
    assert_eq!(request.body, body.as_bytes());
    assert!(verifies(&format!("{}{target}", listener.origin), &request.headers, &request.body));
    assert_eq!(request.headers.get_all("x-twice").iter().collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(request.headers["user-agent"], "TwilioProxy/1.1");
    assert_eq!(format!("http://{}", request.headers["host"].to_str().unwrap()), application.url);
    let mut names: Vec<_> = request.headers.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    let expected =
        ["content-length", "content-type", "host", "user-agent", "x-twice", "x-twilio-signature"];
    assert_eq!(names, expected);

    let lines = [listener.line(), listener.line()];
    let id = store.objects(&["ls", "--jsonl"])[0]["id"].as_str().unwrap()[..11].to_owned();
    for expected in [
        format!(
            "twilio.video room-ended  RM1  signed ok (key 0, as-configured)  204  stored  {id}"
        ),
        format!("twilio.video room-ended  RM1  forwarded  {id}"),
    ] {
        assert!(lines.contains(&expected), "{lines:?}");
    }
    store.wait("done", 1);
}

#[test]
fn what_comes_twice_is_kept_once() {
    let (store, application) = (Store::new(), Application::start(NO_CONTENT));
    let mut listener = store.listen(&["--forward-to", &application.url]);
    for _ in 0..3 {
        video(&listener, "room-ended", &[]);
    }
    let mut told: Vec<_> = (0..4)
        .map(|_| {
            let line = listener.line();
            let what = ["stored", "duplicate", "forwarded"].into_iter().find(|w| line.contains(w));
            what.unwrap_or_else(|| panic!("{line}"))
        })
        .collect();
    told.sort_unstable();
    assert_eq!(told, ["duplicate", "duplicate", "forwarded", "stored"]);
    application.received();
    assert!(application.is_idle());
    assert_eq!(store.count("total"), 1);
}

#[test]
fn a_get_stays_a_get() {
    let (store, application) = (Store::new(), Application::start(NO_CONTENT));
    let mut listener = store.listen(&["--forward-to", &application.url, "--jsonl"]);
    video(&listener, "room-ended", &["--get", "-d", "RoomSid=RM1"]);
    let request = application.received();
    assert!(
        request.line.starts_with("GET /twilio/video?StatusCallbackEvent=room-ended&RoomSid=RM1&")
    );
    assert!(!request.headers.contains_key("content-length") && request.body.is_empty());
    assert!(!request.headers.contains_key("transfer-encoding"));

    let mut told = [listener.object(), listener.object()];
    told.sort_by_key(|told| told["attempt"].as_u64());
    let what = told.each_ref().map(|told| (told["what"].clone(), told["attempt"].clone()));
    assert_eq!(what, [(json!("stored"), Value::Null), (json!("forwarded"), json!(1))]);
    assert_eq!(told[0]["id"], told[1]["id"]);
    assert_eq!(store.objects(&["ls", "--jsonl"])[0]["id"], told[0]["id"]);
}

#[test]
fn an_application_that_is_down_gets_its_deliveries_when_it_is_up() {
    let (store, port) = (Store::new(), free_port());
    let mut listener = store.listen(&["--forward-to", &format!("http://127.0.0.1:{port}/hook")]);
    video(&listener, "room-ended", &[]);
    let line = line_with(&mut listener, "failed (1 of 12)");
    assert!(line.contains("no answer from the application: "), "{line}");
    assert_eq!(store.count("done"), 0);

    let application = Application::start_at(port, NO_CONTENT);
    line_with(&mut listener, "forwarded");
    // A URL with a path is where all go.
    assert_eq!(application.received().line, "POST /hook HTTP/1.1");
    store.wait("done", 1);
}

#[test]
fn what_fails_for_good_is_a_dead_letter_and_can_be_replayed() {
    dead_letters_can_be_replayed(&Store::new());
}

#[test]
fn so_it_is_in_a_database() {
    if let Some(store) = Store::in_a_database() {
        dead_letters_can_be_replayed(&store);
        assert_eq!(store.lines(&["export"]).len(), 2);
        assert_eq!(store.lines(&["drop", "--state", "any", "--confirm"]), ["2 deleted"]);
        assert_eq!(store.lines(&["vacuum", "--dead-after", "1d"]), ["0 deleted"]);
    }
}

fn dead_letters_can_be_replayed(store: &Store) {
    let application = Application::start(FAILURE);
    let mut listener = store.listen(&["--forward-to", &application.url, "--attempts", "2"]);
    for sid in ["RoomSid=RM1", "RoomSid=RM2"] {
        video(&listener, "room-ended", &["-d", sid]);
        let line = line_with(&mut listener, "  dead  ");
        assert!(line.ends_with("the application answered 500 Internal Server Error"), "{line}");
    }
    store.wait("dead", 2);
    let dead = store.lines(&["dead"]);
    assert!(dead[0].ends_with("  twilio.video room-ended  RM2"), "{dead:?}");
    assert!(dead[1].starts_with("    dead since ") && dead[1].ends_with("attempts: 2"), "{dead:?}");
    assert_eq!(dead[2], "    the application answered 500 Internal Server Error");

    let (code, stdout, stderr) = store.inbox(&["replay", "--event", "room-ended"]);
    let would = "would replay 2 deliveries (2 dead); --confirm does it\n";
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (1, "", would));
    assert_eq!(store.count("dead"), 2);

    application.answer(NO_CONTENT);
    assert_eq!(store.lines(&["replay", "--event", "room-ended", "--confirm"]), ["2 replayed"]);
    for _ in 0..2 {
        line_with(&mut listener, "forwarded");
    }
    store.wait("done", 2);
}

#[test]
fn a_crash_after_the_204_loses_nothing() {
    let (store, application) = (Store::new(), Application::start(None));
    let listener = store.listen(&["--forward-to", &application.url]);
    video(&listener, "room-ended", &[]);
    // A worker has it, and waits for the application, when the program is killed.
    application.received();
    drop(listener);
    assert_eq!(store.count("leased"), 1);

    application.answer(NO_CONTENT);
    let mut listener = store.listen(&["--forward-to", &application.url]);
    line_with(&mut listener, "forwarded");
    application.received();
    store.wait("done", 1);
}

#[test]
fn who_asks_gets_the_applications_answer() {
    const TWIML: &str = "HTTP/1.1 201 Created\r\nconnection: close\r\ncontent-type: text/xml\r\n\
        x-own: 1\r\ncontent-length: 11\r\n\r\n<Response/>";
    let (store, application) = (Store::new(), Application::start(Some(TWIML)));
    let forward = ["--forward-to", &application.url, "--route", "/voice/incoming=twilio.voice"];
    let body = "CallSid=CA1&From=%2B15550001111&To=%2B15550002222&CallStatus=ringing";
    let status = "CallSid=CA1&CallStatus=completed&CallbackSource=call-progress-events";
    for (listener, kept) in [
        (store.listen(&forward), true),
        (Listener::start(&[&["--key-env", "KEY"][..], &forward].concat()), false),
    ] {
        let mut listener = listener;
        let call = |body: &str, token: &str| {
            let token = format!("\r\nI-Twilio-Idempotency-Token: {token}");
            send(&listener, &signed(&listener, "/voice/incoming", body, &token), body.as_bytes())
        };
        let (code, answer) = call(body, "t1");
        assert_eq!(code, "201");
        assert!(
            answer.contains("x-own: 1\r\n") && answer.ends_with("\r\n\r\n<Response/>"),
            "{answer}"
        );
        let request = application.received();
        assert_eq!(
            (request.line.as_str(), request.body.as_slice()),
            ("POST /voice/incoming HTTP/1.1", body.as_bytes())
        );
        // The same question again has the same answer, where somebody remembers it.
        assert_eq!(call(body, "t1").0, "201");
        if !kept {
            application.received();
        }
        assert!(application.is_idle());
        // What only tells is kept, and needs no answer.
        assert_eq!(call(status, "t2").0, if kept { "204" } else { "201" });
        assert_eq!(application.received().body, status.as_bytes());
        let mut lines: Vec<_> = (0..3 + usize::from(kept)).map(|_| listener.line()).collect();
        lines.sort();
        assert_eq!(
            lines.iter().filter(|line| line.contains("  ev_")).count(),
            2 * usize::from(kept)
        );
        let what = |what: &str| lines.iter().filter(|line| line.contains(what)).count();
        let expected = if kept { [2, 1, 1] } else { [3, 0, 0] };
        assert_eq!(["forwarded", "repeated", "stored"].map(what), expected, "{lines:?}");
    }
    assert_eq!(store.count("total"), 1);
}

#[test]
fn who_asks_hears_when_the_application_does_not_answer() {
    let port = free_port();
    let mut listener =
        Listener::start(&["--key-env", "KEY", "--forward-to", &format!("http://localhost:{port}")]);
    let body = "CallSid=CA1&From=%2B15550001111&To=%2B15550002222&CallStatus=ringing";
    let (code, _) = send(&listener, &signed(&listener, "/twilio/voice", body, ""), body.as_bytes());
    assert_eq!(code, "502");
    let line = listener.line();
    assert!(line.contains("  502  no answer from the application: "), "{line}");
}

#[test]
fn nothing_is_sent_to_another_machine_unasked() {
    for url in ["http://192.0.2.1:80/", "http://0.0.0.0:80/", "http://[2001:db8::1]/"] {
        let (code, _, stderr) = run(&["listen", "--key-env", "KEY", "--forward-to", url], "");
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains("--forward-anywhere"), "{stderr}");
        let store = Store::new();
        drop(store.listen(&[]));
        let (code, _, stderr) = store.inbox(&["replay", "--state", "any", "--to", url]);
        assert!(code == 2 && stderr.contains("--forward-anywhere"), "{stderr}");
    }
}

#[test]
fn a_redirect_is_not_followed() {
    const ELSEWHERE: &str = "HTTP/1.1 307 Temporary Redirect\r\nconnection: close\r\n\
        location: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let (store, application) = (Store::new(), Application::start(Some(ELSEWHERE)));
    let mut listener = store.listen(&["--forward-to", &application.url, "--attempts", "1"]);
    video(&listener, "room-ended", &[]);
    let line = line_with(&mut listener, "  dead  ");
    assert!(line.ends_with("the application answered 307 Temporary Redirect"), "{line}");
}

#[test]
fn without_an_application_kept_deliveries_are_done() {
    let store = Store::new();
    let mut listener = store.listen(&[]);
    video(&listener, "room-ended", &["-d", "RoomSid=RM1"]);
    let mut lines = [listener.line(), listener.line()];
    lines.sort();
    let id = store.objects(&["ls", "--jsonl"])[0]["id"].as_str().unwrap()[..11].to_owned();
    assert_eq!(lines[0], format!("twilio.video room-ended  RM1  handled  {id}"));
    assert!(lines[1].ends_with(&format!("204  stored  {id}")));
}

/// An inbox with four deliveries that are done: two ends of rooms, a participant, an unknown event
/// with a name that steers terminals.
fn four() -> Store {
    let store = Store::new();
    let mut listener = store.listen(&[]);
    let mut video = |event: &str, more: &[&str]| {
        video(&listener, event, more);
        line_with(&mut listener, "handled");
    };
    video("room-ended", &["-d", "RoomSid=RM1", "-d", "RoomName=\u{1b}[2Jname"]);
    video("room-ended", &["-d", "RoomSid=RM2"]);
    video("participant-connected", &["-d", "ParticipantSid=PA1"]);
    video("room-ended", &["-d", "StatusCallbackEvent=\u{1b}[31mred"]);
    store.wait("done", 4);
    store
}

#[test]
fn ls_filters_and_pages() {
    let store = four();
    let events = |args: &[&str]| -> Vec<String> {
        let objects = store.objects(&[&["ls", "--jsonl"], args].concat());
        objects.iter().map(|found| found["event"].as_str().unwrap().to_owned()).collect()
    };
    let [red, joined, ended] = ["\u{1b}[31mred", "participant-connected", "room-ended"];
    assert_eq!(events(&[]), [red, joined, ended, ended]);
    assert_eq!(events(&["--event", joined]), [joined]);
    assert_eq!(events(&["--sid", "RM2"]), [ended]);
    assert_eq!(events(&["--family", "twilio.video", "--limit", "1"]), [red]);
    assert_eq!(events(&["--route", "/twilio/video", "--since", "1h"]).len(), 4);
    let none: [&[&str]; 5] = [
        &["--family", "twilio.voice"],
        &["--route", "/twilio"],
        &["--until", "1h"],
        &["--since", "2100-01-01T00:00:00Z"],
        &["--state", "dead,pending"],
    ];
    for args in none {
        assert_eq!(events(args), [""; 0], "{args:?}");
    }
    assert_eq!(events(&["--state", "done,dead"]).len(), 4);

    let (_, stdout, stderr) = store.inbox(&["ls", "--limit", "3"]);
    assert!(
        stdout.starts_with("ID           RECEIVED              STATE  TRIES  EVENT"),
        "{stdout}"
    );
    assert_eq!(stdout.lines().count(), 4);
    assert!(
        stdout.contains("twilio.video \\u{1b}[31mred") && !stdout.contains('\u{1b}'),
        "{stdout}"
    );
    let before = stderr.trim().strip_prefix("there are more: --before ").unwrap();
    assert_eq!(events(&["--before", before]), [ended]);

    for wrong in [["--family", "twilio.vido"], ["--state", "lost"], ["--since", "yesterday"]] {
        let (code, _, stderr) = store.inbox(&[&["ls"], &wrong[..]].concat());
        assert!(code == 2 && !stderr.is_empty(), "{wrong:?}: {stderr}");
    }
}

#[test]
fn show_keeps_secrets_and_control_characters_back() {
    let store = four();
    let id =
        store.objects(&["ls", "--jsonl", "--sid", "RM1"])[0]["id"].as_str().unwrap().to_owned();
    for id in [&id[..], &id[..19], &id[3..]] {
        let (code, text, _) = store.inbox(&["show", id]);
        assert_eq!(code, 0);
        for part in [
            "state     done, attempts: 1\n",
            "event     twilio.video room-ended\n",
            "subject   RM1\n",
            "POST /twilio/video\n",
            "x-twilio-signature: (hidden, 28 bytes)\n",
            "RoomName = \\u{1b}[2Jname\n",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains('\u{1b}'));
    }
    let revealed = store.lines(&["show", &id, "--reveal"]).join("\n");
    assert!(revealed.contains("x-twilio-signature: ") && !revealed.contains("(hidden"));
    let object = &store.objects(&["show", &id, "--jsonl"])[0];
    assert_eq!(
        (&object["read"]["event"], &object["read"]["known"]),
        (&json!("room-ended"), &json!(true))
    );
    assert!(object.to_string().contains("(hidden, 28 bytes)"));
    let (_, body, _) = store.inbox(&["show", &id, "--body"]);
    assert!(body.starts_with("StatusCallbackEvent=room-ended&"), "{body}");

    assert_eq!(store.inbox(&["show", "ev_"]).0, 2, "several begin so");
    assert_eq!(store.inbox(&["show", "nonsense"]).0, 2);
    assert_eq!(store.inbox(&["show", &format!("ev_{}", "0".repeat(32))]).0, 1);
}

#[test]
fn an_export_has_everything_that_decode_and_verify_ask_for() {
    let store = four();
    let exported = store.objects(&["export"]);
    let decoded = answers(&["decode"], &exported);
    let events: Vec<_> = decoded.iter().map(|found| found["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["room-ended", "room-ended", "participant-connected", "\u{1b}[31mred"]);
    for (exported, decoded) in exported.iter().zip(&decoded) {
        assert_eq!(exported["id"], decoded["id"]);
    }
    let host = exported[0]["headers"].as_array().unwrap().iter().find(|pair| pair[0] == "host");
    let mut signed = exported[0].clone();
    signed["url"] = format!("http://{}/twilio/video", host.unwrap()[1].as_str().unwrap()).into();
    signed["keys"] = json!([KEY]);
    assert_eq!(answers(&["verify"], &[signed])[0]["valid"], true);

    let redacted = store.lines(&["export", "--redact", "--sid", "RM2"]);
    assert!(redacted.len() == 1 && redacted[0].contains("(hidden, 28 bytes)"));
}

#[test]
fn replay_can_send_by_itself() {
    let (store, application) = (four(), Application::start(NO_CONTENT));
    let to = ["replay", "--state", "done", "--since", "1h", "--to", &application.url];
    let (code, _, stderr) = store.inbox(&to);
    assert_eq!(code, 1);
    assert_eq!(stderr, "would send 4 deliveries (4 done); --confirm does it\n");
    let lines = store.lines(&[&to[..], &["--confirm"]].concat());
    assert_eq!(lines.len(), 4);
    assert!(lines[0].ends_with("  204  twilio.video room-ended"), "{lines:?}");
    let (_, body, _) = store.inbox(&["show", &lines[0][..35], "--body"]);
    let first = application.received();
    assert_eq!(
        (first.line.as_str(), first.body),
        ("POST /twilio/video HTTP/1.1", body.into_bytes())
    );
    assert!(first.headers.contains_key("x-twilio-signature"));

    application.answer(FAILURE);
    let one = ["replay", &lines[0][..11], "--to", &application.url];
    let (code, stdout, _) = store.inbox(&one);
    assert!(code == 1 && stdout.contains("  500  "), "{stdout}");
    let nobody = format!("http://127.0.0.1:{}", free_port());
    assert_eq!(store.inbox(&["replay", &lines[0][..11], "--to", &nobody]).0, 4);
    assert_eq!(store.count("done"), 4, "what is sent so stays as it is");
}

#[test]
fn changes_to_many_ask_first() {
    let store = four();
    for verb in ["replay", "drop"] {
        assert_eq!(store.inbox(&[verb]).0, 2, "nothing is named");
        // Dead letters are meant unless told otherwise.
        assert!(store.lines(&[verb, "--event", "room-ended"])[0].starts_with("0 "));
    }
    let (code, _, stderr) = store.inbox(&["drop", "--state", "any"]);
    assert_eq!(
        (code, stderr.as_str()),
        (1, "would delete 4 deliveries (4 done); --confirm does it\n")
    );
    let id =
        store.objects(&["ls", "--jsonl", "--sid", "RM1"])[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(store.lines(&["drop", &id]), ["1 deleted"]);
    assert_eq!(store.inbox(&["drop", &id]).0, 1, "it is gone");
    assert_eq!(store.lines(&["replay", "--state", "any", "--sid", "RM2"]), ["1 replayed"]);
    assert_eq!((store.count("pending"), store.count("done")), (1, 2));

    assert_eq!(store.lines(&["vacuum"]), ["0 deleted"]);
    let (code, _, stderr) = store.inbox(&["vacuum", "--done-after", "0s"]);
    assert!(code == 1 && stderr.starts_with("would delete 2 deliveries"), "{stderr}");
    assert_eq!(store.lines(&["vacuum", "--done-after", "0s", "--confirm"]), ["2 deleted"]);
    assert_eq!(store.lines(&["drop", "--state", "any", "--confirm"]), ["1 deleted"]);
    assert_eq!(store.count("total"), 0);
}

#[test]
fn an_inbox_is_told_by_argument_or_variable_and_has_to_be_there() {
    let (code, _, stderr) = run(&["inbox", "ls"], "");
    assert!(code == 2 && stderr.contains("--inbox or SWITCHHOOK_INBOX"), "{stderr}");
    let (code, _, stderr) = run(&["inbox", "ls", "--inbox", "hooks.db"], "");
    assert!(code == 2 && stderr.contains("sqlite:FILE or postgres://"), "{stderr}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("none.db");
    let (code, _, stderr) =
        run(&["inbox", "ls", "--inbox", &format!("sqlite:{}", file.display())], "");
    assert!(code == 4 && stderr.contains("there is no inbox at sqlite:"), "{stderr}");
    assert!(!file.exists(), "looking makes none");
    std::fs::write(&file, "this is no database, and long enough to be taken for one").unwrap();
    let (code, ..) = run(&["inbox", "ls", "--inbox", &format!("sqlite:{}", file.display())], "");
    assert_eq!(code, 1);

    let store = Store::new();
    drop(store.listen(&[]));
    let listed =
        program(&["inbox", "stats"]).env("SWITCHHOOK_INBOX", &store.name).output().unwrap();
    assert!(listed.status.success() && listed.stdout.starts_with(b"pending  0\n"));
}

#[test]
fn a_password_is_taken_from_the_environment_alone_and_never_shown() {
    let port = free_port();
    let url = format!("postgres://me:s3cret@127.0.0.1:{port}/hooks");
    let (code, stdout, stderr) = run(&["inbox", "ls", "--inbox", &url], "");
    assert!(code == 2 && !(stdout + &stderr).contains("s3cret"), "{stderr}");
    for (inbox, password) in [(url.clone(), "other"), (url.replace(":s3cret", ""), "s3cret")] {
        for args in [&["inbox", "ls"][..], &["listen", "--key-env", "KEY", "--port", "0"]] {
            let mut program = program(args);
            let output = program
                .env("SWITCHHOOK_INBOX", &inbox)
                .env("PGPASSWORD", password)
                .output()
                .unwrap();
            let stderr = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(4), "{stderr}");
            assert!(stderr.contains(&format!("postgres://127.0.0.1:{port}/hooks")), "{stderr}");
            assert!(!stderr.contains("s3cret"), "{stderr}");
        }
    }
}
