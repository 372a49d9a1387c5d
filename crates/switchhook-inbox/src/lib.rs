//! A durable inbox for webhooks: what a provider was told is received is handled, once.
//!
//! A [`Dispatcher`](switchhook_dispatch::Dispatcher) keeps the deliveries of its notify routes
//! in a store before it answers 2xx, and a [`Worker`] takes them from there to the handlers. A
//! crash loses nothing, a duplicate is kept once, a handler that fails is called again later,
//! and what fails for good is a dead letter that can be looked at and replayed.
//!
//! | store | for |
//! |---|---|
//! | `SqliteInbox`, feature `sqlite` (default) | one machine: a file, no server |
//! | `PostgresInbox`, feature `postgres` | several receivers and workers on several machines |
//! | [`MemoryInbox`] | tests and development: forgets everything at the end |
//!
//! ```
//! use std::{sync::Arc, time::Duration};
//!
//! use switchhook_core::Params;
//! use switchhook_dispatch::{Dispatcher, Endpoint, notify};
//! use switchhook_inbox::{Inbox, MemoryInbox, State, Worker};
//! use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verifier};
//! use switchhook_twilio_video::RoomEnded;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//!
//! let inbox = MemoryInbox::new();
//! let verifier = Verifier::twilio(
//!     Keys::new("an auth token")?,
//!     PublicUrl::origin("https://hooks.example.com")?,
//! );
//! let hooks = Arc::new(
//!     Dispatcher::new(())
//!         .at("/video", notify(verifier).on(|ended: RoomEnded| println!("{}", ended.room_sid)))
//!         .inbox(inbox.clone()),
//! );
//!
//! // Twilio calls, and calls again since it did not hear the answer.
//! let params = Params::parse(b"StatusCallbackEvent=room-ended&RoomSid=RM1")?;
//! for _ in 0..2 {
//!     let signer = Signer::twilio(Key::new("an auth token")?);
//!     let request = signer.form("https://hooks.example.com/video", &params)?;
//!     assert_eq!(hooks.serve(request).await.status(), 204);
//! }
//!
//! // The worker, here until there is nothing left to do.
//! Worker::new(hooks, inbox.clone()).run_until_idle().await?;
//! assert_eq!(inbox.stats().await?.count(State::Done), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The life of a delivery
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
//! # Exactly one effect
//!
//! A handler may be called again after a crash. What it writes by a [`Transaction`] is
//! committed together with the end of the delivery, or not at all: exactly once.

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
mod worker;

#[cfg(feature = "sqlite")]
pub use self::sqlite::{Reports, SqliteInbox, SqliteOptions};
pub use self::{
    filter::Filter,
    inbox::{Inbox, Leased, Settled, Settlement},
    memory::MemoryInbox,
    record::{Record, Retention, State, Stats, Summary},
    review::Review,
    transaction::{IntoValue, Statement, Transaction, Value, Values},
    worker::{Backoff, Counters, Worker},
};

#[cfg(feature = "postgres")]
pub use self::postgres::{PostgresInbox, PostgresOptions};
