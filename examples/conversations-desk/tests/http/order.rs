//! Duplicates and deliveries in any order.

use serde_json::{Value, json};

use super::{App, EVENT, MESSAGE_ADDED, event, message};

/// A conversation's whole life, in its order.
fn story() -> Vec<String> {
    let of = |name: &str, at: (&str, &str), more: &[(&str, &str)]| {
        let mut changes = vec![("ConversationSid", "CH1"), at];
        changes.extend(more);
        event(name, &changes)
    };
    let at = |second| ("DateUpdated", ["2026-02-03T09:01:00Z", "2026-02-03T09:01:00.5Z"][second]);
    let named = |name| ("FriendlyName", name);
    let message_2 = [("MessageSid", "IM2"), ("Index", "2")];
    let sent_2 = ("DateCreated", "2026-02-03T09:00:02.000Z");
    vec![
        of("onConversationAdded", ("DateCreated", "2026-02-03T08:59:00Z"), &[named("First")]),
        of(
            "onParticipantAdded",
            ("DateCreated", "2026-02-03T08:59:30Z"),
            &[("ParticipantSid", "MB1"), ("Identity", "agent7")],
        ),
        of(
            "onParticipantAdded",
            ("DateCreated", "2026-02-03T08:59:31Z"),
            &[("ParticipantSid", "MB2")],
        ),
        message(1, "one"),
        message(2, "two"),
        message(3, "three"),
        of("onMessageUpdated", at(0), &[message_2[0], message_2[1], sent_2, ("Body", "TWO")]),
        of("onMessageUpdated", at(1), &[message_2[0], message_2[1], sent_2, ("Body", "Two!")]),
        of("onMessageRemoved", at(0), &[("MessageSid", "IM3"), ("Index", "3")]),
        of("onConversationUpdated", at(0), &[named("Second")]),
        of("onConversationUpdated", at(1), &[named("Third")]),
        of(
            "onConversationStateUpdated",
            ("StateUpdated", "2026-02-03T09:02:00Z"),
            &[("StateTo", "inactive")],
        ),
        of(
            "onConversationStateUpdated",
            ("StateUpdated", "2026-02-03T09:03:00Z"),
            &[("StateTo", "closed")],
        ),
        of(
            "onParticipantRemoved",
            ("DateRemoved", "2026-02-03T09:04:00Z"),
            &[("ParticipantSid", "MB2")],
        ),
    ]
}

fn end() -> Value {
    json!({
        "sid": "CH1", "name": "Third", "status": "closed",
        "last_message": {
            "sid": "IM2", "index": 2, "sent_at": "2026-02-03T09:00:02.000Z",
            "from": "agent7", "body": "Two!",
        },
        "participants": [{ "sid": "MB1", "identity": "agent7", "role": "staff", "contact": null }],
    })
}

#[tokio::test]
async fn events_in_any_order_end_the_same() {
    let story = story();
    for (turn, step) in [(0, 1), (0, 13), (3, 1), (7, 13), (0, 3), (5, 5), (9, 9), (11, 11)] {
        let app = App::start().await;
        for place in 0..story.len() {
            app.tell(EVENT, &story[(turn + place * step) % story.len()]).await;
            if place % 4 == 0 {
                // So that not all of it is handled at once.
                app.handled().await;
            }
        }
        assert_eq!(app.conversation("CH1").await, end(), "from {turn} by {step}");
    }
}

#[tokio::test]
async fn duplicates_change_nothing() {
    let app = App::start().await;
    let story = story();
    for form in &story {
        // Twilio counts its tries: a second one is the same delivery.
        for (path, tries) in
            [(EVENT, "0"), (EVENT, "1"), (MESSAGE_ADDED, "0"), (MESSAGE_ADDED, "0")]
        {
            app.tell(path, &form.replace("RetryCount=0", &format!("RetryCount={tries}"))).await;
        }
        app.handled().await;
    }
    assert_eq!(app.stats().await.total(), 2 * u64::try_from(story.len()).unwrap());
    assert_eq!(app.conversation("CH1").await, end());
    for form in story.iter().rev() {
        app.tell(EVENT, form).await;
    }
    assert_eq!(app.conversation("CH1").await, end());
}
