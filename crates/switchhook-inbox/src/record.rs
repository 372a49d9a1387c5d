//! Deliveries as an operator sees them.

use std::{
    fmt,
    str::FromStr,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::Request;
use switchhook_dispatch::DeliveryId;

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum State {
    /// It waits for a worker.
    Pending,
    /// A worker has it.
    Leased,
    /// It failed, and waits for its next try.
    Retry,
    /// It was handled.
    Done,
    /// It failed, and is not tried again by itself.
    Dead,
}

impl State {
    /// All of them, in the order of a delivery's life.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Leased, Self::Retry, Self::Done, Self::Dead];

    /// The state in one word, such as `pending`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Leased => "leased",
            Self::Retry => "retry",
            Self::Done => "done",
            Self::Dead => "dead",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for State {
    type Err = ParseStateError;

    fn from_str(text: &str) -> Result<Self, ParseStateError> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(ParseStateError)
    }
}

/// The text is no [`State`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseStateError;

impl fmt::Display for ParseStateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a state is pending, leased, retry, done or dead")
    }
}

impl std::error::Error for ParseStateError {}

/// A delivery without its request.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    /// What it is known by.
    pub id: DeliveryId,
    /// Its place in the order of arrival.
    pub number: u64,
    /// The path of its route.
    pub route: String,
    /// The family, such as `twilio.video`.
    pub family: String,
    /// The name of the event; the sender's text where the family does not know it.
    pub event: Option<String>,
    /// The SID that the event is about.
    pub subject: Option<String>,
    /// Where it stands.
    pub state: State,
    /// How often it was leased since it was accepted or replayed.
    pub attempts: u32,
    /// When it was accepted.
    pub received_at: SystemTime,
    /// When it may be leased next: the end of its lease, where it is leased.
    pub due_at: Option<SystemTime>,
    /// When it was done or became a dead letter.
    pub settled_at: Option<SystemTime>,
    /// Why it failed the last time, or why it was not handled.
    pub error: Option<String>,
}

/// A delivery with its request.
pub struct Record {
    /// All the rest.
    pub summary: Summary,
    /// The request as it came. Its headers may hold credentials, its body a whole message.
    pub request: Request<Bytes>,
}

/// Shows where it stands: the rest is the sender's text, or the handler's.
impl fmt::Debug for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Summary")
            .field("id", &self.id)
            .field("family", &self.family)
            .field("state", &self.state)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// As its summary.
impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.summary.fmt(f)
    }
}

/// How many deliveries there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// How many are in each state, in the order of [`State::ALL`].
    pub counts: [u64; 5],
    /// When the oldest was received that is neither done nor dead.
    pub oldest_waiting: Option<SystemTime>,
    /// How many replies are kept for duplicates.
    pub replies: u64,
    /// What the store takes up, in bytes, where it can tell.
    pub bytes: Option<u64>,
}

impl Stats {
    /// How many are in this state.
    pub fn count(&self, state: State) -> u64 {
        self.counts[state as usize]
    }

    /// How many there are.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// How long deliveries are kept after their end.
///
/// A duplicate that comes later is handled as a new delivery, so keep them longer than a
/// provider tries: a day is enough for Twilio and SignalWire, unless their own tools replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// After they were done: a week unless told otherwise.
    pub done: Duration,
    /// After they died: 90 days unless told otherwise.
    pub dead: Duration,
}

impl Default for Retention {
    fn default() -> Self {
        let days = |days: u64| Duration::from_secs(days * 24 * 60 * 60);
        Self { done: days(7), dead: days(90) }
    }
}
