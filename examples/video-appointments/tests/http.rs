//! The application over HTTP, as Twilio and its own users meet it.

use serde_json::{Value, json};
use switchhook::{Family, Params, inbox::Inbox, settings::Settings, twilio::video::VideoEvent};
use switchhook_example_tests::{JSON, Service};
use video_appointments::{app, webhooks::PATH};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "https://hooks.example.com";

/// The application with what its tests ask for.
struct App(Service);

impl std::ops::Deref for App {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.0
    }
}

impl App {
    async fn start(auth_token: Option<&str>) -> Self {
        let service = Service::start(|database| {
            let place = [("DATABASE", database.to_str().unwrap()), ("PUBLIC_URL", PUBLIC)];
            let token = auth_token.map(|token| ("TWILIO_AUTH_TOKEN", token));
            app(&Settings::of(place.into_iter().chain(token))).unwrap()
        });
        Self(service.await)
    }

    async fn call(&self, method: &str, path: &str) -> (u16, Value) {
        let answer = self.caller.call(method, path, &[], "").await;
        (answer.status, answer.value())
    }

    /// Sends a body as Twilio does, signed with `key`.
    async fn deliver_with(&self, key: &str, body: &str) -> u16 {
        let answer = self.caller.post_signed(key, &format!("{PUBLIC}{PATH}"), body).await;
        assert_eq!(answer.text, "");
        answer.status
    }

    async fn deliver(&self, body: &str) -> u16 {
        self.deliver_with(KEY, body).await
    }

    async fn schedule(&self) -> i64 {
        let (status, made) = self.call("POST", "/api/appointments/").await;
        assert_eq!(status, 201);
        made["id"].as_i64().unwrap()
    }

    async fn appointment(&self, id: i64) -> Value {
        self.handled().await;
        self.call("GET", &format!("/api/appointments/{id}/")).await.1
    }
}

fn event(name: &str, changes: &[(&str, &str)]) -> String {
    let sample = VideoEvent::info(name).unwrap().sample();
    let changed =
        |name: &str| changes.iter().find(|change| change.0 == name).map(|change| change.1);
    let pairs: Vec<_> =
        sample.iter().map(|(name, value)| (name, changed(name).unwrap_or(value))).collect();
    Params::from_pairs(pairs).to_form()
}

#[tokio::test]
async fn an_appointment_follows_its_room() {
    let app = App::start(Some(KEY)).await;
    let id = app.schedule().await;
    let room = format!("apt-{id}-1767000000-k3v9");
    let room = [("RoomName", room.as_str())];
    for name in ["room-created", "participant-connected", "track-added", "recording-started"] {
        assert_eq!(app.deliver(&event(name, &room)).await, 204);
    }
    assert_eq!(app.appointment(id).await["status"], "scheduled");
    for name in
        ["participant-disconnected", "recording-completed", "composition-available", "room-ended"]
    {
        assert_eq!(app.deliver(&event(name, &room)).await, 204);
    }
    let appointment = app.appointment(id).await;
    assert_eq!(appointment["status"], "completed");
    assert_eq!(appointment["completed_at"], "2026-03-04T10:11:12.131Z");
    assert_eq!(
        appointment["sessions"],
        json!([{
            "participant_sid": "PA7b1e0f9c2d4a48638e5f6a7b8c9d0e1f", "appointment": id,
            "identity": "2-jane.doe@example.com", "seconds": 184,
        }])
    );
    assert_eq!(
        appointment["recordings"],
        json!([{
            "sid": "RT90e1f2a3b4c5d6e7f8091a2b3c4d5e6f", "room_sid": "RM0d3c5a1e8f6b4297a0c1d2e3f4a5b6c7",
            "appointment": id, "uri": "/v1/Recordings/RT90e1f2a3b4c5d6e7f8091a2b3c4d5e6f/Media",
            "seconds": 120, "bytes": 5_000_000,
        }])
    );
    // A composition names no room; it finds its appointment by the room's SID.
    assert_eq!(appointment["compositions"][0]["sid"], "CJ3f4a5b6c7d8e9f00112233445566778a");
    assert_eq!(appointment["events"].as_array().unwrap().len(), 8);

    // Told twice, nothing changes.
    for name in ["recording-completed", "room-ended", "participant-disconnected"] {
        assert_eq!(app.deliver(&event(name, &room)).await, 204);
    }
    assert_eq!(app.appointment(id).await, appointment);
}

#[tokio::test]
async fn events_in_any_order_end_the_same() {
    let names = [
        "room-created",
        "participant-disconnected",
        "recording-completed",
        "composition-available",
        "room-ended",
    ];
    let mut ends = Vec::new();
    for turn in 0..names.len() {
        for backwards in [false, true] {
            let app = App::start(Some(KEY)).await;
            let id = app.schedule().await;
            let room = format!("apt-{id}-x");
            let mut order = names;
            order.rotate_left(turn);
            if backwards {
                order.reverse();
            }
            for name in order {
                assert_eq!(app.deliver(&event(name, &[("RoomName", &room)])).await, 204);
            }
            ends.push(app.appointment(id).await);
        }
    }
    assert_eq!(ends[0]["status"], "completed");
    assert_eq!(ends[0]["compositions"].as_array().unwrap().len(), 1);
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
}

#[tokio::test]
async fn every_event_is_kept_with_its_parameters() {
    let app = App::start(Some(KEY)).await;
    let mut sent = Vec::new();
    for info in VideoEvent::events() {
        let form = event(info.name, &[]);
        assert_eq!(app.deliver(&form).await, 204, "{}", info.name);
        sent.push((info.name.to_owned(), form));
    }
    let unknown = "StatusCallbackEvent=room-exploded&A=1";
    assert_eq!(app.deliver(unknown).await, 204);
    sent.push(("room-exploded".into(), unknown.into()));
    app.handled().await;
    let connection = app.sql();
    let mut kept = connection.prepare("select name, params from events").unwrap();
    let rows = kept.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut kept: Vec<(String, String)> = rows.map(Result::unwrap).collect();
    kept.sort();
    sent.sort();
    assert_eq!(kept, sent);
}

#[tokio::test]
async fn short_bodies_by_hand_work() {
    let app = App::start(Some(KEY)).await;
    let ids: Vec<i64> = [app.schedule().await, app.schedule().await].into();
    let connection = app.sql();
    connection
        .execute("update appointments set id = 48, status = 'confirmed' where id = ?", [ids[1]])
        .unwrap();
    for body in [
        "StatusCallbackEvent=room-created&RoomName=apt-48-test-room&RoomSid=RMxxxxxxxxxxxxxxxxxxxxxxxxxx\
         &RoomStatus=in-progress&Timestamp=2025-11-16T10:00:00Z",
        "StatusCallbackEvent=recording-completed&RecordingSid=RTxxxxxxxxxxxxxxxxxxxxxxxxxx\
         &RoomName=apt-48-test-room&RoomSid=RMxxxxxxxxxxxxxxxxxxxxxxxxxx\
         &ParticipantIdentity=2-jane.doe@example.com&MediaUri=https://video.twilio.com/v1/Recordings/RTxxx\
         &Duration=120&Size=5000000&Timestamp=2025-11-16T10:00:00Z",
        "StatusCallbackEvent=room-ended&RoomName=apt-48-test-room&RoomSid=RMxxxxxxxxxxxxxxxxxxxxxxxxxx\
         &RoomDuration=60&Timestamp=2025-11-16T10:01:00Z",
    ] {
        assert_eq!(app.deliver(body).await, 204);
    }
    let appointment = app.appointment(48).await;
    assert_eq!(appointment["status"], "completed");
    assert_eq!(appointment["recordings"][0]["uri"], "https://video.twilio.com/v1/Recordings/RTxxx");
    assert_eq!(app.appointment(ids[0]).await["status"], "scheduled");
}

#[tokio::test]
async fn a_cancelled_appointment_stays_cancelled() {
    let app = App::start(Some(KEY)).await;
    let id = app.schedule().await;
    let connection = app.sql();
    connection.execute("update appointments set status = 'cancelled'", []).unwrap();
    let room = format!("apt-{id}-x");
    assert_eq!(app.deliver(&event("room-ended", &[("RoomName", &room)])).await, 204);
    assert_eq!(app.appointment(id).await["status"], "cancelled");
}

#[tokio::test]
async fn bad_input_is_refused_and_what_was_verified_is_kept() {
    let app = App::start(Some(KEY)).await;
    assert_eq!(app.deliver_with("another key", &event("room-ended", &[])).await, 403);
    assert_eq!(app.inbox.stats().await.unwrap().total(), 0);
    // Verified, but without the SID that it is about: a dead letter.
    assert_eq!(app.deliver("StatusCallbackEvent=room-ended&RoomName=apt-1-x").await, 204);
    app.handled().await;
    let (status, failures) = app.call("GET", "/api/failures/").await;
    assert_eq!((status, failures.as_array().unwrap().len()), (200, 1));
    assert_eq!(failures[0]["event"], "room-ended");
    assert_eq!(failures[0]["attempts"], 1);
    assert!(failures[0]["error"].as_str().unwrap().contains("RoomSid is missing"), "{failures}");
    assert_eq!(app.caller.call("POST", PATH, &[JSON], "{}").await.status, 415);
    assert_eq!(app.call("GET", PATH).await.0, 405);
    assert_eq!(app.call("GET", "/api/appointments/7/").await.0, 404);
    // An unreadable value costs itself alone.
    let id = app.schedule().await;
    let room = format!("apt-{id}-x");
    let body =
        event("participant-disconnected", &[("RoomName", &room), ("ParticipantDuration", "long")]);
    assert_eq!(app.deliver(&body).await, 204);
    assert_eq!(app.appointment(id).await["sessions"][0]["seconds"], Value::Null);
}

#[tokio::test]
async fn a_failure_is_tried_again_until_it_is_mended() {
    let app = App::start(Some(KEY)).await;
    let id = app.schedule().await;
    let connection = app.sql();
    connection.execute("alter table media rename to away", []).unwrap();
    let room = format!("apt-{id}-x");
    let body = event("recording-completed", &[("RoomName", &room)]);
    assert_eq!(app.deliver(&body).await, 204);
    app.failed_once().await;
    connection.execute("alter table away rename to media", []).unwrap();
    let appointment = app.appointment(id).await;
    assert_eq!(appointment["recordings"].as_array().unwrap().len(), 1);
    // Of the tries that failed nothing is left.
    assert_eq!(appointment["events"], json!(["recording-completed"]));
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_acknowledged() {
    let app = App::start(Some(KEY)).await;
    app.lose_database();
    assert_eq!(app.deliver(&event("recording-completed", &[])).await, 503);
}

#[tokio::test]
async fn without_a_token_signatures_are_not_checked() {
    let app = App::start(None).await;
    assert_eq!(app.deliver_with("any key", &event("room-ended", &[])).await, 204);
    assert_eq!(app.inbox.stats().await.unwrap().total(), 1);
}
