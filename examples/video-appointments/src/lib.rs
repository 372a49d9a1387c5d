//! Appointments that follow their Twilio Video rooms.
//!
//! Read it in this order: [`webhooks`] has a handler per class of event, [`effects`] what they
//! write, [`store`] what becomes of it, [`api`] the endpoints around them, and this file puts
//! them together.

pub mod api;
pub mod appointment;
pub mod effects;
pub mod store;
pub mod webhooks;

use std::{path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Router,
    routing::{get, post},
};
use switchhook::{
    axum::service,
    inbox::{SqliteInbox, Worker},
    settings::Settings,
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
/// When a setting or the database cannot be used.
pub fn app(settings: &Settings) -> anyhow::Result<(Router, Worker)> {
    let database = settings.or("DATABASE", PathBuf::from("appointments.db"))?;
    let verifier =
        settings.twilio_or_trust_without_verification("TWILIO_AUTH_TOKEN", "PUBLIC_URL")?;
    let inbox = SqliteInbox::open(&database)?;
    let store = Store::open(&database)?;
    let hooks = Arc::new(webhooks::dispatcher(verifier, inbox.clone()));
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
