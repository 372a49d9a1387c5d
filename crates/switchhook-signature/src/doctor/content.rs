//! What may have been signed instead of the parameters or the body that were received.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Method;
use switchhook_core::{Delivery, Json, JsonRef, Params, Payload};

use super::{
    Cause, Doctor,
    cover::{Cover, Taken},
    rewritten,
    search::End,
    values,
};
use crate::verifier::Scheme;

/// So many names are changed in every combination; of more, all or one.
const MOST_COMBINED: usize = 6;

/// So many values are changed alone.
const MOST_SINGLE: usize = 16;

/// What Twilio often knows nothing of, for each side of a call or message.
const PLACES: [&str; 4] = ["City", "State", "Zip", "Country"];

type Pair = (Vec<u8>, Vec<u8>);

/// The content of a request.
pub(super) struct Content<'a> {
    pub(super) doctor: &'a Doctor,
    pub(super) delivery: &'a Delivery,
    pub(super) body: &'a Bytes,
}

/// Where changes are shown: answers with the first that matches, or when no more are wanted.
type See<'s> = &'s mut dyn FnMut(&Cover) -> Option<End>;

impl Content<'_> {
    /// Shows every change of the content, one at a time, until it is answered.
    pub(super) fn each(&self, see: See<'_>) -> Option<End> {
        self.common(see).or_else(|| match self.delivery.payload() {
            Payload::Params(query) if self.is_get() => self.of_query(query, see),
            Payload::Params(form) => self.of_form(form, see),
            Payload::Json(json) => self.of_json(json, see),
            _ => self.of_other(see),
        })
    }

    /// The few changes that also come together with another URL.
    pub(super) fn common(&self, see: See<'_>) -> Option<End> {
        let known = self.doctor.known_body.as_ref().map(|body| self.of_known(body));
        let nothing = (!self.body.is_empty() && !self.is_get())
            .then(|| Cover::nothing().because(Cause::ParamsNotSigned));
        let bytes = (!self.body.is_empty())
            .then(|| Cover::body(Taken::Body, self.body.clone()).because(Cause::SchemeMismatch));
        let form = self.delivery.params().filter(|form| !form.is_empty() && !self.is_get());
        let pairs = form.map(|form| self.signed(Taken::Pairs, form));
        let pairs = pairs.map(|pairs| pairs.because(Cause::SchemeMismatch));
        [known, nothing, bytes, pairs].iter().flatten().find_map(see)
    }

    fn is_get(&self) -> bool {
        matches!(*self.delivery.method(), Method::GET | Method::HEAD)
    }

    /// Pairs as the provider signs them.
    fn signed(&self, taken: Taken, params: &Params) -> Cover {
        match self.doctor.scheme {
            Scheme::Twilio => Cover::pairs(taken, params.sorted()),
            Scheme::SignalWire => Cover::pairs(taken, params.sorted_by_name()),
        }
    }

    fn of_known(&self, body: &Bytes) -> Cover {
        let cover = if let Some(b'{' | b'[') = body.first() {
            Cover::body(Taken::KnownBody, body.clone())
        } else {
            let form = Params::parse_within(body, &self.doctor.limits).unwrap_or_default();
            self.signed(Taken::KnownBody, &form)
        };
        let lost = self.body.is_empty();
        cover.because(if lost { Cause::ParamsMissing } else { Cause::BodyChanged })
    }

    fn of_query(&self, query: &Params, see: See<'_>) -> Option<End> {
        see(&self.signed(Taken::QueryPairs, query).because(Cause::GetParamsTwice))
    }

    fn of_form(&self, form: &Params, see: See<'_>) -> Option<End> {
        let query = self.delivery.url().split_once('?').map(|(_, query)| query.as_bytes());
        let query = query.and_then(|query| Params::parse_within(query, &self.doctor.limits).ok());
        if let Some(query) = query {
            let both = Params::from_pairs(form.iter_bytes().chain(query.iter_bytes()));
            let cover = self.signed(Taken::QueryPairs, &both).because(Cause::GetParamsTwice);
            if let Some(hit) = see(&cover) {
                return Some(hit);
            }
        }
        let pairs: Vec<Pair> =
            form.iter_bytes().map(|(name, value)| (name.to_vec(), value.to_vec())).collect();
        repeats(form, see)
            .or_else(|| orders(&pairs, see))
            .or_else(|| self.names(&pairs, see))
            .or_else(|| self.values(&pairs, see))
            .or_else(|| self.empties(&pairs, see))
    }

    /// Names as they were before a framework changed them.
    fn names(&self, pairs: &[Pair], see: See<'_>) -> Option<End> {
        let mut names: Vec<&[u8]> = pairs.iter().map(|pair| pair.0.as_slice()).collect();
        names.retain(|name| name.contains(&b'_'));
        names.sort_unstable();
        names.dedup();
        combinations(names.len(), |chosen| {
            let dotted = |name: &[u8]| match names.binary_search(&name) {
                Ok(place) if chosen(place) => {
                    name.iter().map(|byte| if *byte == b'_' { b'.' } else { *byte }).collect()
                }
                _ => name.to_vec(),
            };
            let pairs = pairs.iter().map(|(name, value)| (dotted(name), value));
            see(&self.renamed(Taken::DottedNames, pairs))
        })
        .or_else(|| {
            let capital = |name: &[u8]| {
                let mut name = name.to_vec();
                if let Some(first) = name.first_mut() {
                    first.make_ascii_uppercase();
                }
                name
            };
            let changed =
                pairs.iter().any(|(name, _)| name.first().is_some_and(u8::is_ascii_lowercase));
            let pairs = pairs.iter().map(|(name, value)| (capital(name), value));
            if changed { see(&self.renamed(Taken::CapitalNames, pairs)) } else { None }
        })
    }

    fn renamed<'p>(
        &self,
        taken: Taken,
        pairs: impl Iterator<Item = (Vec<u8>, &'p Vec<u8>)>,
    ) -> Cover {
        self.signed(taken, &Params::from_pairs(pairs)).because(Cause::NamesMangled)
    }

    /// Values as they were before something changed them: all of them, then one with blanks
    /// that were trimmed.
    fn values(&self, pairs: &[Pair], see: See<'_>) -> Option<End> {
        let cover = |taken, pairs: &[Pair]| {
            let params = Params::from_pairs(pairs.iter().map(|(name, value)| (name, value)));
            self.signed(taken, &params).because(Cause::ValuesChanged)
        };
        for (taken, change) in values::CHANGES {
            let mut changed = pairs.to_vec();
            let mut any = false;
            for (_, value) in &mut changed {
                if let Some(other) = change(value) {
                    *value = other;
                    any = true;
                }
            }
            if any && let Some(hit) = see(&cover(taken, &changed)) {
                return Some(hit);
            }
        }
        // What people type ends in a blank more often than anything else.
        let typed = |pair: &Pair| usize::from(pair.0 != b"Body" && pair.0 != b"SpeechResult");
        let mut places: Vec<usize> =
            (0..pairs.len()).filter(|at| !pairs[*at].1.is_empty()).collect();
        places.sort_by_key(|at| typed(&pairs[*at]));
        for at in places.into_iter().take(MOST_SINGLE) {
            for (before, after) in [("", " "), (" ", ""), ("", "\n"), ("", "\r\n"), (" ", " ")] {
                let mut changed = pairs.to_vec();
                let value = &mut changed[at].1;
                *value = [before.as_bytes(), value, after.as_bytes()].concat();
                if let Some(hit) = see(&cover(Taken::BlanksAdded, &changed)) {
                    return Some(hit);
                }
            }
        }
        None
    }

    /// Names without a value, put back.
    fn empties(&self, pairs: &[Pair], see: See<'_>) -> Option<End> {
        let absent = |name: &str| !pairs.iter().any(|pair| pair.0 == name.as_bytes());
        let mut show = |added: &[&str]| {
            let all = pairs.iter().map(|(name, value)| (name.as_slice(), value.as_slice()));
            let all = all.chain(added.iter().map(|name| (name.as_bytes(), &b""[..])));
            let cover = self.signed(Taken::EmptyAdded, &Params::from_pairs(all));
            see(&cover.because(Cause::EmptyParamsDropped))
        };
        if !self.doctor.known_empty.is_empty() {
            let names = self.doctor.known_empty.iter().map(String::as_str);
            let names: Vec<&str> = names.filter(|name| absent(name)).collect();
            return combinations(names.len(), |chosen| {
                let added: Vec<&str> =
                    (0..names.len()).filter(|at| chosen(*at)).map(|at| names[at]).collect();
                show(&added)
            });
        }
        // A call has each side twice, under either name.
        let call = pairs.iter().any(|pair| pair.0 == b"CallSid");
        let sides: &[&[&str]] =
            if call { &[&["From", "Caller"], &["To", "Called"]] } else { &[&["From"], &["To"]] };
        (1..1_usize << (2 * PLACES.len())).find_map(|mask| {
            let mut added = Vec::new();
            for (side, names) in sides.iter().enumerate() {
                let bits = mask >> (side * PLACES.len());
                let chosen = PLACES.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
                for (_, place) in chosen {
                    added.extend(names.iter().map(|side| format!("{side}{place}")));
                }
            }
            let sound = added.iter().all(|name| absent(name));
            let added: Vec<&str> = added.iter().map(String::as_str).collect();
            if sound { show(&added) } else { None }
        })
    }

    /// JSON as it was before it was written again, and as a form.
    fn of_json(&self, json: &Json, see: See<'_>) -> Option<End> {
        let member = |(name, value): (std::borrow::Cow<'_, str>, JsonRef<'_>)| {
            let text = value
                .scalar()
                .unwrap_or_else(|| if value.is_null() { "".into() } else { value.raw().into() });
            (name.into_owned(), text.into_owned())
        };
        let members = Params::from_pairs(json.as_ref().members().map(member));
        if !members.is_empty() {
            let cover = self.signed(Taken::Members, &members).because(Cause::JsonAsForm);
            if let Some(hit) = see(&cover) {
                return Some(hit);
            }
        }
        if self.doctor.scheme == Scheme::Twilio {
            // The body is in the URL as a hash.
            return None;
        }
        let received = std::str::from_utf8(self.body).ok()?;
        rewritten::each(json, received, |taken, text| {
            see(&Cover::body(taken, text.into()).because(Cause::BodyChanged))
        })
    }

    /// A form that does not say so.
    fn of_other(&self, see: See<'_>) -> Option<End> {
        let form = Params::parse_within(self.body, &self.doctor.limits).ok()?;
        see(&self.signed(Taken::UndeclaredForm, &form).because(Cause::ContentType))
    }
}

/// Repeated names, taken otherwise.
fn repeats(form: &Params, see: See<'_>) -> Option<End> {
    let mut values: BTreeMap<&[u8], Vec<&[u8]>> = BTreeMap::new();
    for (name, value) in form.iter_bytes() {
        values.entry(name).or_default().push(value);
    }
    if values.len() == form.len() {
        return None;
    }
    let joined = |separator: &'static [u8]| {
        let joined = values.iter().map(|(name, values)| (*name, values.join(separator)));
        let joined: Vec<_> = joined.collect();
        let pairs = joined.iter().map(|(name, value)| (*name, value.as_slice()));
        Cover::pairs(Taken::CommaJoined, pairs)
    };
    let one = |of: fn(&[&'_ [u8]]) -> usize, taken| {
        let pairs = values.iter().map(|(name, values)| (*name, values[of(values)]));
        Cover::pairs(taken, pairs)
    };
    let covers = [
        one(|_| 0, Taken::FirstOfRepeats),
        one(|values| values.len() - 1, Taken::LastOfRepeats),
        joined(b","),
        joined(b", "),
        Cover::pairs(Taken::DistinctPairs, form.sorted()),
        Cover::pairs(Taken::EveryPair, form.sorted_by_name()),
    ];
    covers.into_iter().find_map(|cover| see(&cover.because(Cause::Repeats)))
}

/// The pairs in other orders.
fn orders(pairs: &[Pair], see: See<'_>) -> Option<End> {
    let mut shown = |taken, pairs: &[Pair]| {
        let pairs = pairs.iter().map(|(name, value)| (name.as_slice(), value.as_slice()));
        see(&Cover::pairs(taken, pairs).because(Cause::SortOrder))
    };
    shown(Taken::WireOrder, pairs).or_else(|| {
        let mut sorted = pairs.to_vec();
        sorted.sort_by_cached_key(|(name, _)| name.to_ascii_lowercase());
        shown(Taken::CaselessOrder, &sorted).or_else(|| {
            sorted.sort_by_cached_key(|(name, value)| [&name[..], value].concat());
            shown(Taken::JoinedOrder, &sorted)
        })
    })
}

/// Every choice of some of `count` things, all of them first; of many things each alone, all
/// but one, and the first ones.
fn combinations<T>(
    count: usize,
    mut see: impl FnMut(&dyn Fn(usize) -> bool) -> Option<T>,
) -> Option<T> {
    if (1..=MOST_COMBINED).contains(&count) {
        return (1..1_usize << count).rev().find_map(|mask| see(&|at| mask >> at & 1 == 1));
    }
    let most = count.min(64);
    let all = if count > 0 { see(&|_| true) } else { None };
    all.or_else(|| (0..most).find_map(|one| see(&|at| at == one)))
        .or_else(|| (0..most).find_map(|one| see(&|at| at != one)))
        // Lists of names are often cut at one place.
        .or_else(|| (2..most).find_map(|first| see(&|at| at < first)))
}
