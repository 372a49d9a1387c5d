//! Messages: commands that are answered at once, and what becomes of messages that were sent.

use anyhow::Result;
use http::StatusCode;
use switchhook::{
    Timestamp,
    inbox::Transaction,
    signalwire::{self as sw, MessageStatus, compat},
    swml::messaging::Document,
    twiml::{Message, messaging::Response},
};

use crate::mail::Mails;

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
pub async fn incoming(m: sw::InboundMessage, mails: Mails) -> Result<Document> {
    Ok(document(hear(mails, m.from, m.body).await?))
}

/// The same in the flat body of SignalWire's older examples.
///
/// # Errors
///
/// As [`incoming`].
pub async fn flat(m: sw::MessageInboundFlat, mails: Mails) -> Result<Document> {
    Ok(document(hear(mails, m.from, m.body).await?))
}

/// The same from a number that is set to the compatibility API, which reads cXML.
///
/// # Errors
///
/// As [`incoming`].
pub async fn form(m: compat::IncomingMessage, mails: Mails) -> Result<Response> {
    let answer = hear(mails, m.from, m.body).await?;
    Ok(Response::new().with_all(answer.map(Message::new)))
}

type Text = Option<String>;

/// Forwards a message, and finds the answer to it.
async fn hear(mails: Mails, from: Text, body: Text) -> Result<Option<&'static str>> {
    let (from, body) = (from.unwrap_or_default(), body.unwrap_or_default());
    mails.write(&format!("New SMS from {from}"), &body).await?;
    Ok(answer_to(&body))
}

fn document(answer: Option<&str>) -> Document {
    Document::new().main(|steps| match answer {
        Some(text) => steps.reply(text),
        None => steps.receive(),
    })
}

/// A message that was sent changed its status. The route skips what comes late.
pub fn status(event: sw::MessageStatusChanged, sql: Transaction) -> StatusCode {
    keep(&sql, &event.id, event.status, event.error_code, event.timestamp)
}

/// The same in the flat body of SignalWire's older examples.
pub fn status_flat(event: sw::MessageStatusFlat, sql: Transaction) -> StatusCode {
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
