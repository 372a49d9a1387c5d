//! What the targets of event families have in common.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use switchhook_core::{
    ContentType, Decoded, EventData, Family, Format, Json, JsonKind, JsonRef, Params, Payload,
    Problem, ProblemKind, Reason,
};

use super::json_values::same;

/// Reads a form as every event of a family: nothing is lost, nothing panics, each delivery has a
/// key, and the view of an event is a view of it. Gives the events back for what the family adds.
///
/// # Panics
///
/// When a law does not hold.
pub fn hold<F>(event: u8, form: &[u8]) -> Vec<F>
where
    F: Family + Serialize + DeserializeOwned,
{
    let Ok(params) = Params::parse(form) else { return Vec::new() };
    let payload = Payload::from(params.clone());

    // As it is, and as the event that the first byte names.
    let infos: Vec<_> = F::events().collect();
    let info = infos[usize::from(event) % infos.len()];
    let events = vec![F::decode(&payload), F::decode_as(info.name, &payload)];
    if let Some(visit) = info.visit {
        let mut texts = 0;
        let viewed = visit(&payload, &mut |_, text| texts += usize::from(text.is_some()));
        match events[1].decoded() {
            Decoded::Event(data) => assert!(viewed.is_ok() && texts == filled(data)),
            Decoded::Malformed { reason, .. } => assert_eq!(viewed, Err(reason)),
            other => panic!("{other:?}"),
        }
    }
    for event in &events {
        assert_eq!(event.decoded().params(), Some(&params));
        let _ = format!("{event:?}");
        let Decoded::Event(data) = event.decoded() else { continue };
        let _ = (data.name(), data.order());
        assert!(data.idempotency_key().as_str().contains(F::NAME));

        let out = data.to_payload();
        let out = out.params().expect("a form");
        let named = data.info().discriminator.is_some_and(|name| !params.contains(name));
        assert_eq!(out.len(), params.len() + usize::from(named));
        let pairs: Vec<_> = out.iter_bytes().skip(usize::from(named)).collect();
        assert_eq!(pairs, params.iter_bytes().collect::<Vec<_>>());

        // Through JSON the multiset of pairs is the same.
        let text = serde_json::to_string(event).expect("JSON");
        let again: F = serde_json::from_str(&text).expect("the same family");
        // Where a family has events in JSON, too, a form may look like one of them.
        let Some(again) = again.decoded().params().cloned() else { continue };
        assert_eq!(sorted(&again), sorted(out));
    }
    events
}

/// Reads JSON as every event of a family, as it came and by serde: what the family has in JSON is
/// kept to the letter whatever it turns out to be, what it has as a form is refused, nothing
/// panics. Gives the events back for what the family adds.
///
/// # Panics
///
/// When a law does not hold.
pub fn hold_json<F>(event: u8, text: &[u8]) -> Vec<F>
where
    F: Family + Serialize + DeserializeOwned,
{
    // What others have written, and not we ourselves.
    if let Ok(foreign) = serde_json::from_slice::<F>(text) {
        stays(&foreign);
    }
    let Ok(json) = Json::parse(text) else { return Vec::new() };
    let payload = Payload::from(json.clone());

    // As it is, and as the event that the first byte names.
    let infos: Vec<_> = F::events().collect();
    let info = infos[usize::from(event) % infos.len()];
    let events = vec![F::decode(&payload), F::decode_as(info.name, &payload)];
    match (info.format, events[1].decoded()) {
        // Its forms may come as flat objects.
        (Format::Form, Decoded::Event(_) | Decoded::Malformed { .. }) if F::FLAT_JSON => {}
        (Format::Form, Decoded::Malformed { reason, .. }) => {
            assert_eq!(reason, Reason::NoParameters);
        }
        (Format::Json, Decoded::Event(_) | Decoded::Malformed { .. }) => {}
        (_, other) => panic!("{other:?}"),
    }
    if !F::CONTENT_TYPES.contains(&ContentType::Json) {
        assert!(matches!(events[0].decoded(), Decoded::Unknown { .. }), "{:?}", events[0]);
    }
    for event in &events {
        assert_eq!(event.decoded().params(), None);
        let _ = format!("{event:?}");
        let out = match event.decoded() {
            Decoded::Event(data) => kept(data, &json),
            Decoded::Unknown { payload: kept, .. } | Decoded::Malformed { payload: kept, .. } => {
                assert_eq!(kept, &payload);
                json.clone()
            }
            other => panic!("{other:?}"),
        };
        // What only JSON's text can say is an error rather than another value.
        let written = serde_json::to_string(event);
        assert!(json.has_repeats() || written.is_ok() == out.to::<Value>().is_ok());
        let (Ok(written), Ok(value)) = (written, serde_json::from_str(out.as_str())) else {
            continue;
        };
        assert!(same(&value_of(&written), &value));
        if let Ok(again) = serde_json::from_str::<F>(&written) {
            stays(&again);
        }
    }
    events
}

/// The JSON of an event that was read from this: the same, with its name in it where a route stood
/// for that.
fn kept(data: &dyn EventData, json: &Json) -> Json {
    assert_eq!(data.payload(), Payload::from(json.clone()));
    let _ = (data.extra_names(), data.order(), data.problems().len());
    assert!(data.idempotency_key().as_str().contains(data.info().family));

    let out = data.to_payload();
    let out = out.json().expect("JSON").clone();
    let info = data.info();
    let unnamed = |path: &&str| json.without_rpc(info.rpc).at(path).is_none();
    match info.discriminator.filter(|path| unnamed(path) && info.listed) {
        Some(path) => {
            let name = out.without_rpc(info.rpc).at(path).and_then(JsonRef::as_str);
            assert_eq!(name.as_deref(), Some(info.name));
            assert!(has_all(out.as_ref(), json.as_ref()));
        }
        None => assert_eq!(&out, json),
    }
    out
}

/// Whether all of this is there: members in their objects, all else to the letter.
fn has_all(whole: JsonRef<'_>, part: JsonRef<'_>) -> bool {
    if part.kind() != JsonKind::Object {
        return whole == part;
    }
    let mut members = part.members();
    members.all(|(name, value)| {
        let mut there = whole.members().filter(|(other, _)| *other == name);
        there.any(|(_, there)| has_all(there, value))
    })
}

/// What serde has read is written, and read again as the same.
fn stays<F>(event: &F)
where
    F: Family + Serialize + DeserializeOwned,
{
    let written = serde_json::to_string(event).expect("serde has said it");
    let again: F = serde_json::from_str(&written).expect("the same family");
    assert_eq!(again.decoded().name(), event.decoded().name());
    let rewritten = serde_json::to_string(&again).expect("as before");
    assert!(same(&value_of(&rewritten), &value_of(&written)), "{rewritten} {written}");
}

fn value_of(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// How many fields have a value, or a text that does not fit.
fn filled(data: &dyn EventData) -> usize {
    let unreadable = |problem: &&Problem| matches!(problem.kind, ProblemKind::Unreadable { .. });
    let mut filled = data.problems().iter().filter(unreadable).count();
    data.visit(&mut |_, value| filled += usize::from(value.is_some()));
    filled
}

fn sorted(params: &Params) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut pairs: Vec<_> = params.iter_bytes().map(|(n, v)| (n.to_vec(), v.to_vec())).collect();
    pairs.sort();
    pairs
}
