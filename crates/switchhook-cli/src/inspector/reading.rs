//! What a payload is read as, field by field, the event's type forgotten.

use super::privacy::is_sid;
use switchhook::{
    Decoded, EventInfo, Family, Field, FieldPresence, IdempotencyKey, Kind, Order, Payload,
    Problem, WireValue,
};

/// A delivery as its family reads it.
#[derive(Default)]
pub(crate) struct Reading {
    /// The row of the event; `None` of an event that the family does not know.
    pub(crate) info: Option<&'static EventInfo>,
    /// The name that it came under.
    pub(crate) name: Option<String>,
    /// Why a known event cannot be used.
    pub(crate) malformed: Option<String>,
    /// The fields in the order of the table, absent ones included.
    pub(crate) fields: Vec<FieldValue>,
    /// The names that the model does not have.
    pub(crate) extra: Vec<String>,
    /// What did not fit.
    pub(crate) problems: Vec<Problem>,
    /// What a second delivery of the same event has, too.
    pub(crate) key: Option<IdempotencyKey>,
    /// Its place among the deliveries about the same thing.
    pub(crate) order: Option<Order>,
}

/// A field with the value that the delivery has for it.
pub(crate) struct FieldValue {
    pub(crate) field: &'static Field,
    pub(crate) value: Option<String>,
    /// Whether the value is one that the tables have; true of what is no enum.
    pub(crate) recognized: bool,
}

impl Reading {
    pub(crate) fn of<F: Family>(payload: &Payload) -> Self {
        let event = F::decode(payload);
        let mut reading = Self::default();
        match event.decoded() {
            Decoded::Event(data) => {
                reading.info = Some(data.info());
                reading.name = Some(data.name().to_owned());
                data.visit(&mut |field, value| reading.fields.push(FieldValue::of(field, value)));
                reading.extra = data.extra_names().into_iter().map(Into::into).collect();
                reading.problems = data.problems().to_vec();
                reading.key = Some(data.idempotency_key());
                reading.order = data.order();
            }
            Decoded::Malformed { info, reason, payload } => {
                reading.info = Some(info);
                reading.name = Some(info.name.to_owned());
                reading.malformed = Some(reason.to_string());
                reading.fields = info.fields.iter().map(|field| bare(field, payload)).collect();
                let names = names(payload).into_iter();
                reading.extra = names.filter(|name| !info.names(name)).collect();
            }
            Decoded::Unknown { name, payload } => {
                reading.name = name.map(str::to_owned);
                reading.extra = names(payload);
            }
            _ => {}
        }
        reading
    }

    /// The SID that the event is about.
    pub(crate) fn subject(&self) -> Option<&str> {
        let subject = |value: &&FieldValue| value.field.presence == FieldPresence::Subject;
        self.fields.iter().find(subject)?.value.as_deref()
    }

    /// The things that the event tells of: what it is a part of first, its subject, then the other
    /// SIDs. Accounts and services are left out, which nearly all deliveries share.
    pub(crate) fn things(&self) -> Vec<&str> {
        let mut things: Vec<&str> = self.whole().into_iter().collect();
        things.extend(self.subject().filter(|subject| !things.contains(subject)));
        for FieldValue { field, value, .. } in &self.fields {
            let Some(value) = value.as_deref().filter(|value| value.len() <= LONGEST_SID) else {
                continue;
            };
            if is_thing(field, value) && !things.contains(&value) && things.len() < MOST_THINGS {
                things.push(value);
            }
        }
        things
    }

    /// The provider's count of what it tells about a thing, and the SID of that thing.
    pub(crate) fn sequence(&self) -> Option<(&str, u64)> {
        let count = self.value("SequenceNumber")?.parse().ok()?;
        Some((self.whole().or_else(|| self.subject())?, count))
    }

    /// The SID of what the event's subject is a part of: a call in a conference is told of and
    /// counted with the conference, a track with its room.
    fn whole(&self) -> Option<&str> {
        ["ConferenceSid", "RoomSid", "ConversationSid", "CallSid"]
            .into_iter()
            .find_map(|wire| self.value(wire))
    }

    fn value(&self, wire: &str) -> Option<&str> {
        let is_it = |value: &&FieldValue| value.field.wire == wire;
        self.fields.iter().find(is_it)?.value.as_deref()
    }

    /// The problem with a field, in words.
    pub(crate) fn problem(&self, wire: &str) -> Option<String> {
        let problem = self.problems.iter().find(|problem| problem.param == wire)?;
        Some(problem.kind.to_string())
    }
}

/// More than any event has, and a bound.
const MOST_THINGS: usize = 12;

/// SIDs have 34 characters, UUIDs 36; senders may write more.
const LONGEST_SID: usize = 64;

fn is_thing(field: &Field, value: &str) -> bool {
    let name = field.wire.rsplit('.').next().unwrap_or(field.wire);
    match name {
        "call_id" | "conference_id" | "message_id" | "room_id" | "room_session_id" => true,
        "AccountSid" | "ApplicationSid" | "ApiKeySid" => false,
        _ if name.ends_with("ServiceSid") || name.ends_with("AccountSid") => false,
        _ => matches!(field.kind, Kind::Sid(_)) || name.ends_with("Sid") && is_sid(value),
    }
}

impl FieldValue {
    fn of(field: &'static Field, value: Option<WireValue<'_>>) -> Self {
        let recognized = !matches!(value, Some(WireValue::Token { recognized: false, .. }));
        Self { field, value: value.map(|value| value.to_string()), recognized }
    }
}

/// What came for a field of an event that cannot be used.
fn bare(field: &'static Field, payload: &Payload) -> FieldValue {
    let text = match payload.json() {
        Some(json) => json.as_ref().at(field.wire).and_then(switchhook::JsonRef::scalar),
        None => payload.params().and_then(|params| params.get(field.wire)).map(Into::into),
    };
    let value = text.filter(|text| !text.is_empty()).map(std::borrow::Cow::into_owned);
    FieldValue { field, value, recognized: true }
}

/// The names of a payload, each once.
fn names(payload: &Payload) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    if let Some(json) = payload.json() {
        json.as_ref().members().take(1000).for_each(|(name, _)| add(name.into_owned()));
    } else if let Some(params) = payload.params() {
        let params = params.clone().replace_invalid_text();
        params.iter().for_each(|(name, _)| add(name.to_owned()));
    }
    names
}

/// The kind of a field in words, such as `sid RM` or `seconds`.
pub(crate) fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Sid(prefix) => format!("sid {prefix}").trim_end().to_owned(),
        Kind::Enum(name) => format!("enum {name}"),
        Kind::Integer => "integer".to_owned(),
        Kind::Timestamp => "time".to_owned(),
        other => format!("{other:?}").chars().fold(String::new(), |mut words, character| {
            if character.is_uppercase() && !words.is_empty() {
                words.push(' ');
            }
            words.extend(character.to_lowercase());
            words
        }),
    }
}
