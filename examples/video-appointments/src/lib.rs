//! Appointments that follow their Twilio Video rooms.
//!
//! Read it in this order: [`webhooks`] has a handler per class of event, [`store`] what they
//! keep, [`api`] the two endpoints around them, and this file puts them together.

pub mod api;
pub mod appointment;
pub mod config;
pub mod store;
pub mod webhooks;

use axum::{
    Router,
    routing::{get, post},
};
pub use config::Config;
use switchhook::axum::service;

use crate::store::Store;

/// The whole application as an axum router.
///
/// # Errors
///
/// When the key or the public URL of the configuration cannot be used.
pub fn app(config: &Config, store: Store) -> anyhow::Result<Router> {
    let hooks = webhooks::dispatcher(config, store.clone())?;
    Ok(Router::new()
        .route("/api/appointments/", post(api::create))
        .route("/api/appointments/{id}/", get(api::show))
        .with_state(store)
        .route_service(webhooks::PATH, service(hooks)))
}
