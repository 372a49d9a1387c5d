use serde_json::{Value, json};
use switchhook::inbox::{Inbox, State};

use crate::App;

const STATES: [(&str, &str); 4] = [
    ("created", "2025-01-15T10:30:00Z"),
    ("ringing", "2025-01-15T10:30:02.5Z"),
    ("answered", "2025-01-15T10:30:10Z"),
    ("ended", "2025-01-15T10:31:40.25Z"),
];

fn status(call: &str, (state, at): (&str, &str)) -> Value {
    json!({ "call_id": call, "call_state": state, "from": "+15551234567", "to": "+15559876543",
        "direction": "outbound", "timestamp": at })
}

/// Every order of these.
fn orders<T: Copy>(of: &[T]) -> Vec<Vec<T>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for (place, first) in of.iter().enumerate() {
        let rest: Vec<T> = [&of[..place], &of[place + 1..]].concat();
        found.extend(orders(&rest).into_iter().map(|rest| [vec![*first], rest].concat()));
    }
    found
}

#[tokio::test]
async fn states_in_any_order_and_twice_tell_one_story() {
    let app = App::start().await;
    let orders = orders(&STATES);
    assert_eq!(orders.len(), 24);
    for (number, order) in orders.iter().enumerate() {
        for state in order.iter().chain(&order[..2]) {
            let answer = app.post("/call-status", status(&format!("c{number}"), *state)).await;
            assert_eq!(answer, (200, json!({ "status": "received" })));
        }
    }
    for number in 0..orders.len() {
        let call = app.get(&format!("/api/calls/c{number}/")).await;
        assert_eq!(
            call,
            json!({
                "id": format!("c{number}"), "direction": "outbound", "state": "ended",
                "states": {
                    "created": "2025-01-15T10:30:00.000Z", "ringing": "2025-01-15T10:30:02.500Z",
                    "answered": "2025-01-15T10:30:10.000Z", "ended": "2025-01-15T10:31:40.250Z",
                },
                "ring_seconds": 7.5, "duration_seconds": 90.25,
            })
        );
    }
    // A duplicate is one by its state, not by its call.
    assert_eq!(app.inbox.stats().await.unwrap().count(State::Done), 24 * 4);
}

#[tokio::test]
async fn a_second_telling_of_a_state_changes_nothing() {
    let app = App::start().await;
    for at in ["2025-01-15T10:30:00Z", "2025-01-15T10:45:00Z"] {
        app.post("/call-status", status("c1", ("answered", at))).await;
    }
    app.post("/call-status", status("c1", ("ended", "2025-01-15T10:31:00Z"))).await;
    assert_eq!(app.get("/api/calls/c1/").await["duration_seconds"], 60.0);
}

#[tokio::test]
async fn the_end_alone_says_when_a_call_was_answered() {
    let app = App::start().await;
    let envelope = |state: &str, more: Value| {
        let mut params = json!({ "call_id": "c1", "call_state": state, "direction": "inbound" });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "event_type": "calling.call.state", "timestamp": 1_785_312_000.123_456,
            "project_id": "p1", "params": params })
    };
    let times = json!({ "start_time": 1_785_311_900_000_u64, "answer_time": 1_785_311_904_000_u64,
        "end_time": 1_785_312_000_000_u64, "end_reason": "hangup" });
    assert_eq!(app.post("/call-status", envelope("ended", times)).await.0, 200);
    let call = app.get("/api/calls/c1/").await;
    assert_eq!((&call["state"], &call["duration_seconds"]), (&json!("ended"), &json!(96.0)));
    // Its answer is told late, and later than it was.
    assert_eq!(app.post("/call-status", envelope("answered", json!({}))).await.0, 200);
    assert_eq!(app.get("/api/calls/c1/").await, call);

    // One that nobody answered.
    let times = json!({ "call_id": "c2", "answer_time": 0, "end_time": 1_785_312_000_000_u64 });
    app.post("/call-status", envelope("ended", times)).await;
    let call = app.get("/api/calls/c2/").await;
    assert_eq!((&call["state"], &call["duration_seconds"]), (&json!("ended"), &Value::Null));
}

#[tokio::test]
async fn analytics_are_of_all_calls() {
    let app = App::start().await;
    assert_eq!(app.get("/api/analytics/").await["calls"], 0);
    for state in STATES {
        app.post("/call-status", status("c1", state)).await;
    }
    for state in
        [STATES[1], ("answered", "2025-01-15T10:30:03Z"), ("ended", "2025-01-15T10:30:03Z")]
    {
        app.post("/call-status", status("c2", state)).await;
    }
    app.post("/call-status", status("c3", STATES[1])).await;
    app.post("/call-status", json!({ "call_id": "c4", "call_state": "ended" })).await;
    assert_eq!(
        app.get("/api/analytics/").await,
        json!({
            "calls": 4, "active": 1, "answered": 2.0, "answer_rate": 0.5,
            "average_ring_seconds": 4.0, "average_duration_seconds": 45.125,
        })
    );
}
