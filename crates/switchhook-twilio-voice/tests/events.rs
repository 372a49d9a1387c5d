//! What holds for single events, beside the laws of all models: keys, orders, routes.

use switchhook_core::{EventData, Family, FromFamily, Json, Order, Params, Payload};
use switchhook_twilio_voice::{
    CallStatus, CallStatusUpdate, ConferenceEvent, GatherResult, IncomingCall,
    RecordingStatusUpdate, VoiceWebhook,
};

fn read<E: FromFamily>(form: &str) -> E {
    let params = Params::parse(form.as_bytes()).unwrap();
    E::read(&Payload::from(params)).unwrap_or_else(|other| panic!("{other:?}"))
}

#[test]
fn late_states_do_not_overwrite_newer_ones() {
    let order = |form: &str| -> Order { read::<CallStatusUpdate>(form).order().unwrap() };
    let ringing = order("CallSid=CA1&CallStatus=ringing&SequenceNumber=1");
    let done = order("CallSid=CA1&CallStatus=completed&SequenceNumber=10");
    assert!(done.is_after(&ringing) && !ringing.is_after(&done));
    // Without numbers the states have ranks; of the ways to end the first one counts.
    let ringing = order("CallSid=CA1&CallStatus=ringing");
    let busy = order("CallSid=CA1&CallStatus=busy");
    let failed = order("CallSid=CA1&CallStatus=failed");
    assert!(busy.is_after(&ringing) && !failed.is_after(&busy) && !busy.is_after(&failed));
    assert!(!order("CallSid=CA2&CallStatus=busy").is_after(&ringing));
    let recording = |status: &str| {
        let form = format!("RecordingSid=RE1&RecordingStatus={status}");
        read::<RecordingStatusUpdate>(&form).order().unwrap()
    };
    assert!(recording("completed").is_after(&recording("in-progress")));
    let conference = |form: &str| read::<ConferenceEvent>(form).order();
    let late =
        conference("ConferenceSid=CF1&StatusCallbackEvent=participant-join&SequenceNumber=2");
    let end = conference("ConferenceSid=CF1&StatusCallbackEvent=conference-end&SequenceNumber=9");
    assert!(end.unwrap().is_after(&late.unwrap()));
}

#[test]
fn keys_tell_the_states_of_one_call_apart() {
    let key = |form: &str| read::<CallStatusUpdate>(form).idempotency_key();
    let ringing = key("CallSid=CA1&CallStatus=ringing&SequenceNumber=1");
    assert_ne!(ringing, key("CallSid=CA1&CallStatus=in-progress&SequenceNumber=2"));
    assert_eq!(ringing, key("SequenceNumber=1&CallStatus=ringing&CallSid=CA1&New=1"));
    let muted = |number: &str| {
        let form = format!(
            "ConferenceSid=CF1&CallSid=CA1&StatusCallbackEvent=participant-mute&SequenceNumber={number}"
        );
        read::<ConferenceEvent>(&form).idempotency_key()
    };
    assert_ne!(muted("3"), muted("5"));
}

#[test]
fn the_route_names_the_type_whatever_the_parameters_look_like() {
    let form = "CallSid=CA1&CallStatus=in-progress&Digits=12";
    assert_eq!(read::<GatherResult>(form).name(), "gather-action.dtmf");
    assert_eq!(read::<CallStatusUpdate>(form).name(), "call-status.answered");
    let update: CallStatusUpdate = read("CallSid=CA1&CallStatus=paused");
    assert_eq!((update.name(), update.info().listed), ("call-status", false));
    assert!(!update.call_status.unwrap().is_recognized());
    assert!(!CallStatus::Ringing.supersedes(&CallStatus::from("paused")));
}

#[test]
fn what_senders_add_is_reachable() {
    let call: IncomingCall = read(
        "CallSid=CA1&SipDomain=a.example&SipHeader_X-Tier=gold&SipHeader_User-to-User=7&Desk=3",
    );
    assert_eq!(call.name(), "incoming-sip-call");
    let headers: Vec<_> = call.sip_headers().collect();
    assert_eq!(headers, [("X-Tier", "gold"), ("User-to-User", "7")]);
    assert_eq!(call.extra().collect::<Vec<_>>(), [("Desk", "3")]);
}

#[test]
fn what_json_is_unknown_keeps_its_name() {
    for (body, name) in [
        (r#"{"event_type":"voice_intelligence_x"}"#, Some("voice_intelligence_x")),
        // What forms go by is no name of JSON.
        (r#"{"event_type":"dial-action"}"#, None),
        (r#"{"event_type":"dial-action.busy"}"#, None),
        (r#"{"event_type":""}"#, None),
        (r#"{"event_type":1}"#, None),
        ("{}", None),
    ] {
        let event = VoiceWebhook::decode(&Json::parse(body.as_bytes()).unwrap().into());
        let VoiceWebhook::Unknown(unknown) = event else { panic!("{body}: {event:?}") };
        assert_eq!(unknown.name(), name, "{body}");
    }
}
