//! The inspector as what it is to those who are no browser: who is let in, and what is told.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
};

use serde_json::{Value, json};

use crate::{
    listen::Listener,
    support::{KEY, run},
    wire::{self, Answer},
};

/// The inspector of a listener, over a plain socket, so that a test says each header.
pub(crate) struct Desk {
    pub(crate) address: String,
    pub(crate) token: String,
}

impl Desk {
    pub(crate) fn of(listener: &Listener) -> Self {
        let (address, token) =
            listener.inspector().trim_start_matches("http://").split_once("/_/#t=").unwrap();
        Self { address: address.to_owned(), token: token.to_owned() }
    }

    /// The answer to a request with these headers besides the host.
    fn ask(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let headers = headers.iter().map(|(name, value)| format!("\r\n{name}: {value}"));
        wire::send(&self.address, &format!("{line} HTTP/1.1{}", headers.collect::<String>()), body)
    }

    /// What the page would get.
    pub(crate) fn get(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path)).unwrap()
    }

    fn text(&self, path: &str) -> String {
        let line = format!("GET /_/api/{path}");
        let answer = self.ask(&line, &[("x-switchhook-token", &self.token)], "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    fn post(&self, path: &str, body: &Value) -> (u16, String) {
        let line = format!("POST /_/api/{path}");
        let headers = [("x-switchhook-token", self.token.as_str())];
        let answer = self.ask(&line, &headers, &body.to_string());
        (answer.status, answer.body)
    }
}

/// Sends an event to its usual path: the exit code of `trigger`.
pub(crate) fn send(listener: &Listener, args: &[&str]) -> i32 {
    let path = format!("/{}", args[0].replace('.', "/"));
    listener.trigger_at(&path, &[args, &["--key-env", "KEY"]].concat())
}

#[test]
fn nobody_from_elsewhere_is_let_in() {
    let listener = Listener::start(&["--key-env", "KEY"]);
    let desk = Desk::of(&listener);
    let token = ("x-switchhook-token", desk.token.as_str());
    let own = format!("http://{}", desk.address);
    let port = desk.address.rsplit(':').next().unwrap();
    let named = format!("localhost:{port}");
    let evil = format!("rebound.example:{port}");
    for (line, headers, expected) in [
        ("GET /_/", vec![], 200),
        ("GET /_/main.js", vec![], 200),
        ("GET /_/nothing.js", vec![], 404),
        ("GET /_/../Cargo.toml", vec![], 404),
        ("GET /_", vec![], 308),
        ("GET /_/", vec![("host", evil.as_str())], 403),
        ("GET /_/", vec![("host", "127.0.0.1:1")], 403),
        ("GET /_/", vec![("x-forwarded-for", "192.0.2.1")], 403),
        ("GET /_/", vec![("sec-fetch-site", "cross-site")], 403),
        ("GET /_/api/about", vec![], 401),
        ("GET /_/api/about", vec![("x-switchhook-token", "0000")], 401),
        ("GET /_/api/about", vec![token], 200),
        ("GET /_/api/about", vec![token, ("host", named.as_str())], 200),
        ("GET /_/api/about", vec![token, ("host", evil.as_str())], 403),
        ("GET /_/api/about", vec![token, ("origin", own.as_str())], 200),
        ("GET /_/api/about", vec![token, ("origin", "http://evil.example")], 403),
        ("GET /_/api/about", vec![token, ("origin", "null")], 403),
        ("GET /_/api/about", vec![token, ("sec-fetch-site", "same-site")], 403),
        ("GET /_/api/stream", vec![], 401),
        ("GET /_/api/deliveries/1", vec![], 401),
        ("POST /_/api/deliveries/1/replay", vec![], 401),
        ("POST /_/api/deliveries/1/edit", vec![("host", evil.as_str()), token], 403),
        ("DELETE /_/api/deliveries", vec![], 401),
        ("OPTIONS /_/api/about", vec![("origin", "http://evil.example")], 403),
        ("GET /_/api/deliveries/1", vec![token], 404),
        ("GET /_/api/deliveries/x", vec![token], 400),
        ("POST /_/", vec![token], 405),
    ] {
        let Answer { status, head, body } = desk.ask(line, &headers, "");
        assert_eq!(status, expected, "{line} {headers:?}: {body}");
        assert!(!body.contains(&desk.token) && !body.contains(KEY));
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self';",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cache-control: no-store",
            "x-frame-options: deny",
        ] {
            assert!(head.contains(header), "{line}: {head}");
        }
        assert!(head.contains("frame-ancestors 'none'") && !head.contains("unsafe-inline"));
        assert!(!head.contains("access-control"), "{head}");
    }
}

#[test]
fn the_inspector_is_served_where_it_is_asked_to_be() {
    let none = Listener::start(&["--key-env", "KEY", "--no-ui"]);
    assert!(!none.ready.contains("inspector"), "{}", none.ready);
    let address = none.origin.trim_start_matches("http://").to_owned();
    let desk = Desk { address, token: String::new() };
    assert_eq!(desk.ask("GET /_/", &[], "").status, 404);

    let apart = Listener::start(&["--key-env", "KEY", "--ui-port", "0"]);
    assert!(!apart.inspector().starts_with(&apart.origin), "{}", apart.ready);
    let webhooks = apart.origin.trim_start_matches("http://").to_owned();
    assert_eq!(
        Desk { address: webhooks, token: String::new() }.ask("GET /_/", &[], "").status,
        404
    );
    assert_eq!(send(&apart, &["twilio.video", "room-ended"]), 0);
    // The first is what was asked for at the webhooks' port.
    assert_eq!(Desk::of(&apart).get("deliveries/2")["event"], "room-ended");

    let wide = Listener::start(&["--key-env", "KEY", "--host", "0.0.0.0"]);
    assert!(!wide.ready.contains("inspector"), "{}", wide.ready);
    let told = Listener::start(&["--key-env", "KEY", "--host", "0.0.0.0", "--ui"]);
    assert!(told.inspector().starts_with("http://127.0.0.1:"), "{}", told.ready);

    let (code, _, _) = run(&["listen", "--key-env", "KEY", "--no-ui", "--ui-port", "0"], "");
    assert_eq!(code, 2);
}

/// The stream's first event is the list; then each delivery, as it comes.
#[test]
fn the_stream_tells_of_each_delivery() {
    let listener = Listener::start(&["--key-env", "KEY"]);
    let desk = Desk::of(&listener);
    assert_eq!(send(&listener, &["twilio.video", "room-created"]), 0);
    let mut socket = TcpStream::connect(&desk.address).unwrap();
    let (host, token) = (&desk.address, &desk.token);
    write!(
        socket,
        "GET /_/api/stream HTTP/1.1\r\nhost: {host}\r\nx-switchhook-token: {token}\r\n\r\n"
    )
    .unwrap();
    let mut lines = BufReader::new(socket).lines().map(Result::unwrap);
    let mut next = |name: &str| -> Value {
        lines.find(|line| *line == format!("event: {name}")).unwrap();
        let data = lines.find(|line| line.starts_with("data: ")).unwrap();
        serde_json::from_str(&data["data: ".len()..]).unwrap()
    };
    let list = next("list");
    assert_eq!((list.as_array().unwrap().len(), &list[0]["event"]), (1, &json!("room-created")));
    assert_eq!(send(&listener, &["twilio.video", "room-ended"]), 0);
    let delivery = next("delivery");
    assert_eq!(
        (&delivery["number"], &delivery["event"], &delivery["verdict"], &delivery["status"]),
        (&json!(2), &json!("room-ended"), &json!("verified"), &json!(204))
    );
    let headers = [("x-switchhook-token", token.as_str())];
    assert_eq!(desk.ask("DELETE /_/api/deliveries", &headers, "").status, 204);
    assert_eq!(next("gone"), 2);
}

#[test]
fn what_is_private_is_sent_when_it_is_asked_for() {
    let mut listener = Listener::start(&["--key-env", "KEY"]);
    let desk = Desk::of(&listener);
    let private =
        ["-d", "Body=The biopsy is benign", "-d", "From=+15557654321", "--extra", "Ward=Nine East"];
    let event = ["twilio.messaging", "incoming-message.sms"];
    assert_eq!(send(&listener, &[&event[..], &private].concat()), 0);
    listener.line();
    let secrets = ["biopsy", "5557654321", "Nine", "%2B1555765"];
    for path in [
        "deliveries/1",
        "deliveries/1/copy/curl",
        "deliveries/1/copy/fixture",
        "deliveries/1/copy/test",
    ] {
        let hidden = desk.text(path);
        assert!(secrets.iter().all(|secret| !hidden.contains(secret)), "{path}: {hidden}");
        let revealed = desk.text(&format!("{path}?reveal=1"));
        assert!(
            revealed.contains("biopsy") && revealed.contains("5557654321"),
            "{path}: {revealed}"
        );
        assert!(!revealed.contains(KEY) && !hidden.contains(KEY));
    }
    // It is found by what is hidden all the same: whoever searches knows it.
    assert_eq!(desk.get("search?text=BIOPSY"), json!([1]));
    assert_eq!(desk.get("search?text=malignant"), json!([]));
}

/// A copy that hides values is signed anew, so that it is let in.
#[test]
fn a_copied_command_works() {
    let mut listener = Listener::start(&["--key-env", "KEY"]);
    let desk = Desk::of(&listener);
    assert_eq!(
        send(&listener, &["twilio.messaging", "incoming-message.sms", "-d", "Body=it's 5 < 6"]),
        0
    );
    listener.line();
    for path in ["deliveries/1/copy/curl", "deliveries/1/copy/curl?reveal=1"] {
        let command = desk.text(path);
        let done = std::process::Command::new("bash")
            .args(["-c", &format!("{} --noproxy '*' -s", command.trim_end())])
            .output();
        let Ok(done) = done else { return };
        let answer = String::from_utf8_lossy(&done.stdout).into_owned();
        if done.status.code() == Some(127) {
            eprintln!("left out: there is no curl");
            return;
        }
        assert!(answer.starts_with("HTTP/1.1 204"), "{command}\n{answer}");
        assert!(listener.line().starts_with("twilio.messaging incoming-message.sms  SM"));
    }
}

#[test]
fn a_replay_is_the_same_and_an_edit_is_signed_anew() {
    let mut listener = Listener::start(&["--key-env", "KEY"]);
    let desk = Desk::of(&listener);
    assert_eq!(send(&listener, &["twilio.video", "room-ended", "-d", "RoomName=Ms. Brown"]), 0);
    listener.line();
    assert_eq!(
        desk.post("deliveries/1/replay", &json!({})),
        (200, json!({"number": 2, "status": 204, "disposition": "handled"}).to_string())
    );
    assert!(listener.line().contains("signed ok"));

    let params = desk.get("deliveries/1")["params"].as_array().unwrap().len();
    let mut changes: Vec<Value> = (0..params).map(|place| json!({ "keep": place })).collect();
    changes.push(json!({ "name": "Beta", "value": "ü&=" }));
    let (status, answer) = desk.post("deliveries/1/edit", &json!({ "params": changes }));
    assert_eq!(
        (status, answer.as_str()),
        (200, json!({"number": 3, "status": 204, "disposition": "handled"}).to_string().as_str())
    );
    assert!(listener.line().contains("signed ok"));
    let edited = desk.get("deliveries/3?reveal=1");
    assert_eq!(edited["origin"], json!({ "kind": "edit", "of": 1 }));
    let values = edited["params"].as_array().unwrap();
    let value = |name: &str| &values.iter().find(|param| param["name"] == name).unwrap()["value"];
    assert_eq!((value("RoomName"), value("Beta")), (&json!("Ms. Brown"), &json!("ü&=")));

    // As a GET, as JSON, elsewhere: each with a signature that fits.
    let get = json!({ "method": "GET", "params": [{"name": "StatusCallbackEvent", "value": "room-ended"}, {"name": "RoomSid", "value": "RM1"}] });
    assert_eq!(desk.post("deliveries/1/edit", &get).0, 200);
    let line = listener.line();
    assert!(line.starts_with("twilio.video room-ended  RM1  signed ok"), "{line}");
    for (changes, why) in [
        (json!({ "target": "nowhere" }), "the path has to begin with a slash"),
        (
            json!({ "target": "/v?a=••••" }),
            "the query has dots for what is hidden: reveal it, or write the query anew",
        ),
        (json!({ "method": "G T" }), "no such method"),
        (json!({ "params": [{ "keep": 99 }] }), "there is no such parameter"),
        (json!({ "params": [7] }), "a pair is no pair"),
        (json!({ "params": [], "body": "" }), "params and body are both there"),
        (json!({ "content_type": "a\nb" }), "the content type is no header"),
    ] {
        let (status, answer) = desk.post("deliveries/1/edit", &changes);
        assert_eq!((status, answer.as_str()), (422, why), "{changes}");
    }
    assert_eq!(desk.post("deliveries/1/edit", &json!([])).0, 400);
}

#[test]
fn a_password_in_the_public_url_is_shown_nowhere_and_signed_nowhere() {
    let mut listener = Listener::start(&[
        "--key-env",
        "KEY",
        "--public-url",
        "http://u:hunter2@hooks.example.com",
    ]);
    let desk = Desk::of(&listener);
    let signed = "https://u:hunter2@hooks.example.com/twilio/video";
    assert_eq!(send(&listener, &["twilio.video", "room-ended", "--public-url", signed]), 3);
    let line = listener.line();
    assert!(line.contains("--public-url https://…@hooks.example.com"), "{line}");
    assert!(!line.contains("hunter2"), "{line}");
    let shown = desk.text("deliveries/1");
    assert!(!shown.contains("hunter2") && shown.contains("https://…@hooks"), "{shown}");

    let (_, answer) = desk.post("deliveries/1/edit", &json!({}));
    assert!(answer.contains(r#""status":204"#), "{answer}");
    assert!(listener.line().contains("signed ok"));
}

#[test]
fn no_route_hides_behind_the_page() {
    for path in ["/_", "/_/voice"] {
        let route = format!("{path}=twilio.voice");
        let (code, _, stderr) = run(&["listen", "--key-env", "KEY", "--route", &route], "");
        assert!(code == 2 && stderr.contains("is the inspector's"), "{code} {stderr}");
    }
}

#[test]
fn a_replay_that_is_known_already_says_so() {
    let store = crate::store::Store::new();
    let listener = Listener::start(&["--key-env", "KEY", "--inbox", &store.name]);
    let desk = Desk::of(&listener);
    assert_eq!(send(&listener, &["twilio.video", "room-ended"]), 0);
    let (_, answer) = desk.post("deliveries/1/replay", &json!({}));
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["disposition"], "duplicate");
}

/// The test that is copied is this one, and it holds.
#[test]
fn a_copied_test_is_a_test() {
    let listener = Listener::start(&["--key-env", "KEY"]);
    let desk = Desk::of(&listener);
    assert_eq!(send(&listener, &["twilio.video", "room-ended", "-d", "RoomName=Ms. Brown"]), 0);
    let copied = desk.text("deliveries/1/copy/test");
    assert_eq!(
        copied.trim_end(),
        include_str!("copied.rs").split("// ---\n").nth(1).unwrap().trim_end()
    );
    let fixture: Value = serde_json::from_str(&desk.text("deliveries/1/copy/fixture")).unwrap();
    let mut line = fixture.clone();
    line["id"] = json!(1);
    let decoded = &crate::support::answers(&["decode"], &[line])[0];
    assert_eq!((&decoded["event"], &decoded["known"]), (&json!("room-ended"), &json!(true)));
    assert_eq!(decoded["typed"]["RoomName"], "apt-48-1767000000-k3v9");
}

#[test]
fn a_timeline_shows_gaps_duplicates_and_disorder() {
    let listener = Listener::start(&["--key-env", "KEY"]);
    let desk = Desk::of(&listener);
    let step = |event: &str, count: &str| {
        let count = format!("SequenceNumber={count}");
        let time = format!("Timestamp=2026-03-04T10:11:{:0>2}.000Z", count.len());
        assert_eq!(
            send(
                &listener,
                &["twilio.video", event, "-d", "RoomSid=RM7", "-d", &count, "-d", &time]
            ),
            0
        );
    };
    step("room-created", "0");
    step("participant-connected", "1");
    step("participant-connected", "1");
    step("track-added", "4");
    step("track-removed", "3");
    step("room-ended", "5");
    let steps = desk.get("timeline?sid=RM7");
    let odd: Vec<_> = steps
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            json!([step["position"], step["duplicate_of"], step["late_after"], step["missing"]])
        })
        .collect();
    assert_eq!(
        json!(odd),
        json!([
            [0, null, null, null],
            [1, null, null, null],
            [1, 2, null, null],
            [4, null, null, [2, 3]],
            [3, null, 4, null],
            [5, null, null, null],
        ])
    );
    assert_eq!(desk.get("timeline?sid=RM8"), json!([]));
}

/// What nobody reads is bounded.
#[test]
fn a_head_that_is_refused_is_shown_without_its_body() {
    let listener = Listener::start(&["--key-env", "KEY"]);
    let desk = Desk::of(&listener);
    let form = ("content-type", "application/x-www-form-urlencoded");
    assert_eq!(desk.ask("POST /nowhere", &[form], "a=1").status, 404);
    assert_eq!(
        desk.ask("POST /twilio/video", &[form], "StatusCallbackEvent=room-ended&RoomSid=RM1")
            .status,
        403
    );
    let nowhere = desk.get("deliveries/1");
    assert_eq!(
        (&nowhere["refusal"], &nowhere["can_replay"], &nowhere["family"]),
        (&json!("no-route"), &json!(false), &Value::Null)
    );
    assert_eq!(desk.post("deliveries/1/replay", &json!({})).0, 422);
    // What only lacks a signature is read, so that one sees what came.
    let unsigned = desk.get("deliveries/2");
    assert_eq!(
        (&unsigned["event"], &unsigned["refusal"]),
        (&json!("room-ended"), &json!("signature-missing"))
    );
    assert_eq!(unsigned["verdict"], "refused");
}
