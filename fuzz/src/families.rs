//! What the targets of event families have in common.

use serde::{Serialize, de::DeserializeOwned};
use switchhook_core::{Decoded, EventData, Family, Params, Payload, Problem, ProblemKind};

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
