//! What is asked before it happens.

use serde_json::{Value, json};

use super::{App, MODERATION, event};

const SENDER: &str = "+15550100001";

fn nothing() -> Value {
    Value::String(String::new())
}

/// A desk where one contact is blocked.
async fn moderated() -> App {
    let app = App::start().await;
    let path = format!("/api/contacts/{SENDER}/blocked");
    assert_eq!(app.call("PUT", &path).await.0, 204);
    app
}

fn asked(author: &str, body: &str) -> String {
    event("onMessageAdd", &[("Author", author), ("Body", body)])
}

#[tokio::test]
async fn messages_pass_change_or_do_not_pass() {
    let app = moderated().await;
    assert_eq!(app.ask(MODERATION, &asked("agent7", "Hello")).await, (200, nothing()));
    let changed = json!({ "body": "It is ************1111." });
    let card = asked("agent7", "It is 4111111111111111.");
    assert_eq!(app.ask(MODERATION, &card).await, (200, changed.clone()));
    assert_eq!(app.ask(MODERATION, &asked(SENDER, "Hello")).await, (403, nothing()));
    // Without its name it is a message that is about to be sent: the route says so.
    let unnamed = "ConversationSid=CH1&Author=%2B15550100001&Body=Hello";
    assert_eq!(app.ask(MODERATION, unnamed).await, (403, nothing()));
    // Asked again, the answer is the same.
    assert_eq!(app.ask(MODERATION, &card).await, (200, changed));
}

#[tokio::test]
async fn what_a_moderator_has_no_opinion_about_passes() {
    let app = moderated().await;
    let media_alone = event("onMessageAdd", &[("Body", "")]);
    let no_subject = event("onMessageAdd", &[("ConversationSid", ""), ("Author", SENDER)]);
    let unknown = "EventType=onSomethingNew&Author=%2B15550100001".to_owned();
    for form in [media_alone, no_subject, unknown, event("onParticipantAdd", &[])] {
        assert_eq!(app.ask(MODERATION, &form).await, (200, nothing()), "{form}");
    }
}

#[tokio::test]
async fn a_broken_moderator_lets_everything_pass_and_says_so() {
    let app = moderated().await;
    app.sql().execute("alter table contacts rename to away", []).unwrap();
    assert_eq!(app.ask(MODERATION, &asked(SENDER, "One")).await, (200, nothing()));
    let dead = app.dead().await;
    assert_eq!((dead.len(), dead[0].event.as_deref()), (1, Some("onMessageAdd")));
    assert_eq!(dead[0].route, "/moderation");
    assert!(dead[0].error.as_ref().unwrap().contains("contacts"), "{dead:?}");
    app.sql().execute("alter table away rename to contacts", []).unwrap();
    assert_eq!(app.ask(MODERATION, &asked(SENDER, "Two")).await, (403, nothing()));
}
