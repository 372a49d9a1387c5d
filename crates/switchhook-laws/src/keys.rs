//! The law of idempotency keys, the same for forms and for JSON.

use switchhook_core::{
    __private::Test, Decoded, EventInfo, Family, FieldPresence, Format, IdempotencyKey, Params,
    Payload,
};

/// A delivery by names, or in JSON by paths.
type Values = Vec<(String, String)>;

/// The same delivery has the same key in any order of its parameters. The key changes with the
/// account and with each of its parts, and with nothing else; where it is a digest, with all but
/// what differs between tries.
pub(crate) fn tell_deliveries_apart<F: Family>(info: &EventInfo) {
    let mut sample = Values::new();
    for (name, value) in &info.sample() {
        sample.push((name.into(), value.into()));
    }
    let reversed: Values = sample.iter().rev().cloned().collect();
    let own = key::<F>(info, &sample);
    assert_eq!(own, key::<F>(info, &reversed), "{}", info.name);
    assert!(own.as_str().contains(F::NAME) && own.as_str().contains(info.name));

    let lists = info.key.parts;
    for (at, parts) in lists.iter().enumerate() {
        let sent = with_parts(info, &sample, parts, &lists[..at]);
        changes_with::<F>(info, &sent, parts, info.key.content);
    }
    // Last the digest of everything, where no list is there in full.
    let bare = without_any(info, &sample, lists);
    if let Some(bare) = bare {
        changes_with::<F>(info, &bare, &[], true);
    }
}

fn changes_with<F: Family>(info: &EventInfo, sent: &Values, parts: &[&str], digest: bool) {
    let own = key::<F>(info, sent);
    let account = info.accounts.iter().find(|name| get(sent, name).is_some());
    for (at, (name, _)) in sent.iter().enumerate() {
        let Some(changed) = other_key::<F>(info, sent, at) else { continue };
        let matters = parts.contains(&&**name)
            || account.is_some_and(|account| account == name)
            || digest && !info.key.except.contains(&&**name);
        let is_same = changed == own;
        assert_eq!(is_same, !matters, "{} and its {name}, parts {parts:?}", info.name);
    }
    let mut more = sent.clone();
    more.push(("an addition".into(), "1".into()));
    assert_eq!(key::<F>(info, &more) == own, !digest, "{} and an addition", info.name);
}

/// The sample with all of these parts, and without a part of each list that would come first.
fn with_parts(
    info: &EventInfo,
    sample: &Values,
    parts: &[&str],
    earlier: &[&[&'static str]],
) -> Values {
    let mut sent = sample.clone();
    for part in parts.iter().filter(|part| get(sample, part).is_none()) {
        let field = info.field(part).map_or("x", |field| field.sample);
        sent.push(((*part).into(), field.into()));
    }
    for list in earlier {
        let lacking = list.iter().find(|part| !parts.contains(part) && is_free(info, part));
        let lacking = lacking.unwrap_or_else(|| panic!("{} never has {parts:?}", info.name));
        sent.retain(|(name, _)| name != lacking);
    }
    sent
}

/// The sample without a part of each list, where there is such a delivery.
fn without_any(info: &EventInfo, sample: &Values, lists: &[&[&'static str]]) -> Option<Values> {
    let mut sent = sample.clone();
    for list in lists {
        let lacking = list.iter().find(|part| is_free(info, part))?;
        sent.retain(|(name, _)| name != lacking);
    }
    Some(sent)
}

/// Whether the event is the same without it.
fn is_free(info: &EventInfo, name: &str) -> bool {
    let is_subject = |field: &switchhook_core::Field| field.presence == FieldPresence::Subject;
    info.discriminator != Some(name)
        && !info.field(name).is_some_and(is_subject)
        && info.when.iter().all(|condition| condition.wire != name)
}

/// The key with another value of this parameter, with which the event is the same: the name is in
/// each key, which would differ by that alone. `None` where the event has but one value there.
fn other_key<F: Family>(info: &EventInfo, sent: &Values, at: usize) -> Option<IdempotencyKey> {
    let (name, value) = &sent[at];
    if info.discriminator == Some(name) {
        return None;
    }
    let test = info.when.iter().find(|condition| condition.wire == *name);
    let others: Vec<String> = match test.map(|condition| condition.test) {
        Some(Test::OneOf(values)) => values.iter().map(ToString::to_string).collect(),
        Some(Test::Within(least, most)) => {
            (least..=most).map(|number| number.to_string()).collect()
        }
        _ => vec![format!("{value}1"), format!("x{value}")],
    };
    for other in others.into_iter().filter(|other| other != value) {
        let mut changed = sent.clone();
        changed[at].1 = other;
        let (name, key) = named_key::<F>(info, &changed);
        if name == info.name {
            return Some(key);
        }
    }
    assert!(test.is_some(), "{} has one {name} alone", info.name);
    None
}

fn get<'a>(sent: &'a Values, name: &str) -> Option<&'a str> {
    sent.iter().find(|pair| pair.0 == name).map(|pair| &*pair.1)
}

fn key<F: Family>(info: &EventInfo, sent: &Values) -> IdempotencyKey {
    let (name, key) = named_key::<F>(info, sent);
    assert_eq!(name, info.name, "{sent:?}");
    key
}

fn named_key<F: Family>(info: &EventInfo, sent: &Values) -> (&'static str, IdempotencyKey) {
    let pairs = sent.iter().map(|(name, value)| (&**name, &**value));
    let payload: Payload = match info.format {
        Format::Json => info.json_of(pairs).into(),
        _ => pairs.collect::<Params>().into(),
    };
    let event = F::decode_as(info.name, &payload);
    let Decoded::Event(data) = event.decoded() else { panic!("{event:?}: {sent:?}") };
    (data.name(), data.idempotency_key())
}
