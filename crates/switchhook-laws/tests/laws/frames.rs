//! What the laws ask of the messages of sockets, by the provider's table of them.

use serde_json::Value;
use switchhook::twilio::voice::{
    conversation_relay, media_streams,
    websocket::{Decoded, Limits, MessageInfo, Messages},
};

/// The directions, such as `media-streams/in`.
macro_rules! directions {
    ($each:ident) => {
        $each!(media_streams::Inbound<'_>);
        $each!(media_streams::Outbound<'_>);
        $each!(conversation_relay::Inbound);
        $each!(conversation_relay::Outbound);
    };
}

/// The provider's table.
pub(crate) fn table() -> Value {
    serde_json::from_str(include_str!(
        "../../../switchhook-twilio-voice/tests/fixtures/twilio-voice-websocket.json"
    ))
    .unwrap()
}

/// The messages of the model: direction, tag, row.
pub(crate) fn messages() -> Vec<(&'static str, &'static str, &'static MessageInfo)> {
    fn rows<'a, M: Messages<'a>>()
    -> impl Iterator<Item = (&'static str, &'static str, &'static MessageInfo)> {
        M::MESSAGES.iter().map(|info| (M::NAME, M::TAG, *info))
    }
    let mut all = Vec::new();
    macro_rules! each {
        ($direction:ty) => {
            all.extend(rows::<$direction>());
        };
    }
    directions!(each);
    all
}

/// Reads a text as a message of a direction.
pub(crate) fn read(direction: &str, text: &str, look: &mut dyn FnMut(Decoded<'_>)) {
    fn one<'a, M: Messages<'a>>(name: &str, text: &'a str, look: &mut dyn FnMut(Decoded<'_>)) {
        if M::NAME == name {
            look(M::parse_within(text, &Limits::default()).decoded());
        }
    }
    macro_rules! each {
        ($direction:ty) => {
            one::<$direction>(direction, text, look);
        };
    }
    directions!(each);
}

/// The samples of the table: direction, name, text.
pub(crate) fn samples() -> Vec<(String, String, String)> {
    let table = table();
    let samples = table["samples"].as_array().unwrap().iter().map(|sample| {
        let (direction, name) = sample["event"].as_str().unwrap().rsplit_once('/').unwrap();
        let body = sample["body"].as_str().unwrap();
        (direction.to_owned(), name.to_owned(), body.to_owned())
    });
    let samples: Vec<_> = samples.collect();
    // One at least of each message.
    for (direction, _, info) in messages() {
        assert!(samples.iter().any(|sample| (&*sample.0, &*sample.1) == (direction, info.name)));
    }
    samples
}

/// The place of a dotted path.
pub(crate) fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}
