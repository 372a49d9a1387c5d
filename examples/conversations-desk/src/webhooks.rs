//! What happens when Twilio calls: a handler per event.
#![expect(clippy::needless_pass_by_value, reason = "a handler owns its event")]

use switchhook::{
    Verifier,
    dispatch::{
        Dispatcher, Outbox, Outcome, Route, State, StoreError, interactive, notify, outgoing,
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
pub fn dispatcher(config: &Config, desk: Desk) -> Dispatcher<Desk> {
    let verifier = &config.verifier;
    let (inbox, url) = (desk.inbox.clone(), config.outbound_url.clone());
    // What a moderator has no opinion about may happen.
    let moderation = interactive(verifier.clone())
        .handle(moderate)
        .otherwise(|_: ConversationsWebhook| MessageDecision::accept());
    let hooks = Dispatcher::new(desk)
        .at("/twilio-event", events(verifier))
        // A delivery without `EventType` is what the route says.
        .at("/message-added", events(verifier).handle(message_added))
        .at("/conversation-state-updated", events(verifier).handle(state_updated))
        .at("/participant-added", events(verifier).handle(participant_added))
        .at("/moderation", moderation)
        .at(outbound::PATH, outgoing(move |message| outbound::post(url.clone(), message)));
    hooks.inbox(inbox).observe(report)
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

async fn message_added(
    event: MessageAdded,
    State(desk): State<Desk>,
    sql: Transaction,
    outbox: Outbox,
) -> Result<(), StoreError> {
    save_message!(sql, event, changed event.date_created);
    let from_staff = event.author.as_ref().is_some_and(|author| desk.staff.contains(author));
    if from_staff && desk.tells {
        // A call that fails is tried again, and holds up nothing here.
        outbox.post(outbound::PATH, outbound::about(&event).to_string()).await?;
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
