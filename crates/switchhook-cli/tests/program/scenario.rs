//! `trigger --scenario`: whole lifecycles against the listener and against applications.

use std::collections::HashSet;

use http::Method;
use serde_json::{Value, json};
use switchhook::{Hosts, Keys, Params, PublicUrl, Verifier};

use crate::{
    application::{Application, FAILURE, NO_CONTENT, Received},
    listen::Listener,
    store::Store,
    support::{KEY, run},
};

/// Exit code, the objects of stdout, and stderr.
fn play(to: &str, args: &[&str]) -> (i32, Vec<Value>, String) {
    let args = [&["trigger", "--key-env", "KEY", "--to", to, "--scenario"], args].concat();
    let (code, stdout, stderr) = run(&args, "");
    let objects = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (code, objects, stderr)
}

/// The name and the provider of each scenario.
fn scenarios() -> Vec<(String, &'static str)> {
    let (code, stdout, stderr) = run(&["trigger", "--list"], "");
    assert_eq!((code, stderr.as_str()), (0, ""));
    let scenario = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap().to_owned();
        let twilio = words.next().unwrap().starts_with("twilio.");
        (name, if twilio { "twilio" } else { "signalwire" })
    };
    stdout.lines().map(scenario).collect()
}

fn of<'a>(objects: &'a [Value], name: &str) -> Vec<&'a Value> {
    objects.iter().map(|object| &object[name]).collect()
}

#[test]
fn every_lifecycle_is_let_in_and_refused_where_its_signature_is_bad() {
    let scenarios = scenarios();
    assert!(scenarios.len() >= 6, "{scenarios:?}");
    for provider in ["twilio", "signalwire"] {
        let listener = Listener::start(&["--key-env", "KEY", "--provider", provider]);
        for (name, _) in scenarios.iter().filter(|(_, of)| *of == provider) {
            let (code, objects, stderr) = play(&listener.origin, &[name]);
            assert_eq!(code, 0, "{name}: {stderr}");
            assert!(objects.iter().all(|o| o["ok"] == true && o["signed"] == "good"), "{name}");
            let count = objects.len();
            let summary = format!("{name}: {count} requests (0 duplicates) in ");
            assert!(stderr.starts_with(&summary), "{stderr}");
            assert!(stderr.trim_end().ends_with(&format!(", {count} answered 2xx")), "{stderr}");

            let (code, objects, stderr) = play(&listener.origin, &[name, "--bad-signature"]);
            assert_eq!((code, objects.len()), (0, count), "{name}: {stderr}");
            assert!(objects.iter().all(|o| o["status"] == 403 && o["signed"] == "bad"), "{name}");
            assert!(stderr.contains(&format!(", {count} answered 403")), "{stderr}");
        }
    }
}

#[test]
fn a_line_tells_all_of_a_request() {
    let application = Application::start(Some(
        "HTTP/1.1 201 Created\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi",
    ));
    let route = ["--route", "/own?key=secret=signalwire:call.status.flat"];
    let (code, objects, _) =
        play(&application.url, &[&["signalwire-flat-call", "--unsigned"], &route[..]].concat());
    assert_eq!((code, objects.len()), (0, 5));
    let mut first = objects[0].clone();
    assert!(first["ms"].as_f64().unwrap() > 0.0);
    first["ms"] = json!(0);
    let expected = json!({
        "scenario": "signalwire-flat-call", "run": 1, "step": "1", "family": "signalwire",
        "event": "call.status.flat", "method": "POST", "path": "/own", "attempt": 1,
        "duplicate": false, "signed": "none", "status": 201, "expected": "2xx", "ok": true,
        "ms": 0, "body": "hi", "same_answer": null, "problem": null,
    });
    assert_eq!(first, expected);
    let states: Vec<_> = (0..5)
        .map(|_| {
            let request = application.received();
            assert_eq!(request.line, "POST /own?key=secret HTTP/1.1");
            assert!(!request.headers.contains_key("i-twilio-idempotency-token"));
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            body["call_state"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(states, ["queued", "created", "ringing", "answered", "ended"]);
}

#[test]
fn what_is_sent_twice_is_the_same_to_the_byte() {
    let application = Application::start(NO_CONTENT);
    let (code, objects, _) = play(&application.url, &["message", "--duplicate", "100"]);
    assert_eq!((code, objects.len()), (0, 8));
    assert_eq!(of(&objects, "attempt"), [1, 2, 1, 2, 1, 2, 1, 2]);
    let mut tokens = HashSet::new();
    for _ in 0..4 {
        let (first, second) = (application.received(), application.received());
        assert_eq!((&first.line, &first.body), (&second.line, &second.body));
        assert_eq!(first.headers, second.headers);
        let token = first.headers["i-twilio-idempotency-token"].to_str().unwrap();
        assert!(tokens.insert(token.to_owned()), "a token came twice");
        assert!(first.headers.contains_key("x-twilio-signature"));
    }
}

#[test]
fn shuffled_and_doubled_lifecycles_are_kept_once() {
    let store = Store::new();
    let listener = store.listen(&[]);
    let args = ["video-room", "--repeat", "3", "--shuffle", "--duplicate", "10", "--seed", "7"];
    let (code, objects, stderr) = play(&listener.origin, &args);
    assert_eq!(code, 0, "{stderr}");
    let duplicates = objects.iter().filter(|object| object["duplicate"] == true).count();
    assert_eq!(objects.len(), 3 * 19 + duplicates);
    assert!((5..=6).contains(&duplicates), "{duplicates}");
    assert!(stderr.trim_end().ends_with("(--seed 7)"), "{stderr}");
    store.wait("done", 3 * 19);
    assert_eq!(store.count("total"), 3 * 19);
    // Three rooms, each with its own SID.
    let rooms = store.objects(&["ls", "--jsonl", "--event", "room-ended"]);
    let rooms: HashSet<_> = rooms.iter().map(|room| room["subject"].to_string()).collect();
    assert_eq!(rooms.len(), 3);

    // The same again in the same order, though about other rooms.
    let order = |objects: &[Value]| -> Vec<_> {
        let step = |object: &Value| (object["run"].clone(), object["step"].clone());
        objects.iter().map(step).collect()
    };
    let (_, again, _) = play(&listener.origin, &args);
    assert_eq!(order(&again), order(&objects));
    let (_, other, _) = play(&listener.origin, &[&args[..7], &["8"]].concat());
    assert_ne!(order(&other), order(&objects));
    store.wait("done", 9 * 19);
    assert_eq!(store.count("total"), 9 * 19);
}

#[test]
fn questions_that_come_twice_have_one_answer() {
    let (store, application) = (Store::new(), menu("/voice/done"));
    let listener = store.listen(&[
        "--forward-to",
        &application.url,
        "--route",
        "/voice/incoming=twilio.voice",
        "--route",
        "/voice/menu=twilio.voice",
        "--route",
        "/voice/leg=twilio.voice",
        "--route",
        "/voice/done=twilio.voice",
    ]);
    let route = ["--route", "/voice/incoming=twilio.voice:incoming-call"];
    let args = [&["ivr", "--duplicate", "100"], &route[..]].concat();
    let (code, objects, stderr) = play(&listener.origin, &args);
    assert_eq!((code, objects.len()), (0, 16), "{stderr}");
    let again: Vec<_> = objects.iter().filter(|object| object["duplicate"] == true).collect();
    assert_eq!(again.len(), 8);
    assert!(again.iter().all(|object| object["same_answer"] == true), "{again:?}");
    // Two states of the leg and the end of the call are told, and each is kept once.
    store.wait("done", 3);
    let mut heard = 0;
    while !application.is_idle() {
        heard += 1;
    }
    assert_eq!(heard, 8);
}

const TWIML: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/xml\r\n";

fn twiml(inside: &str) -> String {
    let body = format!("<Response>{inside}</Response>");
    format!("{TWIML}content-length: {}\r\n\r\n{body}", body.len())
}

/// A menu: 1 dials, all else begins again. `HOST` in the place where a dial ends is the one that
/// was asked.
fn menu(done: &'static str) -> Application {
    Application::answering(move |request| {
        let params = Params::parse(&request.body[..]).unwrap();
        let path = request.line.split(' ').nth(1).unwrap();
        match path.split('?').next().unwrap() {
            "/voice/incoming" => {
                twiml("<Gather action='menu?turn=1&amp;x=%2F' numDigits='1'><Say>1?</Say></Gather>")
            }
            "/voice/menu" if params.get("Digits") == Some("1") => {
                let done = done.replace("HOST", request.headers["host"].to_str().unwrap());
                twiml(&format!(
                    "<Dial action='{done}'><Number statusCallback='leg' \
                     statusCallbackEvent='answered completed'>+15550001111</Number></Dial>"
                ))
            }
            "/voice/menu" => twiml("<Say>No.</Say><Redirect>/voice/incoming</Redirect>"),
            "/voice/done" => twiml("<Hangup/><Redirect>/never</Redirect>"),
            _ => "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(),
        }
    })
}

/// What a call is told by, and whether its signature is good for this URL.
fn told(request: &Received, origin: &str) -> (String, Params) {
    let path = request.line.split(' ').nth(1).unwrap().to_owned();
    let verifier = Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::direct(Hosts::any()));
    let (url, body) = (format!("{origin}{path}"), request.body.clone().into());
    let verified = verifier.verify_url(&Method::POST, &url, &request.headers, &body);
    assert!(verified.is_ok(), "{path}");
    (path, Params::parse(&request.body[..]).unwrap())
}

#[test]
fn a_call_goes_on_as_its_answers_say() {
    let application = menu("http://HOST/voice/done");
    let routes = [
        "--route",
        "/voice/incoming=twilio.voice:incoming-call",
        "--route",
        "/voice/status=twilio.voice:call-status",
    ];
    let (code, objects, stderr) = play(&application.url, &[&["ivr"], &routes[..]].concat());
    assert_eq!(code, 0, "{stderr}");
    let steps = ["1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2"];
    assert_eq!(of(&objects, "step"), steps);
    let expected = [
        ("/voice/incoming", "incoming-call", Some("ringing")),
        ("/voice/menu?turn=1&x=%2F", "gather-action.dtmf", Some("9")),
        ("/voice/incoming", "redirect", Some("in-progress")),
        ("/voice/menu?turn=1&x=%2F", "gather-action.dtmf", Some("1")),
        ("/voice/leg", "dial-leg-status.answered", Some("in-progress")),
        ("/voice/leg", "dial-leg-status.completed", Some("completed")),
        ("/voice/done", "dial-action.completed", Some("completed")),
        ("/voice/status", "call-status.completed", Some("completed")),
    ];
    let events: Vec<_> = expected.iter().map(|expected| expected.1).collect();
    assert_eq!(of(&objects, "event"), events);
    let mut calls = HashSet::new();
    for (path, event, state) in expected {
        let (to, params) = told(&application.received(), &application.url);
        assert_eq!(to, path);
        let name = match event {
            "gather-action.dtmf" => "Digits",
            "dial-action.completed" => "DialCallStatus",
            _ => "CallStatus",
        };
        assert_eq!(params.get(name), state, "{event}");
        let leg = path == "/voice/leg";
        let call = params.get(if leg { "ParentCallSid" } else { "CallSid" }).unwrap();
        calls.insert(call.to_owned());
    }
    assert_eq!(calls.len(), 1, "one call");
    assert!(application.is_idle());
}

#[test]
fn behind_a_proxy_the_public_url_is_signed() {
    let application = Application::answering(|request| {
        if request.line.contains("/menu") {
            twiml("<Hangup/>")
        } else {
            twiml("<Gather action='https://hooks.example.com/menu'/>")
        }
    });
    let public = ["--public-url", "https://hooks.example.com"];
    let (code, objects, stderr) = play(&application.url, &[&["ivr"], &public[..]].concat());
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(of(&objects, "path"), ["/twilio/voice", "/menu", "/twilio/voice"]);
    for expected in ["/twilio/voice", "/menu", "/twilio/voice"] {
        assert_eq!(told(&application.received(), "https://hooks.example.com").0, expected);
    }
}

#[test]
fn a_call_that_cannot_go_on_is_a_failure() {
    for (answer, problem) in [
        (twiml("<Redirect>again</Redirect>"), "the call does not end"),
        (twiml("<Redirect>http://192.0.2.1/</Redirect>"), "the answer leads to another host"),
        (twiml("<Redirect>/a b</Redirect>"), "not an http, https, ws or wss URL"),
        (twiml("<Say>"), "the answer is no TwiML: "),
        (twiml("</Response><Response>"), "the answer is no TwiML: "),
    ] {
        let application = Application::answering(move |_| answer.clone());
        let (code, objects, stderr) = play(&application.url, &["ivr"]);
        assert_eq!(code, 1, "{stderr}");
        let failed: Vec<_> = objects.iter().filter(|object| object["ok"] == false).collect();
        assert_eq!(failed.len(), 1, "{failed:?}");
        assert!(failed[0]["problem"].as_str().unwrap().starts_with(problem), "{failed:?}");
        assert!(stderr.contains(problem), "{stderr}");
        // The call is over, and that is told.
        assert_eq!(objects.last().unwrap()["event"], "call-status.completed");
        assert!(objects.len() <= 28, "{}", objects.len());
    }
}

#[test]
fn the_exit_code_tells_what_was_not_as_expected() {
    let application = Application::start(FAILURE);
    let (code, objects, stderr) = play(&application.url, &["message"]);
    assert_eq!(code, 1);
    assert!(objects.iter().all(|object| object["ok"] == false && object["status"] == 500));
    assert!(stderr.contains("0 answered 2xx, 4 not: 500"), "{stderr}");

    let listener = Listener::start(&["--key-env", "KEY"]);
    let args = ["trigger", "--scenario", "message", "--to", &listener.origin, "--key-env", "PATH"];
    assert_eq!(run(&args, "").0, 3);

    let everybody = Listener::start(&["--trust-without-verification"]);
    let (code, _, stderr) = play(&everybody.origin, &["message", "--bad-signature"]);
    assert_eq!(code, 1);
    assert!(stderr.contains("0 answered 403, 4 not: 204"), "{stderr}");
    let event = ["trigger", "twilio.video", "room-ended", "--bad-signature", "--to"];
    for (origin, code) in [(&everybody.origin, 1), (&listener.origin, 0)] {
        let to = format!("{origin}/twilio/video");
        assert_eq!(run(&[&event[..], &[&to]].concat(), "").0, code);
    }

    let (code, objects, stderr) = play("http://127.0.0.1:1", &["message"]);
    assert_eq!((code, objects.len()), (4, 0));
    assert!(stderr.contains("incoming-message.sms to /twilio/messaging"), "{stderr}");
}

#[test]
fn what_there_is_not_is_refused_with_a_suggestion() {
    let to = ["--to", "http://127.0.0.1:1"];
    for (args, why) in [
        (&["--scenario", "video-rom"][..], "did you mean video-room?"),
        (&["--scenario", "ivr", "-d", "CalSid=1"], "did you mean CallSid?"),
        (&["--scenario", "ivr", "--route", "/a=twilio.voic"], "did you mean twilio.voice?"),
        (&["--scenario", "ivr", "--duplicate", "101"], "101"),
        (&["--scenario", "ivr", "--delay", "1"], "200ms, 2s, 1m"),
        (&["--scenario", "ivr", "--repeat", "0"], "0"),
        (&["--scenario", "ivr", "--unsigned", "--bad-signature"], "cannot be used with"),
        (&["--scenario", "ivr", "twilio.voice", "incoming-call"], "cannot be used with"),
        (&["twilio.voice", "incoming-call", "--shuffle"], "cannot be used with"),
        (&[], "<FAMILY>"),
    ] {
        let args = [&["trigger", "--key-env", "KEY"], args, &to].concat();
        let (code, _, stderr) = run(&args, "");
        assert!(code == 2 && stderr.contains(why), "{args:?}: {stderr}");
    }
    let (code, _, stderr) = run(&["trigger", "--scenario", "ivr", "--key-env", "KEY"], "");
    assert!(code == 2 && stderr.contains("--to"), "{stderr}");
    let (code, _, stderr) = run(&["trigger", "--scenario", "ivr", "--to", "http://a"], "");
    assert!(code == 2 && stderr.contains("no key: set TWILIO_AUTH_TOKEN"), "{stderr}");
}
