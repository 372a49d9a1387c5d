//! A voice agent on Twilio Media Streams, for several tenants.
//!
//! Read it in this order: [`webhooks`] answers a call with TwiML that connects it to a socket,
//! [`media`] is the talk on that socket, [`tenants`] whose calls they are, [`calls`] what is kept
//! of them and shown, and this file puts them together.

pub mod calls;
pub mod config;
pub mod media;
pub mod tenants;
pub mod webhooks;

use std::{sync::Arc, time::Duration};

use axum::{Router, extract::FromRef, routing::get};
pub use config::Config;
use switchhook::{
    PublicUrl, Verifier,
    axum::service,
    dispatch::Sessions,
    inbox::{SqliteInbox, Worker},
};

use crate::tenants::Tenants;

/// What the endpoints share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// Whose calls are taken.
    pub tenants: Arc<Tenants>,
    /// The deliveries, and the call log in the same file.
    pub inbox: SqliteInbox,
    /// Where TwiML sends the audio.
    pub stream_url: Arc<str>,
    /// The tokens of streams whose upgrade is not signed.
    pub stream_tokens: Option<Sessions>,
    /// Checks the upgrade of a stream.
    stream_verifier: Verifier,
}

impl FromRef<App> for Verifier {
    fn from_ref(app: &App) -> Self {
        app.stream_verifier.clone()
    }
}

/// The whole agent: an axum router, and the worker that has to run beside it.
///
/// # Errors
///
/// When the database cannot be used.
pub fn app(config: Config) -> anyhow::Result<(Router, Worker)> {
    let inbox = SqliteInbox::options().tables(calls::TABLES).open(&config.database)?;
    let verifier = config.tenants.verifier(PublicUrl::of_host(&config.base_url));
    let stream_verifier = match &config.stream_tokens {
        Some(_) => verifier.clone().trust_unsigned(),
        None => verifier.clone(),
    };
    let app = App {
        tenants: Arc::new(config.tenants),
        inbox: inbox.clone(),
        stream_url: config.base_url.wss(media::PATH).into(),
        stream_tokens: config.stream_tokens,
        stream_verifier,
    };
    let hooks = Arc::new(webhooks::dispatcher(app.clone(), &verifier));
    // So long after a kill another start waits for what was being handled; no handler is slow.
    let lease = Duration::from_secs(10);
    let worker = Worker::new(Arc::clone(&hooks), inbox.clone()).lease(lease);
    let mut router = Router::new().route(media::PATH, get(media::upgrade));
    if let Some(guard) = config.call_log {
        let reports = service(calls::reports(inbox.clone(), guard));
        router = router.route_service(calls::PATH, reports.clone());
        router = router.route_service(calls::PATH_OF_ONE, reports);
    }
    let router = router
        .with_state(app)
        .route_service(webhooks::INCOMING_CALL, service(Arc::clone(&hooks)))
        .route_service(webhooks::CALL_STATUS, service(hooks));
    Ok((router, worker))
}
