//! The model against the provider's table, in both directions.

use std::collections::{BTreeMap, BTreeSet};

use switchhook_core::{Certainty, Kind, Params};
use switchhook_laws::{Table, known, strings};
use switchhook_twilio_voice::{
    AnsweredBy, BankAccountType, CallStatus, CallbackSource, ConferenceEventType, DequeueResult,
    DialCallStatus, Direction, ParticipantCallStatus, PayErrorType, PayFor, PayResult,
    PaymentCardType, PaymentMethod, QueueResult, ReasonConferenceEnded, ReasonParticipantLeft,
    RecordingSource, RecordingStatus, RecordingTrack, SessionStatus, SiprecEvent, StirStatus,
    StirVerstat, StreamEvent, Track, TranscriptionEngine, TranscriptionEvent, TranscriptionStatus,
    VirtualAgentStatus, VoiceWebhook, classify,
};

fn table() -> Table {
    Table::read(include_str!("fixtures/twilio-voice.json"))
}

#[test]
fn events_are_those_of_the_table() {
    table().has_the_events_of::<VoiceWebhook>(97);
}

#[test]
fn fields_are_those_of_the_table() {
    let renamed = [
        ("stage", "For"),
        ("is_final", "Final"),
        ("session_name", "Name"),
        ("session_sid", "TranscriptionSid"),
        ("recording_length", "Duration"),
        ("virtual_agent_event", "StatusCallbackEvent"),
    ];
    let units = [
        ("Duration", Kind::Minutes),
        ("Duration", Kind::Seconds),
        ("MachineDetectionDuration", Kind::Milliseconds),
        // The table calls it as the type of the whole webhook is called.
        ("StatusCallbackEvent", Kind::Enum("ConferenceEventType")),
    ];
    table().has_the_fields_of::<VoiceWebhook>(&renamed, &units);
    table().has_the_parameters_of::<VoiceWebhook>(183);
}

#[test]
fn enums_have_the_values_of_the_table() {
    use ConferenceEventType as ConferenceEvent;
    table().has_the_enums(
        known!(
            AnsweredBy,
            BankAccountType,
            CallStatus,
            CallbackSource,
            ConferenceEvent,
            DequeueResult,
            DialCallStatus,
            Direction,
            ParticipantCallStatus,
            PayErrorType,
            PayFor,
            PayResult,
            PaymentCardType,
            PaymentMethod,
            QueueResult,
            ReasonConferenceEnded,
            ReasonParticipantLeft,
            RecordingSource,
            RecordingStatus,
            RecordingTrack,
            SessionStatus,
            SiprecEvent,
            StirStatus,
            StirVerstat,
            StreamEvent,
            Track,
            TranscriptionEngine,
            TranscriptionEvent,
            TranscriptionStatus,
            VirtualAgentStatus,
        ),
        // The name of the one event in JSON.
        &["IntelligenceEvent"],
    );
}

#[test]
fn samples_decode_to_their_event_without_a_problem_or_a_loss() {
    // Parameters that clients of the Voice SDK have added.
    table().samples_decode::<VoiceWebhook>(111, &["opportunityId"]);
}

#[test]
fn groups_are_told_apart_in_the_order_of_the_table() {
    let table = table();
    let carriers = carriers(&table);
    let order = table.list("classification_order");
    let order: Vec<_> = order
        .iter()
        .map(|rule| (rule["if"].as_str().unwrap(), rule["group"].as_str().unwrap()))
        .map(|(text, group)| (text, group.split(' ').next().unwrap()))
        .collect();
    let mut earlier = BTreeSet::new();
    let mut tried = 0;
    for (at, &(text, group)) in order.iter().enumerate() {
        if group == "voice-intelligence" {
            continue; // The one body that is JSON; it says what it is.
        }
        let mut alone = true;
        let mut certainty = Certainty::Guess;
        for form in forms(text) {
            let params = Params::parse(form.as_bytes()).unwrap();
            let found = classify(&params).unwrap_or_else(|| panic!("{form}"));
            assert_eq!(found.group, group, "{form}");
            (tried, certainty) = (tried + 1, found.certainty);
            let may_send = |group: &&str| {
                params.iter().skip(1).all(|(name, _)| carriers[name].contains(*group))
            };
            let groups = carriers.values().flatten().copied().collect::<BTreeSet<_>>();
            alone &= groups.difference(&earlier).copied().filter(may_send).eq([group]);
        }
        // It is certain where no other group that is not ruled out may send all of it.
        assert!(alone || certainty < Certainty::Certain, "{text}");
        // What is tried again further down is not ruled out yet.
        if order[at + 1..].iter().all(|rule| rule.1 != group) {
            earlier.insert(group);
        }
    }
    assert_eq!(tried, 34);
    assert_eq!(classify(&Params::parse(b"Colour=red").unwrap()), None);
}

#[test]
fn a_fallback_is_none_of_what_failed() {
    let mut tried = 0;
    for sample in table().samples() {
        let form = format!("{}&ErrorCode=11200&ErrorUrl=https%3A%2F%2Fexample.com", sample.body);
        let params = Params::parse(form.as_bytes()).unwrap();
        if params.contains("CallSid") {
            let found = classify(&params).unwrap();
            let expected = ("voice-fallback", Certainty::Certain);
            assert_eq!((found.group, found.certainty), expected, "{form}");
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
    // The fallback of a message is about no call.
    assert_eq!(classify(&Params::parse(b"MessageSid=SM1&ErrorUrl=x").unwrap()), None);
}

/// Which groups have a parameter.
fn carriers(table: &Table) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut carriers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for event in table.part("events").values() {
        for name in ["required", "optional"].iter().flat_map(|list| strings(&event[*list])) {
            carriers.entry(name).or_default().insert(event["group"].as_str().unwrap());
        }
    }
    carriers
}

/// The smallest forms that a rule is about, one for each alternative in it.
fn forms(rule: &str) -> Vec<String> {
    let mut forms = vec!["CallSid=CA1".to_owned()];
    if rule == "otherwise" {
        return forms;
    }
    for part in rule.split(" and ") {
        let part = part.trim_matches(['(', ')']);
        if part.starts_with("not ") {
            continue;
        }
        forms = part
            .split(" or ")
            .flat_map(|name| {
                let pair = if name.contains('=') { name.into() } else { format!("{name}=x") };
                forms.iter().map(move |form| format!("{form}&{pair}")).collect::<Vec<_>>()
            })
            .collect();
    }
    forms
}
