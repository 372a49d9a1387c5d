use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::TestRunner,
};
use serde::{Serialize, de::DeserializeOwned};
use switchhook_core::{Decoded, EventInfo, Family, FieldPresence, Format, Params, Payload};

use crate::keys;

type Pairs = Vec<(String, String)>;

fn params(pairs: &Pairs) -> Params {
    pairs.iter().map(|(name, value)| (name, value)).collect()
}

fn pairs(params: &Params) -> Pairs {
    params.iter().map(|(name, value)| (name.into(), value.into())).collect()
}

fn sorted(mut pairs: Pairs) -> Pairs {
    pairs.sort();
    pairs
}

/// Reads a delivery of this event as a route would that knows what it gets.
fn read<F: Family>(info: &EventInfo, sent: &Pairs) -> F {
    let payload = Payload::from(params(sent));
    if F::NAMED { F::decode(&payload) } else { F::decode_as(info.name, &payload) }
}

/// What a provider may do to an event that it sends.
#[derive(Clone, Debug)]
enum Novelty {
    Add(String, String),
    Change(Index, String),
    Blank(Index),
    Repeat(Index, Option<String>),
    Remove(Index),
}

fn novelties() -> impl Strategy<Value = Novelty> {
    prop_oneof![
        (any::<String>(), any::<String>()).prop_map(|(n, v)| Novelty::Add(n, v)),
        (any::<Index>(), any::<String>()).prop_map(|(at, v)| Novelty::Change(at, v)),
        any::<Index>().prop_map(Novelty::Blank),
        (any::<Index>(), any::<Option<String>>()).prop_map(|(at, v)| Novelty::Repeat(at, v)),
        any::<Index>().prop_map(Novelty::Remove),
    ]
}

fn deliveries<F: Family>() -> impl Strategy<Value = (&'static EventInfo, Pairs)> {
    let changed = (select(events::<F>()), prop::collection::vec(novelties(), 0..6));
    changed.prop_flat_map(|(info, novelties)| {
        let apply = |sent, novelty| apply(info, sent, novelty);
        let sent = novelties.into_iter().fold(pairs(&info.sample()), apply);
        (Just(info), Just(sent).prop_shuffle())
    })
}

/// The events that come as forms.
fn events<F: Family>() -> Vec<&'static EventInfo> {
    F::events().filter(|info| info.format == Format::Form).collect()
}

/// The subject, where the event has one.
fn subject(info: &EventInfo) -> Option<&'static str> {
    let first = info.fields.first()?;
    (first.presence == FieldPresence::Subject).then_some(first.wire)
}

/// The discriminator and the subject come first in a sample and stay what they are.
fn apply(info: &EventInfo, mut sent: Pairs, novelty: Novelty) -> Pairs {
    let pinned = usize::from(info.discriminator.is_some()) + usize::from(subject(info).is_some());
    let free = sent.len().saturating_sub(pinned);
    match novelty {
        Novelty::Add(name, value) => sent.push((name, value)),
        Novelty::Repeat(i, other) => {
            let (name, value) = sent[i.index(sent.len())].clone();
            sent.push((name, other.unwrap_or(value)));
        }
        _ if free == 0 => {}
        Novelty::Change(i, value) => sent[pinned + i.index(free)].1 = value,
        Novelty::Blank(i) => sent[pinned + i.index(free)].1.clear(),
        Novelty::Remove(i) => drop(sent.remove(pinned + i.index(free))),
    }
    sent
}

/// The first value of a name, which is the one that counts.
fn first<'a>(sent: &'a Pairs, name: &str) -> Option<&'a str> {
    sent.iter().find(|pair| pair.0 == name).map(|pair| pair.1.as_str())
}

/// Whether a repeat has not taken the place of the discriminator or the subject.
fn is_itself(info: &EventInfo, sent: &Pairs) -> bool {
    info.discriminator.is_none_or(|name| first(sent, name) == Some(info.name))
        && subject(info).is_none_or(|name| first(sent, name) != Some(""))
}

pub(crate) fn check<S: Strategy>(
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        panic!("{error}");
    }
}

/// Law: add a parameter, change a value, blank one, repeat one, leave one out, shuffle all: it is
/// still the event, and each pair is in it.
///
/// # Panics
///
/// When the law does not hold, as all of these.
pub fn novelty_never_fails_a_delivery_and_no_pair_is_lost<F: Family>() {
    check(deliveries::<F>(), |(info, sent)| {
        prop_assume!(is_itself(info, &sent));
        let event = read::<F>(info, &sent);
        let Decoded::Event(data) = event.decoded() else {
            return Err(TestCaseError::fail(format!("{event:?}")));
        };
        prop_assert_eq!(data.group(), info.group);
        prop_assert!(!F::NAMED || data.name() == info.name);
        prop_assert_eq!(data.params().map(pairs), Some(sent.clone()));
        prop_assert_eq!(data.to_payload().params().map(pairs), Some(sent.clone()));

        // Each first value is typed, or extra, or empty, or named by a problem; each further
        // one of a name that the model knows is a problem.
        let mut typed: Vec<_> = info.discriminator.into_iter().collect();
        data.visit(&mut |field, value| {
            if value.is_some() {
                typed.push(field.wire);
            }
        });
        let extra = data.extra_names();
        let is_problem = |name: &str| data.problems().iter().any(|problem| problem.param == name);
        for (at, (name, value)) in sent.iter().enumerate() {
            let repeat = sent[..at].iter().any(|earlier| earlier.0 == *name);
            let field = info.field(name).map(|field| field.wire).or(info.discriminator);
            let kept = match (info.names(name), field) {
                (false, _) => extra.iter().any(|extra| extra == name),
                // What comes under many names is read from the parameters.
                (true, None) => true,
                (true, Some(wire)) if repeat => is_problem(wire),
                (true, Some(wire)) => {
                    value.is_empty()
                        || typed.contains(&wire)
                        || is_problem(wire)
                        || info.patterns.iter().any(|pattern| pattern.covers(name))
                }
            };
            prop_assert!(kept, "{} is nowhere", name);
        }
        Ok(())
    });
}

/// Law: a view and the event are of the same deliveries, agree on every field, and where there is
/// no event there is no view for the same reason.
#[allow(clippy::missing_panics_doc)]
pub fn views_and_events_agree<F: Family>() {
    let broken = select(vec![None, Some(&b"\xFF"[..]), Some(&b"\xC3"[..])]);
    let not_text = (any::<Index>(), broken);
    let all = (deliveries::<F>(), not_text, any::<bool>(), any::<Option<Index>>());
    check(all, |((info, mut sent), (at, not_text), admitted, removed)| {
        // Also of what has no subject.
        if let Some(removed) = removed {
            sent.remove(removed.index(sent.len()));
        }
        let mut pairs: Vec<(String, Vec<u8>)> =
            sent.into_iter().map(|(name, value)| (name, value.into_bytes())).collect();
        if let (Some(bytes), false) = (not_text, pairs.is_empty()) {
            let at = at.index(pairs.len());
            pairs[at].1.extend_from_slice(bytes);
        }
        let params = Params::from_pairs(pairs);
        let payload = Payload::from(if admitted { params.replace_invalid_text() } else { params });
        let params = payload.params().unwrap();

        let mut texts = Vec::new();
        let visit = info.visit.expect("a form has views");
        let viewed =
            visit(&payload, &mut |field, text| texts.push((field, text.map(str::to_owned))));
        let event = F::decode_as(info.name, &payload);
        let data = match event.decoded() {
            Decoded::Event(data) => data,
            Decoded::Malformed { reason, .. } => {
                prop_assert_eq!(viewed, Err(reason));
                return Ok(());
            }
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        };
        prop_assert_eq!(viewed, Ok(()));
        let mut texts = texts.into_iter();
        data.visit(&mut |field, value| {
            let (seen, text) = texts.next().expect("as many fields");
            assert_eq!(seen.wire, field.wire);
            // The first pair of its names counts, where that is a text and not empty.
            let names = || field.aliases.iter().chain([&field.wire]);
            let first = params.iter_all().find(|(sent, _)| names().any(|n| n.as_bytes() == *sent));
            let first = first.and_then(|(_, value)| value).filter(|value| !value.is_empty());
            assert_eq!(text.as_deref(), first, "{}", field.wire);
            let read = first.and_then(|text| field.rewritten(text));
            assert_eq!(read, value.map(|value| value.to_string()), "{}", field.wire);
        });
        prop_assert_eq!(texts.count(), 0);
        Ok(())
    });
}

/// Law: an event written as JSON and read again has the same pairs.
#[allow(clippy::missing_panics_doc)]
pub fn json_gives_the_same_pairs_back<F: Family + Serialize + DeserializeOwned>() {
    check(deliveries::<F>(), |(info, sent)| {
        let text = serde_json::to_string(&read::<F>(info, &sent)).unwrap();
        let again: F = serde_json::from_str(&text).unwrap();
        let again = again.decoded().params().map(pairs).unwrap_or_default();
        prop_assert_eq!(sorted(again), sorted(sent));
        Ok(())
    });
}

/// Law: whatever the bytes are, they read as something and stay what they are.
#[allow(clippy::missing_panics_doc)]
pub fn any_text_reads_as_something<F: Family>() {
    check((any::<Vec<u8>>(), select(events::<F>())), |(body, info)| {
        let named = info.discriminator.map(|name| format!("{name}={}&", info.name));
        let form = [named.unwrap_or_default().as_bytes(), &body].concat();
        let params = Params::parse(&form).unwrap();
        let payload = Payload::from(params.clone());
        for event in [F::decode(&payload), F::decode_as(info.name, &payload)] {
            prop_assert_eq!(event.decoded().params(), Some(&params));
            let _ = format!("{event:?}");
        }
        Ok(())
    });
}

/// Law: `Debug` shows nothing of what people say, type or are called by.
#[allow(clippy::missing_panics_doc)]
pub fn debug_shows_nothing_of_free_text<F: Family>() {
    check((deliveries::<F>(), any::<Index>()), |((info, mut sent), at)| {
        let at = at.index(sent.len());
        sent[at].1 = "canary +15550001111".into();
        let shown = format!("{:?}", read::<F>(info, &sent));
        prop_assert!(!shown.contains("canary") && !shown.contains("1555"), "{}", shown);
        Ok(())
    });
}

/// Law: only the name and the subject are required.
#[allow(clippy::missing_panics_doc)]
pub fn documented_fields_are_optional_on_the_wire<F: Family>() {
    for info in events::<F>() {
        let name = info.discriminator.map(|name| (name.into(), info.name.into()));
        let subject = subject(info).map(|wire| (wire.into(), "x".into()));
        let event = read::<F>(info, &name.into_iter().chain(subject).collect());
        assert!(matches!(event.decoded(), Decoded::Event(_)), "{event:?}");
    }
}

/// Law: the same delivery has the same key, in any order of its parameters; the key changes with
/// each of its parts and with nothing else.
#[allow(clippy::missing_panics_doc)]
pub fn keys_tell_deliveries_apart<F: Family>() {
    events::<F>().into_iter().for_each(keys::tell_deliveries_apart::<F>);
}

/// Law: an event can be handled by another thread than the one that read it.
pub fn events_can_cross_threads<F: Family + Send + Sync + 'static>() {}

/// Law: the sample of an event is read as that event, whole and without a problem.
#[allow(clippy::missing_panics_doc)]
pub fn samples_are_whole<F: Family>() {
    for info in events::<F>() {
        let sample = info.sample();
        let event = read::<F>(info, &pairs(&sample));
        let Decoded::Event(data) = event.decoded() else { panic!("{event:?}") };
        assert_eq!((data.name(), data.problems()), (info.name, &[][..]));
        assert_eq!(data.extra_names(), Vec::<String>::new(), "{}", info.name);
        data.visit(&mut |field, value| {
            let sent = sample.contains(field.wire);
            assert_eq!(value.is_some(), sent, "{} {}", info.name, field.wire);
            assert!(sent || field.presence == FieldPresence::Also);
        });
        assert_eq!(data.to_payload().params(), Some(&sample));
    }
}
