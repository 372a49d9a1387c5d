//! What handlers write, in statements that are committed with the end of their delivery.

use serde::Serialize;
use switchhook::{Params, dispatch::DeliveryId, inbox::Transaction};

/// A participant's stay in a room.
#[derive(Debug, Serialize)]
pub struct Session {
    /// The participant.
    pub participant_sid: String,
    /// The appointment of the room.
    pub appointment: Option<i64>,
    /// Who it was.
    pub identity: Option<String>,
    /// How long.
    pub seconds: Option<u64>,
}

/// A recording or a composition that can be fetched.
#[derive(Debug, Serialize)]
pub struct Media {
    /// The recording or composition.
    pub sid: String,
    /// The room that it is of.
    pub room_sid: Option<String>,
    /// The appointment that it names itself.
    pub appointment: Option<i64>,
    /// Where the media is.
    pub uri: Option<String>,
    /// Its length.
    pub seconds: Option<u64>,
    /// Its size.
    pub bytes: Option<u64>,
}

/// Keeps an event with its parameters, and which appointment its room belongs to: compositions
/// name their room by SID alone, and may come first.
pub fn keep(
    sql: &Transaction,
    id: DeliveryId,
    name: &str,
    params: &Params,
    appointment: Option<i64>,
) {
    let room_sid = params.get("RoomSid");
    sql.execute(
        "insert into events (delivery, name, room_sid, appointment, params)
         values ($1, $2, $3, $4, $5)",
        (id.to_string(), name, room_sid, appointment, params.to_form()),
    );
    if let (Some(room_sid), Some(appointment)) = (room_sid, appointment) {
        sql.execute(
            "insert into rooms (sid, appointment) values ($1, $2) on conflict do nothing",
            (room_sid, appointment),
        );
    }
}

/// Completes an appointment that is scheduled or confirmed.
pub fn complete(sql: &Transaction, appointment: i64, at: Option<&str>) {
    sql.execute(
        "update appointments set status = 'completed', completed_at = $1
         where id = $2 and status in ('scheduled', 'confirmed')",
        (at, appointment),
    );
}

/// Stores a session, once however often it is told.
pub fn save_session(sql: &Transaction, session: Session) {
    sql.execute(
        "insert or replace into sessions (participant_sid, appointment, identity, seconds)
         values ($1, $2, $3, $4)",
        (session.participant_sid, session.appointment, session.identity, session.seconds),
    );
}

/// Stores a recording or a composition, once however often it is told.
pub fn save_media(sql: &Transaction, kind: &str, media: Media) {
    sql.execute(
        "insert or replace into media (sid, kind, room_sid, appointment, uri, seconds, bytes)
         values ($1, $2, $3, $4, $5, $6, $7)",
        (media.sid, kind, media.room_sid, media.appointment, media.uri, media.seconds, media.bytes),
    );
}
