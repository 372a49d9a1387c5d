/// Why a text is not read as JSON. It quotes nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseJsonError {
    /// The text is longer than allowed.
    TooLong {
        /// The most bytes.
        limit: usize,
    },
    /// Lists and objects are nested deeper than allowed.
    TooDeep {
        /// The most lists and objects around a value.
        limit: usize,
    },
    /// There are more values and names than allowed.
    TooManyValues {
        /// The most values and names.
        limit: usize,
    },
    /// The text is not UTF-8.
    NotText,
    /// The text is no JSON.
    Syntax {
        /// Where it stops being JSON, in bytes from the start.
        at: usize,
    },
}

crate::error_texts! {
    ParseJsonError:
    Self::TooLong { limit } => "the JSON is longer than {limit} bytes",
    Self::TooDeep { limit } => "the JSON is nested more than {limit} deep",
    Self::TooManyValues { limit } => "the JSON has more than {limit} values and names",
    Self::NotText => "the JSON is not UTF-8",
    Self::Syntax { at } => "no JSON from byte {at} on",
}

impl ParseJsonError {
    /// Whether it is a matter of size, for which HTTP has a status of its own.
    pub fn is_too_large(self) -> bool {
        matches!(self, Self::TooLong { .. } | Self::TooManyValues { .. })
    }
}
