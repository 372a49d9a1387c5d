//! How bad a linter's finding is.

use std::fmt;

use serde_core::{Serialize, Serializer};

/// How bad a finding of a linter is. In JSON the word: `note`, `warning` or `error`.
///
/// ```
/// use switchhook_core::Severity;
///
/// assert!(Severity::Note < Severity::Warning && Severity::Warning < Severity::Error);
/// assert_eq!(Severity::Warning.to_string(), "warning");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Nothing breaks, but it may not be what was meant: a value or a name that is new here.
    Note,
    /// The provider may go on without the part, or its sources disagree.
    Warning,
    /// The provider refuses the document, or the verb or method.
    Error,
}

impl Severity {
    /// The word for it: `note`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
