//! What SQLite's errors mean to those who ask the store.

use rusqlite::ErrorCode;
use switchhook_dispatch::{StoreError, StoreErrorKind};

use crate::codec::damaged;

/// Why a step was not done.
#[derive(Clone, Debug)]
pub(super) enum Failure {
    /// A statement of a handler was refused, for this reason.
    Refused(String),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(store_error(&error))
    }
}

impl Failure {
    /// The failure of a handler's statement as it ran, or of the commit after it.
    pub(super) fn of_statement(error: &rusqlite::Error) -> Self {
        Self::refused(error, reason(error))
    }

    /// The failure of a handler's statement that could not be prepared. Its values are not known
    /// to SQLite yet, which may say what it likes.
    pub(super) fn of_text(error: &rusqlite::Error) -> Self {
        let text = match error {
            rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
            error => code_text(error),
        };
        Self::refused(error, text)
    }

    /// Refused for this reason, unless it was the store that failed.
    fn refused(error: &rusqlite::Error, why: String) -> Self {
        match sqlite_error(error).and_then(|error| kind(error.code)) {
            Some(_) => Self::Store(store_error(error)),
            None => Self::Refused(why),
        }
    }

    /// For steps that execute no statement of a handler.
    pub(super) fn into_store_error(self) -> StoreError {
        match self {
            Self::Store(error) => error,
            Self::Refused(why) => StoreError::new(StoreErrorKind::Other, why),
        }
    }
}

/// The error of SQLite in an error of its wrapper.
fn sqlite_error(error: &rusqlite::Error) -> Option<&rusqlite::ffi::Error> {
    match error {
        rusqlite::Error::SqlInputError { error, .. } => Some(error),
        error => error.sqlite_error(),
    }
}

/// Whether it is a row that cannot be read, rather than a database that does not answer.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    sqlite_error(error).is_none_or(|error| error.code == ErrorCode::DatabaseCorrupt)
}

/// What kind of failure of the store a code stands for; `None` where the statement is to blame.
fn kind(code: ErrorCode) -> Option<StoreErrorKind> {
    use ErrorCode as Code;
    match code {
        Code::DiskFull => Some(StoreErrorKind::Full),
        Code::DatabaseBusy
        | Code::DatabaseLocked
        | Code::SystemIoFailure
        | Code::CannotOpen
        | Code::FileLockingProtocolFailed
        | Code::PermissionDenied
        | Code::ReadOnly
        | Code::OutOfMemory => Some(StoreErrorKind::Unavailable),
        Code::NotADatabase => Some(StoreErrorKind::Incompatible),
        Code::DatabaseCorrupt | Code::InternalMalfunction => Some(StoreErrorKind::Other),
        _ => None,
    }
}

/// The error for callers and operators, with nothing of what is kept.
pub(super) fn store_error(error: &rusqlite::Error) -> StoreError {
    use rusqlite::Error as Wrapper;
    match error {
        Wrapper::FromSqlConversionFailure(..)
        | Wrapper::IntegralValueOutOfRange(..)
        | Wrapper::InvalidColumnType(..)
        | Wrapper::Utf8Error(..) => damaged("a column"),
        Wrapper::QueryReturnedNoRows => damaged("a part"),
        error => {
            let kind = sqlite_error(error).and_then(|error| kind(error.code));
            StoreError::new(kind.unwrap_or(StoreErrorKind::Other), code_text(error))
        }
    }
}

/// What SQLite says without values: its messages while a statement runs may quote them, those
/// about constraints name tables and columns alone.
fn reason(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(code, Some(text))
            if code.code == ErrorCode::ConstraintViolation =>
        {
            text.clone()
        }
        error => code_text(error),
    }
}

fn code_text(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(error, _) => {
            let text = rusqlite::ffi::code_to_str(error.extended_code);
            format!("{text} ({})", error.extended_code)
        }
        rusqlite::Error::MultipleStatement => "several statements in one text".to_owned(),
        _ => "an unexpected answer of SQLite".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn codes_have_kinds_and_texts_without_values() {
        use StoreErrorKind as Kind;
        for (code, kind) in [
            (ffi::SQLITE_FULL, Kind::Full),
            (ffi::SQLITE_BUSY, Kind::Unavailable),
            (ffi::SQLITE_BUSY_SNAPSHOT, Kind::Unavailable),
            (ffi::SQLITE_LOCKED, Kind::Unavailable),
            (ffi::SQLITE_IOERR_FSYNC, Kind::Unavailable),
            (ffi::SQLITE_CANTOPEN, Kind::Unavailable),
            (ffi::SQLITE_READONLY, Kind::Unavailable),
            (ffi::SQLITE_NOTADB, Kind::Incompatible),
            (ffi::SQLITE_CORRUPT, Kind::Other),
            (ffi::SQLITE_CONSTRAINT_UNIQUE, Kind::Other),
        ] {
            let error =
                rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("canary".into()));
            let error = store_error(&error);
            assert_eq!(error.kind(), kind, "{code}");
            assert!(!error.to_string().contains("canary"), "{error}");
        }
    }

    #[test]
    fn what_is_refused_is_no_failure_of_the_store() {
        let of = |code| {
            let error =
                rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("the text".into()));
            Failure::of_statement(&error)
        };
        assert!(matches!(of(ffi::SQLITE_FULL), Failure::Store(_)));
        assert!(matches!(of(ffi::SQLITE_IOERR_WRITE), Failure::Store(_)));
        assert!(
            matches!(of(ffi::SQLITE_CONSTRAINT_CHECK), Failure::Refused(why) if why == "the text")
        );
        let other = of(ffi::SQLITE_ERROR);
        assert!(matches!(&other, Failure::Refused(why) if !why.contains("the text")), "{other:?}");
    }
}
