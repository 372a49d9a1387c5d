//! The program as it runs: what it logs, what a kill leaves, what it refuses to start with.

use switchhook_example_tests::{Caller, JSON, Program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_signalwire-desk");

#[test]
fn the_log_has_a_line_for_each_delivery_and_nothing_of_what_was_sent() {
    let canaries = ["4915550", "canary", "Canary", "c2VzYW1l"];
    let mut program = Program::start(
        PROGRAM,
        &[
            ("WEBHOOK_SECRET", "canary-secret"),
            ("SWAIG_SECRET", "canary-swaig"),
            ("API_PASSWORD", "canary-password"),
            ("VIP_NUMBERS", "+49155500001"),
            ("EMAIL_HOOK_URL", "http://127.0.0.1:9/canary-hook"),
            ("EMAIL_TO", "canary@example.com"),
        ],
    );
    let caller = Caller::new(program.address());
    let post = |path: &str, body: &str| caller.post(path, JSON, body);
    let secret = "?secret=canary-secret";
    let numbers = r#""from":"+49155500001","to":"+49155500002","member_name":"Canary""#;
    for (path, body, status) in [
        ("/call-status", r#"{"call_id":"c1","call_state":"canary""#, 200),
        ("/call-status", r#"{"call_id":"c1","call_state":"ended""#, 200),
        ("/call-status", r#"{"event_type":"canary.event""#, 200),
        ("/call-status", r#"{"call_id":"","call_state":"ended""#, 200),
        ("/incoming-sms", r#"{"message_id":"m1","body":"canary""#, 200),
        ("/incoming-sms", r#"{"message_id":"","body":"canary""#, 422),
        ("/swml", r#"{"call":{"call_id":"c1","from":"+49155500001"}"#, 200),
        ("/swml", r#"{"canary":1"#, 422),
        ("/video/room-started", r#"{"room_id":"r1","room_name":"canary""#, 200),
        ("/video/recording-ready", r#"{"room_id":"r1","recording_url":"http://canary/""#, 200),
        ("/swaig/create-ticket", r#"{"function":"canary","call_id":"c1""#, 200),
    ] {
        let body = format!("{body},{numbers}}}");
        assert_eq!(post(&format!("{path}{secret}"), &body), status, "{path} {body}");
        assert_eq!(post(&format!("{path}?secret=canary"), &body), 403);
    }
    assert_eq!(post("/video/canary", "{}"), 404);
    let get = format!("/swml{secret}&From=%2B49155500001&CallSid=c1");
    assert_eq!(caller.send("GET", &get, &[], "").status, 200);
    let token = format!("/swaig/create-ticket{secret}&__token=canary");
    let call = r#"{"function":"create_ticket","call_id":"c1","argument":{"raw":"canary"}}"#;
    assert_eq!(post(&token, call), 200);
    let last = r#"{"message_id":"m1","status":"canary"}"#;
    let wrong = [("authorization", "Basic c2VzYW1lOmNhbmFyeQ==")];
    assert_eq!(caller.send("GET", "/api/failures/canary/", &wrong, "").status, 401);

    // A worker tells as well, and that the mail hook is not there.
    let line = program.line_with("the mail hook cannot be reached");
    assert!(line.contains("ERROR") && line.contains("/mail - Redelivered(1)"), "{line}");
    // The last delivery is handled after the others.
    assert_eq!(post(&format!("/message-status{secret}"), last), 200);
    program.line_with("/message-status message.status.flat 204 Redelivered(1)");
    let log = program.log();
    assert!(log.contains("/call-status call.status.flat 204 Redelivered(1)"), "{log}");
    assert!(log.contains("/call-status refused with 403: wrong secret"), "{log}");
    for canary in canaries {
        assert!(!log.contains(canary), "{canary} in {log}");
    }
}

#[test]
fn an_empty_key_does_not_turn_the_checks_off() {
    let log = Program::start(PROGRAM, &[("SIGNALWIRE_SIGNING_KEY", "")]).failure();
    assert!(log.contains("SIGNALWIRE_SIGNING_KEY"), "{log}");
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut program = Program::start(PROGRAM, &[]);
    assert!(program.line_with("SIGNATURES ARE NOT CHECKED").contains("WARN"));
    let caller = Caller::new(program.address());
    let post = |path: &str, body: &str| caller.post(path, JSON, body);
    let calls = 30;
    for call in 0..calls {
        let body = format!(r#"{{"call_id":"c{call}","call_state":"ended"}}"#);
        assert_eq!(post("/call-status", &body), 200);
    }
    let program = Program::start_in(program.kill(), PROGRAM, &[]);
    // What was leased when the program was killed waits for the end of its lease.
    program.wait_for("select count(*) from call_states where state = 'ended'", calls);
}
