//! What holds for single events, beside the laws of all models: repeats, changes.

use switchhook_core::{Family, Params, Payload, ProblemKind};
use switchhook_twilio_video::VideoEvent;

#[test]
fn repeats_and_unreadable_values_are_problems() {
    let body =
        b"StatusCallbackEvent=room-ended&RoomSid=RM1&RoomDuration=long&RoomDuration=42&RoomSid=RM1";
    let VideoEvent::RoomEnded(ended) =
        VideoEvent::decode(&Payload::from(Params::parse(body).unwrap()))
    else {
        panic!("an end")
    };
    assert_eq!(ended.room_duration, None);
    let problems: Vec<_> = ended.problems().iter().map(|p| (p.param, p.kind)).collect();
    let unreadable = ProblemKind::Unreadable { expected: "a whole number of seconds" };
    assert_eq!(
        problems,
        [
            ("RoomDuration", ProblemKind::Conflicting),
            ("RoomSid", ProblemKind::Repeated),
            ("RoomDuration", unreadable),
        ]
    );
    assert_eq!(ended.problems()[2].to_string(), "RoomDuration is not a whole number of seconds");
}

#[test]
fn changed_fields_are_written_and_the_rest_stays() {
    let body = b"StatusCallbackEvent=room-ended&RoomDuration=007&Colour=red&RoomSid=RM1&RoomName=";
    let VideoEvent::RoomEnded(mut ended) =
        VideoEvent::decode(&Payload::from(Params::parse(body).unwrap()))
    else {
        panic!("an end")
    };
    assert_eq!(ended.to_params().to_form().as_bytes(), body);
    ended.room_name = Some("Daily".into());
    ended.sequence_number = Some(3);
    assert_eq!(
        ended.to_params().to_form(),
        "StatusCallbackEvent=room-ended&RoomDuration=007&Colour=red&RoomSid=RM1&RoomName=Daily&SequenceNumber=3",
    );
    ended.room_duration = None;
    assert!(!ended.to_params().contains("RoomDuration"));
    let json = serde_json::to_value(&ended).unwrap();
    assert_eq!(json["RoomName"], "Daily");
    assert_eq!(json["SequenceNumber"], 3);
    assert_eq!(json["Colour"], "red");
}
