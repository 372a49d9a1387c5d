use serde_json::{Value, json};
use switchhook_example_tests::JSON;

use crate::{App, OPERATOR};

#[tokio::test]
async fn what_cannot_be_used_is_acknowledged_and_kept_for_review() {
    let app = App::start().await;
    for (path, body, why) in [
        // A status of nothing, of no state, and something else altogether.
        ("/call-status", json!({ "call_id": "", "call_state": "ended" }), "call_id is missing"),
        (
            "/call-status",
            json!({ "event_type": "calling.call.state",
            "params": { "call_id": "c1" } }),
            "without call_state",
        ),
        ("/call-status", json!({ "hello": "world" }), "no event that this URL is for"),
        ("/message-status", json!({ "id": "m1", "status": "", "number_of_segments": 1 }), "422"),
        ("/video/room-ended", json!({ "room_name": "standup" }), "room_id is missing"),
    ] {
        let status = app.post(path, &body).await.0;
        assert_eq!(status, 200, "{path} {body}");
        let failures = app.get("/api/failures/").await;
        let newest = &failures[0];
        assert!(newest["error"].as_str().unwrap().contains(why), "{newest}");
        assert_eq!(newest["route"], path);
        // With the body that it came with.
        let shown = app.get(&format!("/api/failures/{}/", newest["id"].as_str().unwrap())).await;
        let text = shown["body"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), body);
        assert_eq!(shown["method"], "POST");
    }
    assert_eq!(app.get("/api/failures/").await.as_array().unwrap().len(), 5);
    // Asked again, none of them is new.
    app.post("/call-status", json!({ "hello": "world" })).await;
    assert_eq!(app.get("/api/failures/").await.as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn what_failed_is_tried_again_and_replayed() {
    let app = App::start().await;
    app.sql().execute("alter table calls rename to away", []).unwrap();
    let body = json!({ "call_id": "c1", "call_state": "ended" });
    assert_eq!(app.post("/call-status", body).await.0, 200);
    // After four tries it is a dead letter.
    let failures = app.get("/api/failures/").await;
    assert_eq!((&failures[0]["attempts"], &failures[0]["subject"]), (&json!(4), &json!("c1")));
    app.sql().execute("alter table away rename to calls", []).unwrap();

    let replay = format!("/api/failures/{}/replay/", failures[0]["id"].as_str().unwrap());
    assert_eq!(app.call("POST", &replay, &[OPERATOR], "").await.0, 202);
    assert_eq!(app.get("/api/calls/c1/").await["state"], "ended");
    assert_eq!(app.get("/api/failures/").await, json!([]));
    // It is no dead letter any more.
    assert_eq!(app.call("POST", &replay, &[OPERATOR], "").await.0, 404);
    let shown = replay.trim_end_matches("replay/");
    assert_eq!(app.call("GET", shown, &[OPERATOR], "").await.0, 404);
}

#[tokio::test]
async fn a_failure_that_passes_is_nobodys_business() {
    let app = App::start_trying(100_000, &[], "").await;
    app.sql().execute("alter table calls rename to away", []).unwrap();
    app.post("/call-status", json!({ "call_id": "c1", "call_state": "ended" })).await;
    app.failed_once().await;
    app.sql().execute("alter table away rename to calls", []).unwrap();
    assert_eq!(app.get("/api/calls/c1/").await["state"], "ended");
    assert_eq!(app.get("/api/failures/").await, json!([]));
}

#[tokio::test]
async fn what_cannot_be_kept_is_not_acknowledged() {
    let app = App::start().await;
    app.lose_database();
    let status = json!({ "call_id": "c1", "call_state": "ended" });
    assert_eq!(app.post("/call-status", status).await.0, 503);
    // Nor is a message answered whose mail is lost.
    let message = json!({ "message_id": "m1", "from": "+15559876543", "body": "HELP" });
    assert_eq!(app.post("/incoming-sms", message).await.0, 500);
    // Yet somebody waits on the line.
    assert_eq!(app.call("GET", "/swml?CallSid=c1", &[], "").await.0, 200);
}

#[tokio::test]
async fn the_api_is_for_those_who_know_the_password() {
    let app = App::start().await;
    for path in ["/api/failures/", "/api/analytics/", "/api/calls/c1/", "/api/tickets/"] {
        assert_eq!(app.call("GET", path, &[], "").await.0, 401, "{path}");
        let wrong = ("authorization", "Basic ZGVzazp3cm9uZw==");
        assert_eq!(app.call("GET", path, &[wrong], "").await.0, 401, "{path}");
    }
    for path in ["/api/calls/c1/", "/api/failures/x/", "/api/rooms/r/", "/api/messages/m/"] {
        assert_eq!(app.call("GET", path, &[OPERATOR], "").await.0, 404, "{path}");
    }
    let closed = App::start_without("API_PASSWORD").await;
    assert_eq!(closed.call("GET", "/api/failures/", &[OPERATOR], "").await.0, 404);
    // The desk's own work has no URL.
    let mail = json!({ "about": "x", "to": "a@example.com", "subject": "s", "text": "t" });
    assert_eq!(app.call("POST", "/mail", &[JSON], &mail.to_string()).await.0, 404);
}
