//! What the desk makes of what happens.

use serde_json::{Value, json};
use switchhook_example_tests::JSON;

use super::{App, EVENT, KEY, MESSAGE_ADDED, PARTICIPANT_ADDED, STATE_UPDATED, event, message};

const SHORT_MESSAGE: &str = "ConversationSid=CHtest123&MessageSid=IMtest123&Author=test&Body=Hello\
    &DateCreated=2024-01-15T10:30:00Z&Attributes=%7B%22from%22%3A%22Bot%22%7D";
const SHORT_STATE: &str = "ConversationSid=CHtest123&ConversationState=active&FriendlyName=Test";

#[tokio::test]
async fn short_bodies_by_hand_work() {
    let app = App::start().await;
    app.tell(MESSAGE_ADDED, SHORT_MESSAGE).await;
    app.tell(STATE_UPDATED, SHORT_STATE).await;
    let expected = json!([{
        "sid": "CHtest123", "name": "Test", "status": "active",
        "last_message": {
            "sid": "IMtest123", "index": null, "sent_at": "2024-01-15T10:30:00Z",
            "from": "Bot", "body": "Hello",
        },
        "participants": [],
    }]);
    assert_eq!(app.list("").await, expected);
    app.tell(STATE_UPDATED, &SHORT_STATE.replace("active", "inactive")).await;
    assert_eq!(app.list("").await[0]["status"], "inactive");
    assert_eq!(app.dead().await, []);
}

#[tokio::test]
async fn a_body_without_a_name_is_unknown_on_the_route_of_all() {
    let app = App::start().await;
    for form in [SHORT_MESSAGE, SHORT_STATE, "EventType=onSomethingNew&ConversationSid=CH1"] {
        app.tell(EVENT, form).await;
    }
    assert_eq!(app.list("").await, json!([]));
    assert_eq!(app.stats().await.total(), 3);
    assert_eq!(app.dead().await, []);
}

#[tokio::test]
async fn every_event_is_acknowledged_on_every_route() {
    let app = App::start().await;
    let names =
        <switchhook::twilio::conversations::ConversationsWebhook as switchhook::Family>::events();
    let mut sent = 0;
    for name in names.map(|info| info.name) {
        for path in [EVENT, MESSAGE_ADDED, STATE_UPDATED, PARTICIPANT_ADDED] {
            app.tell(path, &event(name, &[])).await;
            sent += 1;
        }
    }
    app.handled().await;
    let stats = app.stats().await;
    assert_eq!((stats.total(), stats.count(switchhook::inbox::State::Done)), (sent, sent));
}

#[tokio::test]
async fn the_last_message_moves_its_conversation_to_the_top() {
    let app = App::start().await;
    let of = |sid: &str, second: &str| {
        let at = format!("2026-02-03T09:00:{second}Z");
        let message_sid = format!("IM{sid}{second}");
        event(
            "onMessageAdded",
            &[("ConversationSid", sid), ("MessageSid", &message_sid), ("DateCreated", &at)],
        )
    };
    let sids = |list: Value| -> Vec<String> {
        let rows = list.as_array().unwrap().iter();
        rows.map(|row| row["sid"].as_str().unwrap().to_owned()).collect()
    };
    for (sid, second) in [("CH1", "01"), ("CH2", "02.5"), ("CH3", "02")] {
        app.tell(EVENT, &of(sid, second)).await;
    }
    assert_eq!(sids(app.list("").await), ["CH2", "CH3", "CH1"]);
    app.tell(EVENT, &of("CH1", "03")).await;
    assert_eq!(sids(app.list("").await), ["CH1", "CH2", "CH3"]);
}

#[tokio::test]
async fn a_label_is_what_the_attributes_say_else_the_author() {
    let app = App::start().await;
    for (index, attributes, from) in [
        (1, r#"{"from":"Bot"}"#, "Bot"),
        (2, r#"{"from":"#, "+15550100001"),
        (3, "[1]", "+15550100001"),
    ] {
        let form = message(index, "Hello").replace("Attributes=%7B%7D", "");
        let attributes = switchhook::Params::from_pairs([("Attributes", attributes)]).to_form();
        let form = form.replace("Author=agent7", "Author=%2B15550100001");
        app.tell(MESSAGE_ADDED, &format!("{form}&{attributes}").replace("&&", "&")).await;
        let last = &app.conversation("CH1").await["last_message"];
        assert_eq!((&last["from"], &last["index"]), (&json!(from), &json!(index)));
    }
}

#[tokio::test]
async fn conversations_are_listed_by_status() {
    let app = App::start().await;
    for (sid, state) in [("CH1", "inactive"), ("CH2", "closed"), ("CH3", "active")] {
        let changes = [("ConversationSid", sid), ("StateTo", state)];
        app.tell(EVENT, &event("onConversationStateUpdated", &changes)).await;
    }
    for (status, sid) in [("inactive", "CH1"), ("closed", "CH2"), ("active", "CH3")] {
        let list = app.list(&format!("?status={status}")).await;
        assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
        assert_eq!((&list[0]["sid"], &list[0]["status"]), (&json!(sid), &json!(status)));
    }
    assert_eq!(app.list("").await.as_array().unwrap().len(), 3);
    let path = "/api/conversations?status=paused";
    assert_eq!(app.call("GET", path).await.0, 400);
    // One that is removed is on the desk no more.
    app.tell(EVENT, &event("onConversationRemoved", &[("ConversationSid", "CH2")])).await;
    assert_eq!(app.list("?status=closed").await, json!([]));
    assert_eq!(app.call("GET", "/api/conversations/CH2").await.0, 404);
}

#[tokio::test]
async fn participants_have_a_role_or_a_contact() {
    let app = App::start().await;
    let chats = |sid: &str, identity: &str| {
        let changes = [("ConversationSid", "CH1"), ("ParticipantSid", sid), ("Identity", identity)];
        event("onParticipantAdded", &changes)
    };
    let writes = |conversation: &str, sid: &str| {
        let changes = [
            ("ConversationSid", conversation),
            ("ParticipantSid", sid),
            ("Identity", ""),
            ("MessagingBinding.Type", "sms"),
            ("MessagingBinding.Address", "+15550100001"),
            ("MessagingBinding.ProxyAddress", "+15550199999"),
        ];
        event("onParticipantAdded", &changes)
    };
    app.tell(PARTICIPANT_ADDED, &chats("MB1", "agent7")).await;
    app.tell(EVENT, &chats("MB2", "mallory")).await;
    app.tell(PARTICIPANT_ADDED, &writes("CH1", "MB3")).await;
    app.tell(PARTICIPANT_ADDED, &writes("CH2", "MB4")).await;
    let contact = json!({ "id": 1, "address": "+15550100001", "blocked": false });
    let expected = json!([
        { "sid": "MB1", "identity": "agent7", "role": "staff", "contact": null },
        { "sid": "MB2", "identity": "mallory", "role": "guest", "contact": null },
        { "sid": "MB3", "identity": null, "role": null, "contact": contact },
    ]);
    assert_eq!(app.conversation("CH1").await["participants"], expected);
    // The same person elsewhere is the same contact.
    assert_eq!(app.conversation("CH2").await["participants"][0]["contact"], contact);

    // Who leaves is gone there, and stays a contact.
    let leaves = [("ConversationSid", "CH1"), ("ParticipantSid", "MB3")];
    app.tell(EVENT, &event("onParticipantRemoved", &leaves)).await;
    assert_eq!(app.conversation("CH1").await["participants"].as_array().unwrap().len(), 2);
    assert_eq!(app.conversation("CH2").await["participants"][0]["contact"], contact);
}

#[tokio::test]
async fn what_is_not_proven_is_refused() {
    let app = App::start().await;
    for path in [EVENT, MESSAGE_ADDED, STATE_UPDATED, PARTICIPANT_ADDED, super::MODERATION] {
        assert_eq!(app.ask_with("another key", path, SHORT_MESSAGE).await.0, 403, "{path}");
        assert_eq!(app.call("GET", path).await.0, 405, "{path}");
        assert_eq!(app.caller.call("POST", path, &[JSON], "{}").await.status, 415, "{path}");
    }
    // What the desk leaves for later is reached by nobody.
    assert_eq!(app.ask_with(KEY, "/outbound", SHORT_MESSAGE).await.0, 404);
    assert_eq!(app.stats().await.total(), 0);
}

#[tokio::test]
async fn without_a_token_signatures_are_not_checked() {
    let app = App::of(&[]).await;
    assert_eq!(app.ask_with("any key", MESSAGE_ADDED, SHORT_MESSAGE).await.0, 200);
    assert_eq!(app.list("").await[0]["last_message"]["body"], "Hello");
}
