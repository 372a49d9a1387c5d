//! One request with its response, as the inspector keeps it.

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{Request, Response};
use switchhook::{
    IdempotencyKey, Match, Order, Payload,
    dispatch::{DeliveryId, Disposition, Outcome, Refusal},
};

use super::{
    doctor::{Examined, Finding, ListenDoctor},
    privacy,
    reading::Reading,
};
use crate::{families::FamilyEntry, received::payload};

/// The longest answer that is kept whole: four times what a provider reads.
const LONGEST_ANSWER: usize = 256 * 1024;

/// The tries of a kept delivery that are remembered, the newest.
const MOST_TRIES: usize = 50;

/// What a request takes beside its texts, roughly.
const OVERHEAD: usize = 2 * 1024;

/// A request that was answered.
pub(crate) struct Exchange {
    /// Its number since the start, from 1; the ring gives it.
    pub(crate) number: u64,
    pub(crate) at: SystemTime,
    pub(crate) origin: Origin,
    /// As it came; the body is empty where it was refused before that was read.
    pub(crate) request: Request<Bytes>,
    pub(crate) response: Response<Bytes>,
    /// The length of the answer, of which a long one is cut.
    pub(crate) answer_length: usize,
    pub(crate) elapsed: Duration,
    /// What the dispatcher told.
    pub(crate) told: Told,
    /// The family of its path.
    pub(crate) family: Option<&'static FamilyEntry>,
    /// What the list and the timeline show of the event.
    pub(crate) event: EventLine,
    tries: Mutex<Vec<Try>>,
    /// Found out once. It holds the signed text as received and as matched, so that this is at
    /// most about twice the request.
    examined: OnceLock<Option<Arc<Examined>>>,
}

/// Where a request came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    #[default]
    Network,
    /// The page had this one sent again as it was.
    Replay(u64),
    /// The page had it sent again with changes.
    Edit(u64),
}

/// An [`Outcome`] that outlives its request.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) refusal: Option<Refusal>,
    pub(crate) signature: Option<Match>,
    pub(crate) id: Option<DeliveryId>,
    pub(crate) disposition: Disposition,
    pub(crate) failure: Option<String>,
    pub(crate) store_error: Option<String>,
}

impl Told {
    pub(crate) fn of(outcome: &Outcome<'_>) -> Self {
        Self {
            refusal: outcome.refusal,
            signature: outcome.signature.cloned(),
            id: outcome.id,
            disposition: outcome.disposition,
            failure: outcome.failure.map(ToString::to_string),
            store_error: outcome.store_error.map(ToString::to_string),
        }
    }
}

/// One try of the inbox's worker.
#[derive(Clone)]
pub(crate) struct Try {
    pub(crate) attempt: u32,
    pub(crate) at: SystemTime,
    pub(crate) elapsed: Duration,
    pub(crate) failure: Option<String>,
}

/// What is shown of an event without reading its body again.
#[derive(Default)]
pub(crate) struct EventLine {
    pub(crate) name: Option<String>,
    pub(crate) known: bool,
    pub(crate) malformed: bool,
    /// What it is about; dots where that is no SID.
    pub(crate) subject: Option<String>,
    /// The SIDs of what it tells of, the widest first.
    pub(crate) things: Vec<String>,
    pub(crate) key: Option<IdempotencyKey>,
    pub(crate) order: Option<Order>,
    /// The provider's count, and the SID of what is counted.
    pub(crate) sequence: Option<(String, u64)>,
}

impl EventLine {
    fn of(reading: Reading) -> Self {
        let things = reading.things().into_iter().filter(|thing| privacy::is_word(thing));
        let things = things.map(str::to_owned).collect();
        let sequence = reading.sequence().map(|(counted, count)| (counted.to_owned(), count));
        let subject = reading.subject();
        Self {
            known: reading.info.is_some_and(|info| info.listed),
            malformed: reading.malformed.is_some(),
            subject: subject.map(|subject| {
                if privacy::is_word(subject) { subject.to_owned() } else { privacy::veil(subject) }
            }),
            things,
            sequence,
            name: reading.name.map(|name| name.chars().take(64).collect()),
            key: reading.key,
            order: reading.order,
        }
    }
}

/// What an exchange is made of, before it has a number.
pub(crate) struct Arrived {
    pub(crate) at: SystemTime,
    pub(crate) origin: Origin,
    pub(crate) request: Request<Bytes>,
    pub(crate) response: Response<Bytes>,
    pub(crate) elapsed: Duration,
    pub(crate) told: Told,
}

impl Exchange {
    pub(crate) fn new(number: u64, arrived: Arrived, family: Option<&'static FamilyEntry>) -> Self {
        let Arrived { at, origin, request, response, elapsed, told } = arrived;
        let answer_length = response.body().len();
        // A copy, so that a slice does not hold on to the whole.
        let response = response.map(|body| match body.get(..LONGEST_ANSWER) {
            Some(beginning) => Bytes::copy_from_slice(beginning),
            None => body,
        });
        let read = family.and_then(|family| Some((family.reading)(&payload(&request)?)));
        let event = read.map(EventLine::of).unwrap_or_default();
        let (tries, examined) = Default::default();
        Self {
            number,
            at,
            origin,
            request,
            response,
            answer_length,
            elapsed,
            told,
            family,
            event,
            tries,
            examined,
        }
    }

    /// The parameters or the JSON, where they can be read.
    pub(crate) fn payload(&self) -> Option<Payload> {
        payload(&self.request)
    }

    /// What it is read as, where its path has a family.
    pub(crate) fn reading(&self) -> Option<Reading> {
        Some((self.family?.reading)(&self.payload()?))
    }

    /// Whether its body was not read: the head was enough to refuse it.
    pub(crate) fn is_bodiless(&self) -> bool {
        self.told.refusal.is_some() && self.request.body().is_empty()
    }

    /// Whether the request or the answer has this text, which is in lower case: as it was sent, or
    /// in a parameter.
    pub(crate) fn contains(&self, text: &str) -> bool {
        let has = |whole: &str| whole.to_lowercase().contains(text);
        let has_bytes = |bytes: &[u8]| has(&String::from_utf8_lossy(bytes));
        let payload = self.payload();
        let params = payload.as_ref().and_then(Payload::params);
        let mut pairs = params.into_iter().flat_map(switchhook::Params::iter_bytes);
        has(&self.request.uri().to_string())
            || self.event.name.as_deref().is_some_and(has)
            || self.finding().is_some_and(|finding| has(&finding.words))
            || pairs.any(|(name, value)| has_bytes(name) || has_bytes(value))
            || has_bytes(self.request.body())
            || has_bytes(self.response.body())
    }

    /// Why its signature does not fit, where that has been found out.
    pub(crate) fn finding(&self) -> Option<&Finding> {
        self.examined.get()?.as_ref()?.finding.as_ref()
    }

    /// What the doctor says, who is asked once. This may take long.
    pub(crate) fn examined_by(&self, doctor: &ListenDoctor) -> Option<&Examined> {
        let examined = self.examined.get_or_init(|| {
            // Without its body a request cannot be examined.
            let whole = !self.is_bodiless();
            let examined = whole.then(|| doctor.explain(self.told.refusal, &self.request));
            examined.flatten().map(Arc::new)
        });
        examined.as_deref()
    }

    /// Says what the doctor found, unless that is known.
    pub(crate) fn was_examined(&self, examined: &Arc<Examined>) {
        let _ = self.examined.set(Some(Arc::clone(examined)));
    }

    pub(crate) fn tries(&self) -> Vec<Try> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn tried(&self, again: Try) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() == MOST_TRIES {
            tries.remove(0);
        }
        tries.push(again);
    }

    /// The memory that it takes, roughly.
    pub(crate) fn size(&self) -> usize {
        let headers = |headers: &http::HeaderMap| {
            headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>()
        };
        let request = headers(self.request.headers())
            + self.request.uri().to_string().len()
            + self.request.body().len();
        let response = headers(self.response.headers()) + self.response.body().len();
        OVERHEAD + request + response
    }
}
