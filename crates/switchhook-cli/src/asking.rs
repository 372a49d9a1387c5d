//! Which events ask: their provider waits for a document or a decision. All others tell, and
//! any 2xx is answer enough.
//!
//! A name is that of an event, or of a group of which all events ask.

/// Twilio Conversations: what is about to happen, and may be forbidden.
pub(crate) const CONVERSATIONS: &[&str] = &[
    "onConversationAdd",
    "onConversationRemove",
    "onConversationUpdate",
    "onMessageAdd",
    "onMessageRemove",
    "onMessageUpdate",
    "onParticipantAdd",
    "onParticipantRemove",
    "onParticipantUpdate",
    "onUserUpdate",
];

/// Twilio Messaging: all but the states of messages.
pub(crate) const MESSAGING: &[&str] = &["incoming-message", "message-action", "message-fallback"];

/// Twilio Voice: what wants TwiML.
pub(crate) const VOICE: &[&str] = &[
    "conference-wait",
    "connect-action",
    "conversation-relay-action",
    "dequeue-url",
    "dial-action",
    "dial-whisper",
    "enqueue-action",
    "gather-action",
    "pay-action",
    "queue-wait",
    "record-action",
    "refer-action",
    "refer-url",
    "sms-verb-action",
    "virtual-agent-action",
    "voice-fallback",
    "voice-request",
];

/// SignalWire: fetches of scripts, functions of the AI, payments.
pub(crate) const SIGNALWIRE: &[&str] = &[
    "ai.fetch_conversation",
    "pay.connector",
    "swaig.check_for_input",
    "swaig.function",
    "swaig.function.bedrock",
    "swaig.function.sidecar",
    "swaig.signature",
    "swml.fetch.get",
    "swml.inbound_call",
    "swml.inbound_message",
    "swml.request",
];

/// SignalWire's compatibility API: what wants cXML, and payments.
pub(crate) const COMPAT: &[&str] = &[
    "conference.wait",
    "dial.action",
    "fax.received",
    "fax.request",
    "gather.action",
    "message.action",
    "message.inbound",
    "pay.action",
    "pay.connector",
    "queue.action",
    "queue.url",
    "queue.wait",
    "record.action",
    "refer.action",
    "sms_verb.action",
    "virtual_agent.action",
    "voice.request",
];
