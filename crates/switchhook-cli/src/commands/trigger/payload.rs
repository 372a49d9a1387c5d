//! What an event consists of: its sample, with other values.

use switchhook::{EventInfo, Format, Params, Payload};

/// Parameters by name, or values by path, in their order.
pub(super) type Pairs = Vec<(String, String)>;

/// The sample of the event.
pub(super) fn sample(event: &EventInfo) -> Pairs {
    event.sample().iter().map(|(name, value)| (name.into(), value.into())).collect()
}

/// Sets the first value of this name, or adds one.
pub(super) fn set(pairs: &mut Pairs, name: &str, value: &str) {
    match pairs.iter_mut().find(|pair| pair.0 == name) {
        Some(pair) => value.clone_into(&mut pair.1),
        None => pairs.push((name.to_owned(), value.to_owned())),
    }
}

/// The pairs in the event's format.
pub(super) fn payload(event: &EventInfo, pairs: &Pairs) -> Payload {
    match event.format {
        Format::Json => event.json_of(pairs.iter().map(|(name, value)| (&**name, &**value))).into(),
        _ => Params::from_pairs(pairs.iter().map(|(name, value)| (&**name, &**value))).into(),
    }
}
