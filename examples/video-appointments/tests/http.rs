//! The application over HTTP, as Twilio and its own users meet it.

use std::{net::SocketAddr, time::Duration};

use serde_json::{Value, json};
use switchhook::{
    Family, Key, Params, SIGNATURE_HEADER, Signer,
    inbox::{Inbox, SqliteInbox, State},
    settings::Settings,
    twilio::video::VideoEvent,
};
use video_appointments::{app, webhooks::PATH};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "https://hooks.example.com";

/// The application on a free port with a database of its own.
struct App {
    address: SocketAddr,
    inbox: SqliteInbox,
    database: std::path::PathBuf,
    _dir: tempfile::TempDir,
}

impl App {
    async fn start(auth_token: Option<&str>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = dir.path().join("appointments.db");
        let place = [("DATABASE", database.to_str().unwrap()), ("PUBLIC_URL", PUBLIC)];
        let token = auth_token.map(|token| ("TWILIO_AUTH_TOKEN", token));
        let (app, worker) = app(&Settings::of(place.into_iter().chain(token))).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        tokio::spawn(worker.run_until(std::future::pending()));
        let inbox = SqliteInbox::open(&database).unwrap();
        Self { address, inbox, database, _dir: dir }
    }

    /// Waits until everything that was accepted is done or dead.
    async fn handled(&self) {
        for _ in 0..2_000 {
            if self.inbox.stats().await.unwrap().oldest_waiting.is_none() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not handled in ten seconds");
    }

    fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(&self.database).unwrap()
    }

    async fn call(
        &self,
        method: &'static str,
        path: &str,
        headers: Vec<(&'static str, String)>,
        body: &str,
    ) -> (u16, Value) {
        let url = format!("http://{}{path}", self.address);
        let body = body.to_owned();
        tokio::task::spawn_blocking(move || {
            let config = ureq::Agent::config_builder().http_status_as_error(false).build();
            let mut request = ureq::http::Request::builder().method(method).uri(url);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            let agent = ureq::Agent::new_with_config(config);
            let mut response = agent.run(request.body(body).unwrap()).unwrap();
            let status = response.status().as_u16();
            let text = response.body_mut().read_to_string().unwrap();
            (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
        })
        .await
        .unwrap()
    }

    /// Sends a body as Twilio does, signed with `key`.
    async fn deliver_with(&self, key: &str, body: &str) -> u16 {
        let params = Params::parse(body.as_bytes()).unwrap();
        let signer = Signer::twilio(Key::new(key).unwrap());
        let signed = signer.form(&format!("{PUBLIC}{PATH}"), &params).unwrap();
        let signature = signed.headers()[SIGNATURE_HEADER].to_str().unwrap().to_owned();
        let headers = vec![
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ("x-twilio-signature", signature),
        ];
        let (status, body) = self.call("POST", PATH, headers, body).await;
        assert_eq!(body, "");
        status
    }

    async fn deliver(&self, body: &str) -> u16 {
        self.deliver_with(KEY, body).await
    }

    async fn schedule(&self) -> i64 {
        let (status, made) = self.call("POST", "/api/appointments/", Vec::new(), "").await;
        assert_eq!(status, 201);
        made["id"].as_i64().unwrap()
    }

    async fn appointment(&self, id: i64) -> Value {
        self.handled().await;
        self.call("GET", &format!("/api/appointments/{id}/"), Vec::new(), "").await.1
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
async fn the_founding_bodies_work_as_they_are() {
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
    let (status, failures) = app.call("GET", "/api/failures/", Vec::new(), "").await;
    assert_eq!((status, failures.as_array().unwrap().len()), (200, 1));
    assert_eq!(failures[0]["event"], "room-ended");
    assert_eq!(failures[0]["attempts"], 1);
    assert!(failures[0]["error"].as_str().unwrap().contains("RoomSid is missing"), "{failures}");
    let headers = vec![("content-type", "application/json".to_owned())];
    assert_eq!(app.call("POST", PATH, headers, "{}").await.0, 415);
    assert_eq!(app.call("GET", PATH, Vec::new(), "").await.0, 405);
    assert_eq!(app.call("GET", "/api/appointments/7/", Vec::new(), "").await.0, 404);
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
    let failed = async {
        while app.inbox.stats().await.unwrap().count(State::Retry) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), failed).await.unwrap();
    connection.execute("alter table away rename to media", []).unwrap();
    let appointment = app.appointment(id).await;
    assert_eq!(appointment["recordings"].as_array().unwrap().len(), 1);
    // Of the tries that failed nothing is left.
    assert_eq!(appointment["events"], json!(["recording-completed"]));
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_acknowledged() {
    let app = App::start(Some(KEY)).await;
    std::fs::rename(&app.database, app.database.with_extension("away")).unwrap();
    assert_eq!(app.deliver(&event("recording-completed", &[])).await, 503);
}

#[tokio::test]
async fn without_a_token_signatures_are_not_checked() {
    let app = App::start(None).await;
    assert_eq!(app.deliver_with("any key", &event("room-ended", &[])).await, 204);
    assert_eq!(app.inbox.stats().await.unwrap().total(), 1);
}
