//! The laws of events in JSON.

use proptest::{
    prelude::*,
    sample::{Index, select},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use switchhook_core::{
    __private::{ReceivedJson, to_json},
    Decoded, EventInfo, Family, Field, FieldPresence, Format, Json, Kind, Params, Payload,
};

use crate::{keys, laws::check};

/// The JSON events of a family.
///
/// # Panics
///
/// When there are none: then there is nothing to hold.
fn events<F: Family>() -> Vec<&'static EventInfo> {
    let events: Vec<_> = F::events().filter(|info| info.format == Format::Json).collect();
    assert!(!events.is_empty(), "{} has no events in JSON", F::NAME);
    events
}

fn sample(info: &EventInfo) -> Value {
    value(&info.sample_payload())
}

fn value(payload: &Payload) -> Value {
    payload.json().and_then(|json| json.to().ok()).expect("JSON")
}

fn payload(value: &Value) -> Payload {
    Json::of(value).expect("JSON").into()
}

/// The paths that tell the event and its subject.
fn pinned(info: &EventInfo) -> Vec<&'static str> {
    let subject = info.fields.first().filter(|field| field.presence == FieldPresence::Subject);
    info.discriminator.into_iter().chain(subject.map(|field| field.wire)).collect()
}

/// The pointers to all values inside of a value, but for those that are pinned, or are around
/// one that is.
fn free(value: &Value, at: &str, pinned: &[&str], found: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            let path = |name: &String| {
                let name = name.replace('~', "~0").replace('/', "~1");
                format!("{at}/{name}")
            };
            members.iter().map(|(name, value)| (path(name), value)).collect()
        }
        Value::Array(values) => {
            values.iter().enumerate().map(|(n, value)| (format!("{at}/{n}"), value)).collect()
        }
        _ => Vec::new(),
    };
    for (at, value) in inside {
        let path = at[1..].replace('/', ".");
        let is_pinned = |pin: &&str| {
            *pin == path || pin.strip_prefix(&path).is_some_and(|p| p.starts_with('.'))
        };
        if !pinned.iter().any(is_pinned) {
            found.push(at.clone());
        }
        free(value, &at, pinned, found);
    }
}

/// What a provider may do to an event that it sends.
#[derive(Clone, Debug)]
enum Novelty {
    Add(Index, String, Value),
    Change(Index, Value),
    Remove(Index),
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e15..1e15).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn novelties() -> impl Strategy<Value = Novelty> {
    prop_oneof![
        (any::<Index>(), "[a-z.]{0,8}", values()).prop_map(|(at, n, v)| Novelty::Add(at, n, v)),
        (any::<Index>(), values()).prop_map(|(at, v)| Novelty::Change(at, v)),
        any::<Index>().prop_map(Novelty::Remove),
    ]
}

fn apply(info: &EventInfo, mut sent: Value, novelty: Novelty) -> Value {
    let mut places = Vec::new();
    free(&sent, "", &pinned(info), &mut places);
    match novelty {
        Novelty::Add(at, name, value) => {
            let mut objects = vec![String::new()];
            objects.extend(
                places.into_iter().filter(|p| sent.pointer(p).is_some_and(Value::is_object)),
            );
            let object = sent.pointer_mut(&objects[at.index(objects.len())]);
            if let Some(Value::Object(members)) = object {
                members.entry(name).or_insert(value);
            }
        }
        _ if places.is_empty() => {}
        Novelty::Change(at, value) => {
            let place = sent.pointer_mut(&places[at.index(places.len())]);
            *place.expect("it is there") = value;
        }
        Novelty::Remove(at) => {
            let place = &places[at.index(places.len())];
            let (parent, name) = place.rsplit_once('/').expect("a pointer");
            let name = name.replace("~1", "/").replace("~0", "~");
            match sent.pointer_mut(parent) {
                Some(Value::Object(members)) => drop(members.shift_remove(&name)),
                Some(Value::Array(values)) => drop(values.remove(name.parse().expect("a number"))),
                _ => {}
            }
        }
    }
    sent
}

fn deliveries<F: Family>() -> impl Strategy<Value = (&'static EventInfo, Value)> {
    let changed = (select(events::<F>()), prop::collection::vec(novelties(), 0..5));
    changed.prop_map(|(info, novelties)| {
        let sent = novelties.into_iter().fold(sample(info), |sent, next| apply(info, sent, next));
        (info, sent)
    })
}

/// Reads a delivery as a route would that knows what it gets.
fn read<F: Family>(info: &EventInfo, sent: &Value) -> F {
    F::decode_as(info.name, &payload(sent))
}

/// Law: add a member, change a value to anything, take one away: it is still the event, the value
/// goes out as it came, and what is not typed is extra, absent, or a problem.
///
/// # Panics
///
/// When the law does not hold, as all of these.
pub fn json_novelty_never_fails_a_delivery<F: Family>() {
    check(deliveries::<F>(), |(info, sent)| {
        let event = read::<F>(info, &sent);
        let Decoded::Event(data) = event.decoded() else {
            return Err(TestCaseError::fail(format!("{event:?}")));
        };
        prop_assert_eq!(data.group(), info.group);
        prop_assert_eq!(&value(&data.payload()), &sent);
        let named = info.discriminator.is_none_or(|path| sent.get(path).is_some());
        prop_assert!(!named || value(&data.to_payload()) == sent, "{:?}", data.to_payload());

        let mut typed = Vec::new();
        data.visit(&mut |field, value| typed.extend(value.map(|_| field.wire)));
        let extra = data.extra_names();
        for (name, value) in sent.as_object().expect("an object") {
            let is_empty = value.is_null() || value == "";
            let below = |wire: &&str| *wire == name || wire.starts_with(&format!("{name}."));
            let known = info.fields.iter().map(|field| field.wire).any(|wire| below(&wire));
            let is_problem = data.problems().iter().any(|problem| below(&problem.param));
            let kept = is_empty
                || info.discriminator == Some(name)
                || typed.iter().any(below)
                || is_problem
                || extra.iter().any(|extra| extra == name)
                || known && extra.iter().any(|extra| extra.starts_with(&format!("{name}.")))
                || known && value.as_object().is_some_and(|inner| inner.values().all(is_void));
            prop_assert!(kept, "{} is nowhere: {:?} {:?}", name, extra, typed);
        }
        Ok(())
    });
}

/// Nothing, or objects of nothing.
fn is_void(value: &Value) -> bool {
    value.is_null()
        || value == ""
        || value.as_object().is_some_and(|inner| inner.values().all(is_void))
}

/// Law: an event written by serde is the value that it would be sent as, and read again it is
/// the same value.
///
/// A value that nobody can tell without its route may come back as the pairs of a form where the
/// family has forms, too: then as all of them.
#[allow(clippy::missing_panics_doc)]
pub fn json_goes_through_serde<F: Family + Serialize + DeserializeOwned>() {
    check(deliveries::<F>(), |(info, sent)| {
        let event = read::<F>(info, &sent);
        let Decoded::Event(data) = event.decoded() else {
            return Err(TestCaseError::fail(format!("{event:?}")));
        };
        let sent = data.to_payload();
        let text = serde_json::to_string(&event).unwrap();
        // serde_json itself may round the last digit of a number on the way in.
        let text = Json::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(text.to::<Value>().unwrap(), value(&sent));
        let again: F = text.to().unwrap();
        let again = match again.decoded() {
            Decoded::Event(data) => data.payload(),
            Decoded::Unknown { payload, .. } | Decoded::Malformed { payload, .. } => {
                payload.clone()
            }
            _ => unreachable!("there are three"),
        };
        match again {
            Payload::Params(params) => {
                let plain = F::decode(&sent);
                let is_unknown = matches!(plain.decoded(), Decoded::Unknown { .. });
                prop_assert!(is_unknown, "{:?} came back as a form", plain);
                let mut pairs = Vec::new();
                for (name, value) in value(&sent).as_object().expect("an object") {
                    texts(value, &mut |text| pairs.push((name.clone(), text)));
                }
                let pairs: Params = pairs.into_iter().collect();
                prop_assert_eq!(&*params, &pairs);
            }
            again => prop_assert_eq!(value(&again), value(&sent)),
        }
        Ok(())
    });
}

/// The texts that a form has for a value: one for each item of a list, none for null.
fn texts(value: &Value, each: &mut impl FnMut(String)) {
    match value {
        Value::Null => {}
        Value::String(text) => each(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, each)),
        other => each(other.to_string()),
    }
}

/// Law: a field that is changed, taken away or set is written in its place, and nothing else is
/// touched.
#[allow(clippy::missing_panics_doc)]
pub fn json_changes_stay_where_they_are<F: Family>() {
    for info in events::<F>() {
        let mut whole = sample(info);
        whole["an addition"] = json!({ "a": [1, null] });
        // Members whose names look like the paths of fields are none of them.
        let paths = info.fields.iter().map(|field| field.wire).filter(|wire| wire.contains('.'));
        for path in paths.clone() {
            whole[path] = json!("a literal name");
        }
        let event = read::<F>(info, &whole);
        let Decoded::Event(data) = event.decoded() else { panic!("{event:?}") };
        let unknown: Vec<_> = ["an addition"].into_iter().chain(paths).collect();
        assert_eq!(data.extra_names(), unknown, "{}", info.name);
        assert_eq!(written::<F>(info, &whole, &whole), text(&whole));
        for field in info.fields {
            let at = pointer(field.wire);
            let Some(was) = whole.pointer(&at) else { continue };
            let mut changed = whole.clone();
            *changed.pointer_mut(&at).expect("it is there") = other(field, was);
            let name = format!("{} and its {}", info.name, field.wire);
            assert_eq!(written::<F>(info, &whole, &changed), text(&changed), "{name}");
            if field.presence == FieldPresence::Subject {
                continue;
            }
            let mut less = whole.clone();
            let (parent, member) = at.rsplit_once('/').expect("a pointer");
            let parent = less.pointer_mut(parent).and_then(Value::as_object_mut);
            parent.expect("an object").shift_remove(member);
            assert_eq!(written::<F>(info, &whole, &less), text(&less), "{name}");
            // Set anew it comes last in its object.
            let set = written::<F>(info, &less, &whole);
            assert_eq!(serde_json::from_str::<Value>(&set).expect("JSON"), whole, "{name}");
        }
    }
}

/// What is written of a delivery whose fields were changed to those of another one.
fn written<F: Family>(info: &EventInfo, received: &Value, changed: &Value) -> String {
    let json = payload(received).json().expect("JSON").clone();
    let event = read::<F>(info, changed);
    let Decoded::Event(data) = event.decoded() else { panic!("{event:?}") };
    let (info, problems) = (data.info(), Vec::new());
    let received = ReceivedJson { info, event: json.clone(), json, problems };
    to_json(data, &received).to_string()
}

/// Another value of a field.
fn other(field: &Field, value: &Value) -> Value {
    match (field.kind, value) {
        (Kind::Timestamp, _) => json!("2031-02-03T04:05:06Z"),
        (_, Value::String(text)) => json!(format!("{text}1")),
        (_, Value::Bool(truth)) => json!(!truth),
        (_, Value::Number(number)) => match number.as_u64() {
            Some(number) => json!(number + 1),
            None => json!(number.as_f64().expect("a float") + 1.25),
        },
        _ => json!(["another"]),
    }
}

fn text(value: &Value) -> String {
    payload(value).json().expect("JSON").to_string()
}

fn pointer(path: &str) -> String {
    path.split('.').fold(String::new(), |at, name| format!("{at}/{name}"))
}

/// Law: whatever the value is, it reads as something and stays what it is.
#[allow(clippy::missing_panics_doc)]
pub fn any_json_reads_as_something<F: Family>() {
    check((values(), select(events::<F>())), |(sent, info)| {
        let payload = payload(&sent);
        for event in [F::decode(&payload), F::decode_as(info.name, &payload)] {
            let kept = match event.decoded() {
                Decoded::Event(data) => data.payload(),
                Decoded::Unknown { payload, .. } | Decoded::Malformed { payload, .. } => {
                    payload.clone()
                }
                _ => unreachable!("there are three"),
            };
            prop_assert_eq!(kept, payload.clone());
            let _ = format!("{event:?}");
        }
        Ok(())
    });
}

/// Law: `Debug` shows nothing of what people say, type or are called by.
#[allow(clippy::missing_panics_doc)]
pub fn debug_shows_nothing_of_json_texts<F: Family>() {
    check((deliveries::<F>(), any::<Index>()), |((info, mut sent), at)| {
        let mut places = Vec::new();
        free(&sent, "", &[], &mut places);
        prop_assume!(!places.is_empty());
        *sent.pointer_mut(&places[at.index(places.len())]).unwrap() = "canary +15550001111".into();
        let shown = format!("{:?}", read::<F>(info, &sent));
        prop_assert!(!shown.contains("canary") && !shown.contains("15550001111"), "{}", shown);
        Ok(())
    });
}

/// Law: only the name and the subject are required, and null is absent.
#[allow(clippy::missing_panics_doc)]
pub fn documented_members_are_optional<F: Family>() {
    for info in events::<F>() {
        let subject = pinned(info);
        let named = subject
            .iter()
            .map(|path| (*path, if info.discriminator == Some(path) { info.name } else { "x" }));
        let mut sent = value(&info.json_of(named).into());
        for field in info.fields.iter().filter(|field| !subject.contains(&field.wire)) {
            if let Some((parent, name)) = pointer(field.wire).rsplit_once('/')
                && let Some(Value::Object(members)) = sent.pointer_mut(parent)
            {
                members.entry(name).or_insert(Value::Null);
            }
        }
        let event = read::<F>(info, &sent);
        let Decoded::Event(data) = event.decoded() else { panic!("{event:?}") };
        assert_eq!((data.problems(), data.extra_names().len()), (&[][..], 0), "{}", info.name);
    }
}

/// Law: the same delivery has the same key, in any order of its members; the key changes with
/// each of its parts and with nothing else.
#[allow(clippy::missing_panics_doc)]
pub fn json_keys_tell_deliveries_apart<F: Family>() {
    events::<F>().into_iter().for_each(keys::tell_deliveries_apart::<F>);
}

/// Law: the sample of an event is read as that event, whole and without a problem.
#[allow(clippy::missing_panics_doc)]
pub fn json_samples_are_whole<F: Family>() {
    for info in events::<F>() {
        let sent = sample(info);
        let event = read::<F>(info, &sent);
        let Decoded::Event(data) = event.decoded() else { panic!("{event:?}") };
        assert_eq!((data.name(), data.problems()), (info.name, &[][..]), "{sent}");
        assert_eq!(data.extra_names(), Vec::<String>::new(), "{}", info.name);
        data.visit(&mut |field, value| {
            assert!(
                value.is_some() || field.presence == FieldPresence::Also,
                "{} lacks {}",
                info.name,
                field.wire
            );
        });
        assert_eq!(value(&data.to_payload()), sent);
    }
}
