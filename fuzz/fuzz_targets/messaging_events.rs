//! Every Messaging webhook from any form: classified, its media paired, its channel told.

#![no_main]

use libfuzzer_sys::fuzz_target;
use switchhook_core::Family;
use switchhook_twilio_messaging::{MessagingWebhook, classify};

fuzz_target!(|input: (u8, &[u8])| {
    for event in switchhook_fuzz::hold::<MessagingWebhook>(input.0, input.1) {
        if let Some(classification) = event.params().and_then(classify) {
            assert!(MessagingWebhook::events().any(|info| info.group == classification.group));
        }
        if let MessagingWebhook::IncomingMessage(message) = event {
            let media = message.media();
            assert!(media.is_sorted_by_key(|media| media.index));
            let _ = format!("{media:?} {:?}", message.channel());
        }
    }
});
