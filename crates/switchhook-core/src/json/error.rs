/// Why a text is not read as JSON. It quotes nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseJsonError {
    /// The text is longer than allowed.
    #[error("the JSON is longer than {limit} bytes")]
    TooLong {
        /// The most bytes.
        limit: usize,
    },
    /// Lists and objects are nested deeper than allowed.
    #[error("the JSON is nested more than {limit} deep")]
    TooDeep {
        /// The most lists and objects around a value.
        limit: usize,
    },
    /// There are more values and names than allowed.
    #[error("the JSON has more than {limit} values and names")]
    TooManyValues {
        /// The most values and names.
        limit: usize,
    },
    /// The text is not UTF-8.
    #[error("the JSON is not UTF-8")]
    NotText,
    /// The text is no JSON.
    #[error("no JSON from byte {at} on")]
    Syntax {
        /// Where it stops being JSON, in bytes from the start.
        at: usize,
    },
}

impl ParseJsonError {
    /// Whether it is a matter of size, for which HTTP has a status of its own.
    pub fn is_too_large(self) -> bool {
        matches!(self, Self::TooLong { .. } | Self::TooManyValues { .. })
    }
}
