//! What an AI sidecar posts.

use switchhook_core::{EpochMicroseconds, Json, Milliseconds};

use crate::{ConversationType, SidecarEventType, SignalWireEvent};

switchhook_core::params! { sidecar {
    /// The id of the call.
    call_id: String = "call_info.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// Its kind.
    event: SidecarEventType = "sidecar_event.type", sample "start";
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
    /// The time, in microseconds since 1970; 0 where it has not happened.
    at: EpochMicroseconds = "sidecar_event.ts", sample "1785312000000000";
    /// The tick id.
    tick_id: u64 = "sidecar_event.tick_id", sample "3";
    /// The id of the call.
    channel_data_call_id: String = "sidecar_event.channel_data.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The caller id name of the channel data.
    channel_data_caller_id_name: String = "sidecar_event.channel_data.caller_id_name", sample "text";
    /// The caller id number of the channel data.
    channel_data_caller_id_number: String = "sidecar_event.channel_data.caller_id_number", sample "+15551234567";
    /// The destination number of the channel data.
    channel_data_destination_number: String = "sidecar_event.channel_data.destination_number", sample "+15559876543";
    /// The name of the model.
    model: String = "sidecar_event.model", sample "model-a";
    /// The tools.
    tools: Json = "sidecar_event.tools", sample "[]";
    /// The data that the whole conversation shares.
    global_data: Json = "sidecar_event.global_data", sample "{}";
    /// The transcript delta.
    transcript_delta: Json = "sidecar_event.transcript_delta", sample "agent: hello";
    /// The customer text.
    customer_text: String = "sidecar_event.customer_text", sample "hi";
    /// The agent text.
    agent_text: String = "sidecar_event.agent_text", sample "hello";
    /// The number of the round.
    iter: u64 = "sidecar_event.iter", sample "1";
    /// The messages count.
    messages_count: u64 = "sidecar_event.messages_count", sample "3";
    /// The messages token count.
    messages_token_count: u64 = "sidecar_event.messages_token_count", sample "210";
    /// The tool choice.
    tool_choice: Json = "sidecar_event.tool_choice", sample "auto";
    /// The text.
    text: String = "sidecar_event.text", sample "thinking";
    /// The raw.
    raw: String = "sidecar_event.raw", sample "Offer a refund";
    /// The total iters.
    total_iters: u64 = "sidecar_event.total_iters", sample "1";
    /// Why.
    reason: String = "sidecar_event.reason", sample "nothing new";
    /// Its name.
    name: String = "sidecar_event.name", sample "lookup";
    /// The arguments.
    arguments: Json = "sidecar_event.arguments", sample r#"{"id":7}"#;
    /// What the function answered.
    response: Json = "sidecar_event.response", sample "found";
    /// The action.
    action: Json = "sidecar_event.action", sample "set_global_data";
    /// Whether the action was carried out.
    executed: bool = "sidecar_event.executed", sample "true";
    /// The source function.
    source_function: String = "sidecar_event.source_function", sample "lookup";
    /// Whether the text was spoken.
    spoken: bool = "sidecar_event.spoken", sample "false";
    /// The key.
    key: String = "sidecar_event.key", sample "tier";
    /// The old value.
    old_value: Json = "sidecar_event.old_value", sample "silver";
    /// The new value.
    new_value: Json = "sidecar_event.new_value", sample "gold";
    /// The dropped count.
    dropped_count: u64 = "sidecar_event.dropped_count", sample "4";
    /// The kept count.
    kept_count: u64 = "sidecar_event.kept_count", sample "10";
    /// Tokens before the pruning.
    tokens_before: u64 = "sidecar_event.tokens_before", sample "4000";
    /// Tokens after the pruning.
    tokens_after: u64 = "sidecar_event.tokens_after", sample "1800";
    /// The error reason.
    error_reason: String = "sidecar_event.error_reason", sample "llm_fatal";
    /// The detail.
    detail: Json = "sidecar_event.detail", sample "upstream";
    /// The question.
    question: String = "sidecar_event.question", sample "who is calling?";
    /// The id of the question.
    ask_id: String = "sidecar_event.ask_id", sample "ask-1";
    /// What triggered the answer.
    triggered_by: String = "sidecar_event.triggered_by", sample "timer";
    /// The stop reason.
    stop_reason: String = "sidecar_event.stop_reason", sample "hangup";
    /// What the model has seen and said.
    history: Json = "sidecar_event.history", sample "[]";
    /// The event log.
    event_log: Json = "sidecar_event.event_log", sample "[]";
    /// Figures of the whole session.
    stats: Json = "sidecar_event.stats", sample "{}";
    /// The metrics.
    metrics: Json = "sidecar_event.metrics", sample "{}";
    /// When it started; no page tells the unit.
    started_at: Json = "sidecar_event.started_at", sample "1785312000000000";
    /// When it ended; no page tells the unit.
    ended_at: Json = "sidecar_event.ended_at", sample "1785312060000000";
    /// How long it took, in milliseconds.
    duration_ms: Milliseconds = "sidecar_event.duration_ms", sample "60000";
    /// The summary.
    summary: Json = "sidecar_event.summary", sample "ok";
    /// The transcript.
    transcript: Json = "sidecar_event.transcript", sample "agent: hello";
} }

switchhook_core::json_events! {
    params sidecar;
    family SignalWireEvent;
    account "call_info.project_id";

    /// Something that an AI sidecar did.
    AiSidecar = "ai.sidecar", group "ai" {
        subject call_id;
        documented event;
        also project_id, space_id, content_type, content_disposition, conversation_type, at,
            tick_id, channel_data_call_id, channel_data_caller_id_name,
            channel_data_caller_id_number, channel_data_destination_number, model, tools,
            global_data, transcript_delta, customer_text, agent_text, iter, messages_count,
            messages_token_count, tool_choice, text, raw, total_iters, reason, name, arguments,
            response, action, executed, source_function, spoken, key, old_value, new_value,
            dropped_count, kept_count, tokens_before, tokens_after, error_reason, detail,
            question, ask_id, triggered_by, stop_reason, history, event_log, stats, metrics,
            started_at, ended_at, duration_ms, summary, transcript;
        key ();
        order ();
        events {
            "ai.sidecar.start" when (event = "start")
                sends event = "start", at, tick_id, model, tools, global_data;
            "ai.sidecar.turn" when (event = "turn")
                sends event = "turn", at, tick_id, transcript_delta, customer_text, agent_text;
            "ai.sidecar.request" when (event = "request")
                sends event = "request", at, tick_id, model, iter, messages_count, messages_token_count, tool_choice;
            "ai.sidecar.thought" when (event = "thought")
                sends event = "thought", at, tick_id, text, iter;
            "ai.sidecar.insight" when (event = "insight")
                sends event = "insight", at, tick_id, raw, iter, total_iters;
            "ai.sidecar.skip" when (event = "skip")
                sends event = "skip", at, tick_id, reason;
            "ai.sidecar.tool_call" when (event = "tool_call")
                sends event = "tool_call", at, tick_id, name, iter, arguments;
            "ai.sidecar.tool_result" when (event = "tool_result")
                sends event = "tool_result", at, tick_id, name, response, iter;
            "ai.sidecar.action" when (event = "action")
                sends event = "action", at, tick_id, action, executed, source_function, spoken, reason;
            "ai.sidecar.global_data_change" when (event = "global_data_change")
                sends event = "global_data_change", at, tick_id, key, old_value, new_value;
            "ai.sidecar.history_pruned" when (event = "history_pruned")
                sends event = "history_pruned", at, tick_id, dropped_count, kept_count, tokens_before, tokens_after;
            "ai.sidecar.error" when (event = "error")
                sends event = "error", at, tick_id, error_reason, detail;
            "ai.sidecar.ask_request" when (event = "ask_request")
                sends event = "ask_request", at, tick_id, question, ask_id;
            "ai.sidecar.ask_answer" when (event = "ask_answer")
                sends event = "ask_answer", at, tick_id, raw, iter, total_iters, ask_id, triggered_by;
            "ai.sidecar.stop" when (event = "stop")
                sends event = "stop", at, tick_id, stop_reason;
            "ai.sidecar.final" when (event = "final")
                sends event = "final", at, tick_id, stop_reason, history, event_log, stats, metrics, global_data, model, started_at, ended_at, duration_ms, summary, transcript;
        }
    }
}
