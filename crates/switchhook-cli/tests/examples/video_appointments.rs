use serde_json::{Value, json};
use switchhook::settings::Settings;
use video_appointments::app;

use crate::{Example, KEY, readme_holds};

#[test]
fn a_room_completes_its_appointment() {
    let path = "/api/appointments/twilio-status-callback/";
    Example {
        app: |database, _| {
            let database = database.to_str().unwrap();
            let settings = [("DATABASE", database), ("TWILIO_AUTH_TOKEN", KEY)];
            app(&Settings::of(settings)).unwrap()
        },
        user: None,
        before: &[("/api/appointments/", "{}")],
        plays: vec![(
            KEY,
            format!(
                "--scenario video-room -d RoomName=apt-1-test-room --route {path}=twilio.video"
            ),
        )],
        state: &["/api/appointments/1/"],
        ends: json!([appointment(), []]),
    }
    .ends_as_stated();
}

#[test]
fn the_readme_says_what_happens() {
    let readme = include_str!("../../../../examples/video-appointments/README.md");
    let place = ("http://127.0.0.1:8000", "appointments.db");
    readme_holds("video-appointments", readme, place, |settings| app(settings).unwrap());
}

fn appointment() -> Value {
    let session = |identity: &str, seconds: u32| json!({ "participant_sid": "PA*", "appointment": 1, "identity": identity, "seconds": seconds });
    let recording = |seconds: u32, bytes: u32| {
        json!({
            "sid": "RT*", "room_sid": "RM*", "appointment": 1,
            "uri": "/v1/Recordings/RT*/Media", "seconds": seconds, "bytes": bytes,
        })
    };
    json!({
        "id": 1, "status": "completed", "completed_at": "*",
        "sessions": [session("bob", 172), session("jane", 178)],
        "recordings": [recording(170, 2_720_000), recording(176, 2_816_000)],
        "compositions": [{
            "sid": "CJ*", "room_sid": "RM*", "appointment": 1,
            "uri": "/v1/Compositions/CJ*/Media", "seconds": 180, "bytes": 9_000_000,
        }],
        "events": [
            "composition-available", "composition-enqueued", "composition-progress",
            "composition-progress", "composition-started", "participant-connected",
            "participant-connected", "participant-disconnected", "participant-disconnected",
            "recording-completed", "recording-completed", "recording-started",
            "recording-started", "room-created", "room-ended", "track-added", "track-added",
            "track-removed", "track-removed",
        ],
    })
}
