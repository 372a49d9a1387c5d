//! Messages: commands that are answered at once, and what becomes of messages that were sent.

use http::StatusCode;
use switchhook::{
    Timestamp,
    dispatch::{DeliveryId, State},
    inbox::Transaction,
    signalwire::{
        InboundMessage, MessageInboundFlat, MessageStatus, MessageStatusChanged, MessageStatusFlat,
        compat,
    },
    swml,
    twiml::{Message, messaging::Response},
};

use crate::Desk;

/// What can be texted to the desk, in capitals or not, and the answers.
const COMMANDS: [(&str, &str); 3] = [
    ("HELP", "Available commands: HELP, STATUS, INFO"),
    ("STATUS", "Your account is active"),
    ("INFO", "This desk answers calls and messages around the clock"),
];

fn answer_to(body: &str) -> Option<&'static str> {
    let wanted = body.trim();
    COMMANDS.iter().find(|command| command.0.eq_ignore_ascii_case(wanted)).map(|found| found.1)
}

/// A message asks for its SWML document.
///
/// # Errors
///
/// When the mail about it cannot be kept: SignalWire then asks the fallback URL.
pub async fn incoming(
    message: InboundMessage,
    id: DeliveryId,
    State(desk): State<Desk>,
) -> anyhow::Result<swml::messaging::Document> {
    let body = message.body.unwrap_or_default();
    forward(&desk, id, message.from, &body).await?;
    Ok(document(answer_to(&body)))
}

/// The same as the founding document has it.
///
/// # Errors
///
/// As [`incoming`].
pub async fn incoming_flat(
    message: MessageInboundFlat,
    id: DeliveryId,
    State(desk): State<Desk>,
) -> anyhow::Result<swml::messaging::Document> {
    let body = message.body.unwrap_or_default();
    forward(&desk, id, message.from, &body).await?;
    Ok(document(answer_to(&body)))
}

/// The same from a number that is set to the compatibility API, which reads cXML.
///
/// # Errors
///
/// As [`incoming`].
pub async fn incoming_form(
    message: compat::IncomingMessage,
    id: DeliveryId,
    State(desk): State<Desk>,
) -> anyhow::Result<Response> {
    let body = message.body.unwrap_or_default();
    forward(&desk, id, message.from, &body).await?;
    Ok(Response::new().with_all(answer_to(&body).map(Message::new)))
}

fn document(answer: Option<&str>) -> swml::messaging::Document {
    swml::messaging::Document::new().main(|steps| match answer {
        Some(text) => steps.reply(text),
        None => steps.receive(),
    })
}

async fn forward(
    desk: &Desk,
    id: DeliveryId,
    from: Option<String>,
    body: &str,
) -> anyhow::Result<()> {
    let subject = format!("New SMS from {}", from.as_deref().unwrap_or("an unknown sender"));
    desk.notify(id, &subject, body).await
}

/// A message that was sent changed its status. The route skips what comes late.
pub fn status(event: MessageStatusChanged, sql: Transaction) -> StatusCode {
    keep(&sql, &event.id, event.status, event.error_code, event.timestamp)
}

/// The same as the founding document has it.
pub fn status_flat(event: MessageStatusFlat, sql: Transaction) -> StatusCode {
    keep(&sql, &event.message_id, event.status, event.error_code, event.timestamp)
}

fn keep(
    sql: &Transaction,
    id: &str,
    status: Option<MessageStatus>,
    error_code: Option<String>,
    at: Option<Timestamp>,
) -> StatusCode {
    // Without a status it is kept for review, as any answer of 400 and over.
    let Some(status) = status else { return StatusCode::UNPROCESSABLE_ENTITY };
    sql.execute(
        "insert or replace into messages (id, status, error_code, at) values ($1, $2, $3, $4)",
        (id, status.as_str(), error_code, at),
    );
    StatusCode::NO_CONTENT
}

#[cfg(test)]
mod tests {
    use super::answer_to;

    #[test]
    fn commands_are_words_in_any_case_and_nothing_else() {
        assert_eq!(answer_to(" help\n"), Some("Available commands: HELP, STATUS, INFO"));
        assert_eq!(answer_to("Status"), Some("Your account is active"));
        assert!(answer_to("INFO").is_some());
        for body in ["", "HELP me", "HELPSTATUS", "?"] {
            assert_eq!(answer_to(body), None, "{body}");
        }
    }
}
