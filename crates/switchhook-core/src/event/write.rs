//! Writing events out again: exact pairs, and serde with wire names.

use std::{collections::HashMap, fmt};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, SeqAccess, Visitor},
    ser::{Error as _, SerializeMap as _},
};

use super::{Decoded, EventData, EventInfo, Family, Field, Format, FromFamily};
use crate::{ContentType, Json, Limits, Params, Payload, wire::refuse_unseen};

type Pair = (Vec<u8>, Vec<u8>);

/// Merges the fields into the pairs that were received. A pair whose field still has the
/// value that it was read as stays to the byte; a changed one gets the new text; a field
/// set since is appended.
#[doc(hidden)]
pub fn to_params(event: &dyn EventData, received: &Params) -> Params {
    let info = event.info();
    let mut fields: Vec<Merged> = Vec::with_capacity(info.fields.len());
    event.visit(&mut |field, value| {
        let current = value.map(|value| value.to_string());
        fields.push(Merged { field, current, seen: false, changed: false });
    });

    let mut pairs: Vec<Pair> = Vec::with_capacity(received.len() + 1);
    if let Some(discriminator) = info.discriminator.filter(|name| !received.contains(name)) {
        pairs.push((discriminator.into(), info.name.into()));
    }
    for (name, value, withheld) in received.iter_withheld() {
        let merged = fields.iter_mut().find(|merged| merged.field.goes_by(name));
        let place = |merged: &mut Merged| merged.place(name, value, withheld);
        pairs.extend(merged.map_or_else(|| Some((name.into(), value.into())), place));
    }
    for merged in &mut fields {
        if !merged.seen {
            pairs.extend(merged.take(merged.field.wire.as_bytes()));
        }
    }
    let params = Params::from_pairs(pairs);
    if received.replaces_invalid_text() { params.replace_invalid_text() } else { params }
}

/// A field on its way into the pairs that were received.
struct Merged {
    field: &'static Field,
    current: Option<String>,
    /// Whether a pair of its name came by.
    seen: bool,
    /// Whether the value is another one than was received; then the repeats go, too.
    changed: bool,
}

impl Merged {
    /// What stands in the place of a pair of its name: the pair itself while the first one
    /// still gives the field's value, else the new value in the first place and nothing in
    /// those of the repeats.
    fn place(&mut self, name: &[u8], value: &[u8], withheld: bool) -> Option<Pair> {
        if !self.seen {
            self.seen = true;
            let text = String::from_utf8_lossy(value);
            let readable = !withheld && !text.is_empty();
            let read = if readable { (self.field.canonical)(&text) } else { None };
            self.changed = read != self.current;
        }
        if self.changed { self.take(name) } else { Some((name.into(), value.into())) }
    }

    /// The pair of the new value, once.
    fn take(&mut self, name: &[u8]) -> Option<Pair> {
        Some((name.into(), self.current.take()?.into()))
    }
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
    serialize_payload(&event.to_payload(), Some(event.info()), serializer)
}

fn serialize_payload<S: Serializer>(
    payload: &Payload,
    info: Option<&EventInfo>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match payload {
        Payload::Params(params) => serialize_params(params, info, serializer),
        Payload::Json(json) => json.serialize(serializer),
        Payload::Other(_) => Err(S::Error::custom("the payload is neither a form nor JSON")),
    }
}

/// Serializes a delivery, typed or not.
///
/// Of a payload that is neither a form nor JSON it is an error rather than a loss.
#[doc(hidden)]
pub fn serialize_decoded<S: Serializer>(
    decoded: &Decoded<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match decoded {
        Decoded::Event(event) => serialize_event(*event, serializer),
        Decoded::Unknown { payload, .. } | Decoded::Malformed { payload, .. } => {
            serialize_payload(payload, None, serializer)
        }
    }
}

/// The key under which pairs that are not UTF-8 stand, as `{"form": "…"}`; so do parameters of
/// this very name, as an object names nothing twice. With `"replaced": true` their text is
/// [admitted](Params::replace_invalid_text). No other parameter's value is a map.
const NOT_TEXT: &str = "not-utf-8";

fn serialize_params<S: Serializer>(
    params: &Params,
    info: Option<&EventInfo>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut names: Vec<(&str, Vec<&str>)> = Vec::with_capacity(params.len());
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(params.len());
    let mut not_text: Vec<(&[u8], &[u8])> = Vec::new();
    for (name, value, _) in params.iter_withheld() {
        let text = (std::str::from_utf8(name), std::str::from_utf8(value));
        let (Ok(name), Ok(value), true) = (text.0, text.1, name != NOT_TEXT.as_bytes()) else {
            not_text.push((name, value));
            continue;
        };
        let place = *places.entry(name).or_insert(names.len());
        match names.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => names.push((name, vec![value])),
        }
    }
    let mut map = serializer.serialize_map(None)?;
    for (name, values) in names {
        let kind = info.and_then(|info| info.field(name)).map(|field| field.kind);
        match *values {
            [value] => match kind.and_then(|kind| kind.number(value)) {
                Some(number) => map.serialize_entry(name, &number)?,
                None => map.serialize_entry(name, value)?,
            },
            _ => map.serialize_entry(name, &values)?,
        }
    }
    if !not_text.is_empty() {
        let form = Params::from_pairs(not_text).to_form();
        let replaced = params.replaces_invalid_text();
        map.serialize_entry(NOT_TEXT, &NotText { form, replaced })?;
    }
    map.end()
}

/// Pairs that are not text.
struct NotText {
    form: String,
    /// Whether their text is admitted all the same.
    replaced: bool,
}

impl Serialize for NotText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("form", &self.form)?;
        if self.replaced {
            map.serialize_entry("replaced", &true)?;
        }
        map.end()
    }
}

/// Reads an event or a group of events from a map of wire names.
#[doc(hidden)]
pub fn deserialize_of<'de, E: FromFamily, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    let params = <Params as Deserialize>::deserialize(deserializer)?;
    take(&Payload::from(params))
}

/// Reads an event in JSON.
#[doc(hidden)]
pub fn deserialize_json_of<'de, E: FromFamily, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    take(&Payload::from(Json::deserialize(deserializer)?))
}

fn take<E: FromFamily, D: serde_core::de::Error>(payload: &Payload) -> Result<E, D> {
    E::read(payload).map_err(|other| match other.decoded() {
        Decoded::Malformed { reason, .. } => D::custom(reason),
        _ => D::custom("another event of the family"),
    })
}

/// Reads a family's enum from a map of wire names, or from JSON as it is.
///
/// Where the family has both, each is tried, and what it knows is taken; of what it does not
/// know, the one that it names first.
#[doc(hidden)]
pub fn deserialize_family<'de, F: Family, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<F, D::Error> {
    if !F::CONTENT_TYPES.contains(&ContentType::Json) {
        return Ok(F::decode(&Payload::from(<Params as Deserialize>::deserialize(deserializer)?)));
    }
    let json = Json::deserialize(deserializer)?;
    let event = F::decode(&Payload::from(json.clone()));
    let may_be_form = match event.decoded() {
        Decoded::Unknown { .. } => true,
        // Events are written as their names and texts, however they came.
        Decoded::Event(event) => F::FLAT_JSON && event.info().format == Format::Form,
        Decoded::Malformed { info, .. } => F::FLAT_JSON && info.format == Format::Form,
    };
    if F::CONTENT_TYPES.contains(&ContentType::Form)
        && may_be_form
        && let Ok(params) = json.to::<Params>()
    {
        let form = F::decode(&Payload::from(params));
        let usual = F::CONTENT_TYPES.first() == Some(&ContentType::Form);
        if usual || !matches!(form.decoded(), Decoded::Unknown { .. }) {
            return Ok(form);
        }
    }
    Ok(event)
}

/// Reads the pairs of a map of wire names: a text, a number or a truth value for each name, or
/// a list of them where the name is repeated. Null is absent.
impl<'de> Deserialize<'de> for Params {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PairsOf)
    }
}

/// Collects the pairs of a map: scalars as their text, lists as repeats, null as absent.
struct PairsOf;

impl<'de> Visitor<'de> for PairsOf {
    type Value = Params;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of parameters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Params, A::Error> {
        let mut pairs: Vec<Pair> = Vec::new();
        let mut replaces = false;
        while let Some((name, texts)) = map.next_entry::<String, Texts>()? {
            match texts {
                Texts::Values(values) => {
                    let pair = |value: String| (name.clone().into(), value.into());
                    pairs.extend(values.into_iter().map(pair));
                }
                Texts::NotText(NotText { form, replaced }) => {
                    let params = Params::parse_within(form.as_bytes(), &Limits::NONE);
                    let params = params.map_err(A::Error::custom)?;
                    replaces |= replaced;
                    pairs.extend(params.iter_bytes().map(|(n, v)| (n.to_vec(), v.to_vec())));
                }
            }
        }
        let params = Params::from_pairs(pairs);
        Ok(if replaces { params.replace_invalid_text() } else { params })
    }

    refuse_unseen! {
        visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str,
        visit_bytes: &[u8],
    }
}

/// The texts of one map entry.
enum Texts {
    Values(Vec<String>),
    NotText(NotText),
}

impl<'de> serde_core::Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextsVisitor)
    }
}

struct TextsVisitor;

macro_rules! visit_scalars {
    ($($method:ident: $type:ty),*) => {$(
        fn $method<E>(self, scalar: $type) -> Result<Texts, E> {
            Ok(Texts::Values(vec![scalar.to_string()]))
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
        Ok(Texts::Values(Vec::new()))
    }

    fn visit_none<E>(self) -> Result<Texts, E> {
        Ok(Texts::Values(Vec::new()))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Texts, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
        let mut texts = Vec::new();
        while let Some(more) = list.next_element()? {
            match more {
                Texts::Values(more) => texts.extend(more),
                Texts::NotText(_) => return Err(A::Error::custom("a form inside a list")),
            }
        }
        Ok(Texts::Values(texts))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts, A::Error> {
        let no_map = || A::Error::custom("a parameter's value is no map");
        if map.next_key::<String>()?.as_deref() != Some("form") {
            return Err(no_map());
        }
        let form = match map.next_value()? {
            Texts::Values(mut form) if form.len() == 1 => form.remove(0),
            _ => return Err(no_map()),
        };
        let replaced = match map.next_key::<String>()?.as_deref() {
            None => false,
            Some("replaced") => map.next_value()?,
            Some(_) => return Err(no_map()),
        };
        match map.next_key::<String>()? {
            None => Ok(Texts::NotText(NotText { form, replaced })),
            Some(_) => Err(no_map()),
        }
    }
}
