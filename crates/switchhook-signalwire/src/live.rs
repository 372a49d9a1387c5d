//! Live transcription.

use switchhook_core::{EpochMicroseconds, Json};

use crate::{ConversationType, SignalWireEvent, UtteranceRole};

switchhook_core::params! { live {
    /// The id of the call.
    call_id: String = "call_info.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The id of the project: whose event it is.
    project_id: String = "call_info.project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// The id of the space.
    space_id: String = "call_info.space_id", sample "0f095388-9cd7-4adb-a112-488b1b7b3685";
    /// The content type.
    content_type: String = "call_info.content_type", sample "text/json";
    /// The content disposition.
    content_disposition: String = "call_info.content_disposition", sample "post_data";
    /// The conversation type.
    conversation_type: ConversationType = "call_info.conversation_type", sample "voice";
    /// The role.
    utterance_role: UtteranceRole = "utterance.role", sample "remote-caller";
    /// The content.
    utterance_content: String = "utterance.content", sample "¿Puede repetirlo?";
    /// When it happened, in microseconds since 1970; 0 where it has not happened.
    utterance_timestamp: EpochMicroseconds = "utterance.timestamp", sample "1785312003000000";
    /// The lang.
    utterance_lang: String = "utterance.lang", sample "es";
    /// The tokens.
    utterance_tokens: u64 = "utterance.tokens", sample "6";
    /// The confidence.
    utterance_confidence: f64 = "utterance.confidence", sample "0.94";
    /// Whether it is the last result of several.
    utterance_final: bool = "utterance.final", sample "true";
    /// The confidence. No page confirms it.
    confidence: f64 = "confidence", sample "1.5";
    /// The id of the call.
    channel_call_id: String = "channel_data.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The caller id name of the channel data.
    channel_caller_id_name: String = "channel_data.caller_id_name", sample "Guest";
    /// The caller id number of the channel data.
    channel_caller_id_number: String = "channel_data.caller_id_number", sample "+15551234567";
    /// The destination number of the channel data.
    channel_destination_number: String = "channel_data.destination_number", sample "+15559876543";
    /// When the call ended of the channel data, in microseconds since 1970; 0 where it has not
    /// happened.
    channel_call_end_date: EpochMicroseconds = "channel_data.call_end_date", sample "0";
    /// The variables of the script. No page confirms it.
    channel_swml_vars: Json = "channel_data.SWMLVars", sample r#"{"record_call_url":"https://files.example.com/r/9.wav"}"#;
    /// The conversation log. No page confirms it.
    conversation_log: Json = "conversation_log", sample "{}";
    /// The conversation summary.
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
