//! The order of pairs that signatures use.

use super::Span;

/// Up to this many pairs the order is kept on the stack.
const ON_STACK: usize = 64;

/// The pairs of [`Params`](super::Params) in the order that a signature uses, as bytes.
///
/// An iterator over `(name, value)`, made by [`Params::sorted`](super::Params::sorted) or
/// [`Params::sorted_by_name`](super::Params::sorted_by_name).
#[derive(Clone)]
pub struct Sorted<'a> {
    bytes: &'a [u8],
    spans: &'a [Span],
    order: Order,
    next: usize,
}

/// What becomes of pairs with one name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    /// They are sorted by value, and equal ones come once.
    Distinct,
    /// They all come, in the order of the input.
    Kept,
}

#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "on the stack on purpose: no allocation")]
enum Order {
    Few { entries: [Entry; ON_STACK], len: usize },
    Many(Vec<Entry>),
}

/// The first eight bytes of a name, big-endian so that numbers sort as bytes do, above the
/// place of the pair. Names that differ within eight bytes sort as plain numbers.
type Entry = u128;

fn entry(prefix: u64, place: u32) -> Entry {
    u128::from(prefix) << 64 | u128::from(place)
}

fn prefix_of(entry: Entry) -> u128 {
    entry >> 64
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is the place")]
fn place_of(entry: Entry) -> usize {
    entry as u32 as usize
}

impl<'a> Sorted<'a> {
    pub(super) fn new(bytes: &'a [u8], spans: &'a [Span], repeats: Repeats) -> Self {
        let entries = (0..).zip(spans).map(|(place, span)| entry(prefix(span.name(bytes)), place));
        let order = if spans.len() <= ON_STACK {
            let mut few = [0; ON_STACK];
            for (slot, entry) in few.iter_mut().zip(entries) {
                *slot = entry;
            }
            Order::Few { entries: few, len: spans.len() }
        } else {
            Order::Many(entries.collect())
        };
        let mut sorted = Self { bytes, spans, order, next: 0 };
        sorted.sort(repeats);
        sorted
    }

    fn sort(&mut self, repeats: Repeats) {
        let entries = self.order.entries_mut();
        entries.sort_unstable();
        // Where no two prefixes are equal there is nothing left to sort and no repeat.
        if entries.windows(2).any(|pair| prefix_of(pair[0]) == prefix_of(pair[1])) {
            self.settle(repeats);
        }
    }

    /// Sorts each run of equal prefixes by the whole names, and pairs with one name as
    /// `repeats` says.
    fn settle(&mut self, repeats: Repeats) {
        let (bytes, spans) = (self.bytes, self.spans);
        let pair = |entry: Entry| {
            let span = spans[place_of(entry)];
            (span.name(bytes), span.value(bytes))
        };
        let entries = self.order.entries_mut();
        for run in entries.chunk_by_mut(|left, right| prefix_of(*left) == prefix_of(*right)) {
            match repeats {
                _ if run.len() == 1 => {}
                Repeats::Distinct => run.sort_unstable_by_key(|entry| pair(*entry)),
                Repeats::Kept => {
                    run.sort_unstable_by_key(|entry| (pair(*entry).0, place_of(*entry)));
                }
            }
        }
        if repeats == Repeats::Kept {
            return;
        }
        let mut kept = 1;
        for at in 1..entries.len() {
            if pair(entries[at]) != pair(entries[kept - 1]) {
                entries[kept] = entries[at];
                kept += 1;
            }
        }
        self.order.truncate(kept);
    }

    /// Each pair in one piece, the value right behind the name.
    pub fn joined(&self) -> impl Iterator<Item = &'a [u8]> {
        let (bytes, spans) = (self.bytes, self.spans);
        self.order.entries()[self.next..].iter().map(move |entry| {
            let span = spans[place_of(*entry)];
            &bytes[span.start as usize..span.end as usize]
        })
    }

    #[inline]
    fn advance(&mut self) -> Option<Entry> {
        let entry = *self.order.entries().get(self.next)?;
        self.next += 1;
        Some(entry)
    }
}

impl<'a> Iterator for Sorted<'a> {
    type Item = (&'a [u8], &'a [u8]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let span = self.spans[place_of(self.advance()?)];
        Some((span.name(self.bytes), span.value(self.bytes)))
    }
}

/// Shows how many pairs there are, never what they hold.
impl std::fmt::Debug for Sorted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sorted({} pairs)", self.spans.len())
    }
}

impl Order {
    fn entries(&self) -> &[Entry] {
        match self {
            Self::Few { entries, len } => &entries[..*len],
            Self::Many(entries) => entries,
        }
    }

    fn truncate(&mut self, kept: usize) {
        match self {
            Self::Few { len, .. } => *len = kept,
            Self::Many(entries) => entries.truncate(kept),
        }
    }

    fn entries_mut(&mut self) -> &mut [Entry] {
        match self {
            Self::Few { entries, len } => &mut entries[..*len],
            Self::Many(entries) => entries,
        }
    }
}

#[inline]
fn prefix(name: &[u8]) -> u64 {
    if let Some(head) = name.first_chunk::<8>() {
        return u64::from_be_bytes(*head);
    }
    let mut head = [0; 8];
    head[..name.len()].copy_from_slice(name);
    u64::from_be_bytes(head)
}
