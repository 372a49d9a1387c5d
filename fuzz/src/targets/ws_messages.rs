//! Any text as a message of both protocols in both directions: it reads as something, stays
//! to the byte, and changed it is still JSON with everything else in it.

use serde_json::{Map, Value};
use switchhook_twilio_voice::{
    conversation_relay, media_streams,
    websocket::{Decoded, Limits, Messages},
};

pub fn check(text: &str) {
    stays::<media_streams::Inbound<'_>>(text);
    stays::<media_streams::Outbound<'_>>(text);
    stays::<conversation_relay::Inbound>(text);
    stays::<conversation_relay::Outbound>(text);

    if let media_streams::Inbound::Media(mut media) = media_streams::Inbound::parse(text) {
        let audio = media.payload.audio();
        assert_eq!(media.clone().into_owned(), media);
        media.chunk = Some(u64::MAX);
        let changed = media.to_json();
        let media_streams::Inbound::Media(again) = media_streams::Inbound::parse(&changed) else {
            panic!("{changed}")
        };
        assert_eq!((again.chunk, again.payload.audio()), (Some(u64::MAX), audio));
        same_but(text, &changed, "/media/chunk");
    }
    if let conversation_relay::Outbound::End(mut end) = conversation_relay::Outbound::parse(text) {
        end.handoff_data = Some("{\"a\":\"\u{1}\"}".into());
        let changed = end.to_json();
        let again = conversation_relay::Outbound::parse(&changed);
        let conversation_relay::Outbound::End(again) = again else { panic!("{changed}") };
        assert_eq!(again.handoff_data, end.handoff_data);
        same_but(text, &changed, "/handoffData");
    }
}

fn stays<'a, M: Messages<'a>>(text: &'a str) {
    let message = M::parse_within(text, &Limits::DEFAULT);
    let decoded = message.decoded();
    assert_eq!(decoded.to_json(), text);
    match decoded {
        Decoded::Message(message) => {
            let _ = (format!("{message:?}"), message.problems().len(), message.extra().len());
            message.visit(&mut |_, value| {
                let Some(value) = value else { return };
                serde_json::from_str::<Value>(&value.to_json()).expect("a value is JSON");
            });
        }
        Decoded::Unknown(unknown) => _ = format!("{unknown:?}"),
        Decoded::Malformed(malformed) => {
            let _ = format!("{malformed:?}");
            // What is an object of texts that are whole is unknown, or announces a message.
            let is_object = serde_json::from_str::<Map<String, Value>>(text).is_ok();
            assert!(!is_object || malformed.info().is_some(), "{:?}", malformed.reason());
        }
        _ => {}
    }
}

/// The value at `path` has changed and nothing else.
fn same_but(text: &str, changed: &str, path: &str) {
    let Ok(mut before) = serde_json::from_str::<Value>(text) else { return };
    let mut after: Value = serde_json::from_str(changed).expect("what is written is JSON");
    for value in [&mut before, &mut after] {
        let (parent, key) = path.rsplit_once('/').expect("a path");
        if let Some(Value::Object(object)) = value.pointer_mut(parent) {
            object.remove(key);
        }
    }
    assert_eq!(before, after);
}
