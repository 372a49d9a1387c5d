//! What the store in PostgreSQL promises beyond the suite for all stores.
#![cfg(feature = "postgres")]

mod effects;
mod kills;
mod proxy;
mod schema;
#[path = "../support/postgres.rs"]
mod server;
mod sharing;
#[cfg(feature = "postgres-tls")]
mod tls;

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use switchhook_core::{IdempotencyKey, Position};
use switchhook_dispatch::{DeliveryId, Incoming};
use switchhook_inbox::{Inbox, Leased, PostgresInbox, Settlement};
use tokio_postgres::{Client, NoTls};

const MINUTE: Duration = Duration::from_secs(60);

fn id(name: &str) -> DeliveryId {
    DeliveryId::of(&IdempotencyKey::of([name]))
}

fn incoming(name: &str) -> Incoming {
    let request = Request::post("/video").body(Bytes::from(format!("Name={name}"))).unwrap();
    Incoming::new(id(name), "/video", "twilio.video", request)
}

fn ordered(name: &str, about: &str, place: u64) -> Incoming {
    let mut incoming = incoming(name);
    incoming.order = Some((id(about), Position::Number(place).to_bytes()));
    incoming
}

fn done() -> Settlement {
    Settlement::Done(Vec::new())
}

/// The end that a worker gives a delivery when all goes well.
fn end(leased: &Leased) -> Settlement {
    if leased.outdated { Settlement::Outdated } else { done() }
}

async fn lease_one(inbox: &PostgresInbox) -> Leased {
    let mut leased = inbox.lease(1, MINUTE).await.unwrap();
    assert_eq!(leased.len(), 1);
    leased.remove(0)
}

/// A connection past the inbox.
async fn client(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// The only value of the only row, as a text.
async fn value(client: &Client, sql: &str) -> Option<String> {
    let sql = format!("SELECT ({sql})::text");
    client.query_one(&sql, &[]).await.unwrap().get(0)
}

/// Fails instead of running for ever.
async fn bounded<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(90), work).await.expect("an end within 90 seconds")
}
