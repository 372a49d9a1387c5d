//! What a reader takes, and what it says to the rest.

use std::fmt;

/// How much a reader takes before it gives up.
///
/// ```
/// use switchhook_swml::{Limits, ReadErrorKind, read_within};
///
/// let limits = Limits { depth: 4, ..Limits::default() };
/// let error = read_within("[[[[[]]]]]", &limits).unwrap_err();
/// assert_eq!(error.kind(), ReadErrorKind::TooDeep);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Length of the document in bytes; 4 MiB by default.
    pub bytes: usize,
    /// Number of values: objects, lists and what is in them; 100,000 by default.
    pub nodes: usize,
    /// Levels of nesting; 100 by default. More than a few hundred may be too much for a
    /// small stack.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 4 * 1024 * 1024, nodes: 100_000, depth: 100 }
    }
}

impl Limits {
    pub(crate) fn check_bytes(&self, length: usize) -> Result<(), ReadError> {
        if length > self.bytes {
            return Err(ReadError::new(ReadErrorKind::TooLarge, self.bytes));
        }
        Ok(())
    }
}

/// Why a document could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadError {
    kind: ReadErrorKind,
    offset: usize,
}

switchhook_core::error_texts! { ReadError: Self { kind, offset } => "{kind} at byte {offset}" }

impl ReadError {
    pub(crate) fn new(kind: ReadErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What is wrong.
    pub fn kind(&self) -> ReadErrorKind {
        self.kind
    }

    /// Where in the document, in bytes.
    pub fn offset(&self) -> usize {
        self.offset
    }
}

/// The reasons of a [`ReadError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// Longer than the limits allow.
    TooLarge,
    /// More values than the limits allow; aliases of YAML count each time, and so does what is
    /// kept for them.
    TooManyNodes,
    /// Nested deeper than the limits allow.
    TooDeep,
    /// Not UTF-8.
    NotUtf8,
    /// Not JSON.
    NotJson,
    /// Not YAML.
    NotYaml,
    /// YAML that JSON has no form for: several documents, a list or an object as key, an
    /// alias in itself, a tag of an application.
    NotForJson,
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "the document is too large",
            Self::TooManyNodes => "the document has too many values",
            Self::TooDeep => "the document is nested too deeply",
            Self::NotUtf8 => "the document is not UTF-8",
            Self::NotJson => "the document is not JSON",
            Self::NotYaml => "the document is not YAML",
            Self::NotForJson => "the document is YAML that JSON has no form for",
        })
    }
}
