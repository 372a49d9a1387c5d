//! Every family that the program knows, their types forgotten.

use std::borrow::Cow;

use anyhow::Context;
use serde_json::{Map, Value, json};
use switchhook::{
    Decoded, EventInfo, Family, Format, Json, Limits, Params, Payload, WireValue,
    dispatch::{Interactive, Notify, Route, State},
    signalwire::{SignalWireEvent, compat::CompatWebhook},
    twilio::{
        conversations::ConversationsWebhook, messaging::MessagingWebhook, video::VideoEvent,
        voice::VoiceWebhook,
    },
};

use crate::{
    asking,
    exit::usage,
    forward::{self, Original, Target},
    inspector::Reading,
    provider::Provider,
};

type Describe = fn(&Payload, Option<&str>) -> anyhow::Result<Map<String, Value>>;

/// One family of webhooks.
pub(crate) struct FamilyEntry {
    pub(crate) name: &'static str,
    /// Who sends it, and signs it.
    pub(crate) provider: Provider,
    /// Where `listen` receives it.
    pub(crate) path: &'static str,
    table: &'static [&'static [EventInfo]],
    /// Reads a payload; the name is for bodies that do not tell their event.
    pub(crate) describe: Describe,
    /// Reads a payload for people: each field, what is missing, what does not fit.
    pub(crate) reading: fn(&Payload) -> Reading,
    /// Writes an event from typed values.
    pub(crate) encode: fn(&'static EventInfo, Map<String, Value>) -> Result<Payload, String>,
    /// Lets a route take the family's events and send them on, where there is a target, until
    /// that takes them.
    pub(crate) told: fn(Route<Sent, Notify>) -> Route<Sent, Notify>,
    /// Lets a route take the family's events, and answer as the target does.
    pub(crate) asked: fn(Route<Sent, Interactive>) -> Route<Sent, Interactive>,
    asking: &'static [&'static str],
    asks: fn(&[&str], &Payload) -> bool,
}

/// Where events are sent on to, where they are.
pub(crate) type Sent = Option<Target>;

/// The families, one row each.
pub(crate) const FAMILIES: &[FamilyEntry] = &[
    entry::<VideoEvent>(Provider::Twilio, "/twilio/video", &[]),
    entry::<ConversationsWebhook>(Provider::Twilio, "/twilio/conversations", asking::CONVERSATIONS),
    entry::<MessagingWebhook>(Provider::Twilio, "/twilio/messaging", asking::MESSAGING),
    entry::<VoiceWebhook>(Provider::Twilio, "/twilio/voice", asking::VOICE),
    entry::<SignalWireEvent>(Provider::SignalWire, "/signalwire", asking::SIGNALWIRE),
    entry::<CompatWebhook>(Provider::SignalWire, "/signalwire/compat", asking::COMPAT),
];

const fn entry<F: Family>(
    provider: Provider,
    path: &'static str,
    asking: &'static [&'static str],
) -> FamilyEntry {
    FamilyEntry {
        name: F::NAME,
        provider,
        path,
        table: F::TABLE,
        describe: describe::<F>,
        reading: Reading::of::<F>,
        encode: encode::<F>,
        told: |route| {
            route.on(|_: F, request: Original, State(target): State<Sent>| async move {
                forward::told(target, request).await
            })
        },
        asked: |route| {
            route.on(|_: F, request: Original, State(target): State<Sent>| async move {
                forward::asked(target, request).await
            })
        },
        asking,
        asks: asks::<F>,
    }
}

/// The family of this name, or an error that suggests one.
pub(crate) fn family(name: &str) -> anyhow::Result<&'static FamilyEntry> {
    let names = || FAMILIES.iter().map(|family| family.name);
    FAMILIES
        .iter()
        .find(|family| family.name == name)
        .ok_or_else(|| usage(unknown("family", name, names())))
}

impl FamilyEntry {
    pub(crate) fn events(&self) -> impl Iterator<Item = &'static EventInfo> + Clone {
        self.table.iter().copied().flatten()
    }

    /// The event of this name, or an error that suggests one.
    pub(crate) fn event(&self, name: &str) -> anyhow::Result<&'static EventInfo> {
        let names = || self.events().map(|info| info.name);
        self.events()
            .find(|info| info.name == name)
            .ok_or_else(|| usage(unknown(&format!("{} event", self.name), name, names())))
    }

    /// Whether the provider of a delivery with this payload waits for a document or a decision.
    pub(crate) fn asks(&self, payload: &Payload) -> bool {
        (self.asks)(self.asking, payload)
    }
}

fn asks<F: Family>(asking: &[&str], payload: &Payload) -> bool {
    let event = F::decode(payload);
    let info = match event.decoded() {
        Decoded::Event(data) => data.info(),
        Decoded::Malformed { info, .. } => info,
        _ => return false,
    };
    asking.contains(&info.group) || asking.contains(&info.name)
}

/// Says that there is no such name, and which one may have been meant.
pub(crate) fn unknown<'a>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> String {
    let folded = name.to_ascii_lowercase();
    let likeness = |known: &str| strsim::jaro_winkler(&folded, &known.to_ascii_lowercase());
    let closest = known
        .clone()
        .map(|known| (likeness(known), known))
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .filter(|(likeness, _)| *likeness > 0.75);
    let known = || known.collect::<Vec<_>>().join(", ");
    match closest {
        Some((_, closest)) => format!("no {what} is named {name:?}; did you mean {closest}?"),
        None => format!("no {what} is named {name:?}; there are {}", known()),
    }
}

fn describe<F: Family>(
    payload: &Payload,
    hint: Option<&str>,
) -> anyhow::Result<Map<String, Value>> {
    let event = read::<F>(payload, hint);
    let decoded = event.decoded();
    let (info, malformed) = match decoded {
        Decoded::Event(data) => (Some(data.info()), None),
        Decoded::Malformed { info, reason, .. } => (Some(info), Some(reason.to_string())),
        _ => (None, None),
    };
    let mut out = Map::new();
    out.insert("family".into(), F::NAME.into());
    out.insert("group".into(), info.map(|info| info.group).into());
    out.insert("event".into(), decoded.name().into());
    out.insert("known".into(), info.is_some_and(|info| info.listed).into());
    out.insert("malformed".into(), malformed.into());
    content(payload, &mut out)?;
    typed(&decoded, &mut out);
    Ok(out)
}

/// The name in a delivery is believed before the hint, the hint before a classification. JSON
/// tells its event well enough to be believed first.
fn read<F: Family>(payload: &Payload, hint: Option<&str>) -> F {
    let hinted = || hint.map(|hint| F::decode_as(hint, payload));
    let is_unknown = |event: &F| matches!(event.decoded(), Decoded::Unknown { .. });
    if !F::NAMED && payload.json().is_none() {
        let hinted = hinted().filter(|event| !is_unknown(event));
        return hinted.unwrap_or_else(|| F::decode(payload));
    }
    let event = F::decode(payload);
    match event.decoded() {
        Decoded::Unknown { name: None, .. } => hinted().unwrap_or(event),
        _ => event,
    }
}

/// What was sent: every name with all its values, or the JSON value.
fn content(payload: &Payload, out: &mut Map<String, Value>) -> anyhow::Result<()> {
    if let Some(json) = payload.json() {
        let json = serde_json::to_value(json).context("the JSON cannot be shown")?;
        out.insert("json".into(), json);
        return Ok(());
    }
    let params = payload.params().context("the body is neither a form nor JSON")?;
    let mut named = Map::new();
    for (name, value) in &params.clone().replace_invalid_text() {
        let values = named.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(value.into());
        }
    }
    out.insert("params".into(), named.into());
    Ok(())
}

/// What the model makes of it.
fn typed(decoded: &Decoded<'_>, out: &mut Map<String, Value>) {
    let mut typed = Map::new();
    let mut unrecognized = Map::new();
    let mut extra: Vec<Cow<'_, str>> = Vec::new();
    let mut problems: Vec<Value> = Vec::new();
    if let Decoded::Event(data) = decoded {
        if let Some(discriminator) = data.info().discriminator {
            typed.insert(discriminator.into(), data.name().into());
        }
        data.visit(&mut |field, value| {
            let Some(value) = value else { return };
            if let WireValue::Token { text, recognized: false } = value {
                unrecognized.insert(field.wire.into(), text.into());
            }
            typed.insert(field.wire.into(), json!(value));
        });
        extra = data.extra_names();
        problems.extend(
            data.problems()
                .iter()
                .map(|problem| json!({ "param": problem.param, "why": problem.kind.to_string() })),
        );
    } else if let Decoded::Unknown { payload, .. } | Decoded::Malformed { payload, .. } = decoded
        && let Some(json) = payload.json()
    {
        extra.extend(json.as_ref().members().map(|(name, _)| name));
    } else if let Some(params) = decoded.params() {
        for (name, _) in params {
            if !extra.iter().any(|seen| seen == name) {
                extra.push(name.into());
            }
        }
    }
    out.insert("typed".into(), typed.into());
    out.insert("extra".into(), json!(extra));
    out.insert("unrecognized".into(), unrecognized.into());
    out.insert("problems".into(), problems.into());
}

fn encode<F: Family>(
    info: &'static EventInfo,
    typed: Map<String, Value>,
) -> Result<Payload, String> {
    let mut whole = Map::new();
    if let Some(discriminator) = info.discriminator {
        let named = typed.get(discriminator).map_or(Some(info.name), Value::as_str);
        if named != Some(info.name) {
            return Err(format!("{discriminator} says another event than {}", info.name));
        }
        whole.insert(discriminator.into(), info.name.into());
    }
    whole.extend(typed);
    let payload: Payload = if info.format == Format::Json {
        json_of(whole)?.into()
    } else {
        let params: Result<Params, _> = serde_json::from_value(whole.into());
        params.map_err(|error| error.to_string())?.into()
    };
    match F::decode_as(info.name, &payload).decoded() {
        Decoded::Event(data) => Ok(data.to_payload()),
        Decoded::Malformed { reason, .. } => Err(reason.to_string()),
        _ => Err(format!("not read as {}", info.name)),
    }
}

/// The object that has these values at these paths.
fn json_of(typed: Map<String, Value>) -> Result<Json, String> {
    let mut whole = Value::Object(Map::new());
    for (path, value) in typed {
        check_path(&path)?;
        let mut place = &mut whole;
        for name in path.split('.') {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let Value::Object(members) = place else { return Err("no object".to_owned()) };
            place = members.entry(name).or_insert(Value::Null);
        }
        *place = value;
    }
    Json::of(&whole).map_err(|error| error.to_string())
}

/// Refuses a path of more names than any reader of JSON goes deep: building, writing and
/// dropping what it says would take a stack without end.
pub(crate) fn check_path(path: &str) -> Result<(), String> {
    let deepest = Limits::default().with_json_depth(usize::MAX).json_depth;
    match path.split('.').nth(deepest) {
        None => Ok(()),
        Some(_) => Err(format!("a path has more than {deepest} names")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the providers want to hear, by their tables: of every event, and of no other.
    #[test]
    fn what_asks_is_what_the_tables_say() {
        let answers = include_str!("../tests/fixtures/answers.json");
        let answers: Map<String, Value> = serde_json::from_str(answers).unwrap();
        assert_eq!(answers.len(), FAMILIES.len());
        for family in FAMILIES {
            let answers = answers[family.name].as_object().unwrap();
            for info in family.events().filter(|info| info.listed) {
                assert!(answers.contains_key(info.name), "{}: {}", family.name, info.name);
            }
            for (event, answer) in answers {
                let info = family.events().find(|info| info.name == event).expect(event);
                let asks =
                    family.asking.contains(&info.name) || family.asking.contains(&info.group);
                assert_eq!(asks, wants_an_answer(answer.as_str().unwrap()), "{event}: {answer}");
            }
            for name in family.asking {
                let found = family.events().any(|info| info.name == *name || info.group == *name);
                assert!(found, "{}: {name}", family.name);
            }
        }
    }

    /// Whether more than a status is wanted, in the words of the tables.
    fn wants_an_answer(answer: &str) -> bool {
        let told =
            ["any 2xx", "Any 2xx", "200 or 204; the body", "none", "RELAY", "send back media"];
        let status = ["", "200"].contains(&answer) || answer.starts_with("200 (a JSON body");
        !status && !told.iter().any(|told| answer.starts_with(told))
    }

    #[test]
    fn samples_ask_or_tell_as_their_tables_say() {
        for (name, event, asks) in [
            ("twilio.video", "room-ended", false),
            ("twilio.conversations", "onMessageAdd", true),
            ("twilio.conversations", "onMessageAdded", false),
            ("twilio.voice", "incoming-call", true),
            ("twilio.voice", "gather-action.dtmf", true),
            ("signalwire", "swml.inbound_call", true),
            ("signalwire", "calling.call.state", false),
            ("signalwire.compat", "voice.request", true),
        ] {
            let family = family(name).unwrap();
            let sample = family.event(event).unwrap().sample_payload();
            assert_eq!(family.asks(&sample), asks, "{name} {event}");
        }
    }
}
