//! `listen` with an inbox and an application that deliveries are sent on to.

use http::{HeaderMap, Method};
use serde_json::{Value, json};
use switchhook::{Hosts, Key, Keys, PublicUrl, Signer, Verifier};

use crate::{
    application::{Application, FAILURE, NO_CONTENT, free_port},
    listen::Listener,
    store::{Store, line_with, video},
    support::{KEY, run},
    wire::{FORM, send},
};

/// The head of a correctly signed POST of a form.
pub(crate) fn signed(origin: &str, target: &str, body: &str, more: &str) -> String {
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    let url = format!("{origin}{target}");
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
    let answer = send(&listener.origin, &signed(&listener.origin, target, body, more), body);
    assert_eq!(answer.status, 204);

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
    let line = line_with(&mut listener, "  failed (1 of ");
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

#[cfg(unix)]
#[test]
fn what_is_under_way_when_it_has_to_end_is_given_back() {
    let (store, application) = (Store::new(), Application::start(None));
    let listener = store.listen(&["--forward-to", &application.url]);
    video(&listener, "room-ended", &[]);
    application.received();
    assert_eq!(listener.terminate(), Some(0));
    let kept = &store.objects(&["ls", "--jsonl"])[0];
    assert_eq!((&kept["state"], &kept["attempts"]), (&json!("pending"), &json!(0)));
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
            send(&listener.origin, &signed(&listener.origin, "/voice/incoming", body, &token), body)
        };
        let answer = call(body, "t1");
        assert_eq!((answer.status, answer.body.as_str()), (201, "<Response/>"));
        assert!(answer.head.contains("\r\nx-own: 1\r\n"), "{}", answer.head);
        let request = application.received();
        assert_eq!(
            (request.line.as_str(), request.body.as_slice()),
            ("POST /voice/incoming HTTP/1.1", body.as_bytes())
        );
        // The same question again has the same answer, where somebody remembers it.
        assert_eq!(call(body, "t1").status, 201);
        if !kept {
            application.received();
        }
        assert!(application.is_idle());
        // What only tells is kept, and needs no answer.
        assert_eq!(call(status, "t2").status, if kept { 204 } else { 201 });
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
    let answer = send(&listener.origin, &signed(&listener.origin, "/twilio/voice", body, ""), body);
    assert_eq!(answer.status, 502);
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
