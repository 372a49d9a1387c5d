//! Who is told about messages from staff: a gateway, a ticket system, a bot.

use std::time::Duration;

use anyhow::Context;
use serde_json::{Value, json};
use switchhook::{
    Secret,
    dispatch::{DeliveryId, Permanent, State},
    twilio::conversations::MessageAdded,
};

use crate::{Desk, effects::sender};

/// The route of what is to be told, which no request reaches.
pub(crate) const PATH: &str = "/outbound";

/// The URL that is called.
#[derive(Clone, Debug)]
pub struct Hook {
    url: Secret,
    client: ureq::Agent,
}

/// Calls the hook. The inbox has this tried again until it succeeds, or is a dead letter.
pub(crate) async fn send(
    message: MessageAdded,
    id: DeliveryId,
    State(desk): State<Desk>,
) -> anyhow::Result<()> {
    let hook = desk.hook.context("OUTBOUND_URL is not set")?;
    let told = json!({
        "conversation_sid": message.conversation_sid,
        "message_sid": message.message_sid,
        "index": message.index,
        "from": sender(message.attributes.as_ref(), message.author.as_deref()),
        "author": message.author,
        "body": message.body,
        "sent_at": message.date_created,
    });
    let status = tokio::task::spawn_blocking(move || hook.call(id, &told)).await??;
    match status {
        200..=299 => Ok(()),
        // What it does not want now it will not want later.
        400 | 422 => Err(Permanent::new(format!("the hook answered {status}")).into()),
        _ => anyhow::bail!("the hook answered {status}"),
    }
}

impl Hook {
    /// A hook at this URL.
    pub fn new(url: Secret) -> Self {
        let client = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(5)))
            .build();
        Self { url, client: client.into() }
    }

    /// Calls it, and waits for its status. The key is the same at each try, so that the other
    /// side can tell a second try from a second message.
    fn call(&self, key: DeliveryId, told: &Value) -> anyhow::Result<u16> {
        let call = self.client.post(self.url.expose());
        let call = call.header("idempotency-key", key.to_string()).send_json(told);
        Ok(call.context("the hook does not answer")?.status().as_u16())
    }
}
