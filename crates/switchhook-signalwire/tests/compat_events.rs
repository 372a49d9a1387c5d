//! What holds for single events of the compatibility API, beside the laws of all models.

use switchhook_core::{Decoded, EventData, Family, FromFamily, Json, Order, Params, Payload};
use switchhook_signalwire::compat::{
    AnsweredBy, CallStatus, CallStatusUpdate, CompatWebhook, ConferenceWait, DialResult,
    FaxReceived, FaxStatusUpdate, IncomingMessage, MachineDetectionResult, MessageResult,
    MessageStatusUpdate, RecordingSource, RecordingStatusUpdate,
    media_streams::{Inbound, Outbound},
};

fn payload(form: &str) -> Payload {
    Params::parse(form.as_bytes()).unwrap().into()
}

fn read<E: FromFamily>(form: &str) -> E {
    E::read(&payload(form)).unwrap_or_else(|other| panic!("{other:?}"))
}

#[test]
fn late_states_do_not_overwrite_newer_ones_where_numbers_are_missing() {
    let order = |form: &str| -> Order { read::<CallStatusUpdate>(form).order().unwrap() };
    let answered = order("CallSid=1&CallStatus=in-progress&SequenceNumber=2");
    // The last one was captured without its number.
    let done = order("CallSid=1&CallStatus=completed");
    assert!(done.is_after(&answered) && !answered.is_after(&done));
    assert!(answered.is_after(&order("CallSid=1&CallStatus=ringing&SequenceNumber=1")));
    assert!(!order("CallSid=1&CallStatus=busy").is_after(&done));
    assert!(!order("CallSid=2&CallStatus=completed").is_after(&answered));
    // A state that is new has its number at least.
    let paused = order("CallSid=1&CallStatus=paused&SequenceNumber=3");
    assert!(!paused.is_after(&answered) && !answered.is_after(&paused));

    let message = |status: &str| {
        let form = format!("MessageSid=1&MessageStatus={status}");
        read::<MessageStatusUpdate>(&form).order().unwrap()
    };
    assert!(message("delivered").is_after(&message("sent")));
    assert!(message("sent").is_after(&message("initiated")));
    assert!(!message("failed").is_after(&message("undelivered")));
    let fax = |status: &str| {
        read::<FaxStatusUpdate>(&format!("FaxSid=1&FaxStatus={status}")).order().unwrap()
    };
    assert!(fax("no-answer").is_after(&fax("sending")));
}

#[test]
fn keys_tell_the_states_of_one_call_apart() {
    let key = |form: &str| read::<CallStatusUpdate>(form).idempotency_key();
    let ringing = key("CallSid=1&CallStatus=ringing");
    assert_ne!(ringing, key("CallSid=1&CallStatus=in-progress"));
    assert_ne!(ringing, key("CallSid=1&CallStatus=ringing&AccountSid=2"));
    assert_eq!(ringing, key("CallStatus=ringing&CallSid=1&New=1"));
    // Partial results come before the last.
    let detected = |form: &str| read::<MachineDetectionResult>(form).idempotency_key();
    let last = "CallSid=1&AnsweredBy=machine_end_beep";
    assert_ne!(detected("CallSid=1&AnsweredBy=unknown"), detected(last));
    assert_eq!(detected(last), detected(last));
}

#[test]
fn the_route_names_the_type_whatever_the_parameters_look_like() {
    let answered = "CallSid=1&CallStatus=in-progress&AnsweredBy=machine";
    let found: MachineDetectionResult = read(answered);
    assert_eq!((found.name(), found.answered_by), ("voice.amd", Some(AnsweredBy::Machine)));
    assert_eq!(read::<ConferenceWait>(answered).name(), "conference.wait");
    assert_eq!(read::<FaxReceived>("FaxSid=1&FaxStatus=received").name(), "fax.received");
    let result: MessageResult = read("MessageSid=1&MessageStatus=queued");
    assert_eq!((result.name(), result.info().group), ("message.action", "messaging"));
    let update: CallStatusUpdate = read("CallSid=1&CallStatus=paused");
    assert!(!update.call_status.unwrap().is_recognized());
    assert!(CallStatus::InProgress.supersedes(&CallStatus::Ringing));
}

#[test]
fn what_discriminates_is_required_and_no_more() {
    let events = [
        ("DialCallStatus=busy", true),
        ("DialCallStatus=", false),
        ("MessageSid=", false),
        ("MessageStatus=sent", false),
        ("SmsStatus=sent&SmsSid=1", true),
    ];
    for (form, fits) in events {
        let event = CompatWebhook::decode(&payload(form));
        assert_eq!(matches!(event.decoded(), Decoded::Event(_)), fits, "{event:?}");
        assert!(!matches!(event.decoded(), Decoded::Unknown { .. }), "{event:?}");
    }
}

#[test]
fn spellings_that_differ_are_read_and_stay_as_they_are() {
    let form = "DialCallStatus=failed&DialCallSID=3c7a8f98&DialSipHeader_X-Reason=busy%20line";
    let mut dial: DialResult = read(form);
    assert_eq!(dial.dial_call_sid.as_deref(), Some("3c7a8f98"));
    assert_eq!(dial.dial_sip_headers().collect::<Vec<_>>(), [("X-Reason", "busy line")]);
    assert_eq!(dial.extra().count(), 0);
    dial.dial_call_sid = Some("4".into());
    assert_eq!(dial.to_params().get("DialCallSID"), Some("4"));
    assert_eq!(dial.to_params().get("DialCallSid"), None);

    for source in ["OutBoundApi", "OutboundAPI", "outboundapi"] {
        let form = format!("RecordingSid=1&RecordingSource={source}");
        let update: RecordingStatusUpdate = read(&form);
        assert_eq!(update.recording_source, Some(RecordingSource::OutBoundApi));
        assert_eq!(update.params().get("RecordingSource"), Some(source));
    }
}

#[test]
fn the_media_of_a_message_are_paired() {
    let message: IncomingMessage = read(
        "MessageSid=1&MediaUrl1=https://a.example/2&MediaUrl0=https://a.example/1\
         &MediaContentType0=image/jpeg",
    );
    let media: Vec<_> = message.media().iter().map(|m| (m.index, m.url, m.content_type)).collect();
    let expected =
        [(0, "https://a.example/1", Some("image/jpeg")), (1, "https://a.example/2", None)];
    assert_eq!(media, expected);
}

#[test]
fn messages_of_streams_are_those_of_media_streams() {
    for info in CompatWebhook::events().filter(|info| info.name.starts_with("stream.ws.")) {
        let sample = info.sample_payload();
        let text = sample.json().unwrap().to_string();
        let read = Inbound::parse(&text);
        assert!(info.name.ends_with(read.name().unwrap()), "{read:?}: {text}");
        assert_eq!(CompatWebhook::decode(&sample).name(), Some(info.name));
    }
    let start = r#"{"event":"start","start":{"streamSid":"ea93b373","callSid":"bee0b64b",
        "mediaFormat":{"encoding":"audio/x-L16","sampleRate":24000,"channels":1}}}"#;
    let Inbound::Start(start) = Inbound::parse(start) else { panic!("no start") };
    assert_eq!((start.encoding.as_deref(), start.sample_rate), (Some("audio/x-L16"), Some(24000)));
    let answer = Outbound::media(&start.stream_sid, &[0; 2]).to_json();
    assert!(answer.contains(r#""streamSid":"ea93b373""#), "{answer}");
}

#[test]
fn json_says_what_it_is() {
    let decode = |text: &str| CompatWebhook::decode(&Json::parse(text.as_bytes()).unwrap().into());
    let request = decode(r#"{"transaction_id":"1","cardnumber":"4111111111111111","cvv":"123"}"#);
    let CompatWebhook::PaymentConnectorRequest(request) = request else { panic!("{request:?}") };
    let shown = format!("{request:?}");
    assert!(!shown.contains("4111") && !shown.contains("123"), "{shown}");
    for (unknown, name) in [
        (r#"{"event":"clear"}"#, Some("clear")),
        // What forms go by is no name of JSON.
        (r#"{"event":"dial.action"}"#, None),
        (r#"{"event":"voice"}"#, None),
        (r#"{"event":""}"#, None),
        (r#"{"event":7}"#, None),
        (r#"{"colour":"red"}"#, None),
        ("[]", None),
    ] {
        let event = decode(unknown);
        assert!(matches!(event.decoded(), Decoded::Unknown { .. }), "{event:?}");
        assert_eq!(event.name(), name, "{unknown}");
    }
}
