//! What holds for single events of the compatibility API, beside the laws of all models.

use switchhook_core::{
    Decoded, EventData, Family, Format, FromFamily, Json, Order, Params, Payload,
};
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

/// The same names in a flat object; what is a number goes as one, of which a form has the text.
fn flat(form: &Params) -> Json {
    let is_number = |text: &str| text.parse::<u32>().is_ok_and(|number| number.to_string() == text);
    let member = |(name, text): (&str, &str)| {
        let name = serde_json::to_string(name).unwrap();
        let text = if is_number(text) { text.into() } else { serde_json::to_string(text).unwrap() };
        format!("{name}:{text}")
    };
    let members: Vec<_> = form.iter().map(member).collect();
    Json::parse(format!("{{{}}}", members.join(",")).as_bytes()).unwrap()
}

#[test]
fn forms_may_come_as_flat_json() {
    let table: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/signalwire-compat.json")).unwrap();
    let bodies = table["samples"].as_array().unwrap().iter();
    let bodies = bodies.map(|sample| sample["body"].as_str().unwrap().to_owned());
    let own = CompatWebhook::events().filter(|info| info.format == Format::Form);
    let own = own.map(|info| info.sample().to_form());
    let mut looked = 0;
    for body in bodies.chain(own).filter(|body| !body.starts_with('{')) {
        let form = Params::parse(body.as_bytes()).unwrap();
        let json = flat(&form);
        let (form, payload) = (Payload::from(form), Payload::from(json.clone()));
        let event = CompatWebhook::decode(&payload);
        assert_eq!(event, CompatWebhook::decode(&form), "{body}");
        let Decoded::Event(data) = event.decoded() else { panic!("{body}: {event:?}") };
        assert_eq!((data.payload(), data.to_payload()), (payload.clone(), payload.clone()));
        // Where a route names the type, too.
        let (routed, as_form) = (
            CompatWebhook::decode_as(data.name(), &payload),
            CompatWebhook::decode_as(data.name(), &form),
        );
        assert_eq!(routed, as_form, "{body}");
        looked += 1;
    }
    assert!(looked > 60, "{looked}");
}

#[test]
fn flat_json_is_changed_in_its_place() {
    let body = r#"{"CallSid":"1","CallStatus":"completed","CallDuration":42,"New":{"a":[1]},"From":null,"Direction":""}"#;
    let payload = Payload::from(Json::parse(body.as_bytes()).unwrap());
    let mut update = CallStatusUpdate::read(&payload).unwrap();
    assert_eq!(
        (update.call_sid.as_str(), update.call_status.as_ref()),
        ("1", Some(&CallStatus::Completed))
    );
    assert_eq!((update.from.as_ref(), update.direction.as_ref()), (None, None));
    assert_eq!(
        (update.problems().len(), update.extra().collect::<Vec<_>>()),
        (0, vec![("New", r#"{"a":[1]}"#)])
    );
    assert_eq!(EventData::to_payload(&update), payload);
    update.call_duration = Some(switchhook_core::Seconds(43));
    update.from = Some("+15550001111".into());
    let changed = EventData::to_payload(&update);
    assert_eq!(
        changed.json().unwrap().as_str(),
        body.replace("42", "43").replace("\"From\":null", "\"From\":\"+15550001111\"")
    );
    // serde writes what came, and reads the same event.
    let text = r#"{"CallSid":"1","CallStatus":"completed","CallbackSource":"a"}"#;
    let plain = CallStatusUpdate::read(&Json::parse(text.as_bytes()).unwrap().into()).unwrap();
    assert_eq!(serde_json::to_string(&plain).unwrap(), text);
    assert_eq!(serde_json::from_str::<CallStatusUpdate>(text).unwrap(), plain);
    assert_eq!(serde_json::from_str::<CompatWebhook>(text).unwrap(), plain.into());
    // What is repeated is told as of a form.
    let twice = r#"{"CallSid":"1","CallStatus":"busy","CallStatus":"completed"}"#;
    let twice = CallStatusUpdate::read(&Json::parse(twice.as_bytes()).unwrap().into()).unwrap();
    assert_eq!(twice.call_status, Some(CallStatus::Busy));
    assert_eq!(twice.problems().len(), 1);
    let none = CallStatusUpdate::read(&Json::parse(b"[]").unwrap().into());
    assert!(matches!(none, Err(CompatWebhook::Malformed(_))), "{none:?}");
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

    let key = |rest: &str| {
        let form = format!("DialCallStatus=completed&{rest}");
        read::<DialResult>(&form).idempotency_key()
    };
    assert_eq!(key("CallSid=1&DialCallSID=2&X=1"), key("CallSid=1&DialCallSID=2&X=2"));
    assert_eq!(key("CallSid=1&DialCallSID=2"), key("CallSid=1&DialCallSid=2"));
    assert_ne!(key("CallSid=1&DialCallSID=2"), key("CallSid=1&DialCallSID=3"));

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
