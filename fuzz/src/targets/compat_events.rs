//! Every webhook of the compatibility API from any form: classified, its media paired; and from any
//! JSON: nothing is lost.

use switchhook_core::Family;
use switchhook_signalwire::compat::{CompatWebhook, classify};

use crate::families::{hold, hold_json};

pub fn check(event: u8, body: &[u8]) {
    for event in hold::<CompatWebhook>(event, body) {
        if let Some(classification) = event.params().and_then(classify) {
            assert!(CompatWebhook::events().any(|info| info.name == classification.group));
        }
        if let CompatWebhook::IncomingMessage(message) = event {
            assert!(message.media().is_sorted_by_key(|media| media.index));
        }
    }
    hold_json::<CompatWebhook>(event, body);
}
