use serde_json::{Value, json};
use switchhook::{
    inbox::{Inbox, State},
    swml, twiml,
};
use switchhook_example_tests::{FORM, JSON, eventually};

use crate::{App, OPERATOR};

/// A body in each of the three shapes, and what reads the answer.
fn shapes(id: &str, text: &str) -> [(&'static str, String); 3] {
    let flat = json!({ "message_id": id, "from": "+15559876543", "to": "+15551234567",
        "body": text, "timestamp": "2025-01-15T10:30:00Z", "num_segments": 1, "num_media": 0 });
    let fetch = json!({ "message": { "message_id": id, "project_id": "p1", "direction": "inbound",
        "type": "sms", "from": "+15559876543", "to": "+15551234567", "body": text,
        "segments": 1, "timestamp": "2026-08-04T09:15:00Z" }, "params": {} });
    let form = [
        ("MessageSid", id),
        ("AccountSid", "a1"),
        ("From", "+15559876543"),
        ("To", "+15551234567"),
        ("Body", text),
    ];
    let form = switchhook::Params::from_pairs(form).to_form();
    [("swml", flat.to_string()), ("swml", fetch.to_string()), ("cxml", form)]
}

/// The text of the reply, `None` where the document has none.
fn reply(kind: &str, body: &Value) -> Option<String> {
    if kind == "cxml" {
        let document = twiml::read(body.as_str().unwrap()).unwrap();
        let found = document.find::<twiml::Message>().ok();
        return found.map(|message| message.element().text().into_owned());
    }
    let document = swml::read(body.to_string()).unwrap();
    assert!(document.lint().is_empty(), "{:?}", document.lint());
    assert_eq!(document.all_steps().count(), 1);
    let step = document.all_steps().next().unwrap();
    let text = step.argument().and_then(|reply| reply.get("body").or(Some(reply))?.as_str());
    (step.name() == Some("reply")).then(|| text.unwrap().to_owned())
}

#[tokio::test]
async fn commands_are_answered_in_the_language_of_the_asker() {
    let app = App::start().await;
    let info = "This desk answers calls and messages around the clock";
    for (number, (text, expected)) in [
        ("HELP", Some("Available commands: HELP, STATUS, INFO")),
        (" status ", Some("Your account is active")),
        ("Info", Some(info)),
        ("Hello, SignalWire!", None),
        ("", None),
    ]
    .into_iter()
    .enumerate()
    {
        for (shape, (kind, body)) in shapes(&format!("m{number}"), text).into_iter().enumerate() {
            let headers = if kind == "cxml" { [FORM] } else { [JSON] };
            let (status, answer) = app.call("POST", "/incoming-sms", &headers, &body).await;
            assert_eq!(status, 200, "{text} {shape}: {answer}");
            assert_eq!(reply(kind, &answer).as_deref(), expected, "{text} {shape}: {answer}");
        }
    }
}

#[tokio::test]
async fn what_is_no_message_is_sent_to_the_fallback() {
    let app = App::start().await;
    for body in [r#"{"hello":"world"}"#, r#"{"call_id":"c1","call_state":"ended"}"#] {
        assert_eq!(app.post("/incoming-sms", body).await.0, 422, "{body}");
        assert_eq!(app.post("/swml", body).await.0, 422, "{body}");
    }
    for body in ["Hello=world", "CallSid=c1&CallStatus=ringing&AccountSid=a1", "From=%2B1&Body=x"] {
        assert_eq!(app.call("POST", "/incoming-sms", &[FORM], body).await.0, 422, "{body}");
    }
    assert!(app.hook.mails().is_empty());
}

#[tokio::test]
async fn a_message_is_forwarded_once_and_a_duplicate_gets_the_same_answer() {
    let app = App::start().await;
    let [(_, body), ..] = shapes("m1", "Status");
    let first = app.post("/incoming-sms", &body).await;
    for _ in 0..3 {
        assert_eq!(app.post("/incoming-sms", &body).await, first);
    }
    app.handled().await;
    let mails = app.hook.mails();
    assert_eq!(mails.len(), 1, "{mails:?}");
    let (key, mail) = &mails[0];
    assert!(key.starts_with("ev_"), "{mails:?}");
    assert!(mail["about"].as_str().unwrap().starts_with("ev_"), "{mails:?}");
    assert_eq!(mail["to"], "admin@example.com");
    assert_eq!(mail["subject"], "New SMS from +15559876543");
    assert_eq!(mail["text"], "Status");
}

#[tokio::test]
async fn without_a_hook_nobody_is_told() {
    let app = App::start_without("EMAIL_HOOK_URL").await;
    assert_eq!(app.post("/incoming-sms", &shapes("m1", "HELP")[0].1).await.0, 200);
    assert_eq!(app.inbox.stats().await.unwrap().total(), 0);
}

#[tokio::test]
async fn a_mail_waits_for_the_hook_and_holds_up_nothing() {
    let app = App::start_trying(100_000, &[], "").await;
    app.hook.refuse(true);
    assert_eq!(app.post("/incoming-sms", &shapes("m1", "HELP")[0].1).await.0, 200);
    eventually(async || app.hook.refused() > 2).await;
    app.hook.refuse(false);
    app.handled().await;
    assert_eq!(app.hook.mails().len(), 1);
}

#[tokio::test]
async fn a_mail_that_nobody_takes_is_kept_and_can_be_replayed() {
    let app = App::start().await;
    app.hook.refuse(true);
    assert_eq!(app.post("/incoming-sms", &shapes("m1", "HELP")[0].1).await.0, 200);
    let dead = app.get("/api/failures/").await;
    assert_eq!(app.hook.refused(), 4);
    assert_eq!((&dead[0]["route"], &dead[0]["attempts"]), (&json!("/mail"), &json!(4)));
    assert_eq!(dead[0]["error"], "the other side answered 303");
    app.hook.refuse(false);
    let path = format!("/api/failures/{}/replay/", dead[0]["id"].as_str().unwrap());
    assert_eq!(app.call("POST", &path, &[OPERATOR], "").await.0, 202);
    app.handled().await;
    assert_eq!(app.hook.mails()[0].1["text"], "HELP");
}

#[tokio::test]
async fn the_newest_status_of_a_message_counts() {
    let app = App::start().await;
    let flat = |id: &str, status: &str| {
        json!({ "message_id": id, "status": status, "error_code": null,
            "timestamp": "2025-01-15T10:30:15Z" })
    };
    for (id, order) in [
        ("a", ["queued", "sending", "sent", "delivered"]),
        ("b", ["delivered", "sent", "sending", "queued"]),
        ("c", ["sent", "delivered", "queued", "delivered"]),
    ] {
        for status in order {
            let answer = app.post("/message-status", flat(id, status)).await;
            assert_eq!(answer, (200, json!({ "status": "ok" })));
        }
        let message = app.get(&format!("/api/messages/{id}/")).await;
        assert_eq!(message["status"], "delivered", "{id}");
        assert_eq!(message["at"], "2025-01-15T10:30:15Z");
    }
    // As SignalWire tells it today.
    let today = json!({ "id": "d", "project_id": "p1", "status": "undelivered",
        "to": "+15559876543", "from": "+15551234567", "body": "Your code is 1234",
        "number_of_segments": 1, "timestamp": "2026-08-04T09:15:02Z", "error_code": "30008" });
    assert_eq!(app.post("/message-status", today).await.0, 200);
    let message = app.get("/api/messages/d/").await;
    assert_eq!(
        (&message["status"], &message["error_code"]),
        (&json!("undelivered"), &json!("30008"))
    );
    assert_eq!(app.inbox.stats().await.unwrap().count(State::Dead), 0);
}
