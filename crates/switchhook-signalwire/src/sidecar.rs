//! What an AI sidecar posts.

use switchhook_core::{EpochMicroseconds, Json, Milliseconds};

use crate::{ConversationType, SidecarEventType, SignalWireEvent};

switchhook_core::params! { sidecar {
    /// The call that the sidecar listens to: a UUID.
    call_id: String = "call_info.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// What the sidecar did; it decides which fields come.
    event: SidecarEventType = "sidecar_event.type", sample "start";
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
    /// When it happened, in microseconds since 1970.
    at: EpochMicroseconds = "sidecar_event.ts", sample "1785312000000000";
    /// Which evaluation of the conversation it comes from: what belongs to one has the same number.
    tick_id: u64 = "sidecar_event.tick_id", sample "3";
    /// The call once more: a UUID.
    channel_data_call_id: String = "sidecar_event.channel_data.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// What the caller is called. Absent where it is not known.
    channel_data_caller_id_name: String = "sidecar_event.channel_data.caller_id_name", sample "text";
    /// The number of the caller. Absent where it is not known.
    channel_data_caller_id_number: String = "sidecar_event.channel_data.caller_id_number", sample "+15551234567";
    /// The number that was called. Absent where it is not known.
    channel_data_destination_number: String = "sidecar_event.channel_data.destination_number", sample "+15559876543";
    /// Which model the sidecar asks.
    model: String = "sidecar_event.model", sample "model-a";
    /// The names of the functions that the model may call: a list. With `start`.
    tools: Json = "sidecar_event.tools", sample "[]";
    /// The data that the whole conversation shares: an object. With `start` and `final`.
    global_data: Json = "sidecar_event.global_data", sample "{}";
    /// What was said since the last turn. With `turn`.
    transcript_delta: Json = "sidecar_event.transcript_delta", sample "agent: hello";
    /// What the customer said. With `turn`.
    customer_text: String = "sidecar_event.customer_text", sample "hi";
    /// What the agent said. With `turn`.
    agent_text: String = "sidecar_event.agent_text", sample "hello";
    /// Which step of the evaluation it is, from 0.
    iter: u64 = "sidecar_event.iter", sample "1";
    /// How many messages the model was given. With `request`.
    messages_count: u64 = "sidecar_event.messages_count", sample "3";
    /// How many tokens these messages have. With `request`.
    messages_token_count: u64 = "sidecar_event.messages_token_count", sample "210";
    /// Whether the model may, must or must not call a function. With `request`.
    tool_choice: Json = "sidecar_event.tool_choice", sample "auto";
    /// What the model wrote while it was not done. With `thought`.
    text: String = "sidecar_event.text", sample "thinking";
    /// What the model says to the agent: the advice or the answer. With `insight` and `ask_answer`.
    raw: String = "sidecar_event.raw", sample "Offer a refund";
    /// How many steps the evaluation took. With `insight` and `ask_answer`.
    total_iters: u64 = "sidecar_event.total_iters", sample "1";
    /// Why nothing was said, or the action not carried out. With `skip` and `action`; absent where
    /// nobody said.
    reason: String = "sidecar_event.reason", sample "nothing new";
    /// Which function is called. With `tool_call` and `tool_result`.
    name: String = "sidecar_event.name", sample "lookup";
    /// What the function is called with. With `tool_call`; may be absent.
    arguments: Json = "sidecar_event.arguments", sample r#"{"id":7}"#;
    /// What the function answered. With `tool_result`.
    response: Json = "sidecar_event.response", sample "found";
    /// Which action a function answered with, as it came. With `action`.
    action: Json = "sidecar_event.action", sample "set_global_data";
    /// Whether the action was carried out. With `action`.
    executed: bool = "sidecar_event.executed", sample "true";
    /// Which function answered with the action. With `action`; may be absent.
    source_function: String = "sidecar_event.source_function", sample "lookup";
    /// As sent with `action`, may be absent; no page says what was spoken.
    spoken: bool = "sidecar_event.spoken", sample "false";
    /// Which entry of `global_data` changed. With `global_data_change`.
    key: String = "sidecar_event.key", sample "tier";
    /// What the entry was. With `global_data_change`; absent where it is new.
    old_value: Json = "sidecar_event.old_value", sample "silver";
    /// What the entry is. With `global_data_change`; absent where it is gone.
    new_value: Json = "sidecar_event.new_value", sample "gold";
    /// How many messages were dropped from the history. With `history_pruned`.
    dropped_count: u64 = "sidecar_event.dropped_count", sample "4";
    /// How many messages the history still has. With `history_pruned`.
    kept_count: u64 = "sidecar_event.kept_count", sample "10";
    /// How many tokens the history had before. With `history_pruned`.
    tokens_before: u64 = "sidecar_event.tokens_before", sample "4000";
    /// How many tokens the history has after. With `history_pruned`.
    tokens_after: u64 = "sidecar_event.tokens_after", sample "1800";
    /// What went wrong, such as `tool_loop`, `llm_error`, `webhook_http_failure`. With `error`.
    error_reason: String = "sidecar_event.error_reason", sample "llm_fatal";
    /// More about what went wrong, such as the words of the model's provider. With `error`; may be
    /// absent.
    detail: Json = "sidecar_event.detail", sample "upstream";
    /// What the sidecar was asked over the REST API. With `ask_request`.
    question: String = "sidecar_event.question", sample "who is calling?";
    /// Which question it is about. With `ask_request` and all that comes of answering it.
    ask_id: String = "sidecar_event.ask_id", sample "ask-1";
    /// What led to the evaluation: `ask` where a question did.
    triggered_by: String = "sidecar_event.triggered_by", sample "timer";
    /// Why the sidecar stops, such as `transcribe_close`, `transferred`, `hung_up`, `api_stop`.
    /// With `stop` and `final`.
    stop_reason: String = "sidecar_event.stop_reason", sample "hangup";
    /// What the model has seen and said. With `final`.
    history: Json = "sidecar_event.history", sample "[]";
    /// What the sidecar did, in order. With `final`.
    event_log: Json = "sidecar_event.event_log", sample "[]";
    /// Counts over the whole session, such as of calls and insights: an object. With `final`.
    stats: Json = "sidecar_event.stats", sample "{}";
    /// Measurements of the whole session: an object. With `final`.
    metrics: Json = "sidecar_event.metrics", sample "{}";
    /// When the sidecar started, as sent; the page does not say the unit. With `final`.
    started_at: Json = "sidecar_event.started_at", sample "1785312000000000";
    /// When the sidecar ended, as sent; the page does not say the unit. With `final`.
    ended_at: Json = "sidecar_event.ended_at", sample "1785312060000000";
    /// How long the sidecar ran, in milliseconds. With `final`.
    duration_ms: Milliseconds = "sidecar_event.duration_ms", sample "60000";
    /// The conversation in short. With `final`; may be absent.
    summary: Json = "sidecar_event.summary", sample "ok";
    /// All that was said. With `final`; may be absent.
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
