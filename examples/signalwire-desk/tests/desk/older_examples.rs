use serde_json::{Value, json};

use crate::App;

/// The flat bodies of SignalWire's older examples, as they are.
#[tokio::test]
async fn every_flat_body_is_taken_as_it_is() {
    let app = App::start().await;
    let bodies: Vec<Value> =
        serde_json::from_str(include_str!("../fixtures/older_examples.json")).unwrap();
    assert_eq!(bodies.len(), 20);
    for case in &bodies {
        let text = |name: &str| case[name].as_str().unwrap();
        let (status, answer) = if text("event") == "swml.fetch.get" {
            app.call("GET", &format!("{}?{}", text("path"), text("body")), &[], "").await
        } else {
            app.post(text("path"), text("body")).await
        };
        assert_eq!(status, 200, "{case}: {answer}");
    }
    assert_eq!(app.get("/api/failures/").await, json!([]));

    let call = app.get("/api/calls/c1234567-89ab-cdef-0123-456789abcdef/").await;
    assert_eq!((&call["state"], call["states"].as_object().unwrap().len()), (&json!("ended"), 5));
    // The manual test, whose id is none.
    let call = app.get("/api/calls/test-123/").await;
    assert_eq!((&call["state"], &call["direction"]), (&json!("answered"), &Value::Null));
    assert_eq!(call["states"]["answered"], "2025-01-15T10:30:00.000Z");
    let message = app.get("/api/messages/msg_xxxxxxxx/").await;
    let status = message["status"].as_str().unwrap();
    assert!(["delivered", "failed", "undelivered"].contains(&status), "{message}");
    let room = app.get("/api/rooms/00616eaa-ede3-4dd7-a730-7482667839ff/").await;
    assert_eq!(room["events"].as_array().unwrap().len(), 6);
    assert_eq!(room["recordings"][0]["seconds"], 3600.0);
}

/// The retries of those examples: of a `500` or no answer the same body comes again, after 1, 2, 4 and 8 seconds.
#[tokio::test]
async fn a_retry_after_a_failure_is_handled_and_a_retry_after_none_is_not() {
    let app = App::start().await;
    let away = app.database.with_extension("away");
    let body = json!({ "call_id": "c1", "call_state": "answered",
        "timestamp": "2025-01-15T10:30:00Z" });
    std::fs::rename(&app.database, &away).unwrap();
    assert_eq!(app.post("/call-status", &body).await.0, 503);
    std::fs::rename(&away, &app.database).unwrap();
    for _ in 0..4 {
        assert_eq!(app.post("/call-status", &body).await.0, 200);
    }
    assert_eq!(app.get("/api/analytics/").await["answered"], 1.0);
}
