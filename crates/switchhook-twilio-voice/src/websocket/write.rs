//! Writing messages: the JSON that came, with what was changed since.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
};

use super::{
    FieldValue, MessageInfo, Reader,
    field::{MOST_FIELDS, Place, Step},
    json,
};

/// Values in the order of the table.
type Values<'a> = [Option<FieldValue<'a>>];

/// The JSON of a message. What was received stays to the byte while no field has another
/// value than it was read as.
pub(super) fn to_json(
    info: &'static MessageInfo,
    received: Option<&str>,
    values: &Values<'_>,
) -> String {
    let mut changed = [false; MOST_FIELDS];
    if let Some(text) = received {
        // What was received has been read once already.
        let slots = Reader::default().slots(text, info).unwrap_or([None; MOST_FIELDS]);
        for (((field, slot), value), changed) in
            info.fields.iter().zip(slots).zip(values).zip(&mut changed)
        {
            *changed = !field.is(slot, *value);
        }
        if changed == [false; MOST_FIELDS] {
            return text.to_owned();
        }
    }
    let fields = info.fields.iter().zip(values);
    let length = fields
        .map(|(field, value)| value.map_or(0, |value| value.json_len() + field.path.len() + 8));
    let received_length = received.map_or(info.tag.len() + info.name.len() + 8, str::len);
    let mut writer = Writer {
        info,
        values,
        changed,
        out: String::with_capacity(length.sum::<usize>() + received_length),
    };
    writer.object("", received);
    writer.out
}

struct Writer<'a> {
    info: &'static MessageInfo,
    values: &'a Values<'a>,
    changed: [bool; MOST_FIELDS],
    out: String,
}

impl Writer<'_> {
    /// Writes the object at a path: its entries as they were received, then what is new.
    fn object(&mut self, parent: &str, received: Option<&str>) {
        let received = received.map_or_else(Vec::new, last_entries);
        let start = self.out.len();
        self.out.push('{');
        if parent.is_empty() && !received.iter().any(|(key, _)| key == self.info.tag) {
            self.key(start, self.info.tag);
            json::write_text(&mut self.out, self.info.name);
        }
        for &(ref key, value) in &received {
            match self.info.place(parent, key) {
                Place::Field(at) if self.changed[at] => self.field(start, key, at),
                Place::Object(path) if value.starts_with('{') => {
                    self.key(start, key);
                    self.object(path, Some(value));
                }
                Place::Object(path) if self.has_values(path) => {
                    self.key(start, key);
                    self.object(path, None);
                }
                _ => {
                    self.key(start, key);
                    self.out.push_str(value);
                }
            }
        }
        for (at, field) in self.info.fields.iter().enumerate() {
            let is_new = |name: &str| !received.iter().any(|(key, _)| key == name);
            match field.step(parent) {
                Some(Step::Here(name)) if is_new(name) => self.field(start, name, at),
                Some(Step::Inside { name, path })
                    if is_new(name) && self.is_first(at, path) && self.has_values(path) =>
                {
                    self.key(start, name);
                    self.object(path, None);
                }
                _ => {}
            }
        }
        self.out.push('}');
    }

    fn field(&mut self, start: usize, key: &str, at: usize) {
        if let Some(value) = self.values[at] {
            self.key(start, key);
            value.write_json(&mut self.out, self.info.fields[at].in_text);
        }
    }

    /// A key in the object that starts at `start`, with the comma before it.
    fn key(&mut self, start: usize, key: &str) {
        if self.out.len() > start + 1 {
            self.out.push(',');
        }
        json::write_text(&mut self.out, key);
        self.out.push(':');
    }

    fn has_values(&self, path: &str) -> bool {
        let mut fields = self.info.fields.iter().zip(self.values);
        fields.any(|(field, value)| value.is_some() && field.step(path).is_some())
    }

    /// Whether no earlier field is in the object at `path`.
    fn is_first(&self, at: usize, path: &str) -> bool {
        !self.info.fields[..at].iter().any(|field| field.step(path).is_some())
    }
}

/// The entries of an object; of those with the same key the last, which is the one that
/// counts.
fn last_entries(object: &str) -> Vec<(Cow<'_, str>, &str)> {
    let mut entries: Vec<(Cow<'_, str>, &str)> = Vec::new();
    let mut places: HashMap<Cow<'_, str>, usize> = HashMap::new();
    json::entries(object, |key, value| match places.entry(key.clone()) {
        Entry::Occupied(place) => entries[*place.get()].1 = value,
        Entry::Vacant(place) => {
            place.insert(entries.len());
            entries.push((key, value));
        }
    });
    entries
}

/// Calls `extra` with the dotted path and the JSON of each value that the model does not name.
pub(super) fn visit_extra<'a>(
    info: &MessageInfo,
    object: &'a str,
    parent: &str,
    extra: &mut dyn FnMut(Cow<'a, str>, &'a str),
) {
    json::entries(object, |key, value| match info.place(parent, &key) {
        Place::Nowhere if parent.is_empty() => extra(key, value),
        Place::Nowhere => extra(Cow::Owned(format!("{parent}.{key}")), value),
        Place::Object(path) if value.starts_with('{') => visit_extra(info, value, path, extra),
        Place::Object(_) | Place::Field(_) | Place::Tag => {}
    });
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use crate::{
        conversation_relay, media_streams,
        websocket::{Decoded, Limits, Messages},
    };

    /// Writes the values of a message as if it had been built of them, and gives what is
    /// read of it again.
    fn rebuilt<'a, M: Messages<'a>>(body: &'a str) -> Value {
        let message = M::parse_within(body, &Limits::DEFAULT);
        let Decoded::Message(message) = message.decoded() else { panic!("{body}") };
        let mut json = String::new();
        message.with_values(&mut |values| json = super::to_json(message.info(), None, values));
        serde_json::from_str(&json).unwrap()
    }

    fn without_empty(value: &mut Value) {
        if let Value::Object(map) = value {
            map.values_mut().for_each(without_empty);
            map.retain(|_, value| *value != "" && !value.as_object().is_some_and(Map::is_empty));
        }
    }

    #[test]
    fn what_is_built_is_what_would_be_received() {
        let table: Value =
            serde_json::from_str(include_str!("../../tests/fixtures/twilio-voice-websocket.json"))
                .unwrap();
        for sample in table["samples"].as_array().unwrap() {
            let body = sample["body"].as_str().unwrap();
            let rebuilt = match sample["event"].as_str().unwrap().rsplit_once('/').unwrap().0 {
                "media-streams/in" => rebuilt::<media_streams::Inbound<'_>>(body),
                "media-streams/out" => rebuilt::<media_streams::Outbound<'_>>(body),
                "conversation-relay/in" => rebuilt::<conversation_relay::Inbound>(body),
                _ => rebuilt::<conversation_relay::Outbound>(body),
            };
            let mut received = serde_json::from_str(body).unwrap();
            without_empty(&mut received);
            assert_eq!(rebuilt, received);
        }
    }
}
