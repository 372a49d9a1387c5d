//! What stands for the body in a signed text, taken in the provider's way or another.

use bytes::Bytes;

use super::{Cause, Part, Segment};

macro_rules! takings {
    ($( $(#[$doc:meta])* $name:ident = $code:literal, )+) => {
        /// How the parameters or the body were taken for a signature.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Taken {
            $( $(#[$doc])* #[doc = concat!("\n\nAs a word: `", $code, "`.")] $name, )+
        }

        impl Taken {
            /// A stable word, such as `pairs`.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$name => $code, )+ }
            }
        }
    };
}

takings! {
    /// Not at all: the URL alone.
    Nothing = "nothing",
    /// The pairs of the form, as the provider takes them.
    Pairs = "pairs",
    /// The bytes of the body.
    Body = "body",
    /// The pairs of the query, besides the query itself.
    QueryPairs = "query-pairs",
    /// The body that the operator says was sent.
    KnownBody = "known-body",
    /// The first value of each name.
    FirstOfRepeats = "first-of-repeats",
    /// The last value of each name.
    LastOfRepeats = "last-of-repeats",
    /// All values of a name, joined with commas.
    CommaJoined = "comma-joined",
    /// Every pair once, sorted by name and value.
    DistinctPairs = "distinct-pairs",
    /// Every pair, repeats included.
    EveryPair = "every-pair",
    /// Empty parameters put back.
    EmptyAdded = "empty-added",
    /// Dots for underscores in names.
    DottedNames = "dotted-names",
    /// Names with a capital letter first.
    CapitalNames = "capital-names",
    /// `null` for an empty value.
    NullAsEmpty = "null-as-empty",
    /// Blanks put back around a value.
    BlanksAdded = "blanks-added",
    /// CR LF for LF in values.
    CarriageReturnsAdded = "carriage-returns-added",
    /// LF for CR LF in values.
    CarriageReturnsRemoved = "carriage-returns-removed",
    /// `+` for a blank before digits.
    PlusRestored = "plus-restored",
    /// Values decoded once more.
    DecodedAgain = "decoded-again",
    /// Values with their HTML entities decoded.
    EntitiesDecoded = "entities-decoded",
    /// Values that were read as Latin-1, as the bytes that they were.
    LatinUndone = "latin-1-undone",
    /// Values in Latin-1 as UTF-8.
    Latin = "latin-1",
    /// Pairs in the order in which they came.
    WireOrder = "wire-order",
    /// Pairs sorted without regard to letter case.
    CaselessOrder = "caseless-order",
    /// Names and values joined before sorting.
    JoinedOrder = "joined-order",
    /// A body that does not announce itself as a form, taken as one.
    UndeclaredForm = "undeclared-form",
    /// The top members of JSON as pairs.
    Members = "json-members",
    /// JSON written without blanks.
    JsonCompact = "json-compact",
    /// JSON written with a blank after each comma and colon.
    JsonSpaced = "json-spaced",
    /// JSON written over lines with two blanks.
    JsonTwoBlanks = "json-two-blanks",
    /// JSON written over lines with four blanks.
    JsonFourBlanks = "json-four-blanks",
    /// JSON with other line ends, or with a mark or a line end around it.
    JsonLineEnd = "json-line-end",
    /// JSON with characters beyond ASCII as escapes.
    JsonEscaped = "json-escaped",
    /// JSON with slashes as `\/`.
    JsonSlashes = "json-slashes",
    /// JSON with its members sorted.
    JsonSorted = "json-sorted",
}

/// What follows the URL in a signed text.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Cover {
    pub(super) taken: Taken,
    /// What has to be wrong for this to be what was signed.
    pub(super) cause: Option<Cause>,
    bytes: Bytes,
    /// Where each name and each value ends; none where the whole is a body.
    seams: Vec<usize>,
}

impl Cover {
    pub(super) fn nothing() -> Self {
        Self::body(Taken::Nothing, Bytes::new())
    }

    pub(super) fn body(taken: Taken, bytes: Bytes) -> Self {
        #[cfg(test)]
        MADE.set(MADE.get() + 1);
        Self { taken, cause: None, bytes, seams: Vec::new() }
    }

    /// Pairs in the order in which they are signed.
    pub(super) fn pairs<'a>(
        taken: Taken,
        pairs: impl IntoIterator<Item = (&'a [u8], &'a [u8])>,
    ) -> Self {
        #[cfg(test)]
        MADE.set(MADE.get() + 1);
        let (mut bytes, mut seams) = (Vec::new(), Vec::new());
        for (name, value) in pairs {
            for piece in [name, value] {
                bytes.extend_from_slice(piece);
                seams.push(bytes.len());
            }
        }
        Self { taken, cause: None, bytes: bytes.into(), seams }
    }

    pub(super) fn because(self, cause: Cause) -> Self {
        Self { cause: Some(cause), ..self }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What it took to make, in bytes: the text and where its pieces end.
    pub(super) fn cost(&self) -> usize {
        self.bytes.len() + size_of_val(self.seams.as_slice())
    }

    pub(super) fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let whole = self.seams.is_empty() && !self.bytes.is_empty();
        let body = whole.then_some(Segment { part: Part::Body, bytes: &self.bytes });
        let starts = std::iter::once(0).chain(self.seams.iter().copied());
        let parts = [Part::Name, Part::Value].into_iter().cycle();
        let pieces = starts.zip(&self.seams).zip(parts).map(|((start, &end), part)| {
            let bytes = self.bytes.get(start..end).unwrap_or_default();
            Segment { part, bytes }
        });
        body.into_iter().chain(pieces)
    }
}

#[cfg(test)]
thread_local! {
    /// How many covers this thread has made: bounds are tested against it.
    pub(super) static MADE: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}
