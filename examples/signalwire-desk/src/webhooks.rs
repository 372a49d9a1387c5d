//! What happens when SignalWire calls: a route per URL, a handler per event.

use http::StatusCode;
use switchhook::{
    Malformed, Unknown, Verifier,
    dispatch::{Dispatcher, Outcome, Permanent, Refusal, Route, interactive, notify},
    signalwire::{self as sw, SignalWireEvent, compat::CompatWebhook, swaig::Output},
};

use crate::{Desk, calls, guards, mail, messages, scripts, video};

/// Where SignalWire calls, as the founding document names it.
pub const PATHS: [&str; 6] = [
    "/call-status",
    "/message-status",
    "/incoming-sms",
    "/swml",
    "/swaig/create-ticket",
    "/video/{event}",
];

/// The dispatcher with every handler.
///
/// A callback is acknowledged when the inbox has it, and a worker calls the handler; what that
/// writes is committed together with the end of the delivery. What asks for a document is
/// answered at once, and the same again when it comes twice.
///
/// # Errors
///
/// When a guard of the configuration cannot be used.
pub fn dispatcher(desk: &Desk) -> anyhow::Result<Dispatcher<Desk>> {
    let [documents, callbacks, functions] = guards::verifiers(&desk.config)?;
    let callback = |answer: &'static str| -> Route<Desk> {
        let route = notify(callbacks.clone()).acknowledge_with(answer, "application/json");
        route.on(unknown).on(malformed)
    };
    let document = || interactive(documents.clone()).otherwise(no_document::<SignalWireEvent>);
    let (received, ok) = (r#"{"status":"received"}"#, r#"{"status":"ok"}"#);
    // Each state of a call tells something of its own, also one that comes late.
    let calls = callback(received).on(calls::status).on(calls::changed);
    // Of a message's the newest counts.
    let statuses = callback(ok).on(messages::status).on(messages::status_flat).skip_outdated();
    let replies = document().on(messages::incoming).on(messages::flat);
    let replies = replies.on(messages::form).otherwise(no_document::<CompatWebhook>);
    let scripts = document().on(scripts::by_get).on(scripts::by_post).allow_get();
    let failed = Output::new().response("That did not work. Say so, and offer a call back.");
    let tickets = interactive(functions).on(scripts::create_ticket).answer_failures_with(failed);
    Ok(Dispatcher::new(desk.clone())
        .at("/call-status", calls)
        .at("/message-status", statuses)
        .at("/incoming-sms", replies)
        .at("/swml", scripts)
        .at("/swaig/create-ticket", tickets)
        .at("/video/room-started", callback(ok).handle(video::room_started))
        .at("/video/room-ended", callback(ok).handle(video::happened::<sw::RoomEnded>))
        .at("/video/member-joined", callback(ok).handle(video::happened::<sw::MemberJoined>))
        .at("/video/member-left", callback(ok).handle(video::happened::<sw::MemberLeft>))
        .at(
            "/video/recording-started",
            callback(ok).handle(video::happened::<sw::RecordingStarted>),
        )
        .at("/video/recording-ready", callback(ok).handle(video::recording_ready))
        .at(mail::PATH, notify(Verifier::trust_without_verification()).on(mail::send))
        .inbox(desk.inbox.clone())
        .observe(report))
}

/// What nobody knows is kept for review: a setting at SignalWire may be wrong.
fn unknown(_: Unknown<SignalWireEvent>) -> Result<(), Permanent> {
    Err(Permanent::new("no event that this URL is for"))
}

/// Whoever asks for a document for something else, or for nothing, is sent to the fallback.
fn no_document<E>(_: E) -> StatusCode {
    StatusCode::UNPROCESSABLE_ENTITY
}

fn malformed(event: Malformed<SignalWireEvent>) -> Result<(), Permanent> {
    Err(Permanent::new(event.reason().to_string()))
}

/// A line for each delivery: paths, names of events and of failures. Nothing that was sent is in
/// it: that is somebody's number, words, or secret.
fn report(outcome: &Outcome<'_>) {
    let event = outcome.read.and_then(|read| read.event).unwrap_or("-");
    let (path, status) = (outcome.path, outcome.status.as_u16());
    match (outcome.refusal, outcome.failure) {
        // Whoever calls has made that path up.
        (Some(Refusal::NoRoute), _) => tracing::warn!("refused with {status}: no such webhook"),
        (Some(refusal), _) => tracing::warn!("{path} refused with {status}: {refusal}"),
        (_, Some(failure)) => {
            tracing::error!("{path} {event} {:?}: {failure}", outcome.disposition);
        }
        _ => tracing::info!("{path} {event} {status} {:?}", outcome.disposition),
    }
}
