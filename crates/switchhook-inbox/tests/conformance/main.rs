//! What every store has to do, one suite for all of them.

#[cfg(feature = "postgres")]
#[path = "../support/postgres.rs"]
mod postgres_server;
mod suite;

use switchhook_inbox::MemoryInbox;

suite::conforms!(memory: async || MemoryInbox::new());

#[cfg(feature = "postgres")]
suite::conforms!(postgres?: async || {
    let server = postgres_server::shared()?;
    Some(switchhook_inbox::PostgresInbox::connect(&server.database()).await.unwrap())
});
