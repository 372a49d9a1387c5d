//! Every Video event from any form: nothing is lost, nothing panics, nothing is shown.

#![no_main]

use libfuzzer_sys::fuzz_target;
use switchhook_core::{Decoded, Family, Params, Payload};
use switchhook_twilio_video::VideoEvent;

fuzz_target!(|input: (u8, &[u8])| {
    let (event, form) = input;
    let Ok(params) = Params::parse(form) else { return };
    let payload = Payload::from(params.clone());

    // As it is, and as the event that the first byte names.
    let events: Vec<_> = VideoEvent::events().collect();
    let info = events[usize::from(event) % events.len()];
    for event in [VideoEvent::decode(&payload), VideoEvent::decode_as(info.name, &payload)] {
        assert_eq!(event.params(), Some(&params));
        let _ = (format!("{event:?}"), event.name(), event.account_sid(), event.timestamp());
        let Decoded::Event(data) = event.decoded() else { continue };

        let out = data.to_params();
        let named = data.info().discriminator.is_some_and(|name| !params.contains(name));
        assert_eq!(out.len(), params.len() + usize::from(named));
        let pairs: Vec<_> = out.iter_bytes().skip(usize::from(named)).collect();
        assert_eq!(pairs, params.iter_bytes().collect::<Vec<_>>());

        // Through JSON the multiset of pairs is the same.
        let text = serde_json::to_string(&event).unwrap();
        let again: VideoEvent = serde_json::from_str(&text).unwrap();
        let sorted = |params: &Params| {
            let mut pairs: Vec<(Vec<u8>, Vec<u8>)> =
                params.iter_bytes().map(|(n, v)| (n.to_vec(), v.to_vec())).collect();
            pairs.sort();
            pairs
        };
        assert_eq!(sorted(again.params().unwrap()), sorted(&out));
    }
});
