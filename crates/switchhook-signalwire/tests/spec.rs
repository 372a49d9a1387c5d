//! The model against the provider's table, in both directions.

use switchhook_core::{Event, Family, Format, Json, Kind, Payload, ProblemKind};
use switchhook_laws::{Table, strings};
use switchhook_signalwire::{
    AiAction, AiContentType, AiDebug, AiErrorReason, BargeType, CallDirection, CallRecord,
    CallState, CallStateChanged, CollectResult, CompletionType, ConnectState, ContentDisposition,
    ControlState, ConversationType, CreatedBy, DetectEvent, DetectType, DeviceType, DialState,
    EndReason, FaxDirection, FaxEvent, FillerType, FlowTrigger, GatherRejectReason, HoldEvent,
    HttpMethod, LlmErrorEvent, LoopType, MediaDirection, MemberType, MessageDirection,
    MessageState, MessageStatus, MessageType, NormalizeDirection, PauseBehavior, PayErrorType,
    PayFor, QueueOrConferenceStatus, RecordFormat, SessionEndReason, SidecarEventType,
    SignalWireEvent, TenDlcCategory, UtteranceRole, VideoPlaybackState, VideoRecordingState,
    VideoStreamState, VoiceErrorEvent, debug,
};

fn table() -> Table {
    Table::read(include_str!("fixtures/signalwire.json"))
}

/// Lengths of time, which the table calls integers.
const UNITS: &[(&str, Kind)] = &[
    ("params.device.params.max_duration", Kind::Seconds),
    ("params.device.params.ptime", Kind::Milliseconds),
    ("params.playback.position", Kind::Milliseconds),
    ("hold.timeout", Kind::Seconds),
    ("session_end.duration_ms", Kind::Milliseconds),
    ("startup_hook.duration_ms", Kind::Milliseconds),
    ("hangup_hook.duration_ms", Kind::Milliseconds),
    ("barge.barge_elapsed_ms", Kind::Milliseconds),
    ("barge.audio_played_ms", Kind::Milliseconds),
    ("attention_timeout.timeout_ms", Kind::Milliseconds),
    ("function_call.duration_ms", Kind::Milliseconds),
    ("llm_response.duration_ms", Kind::Milliseconds),
    ("oart_response_done.latency", Kind::Milliseconds),
    ("oart_response_done.utterance_latency", Kind::Milliseconds),
    ("oart_response_done.audio_latency", Kind::Milliseconds),
    ("oart_response_done.acoustic_latency", Kind::Milliseconds),
    ("sidecar_event.duration_ms", Kind::Milliseconds),
];

#[test]
fn events_are_those_of_the_table() {
    let table = table();
    table.has_the_events_of::<SignalWireEvent>(100);
    let over_http = table.part("events").values().filter(|event| event["channel"] == "webhook");
    assert_eq!(over_http.count(), 66);
}

#[test]
fn fields_are_those_of_the_table() {
    table().has_the_paths_of::<SignalWireEvent>(UNITS);
    let query = ["From", "To", "CallSid", "Direction"];
    table().has_all_paths_of::<SignalWireEvent>(718, &query, UNITS);
    let fetch = SignalWireEvent::info("swml.fetch.get").unwrap();
    assert_eq!(fetch.format, Format::Form);
    let fields: Vec<_> = fetch.fields.iter().map(|field| field.wire).collect();
    assert_eq!(fields, ["CallSid", "From", "To", "Direction"]);
}

#[test]
fn enums_have_the_values_of_the_table() {
    let table = table();
    // Of the types of payment errors the empty text is one: it is absent here.
    table.has_the_enums(
        switchhook_laws::known!(
            CallState,
            CallDirection,
            DeviceType,
            CreatedBy,
            ConnectState,
            ControlState,
            CollectResult,
            PauseBehavior,
            RecordFormat,
            MediaDirection,
            DetectType,
            DetectEvent,
            FaxEvent,
            FaxDirection,
            HttpMethod,
            PayFor,
            QueueOrConferenceStatus,
            DialState,
            MessageState,
            MessageStatus,
            MessageDirection,
            MessageType,
            TenDlcCategory,
            MemberType,
            VideoRecordingState,
            VideoPlaybackState,
            VideoStreamState,
            AiContentType,
            ContentDisposition,
            ConversationType,
            AiErrorReason,
            AiAction,
            SessionEndReason,
            BargeType,
            CompletionType,
            FillerType,
            HoldEvent,
            LoopType,
            FlowTrigger,
            GatherRejectReason,
            LlmErrorEvent,
            NormalizeDirection,
            VoiceErrorEvent,
            SidecarEventType,
            UtteranceRole
        ),
        &["PayErrorType", "EndReason"],
    );
    let errors = PayErrorType::KNOWN.iter().map(PayErrorType::as_str);
    let listed = strings(&table.part("enums")["PayErrorType"]["values"]);
    assert_eq!([""].into_iter().chain(errors).collect::<Vec<_>>(), listed);
    // Two reasons have two spellings each: that of scripts and that of the socket.
    let reasons = strings(&table.part("enums")["EndReason"]["values"]);
    assert!(reasons.iter().all(|reason| EndReason::from(*reason).is_recognized()));
    assert_eq!(EndReason::from("noAnswer"), EndReason::NoAnswer);
    assert_eq!(EndReason::from("decline"), EndReason::Declined);
    assert_eq!(EndReason::KNOWN.len() + 2, reasons.len());
    assert_eq!(table.part("enums").len(), 47);
    let sidecar: Vec<_> = table.part("sidecar_events").keys().collect();
    assert_eq!(
        SidecarEventType::KNOWN.iter().map(SidecarEventType::as_str).collect::<Vec<_>>(),
        sidecar
    );
    let names: Vec<_> = AiDebug::EVENTS[0].fields.iter().map(|field| field.wire).collect();
    for name in table.part("debug_events").keys() {
        assert!(names.contains(&name.as_str()), "no debug event {name}");
    }
}

/// The events whose bodies do not tell them.
const ROUTED: &[&str] = &[
    "room.started",
    "room.ended",
    "member.joined",
    "member.left",
    "recording.started",
    "recording.completed",
    "swaig.check_for_input",
    "swml.request",
];

#[test]
fn samples_decode_to_their_event_without_a_problem_or_a_loss() {
    // The author of a script names what is in the body of its requests.
    table().bodies_decode::<SignalWireEvent>(184, ROUTED, &["order", "caller"]);
}

#[test]
fn own_samples_are_told_as_those_of_the_table() {
    for info in SignalWireEvent::events() {
        let event = SignalWireEvent::decode(&info.sample_payload());
        let by_route = ROUTED.contains(&info.name);
        assert_eq!(event.name(), (!by_route).then_some(info.name), "{event:?}");
    }
}

fn decode(body: &str) -> SignalWireEvent {
    SignalWireEvent::decode(&Payload::from(Json::parse(body.as_bytes()).unwrap()))
}

#[test]
fn unknown_and_malformed_are_different_things() {
    for (body, name) in [
        (r#"{"event_type":"calling.call.sing","params":{}}"#, Some("calling.call.sing")),
        (r#"{"event_type":"video.room.painted","params":{}}"#, Some("video.room.painted")),
        (r#"{"room_id":"r1"}"#, None),
        ("[1]", None),
        ("null", None),
    ] {
        let SignalWireEvent::Unknown(unknown) = decode(body) else { panic!("{body}") };
        assert_eq!(unknown.name(), name);
        assert_eq!(unknown.payload().json().map(Json::as_str), Some(body));
    }
    for (body, name, reason) in [
        (
            r#"{"event_type":"calling.call.state","params":{}}"#,
            "calling.call.state",
            "params.call_id is missing",
        ),
        (
            r#"{"event_type":"calling.call.state","params":null}"#,
            "calling.call.state",
            "params.call_id is missing",
        ),
        (
            r#"{"event_type":"calling.call.play","params":{"call_id":[]}}"#,
            "calling.call.play",
            "params.call_id is not text",
        ),
        (
            r#"{"message_id":"\ud800","status":"sent"}"#,
            "message.status.flat",
            "message_id is not UTF-8",
        ),
    ] {
        let SignalWireEvent::Malformed(malformed) = decode(body) else { panic!("{body}") };
        assert_eq!((malformed.info().name, &*malformed.reason().to_string()), (name, reason));
    }
    let novel = decode(r#"{"event_type":"brand_sold","event_category":"brand","brand_id":"b1"}"#);
    let SignalWireEvent::RegistrationChanged(novel) = novel else { panic!("{novel:?}") };
    assert_eq!((novel.name(), novel.brand_id.as_str()), ("10dlc", "b1"));
}

#[test]
fn events_are_read_in_each_form_that_the_table_describes() {
    let body =
        r#"{"event_type":"calling.call.pay","params":{"control_id":"c","state":"finished"}}"#;
    let SignalWireEvent::CallPay(pay) = decode(body) else { panic!("{body}") };
    assert_eq!((pay.control_id.as_str(), pay.call_id), ("c", None));
    let queue = |body: &str| {
        let SignalWireEvent::CallQueue(queue) = decode(body) else { panic!("{body}") };
        queue
    };
    let pages = r#"{"event_type":"calling.call.queue","params":
        {"call_id":"c","status":"enqueue","id":"q","name":"support"}}"#;
    let sdk = pages.replace("\"id\"", "\"queue_id\"").replace("\"name\"", "\"queue_name\"");
    assert_eq!(queue(pages).id.as_deref(), Some("q"));
    let found = queue(&sdk);
    assert_eq!((found.id, found.queue_id.as_deref()), (None, Some("q")));
    assert_eq!(found.queue_name.as_deref(), Some("support"));
    // The key has the queue by either name.
    assert_eq!(queue(&sdk).idempotency_key(), queue(pages).idempotency_key());
    let other = sdk.replace("\"q\"", "\"r\"");
    assert_ne!(queue(&sdk).idempotency_key(), queue(&other).idempotency_key());
}

#[test]
fn values_are_typed_with_tolerance_and_changed_in_their_place() {
    let body = r#"{"event_type":"calling.call.state","timestamp":1785312000.123456,"params":{
        "call_id":"c1","call_state":"ended","answer_time":"1785311904000","dial_winner":"true",
        "end_reason":null,"start_time":[],"device":{"type":"sip","params":{"timeout":30,
        "headers":[{"name":"X","value":7,"odd":1},{"name":{}}],"new":{"deep":1}}}}}"#;
    let SignalWireEvent::CallStateChanged(mut call) = decode(body) else { panic!() };
    let at = call.timestamp.as_ref().unwrap();
    assert_eq!((at.unix_seconds(), at.subsec_nanos()), (1_785_312_000, 123_456_000));
    assert_eq!(call.answer_time.as_ref().unwrap().unix_seconds(), 1_785_311_904);
    assert_eq!((call.dial_winner, call.end_reason.clone()), (Some(true), None));
    let headers = call.device_headers.as_ref().unwrap().read().unwrap();
    assert_eq!((headers[0].value.as_deref(), headers[1].name.as_deref()), (Some("7"), None));
    let problems: Vec<_> = call.problems().iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "params.start_time is not a number of milliseconds since 1970",
            "params.device.params.headers has a name that is not text",
        ]
    );
    let extra: Vec<_> = call.extra().map(|(path, _)| path).collect();
    assert_eq!(extra, ["params.device.params.headers[0].odd", "params.device.params.new"]);
    assert_eq!(call.to_json().as_str(), body);

    call.dial_winner = Some(false);
    call.device_timeout = None;
    call.tag = Some(Json::parse(b"[1]").unwrap());
    let json: serde_json::Value = call.to_json().to().unwrap();
    assert_eq!(json["params"]["dial_winner"], "false");
    assert_eq!(json["params"]["tag"], serde_json::json!([1]));
    assert_eq!(json["params"]["device"]["params"]["new"]["deep"], 1);
    assert!(json["params"]["device"]["params"].get("timeout").is_none());
    assert_eq!(json["params"]["answer_time"], "1785311904000");
}

#[test]
fn numbers_are_read_in_each_spelling_of_json() {
    let body = r#"{"event_type":"calling.call.record","params":{"call_id":"c","duration":1.742e+1,"size":45.0}}"#;
    let SignalWireEvent::CallRecord(mut record) = decode(body) else { panic!() };
    assert_eq!((record.duration.map(|duration| duration.0), record.size), (Some(17.42), Some(45)));
    assert_eq!(record.problems(), []);
    assert_eq!(record.to_json().as_str(), body);
    record.size = Some(46);
    assert_eq!(record.to_json().as_str(), body.replace("45.0", "46"));
}

#[test]
fn names_that_come_twice_are_reported_wherever_they_are() {
    let body = r#"{"event_type":"calling.call.state","params":{"call_id":"c1","call_id":"c2",
        "call_state":"ended","call_state":"ended","tag":{"a":1,"a":2},"new":{"b":[{"c":1,"c":1}]}}}"#;
    let SignalWireEvent::CallStateChanged(call) = decode(body) else { panic!() };
    assert_eq!(call.call_id, "c1");
    let problems: Vec<_> = call.problems().iter().map(|p| (p.param, p.kind)).collect();
    assert_eq!(
        problems,
        [
            ("params.call_id", ProblemKind::Conflicting),
            ("params.call_state", ProblemKind::Repeated),
            ("params.tag", ProblemKind::RepeatedMember),
            ("the body", ProblemKind::RepeatedMember),
        ]
    );
    assert_eq!(call.to_json().as_str(), body);
}

#[test]
fn requests_of_the_socket_are_read_inside() {
    let inner = r#"{"event_type":"calling.call.receive","params":{"call_id":"c1","context":"a"}}"#;
    let body = format!(
        r#"{{"jsonrpc":"2.0","id":"7","method":"signalwire.event","params":{inner},"more":1}}"#
    );
    let SignalWireEvent::CallReceive(mut call) = decode(&body) else { panic!() };
    assert_eq!((call.context.as_deref(), call.extra().count()), (Some("a"), 0));
    assert_eq!(call.to_json().as_str(), body);
    call.context = Some("b".into());
    assert_eq!(call.to_json().as_str(), body.replace(r#""context":"a""#, r#""context":"b""#));
    let again: CallStateChanged =
        serde_json::from_str(r#"{"event_type":"calling.call.state","params":{"call_id":"c1"}}"#)
            .unwrap();
    assert_eq!(serde_json::to_value(&again).unwrap()["params"]["call_id"], "c1");
    assert!(serde_json::from_str::<CallRecord>(inner).is_err());
}

#[test]
fn states_are_ordered_and_their_deliveries_told_apart() {
    let state = |state: &str| {
        let body = format!(
            r#"{{"event_type":"calling.call.state","project_id":"p","params":{{"call_id":"c1","call_state":"{state}"}}}}"#
        );
        CallStateChanged::from_payload(&Json::parse(body.as_bytes()).unwrap().into()).unwrap()
    };
    let (ringing, ended) = (state("ringing"), state("ended"));
    assert!(ended.order().unwrap().is_after(&ringing.order().unwrap()));
    assert_ne!(ended.idempotency_key(), ringing.idempotency_key());
    assert_eq!(ended.idempotency_key(), state("ended").idempotency_key());
    assert_eq!(
        ended.idempotency_key().as_str(),
        "10:signalwire18:calling.call.state1:p2:c15:ended"
    );
}

#[test]
fn callbacks_without_a_name_are_told_apart_by_what_they_say() {
    let key = |body: &str| {
        let SignalWireEvent::CallbackBare(callback) = decode(body) else { panic!("{body}") };
        callback.idempotency_key()
    };
    // A prompt plays and collects under one control id.
    let played = key(r#"{"control_id":"c","state":"finished"}"#);
    let collected = r#"{"control_id":"c","state":"finished","result":{"type":"digit"}}"#;
    assert_ne!(played, key(collected));
    assert_eq!(key(collected), key(collected));
}

#[test]
fn debug_bodies_hold_several_events() {
    let body = r#"{"call_info":{"call_id":"c1"},"function_call":{"function":"book","duration_ms":"210"},
        "attention_timeout":null,"brand_new":{"x":1}}"#;
    let SignalWireEvent::AiDebug(report) = decode(body) else { panic!() };
    let names: Vec<_> = report.events().map(|(name, _)| name).collect();
    assert_eq!(names, ["function_call", "attention_timeout", "brand_new"]);
    let called: debug::FunctionCall = report.function_call.as_ref().unwrap().read().unwrap();
    assert_eq!(called.duration_ms.map(|ms| ms.0), Some(210));
    assert_eq!(report.extra().map(|(path, _)| path).collect::<Vec<_>>(), ["brand_new"]);
}

#[test]
fn actions_are_those_of_the_table() {
    let fixture: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/signalwire.json")).unwrap();
    let mut theirs = strings(&fixture["swaig_actions"]);
    // The constructors are those of SWML, whose tests hold them against the schema; it lacks one.
    let objects = switchhook_swml::grammar::objects();
    let action = objects.iter().find(|object| object.name() == "Action").unwrap();
    let mut ours: Vec<_> =
        action.fields().iter().map(switchhook_swml::grammar::FieldInfo::name).collect();
    ours.push("change_voice");
    assert_eq!(ours.len(), 29);
    theirs.sort_unstable();
    ours.sort_unstable();
    assert_eq!(ours, theirs);
}
