//! Writing events out again: exact pairs, and serde with wire names.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer, Serializer,
    de::{Error as _, MapAccess, SeqAccess, Visitor},
    ser::SerializeMap as _,
};

use super::{Decoded, Event, EventData, EventInfo, Family, Field};
use crate::{Params, Payload, WireValue};

type Visit<'a> = dyn Fn(&mut dyn FnMut(&'static Field, Option<WireValue<'_>>)) + 'a;

/// Merges the fields into the pairs that were received. A pair whose field still has the
/// value that it was read as stays to the byte; a changed one gets the new text; a field
/// set since is appended.
pub(super) fn to_params(info: &EventInfo, received: &Params, visit: &Visit<'_>) -> Params {
    let mut fields: Vec<(&Field, Option<String>, bool)> = Vec::with_capacity(info.fields.len());
    visit(&mut |field, value| fields.push((field, value.map(|value| value.to_string()), false)));

    let mut pairs: Vec<(Vec<u8>, Vec<u8>)> = Vec::with_capacity(received.len() + 1);
    if let Some(discriminator) = info.discriminator.filter(|name| !received.contains(name)) {
        pairs.push((discriminator.into(), info.name.into()));
    }
    for (name, value) in received.iter_bytes() {
        let first = fields.iter_mut().find(|field| field.0.wire.as_bytes() == name && !field.2);
        let Some((field, current, seen)) = first else {
            pairs.push((name.into(), value.into()));
            continue;
        };
        *seen = true;
        let text = String::from_utf8_lossy(value);
        let read = if text.is_empty() { None } else { (field.canonical)(&text) };
        if read == *current {
            pairs.push((name.into(), value.into()));
        } else if let Some(current) = current {
            pairs.push((name.into(), current.clone().into()));
        }
    }
    for (field, current, seen) in fields {
        if let (false, Some(current)) = (seen, current) {
            pairs.push((field.wire.into(), current.into()));
        }
    }
    Params::from_pairs(pairs)
}

/// Serializes a known event: wire names, numbers as numbers, repeats as lists.
///
/// A number whose text is not the usual one (`042`) stays text, so that reading it back
/// gives the same pairs.
#[doc(hidden)]
pub fn serialize_event<S: Serializer>(
    event: &dyn EventData,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serialize_params(&event.to_params(), Some(event.info()), serializer)
}

/// Serializes a delivery, typed or not.
#[doc(hidden)]
pub fn serialize_decoded<S: Serializer>(
    decoded: &Decoded<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match decoded {
        Decoded::Event(event) => serialize_event(*event, serializer),
        Decoded::Unknown { payload, .. } | Decoded::Malformed { payload, .. } => {
            match payload.params() {
                Some(params) => serialize_params(params, None, serializer),
                None => serializer.serialize_str(&String::from_utf8_lossy(payload.as_bytes())),
            }
        }
    }
}

fn serialize_params<S: Serializer>(
    params: &Params,
    info: Option<&EventInfo>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let params = params.clone().replace_invalid_text();
    let mut map = serializer.serialize_map(None)?;
    for (at, (name, value)) in params.iter().enumerate() {
        if params.iter().take(at).any(|earlier| earlier.0 == name) {
            continue;
        }
        if params.iter().skip(at + 1).any(|later| later.0 == name) {
            map.serialize_entry(name, &params.get_all(name).collect::<Vec<_>>())?;
            continue;
        }
        let kind = info.and_then(|info| info.field(name)).map(|field| field.kind);
        match kind.and_then(|kind| kind.number(value)) {
            Some(number) => map.serialize_entry(name, &number)?,
            None => map.serialize_entry(name, value)?,
        }
    }
    map.end()
}

/// Reads an event from a map of wire names.
#[doc(hidden)]
pub fn deserialize_event<'de, E: Event, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    let params = deserializer.deserialize_map(PairsOf(PhantomData))?;
    E::from_params(params.into()).map_err(D::Error::custom)
}

/// Reads a family's enum from a map of wire names.
#[doc(hidden)]
pub fn deserialize_family<'de, F: Family, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<F, D::Error> {
    let params = deserializer.deserialize_map(PairsOf(PhantomData))?;
    Ok(F::decode(&Payload::from(params)))
}

/// Collects the pairs of a map: scalars as their text, lists as repeats, null as absent.
struct PairsOf<'de>(PhantomData<&'de ()>);

impl<'de> Visitor<'de> for PairsOf<'de> {
    type Value = Params;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of parameters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Params, A::Error> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        while let Some((name, Texts(values))) = map.next_entry::<String, Texts>()? {
            pairs.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
        Ok(Params::from_pairs(pairs))
    }
}

/// The texts of one map entry.
struct Texts(Vec<String>);

impl<'de> serde::Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextsVisitor)
    }
}

struct TextsVisitor;

macro_rules! visit_scalars {
    ($($method:ident: $type:ty),*) => {$(
        fn $method<E>(self, scalar: $type) -> Result<Texts, E> {
            Ok(Texts(vec![scalar.to_string()]))
        }
    )*};
}

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a truth value or a list of them")
    }

    visit_scalars!(visit_str: &str, visit_bool: bool, visit_u64: u64, visit_i64: i64, visit_f64: f64);

    fn visit_unit<E>(self) -> Result<Texts, E> {
        Ok(Texts(Vec::new()))
    }

    fn visit_none<E>(self) -> Result<Texts, E> {
        Ok(Texts(Vec::new()))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Texts, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
        let mut texts = Vec::new();
        while let Some(Texts(more)) = list.next_element()? {
            texts.extend(more);
        }
        Ok(Texts(texts))
    }
}
