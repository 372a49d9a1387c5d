//! Notifications by e-mail: work of the desk's own, kept in the inbox beside the webhooks.
//!
//! A mail is kept before the webhook that it is about is done, once for each, and a worker posts
//! it to the hook until that takes it. So the hook holds up nothing, and a webhook that is
//! handled twice writes one mail.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use http::{Request, header::CONTENT_TYPE};
use serde_json::json;
use switchhook::{
    Family, IdempotencyKey, Payload, Secret,
    dispatch::{DeliveryId, Incoming, State, Store},
};

use crate::Desk;

/// The route of mails in the dispatcher. Nobody can call it: no router has it.
pub const PATH: &str = "/mail";

switchhook::params! { mail {
    /// The delivery that it is about.
    about: String = "about", sample "ev_0123456789abcdef0123456789abcdef";
    /// Who gets it.
    to: String = "to", sample "admin@example.com";
    /// Its subject.
    title: String = "subject", sample "Recording ready";
    /// Its text.
    text: String = "text", sample "https://example.com/rec/1.mp4";
} }

switchhook::json_events! {
    params mail;
    family DeskJob;
    account;

    /// A mail is to be sent.
    Mail = "mail", group "mail" {
        subject about;
        documented to, title, text;
        key (about);
        order ();
    }
}

switchhook::form_family! {
    params mail;
    /// What the desk gives itself to do.
    pub enum DeskJob = "desk" in Json classified by |_: &Payload| Some("mail"), common about { Mail }
}

impl Desk {
    /// Has a mail sent about a delivery, where there is a hook to send it by.
    ///
    /// # Errors
    ///
    /// When the inbox cannot keep it.
    pub async fn notify(&self, about: DeliveryId, title: &str, text: &str) -> Result<()> {
        if self.config.email_hook.is_none() {
            return Ok(());
        }
        let about = about.to_string();
        let to = &self.config.email_to;
        let mail = json!({ "about": about, "to": to, "subject": title, "text": text });
        let request = Request::post(PATH).header(CONTENT_TYPE, "application/json");
        let id = DeliveryId::of(&IdempotencyKey::of(["mail", &about]));
        let mut job =
            Incoming::new(id, PATH, DeskJob::NAME, request.body(mail.to_string().into())?);
        job.event = Some("mail".into());
        job.subject = Some(about);
        self.inbox.accept(job).await?;
        Ok(())
    }
}

/// Posts a mail to the hook, which may get it twice: the `Idempotency-Key` tells.
///
/// # Errors
///
/// When the hook does not take it. The worker tries again.
pub async fn send(mail: Mail, desk: State<Desk>) -> Result<()> {
    let hook = desk.0.config.email_hook.clone().context("EMAIL_HOOK_URL is not set")?;
    tokio::task::spawn_blocking(move || post(&hook, &mail)).await?
}

/// The errors name neither the hook's URL, which may hold a secret, nor the mail.
fn post(hook: &Secret, mail: &Mail) -> Result<()> {
    let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(10)));
    let request = ureq::Agent::from(config.build()).post(hook.expose());
    let request = request.header("idempotency-key", &mail.about).content_type("application/json");
    match request.send(mail.to_json().as_str()) {
        Ok(_) => Ok(()),
        Err(ureq::Error::StatusCode(status)) => bail!("the mail hook answered {status}"),
        Err(_) => bail!("the mail hook cannot be reached"),
    }
}
