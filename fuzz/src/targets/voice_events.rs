//! Every Voice webhook from any form: classified, its headers found; and the one in JSON from any
//! JSON: nothing is lost.

use switchhook_core::Family;
use switchhook_twilio_voice::{VoiceWebhook, classify};

use crate::families::{hold, hold_json};

pub fn check(event: u8, body: &[u8]) {
    for event in hold::<VoiceWebhook>(event, body) {
        if let Some(classification) = event.params().and_then(classify) {
            assert!(VoiceWebhook::events().any(|info| info.group == classification.group));
        }
        if let VoiceWebhook::IncomingCall(call) = event {
            assert!(call.sip_headers().all(|(name, _)| !name.is_empty()));
        }
    }
    hold_json::<VoiceWebhook>(event, body);
}
