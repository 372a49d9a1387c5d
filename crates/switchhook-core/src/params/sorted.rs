//! The order of pairs that signatures use.

use super::Span;

/// Up to this many pairs the order is kept on the stack.
const ON_STACK: usize = 64;

/// The distinct pairs of [`Params`](super::Params), sorted by name and then by value, as bytes.
///
/// An iterator over `(name, value)`. Equal pairs come once.
#[derive(Clone)]
pub struct Sorted<'a> {
    bytes: &'a [u8],
    spans: &'a [Span],
    order: Order,
    next: usize,
}

#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "on the stack on purpose: no allocation")]
enum Order {
    Few { entries: [Entry; ON_STACK], len: usize },
    Many(Vec<Entry>),
}

/// The first eight bytes of a name, big-endian so that numbers sort as bytes do, and the
/// pair's place. Most comparisons end at the number.
#[derive(Clone, Copy, Default)]
struct Entry {
    prefix: u64,
    pair: u32,
}

impl<'a> Sorted<'a> {
    pub(super) fn new(bytes: &'a [u8], spans: &'a [Span]) -> Self {
        let entry = |(pair, span): (u32, &Span)| Entry { prefix: prefix(span.name(bytes)), pair };
        let mut order = if spans.len() <= ON_STACK {
            let mut entries = [Entry::default(); ON_STACK];
            for (slot, numbered) in entries.iter_mut().zip((0..).zip(spans)) {
                *slot = entry(numbered);
            }
            Order::Few { entries, len: spans.len() }
        } else {
            Order::Many((0..).zip(spans).map(entry).collect())
        };
        order.entries_mut().sort_unstable_by(|left, right| {
            left.prefix.cmp(&right.prefix).then_with(|| {
                let (left, right) = (spans[left.pair as usize], spans[right.pair as usize]);
                let by_name = left.name(bytes).cmp(right.name(bytes));
                by_name.then_with(|| left.value(bytes).cmp(right.value(bytes)))
            })
        });
        Self { bytes, spans, order, next: 0 }
    }

    fn pair(&self, entry: Entry) -> (&'a [u8], &'a [u8]) {
        let span = self.spans[entry.pair as usize];
        (span.name(self.bytes), span.value(self.bytes))
    }
}

impl<'a> Iterator for Sorted<'a> {
    type Item = (&'a [u8], &'a [u8]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entries = self.order.entries();
            let entry = *entries.get(self.next)?;
            let previous = self.next.checked_sub(1).map(|at| entries[at]);
            self.next += 1;
            let repeats = previous.is_some_and(|previous| {
                previous.prefix == entry.prefix && self.pair(previous) == self.pair(entry)
            });
            if !repeats {
                return Some(self.pair(entry));
            }
        }
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
