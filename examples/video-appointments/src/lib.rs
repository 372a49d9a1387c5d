//! Appointments that follow their Twilio Video rooms.
//!
//! Read it in this order: [`webhooks`] has a handler per class of event, [`effects`] what they
//! write, [`store`] what becomes of it, [`api`] the endpoints around them, and this file puts
//! them together.

pub mod api;
pub mod appointment;
pub mod config;
pub mod effects;
pub mod store;
pub mod webhooks;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    routing::{get, post},
};
pub use config::Config;
use switchhook::{
    axum::service,
    inbox::{SqliteInbox, Worker},
};

use crate::store::Store;

/// What the endpoints share.
#[derive(Clone, Debug)]
pub struct App {
    /// The application's tables.
    pub store: Store,
    /// The deliveries, in the same file.
    pub inbox: SqliteInbox,
}

/// The whole application: an axum router, and the worker that has to run beside it.
///
/// # Errors
///
/// When the database, the key or the public URL of the configuration cannot be used.
pub fn app(config: &Config) -> anyhow::Result<(Router, Worker)> {
    let inbox = SqliteInbox::open(&config.database)?;
    let store = Store::open(&config.database)?;
    let hooks = Arc::new(webhooks::dispatcher(config, inbox.clone())?);
    // So long after a kill another start waits for what was being handled; no handler is slow.
    let lease = Duration::from_secs(10);
    let worker = Worker::new(Arc::clone(&hooks), inbox.clone()).lease(lease);
    let router = Router::new()
        .route("/api/appointments/", post(api::create))
        .route("/api/appointments/{id}/", get(api::show))
        .route("/api/failures/", get(api::failures))
        .with_state(App { store, inbox })
        .route_service(webhooks::PATH, service(hooks));
    Ok((router, worker))
}
