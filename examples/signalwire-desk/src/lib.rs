//! A desk for SignalWire's calls, messages and rooms.
//!
//! Read it in this order: [`webhooks`] has a route per URL; [`calls`], [`messages`], [`scripts`] and
//! [`video`] what happens there, [`mail`] who hears of it; [`guards`] who may call, [`store`] what is
//! kept, [`api`] how to look at it; and this file puts them together.
#![expect(clippy::needless_pass_by_value, reason = "a handler owns its event")]

pub mod api;
pub mod calls;
pub mod config;
pub mod guards;
pub mod mail;
pub mod messages;
pub mod scripts;
pub mod store;
pub mod video;
pub mod webhooks;

use std::{sync::Arc, time::Duration};

use axum::Router;
pub use config::Config;
use switchhook::{
    axum::service,
    inbox::{SqliteInbox, Worker},
};

use crate::store::Store;

/// What the handlers and the endpoints share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The settings.
    pub config: Arc<Config>,
    /// The desk's tables.
    pub store: Store,
    /// The deliveries, in the same file.
    pub inbox: SqliteInbox,
}

/// The whole application: an axum router, and the worker that has to run beside it.
///
/// # Errors
///
/// When a setting or the database cannot be used.
pub fn app(config: Config) -> anyhow::Result<(Router, Worker)> {
    let inbox = SqliteInbox::open(&config.database)?;
    let store = Store::open(&config.database)?;
    let desk = Desk { config: Arc::new(config), store, inbox };
    let hooks = Arc::new(webhooks::dispatcher(&desk)?);
    let mut router = Router::new();
    for path in webhooks::PATHS {
        router = router.route_service(path, service(Arc::clone(&hooks)));
    }
    if let Some(password) = &desk.config.api_password {
        router = router.merge(api::router(&desk, password)?);
    } else {
        tracing::warn!("API_PASSWORD is not set: there is no /api/");
    }
    // So long after a kill another start waits for what was being handled; no handler is slow.
    Ok((router, Worker::new(hooks, desk.inbox).lease(Duration::from_secs(10))))
}
