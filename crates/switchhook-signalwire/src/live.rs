//! Live transcription.

use switchhook_core::{EpochMicroseconds, Json};

use crate::{ConversationType, SignalWireEvent, UtteranceRole};

switchhook_core::params! { live {
    /// The call that is transcribed: a UUID.
    call_id: String = "call_info.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The id of the project: whose event it is.
    project_id: String = "call_info.project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// The space that the project belongs to: a UUID. Absent where it is not known.
    space_id: String = "call_info.space_id", sample "0f095388-9cd7-4adb-a112-488b1b7b3685";
    /// What kind of request it is: `text/json`.
    content_type: String = "call_info.content_type", sample "text/json";
    /// What the request is for: `post_data`.
    content_disposition: String = "call_info.content_disposition", sample "post_data";
    /// Whether it is a call or a chat: `voice`.
    conversation_type: ConversationType = "call_info.conversation_type", sample "voice";
    /// Which side of the call spoke.
    utterance_role: UtteranceRole = "utterance.role", sample "remote-caller";
    /// What was said.
    utterance_content: String = "utterance.content", sample "¿Puede repetirlo?";
    /// When it was said, in microseconds since 1970.
    utterance_timestamp: EpochMicroseconds = "utterance.timestamp", sample "1785312003000000";
    /// The language that was spoken, such as `es`.
    utterance_lang: String = "utterance.lang", sample "es";
    /// How many tokens the text is for a model.
    utterance_tokens: u64 = "utterance.tokens", sample "6";
    /// How sure the recogniser is; the sample has 0.94, no page gives the scale.
    utterance_confidence: f64 = "utterance.confidence", sample "0.94";
    /// Whether it is the last result of several.
    utterance_final: bool = "utterance.final", sample "true";
    /// How sure the recogniser is, beside the utterance, as one handler in public reads it. No page
    /// confirms it.
    confidence: f64 = "confidence", sample "1.5";
    /// The call once more: a UUID.
    channel_call_id: String = "channel_data.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// What the caller is called.
    channel_caller_id_name: String = "channel_data.caller_id_name", sample "Guest";
    /// Who calls: a number or an address.
    channel_caller_id_number: String = "channel_data.caller_id_number", sample "+15551234567";
    /// The number that was called.
    channel_destination_number: String = "channel_data.destination_number", sample "+15559876543";
    /// When the call ended, in microseconds since 1970; 0 while it goes on.
    channel_call_end_date: EpochMicroseconds = "channel_data.call_end_date", sample "0";
    /// The variables of the script. No page confirms it.
    channel_swml_vars: Json = "channel_data.SWMLVars", sample r#"{"record_call_url":"https://files.example.com/r/9.wav"}"#;
    /// What was said so far: a text or a list of turns. No page confirms it.
    conversation_log: Json = "conversation_log", sample "{}";
    /// What was said, in a few sentences that a model has written.
    conversation_summary: String = "conversation_summary", sample "Caller asked for an invoice copy.";
} }

switchhook_core::json_events! {
    params live;
    family SignalWireEvent;
    account "call_info.project_id";

    /// Somebody said something, in a live transcription.
    Utterance = "ai.utterance", group "ai" {
        documented;
        also call_id, project_id, space_id, content_type, content_disposition,
            conversation_type, utterance_role, utterance_content, utterance_timestamp,
            utterance_lang, utterance_tokens, utterance_confidence, utterance_final,
            confidence, channel_call_id, channel_caller_id_name, channel_caller_id_number,
            channel_destination_number, channel_call_end_date, channel_swml_vars;
        key ();
        order ();
        events { "ai.utterance" sends call_id, utterance_content; }
    }

    /// What a live transcription has heard.
    LiveTranscribeSummary = "ai.live_transcribe.summary", group "ai" {
        documented;
        also call_id, project_id, space_id, content_type, content_disposition,
            conversation_type, conversation_log, conversation_summary, channel_call_id,
            channel_caller_id_name, channel_caller_id_number, channel_destination_number,
            channel_call_end_date, channel_swml_vars;
        key ();
        order ();
        events { "ai.live_transcribe.summary" sends call_id, conversation_summary; }
    }
}
