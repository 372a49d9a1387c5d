//! What the store in a file does beyond the suite of all stores.

#![cfg(feature = "sqlite")]

mod effects;
mod file;
mod full;
mod processes;
mod tables;
mod together;

use std::{path::Path, time::Duration};

use bytes::Bytes;
use http::Request;
use rusqlite::Connection;
use switchhook_core::IdempotencyKey;
use switchhook_dispatch::{DeliveryId, Incoming, StoreError};
use switchhook_inbox::{Inbox, Leased, Settled, Settlement, SqliteInbox, Statement};

const MINUTE: Duration = Duration::from_secs(60);

fn id(name: &str) -> DeliveryId {
    DeliveryId::of(&IdempotencyKey::of([name]))
}

fn incoming(name: &str, body: impl Into<Bytes>) -> Incoming {
    let request = Request::post("/video").body(body.into()).unwrap();
    Incoming::new(id(name), "/video", "twilio.video", request)
}

/// Another program's connection to the file.
fn other(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.busy_timeout(Duration::from_secs(5)).unwrap();
    connection
}

async fn lease_one(inbox: &SqliteInbox) -> Leased {
    let mut leased = inbox.lease(1, MINUTE).await.unwrap();
    assert_eq!(leased.len(), 1);
    leased.remove(0)
}

async fn done(
    inbox: &SqliteInbox,
    leased: &Leased,
    statements: Vec<Statement>,
) -> Result<Settled, StoreError> {
    inbox.settle(leased.id, leased.fence, Settlement::Done(statements)).await
}
