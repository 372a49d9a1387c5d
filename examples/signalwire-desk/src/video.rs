//! Video rooms and their recordings.

use anyhow::Result;
use switchhook::{
    Event, JsonRef,
    dispatch::DeliveryId,
    inbox::Transaction,
    signalwire::{RecordingCompleted, RoomStarted},
};

use crate::mail::Mails;

/// Something happened in a room. The URL tells what, the body does not.
pub fn happened<E: Event>(event: E, id: DeliveryId, sql: Transaction) {
    keep(&event, id, &sql);
}

/// A room was opened: whoever runs the desk gets a mail.
///
/// # Errors
///
/// When the mail cannot be kept.
pub async fn room_started(event: RoomStarted, sql: Transaction, mails: Mails) -> Result<()> {
    keep(&event, mails.about, &sql);
    let name = event.room_name.as_ref().unwrap_or(&event.room_id);
    mails.write(&format!("Meeting {name} has started"), &event.room_id).await
}

/// A recording can be fetched: a mail says where.
///
/// # Errors
///
/// When the mail cannot be kept.
pub async fn recording_ready(
    event: RecordingCompleted,
    sql: Transaction,
    mails: Mails,
) -> Result<()> {
    keep(&event, mails.about, &sql);
    let url = event.recording_url.unwrap_or_default();
    sql.execute(
        "insert or replace into recordings (room, url, seconds) values ($1, $2, $3)",
        (&event.room_id, &url, event.duration.map(|duration| duration.0)),
    );
    mails.write("Recording ready", &url).await
}

fn keep<E: Event>(event: &E, id: DeliveryId, sql: &Transaction) {
    let payload = event.payload();
    let body = payload.json();
    let text = |name: &str| body?.as_ref().at(name).and_then(JsonRef::as_str).map(String::from);
    let member = text("member_name").or_else(|| text("member_id"));
    let (room, name, at) = (text("room_id"), text("room_name"), text("timestamp"));
    sql.execute(
        "insert into room_events (delivery, room, name, event, member, at)
         values ($1, $2, $3, $4, $5, $6)",
        (id.to_string(), room, name, event.name(), member, at),
    );
}
