#![doc = include_str!("../README.md")]
//!
//! ## The life of a delivery
//!
//! | state | what it waits for | what ends it |
//! |---|---|---|
//! | pending | a worker | a lease |
//! | leased | its handler, until the lease ends | success: done; failure: retry or dead; a crash: the next lease |
//! | retry | its time: twice as long after each try, with jitter | a lease |
//! | done | nothing: kept so that a duplicate is known, until the [`Retention`] ends | |
//! | dead | somebody who looks at it | [`replay`](Inbox::replay), [`remove`](Inbox::remove), the retention |
//!
//! A lease has a fence, a number that grows with every lease of a delivery: a worker that was
//! stopped and comes back late cannot settle what somebody else has been given meanwhile.
//!
//! [`Review`] is an endpoint for the dead letters, to mount beside the webhooks.
//!
//! ## Exactly one effect
//!
//! A handler may be called again after a crash. What it writes by a [`Transaction`] is
//! committed together with the end of the delivery, or not at all: exactly once.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod codec;
mod filter;
mod guarded;
mod inbox;
mod memory;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod percent;
#[cfg(feature = "postgres")]
mod postgres;
mod record;
mod review;
#[cfg(feature = "sqlite")]
mod sqlite;
mod transaction;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod version;
mod worker;

#[cfg(feature = "sqlite")]
pub use self::sqlite::{Reports, SqliteInbox, SqliteOptions};
pub use self::{
    filter::Filter,
    inbox::{Inbox, Leased, Settled, Settlement},
    memory::MemoryInbox,
    record::{ParseStateError, Record, Retention, State, Stats, Summary},
    review::Review,
    transaction::{IntoValue, Statement, Transaction, Value, Values},
    worker::{Backoff, Counters, Worker},
};

#[cfg(feature = "postgres")]
pub use self::postgres::{PostgresInbox, PostgresOptions};
