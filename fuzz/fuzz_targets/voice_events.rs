//! Every Voice webhook from any form: classified, its headers found, nothing lost.

#![no_main]

use libfuzzer_sys::fuzz_target;
use switchhook_core::Family;
use switchhook_twilio_voice::{VoiceWebhook, classify};

fuzz_target!(|input: (u8, &[u8])| {
    for event in switchhook_fuzz::hold::<VoiceWebhook>(input.0, input.1) {
        if let Some(classification) = event.params().and_then(classify) {
            assert!(VoiceWebhook::events().any(|info| info.group == classification.group));
        }
        if let VoiceWebhook::IncomingCall(call) = event {
            assert!(call.sip_headers().all(|(name, _)| !name.is_empty()));
        }
    }
});
