//! What the server's errors mean for a store.

use switchhook_dispatch::{StoreError, StoreErrorKind};
use tokio_postgres::{Error, error::DbError};

/// Why a try failed, and what to do about it.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: StoreError,
    /// Whether another try may succeed soon.
    pub(super) again: bool,
    /// Whether the connection is of no use any more.
    pub(super) broken: bool,
}

impl Failure {
    /// The server, or the way to it, does not answer.
    pub(super) fn unavailable(text: &str) -> Self {
        let error = StoreError::new(StoreErrorKind::Unavailable, text);
        Self { error, again: true, broken: true }
    }
}

/// A row that cannot be read is not read better the next time.
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self { error, again: false, broken: false }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let Some(refused) = error.as_db_error() else {
            return Self::unavailable(&error.to_string());
        };
        let code = refused.code().code();
        let (kind, again) = match (&code[..code.len().min(2)], code) {
            (_, "53100") => (StoreErrorKind::Full, false),
            // A statement that took too long would do so again.
            (_, "57014") => (StoreErrorKind::Unavailable, false),
            // Somebody deleted what is referred to, between two looks.
            (_, "23503") => (StoreErrorKind::Other, true),
            // A read-only server is what a failover leaves behind.
            (_, "25006" | "55P03") | ("08" | "40" | "53" | "57" | "58", _) => {
                (StoreErrorKind::Unavailable, true)
            }
            // Our tables or their columns are gone.
            (_, "42P01" | "42703" | "3F000") => (StoreErrorKind::Incompatible, false),
            _ => (StoreErrorKind::Other, false),
        };
        let broken = code == "25006" || code.starts_with("08") || is_fatal(refused);
        Self { error: StoreError::new(kind, text(refused)), again, broken }
    }
}

/// Why a statement of a handler was refused; `None` where the statement is not to blame.
pub(super) fn refusal(error: &Error) -> Option<String> {
    let refused = error.as_db_error()?;
    let code = refused.code().code();
    let own = match &code[..code.len().min(2)] {
        "08" | "40" | "53" | "58" => false,
        "57" => code == "57014",
        "25" => code != "25006",
        _ => true,
    };
    (own && !is_fatal(refused)).then(|| text(refused))
}

/// Whether the server has ended the connection.
fn is_fatal(error: &DbError) -> bool {
    // Older servers tell it in their own language alone.
    matches!(error.severity(), "FATAL" | "PANIC")
        || error.parsed_severity().is_some_and(|severity| {
            use tokio_postgres::error::Severity;
            matches!(severity, Severity::Fatal | Severity::Panic)
        })
}

/// The code and the first message, without what may quote a value: details, hints, and of "data
/// exceptions" all that follows the colon.
fn text(error: &DbError) -> String {
    let (code, message) = (error.code().code(), error.message());
    if !code.starts_with("22") {
        return format!("{message} ({code})");
    }
    match message.split(':').next() {
        Some(message) if message.is_ascii() && !message.contains('"') => {
            format!("{message} ({code})")
        }
        _ => format!("a value does not fit ({code})"),
    }
}
