//! Who is told about messages from staff: a gateway, a ticket system, a bot.

use std::time::Duration;

use anyhow::{Context, anyhow};
use axum::http::StatusCode;
use serde_json::{Value, json};
use switchhook::{Secret, dispatch::Outgoing, twilio::conversations::MessageAdded};

use crate::effects::sender;

/// The route of what is to be told, which no request reaches.
pub(crate) const PATH: &str = "/outbound";

/// What is told about a message.
pub(crate) fn about(message: &MessageAdded) -> Value {
    json!({
        "conversation_sid": message.conversation_sid,
        "message_sid": message.message_sid,
        "index": message.index,
        "from": sender(message.attributes.as_ref(), message.author.as_deref()),
        "author": message.author,
        "body": message.body,
        "sent_at": message.date_created,
    })
}

/// Calls the hook. The inbox has this tried again until it succeeds, or is a dead letter, whose
/// error names neither the URL, which may hold a password, nor the message.
pub(crate) async fn post(url: Option<Secret>, message: Outgoing) -> anyhow::Result<StatusCode> {
    let url = url.context("OUTBOUND_URL is not set")?;
    let request = message.request(url.expose()).context("OUTBOUND_URL")?;
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent = config.timeout_global(Some(Duration::from_secs(5))).build().new_agent();
    let call = move || agent.run(request.map(Vec::from));
    let answer = tokio::task::spawn_blocking(call).await?;
    Ok(answer.map_err(|_| anyhow!("the hook does not answer"))?.status())
}
