//! What tells two deliveries apart, and which of two came first.

use std::{cmp::Ordering, fmt};

use sha2::{Digest, Sha256};

use super::{EventInfo, info::position, source::Source};
use crate::WireType;

/// What two deliveries of the same event have in common and no other delivery has.
///
/// Made of the parts that the provider's semantics name (the table of the family), each with
/// its length before it, so that no two lists of parts look alike; of a part that is long or
/// not text the SHA-256 stands for it. A part is never left out: where the delivery lacks one,
/// the next list of the table is taken, and last the digest of all parameters.
///
/// The key knows the family, the account and the event. The same event may be sent to several
/// URLs: [`within`](Self::within) sets them apart.
///
/// ```
/// use switchhook_core::IdempotencyKey;
///
/// let key = IdempotencyKey::of(["call-status", "CA1", "0"]);
/// assert_eq!(key.as_str(), "11:call-status3:CA11:0");
/// assert_ne!(key, IdempotencyKey::of(["call-status", "CA10", ""]));
/// assert_eq!(key.within("/voice").as_str(), "6:/voice11:call-status3:CA11:0");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(Box<str>);

impl IdempotencyKey {
    /// The longest part that stands in a key as it is, in bytes.
    const LONGEST_PART: usize = 100;

    /// The key of these parts.
    pub fn of<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Self {
        let mut key = String::with_capacity(96);
        for part in parts {
            push(&mut key, part.as_ref());
        }
        Self(key.into())
    }

    /// The same key within something larger, such as the URL that was called.
    #[must_use]
    pub fn within(&self, scope: &str) -> Self {
        let mut key = String::with_capacity(scope.len() + self.0.len() + 4);
        push(&mut key, scope.as_bytes());
        key.push_str(&self.0);
        Self(key.into())
    }

    /// SHA-256 of the key: of one length, and without the parts that it is made of.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The key as text: printable as far as its parts are, a few hundred bytes at most.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Appends a part after its length. A digest's length has a `#` before it, so that no part can
/// pass for a digest.
fn push(key: &mut String, part: &[u8]) {
    match std::str::from_utf8(part) {
        Ok(text) if text.len() <= IdempotencyKey::LONGEST_PART => {
            key.push_str(&text.len().to_string());
            key.push(':');
            key.push_str(text);
        }
        _ => push_digest(key, &Sha256::digest(part)),
    }
}

fn push_digest(key: &mut String, digest: &[u8]) {
    use fmt::Write as _;
    key.push_str("#64:");
    for byte in digest {
        // Writing to a `String` cannot fail.
        let _ = write!(key, "{byte:02x}");
    }
}

/// Shows the length: a key may be made of what a caller has typed.
impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdempotencyKey({} bytes)", self.0.len())
    }
}

/// Where a delivery stands among those about the same thing.
///
/// Providers deliver in any order. Keep the order of the newest delivery about a thing, and
/// skip one that is [before](Self::is_before) it: what is neither before nor after, such as the
/// second of two in one second, may still tell something new.
///
/// Two orders compare where they are about the same thing and counted in the same way, and
/// not otherwise.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Order {
    scope: IdempotencyKey,
    position: Position,
}

/// A place in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Position {
    /// The provider's own count.
    Number(u64),
    /// A point in time.
    Time {
        /// Seconds since 1970-01-01T00:00:00Z.
        seconds: i64,
        /// Nanoseconds after them.
        nanos: u32,
    },
    /// The rank of a state in the life of a thing.
    Rank(u8),
}

impl Position {
    /// How it is counted: `number`, `time` or `rank`. Only places that are counted in the same way
    /// compare, so a store has to keep them apart.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Time { .. } => "time",
            Self::Rank(_) => "rank",
        }
    }

    /// The place as bytes that compare as positions of one order and [kind](Self::kind) do, for
    /// stores.
    ///
    /// ```
    /// use switchhook_core::Position;
    ///
    /// assert!(Position::Number(9).to_bytes() < Position::Number(10).to_bytes());
    /// ```
    pub fn to_bytes(self) -> [u8; 16] {
        let number = match self {
            Self::Number(number) => number.into(),
            Self::Time { seconds, nanos } => {
                i128::from(seconds) * 1_000_000_000 + i128::from(nanos)
            }
            Self::Rank(rank) => rank.into(),
        };
        // The sign's bit turned, negative numbers come before the others.
        (number ^ i128::MIN).to_be_bytes()
    }
}

impl Order {
    /// The place `position` among the deliveries about `scope`.
    pub fn new(scope: IdempotencyKey, position: Position) -> Self {
        Self { scope, position }
    }

    /// What the delivery is about: the same for all deliveries that are ordered together.
    pub fn scope(&self) -> &IdempotencyKey {
        &self.scope
    }

    /// The place.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Whether this delivery supersedes the `other`; `false` also where the two do not compare.
    pub fn is_after(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Greater)
    }

    /// Whether the `other` supersedes this delivery; `false` also where the two do not compare.
    pub fn is_before(&self, other: &Self) -> bool {
        other.is_after(self)
    }
}

impl PartialOrd for Order {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        if self.scope == other.scope { self.position.partial_cmp(&other.position) } else { None }
    }
}

impl PartialOrd for Position {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => Some(left.cmp(right)),
            (Self::Rank(left), Self::Rank(right)) => Some(left.cmp(right)),
            (
                Self::Time { seconds, nanos },
                Self::Time { seconds: other_seconds, nanos: other_nanos },
            ) => Some((seconds, nanos).cmp(&(other_seconds, other_nanos))),
            _ => None,
        }
    }
}

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Order").field(&self.position).finish()
    }
}

/// How the key of an event is made.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct KeyRule {
    /// Lists of parameters; the first that the delivery has in full is taken.
    pub parts: &'static [&'static [&'static str]],
    /// Whether the digest of all parameters belongs to the key in any case.
    pub content: bool,
    /// What the digest leaves out, since it differs between tries.
    pub except: &'static [&'static str],
}

impl KeyRule {
    pub(super) fn of(&self, info: &EventInfo, source: Source<'_>) -> IdempotencyKey {
        let has = |part: &&str| info.text(source, part).is_some();
        let parts = self.parts.iter().find(|parts| parts.iter().all(has));
        let account = info.account(source);
        let mut key = IdempotencyKey::of([info.family, info.name, &account]).0.into_string();
        for part in parts.into_iter().copied().flatten() {
            push(&mut key, info.text(source, part).unwrap_or_default().as_bytes());
        }
        if self.content || parts.is_none() {
            let spellings = |name: &&'static str| {
                std::iter::once(*name).chain(info.aliases_of(name).iter().copied())
            };
            let except: Vec<_> = self.except.iter().flat_map(spellings).collect();
            push_digest(&mut key, &source.digest(&except));
        }
        IdempotencyKey(key.into())
    }
}

/// How the order of an event is made.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct OrderRule {
    scope: &'static str,
    /// Which of several orders about one thing it is.
    timeline: &'static str,
    by: &'static str,
    position: fn(&str) -> Option<Position>,
}

impl OrderRule {
    pub const fn new<T: WireType>(scope: &'static str, by: &'static str) -> Self {
        Self { scope, timeline: "", by, position: position::<T> }
    }

    /// The rule of an order beside the usual one of its thing.
    #[must_use]
    pub const fn timeline(mut self, timeline: &'static str) -> Self {
        self.timeline = timeline;
        self
    }

    pub(super) fn of(&self, info: &EventInfo, source: Source<'_>) -> Option<Order> {
        let position = (self.position)(&info.text(source, self.by)?)?;
        let (account, scope) = (info.account(source), info.text(source, self.scope)?);
        let scope = [info.family, &account, self.scope, self.timeline, &scope];
        Some(Order::new(IdempotencyKey::of(scope), position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_compare_as_their_bytes_do() {
        let time = |seconds, nanos| Position::Time { seconds, nanos };
        for ascending in [
            [Position::Number(0), Position::Number(9), Position::Number(u64::MAX)],
            [time(-5, 0), time(0, 1), time(0, 999_999_999)],
            [time(i64::MIN, 0), time(-1, 999_999_999), time(i64::MAX, 999_999_999)],
            [Position::Rank(0), Position::Rank(7), Position::Rank(255)],
        ] {
            assert!(ascending.is_sorted_by(|left, right| left < right));
            assert!(ascending.map(Position::to_bytes).is_sorted_by(|left, right| left < right));
        }
    }
}
