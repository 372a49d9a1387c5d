use conversations_desk::{Config, app};
use serde_json::json;
use switchhook::settings::Settings;

use crate::{Example, KEY, readme_holds};

/// What Twilio asks about in this lifecycle.
const ASKED: [&str; 5] = [
    "onConversationAdd",
    "onMessageAdd",
    "onMessageUpdate",
    "onParticipantAdd",
    "onParticipantRemove",
];

#[test]
fn conversations_are_closed_and_the_hook_is_told_once_of_each_answer() {
    let moderated = ASKED
        .map(|event| format!("--route /api/webhooks/moderation=twilio.conversations:{event}"))
        .join(" ");
    let conversation = json!({
        "sid": "CH*", "name": "Order 42", "status": "closed",
        "last_message": {
            "sid": "IM*", "index": 1, "sent_at": "*",
            "from": "agent8", "body": "It comes on Tuesday.",
        },
        "participants": [{
            "sid": "MB*", "identity": null, "role": null,
            "contact": { "id": 1, "address": "+15550100001", "blocked": false },
        }],
    });
    let told = json!({
        "conversation_sid": "CH*", "message_sid": "IM*", "index": 1, "sent_at": "*",
        "from": "agent8", "author": "agent8", "body": "It comes tomorrow.",
    });
    Example {
        app: |database, hook| {
            let settings = Settings::of([
                ("DATABASE", database.to_str().unwrap()),
                ("TWILIO_AUTH_TOKEN", KEY),
                ("STAFF", "agent8"),
                ("OUTBOUND_URL", hook),
            ]);
            app(&Config::of(&settings).unwrap()).unwrap()
        },
        user: None,
        before: &[],
        plays: vec![(
            KEY,
            format!(
                "--scenario conversation --repeat 2 {moderated}
                 --route /api/webhooks/twilio-event=twilio.conversations"
            ),
        )],
        state: &["/api/conversations"],
        ends: json!([[conversation, conversation], [told, told]]),
    }
    .ends_as_stated();
}

#[test]
fn the_readme_says_what_happens() {
    let readme = include_str!("../../../../examples/conversations-desk/README.md");
    let place = ("http://127.0.0.1:8000", "desk.db");
    readme_holds("conversations-desk", readme, place, |settings| {
        app(&Config::of(settings).unwrap()).unwrap()
    });
}
