//! `listen` and `trigger`, which talk with each other.

use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    process::Child,
};

use crate::{
    forward::signed,
    support::{KEY, program, run},
    wire::{self, FORM},
};
use serde_json::{Value, json};
use switchhook::{
    Decoded, EventInfo, Family, FieldPresence, Key, Params, Signer,
    signalwire::{SignalWireEvent, compat::CompatWebhook},
    twilio::{
        conversations::ConversationsWebhook, messaging::MessagingWebhook, video::VideoEvent,
        voice::VoiceWebhook,
    },
};

/// A family that the program knows, who sends it, and where it is listened to.
struct Row {
    name: &'static str,
    provider: &'static str,
    path: &'static str,
    events: Vec<&'static EventInfo>,
    /// What the listener tells of an event, and its subject, where nothing but the body does.
    told: fn(&EventInfo) -> (String, String),
}

fn families() -> Vec<Row> {
    fn row<F: Family>(provider: &'static str, path: &'static str) -> Row {
        let told = |info: &EventInfo| {
            let event = F::decode(&info.sample_payload());
            let Decoded::Event(data) = event.decoded() else {
                return ("(no event named)".to_owned(), "-".to_owned());
            };
            let mut subject = None;
            data.visit(&mut |field, value| {
                if field.presence == FieldPresence::Subject {
                    subject = value.map(|value| value.to_string());
                }
            });
            (data.name().to_owned(), subject.unwrap_or_else(|| "-".to_owned()))
        };
        Row { name: F::NAME, provider, path, events: F::events().collect(), told }
    }
    vec![
        row::<VideoEvent>("twilio", "/twilio/video"),
        row::<ConversationsWebhook>("twilio", "/twilio/conversations"),
        row::<MessagingWebhook>("twilio", "/twilio/messaging"),
        row::<VoiceWebhook>("twilio", "/twilio/voice"),
        row::<SignalWireEvent>("signalwire", "/signalwire"),
        row::<CompatWebhook>("signalwire", "/signalwire/compat"),
    ]
}

/// `switchhook listen` on a free port, ended when dropped.
pub(crate) struct Listener {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    pub(crate) origin: String,
    /// The first line of stderr.
    pub(crate) ready: String,
}

impl Listener {
    pub(crate) fn start(more: &[&str]) -> Self {
        let mut child = program(&[&["listen", "--port", "0"], more].concat()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut ready = String::new();
        stderr.read_line(&mut ready).unwrap();
        let origin = ready.split_whitespace().nth(1).unwrap_or_else(|| panic!("{ready}"));
        let origin = origin.to_owned();
        // Keep reading, so that the pipe never fills or closes.
        std::thread::spawn(move || stderr.read_to_end(&mut Vec::new()));
        Self { child, stdout, origin, ready }
    }

    fn trigger(&self, args: &[&str]) -> i32 {
        self.trigger_at("/twilio/video", &[&["twilio.video"], args].concat())
    }

    pub(crate) fn trigger_at(&self, path: &str, args: &[&str]) -> i32 {
        let to = format!("{}{path}", self.origin);
        run(&[&["trigger"], args, &["--to", &to]].concat(), "").0
    }

    /// The URL of the inspector, token and all.
    pub(crate) fn inspector(&self) -> &str {
        let link = self.ready.split("inspector ").nth(1);
        link.unwrap_or_else(|| panic!("{}", self.ready)).split_whitespace().next().unwrap()
    }

    /// The next line of stdout from the second column on, without the milliseconds.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        let fields: Vec<_> = line.trim_end().split("  ").skip(1).collect();
        fields.into_iter().filter(|field| !field.ends_with(" ms")).collect::<Vec<_>>().join("  ")
    }

    /// Tells it to end, as service managers do: the exit code.
    #[cfg(unix)]
    pub(crate) fn terminate(mut self) -> Option<i32> {
        use std::{
            process::Command,
            thread::sleep,
            time::{Duration, Instant},
        };
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < deadline, "it does not end");
            sleep(Duration::from_millis(20));
        }
    }

    /// The next line of stdout, where it is JSON.
    pub(crate) fn object(&mut self) -> Value {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn every_event_of_every_family_can_be_triggered_and_is_listened_to() {
    let names: Vec<_> = families().iter().map(|family| family.name).collect();
    let (_, _, stderr) = run(&["decode", "zzz"], "");
    assert!(stderr.trim_end().ends_with(&format!("there are {}", names.join(", "))), "{stderr}");

    for family in families() {
        let provider = ["--key-env", "KEY", "--provider", family.provider];
        let mut listener = Listener::start(&provider);
        for info in family.events {
            let event = [family.name, info.name, "--key-env", "KEY"];
            assert_eq!(listener.trigger_at(family.path, &event), 0, "{}", info.name);
            let line = listener.line();
            let (told, subject) = (family.told)(info);
            let expected = format!("{} {told}  {subject}  signed ok (key 0, ", family.name);
            assert!(line.starts_with(&expected) && line.ends_with(")  204"), "{line}");
        }
    }
}

#[test]
fn a_triggered_event_can_be_changed_and_its_receiver_tells() {
    let mut listener = Listener::start(&["--key-env", "KEY"]);
    let room =
        |more: &[&str]| listener.trigger(&[&["room-ended", "--key-env", "KEY"], more].concat());
    assert_eq!(room(&["--get", "-d", "RoomSid=RM7"]), 0);
    assert_eq!(room(&["-d", "RoomSid="]), 0);
    assert_eq!(room(&["--extra", "Beta=1", "--extra", "Beta=2"]), 0);
    assert_eq!(room(&["-d", "RoomDurration=1"]), 2);
    assert_eq!(room(&["-d", "StatusCallbackEvent=room-exploded"]), 0);
    assert_eq!(listener.trigger(&["room-ended", "--key-env", "PATH"]), 3);
    assert_eq!(room(&["--public-url", "https://elsewhere.example/twilio/video"]), 3);
    let lines: Vec<_> = (0..6).map(|_| listener.line()).collect();
    let sample = "RM0d3c5a1e8f6b4297a0c1d2e3f4a5b6c7";
    let no_match = "/twilio/video  -  signature mismatch  403  no-match: nothing that was tried";
    assert!(lines[4..].iter().all(|line| line.starts_with(no_match)), "{lines:?}");
    assert_eq!(
        lines[..4],
        [
            "twilio.video room-ended  RM7  signed ok (key 0, as-configured)  204",
            "twilio.video room-ended  -  signed ok (key 0, as-configured)  204  malformed: RoomSid is missing",
            &format!("twilio.video room-ended  {sample}  signed ok (key 0, as-configured)  204"),
            "twilio.video room-exploded (unknown)  -  signed ok (key 0, as-configured)  204",
        ]
    );
}

/// A body longer than the limit, over a plain socket.
#[test]
fn listen_tells_why_a_request_was_not_let_in() {
    let mut listener = Listener::start(&["--key-env", "KEY"]);
    let origin = listener.origin.clone();
    let mut send = |head: &str, body: &str| {
        let answer = wire::send(&origin, &format!("POST /twilio/video HTTP/1.1\r\n{head}"), body);
        (answer.status, listener.line())
    };
    let signed = format!("{FORM}\r\nx-twilio-signature: AQM25alwhHN04RUM59r69fs9JFk=");
    let long = "a".repeat(257 * 1024);
    for (head, body, status, why) in [
        (signed.as_str(), long.as_str(), 413, "the body is too long"),
        ("content-type: text/plain", "a", 415, "no event has this content type"),
        (FORM, "a=1", 403, "no signature header"),
    ] {
        let (answer, line) = send(head, body);
        assert_eq!((answer, line), (status, format!("/twilio/video  -  {why}  {status}")));
    }
}

#[test]
fn listen_rotates_keys_and_knows_its_public_url() {
    let mut listener = Listener::start(&[
        "--key-env",
        "PATH",
        "--also-key-env",
        "KEY",
        "--public-url",
        "https://hooks.example.com",
    ]);
    let public = ["--public-url", "https://hooks.example.com/twilio/video"];
    assert_eq!(listener.trigger(&[&["room-ended", "--key-env", "KEY"], &public[..]].concat()), 0);
    assert!(listener.line().contains("signed ok (key 1, as-configured)"));
    assert_eq!(listener.trigger(&["room-ended", "--key-env", "KEY"]), 3);
    assert!(listener.line().contains("signature mismatch"));
}

/// What the provider signed was `https`, and the tunnel took the TLS away.
#[test]
fn listen_says_what_to_change_when_a_signature_does_not_fit() {
    for format in [&[][..], &["--jsonl"]] {
        let mut listener = Listener::start(&[&["--key-env", "KEY"], format].concat());
        let origin = listener.origin.replace("http:", "https:");
        let url = format!("{origin}/twilio/video");
        let sent = listener.trigger(&["room-ended", "--key-env", "KEY", "--public-url", &url]);
        assert_eq!(sent, 3);
        let argument = format!("--public-url {origin}");
        if format.is_empty() {
            let line = listener.line();
            let start = "/twilio/video  -  signature mismatch  403  scheme: TLS ends before";
            assert!(line.starts_with(start) && line.ends_with(&argument), "{line}");
        } else {
            let line = listener.object();
            assert_eq!(
                (&line["finding"]["code"], &line["refusal"]),
                (&json!("scheme"), &json!("signature-mismatch"))
            );
            assert!(line["finding"]["advice"].as_str().unwrap().ends_with(&argument), "{line}");
        }
        // Now it fits.
        let mut listener = Listener::start(&["--key-env", "KEY", "--public-url", &origin]);
        assert_eq!(listener.trigger(&["room-ended", "--key-env", "KEY", "--public-url", &url]), 0);
        assert!(listener.line().contains("signed ok"));
    }
}

/// What nearly everybody meets first: a tunnel, and nobody told the listener its name.
#[test]
fn listen_names_the_argument_where_a_tunnel_has_another_host() {
    let params = Params::parse(b"StatusCallbackEvent=room-ended&RoomSid=RM1").unwrap();
    for (ui, signed, host, expected) in [
        ("--no-ui", "https://abc.ngrok.app", "abc.ngrok.app", "scheme: TLS ends before this"),
        ("--ui", "https://abc.ngrok.app", "abc.ngrok.app", "scheme: TLS ends before this"),
        ("--no-ui", "http://abc.ngrok.app", "abc.ngrok.app", "public-url: the request came to"),
    ] {
        let mut listener = Listener::start(&["--key-env", "KEY", ui]);
        let proto = signed.split(':').next().unwrap();
        let request = Signer::twilio(Key::new(KEY).unwrap())
            .form(&format!("{signed}/twilio/video"), &params)
            .unwrap();
        let signature = request.headers()["x-twilio-signature"].to_str().unwrap();
        let body = std::str::from_utf8(request.body()).unwrap();
        let head = format!(
            "POST /twilio/video HTTP/1.1\r\nhost: {host}\r\nx-forwarded-proto: {proto}\r\n{FORM}\r\nx-twilio-signature: {signature}"
        );
        assert_eq!(wire::send(&listener.origin, &head, body).status, 403);
        let line = listener.line();
        let start = format!("/twilio/video  -  the host is not on the list  403  {expected}");
        assert!(line.starts_with(&start), "{line}");
        assert!(line.ends_with(&format!(": --public-url {signed}")), "{line}");
    }
}

#[test]
fn listen_can_print_json_and_trust_everybody_in_so_many_words() {
    let mut listener = Listener::start(&["--trust-without-verification", "--jsonl"]);
    assert_eq!(listener.trigger(&["room-ended", "--key-env", "KEY"]), 0);
    let line = listener.object();
    assert_eq!(
        (&line["event"], &line["status"], &line["key"]),
        (&json!("room-ended"), &json!(204), &Value::Null)
    );
}

/// A page that the operator looks at can send a form to the loopback.
#[test]
fn listen_that_trusts_everybody_takes_nothing_of_a_foreign_page() {
    let trust = ["--trust-without-verification", "--no-ui"];
    let public = [&trust[..], &["--public-url", "https://hooks.example.com"]].concat();
    for (args, named) in [(&trust[..], 403), (&public[..], 204)] {
        let listener = Listener::start(args);
        let own = format!("\r\norigin: {}", listener.origin);
        for (more, expected) in [
            ("", 204),
            (own.as_str(), 204),
            ("\r\nsec-fetch-site: none", 204),
            ("\r\nsec-fetch-site: cross-site", 403),
            ("\r\norigin: http://evil.example", 403),
            ("\r\nhost: evil.example:8000", named),
        ] {
            let head = format!("POST /twilio/video HTTP/1.1\r\n{FORM}{more}");
            let body = "StatusCallbackEvent=room-ended&RoomSid=RM1";
            assert_eq!(wire::send(&listener.origin, &head, body).status, expected, "{more}");
        }
    }
}

/// More lines than a pipe holds.
#[test]
fn listen_answers_while_nobody_reads_what_it_prints() {
    const COUNT: usize = 150;
    for format in [&["--key-env", "KEY"][..], &["--key-env", "KEY", "--jsonl"]] {
        let mut listener = Listener::start(format);
        let (target, long) = ("/twilio/video", "x".repeat(2000));
        for number in 0..COUNT {
            let body = format!("StatusCallbackEvent=room-ended&RoomSid=RM{number}-{long}");
            let head = signed(&listener.origin, target, &body, "");
            assert_eq!(wire::send(&listener.origin, &head, &body).status, 204, "{number}");
        }
        let mut line = String::new();
        for number in 0..COUNT {
            line.clear();
            listener.stdout.read_line(&mut line).unwrap();
            assert!(line.contains(&format!("RM{number}-{long}")), "{number}: {line}");
        }
    }
}

/// More clients than the listener has connections for, none of which ever sends a whole head.
#[test]
fn listen_answers_while_clients_stall() {
    let listener = Listener::start(&["--key-env", "KEY"]);
    let address = listener.origin.trim_start_matches("http://");
    let mut stalled: Vec<_> = (0..510).map(|_| TcpStream::connect(address).unwrap()).collect();
    for socket in &mut stalled {
        // One that was closed already need not take it.
        let _ = socket.write_all(b"POST /twilio/video HTTP/1.1\r\nhost: ");
    }
    assert_eq!(listener.trigger(&["room-ended", "--key-env", "KEY"]), 0);
    // Some have made room.
    let closed = |socket: &mut TcpStream| {
        socket.set_nonblocking(true).unwrap();
        !matches!(socket.read(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock)
    };
    assert!(stalled.iter_mut().any(closed));
}

#[test]
fn listen_refuses_to_start_without_a_key() {
    let (code, _, stderr) = run(&["listen", "--port", "0"], "");
    assert_eq!(code, 2);
    assert!(stderr.contains("no key"), "{stderr}");
    let (code, _, stderr) =
        run(&["listen", "--key-env", "KEY", "--public-url", "hooks.example.com"], "");
    assert_eq!(code, 2);
    assert!(stderr.contains("--public-url"), "{stderr}");
}

#[test]
fn trigger_tells_when_nobody_answers() {
    let args = ["trigger", "twilio.video", "room-ended", "--key-env", "KEY", "--to"];
    assert_eq!(run(&[&args[..], &["http://127.0.0.1:1/"]].concat(), "").0, 4);
    assert_eq!(run(&[&args[..], &["nonsense"]].concat(), "").0, 2);
}
