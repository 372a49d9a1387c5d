//! What Twilio sends over a ConversationRelay session.

use switchhook_core::{AccountSid, Milliseconds, open_enum};

use crate::{
    CallSid, SessionSid,
    websocket::{Parameters, messages, wire_values},
};

messages! {
    /// Every message that Twilio sends over a ConversationRelay session.
    pub enum Inbound = "conversation-relay/in" by "type" {
        /// The session begins: the first message, with all that is known about the call.
        Setup: setup = "setup" {
            required {
                /// The ConversationRelay session that begins: `VX` and 32 hex digits.
                session_id: SessionSid = "sessionId";
                /// The call that the session is in: `CA` and 32 hex digits.
                call_sid: CallSid = "callSid";
            }
            optional {
                /// The account that the call belongs to: `AC` and 32 hex digits.
                account_sid: AccountSid = "accountSid";
                /// The call that made this one, where there is one.
                parent_call_sid: CallSid = "parentCallSid";
                /// The TwiML App of a call that came by one. Starts with `AP`; not confirmed.
                application_sid: String = "applicationSid";
                /// Who calls: E.164, `client:NAME` or a SIP address.
                from: String = "from";
                /// Who is called, in the same forms.
                to: String = "to";
                /// Who forwarded the call.
                forwarded_from: String = "forwardedFrom";
                /// The caller's name.
                caller_name: String = "callerName";
                /// `inbound` or `outbound-api`.
                direction: String = "direction";
                /// What kind of line it is.
                call_type: CallType = "callType";
                /// The state of the call, in upper case with an underscore (`IN_PROGRESS`),
                /// unlike in webhooks.
                call_status: String = "callStatus";
            }
            collected {
                /// One entry per `<Parameter>` of the TwiML.
                custom_parameters: Parameters = "customParameters";
            }
        }

        /// The caller spoke.
        Prompt: prompt = "prompt" {
            required {
                /// What was said. A partial prompt repeats the whole utterance so far.
                voice_prompt: String = "voicePrompt";
            }
            optional {
                /// The language as a BCP 47 tag; the primary tag alone (`en`) where the
                /// language is detected.
                lang: String = "lang";
                /// Whether the utterance is over: see [`is_last`](Self::is_last).
                last: bool = "last";
            }
        }

        /// The caller pressed a key. Needs the attribute `dtmfDetection`.
        Dtmf: dtmf = "dtmf" {
            required {
                /// The key.
                digit: String = "digit";
            }
            optional {}
        }

        /// The caller spoke or pressed a key while something was played.
        Interrupt: interrupt = "interrupt" {
            required {}
            optional {
                /// What was spoken until then; may be empty.
                utterance_until_interrupt: String = "utteranceUntilInterrupt";
                /// How long it was played.
                duration_until_interrupt_ms: Milliseconds = "durationUntilInterruptMs";
            }
        }

        /// Twilio could not use a message, or something else went wrong.
        Error: error = "error" {
            required {}
            optional {
                /// What went wrong, for people.
                description: String = "description";
            }
        }

        /// Something that the attributes `debug` or `events` asked for.
        Info: info = "info" {
            required {}
            optional {
                /// What it is about.
                name: InfoName = "name";
                /// The value, such as a number of milliseconds.
                value: String = "value";
            }
        }
    }
}

impl Prompt {
    /// Whether the utterance is over, so that it can be answered. A prompt that does not say
    /// is over: only partial prompts have to tell.
    pub fn is_last(&self) -> bool {
        self.last.unwrap_or(true)
    }
}

open_enum! {
    /// What kind of line a call is on.
    pub enum CallType {
        /// The telephone network.
        Pstn = "PSTN",
        /// A SIP endpoint.
        Sip = "SIP",
        /// A client of a Twilio SDK.
        Client = "CLIENT",
    }
}

open_enum! {
    /// What an [`Info`] is about.
    pub enum InfoName {
        /// Milliseconds from the caller's last word to the first spoken one.
        RoundTripDelayMs = "roundTripDelayMs",
        /// Whether the agent speaks.
        AgentSpeaking = "agentSpeaking",
        /// Whether the caller speaks.
        ClientSpeaking = "clientSpeaking",
        /// What was spoken of the text that was sent.
        TokensPlayed = "tokensPlayed",
    }
}

wire_values!(CallType, InfoName);
