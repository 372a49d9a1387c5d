//! What happens when SignalWire calls: a route per URL, a handler per event.

use http::StatusCode;
use switchhook::{
    dispatch::{Dispatcher, Outcome, Route, interactive, notify, outgoing},
    settings::Settings,
    signalwire::{self as sw, SignalWireEvent, compat::CompatWebhook, swaig::Output},
};

use crate::{
    Desk, calls, guards, mail, messages, scripts, tickets,
    video::{self, happened},
};

/// The dispatcher with every handler.
///
/// A callback is acknowledged when the inbox has it, and a worker calls the handler; what that
/// writes is committed together with the end of the delivery. What asks for a document is
/// answered at once, and the same again when it comes twice. What nobody knows is kept for review: a
/// setting at SignalWire may be wrong.
///
/// # Errors
///
/// When a guard of the configuration cannot be used.
pub fn dispatcher(desk: &Desk, settings: &Settings) -> anyhow::Result<Dispatcher<Desk>> {
    let [documents, callbacks, functions] = guards::verifiers(settings)?;
    let callback = |answer: &'static str| -> Route<Desk> {
        notify(callbacks.clone()).acknowledge_with(answer, "application/json").review_unknown()
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
    let tickets = interactive(functions).on(tickets::create).answer_failures_with(failed);
    let hook = settings.secret("EMAIL_HOOK_URL")?;
    Ok(Dispatcher::new(desk.clone())
        .at("/call-status", calls)
        .at("/message-status", statuses)
        .at("/incoming-sms", replies)
        .at("/swml", scripts)
        .at(tickets::PATH, tickets)
        .at("/video/room-started", callback(ok).handle(video::room_started))
        .at("/video/room-ended", callback(ok).handle(happened::<sw::RoomEnded>))
        .at("/video/member-joined", callback(ok).handle(happened::<sw::MemberJoined>))
        .at("/video/member-left", callback(ok).handle(happened::<sw::MemberLeft>))
        .at("/video/recording-started", callback(ok).handle(happened::<sw::RecordingStarted>))
        .at("/video/recording-ready", callback(ok).handle(video::recording_ready))
        .at(mail::PATH, outgoing(move |mail| mail::post(hook.clone(), mail)))
        .inbox(desk.inbox.clone())
        .observe(report))
}

/// Whoever asks for a document for something else, or for nothing, is sent to the fallback.
fn no_document<E>(_: E) -> StatusCode {
    StatusCode::UNPROCESSABLE_ENTITY
}

/// A line for each delivery: nothing that was sent is in it, which is somebody's number, words, or
/// secret.
fn report(outcome: &Outcome<'_>) {
    match (outcome.refusal, outcome.failure) {
        (Some(_), _) => tracing::warn!("{outcome}"),
        (_, Some(_)) => tracing::error!("{outcome}"),
        _ => tracing::info!("{outcome}"),
    }
}
