//! The log of the program as it runs: a line for each delivery, and a loud warning.

use switchhook_example_tests::{Caller, FORM, Program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_video-appointments");
const PATH: &str = "/api/appointments/twilio-status-callback/";

#[test]
fn each_delivery_has_its_line() {
    let mut program = Program::start(PROGRAM, &[]);
    assert!(program.line_with("SIGNATURES ARE NOT CHECKED").contains("WARN"));
    let caller = Caller::new(program.address());

    let created = "StatusCallbackEvent=room-created&RoomName=apt-48-test-room\
        &RoomSid=RMxxxxxxxxxxxxxxxxxxxxxxxxxx&AccountSid=AC1&Timestamp=2025-11-16T10:00:00Z";
    assert_eq!(caller.post(PATH, FORM, created), 204);
    let expected = "Twilio Status Callback: room-created | Room: apt-48-test-room | \
        Account: AC1 | Timestamp: 2025-11-16T10:00:00Z";
    assert!(program.line_with("Twilio Status Callback").ends_with(expected));

    assert_eq!(caller.post(PATH, FORM, "StatusCallbackEvent=room-exploded&RoomName=a%0Ab"), 204);
    let expected =
        "Twilio Status Callback: room-exploded | Room: a\\nb | Account: - | Timestamp: -";
    assert!(program.line_with("Twilio Status Callback").ends_with(expected));
    assert_eq!(caller.post(PATH, FORM, "StatusCallbackEvent=room-ended"), 204);
    assert!(program.line_with("Twilio Status Callback").contains("room-ended | Room: -"));
}

#[test]
fn an_empty_token_does_not_turn_the_checks_off() {
    let log = Program::start(PROGRAM, &[("TWILIO_AUTH_TOKEN", "")]).failure();
    assert!(log.contains("TWILIO_AUTH_TOKEN: it is set and empty"), "{log}");
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut program = Program::start(PROGRAM, &[]);
    let caller = Caller::new(program.address());
    let rooms = 30;
    for room in 0..rooms {
        let body = format!("StatusCallbackEvent=room-created&RoomName=apt-1-x&RoomSid=RM{room}");
        assert_eq!(caller.post(PATH, FORM, &body), 204);
    }
    let program = Program::start_in(program.kill(), PROGRAM, &[]);
    // What was leased when the program was killed waits for the end of its lease.
    program.wait_for("select count(*) from events", rooms);
}
