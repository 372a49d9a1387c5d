use serde_json::{Value, json};
use signalwire_desk::app;
use switchhook::{SessionTokens, settings::Settings};

use crate::{Example, KEY, PASSWORD, readme_holds};

const SWAIG_SECRET: &str = "local-test-secret";

#[test]
fn calls_messages_and_rooms_end_and_mails_are_sent_once() {
    Example {
        app: |database, hook| {
            let settings = Settings::of([
                ("DATABASE", database.to_str().unwrap()),
                ("API_PASSWORD", PASSWORD),
                ("SIGNALWIRE_SIGNING_KEY", KEY),
                ("SWAIG_SECRET", SWAIG_SECRET),
                ("EMAIL_HOOK_URL", hook),
            ]);
            app(&settings).unwrap()
        },
        user: Some("desk"),
        before: &[],
        plays: [call(), flat_call(), message(), room()].map(|play| (KEY, play)).into(),
        state: &[
            "/api/calls/call-1/",
            "/api/calls/call-2/",
            "/api/analytics/",
            "/api/tickets/",
            "/api/messages/message-1/",
            "/api/rooms/room-1/",
        ],
        ends: ends(),
    }
    .ends_as_stated();
}

#[test]
fn the_readme_says_what_happens() {
    let readme = include_str!("../../../../examples/signalwire-desk/README.md");
    let place = ("http://127.0.0.1:5000", "desk.db");
    readme_holds("signalwire-desk", readme, place, |settings| app(settings).unwrap());
}

/// With the token that the agent's document has for the function, and one argument in both of
/// its calls.
fn call() -> String {
    let tokens = SessionTokens::new(SWAIG_SECRET).unwrap();
    let ticket = "/swaig/create-ticket";
    let ticket = tokens.create_url(ticket, "create_ticket", "call-1", u32::MAX.into(), [7; 8]);
    let argument = json!({ "parsed": [{ "title": "Humming", "description": "" }] });
    format!(
        "--scenario signalwire-call
         -d call_id=call-1 -d call.call_id=call-1 -d params.call_id=call-1
         -d function=create_ticket -d argument={argument}
         --route /swml=signalwire:swml.inbound_call --route {ticket}=signalwire:swaig.function
         --route /call-status=signalwire"
    )
}

fn flat_call() -> String {
    "--scenario signalwire-flat-call -d call_id=call-2 --route /call-status=signalwire".into()
}

fn message() -> String {
    "--scenario signalwire-message -d message_id=message-1
     --route /incoming-sms=signalwire:message.inbound.flat
     --route /message-status=signalwire:message.status.flat"
        .into()
}

fn room() -> String {
    "--scenario signalwire-room -d room_id=room-1
     --route /video/room-started=signalwire:room.started
     --route /video/room-ended=signalwire:room.ended
     --route /video/member-joined=signalwire:member.joined
     --route /video/member-left=signalwire:member.left
     --route /video/recording-started=signalwire:recording.started
     --route /video/recording-ready=signalwire:recording.completed"
        .into()
}

fn ends() -> Value {
    let call = |id: &str, direction: &str, states: &[&str], ring: f64, talk: f64| {
        let states: Value = states.iter().map(|state| ((*state).to_owned(), json!("*"))).collect();
        json!({
            "id": id, "direction": direction, "state": "ended", "states": states,
            "ring_seconds": ring, "duration_seconds": talk,
        })
    };
    let states = ["queued", "created", "ringing", "answered", "ended"];
    let event = |name: &str, at: Value| json!({ "event": name, "member": null, "at": at });
    let told = |name: &str| event(name, json!("*"));
    let recording = "https://example.com/rec/*.mp4";
    let mail = |subject: &str, text: &str| json!({ "about": "ev_*", "to": "admin@example.com", "subject": subject, "text": text });
    json!([
        call("call-1", "inbound", &states[1..], 1.0, 58.0),
        call("call-2", "outbound", &states, 6.0, 60.0),
        {
            "calls": 2, "active": 0, "answered": 2.0, "answer_rate": 1.0,
            "average_ring_seconds": 3.5, "average_duration_seconds": 59.0,
        },
        [{ "number": 1, "call": "call-1", "title": "Humming", "description": "" }],
        { "id": "message-1", "status": "delivered", "error_code": null, "at": "*" },
        {
            "id": "room-1", "name": "my-meeting",
            "events": [
                told("room.started"), told("member.joined"), told("recording.started"),
                told("member.left"), told("room.ended"),
                // SignalWire does not say when it was ready.
                event("recording.completed", Value::Null),
            ],
            "recordings": [{ "url": recording, "seconds": 290.0 }],
        },
        [
            mail("New SMS from +15559876543", "HELP"),
            mail("Meeting my-meeting has started", "room-1"),
            mail("Recording ready", recording),
        ],
    ])
}
