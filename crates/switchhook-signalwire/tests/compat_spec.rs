//! The model of the compatibility API against the provider's table, in both directions.

use std::collections::BTreeSet;

use switchhook_core::{Certainty, EventInfo, Family, Format, Kind, Params, Pattern};
use switchhook_laws::{Table, known, strings};
use switchhook_signalwire::compat::{
    AnsweredBy, CallStatus, CompatWebhook, ConferenceEventType, DialCallStatus, Direction,
    Encoding, FaxStatus, MessageStatus, PayErrorType, PayFor, PayResult, QueueResult,
    RecordingSource, RecordingStatus, ReferCallStatus, SmsVerbStatus, StreamError, StreamEvent,
    StreamMessage, TranscriptionStatus, classify,
};

fn table() -> Table {
    Table::read(include_str!("fixtures/signalwire-compat.json"))
}

/// What the table calls integers, and an enum that is called as an event is.
const UNITS: &[(&str, Kind)] = &[
    ("MachineDetectionDuration", Kind::Milliseconds),
    ("media.timestamp", Kind::Milliseconds),
    ("dtmf.duration", Kind::Milliseconds),
    ("StatusCallbackEvent", Kind::Enum("ConferenceEventType")),
];

#[test]
fn events_are_those_of_the_table() {
    table().has_the_events_of::<CompatWebhook>(35);
}

#[test]
fn fields_are_those_of_the_table() {
    let renamed = [("stage", "For"), ("unique_id", "Unique-ID"), ("media_list", "Media")];
    let table = table();
    table.has_the_fields_of::<CompatWebhook>(&renamed, UNITS);
    table.has_the_paths_of::<CompatWebhook>(UNITS);
    let forms: Vec<_> = forms()
        .flat_map(|info| {
            let fields = info.fields.iter().map(|field| field.wire.to_owned());
            fields.chain(info.patterns.iter().map(|pattern| match pattern {
                Pattern::Prefixed(name) => format!("{name}{{name}}"),
                Pattern::Indexed(name) => format!("{name}{{N}}"),
                other => panic!("{other:?}"),
            }))
        })
        .collect();
    let forms: Vec<_> = forms.iter().map(String::as_str).collect();
    // 171 in the provider's table, which has the two aliases as parameters.
    table.has_all_paths_of::<CompatWebhook>(169, &forms, UNITS);
}

fn forms() -> impl Iterator<Item = &'static EventInfo> {
    CompatWebhook::events().filter(|info| info.format == Format::Form)
}

#[test]
fn enums_have_the_values_of_the_table() {
    use ConferenceEventType as ConferenceEvent;
    table().has_the_enums(
        known!(
            AnsweredBy,
            CallStatus,
            ConferenceEvent,
            DialCallStatus,
            Direction,
            Encoding,
            FaxStatus,
            MessageStatus,
            PayErrorType,
            PayFor,
            PayResult,
            QueueResult,
            RecordingSource,
            RecordingStatus,
            ReferCallStatus,
            SmsVerbStatus,
            StreamError,
            StreamEvent,
            StreamMessage,
            TranscriptionStatus,
        ),
        &[],
    );
}

#[test]
fn samples_decode_to_their_event_without_a_problem_or_a_loss() {
    table().samples_decode::<CompatWebhook>(55, &[]);
}

/// What the route alone can tell, and what it is taken for without one.
const ROUTED: &[(&str, &str)] = &[
    ("voice.incoming_status", "voice.status"),
    ("voice.amd", "voice.request"),
    ("conference.wait", "voice.request"),
    ("message.action", "message.status"),
    ("fax.received", "fax.status"),
];

#[test]
fn samples_are_classified_as_far_as_they_can_be_told() {
    for sample in table().samples() {
        let Ok(params) = Params::parse(sample.body.as_bytes()) else { continue };
        if sample.body.starts_with('{') {
            continue;
        }
        let found = classify(&params).map(|found| found.group);
        let taken = ROUTED.iter().find(|routed| routed.0 == sample.event);
        assert_eq!(found, Some(taken.map_or(&*sample.event, |taken| taken.1)), "{}", sample.body);
    }
}

/// The rules of the table in their order: the smallest forms that each is about, and what these
/// are taken for.
const RULES: &[(&str, &[(&str, &str)])] = &[
    ("StreamEvent", &[("StreamEvent=", "stream.status")]),
    ("TranscriptionSid", &[("TranscriptionSid=", "transcription.status")]),
    ("RecordingStatus", &[("RecordingStatus=", "recording.status")]),
    ("FaxSid", &[("FaxSid=&FaxStatus=", "fax.status"), ("FaxSid=", "fax.request")]),
    (
        "StatusCallbackEvent with ConferenceSid",
        &[("StatusCallbackEvent=&ConferenceSid=", "conference.status")],
    ),
    ("MessageStatus", &[("MessageStatus=", "message.status")]),
    ("MessageSid", &[("MessageSid=", "message.inbound")]),
    ("SmsStatus", &[("SmsStatus=&CallSid=", "sms_verb.action"), ("SmsStatus=", "sms_verb.status")]),
    ("For", &[("For=", "pay.status")]),
    (
        "Result with a Payment or Pay member",
        &[
            ("Result=&PaymentToken=", "pay.action"),
            ("Result=&PaymentCardNumber=", "pay.action"),
            ("Result=&PaymentMethod=", "pay.action"),
            ("Result=&PaymentError=", "pay.action"),
            ("Result=&PayErrorCode=", "pay.action"),
        ],
    ),
    ("DialCallStatus", &[("DialCallStatus=&RecordingUrl=", "dial.action")]),
    ("QueueResult", &[("QueueResult=", "queue.action")]),
    ("DequeingCallSid", &[("DequeingCallSid=", "queue.url")]),
    (
        "QueuePosition or CurrentQueueSize",
        &[("QueuePosition=", "queue.wait"), ("CurrentQueueSize=", "queue.wait")],
    ),
    ("ReferCallStatus", &[("ReferCallStatus=", "refer.action")]),
    ("VirtualAgentStatus", &[("VirtualAgentStatus=", "virtual_agent.action")]),
    (
        "CallbackSource, or Timestamp with CallStatus",
        &[("CallbackSource=", "voice.status"), ("Timestamp=&CallStatus=", "voice.status")],
    ),
    (
        "Digits or SpeechResult without RecordingUrl",
        &[("Digits=", "gather.action"), ("SpeechResult=", "gather.action")],
    ),
    ("RecordingUrl", &[("RecordingUrl=", "record.action")]),
    ("CallSid", &[("CallSid=", "voice.request")]),
    ("anything else", &[("ConferenceSid=", "unknown")]),
];

#[test]
fn events_are_told_apart_in_the_order_of_the_table() {
    let table = table();
    let theirs: Vec<_> =
        table.list("discriminators").iter().map(|rule| rule["param"].as_str().unwrap()).collect();
    assert_eq!(RULES.iter().map(|rule| rule.0).collect::<Vec<_>>(), theirs);

    let lists = |event: &str, lists: &[&'static str]| -> BTreeSet<&str> {
        let row = &table.part("events")[event];
        lists.iter().flat_map(|list| strings(&row[*list])).collect()
    };
    let mut earlier: Vec<BTreeSet<String>> = Vec::new();
    for (form, event) in RULES.iter().flat_map(|rule| rule.1) {
        let params = Params::parse(form.as_bytes()).unwrap();
        let names: BTreeSet<String> = params.iter().map(|(name, _)| name.into()).collect();
        let found = classify(&params);
        assert_eq!(found.map_or("unknown", |found| found.group), *event, "{form}");
        // It is certain where no other event may send all of it, but for those that always send
        // what is asked for earlier.
        let others = forms().map(|info| info.name).filter(|other| {
            let always = lists(other, &["required"]);
            let may = lists(other, &["required", "optional"]);
            let is_ruled_out = |earlier: &BTreeSet<String>| {
                earlier.iter().all(|name| always.contains(name.as_str()))
            };
            other != event
                && names.iter().all(|name| may.contains(name.as_str()))
                && !earlier.iter().any(is_ruled_out)
        });
        let others: Vec<_> = others.collect();
        let certain = found.is_some_and(|found| found.certainty == Certainty::Certain);
        assert_eq!(certain, others.is_empty() && found.is_some(), "{form}: {others:?}");
        earlier.push(names);
    }
}
