//! What happens when Twilio calls: a handler per event.
#![expect(clippy::needless_pass_by_value, reason = "a handler owns its event")]

use anyhow::Context;
use switchhook::{
    Hosts, Keys, PublicUrl, Verifier,
    dispatch::{
        Dispatcher, Incoming, Outcome, Route, State, Store, follow_up, interactive, notify,
    },
    inbox::Transaction,
    twilio::conversations::{
        ConversationAdded, ConversationRemoved, ConversationStateUpdated, ConversationUpdated,
        ConversationsWebhook, MessageAdded, MessageDecision, MessageRemoved, MessageUpdated,
        ParticipantAdded, ParticipantRemoved,
    },
};

use crate::{
    Config, Desk,
    effects::{remove, save_conversation, save_message, save_participant},
    moderation::moderate,
    outbound,
};

/// The dispatcher with every handler; its paths are those below `/api/webhooks`.
///
/// What tells is acknowledged when the inbox has it, and a worker calls the handlers. What they
/// write is committed together with the end of the delivery: however often it comes, and
/// whatever crashes meanwhile, it happens once. What asks is answered at once.
///
/// # Errors
///
/// When the key or the public URL of the configuration cannot be used.
pub fn dispatcher(config: &Config, desk: Desk) -> anyhow::Result<Dispatcher<Desk>> {
    let verifier = verifier(config)?;
    let inbox = desk.inbox.clone();
    // What a moderator has no opinion about may happen.
    let moderation = interactive(verifier.clone())
        .handle(moderate)
        .otherwise(|_: ConversationsWebhook| MessageDecision::accept());
    let hooks = Dispatcher::new(desk)
        .at("/twilio-event", events(&verifier))
        // A delivery without `EventType` is what the route says.
        .at("/message-added", events(&verifier).handle(message_added))
        .at("/conversation-state-updated", events(&verifier).handle(state_updated))
        .at("/participant-added", events(&verifier).handle(participant_added))
        .at("/moderation", moderation)
        .at(outbound::PATH, follow_up().on(outbound::send));
    Ok(hooks.inbox(inbox).observe(report))
}

/// A route for whatever happened. Events without a handler, and those that Twilio invents
/// tomorrow, are acknowledged.
fn events(verifier: &Verifier) -> Route<Desk> {
    notify(verifier.clone())
        .acknowledge_with("", "text/plain")
        .on(message_added)
        .on(message_updated)
        .on(message_removed)
        .on(conversation_added)
        .on(conversation_updated)
        .on(state_updated)
        .on(conversation_removed)
        .on(participant_added)
        .on(participant_removed)
}

/// Checks signatures, when there is a token to check them with.
fn verifier(config: &Config) -> anyhow::Result<Verifier> {
    let Some(token) = &config.auth_token else {
        tracing::warn!("SIGNATURES ARE NOT CHECKED: set TWILIO_AUTH_TOKEN, or anybody can call");
        return Ok(Verifier::trust_without_verification());
    };
    let public_url = if let Some(origin) = &config.public_url {
        PublicUrl::origin(origin).context("PUBLIC_URL")?
    } else {
        tracing::warn!("PUBLIC_URL is not set: only requests to this machine's own name verify");
        PublicUrl::direct(Hosts::only(["localhost", "127.0.0.1", "[::1]"]))
    };
    let keys = Keys::new(token.expose()).context("TWILIO_AUTH_TOKEN")?;
    Ok(Verifier::twilio(keys, public_url))
}

async fn message_added(
    event: MessageAdded,
    State(desk): State<Desk>,
    sql: Transaction,
) -> anyhow::Result<()> {
    save_message!(sql, event, changed event.date_created);
    let from_staff = event.author.as_ref().is_some_and(|author| desk.staff.contains(author));
    if from_staff && desk.hook.is_some() {
        // A call that fails is tried again, and holds up nothing here.
        desk.inbox.accept(Incoming::follow_up(outbound::PATH, &event)).await?;
    }
    Ok(())
}

fn message_updated(event: MessageUpdated, sql: Transaction) {
    save_message!(sql, event, changed event.date_updated);
}

fn message_removed(event: MessageRemoved, sql: Transaction) {
    remove(&sql, "messages", event.message_sid.as_str());
}

fn conversation_added(event: ConversationAdded, sql: Transaction) {
    let (sid, status) = (&event.conversation_sid, event.state.as_ref());
    let name = event.friendly_name.as_ref().or(event.unique_name.as_ref());
    save_conversation(&sql, sid, name, status, event.date_created.as_ref());
}

fn conversation_updated(event: ConversationUpdated, sql: Transaction) {
    let (sid, status) = (&event.conversation_sid, event.state.as_ref());
    let name = event.friendly_name.as_ref().or(event.unique_name.as_ref());
    save_conversation(&sql, sid, name, status, event.date_updated.as_ref());
}

fn state_updated(event: ConversationStateUpdated, sql: Transaction) {
    let (sid, status) = (&event.conversation_sid, event.new_state());
    let name = event.friendly_name.as_ref().or(event.unique_name.as_ref());
    save_conversation(&sql, sid, name, status, event.state_updated.as_ref());
}

fn conversation_removed(event: ConversationRemoved, sql: Transaction) {
    remove(&sql, "conversations", event.conversation_sid.as_str());
}

fn participant_added(event: ParticipantAdded, State(desk): State<Desk>, sql: Transaction) {
    let role = |identity: &String| if desk.staff.contains(identity) { "staff" } else { "guest" };
    save_participant(&sql, &event, event.identity.as_ref().map(role));
}

fn participant_removed(event: ParticipantRemoved, sql: Transaction) {
    remove(&sql, "participants", event.participant_sid.as_str());
}

/// A line for each delivery: what it was and what became of it, nothing of what was written.
fn report(outcome: &Outcome<'_>) {
    let event = outcome.read.and_then(|read| read.event.or(read.unknown.as_deref()));
    let subject = outcome.read.and_then(|read| read.subject.as_deref());
    let event = event.unwrap_or("unknown").escape_debug();
    let subject = subject.unwrap_or("-").escape_debug();
    let (path, disposition, status) = (outcome.path, outcome.disposition, outcome.status.as_u16());
    tracing::info!("{path} {event} {subject} {disposition:?} {status}");
    if let Some(refusal) = outcome.refusal {
        tracing::warn!("refused: {refusal}");
    }
    if let Some(failure) = outcome.failure {
        tracing::error!("failed: {failure}");
    }
}
