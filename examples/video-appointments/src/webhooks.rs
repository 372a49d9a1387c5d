//! What happens when Twilio calls: a handler per class of event.
#![expect(clippy::needless_pass_by_value, reason = "a handler owns its event")]

use anyhow::Context;
use axum::http::StatusCode;
use switchhook::{
    Hosts, Keys, Malformed, Params, PublicUrl, Timestamp, Unknown, Verifier,
    dispatch::{Dispatcher, Outcome, Route, State, notify},
    twilio::video::{
        CompositionAvailable, CompositionEvent, ParticipantEvent, RecordingCompleted,
        RecordingEvent, RoomEvent, TrackEvent, VideoEvent,
    },
};

use crate::{
    Config, appointment,
    store::{EventId, Media, Session, Store},
};

/// Where Twilio sends the status callbacks of rooms and compositions.
pub const PATH: &str = "/api/appointments/twilio-status-callback/";

/// The dispatcher with every handler.
///
/// A delivery is kept before anything else happens; when even that fails the answer is 500.
/// Once it is kept, a failure of its effects is kept beside it and acknowledged: sending it
/// again would not help.
///
/// # Errors
///
/// When the key or the public URL of the configuration cannot be used.
pub fn dispatcher(config: &Config, store: Store) -> anyhow::Result<Dispatcher<Store>> {
    let route = route(config)?
        .on(room)
        .on(participant)
        .on(track)
        .on(recording)
        .on(composition)
        .on(unknown)
        .on(malformed);
    Ok(Dispatcher::new(store).at(PATH, route).observe(report))
}

/// A route that checks signatures, when there is a token to check them with.
fn route(config: &Config) -> anyhow::Result<Route<Store>> {
    let Some(token) = &config.auth_token else {
        tracing::warn!("SIGNATURES ARE NOT CHECKED: set TWILIO_AUTH_TOKEN, or anybody can call");
        return Ok(notify(Verifier::trust_without_verification()));
    };
    let public_url = if let Some(origin) = &config.public_url {
        PublicUrl::origin(origin).context("PUBLIC_URL")?
    } else {
        tracing::warn!("PUBLIC_URL is not set: only requests to this machine's own name verify");
        PublicUrl::direct(Hosts::only(["localhost", "127.0.0.1", "[::1]"]))
    };
    Ok(notify(Verifier::twilio(
        Keys::new(token.0.as_str()).context("TWILIO_AUTH_TOKEN")?,
        public_url,
    )))
}

fn room(event: RoomEvent, State(store): State<Store>) -> anyhow::Result<()> {
    let id = keep(&store, event.name(), event.params())?;
    let RoomEvent::RoomEnded(ended) = event else { return Ok(()) };
    store.attempt(id, |effects| match appointment_of(ended.room_name.as_ref()) {
        Some(id) => effects.complete(id, ended.timestamp.as_ref().map(Timestamp::as_str)),
        None => Ok(()),
    })
}

fn participant(event: ParticipantEvent, State(store): State<Store>) -> anyhow::Result<()> {
    let id = keep(&store, event.name(), event.params())?;
    let ParticipantEvent::ParticipantDisconnected(left) = event else { return Ok(()) };
    store.attempt(id, |effects| {
        effects.save_session(&Session {
            participant_sid: left.participant_sid.to_string(),
            appointment: appointment_of(left.room_name.as_ref()),
            identity: left.participant_identity,
            seconds: left.participant_duration.map(|duration| duration.0),
        })
    })
}

fn track(event: TrackEvent, State(store): State<Store>) -> anyhow::Result<()> {
    keep(&store, event.name(), event.params()).map(|_| ())
}

fn recording(event: RecordingEvent, State(store): State<Store>) -> anyhow::Result<()> {
    let id = keep(&store, event.name(), event.params())?;
    let RecordingEvent::RecordingCompleted(done) = event else { return Ok(()) };
    store.attempt(id, |effects| effects.save_media("recording", &media_of_recording(done)))
}

fn composition(event: CompositionEvent, State(store): State<Store>) -> anyhow::Result<()> {
    let id = keep(&store, event.name(), event.params())?;
    let CompositionEvent::CompositionAvailable(done) = event else { return Ok(()) };
    store.attempt(id, |effects| effects.save_media("composition", &media_of_composition(done)))
}

fn unknown(event: Unknown<VideoEvent>, State(store): State<Store>) -> anyhow::Result<()> {
    let params = event.params().cloned().unwrap_or_default().replace_invalid_text();
    keep(&store, event.name().unwrap_or("-"), &params).map(|_| ())
}

/// Bad input is told to the sender, and kept all the same.
fn malformed(
    event: Malformed<VideoEvent>,
    State(store): State<Store>,
) -> anyhow::Result<StatusCode> {
    let params = event.params().cloned().unwrap_or_default().replace_invalid_text();
    let id = keep(&store, event.info().name, &params)?;
    store.fail(id, &event.reason().to_string())?;
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
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

/// Logs the delivery and keeps it with all its parameters, before anything else can fail.
fn keep(store: &Store, name: &str, params: &Params) -> anyhow::Result<EventId> {
    let text = |wire: &str| params.get(wire).unwrap_or("-").escape_debug();
    tracing::info!(
        "Twilio Status Callback: {} | Room: {} | Account: {} | Timestamp: {}",
        name.escape_debug(),
        text("RoomName"),
        text("AccountSid"),
        text("Timestamp"),
    );
    let appointment = params.get("RoomName").and_then(appointment::id_of);
    store.keep(name, params.get("RoomSid"), appointment, &params.to_form())
}

/// Says what was refused and what failed.
fn report(outcome: &Outcome<'_>) {
    if let Some(refusal) = outcome.refusal {
        tracing::warn!("refused with {}: {refusal}", outcome.status);
    }
    if let Some(failure) = outcome.failure {
        tracing::error!("answered with {}: {failure}", outcome.status);
    }
}
