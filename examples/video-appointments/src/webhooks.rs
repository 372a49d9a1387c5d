//! What happens when Twilio calls: a handler per class of event.
#![expect(clippy::needless_pass_by_value, reason = "a handler owns its event")]

use switchhook::{
    Malformed, Params, Timestamp, Unknown, Verifier,
    dispatch::{DeliveryId, Dispatcher, Outcome, Permanent, Route, notify},
    inbox::{SqliteInbox, Transaction},
    twilio::video::{
        CompositionAvailable, CompositionEvent, ParticipantEvent, RecordingCompleted,
        RecordingEvent, RoomEvent, TrackEvent, VideoEvent,
    },
};

use crate::{
    appointment,
    effects::{self, Media, Session},
};

/// Where Twilio sends the status callbacks of rooms and compositions.
pub const PATH: &str = "/api/appointments/twilio-status-callback/";

/// The dispatcher with every handler.
///
/// A delivery is acknowledged when the inbox has it, and a worker calls the handlers. What they
/// write is committed together with the end of the delivery: however often it comes, and
/// whatever crashes meanwhile, it happens once.
pub fn dispatcher(verifier: Verifier, inbox: SqliteInbox) -> Dispatcher {
    let route = notify(verifier)
        .on(room)
        .on(participant)
        .on(track)
        .on(recording)
        .on(composition)
        .on(unknown)
        .on(malformed);
    let route: Route<()> = route;
    Dispatcher::new(()).at(PATH, route).inbox(inbox).observe(report)
}

fn room(event: RoomEvent, id: DeliveryId, sql: Transaction) {
    keep(&sql, id, event.name(), event.params());
    if let RoomEvent::RoomEnded(ended) = event
        && let Some(appointment) = appointment_of(ended.room_name.as_ref())
    {
        effects::complete(&sql, appointment, ended.timestamp.as_ref().map(Timestamp::as_str));
    }
}

fn participant(event: ParticipantEvent, id: DeliveryId, sql: Transaction) {
    keep(&sql, id, event.name(), event.params());
    if let ParticipantEvent::ParticipantDisconnected(left) = event {
        let session = Session {
            participant_sid: left.participant_sid.to_string(),
            appointment: appointment_of(left.room_name.as_ref()),
            identity: left.participant_identity,
            seconds: left.participant_duration.map(|duration| duration.0),
        };
        effects::save_session(&sql, session);
    }
}

fn track(event: TrackEvent, id: DeliveryId, sql: Transaction) {
    keep(&sql, id, event.name(), event.params());
}

fn recording(event: RecordingEvent, id: DeliveryId, sql: Transaction) {
    keep(&sql, id, event.name(), event.params());
    if let RecordingEvent::RecordingCompleted(done) = event {
        effects::save_media(&sql, "recording", media_of_recording(done));
    }
}

fn composition(event: CompositionEvent, id: DeliveryId, sql: Transaction) {
    keep(&sql, id, event.name(), event.params());
    if let CompositionEvent::CompositionAvailable(done) = event {
        effects::save_media(&sql, "composition", media_of_composition(done));
    }
}

fn unknown(event: Unknown<VideoEvent>, id: DeliveryId, sql: Transaction) {
    let params = event.params().cloned().unwrap_or_default().replace_invalid_text();
    keep(&sql, id, event.name().unwrap_or("-"), &params);
}

/// An event that cannot be used is a dead letter, which `GET /api/failures/` shows.
fn malformed(event: Malformed<VideoEvent>) -> Result<(), Permanent> {
    log(event.info().name, &event.params().cloned().unwrap_or_default().replace_invalid_text());
    Err(Permanent::new(event.reason().to_string()))
}

fn media_of_recording(done: RecordingCompleted) -> Media {
    Media {
        sid: done.recording_sid.to_string(),
        room_sid: done.room_sid.map(Into::into),
        appointment: appointment_of(done.room_name.as_ref()),
        uri: done.media_uri,
        seconds: done.duration.map(|duration| duration.0),
        bytes: done.size,
    }
}

fn media_of_composition(done: CompositionAvailable) -> Media {
    Media {
        sid: done.composition_sid.to_string(),
        room_sid: done.room_sid.map(Into::into),
        // Compositions carry no room name; the store knows the room's appointment.
        appointment: None,
        uri: done.media_uri,
        seconds: done.duration.map(|duration| duration.0),
        bytes: done.size,
    }
}

fn appointment_of(room_name: Option<&String>) -> Option<i64> {
    room_name.and_then(|name| appointment::id_of(name))
}

/// Logs an event and keeps it with all its parameters.
fn keep(sql: &Transaction, id: DeliveryId, name: &str, params: &Params) {
    log(name, params);
    let appointment = params.get("RoomName").and_then(appointment::id_of);
    effects::keep(sql, id, name, params, appointment);
}

fn log(name: &str, params: &Params) {
    let text = |wire: &str| params.get(wire).unwrap_or("-").escape_debug();
    tracing::info!(
        "Twilio Status Callback: {} | Room: {} | Account: {} | Timestamp: {}",
        name.escape_debug(),
        text("RoomName"),
        text("AccountSid"),
        text("Timestamp"),
    );
}

/// Says what was refused and what failed.
fn report(outcome: &Outcome<'_>) {
    if let Some(refusal) = outcome.refusal {
        tracing::warn!("refused with {}: {refusal}", outcome.status);
    }
    if let Some(failure) = outcome.failure {
        tracing::error!("{:?}: {failure}", outcome.disposition);
    }
}
