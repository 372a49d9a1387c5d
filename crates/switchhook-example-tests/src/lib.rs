//! What the tests of the examples share.
//!
//! - [`Program`]: a program that was built, with its log, its address and its end.
//! - [`Service`]: an application in the test's own process, with its worker and a database.
//! - [`Caller`]: requests to either, as they are or signed as Twilio signs them.
//! - [`Readme`]: the lines of a README, typed as they stand.
//!
//! All of it is for tests: what goes wrong is a panic that says what was waited for, and whatever is
//! waited for may take its time, since a machine may be busy.

mod answer;
mod caller;
mod markdown;
mod program;
mod readme;
mod service;
mod shell;

use std::time::Duration;

pub use self::{
    caller::{Answer, Caller, FORM, JSON},
    program::Program,
    readme::Readme,
    service::{Service, eventually, serve},
    shell::{Shell, Started},
};

/// How long a test waits for what is bound to come.
pub const PATIENCE: Duration = Duration::from_secs(120);
