//! The model against the provider's table, in both directions.

use switchhook_core::{Family, Json, Kind, Params, Payload};
use switchhook_laws::Table;
use switchhook_twilio_video::{
    FailedOperation, ParticipantStatus, RecordingCodec, RecordingContainer, RecordingType,
    RoomStatus, RoomType, TrackKind, VideoEvent,
};

fn table() -> Table {
    Table::read(include_str!("fixtures/twilio-video.json"))
}

#[test]
fn events_are_those_of_the_table() {
    table().has_the_events_of::<VideoEvent>(17);
}

#[test]
fn fields_are_those_of_the_table() {
    let units = [("OffsetFromTwilioVideoEpoch", Kind::Milliseconds)];
    table().has_the_fields_of::<VideoEvent>(&[("recording_type", "Type")], &units);
    table().has_the_parameters_of::<VideoEvent>(36);
}

#[test]
fn enums_have_the_values_of_the_table() {
    let table = table();
    let names: Vec<_> = VideoEvent::events().map(|info| info.name).collect();
    let listed = switchhook_laws::strings(&table.part("enums")["StatusCallbackEvent"]["values"]);
    assert_eq!(names, listed);
    table.has_the_enums(
        switchhook_laws::known!(
            RoomStatus,
            RoomType,
            ParticipantStatus,
            TrackKind,
            RecordingType,
            RecordingContainer,
            RecordingCodec,
            FailedOperation,
        ),
        &["StatusCallbackEvent"],
    );
}

#[test]
fn samples_decode_to_their_event_without_a_problem_or_a_loss() {
    table().samples_decode::<VideoEvent>(25, &[]);
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
    let json = VideoEvent::decode(&Payload::from(Json::parse(b"{}").unwrap()));
    assert!(matches!(json, VideoEvent::Unknown(_)));
    let forced = VideoEvent::decode_as("room-ended", &Payload::from(Json::parse(b"{}").unwrap()));
    assert!(matches!(forced, VideoEvent::Malformed(_)));
}
