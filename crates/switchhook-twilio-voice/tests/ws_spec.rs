//! The messages against the provider's table, in both directions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use switchhook_core::Kind;
use switchhook_twilio_voice::{
    conversation_relay::{self, CallType, InfoName},
    media_streams::{self, MediaTrack},
    websocket::{Decoded, Field, FieldKind, Limits, MessageInfo, Messages, Presence},
};

fn table() -> Map<String, Value> {
    serde_json::from_str(include_str!("fixtures/twilio-voice-websocket.json")).unwrap()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

type Row = (&'static str, &'static str, &'static MessageInfo);

fn messages() -> Vec<Row> {
    fn rows<'a, M: Messages<'a>>() -> impl Iterator<Item = Row> {
        M::MESSAGES.iter().map(|info| (M::NAME, M::TAG, *info))
    }
    rows::<media_streams::Inbound<'_>>()
        .chain(rows::<media_streams::Outbound<'_>>())
        .chain(rows::<conversation_relay::Inbound>())
        .chain(rows::<conversation_relay::Outbound>())
        .collect()
}

fn full_name((direction, _, info): &Row) -> String {
    format!("{direction}/{}", info.name)
}

#[test]
fn messages_are_those_of_the_table_in_its_order() {
    let table = table();
    let theirs: Vec<_> = table["events"].as_object().unwrap().keys().cloned().collect();
    let ours = messages();
    assert_eq!(ours.iter().map(full_name).collect::<Vec<_>>(), theirs);
    assert_eq!(ours.len(), 20);
    for row in &ours {
        let (_, tag, info) = row;
        assert_eq!(info.tag, *tag);
        assert_eq!(table["events"][full_name(row)]["match"][tag], info.name);
    }
}

/// The objects on the way to the fields are rows of the table, too, and no fields of ours.
fn with_parents(fields: impl Iterator<Item = &'static Field>) -> BTreeSet<&'static str> {
    let mut paths = BTreeSet::new();
    for field in fields {
        let dots = field.path.match_indices('.').map(|(at, _)| at);
        paths.extend(dots.chain([field.path.len()]).map(|end| &field.path[..end]));
    }
    paths
}

#[test]
fn fields_are_those_of_the_table() {
    let table = table();
    for row in messages() {
        let (_, tag, info) = row;
        let event = &table["events"][full_name(&row)];
        let required: BTreeSet<_> =
            strings(&event["required"]).into_iter().filter(|path| *path != tag).collect();
        let is_required = |field: &&Field| field.presence == Presence::Required;
        assert_eq!(with_parents(info.fields.iter().filter(is_required)), required, "{row:?}");

        let theirs: BTreeSet<_> = strings(&event["optional"]).into_iter().chain(required).collect();
        assert_eq!(with_parents(info.fields.iter()), theirs, "{row:?}");
        for field in info.fields {
            let theirs = table["params"][field.path]["type"].as_str().unwrap();
            assert!(fits(field, theirs), "{}: {:?} for {theirs}", field.path, field.kind);
            assert_eq!(camel(field.name), wire_name(info, field), "{row:?}");
        }
    }
}

/// The Rust names are the wire names in snake case.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

fn wire_name<'a>(info: &MessageInfo, field: &'a Field) -> &'a str {
    match (info.name, field.path) {
        // `start` names its stream twice.
        ("start", "streamSid") => "messageStreamSid",
        // A word of the language.
        (_, "loop") => "loops",
        (_, path) => path.rsplit('.').next().unwrap_or_default(),
    }
}

fn fits(field: &Field, theirs: &str) -> bool {
    let number = if field.in_text { "integer-in-string" } else { "integer" };
    match field.kind {
        // The table's note says that it is one, or nothing.
        FieldKind::One(Kind::Sid("CA")) if field.path == "parentCallSid" => theirs == "string",
        FieldKind::One(Kind::Text) => matches!(theirs, "string" | "url" | "string or null"),
        FieldKind::One(Kind::Sid(prefix)) => theirs == format!("sid:{prefix}"),
        FieldKind::One(Kind::Enum(name)) => theirs == format!("enum:{name}"),
        FieldKind::One(Kind::Integer | Kind::Milliseconds) => theirs == number,
        FieldKind::One(Kind::Boolean) => theirs == "boolean",
        FieldKind::List(Kind::Enum(name)) => theirs == format!("array<enum:{name}>"),
        FieldKind::Parameters => theirs == "map<string,string>",
        FieldKind::Base64 => theirs == "base64",
        _ => false,
    }
}

#[test]
fn every_parameter_of_the_table_is_on_some_message() {
    let table = table();
    let messages = messages();
    let mut ours = with_parents(messages.iter().flat_map(|row| row.2.fields));
    ours.extend(messages.iter().map(|row| row.1));
    let theirs: BTreeSet<_> =
        table["params"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 60);
}

#[test]
fn enums_have_the_values_of_the_table() {
    let table = table();
    let mut theirs: BTreeMap<_, _> = table["enums"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, values)| (name.as_str(), strings(&values["values"])))
        .collect();
    // The tags' values are the messages.
    for (tag, name) in [("event", "MediaStreamEvent"), ("type", "ConversationRelayType")] {
        let names: BTreeSet<_> =
            messages().iter().filter(|row| row.1 == tag).map(|row| row.2.name).collect();
        assert_eq!(names, theirs.remove(name).unwrap().into_iter().collect());
    }
    macro_rules! known {
        ($($name:ident),*) => { BTreeMap::from([$((
            stringify!($name),
            $name::KNOWN.iter().map($name::as_str).collect::<Vec<_>>(),
        )),*]) };
    }
    assert_eq!(known!(MediaTrack, CallType, InfoName), theirs);
}

fn check<'a, M: Messages<'a>>(name: &str, body: &'a str) {
    let message = M::parse_within(body, &Limits::DEFAULT);
    let Decoded::Message(message) = message.decoded() else { panic!("{name}") };
    assert_eq!(message.info().name, name);
    assert_eq!(message.problems(), [], "{body}");
    assert_eq!(message.extra(), [], "{body}");
    assert_eq!(message.to_json(), body);
    // Every value that is not empty has a typed one, which gives it again.
    let value: Value = serde_json::from_str(body).unwrap();
    let mut typed = 0;
    message.visit(&mut |field, ours| {
        let Some(ours) = ours else { return };
        typed += 1;
        let ours: Value = serde_json::from_str(&ours.to_json()).unwrap();
        let theirs = value.pointer(&format!("/{}", field.path.replace('.', "/"))).unwrap();
        let text = theirs.as_str().map(str::to_owned);
        if field.in_text {
            assert_eq!(text, Some(ours.to_string()), "{}", field.path);
        } else {
            assert_eq!(&ours, theirs, "{}", field.path);
        }
    });
    assert_eq!(typed + 1, leaves(&value), "{body}");
}

/// The values that are not empty. Custom parameters are one value.
fn leaves(value: &Value) -> usize {
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| match value {
                Value::Object(map) if key == "customParameters" => usize::from(!map.is_empty()),
                value => leaves(value),
            })
            .sum(),
        Value::String(text) => usize::from(!text.is_empty()),
        _ => 1,
    }
}

#[test]
fn samples_decode_to_their_message_without_a_problem_or_a_loss() {
    let table = table();
    let samples = table["samples"].as_array().unwrap();
    assert_eq!(samples.len(), 23);
    for sample in samples {
        let event = sample["event"].as_str().unwrap();
        let body = sample["body"].as_str().unwrap();
        let (direction, name) = event.rsplit_once('/').unwrap();
        match direction {
            "media-streams/in" => check::<media_streams::Inbound<'_>>(name, body),
            "media-streams/out" => check::<media_streams::Outbound<'_>>(name, body),
            "conversation-relay/in" => check::<conversation_relay::Inbound>(name, body),
            "conversation-relay/out" => check::<conversation_relay::Outbound>(name, body),
            _ => panic!("{direction}"),
        }
    }
}
