//! Forms that come as flat JSON objects: the same names, the same events.

use std::{borrow::Cow, sync::Arc};

use super::{EventData, Family, Field, Received, to_params};
use crate::{
    Json, JsonKind, JsonRef, Params, Payload, WireValue,
    json::{Edit, quoted},
};

/// The members of an object as the pairs of a form: texts, numbers and truth values as they are,
/// what has an inside as its JSON. Null is absent. `None` for what is no object.
#[doc(hidden)]
pub fn flat_params(json: JsonRef<'_>) -> Option<Params> {
    let pairs = json.members().filter(|(_, value)| !value.is_null()).map(|(name, value)| {
        let text = value.scalar().unwrap_or(Cow::Borrowed(value.raw()));
        (name.into_owned(), text.into_owned())
    });
    (json.kind() == JsonKind::Object).then(|| Params::from_pairs(pairs))
}

/// A JSON payload and its pairs, where the family has such.
pub(super) fn flat<F: Family>(payload: &Payload) -> Option<(Json, Arc<Params>)> {
    if !F::FLAT_JSON {
        return None;
    }
    let json = payload.json()?;
    Some((json.clone(), Arc::new(flat_params(json.as_ref())?)))
}

impl Received {
    /// What was received.
    pub fn payload(&self) -> Payload {
        match &self.json {
            Some(json) => json.clone().into(),
            None => Payload::Params(Arc::clone(&self.params)),
        }
    }
}

/// The event as it would be sent, in the form in which it came.
#[doc(hidden)]
pub fn to_payload(event: &dyn EventData, received: &Received) -> Payload {
    match &received.json {
        Some(json) => changed(event, json, &received.params).into(),
        None => to_params(event, &received.params).into(),
    }
}

/// The object with the fields that were changed: in the place of the first of their names, the
/// others go.
fn changed(event: &dyn EventData, json: &Json, received: &Params) -> Json {
    let mut edits: Vec<Edit<'_>> = Vec::new();
    event.visit(&mut |field, value| {
        let sent = received.iter().filter(|(name, _)| field.goes_by(name.as_bytes()));
        let first = sent.clone().next();
        let readable = first.filter(|(_, text)| !text.is_empty());
        let was = readable.and_then(|(_, text)| (field.canonical)(text));
        if was == value.map(|value| value.to_string()) {
            return;
        }
        let name = first.map_or(field.wire, |(name, _)| name);
        let text = value.map(|value| json_text(value, json.as_ref().get(name), field));
        edits.push(Edit { path: name.into(), text });
        for (other, _) in sent.filter(|(other, _)| *other != name) {
            edits.push(Edit { path: other.into(), text: None });
        }
    });
    json.with(&edits)
}

/// A value as its neighbours are written: a number where none or one was, else a text.
fn json_text(value: WireValue<'_>, old: Option<JsonRef<'_>>, field: &Field) -> String {
    let is_text = old.is_some_and(|old| old.kind() == JsonKind::Text);
    match field.kind.number(&value.to_string()) {
        Some(number) if !is_text && value.as_str().is_none() => number.to_string(),
        _ => quoted(&value.to_string()),
    }
}
