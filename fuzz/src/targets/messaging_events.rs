//! Every Messaging webhook from any form: classified, its media paired, its channel told; JSON is
//! none.

use switchhook_core::Family;
use switchhook_twilio_messaging::{MessagingWebhook, classify};

use crate::families::{hold, hold_json};

pub fn check(event: u8, body: &[u8]) {
    for event in hold::<MessagingWebhook>(event, body) {
        if let Some(classification) = event.params().and_then(classify) {
            assert!(MessagingWebhook::events().any(|info| info.group == classification.group));
        }
        if let MessagingWebhook::IncomingMessage(message) = event {
            let media = message.media();
            assert!(media.is_sorted_by_key(|media| media.index));
            let _ = format!("{media:?} {:?}", message.channel());
        }
    }
    hold_json::<MessagingWebhook>(event, body);
}
