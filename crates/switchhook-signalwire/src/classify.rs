//! Which event a body is: the rules of the provider's table, in its order.

use switchhook_core::{JsonRef, Payload};

use self::{
    Name::{At, Is},
    Test::{Has, HasEither, Lacks, Says},
};

/// The method of the JSON-RPC requests in which events come on the socket.
pub(crate) const RPC_METHOD: &str = "signalwire.event";

/// A rule: the event of this name, if all of these hold.
type Rule = (&'static [Test], Name);

enum Name {
    /// The event, or the type of several.
    Is(&'static str),
    /// The event that the text at this path names.
    At(&'static str),
}

/// Something that a body has to have.
enum Test {
    /// A value that is not null.
    Has(&'static str),
    /// One of two of them.
    HasEither(&'static str, &'static str),
    /// No such value.
    Lacks(&'static str),
    /// A text.
    Says(&'static str, &'static str),
}

/// The first whose tests hold counts. Two shapes are told by the route alone: the video
/// bodies of the older examples, which have a `room_id`, and what the author of a script
/// made up.
const RULES: &[Rule] = &[
    (&[Has("event_type"), Has("event_category")], Is("10dlc")),
    (&[Has("event_type"), Has("params")], At("event_type")),
    (&[Has("call.call_id")], Is("swml.inbound_call")),
    (&[Has("message.message_id")], Is("swml.inbound_message")),
    (&[Says("action", "get_signature")], Is("swaig.signature")),
    (&[Has("function"), Has("channel_data")], Is("swaig.function.sidecar")),
    (&[Has("function"), Says("app_name", "bedrock")], Is("swaig.function.bedrock")),
    (
        &[Has("function"), Says("content_disposition", "agent.function")],
        Is("swaig.function.bedrock"),
    ),
    (&[Has("function")], Is("swaig.function")),
    (&[Says("action", "fetch_conversation")], Is("ai.fetch_conversation")),
    (&[Says("content_disposition", "agent.load_conversation")], Is("ai.fetch_conversation")),
    (
        &[Says("action", "post_conversation"), Says("app_name", "bedrock")],
        Is("ai.post_prompt.bedrock"),
    ),
    (
        &[Says("content_disposition", "agent.summary"), Says("app_name", "bedrock")],
        Is("ai.post_prompt.bedrock"),
    ),
    (&[Says("action", "post_conversation")], Is("ai.post_prompt")),
    (&[Says("content_disposition", "agent.summary")], Is("ai.post_prompt")),
    (&[Has("call_info"), Has("sidecar_event")], Is("ai.sidecar")),
    (&[Has("call_info"), Has("utterance")], Is("ai.utterance")),
    (
        &[Has("call_info"), HasEither("conversation_log", "conversation_summary")],
        Is("ai.live_transcribe.summary"),
    ),
    (&[Has("call_info")], Is("ai.debug")),
    (&[Has("transaction_id"), Has("method")], Is("pay.connector")),
    (&[Has("id"), Has("status"), Has("number_of_segments")], Is("message.status")),
    (&[Has("message_id"), Has("status")], Is("message.status.flat")),
    (&[Has("message_id"), HasEither("body", "media")], Is("message.inbound.flat")),
    (&[Has("message_id"), Has("num_segments")], Is("message.inbound.flat")),
    (&[Has("call_id"), Has("call_state")], Is("call.status.flat")),
    (&[Has("control_id"), Has("state"), Lacks("room_id")], Is("calling.callback.bare")),
    // An event that says its name and has nothing else to go by.
    (&[Has("event_type")], At("event_type")),
];

/// The name of the event, or of the type of several.
pub(crate) fn classify(payload: &Payload) -> Option<&str> {
    if let Some(params) = payload.params() {
        // The compatible API's forms have names in common with the query of a fetch, and these.
        let compatible = ["AccountSid", "CallStatus", "MessageSid"];
        let fetch = params.contains("CallSid") && !compatible.iter().any(|n| params.contains(n));
        return fetch.then_some("swml.fetch.get");
    }
    let body = payload.json()?.without_rpc(Some(RPC_METHOD));
    let (_, name) = RULES.iter().find(|(tests, _)| tests.iter().all(|test| test.holds(body)))?;
    match name {
        Is(name) => Some(name),
        // A name with backslashes is no name that anybody has.
        At(path) => body.at(path)?.raw().strip_prefix('"')?.strip_suffix('"'),
    }
}

impl Test {
    fn holds(&self, body: JsonRef<'_>) -> bool {
        let has = |path| body.at(path).is_some_and(|value| !value.is_null());
        match *self {
            Has(path) => has(path),
            HasEither(one, other) => has(one) || has(other),
            Lacks(path) => !has(path),
            Says(path, text) => {
                body.at(path).and_then(JsonRef::as_str).is_some_and(|said| said == text)
            }
        }
    }
}
