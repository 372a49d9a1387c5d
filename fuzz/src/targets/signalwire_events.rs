//! Every SignalWire event from any JSON: nothing is lost, nothing panics.

use switchhook_core::{Decoded, Family, Format, Json, Payload};
use switchhook_signalwire::{SignalWireEvent, SwaigFunction};

pub fn check(event: u8, text: &[u8]) {
    let Ok(json) = Json::parse(text) else { return };
    let payload = Payload::from(json.clone());

    // As it is, and as the event that the first byte names.
    let events: Vec<_> =
        SignalWireEvent::events().filter(|info| info.format == Format::Json).collect();
    let info = events[usize::from(event) % events.len()];
    let read = [SignalWireEvent::decode(&payload), SignalWireEvent::decode_as(info.name, &payload)];
    for event in read {
        let _ = (format!("{event:?}"), event.name());
        if let SignalWireEvent::SwaigFunction(function) = &event {
            let _ = SwaigFunction::arguments::<serde_json::Value>(function);
        }
        let Decoded::Event(data) = event.decoded() else { continue };
        assert_eq!(data.payload(), payload);
        let _ = (data.extra_names(), data.idempotency_key(), data.order(), data.problems().len());
        let named = data
            .info()
            .discriminator
            .is_some_and(|path| json.without_rpc(data.info().rpc).at(path).is_none());
        if !named {
            assert_eq!(data.to_payload(), payload);
        }
    }
}
