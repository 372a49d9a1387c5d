//! The program as it runs: what it refuses at its start, what it logs, what survives a kill.

use switchhook_example_tests::{Caller, FORM, Program};
use voice_agent::webhooks::{CALL_STATUS, INCOMING_CALL};

const PROGRAM: &str = env!("CARGO_BIN_EXE_voice-agent");

#[test]
fn a_start_without_a_usable_base_url_says_why_not() {
    for (settings, error) in [
        (&[][..], "BASE_URL is not set"),
        (&[("BASE_URL", "https://your-domain.com/")], "the host is a placeholder"),
        (
            &[("BASE_URL", "agent.acme.com"), ("TWILIO_AUTH_TOKEN", "")],
            "TWILIO_AUTH_TOKEN: it is set",
        ),
    ] {
        let log = Program::start(PROGRAM, settings).failure();
        assert!(log.contains(error), "{log}");
    }
}

const OPEN: [(&str, &str); 1] = [("BASE_URL", "http://agent.acme.com")];

#[test]
fn the_log_has_a_line_for_a_call_and_nobodys_number() {
    let mut program = Program::start(PROGRAM, &OPEN);
    assert!(program.line_with("SIGNATURES ARE NOT CHECKED").contains("WARN"));
    let caller = Caller::new(program.address());
    let post = |path: &str, form: &str| caller.post(path, FORM, form);
    let sid = "CAacc4a5feb8651f016bed89ad9539acb4";
    let call = format!("CallSid={sid}&From=%2B15551230000&To=%2B15559876543&CallerName=Canary");
    assert_eq!(post(INCOMING_CALL, &call), 200);
    assert!(program.line_with("rings at default").contains(sid));
    assert_eq!(post(CALL_STATUS, &format!("{call}&CallStatus=ringing")), 200);
    assert_eq!(post(CALL_STATUS, "From=%2B15551230000"), 200);
    program.line_with("CallSid is missing");
    assert_eq!(post(INCOMING_CALL, "CallSid=CA%0AINFO+Canary&From=%2B15551230000"), 200);
    let hostile = program.line_with("rings at default");
    assert!(!hostile.contains("Canary"), "{hostile}");
    let log = program.log();
    for secret in ["15551230000", "15559876543", "Canary"] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut program = Program::start(PROGRAM, &OPEN);
    let caller = Caller::new(program.address());
    let post = |path: &str, form: &str| caller.post(path, FORM, form);
    let calls = 30;
    for call in 0..calls {
        let body = format!("CallSid=CA{call}&CallStatus=completed&CallDuration={call}");
        assert_eq!(post(CALL_STATUS, &body), 200);
    }
    let program = Program::start_in(program.kill(), PROGRAM, &OPEN);
    // What was leased when the program was killed waits for the end of its lease.
    program.wait_for("select count(*) from statuses", calls);
    program.wait_for("select sum(seconds) from statuses", (0..calls).sum());
}
