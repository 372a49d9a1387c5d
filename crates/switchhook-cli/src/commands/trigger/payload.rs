//! What an event consists of: its sample, with other values.

use switchhook::{EventInfo, Format, Params, Payload};

use crate::{exit::usage, families::check_path};

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
///
/// # Errors
///
/// A path that no JSON has.
pub(super) fn payload(event: &EventInfo, pairs: &Pairs) -> anyhow::Result<Payload> {
    let texts = || pairs.iter().map(|(name, value)| (&**name, &**value));
    if event.format != Format::Json {
        return Ok(Params::from_pairs(texts()).into());
    }
    texts().try_for_each(|(path, _)| check_path(path)).map_err(usage)?;
    Ok(event.json_of(texts()).into())
}
