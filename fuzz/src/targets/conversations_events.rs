//! Every Conversations event from any form, and the values within its texts; JSON is none.

use switchhook_twilio_conversations::{ConversationsWebhook, MessageAdd, MessageChanges, PreEvent};

use crate::families::{hold, hold_json};

pub fn check(event: u8, body: &[u8]) {
    for event in hold::<ConversationsWebhook>(event, body) {
        match event {
            ConversationsWebhook::MessageAdd(message) => {
                let _ = format!("{:?}", message.media_items());
                answer(&message);
            }
            ConversationsWebhook::ConversationAdd(conversation) => {
                let _ = (conversation.addresses().count(), conversation.media_items());
            }
            ConversationsWebhook::ConversationStateUpdated(updated) => {
                let _ = updated.new_state();
            }
            _ => {}
        }
    }
    hold_json::<ConversationsWebhook>(event, body);
}

/// What goes into an answer comes out of its JSON.
fn answer(message: &MessageAdd) {
    let (Some(body), Some(attributes)) = (&message.body, &message.attributes) else { return };
    let changes = MessageChanges::new().body(body.as_str()).attributes(attributes.clone());
    let response = message.modify(changes).into_response();
    let json: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(json["body"], body.as_str());
    assert_eq!(json["attributes"], attributes.as_str());
}
