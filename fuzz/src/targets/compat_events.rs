//! Every webhook of the compatibility API from any form: classified, its media paired; and from any
//! JSON: nothing is lost.

use switchhook_core::{Decoded, Family, Json, Payload};
use switchhook_signalwire::compat::{CompatWebhook, classify};

use crate::families::hold;

pub fn check(event: u8, body: &[u8]) {
    for event in hold::<CompatWebhook>(event, body) {
        if let Some(classification) = event.params().and_then(classify) {
            assert!(CompatWebhook::events().any(|info| info.name == classification.group));
        }
        if let CompatWebhook::IncomingMessage(message) = event {
            assert!(message.media().is_sorted_by_key(|media| media.index));
        }
    }

    let Ok(json) = Json::parse(body) else { return };
    let payload = Payload::from(json);
    let event = CompatWebhook::decode(&payload);
    let _ = format!("{event:?}");
    if let Decoded::Event(data) = event.decoded() {
        assert_eq!(data.payload(), payload);
        assert_eq!(data.to_payload(), payload);
        let _ = (data.extra_names(), data.idempotency_key(), data.order());
    }
}
