//! How the program ends.

use std::{fmt, io, process::ExitCode};

/// The exit codes of the program's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Ok = 0,
    CheckFailed = 1,
    Usage = 2,
    SignatureMismatch = 3,
    Unreachable = 4,
}

impl Exit {
    /// The code that an error stands for: its own where it says one, else "check failed".
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        if let Some(Failure { exit, .. }) = error.downcast_ref() {
            return *exit;
        }
        match error.downcast_ref::<io::Error>().map(io::Error::kind) {
            // The reader of our output has seen enough. What has more to do than to print, or to
            // judge, does not get here: see `commands::tell`.
            Some(io::ErrorKind::BrokenPipe) => Self::Ok,
            _ => Self::CheckFailed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An error that decides the exit code.
#[derive(Debug)]
struct Failure {
    exit: Exit,
    message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// The caller asked for something that does not exist or does not go together.
pub(crate) fn usage(message: impl Into<String>) -> anyhow::Error {
    Failure { exit: Exit::Usage, message: message.into() }.into()
}

/// Nobody answers.
pub(crate) fn unreachable(message: impl Into<String>) -> anyhow::Error {
    Failure { exit: Exit::Unreachable, message: message.into() }.into()
}
