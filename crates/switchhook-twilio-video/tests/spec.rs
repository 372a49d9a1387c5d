//! The model against the provider's table, in both directions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use switchhook_core::{Family, FieldPresence, Kind, Params, Payload};
use switchhook_twilio_video::{
    FailedOperation, ParticipantStatus, RecordingCodec, RecordingContainer, RecordingType,
    RoomStatus, RoomType, TrackKind, VideoEvent,
};

fn table() -> Map<String, Value> {
    serde_json::from_str(include_str!("fixtures/twilio-video.json")).expect("the fixture is JSON")
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn events_are_those_of_the_table_in_its_order() {
    let table = table();
    let events = table["events"].as_object().unwrap();
    let ours: Vec<_> = VideoEvent::EVENTS.iter().map(|info| (info.name, info.group)).collect();
    let theirs: Vec<_> = events
        .iter()
        .map(|(name, event)| (name.as_str(), event["group"].as_str().unwrap()))
        .collect();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 17);
    assert_eq!(table["family"], VideoEvent::NAME);
    // The discriminator's value list says the same.
    let names: Vec<_> = ours.iter().map(|event| event.0).collect();
    assert_eq!(names, strings(&table["enums"]["StatusCallbackEvent"]["values"]));
}

#[test]
fn fields_are_those_of_the_table() {
    let table = table();
    for info in VideoEvent::EVENTS {
        let event = &table["events"][info.name];
        let discriminator = info.discriminator.unwrap();
        let documented: BTreeSet<_> =
            strings(&event["required"]).into_iter().filter(|name| *name != discriminator).collect();
        let also: BTreeSet<_> = strings(&event["optional"]).into_iter().collect();
        let ours = |also: bool| -> BTreeSet<_> {
            let fields = info.fields.iter();
            fields.filter(|f| (f.presence == FieldPresence::Also) == also).map(|f| f.wire).collect()
        };
        assert_eq!(ours(false), documented, "{}", info.name);
        assert_eq!(ours(true), also, "{}", info.name);
        // The Rust names are the wire names in snake case, but for one that says what it types.
        for field in info.fields {
            let pascal: String = field.name.split('_').map(capitalized).collect();
            let wire = if field.wire == "Type" { "RecordingType" } else { field.wire };
            assert_eq!(pascal, wire, "{}", info.name);
        }
        let subjects = info.fields.iter().filter(|f| f.presence == FieldPresence::Subject);
        assert_eq!(subjects.count(), 1, "{}", info.name);
        for field in info.fields {
            let theirs = table["params"][field.wire]["type"].as_str().unwrap();
            assert!(
                fits(field.wire, field.kind, theirs),
                "{}: {:?} for {theirs}",
                field.wire,
                field.kind
            );
        }
    }
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}

fn fits(wire: &str, ours: Kind, theirs: &str) -> bool {
    match ours {
        Kind::Text => matches!(theirs, "string" | "url"),
        Kind::Sid(prefix) => theirs == format!("sid:{prefix}"),
        Kind::Enum(name) => theirs == format!("enum:{name}"),
        Kind::Integer => theirs == "integer",
        Kind::Seconds => theirs == "integer seconds",
        // The table's note gives this one's unit.
        Kind::Milliseconds => theirs == "integer" && wire == "OffsetFromTwilioVideoEpoch",
        Kind::Decimal => theirs == "decimal",
        Kind::Timestamp => theirs == "timestamp:iso8601",
        _ => false,
    }
}

#[test]
fn every_parameter_of_the_table_is_on_some_event() {
    let table = table();
    let ours: BTreeSet<_> = VideoEvent::EVENTS
        .iter()
        .flat_map(|info| info.fields.iter().map(|field| field.wire).chain(info.discriminator))
        .collect();
    let theirs: BTreeSet<_> =
        table["params"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 36);
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
    theirs.remove("StatusCallbackEvent");
    macro_rules! known {
        ($($name:ident),*) => { BTreeMap::from([$((
            stringify!($name),
            $name::KNOWN.iter().map($name::as_str).collect::<Vec<_>>(),
        )),*]) };
    }
    let ours = known!(
        RoomStatus,
        RoomType,
        ParticipantStatus,
        TrackKind,
        RecordingType,
        RecordingContainer,
        RecordingCodec,
        FailedOperation
    );
    assert_eq!(ours, theirs);
}

fn samples() -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    table()["samples"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (text(&s["event"]), text(&s["body"])))
        .collect()
}

#[test]
fn samples_decode_to_their_event_without_a_problem_or_a_loss() {
    let samples = samples();
    assert_eq!(samples.len(), 25);
    for (name, body) in samples {
        let params = Params::parse(body.as_bytes()).unwrap();
        let event = VideoEvent::decode(&Payload::from(params.clone()));
        let switchhook_core::Decoded::Event(data) = event.decoded() else {
            panic!("{name} read as {event:?}");
        };
        assert_eq!(data.name(), name);
        assert_eq!(data.problems(), [], "{body}");
        assert_eq!(data.extra().collect::<Vec<_>>(), [], "{body}");
        assert_eq!(data.to_params(), params);
        // Every parameter that has a value has a typed one.
        let mut typed = 1;
        data.visit(&mut |_, value| typed += usize::from(value.is_some()));
        assert_eq!(typed, params.len(), "{body}");
    }
}

#[test]
fn typed_values_are_those_of_the_wire() {
    let body = "MediaUri=%2Fv1%2FRecordings%2FRT47%2FMedia&RoomSid=RMdf7d9ae6886514b7c93afb0d4cd09ccb\
        &RoomName=Room%201&SourceSid=MT0a&Size=13605007&ParticipantIdentity=Visitor%27s%20Phone%20\
        &RecordingSid=RT4766e273efc3eeb0812cfe3551ca550b&Duration=44&StatusCallbackEvent=recording-completed\
        &Timestamp=2023-08-14T20%3A29%3A57.368943Z&Codec=vp8&Container=mkv&Type=video&RoomType=holodeck\
        &OffsetFromTwilioVideoEpoch=249293007297";
    let VideoEvent::RecordingCompleted(e) =
        VideoEvent::decode(&Payload::from(Params::parse(body.as_bytes()).unwrap()))
    else {
        panic!("a completed recording")
    };
    assert!(e.recording_sid.is_canonical());
    assert_eq!(e.participant_identity.as_deref(), Some("Visitor's Phone "));
    assert_eq!(
        (e.size, e.duration.map(|s| s.to_duration().as_secs())),
        (Some(13_605_007), Some(44))
    );
    assert_eq!(e.codec, Some(RecordingCodec::Vp8));
    assert_eq!(e.recording_type, Some(RecordingType::Video));
    assert_eq!(e.offset_from_twilio_video_epoch.map(|ms| ms.0), Some(249_293_007_297));
    let at = e.timestamp.as_ref().unwrap();
    assert_eq!((at.unix_seconds(), at.subsec_nanos()), (1_692_044_997, 368_943_000));
    assert_eq!(e.room_type.as_ref().map(RoomType::as_str), Some("holodeck"));
    assert!(!e.room_type.unwrap().is_recognized());
}

#[test]
fn unknown_and_malformed_are_different_things() {
    let decode =
        |body: &str| VideoEvent::decode(&Payload::from(Params::parse(body.as_bytes()).unwrap()));
    let VideoEvent::Unknown(unknown) =
        decode("StatusCallbackEvent=participant-join&ConferenceSid=CF1")
    else {
        panic!("a conference event")
    };
    assert_eq!(unknown.name(), Some("participant-join"));
    assert_eq!(unknown.params().unwrap().get("ConferenceSid"), Some("CF1"));
    let VideoEvent::Unknown(nameless) = decode("RoomSid=RM1") else { panic!("no name") };
    assert_eq!(nameless.name(), None);
    for body in [
        "StatusCallbackEvent=room-ended&RoomName=x",
        "StatusCallbackEvent=room-ended&RoomSid=&RoomName=x",
    ] {
        let VideoEvent::Malformed(malformed) = decode(body) else { panic!("{body}") };
        assert_eq!(malformed.info().name, "room-ended");
        assert_eq!(malformed.reason().to_string(), "RoomSid is missing");
        assert_eq!(malformed.params().unwrap().to_form(), body);
    }
    let VideoEvent::RoomEnded(ended) =
        decode("StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=%FF&New=%FE")
    else {
        panic!("bytes that are not text cost themselves alone")
    };
    assert_eq!(ended.problems()[0].to_string(), "RoomName is not UTF-8");
    assert_eq!(ended.params().len(), 4);
    let json = VideoEvent::decode(&Payload::Json("{}".into()));
    assert!(matches!(json, VideoEvent::Unknown(_)));
    let forced = VideoEvent::decode_as("room-ended", &Payload::Json("{}".into()));
    assert!(matches!(forced, VideoEvent::Malformed(_)));
}

#[test]
fn every_sample_of_the_model_is_whole() {
    for info in VideoEvent::EVENTS {
        let sample = info.sample();
        let event = VideoEvent::decode(&Payload::from(sample.clone()));
        let switchhook_core::Decoded::Event(data) = event.decoded() else { panic!("{event:?}") };
        assert_eq!((data.name(), data.problems()), (info.name, &[][..]));
        data.visit(&mut |field, value| {
            let expected = field.presence != FieldPresence::Also;
            assert_eq!(value.is_some(), expected, "{} {}", info.name, field.wire);
        });
        assert_eq!(data.to_params(), sample);
    }
}
