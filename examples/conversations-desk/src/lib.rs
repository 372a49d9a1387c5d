//! A support desk on Twilio Conversations.
//!
//! Read it in this order: [`webhooks`] has a handler per event, `effects` what they write,
//! `store` what becomes of it, `outbound` who is told about messages from staff,
//! `moderation` what Twilio asks before it takes a message, [`api`] the endpoints around them,
//! and this file puts them together.

pub mod api;
pub mod config;
mod effects;
mod moderation;
mod outbound;
mod store;
pub mod webhooks;

use std::{collections::HashSet, sync::Arc, time::Duration};

use axum::{
    Router,
    routing::{get, put},
};
pub use config::Config;
use switchhook::{
    axum::service,
    inbox::{SqliteInbox, Worker},
};

/// What handlers and endpoints share.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The deliveries, and the desk's own tables in the same file.
    pub inbox: SqliteInbox,
    /// The identities of those who work here.
    pub staff: Arc<HashSet<String>>,
    /// Whether somebody is told about messages from staff.
    pub tells: bool,
}

/// The whole application: an axum router, and the worker that has to run beside it.
///
/// # Errors
///
/// When the database cannot be used.
pub fn app(config: &Config) -> anyhow::Result<(Router, Worker)> {
    let inbox = SqliteInbox::options().tables(store::TABLES).open(&config.database)?;
    let desk = Desk {
        inbox: inbox.clone(),
        staff: Arc::new(config.staff.clone()),
        tells: config.outbound_url.is_some(),
    };
    let hooks = Arc::new(webhooks::dispatcher(config, desk.clone()));
    // So long after a kill another start waits for what was being handled. A hook that does not
    // answer must not hold up what comes meanwhile.
    let lease = Duration::from_secs(10);
    let worker = Worker::new(Arc::clone(&hooks), inbox).lease(lease).concurrency(32);
    let worker = worker.grace(Duration::from_secs(3));
    let router = Router::new()
        .route("/api/conversations", get(api::list))
        .route("/api/conversations/{sid}", get(api::show))
        .route("/api/contacts/{address}/blocked", put(api::block))
        .with_state(desk)
        .nest_service("/api/webhooks", service(hooks));
    Ok((router, worker))
}
