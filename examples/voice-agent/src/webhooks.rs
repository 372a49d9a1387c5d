//! What happens when Twilio calls: a call comes in, a call has changed its state.
#![expect(clippy::needless_pass_by_value, reason = "a handler owns its event")]

use axum::http::StatusCode;
use switchhook::{
    Match, Verifier,
    dispatch::{
        DeliveryId, Dispatcher, Interactive, IntoReply, Outcome, Permanent, Reply, State,
        interactive, notify,
    },
    inbox::Transaction,
    twilio::voice::{CallStatusUpdate, IncomingCall},
    twiml::{Connect, Say, Stream, voice},
};

use crate::{App, calls, media, tenants::Tenant};

/// Where Twilio asks what to do with a call.
pub const INCOMING_CALL: &str = "/api/v1/webhooks/incoming-call";

/// Where Twilio tells of the states of a call.
pub const CALL_STATUS: &str = "/api/v1/webhooks/call-status";

/// The dispatcher with both handlers.
///
/// A call is answered at once, and a second try of the same request with the same TwiML. A
/// state is acknowledged when the inbox has it, and a worker calls the handler: however often
/// it comes, and whatever crashes meanwhile, it is written once.
pub fn dispatcher(app: App, verifier: &Verifier) -> Dispatcher<App> {
    let inbox = app.inbox.clone();
    let received = "{\"status\":\"received\"}";
    Dispatcher::new(app)
        .at(INCOMING_CALL, interactive(verifier.clone()).handle(incoming_call))
        .at(
            CALL_STATUS,
            notify(verifier.clone())
                .acknowledge_with(received, "application/json")
                .handle(call_status),
        )
        .inbox(inbox)
        .observe(report)
}

/// Connects a call to the agent.
async fn incoming_call(call: IncomingCall, proof: Option<Match>, State(app): State<App>) -> Reply {
    let tenant = match app.tenants.of(proof.as_ref(), call.to.as_deref()) {
        Ok(tenant) => tenant,
        Err(stranger) => {
            tracing::warn!("{:?} refused: {stranger}", call.call_sid);
            return IntoReply::<Interactive>::into_reply(StatusCode::FORBIDDEN);
        }
    };
    // Somebody waits on the line: a call log that fails must not cost the call.
    if let Err(error) = calls::rings(&app.inbox, tenant, &call).await {
        tracing::error!("{:?} is not in the call log: {error}", call.call_sid);
    }
    tracing::info!("{:?} rings at {}", call.call_sid, tenant.name);
    connect(&app, tenant, &call).into_reply()
}

/// The greeting, where there is one, and the way to the socket.
fn connect(app: &App, tenant: &Tenant, call: &IncomingCall) -> voice::Response {
    let mut stream = Stream::new(&*app.stream_url)
        .parameter("From", call.from.as_deref().unwrap_or_default())
        .parameter("To", call.to.as_deref().unwrap_or_default())
        .parameter("CallSid", call.call_sid.as_str());
    if let Some(tokens) = &app.stream_tokens {
        let call = media::session(tenant, call.call_sid.as_str());
        stream = stream.parameter("Token", tokens.token(media::TOKEN_IS_FOR, &call));
    }
    let reply = voice::Response::new();
    let reply = match &tenant.greeting {
        Some(greeting) => reply.with(Say::new(greeting)),
        None => reply,
    };
    reply.with(Connect::new().with(stream))
}

/// Writes the state of a call into the call log.
fn call_status(
    update: CallStatusUpdate,
    id: DeliveryId,
    proof: Option<Match>,
    State(app): State<App>,
    sql: Transaction,
) -> Result<(), Permanent> {
    let tenant = app.tenants.of(proof.as_ref(), update.to.as_deref()).map_err(Permanent::new)?;
    calls::changes(&sql, tenant, id, &update);
    Ok(())
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
