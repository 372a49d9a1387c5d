//! The laws, over every message of both protocols: nothing is lost, nothing new fails a
//! message, nothing private is shown.

use proptest::{prelude::*, sample::Index};
use serde_json::{Map, Value, json};
use switchhook_twilio_voice::{
    conversation_relay,
    media_streams::{self, Payload, StreamSid},
    websocket::{Decoded, Limits, MessageInfo, Messages, Presence, Problem},
};

/// Reads as every direction does, and calls `$check` with the result.
macro_rules! in_direction {
    ($direction:expr, $text:expr, |$decoded:ident| $check:expr) => {{
        let (direction, text): (&str, &str) = ($direction, $text);
        macro_rules! as_one {
            ($messages:ty) => {{
                let message = <$messages>::parse(text);
                let $decoded = message.decoded();
                $check
            }};
        }
        match direction {
            "media-streams/in" => as_one!(media_streams::Inbound<'_>),
            "media-streams/out" => as_one!(media_streams::Outbound<'_>),
            "conversation-relay/in" => as_one!(conversation_relay::Inbound),
            "conversation-relay/out" => as_one!(conversation_relay::Outbound),
            _ => unreachable!("{direction}"),
        }
    }};
}

#[derive(Clone, Debug)]
struct Sample {
    direction: String,
    info: &'static MessageInfo,
    body: Map<String, Value>,
}

fn samples() -> Vec<Sample> {
    let table: Value =
        serde_json::from_str(include_str!("fixtures/twilio-voice-websocket.json")).unwrap();
    let sample = |sample: &Value| {
        let (direction, name) = sample["event"].as_str().unwrap().rsplit_once('/').unwrap();
        let info = match direction {
            "media-streams/in" => media_streams::Inbound::message(name),
            "media-streams/out" => media_streams::Outbound::message(name),
            "conversation-relay/in" => conversation_relay::Inbound::message(name),
            _ => conversation_relay::Outbound::message(name),
        };
        let body = serde_json::from_str(sample["body"].as_str().unwrap()).unwrap();
        Sample { direction: direction.to_owned(), info: info.unwrap(), body }
    };
    table["samples"].as_array().unwrap().iter().map(sample).collect()
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9]{1,9}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// What a provider may do to a message that it sends.
#[derive(Clone, Debug)]
enum Novelty {
    /// A new value in the object that the index picks.
    Add(Index, String, Value),
    /// Another value in the place of a field that is not required.
    Change(Index, Value),
    /// A field that is not required is gone.
    Remove(Index),
    /// A number as text, a text as number: of any field.
    Respell(Index),
}

fn novelties() -> impl Strategy<Value = Novelty> {
    prop_oneof![
        (any::<Index>(), any::<String>(), any_json()).prop_map(|(at, k, v)| Novelty::Add(at, k, v)),
        (any::<Index>(), any_json()).prop_map(|(at, value)| Novelty::Change(at, value)),
        any::<Index>().prop_map(Novelty::Remove),
        any::<Index>().prop_map(Novelty::Respell),
    ]
}

fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

fn apply(sample: &mut Sample, novelty: Novelty) {
    let body = std::mem::take(&mut sample.body);
    let mut body = Value::Object(body);
    let mut optional: Vec<_> =
        sample.info.fields.iter().filter(|field| field.presence != Presence::Required).collect();
    match novelty {
        Novelty::Add(at, key, value) => {
            let mut objects = vec![String::new()];
            for field in sample.info.fields {
                let ends = field.path.match_indices('.').map(|(end, _)| end);
                objects.extend(ends.map(|end| pointer(&field.path[..end])));
            }
            let at = at.get(&objects);
            let known = format!("{at}/{key}");
            let known = known[1..].replace('/', ".");
            let is_known = |path: &str| path == known || path.starts_with(&format!("{known}."));
            if key == sample.info.tag || sample.info.fields.iter().any(|f| is_known(f.path)) {
                // Not new.
            } else if let Some(Value::Object(object)) = body.pointer_mut(at) {
                object.insert(key, value);
            }
        }
        Novelty::Change(at, value) if !optional.is_empty() => {
            let field = optional.swap_remove(at.index(optional.len()));
            if let Some(old) = body.pointer_mut(&pointer(field.path)) {
                *old = value;
            }
        }
        Novelty::Remove(at) if !optional.is_empty() => {
            let path = optional[at.index(optional.len())].path;
            let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
            let parent = if parent.is_empty() { String::new() } else { pointer(parent) };
            if let Some(Value::Object(object)) = body.pointer_mut(&parent) {
                object.shift_remove(key);
            }
        }
        Novelty::Respell(at) if !sample.info.fields.is_empty() => {
            let field = at.get(sample.info.fields);
            if let Some(value) = body.pointer_mut(&pointer(field.path)) {
                *value = match &*value {
                    Value::Number(number) => number.to_string().into(),
                    Value::Bool(flag) => flag.to_string().into(),
                    Value::String(text) => match text.parse::<u32>() {
                        Ok(number) => number.into(),
                        Err(_) => text.as_str().into(),
                    },
                    other => other.clone(),
                };
            }
        }
        Novelty::Change(..) | Novelty::Remove(_) | Novelty::Respell(_) => {}
    }
    let Value::Object(body) = body else { unreachable!("an object stays one") };
    sample.body = body;
}

fn messages() -> impl Strategy<Value = Sample> {
    let changed = (prop::sample::select(samples()), prop::collection::vec(novelties(), 0..6));
    let changed = changed.prop_map(|(mut sample, novelties)| {
        for novelty in novelties {
            apply(&mut sample, novelty);
        }
        sample
    });
    changed.prop_flat_map(|sample| {
        let entries: Vec<_> = sample.body.clone().into_iter().collect();
        (Just(sample), Just(entries).prop_shuffle()).prop_map(|(mut sample, entries)| {
            sample.body = entries.into_iter().collect();
            sample
        })
    })
}

/// Each value that is no object on the way to a field, with its dotted path.
fn values(
    info: &MessageInfo,
    body: &Map<String, Value>,
    parent: &str,
    seen: &mut Vec<(String, Value)>,
) {
    for (key, value) in body {
        let path = if parent.is_empty() { key.clone() } else { format!("{parent}.{key}") };
        let inside = format!("{path}.");
        match value {
            Value::Object(object) if info.fields.iter().any(|f| f.path.starts_with(&inside)) => {
                values(info, object, &path, seen);
            }
            value => seen.push((path, value.clone())),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn novelty_never_fails_a_message_and_nothing_is_lost(sample in messages()) {
        let text = Value::Object(sample.body.clone()).to_string();
        // Read again: a number may have more digits than are kept of it.
        let body: Map<String, Value> = serde_json::from_str(&text).unwrap();
        let mut seen = Vec::new();
        values(sample.info, &body, "", &mut seen);
        in_direction!(&sample.direction, &text, |decoded| {
            let Decoded::Message(message) = decoded else {
                return Err(TestCaseError::fail(text));
            };
            prop_assert_eq!(message.info().name, sample.info.name);
            prop_assert_eq!(&message.to_json(), &text);

            // Each value is typed, or extra, or empty, or named by a problem.
            let mut typed = vec![sample.info.tag];
            message.visit(&mut |field, value| if value.is_some() { typed.push(field.path) });
            let extra = message.extra();
            for (path, value) in seen {
                let only_null = |object: &Map<String, Value>| object.values().all(Value::is_null);
                let is_empty = value.is_null() || value == "" || value == json!([])
                    || value.as_object().is_some_and(only_null);
                let is_extra = |(p, json): &(std::borrow::Cow<'_, str>, &str)| {
                    *p == path && serde_json::from_str::<Value>(json).is_ok_and(|v| v == value)
                };
                let kept = typed.contains(&path.as_str())
                    || extra.iter().any(is_extra)
                    || message.problems().iter().any(|problem| problem.path == path)
                    || (is_empty && (sample.info.field(&path).is_some() || path == "stop" || path == "start.mediaFormat"));
                prop_assert!(kept, "{} is nowhere in {}", path, text);
            }
        });
    }

    #[test]
    fn any_text_reads_as_something_and_stays(text in any::<String>(), json in any_json()) {
        for text in [text, json.to_string(), json!({"event": json.clone(), "type": json}).to_string()] {
            for direction in ["media-streams/in", "media-streams/out", "conversation-relay/in", "conversation-relay/out"] {
                in_direction!(direction, &text, |decoded| {
                    prop_assert_eq!(&decoded.to_json(), &text);
                    prop_assert_eq!(matches!(decoded, Decoded::Malformed(_)), serde_json::from_str::<Map<String, Value>>(&text).is_err());
                });
            }
        }
    }

    #[test]
    fn debug_shows_nothing_of_free_text(mut sample in messages(), at in any::<Index>()) {
        const CANARY: &str = "canary +15550001111";
        let field = at.get(sample.info.fields);
        let mut body = Value::Object(std::mem::take(&mut sample.body));
        if let Some(value) = body.pointer_mut(&pointer(field.path)) {
            *value = CANARY.into();
        }
        let mut text = body;
        text["canary +15550001111"] = CANARY.into();
        let text = text.to_string();
        macro_rules! shown { ($messages:ty) => { format!("{:?}", <$messages>::parse(&text)) } }
        for shown in [
            shown!(media_streams::Inbound<'_>), shown!(media_streams::Outbound<'_>),
            shown!(conversation_relay::Inbound), shown!(conversation_relay::Outbound),
        ] {
            // A number may have any digits, a text has none here.
            prop_assert!(!shown.contains("canary") && !shown.contains("+1555"), "{}", shown);
        }
    }

    #[test]
    fn audio_goes_out_and_comes_back(audio in any::<Vec<u8>>(), sid in any::<String>()) {
        let stream = StreamSid::from(format!("MZ{sid}"));
        let text = media_streams::Outbound::media(&stream, &audio).to_json();
        let media_streams::Outbound::Media(media) = media_streams::Outbound::parse(&text) else {
            return Err(TestCaseError::fail(text));
        };
        prop_assert_eq!(&media.stream_sid, &stream);
        prop_assert_eq!(media.payload.audio().unwrap(), audio.clone());
        prop_assert_eq!(&media.payload, &Payload::from(&audio));
        prop_assert_eq!(media.clone().into_owned().to_json(), text.clone());
    }
}

#[test]
fn unknown_and_malformed_are_different_things() {
    use conversation_relay::Inbound;
    let text = r#"{"type":"applause","volume":11}"#;
    let Inbound::Unknown(unknown) = Inbound::parse(text) else { panic!("new") };
    assert_eq!((unknown.name(), unknown.text()), (Some("applause"), text));
    for nameless in ["{}", r#"{"type":5}"#, r#"{"type":null}"#, r#"{"type":{"a":1}}"#] {
        let Inbound::Unknown(unknown) = Inbound::parse(nameless) else { panic!("{nameless}") };
        assert_eq!((unknown.name(), unknown.text()), (None, nameless));
    }
    let deep = format!("{{\"type\":\"info\",\"a\":{}1{}}}", "[".repeat(32), "]".repeat(32));
    let long = format!("{{\"type\":\"info\",\"a\":\"{}\"}}", "x".repeat(1 << 20));
    for (text, name, reason) in [
        (r#"{"type":"prompt"}"#, Some("prompt"), "voicePrompt is missing"),
        (r#"{"type":"prompt","voicePrompt":null}"#, Some("prompt"), "voicePrompt is missing"),
        (r#"{"type":"prompt","voicePrompt":{}}"#, Some("prompt"), "voicePrompt is not text"),
        (
            r#"{"type":"setup","callSid":"CA1","sessionId":""}"#,
            Some("setup"),
            "sessionId is missing",
        ),
        (r#"{"type":"prompt","voicePrompt":"\ud800"}"#, Some("prompt"), "voicePrompt is not text"),
        ("[]", None, "not a JSON object"),
        ("", None, "not a JSON object"),
        (r#"{"type":"info"}}"#, None, "not a JSON object"),
        (deep.as_str(), None, "more than 32 levels deep"),
        (long.as_str(), None, "longer than 1048576 bytes"),
    ] {
        let Inbound::Malformed(malformed) = Inbound::parse(text) else { panic!("{text}") };
        assert_eq!(malformed.info().map(|info| info.name), name, "{text}");
        assert_eq!(malformed.reason().to_string(), reason);
        assert_eq!(malformed.text(), text);
    }
    let empty = r#"{"type":"prompt","voicePrompt":""}"#;
    assert!(
        matches!(Inbound::parse(empty), Inbound::Prompt(prompt) if prompt.voice_prompt.is_empty())
    );
}

#[test]
fn the_last_of_repeated_keys_counts() {
    use media_streams::Inbound;
    let text = r#"{"event":"mark","event":"media","media":{"payload":"AA==","chunk":"1"},"media":{"payload":"AQ=="}}"#;
    let Inbound::Media(mut media) = Inbound::parse(text) else { panic!("the last tag") };
    assert_eq!((media.payload.audio().unwrap(), media.chunk), (vec![1], None));
    assert_eq!(media.to_json(), text);
    media.chunk = Some(7);
    assert_eq!(media.to_json(), r#"{"event":"media","media":{"payload":"AQ==","chunk":"7"}}"#);

    let text = r#"{"event":"stop","stop":5,"stop":{"callSid":"CA1"}}"#;
    let Inbound::Stop(stop) = Inbound::parse(text) else { panic!("a stop") };
    assert_eq!((stop.problems(), stop.call_sid.is_some()), (&[][..], true));
    let text = r#"{"event":"stop","stop":{"callSid":"CA1"},"stop":5}"#;
    let Inbound::Stop(stop) = Inbound::parse(text) else { panic!("a stop") };
    assert_eq!(
        (stop.problems()[0].to_string().as_str(), stop.call_sid),
        ("stop is not an object", None)
    );
}

#[test]
fn changed_fields_are_written_and_the_rest_stays() {
    use media_streams::Inbound;
    let text = r#"{ "event" : "start", "new": 1e999, "start": {"callSid": "CA1","streamSid":"MZ1", "mediaFormat":null, "new": [1 ,2], "tracks":["inbound","both"]}, "sequenceNumber": 007.0, "streamSid":""}"#;
    let text = text.replace("007.0", "\"007\"");
    let Inbound::Start(mut start) = Inbound::parse(&text) else { panic!("a start") };
    assert_eq!(start.sequence_number, Some(7));
    assert_eq!(start.tracks[1].as_str(), "both");
    assert_eq!(start.to_json(), text);
    assert_eq!(start.extra(), [("new".into(), "1e999"), ("start.new".into(), "[1 ,2]")]);

    start.call_sid = "CA2".into();
    start.sample_rate = Some(16_000);
    start.message_stream_sid = Some("MZ1".into());
    start.tracks.clear();
    start.custom_parameters = [("a\"b", "c\n")].into();
    assert_eq!(
        start.to_json(),
        r#"{"event":"start","new":1e999,"start":{"callSid":"CA2","streamSid":"MZ1","mediaFormat":{"sampleRate":16000},"new":[1 ,2],"customParameters":{"a\"b":"c\n"}},"sequenceNumber":"007","streamSid":"MZ1"}"#,
    );
    start.sequence_number = Some(8);
    assert!(start.to_json().contains(r#""sequenceNumber":"8""#));
    start.sequence_number = None;
    assert!(!start.to_json().contains("sequenceNumber"));
}

#[test]
fn problems_say_what_did_not_fit_and_cost_one_field() {
    use conversation_relay::{Inbound, outbound::End};
    let text =
        r#"{"type":"interrupt","durationUntilInterruptMs":"soon","utteranceUntilInterrupt":["a"]}"#;
    let Inbound::Interrupt(interrupt) = Inbound::parse(text) else { panic!("an interrupt") };
    let problems: Vec<_> = interrupt.problems().iter().map(Problem::to_string).collect();
    assert_eq!(
        problems,
        [
            "utteranceUntilInterrupt is not text",
            "durationUntilInterruptMs is not a whole number of milliseconds"
        ]
    );
    let spelt = r#"{"type":"interrupt","durationUntilInterruptMs":"513"}"#;
    let Inbound::Interrupt(interrupt) = Inbound::parse(spelt) else { panic!("an interrupt") };
    assert_eq!(interrupt.duration_until_interrupt_ms.map(|ms| ms.0), Some(513));

    let text = r#"{"type":"end","handoffData":{"reason":"transfer"}}"#;
    let conversation_relay::Outbound::End(end) = conversation_relay::Outbound::parse(text) else {
        panic!("an end")
    };
    assert_eq!(end.problems()[0].to_string(), "handoffData is not text");
    assert_eq!(End::new().to_json(), r#"{"type":"end"}"#);
}

#[test]
fn custom_parameters_keep_what_is_no_text() {
    let text = r#"{"type":"setup","sessionId":"VX1","callSid":"CA1","parentCallSid":"","customParameters":{"a":"x","n":5,"o":{"b":1},"z":null}}"#;
    let conversation_relay::Inbound::Setup(setup) = conversation_relay::Inbound::parse(text) else {
        panic!("a setup")
    };
    let pairs: Vec<_> = setup.custom_parameters.iter().collect();
    assert_eq!(pairs, [("a", "x"), ("n", "5"), ("o", r#"{"b":1}"#)]);
    assert_eq!((setup.parent_call_sid.as_ref(), setup.problems()), (None, &[][..]));
    assert_eq!(setup.to_json(), text);
}

#[test]
fn payloads_are_decoded_where_they_can_be() {
    for (text, audio) in [
        ("", Some(&b""[..])),
        ("AQI=", Some(&[1, 2])),
        ("AQI", Some(&[1, 2])),
        ("A", None),
        ("??", None),
    ] {
        assert_eq!(Payload::base64(text).audio().ok().as_deref(), audio, "{text}");
    }
    let mut buffer = vec![9];
    assert!(Payload::base64("AQIDBA??").decode_into(&mut buffer).is_err());
    assert_eq!(buffer, [9]);
    let escaped = r#"{"event":"media","media":{"payload":"\/3\/\/fw=="}}"#;
    let media_streams::Inbound::Media(media) = media_streams::Inbound::parse(escaped) else {
        panic!("audio")
    };
    assert_eq!(media.payload.audio().unwrap(), [0xFF, 0x7F, 0xFF, 0x7F]);
    assert_eq!(media.to_json(), escaped);
}

/// Hostile shapes that would cost the square of their length if anything looked back.
#[test]
fn time_is_linear_in_the_length() {
    let keys: String =
        (0..60_000).flat_map(|n| ["\"k".into(), n.to_string(), "\":1,".into()]).collect();
    let objects = "\"stop\":{},\"stop\":1,".repeat(30_000);
    for inside in [keys, objects] {
        let text = format!("{{{inside}\"event\":\"stop\"}}");
        let media_streams::Inbound::Stop(mut stop) = media_streams::Inbound::parse(&text) else {
            panic!("a stop")
        };
        stop.sequence_number = Some(1);
        assert!(stop.to_json().ends_with(r#""sequenceNumber":"1"}"#));
        let _ = stop.extra();
    }
}

#[test]
fn messages_can_cross_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<media_streams::Inbound<'static>>();
    check::<media_streams::Outbound<'static>>();
    check::<conversation_relay::Inbound>();
    check::<conversation_relay::Outbound>();
    let _: Limits = Limits::default();
}
