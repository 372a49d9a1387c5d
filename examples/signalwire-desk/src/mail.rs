//! Notifications by e-mail, to a hook that sends them.
//!
//! A mail is kept before the webhook that it is about is done, once for each, and a worker posts
//! it to the hook until that takes it. So the hook holds up nothing, and a webhook that is
//! handled twice writes one mail.

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, Result, anyhow};
use http::StatusCode;
use serde_json::json;
use switchhook::{
    Secret,
    dispatch::{Context, DeliveryId, FromContext, NoInbox, Outbox, Outgoing},
};

use crate::Desk;

/// The route of mails in the dispatcher, which no request reaches.
pub const PATH: &str = "/mail";

/// What a handler writes a mail by.
#[derive(Debug)]
pub struct Mails {
    /// The delivery that is being handled.
    pub about: DeliveryId,
    outbox: Outbox,
    to: Option<Arc<str>>,
}

impl FromContext<Desk> for Mails {
    type Error = NoInbox;

    fn from_context(context: &Context<'_, Desk>) -> Result<Self, NoInbox> {
        let to = context.state().mail_to.clone();
        let about = DeliveryId::from_context(context)?;
        Ok(Self { outbox: Outbox::from_context(context)?, about, to })
    }
}

impl Mails {
    /// Has a mail sent about the delivery, where there is a hook to send it by.
    ///
    /// # Errors
    ///
    /// When the inbox cannot keep it.
    pub async fn write(&self, title: &str, text: &str) -> Result<()> {
        let (about, Some(to)) = (self.about.to_string(), &self.to) else { return Ok(()) };
        let mail = json!({ "about": about, "to": **to, "subject": title, "text": text });
        Ok(self.outbox.post(PATH, mail.to_string()).await?)
    }
}

/// Posts a mail to the hook, which may get it twice: the `Idempotency-Key` tells.
///
/// # Errors
///
/// When the hook is not there; they name neither its URL, which may hold a secret, nor the mail.
pub async fn post(hook: Option<Secret>, mail: Outgoing) -> Result<StatusCode> {
    let hook = hook.context("EMAIL_HOOK_URL is not set")?;
    let request = mail.request(hook.expose()).context("EMAIL_HOOK_URL")?;
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent = config.timeout_global(Some(Duration::from_secs(10))).build().new_agent();
    let call = move || agent.run(request.map(Vec::from));
    let answer = tokio::task::spawn_blocking(call).await?;
    Ok(answer.map_err(|_| anyhow!("the mail hook cannot be reached"))?.status())
}
