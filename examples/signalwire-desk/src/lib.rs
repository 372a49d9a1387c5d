//! A desk for SignalWire's calls, messages and rooms.
//!
//! Read it in this order: [`webhooks`] has a route per URL; [`calls`], [`messages`], [`scripts`],
//! [`tickets`] and [`video`] what happens there, [`mail`] who hears of it; [`guards`] who may call,
//! [`store`] what is kept, and how to look at it; and this file puts them together. What can be
//! set is in the README beside this crate.
#![expect(clippy::needless_pass_by_value, reason = "a handler owns its event")]

pub mod calls;
pub mod guards;
pub mod mail;
pub mod messages;
pub mod scripts;
pub mod store;
pub mod tickets;
pub mod video;
pub mod webhooks;

use std::{path::PathBuf, sync::Arc, time::Duration};

use axum::Router;
use switchhook::{
    axum::service,
    inbox::{Reports, Review, SqliteInbox, Worker},
    settings::Settings,
};

use crate::tickets::Agent;

/// What the handlers share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The deliveries, and the desk's own tables in the same file.
    pub inbox: SqliteInbox,
    /// The agent behind the menu, where there is one.
    pub agent: Option<Arc<Agent>>,
    /// Callers who skip the menu.
    pub vips: Arc<[String]>,
    /// Who gets mails; `None` where there is nothing to send them by.
    pub mail_to: Option<Arc<str>>,
}

/// The whole application: an axum router, and the worker that has to run beside it.
///
/// # Errors
///
/// When a setting or the database cannot be used.
pub fn app(settings: &Settings) -> anyhow::Result<(Router, Worker)> {
    let database = settings.or("DATABASE", PathBuf::from("desk.db"))?;
    let mail_to = settings.or("EMAIL_TO", "admin@example.com".to_owned())?;
    let desk = Desk {
        inbox: SqliteInbox::options().tables(store::TABLES).open(database)?,
        agent: Agent::of(settings)?.map(Arc::new),
        vips: settings.list("VIP_NUMBERS")?.into(),
        mail_to: settings.secret("EMAIL_HOOK_URL")?.map(|_| mail_to.into()),
    };
    let hooks = Arc::new(webhooks::dispatcher(&desk, settings)?);
    let mut router = Router::new().fallback_service(service(Arc::clone(&hooks)));
    if let Some(guard) = settings.operator("desk", "API_PASSWORD")? {
        let reports = store::reports(Reports::new(desk.inbox.clone(), guard.clone()));
        let failures = service(Review::new(desk.inbox.clone(), guard));
        router = router.nest_service("/api/failures", failures);
        router = router.nest_service("/api", service(reports));
    } else {
        tracing::warn!("API_PASSWORD is not set: there is no /api/");
    }
    // So long after a kill another start waits for what was being handled; no handler is slow.
    Ok((router, Worker::new(hooks, desk.inbox).lease(Duration::from_secs(10))))
}
