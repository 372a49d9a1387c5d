//! Debug events of the session: speech, functions, webhooks.

use switchhook_core::{EpochSeconds, Json, Milliseconds};

use crate::{
    BargeType, CompletionType, FillerType, FlowTrigger, HoldEvent, LoopType, SessionEndReason,
};

switchhook_core::json_object! {
    /// The debug event `session_start`.
    pub struct SessionStart {
        /// The model.
        model: String = "model";
        /// The TTS engine.
        tts_engine: String = "tts_engine";
        /// The TTS voice.
        tts_voice: String = "tts_voice";
        /// The language.
        language: String = "language";
        /// The mode.
        mode: String = "mode";
        /// The rate.
        rate: u64 = "rate";
        /// The audio format.
        audio_format: String = "audio_format";
        /// The tool model.
        tool_model: String = "tool_model";
        /// Whether speech is detected locally.
        local_vad: bool = "local_vad";
    }

    /// The debug event `session_end`.
    pub struct SessionEnd {
        /// The reason.
        reason: SessionEndReason = "reason";
        /// Who ended the session.
        ended_by: String = "ended_by";
        /// The fatal error reason.
        fatal_error_reason: String = "fatal_error_reason";
        /// How long it took, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// The input tokens.
        input_tokens: u64 = "input_tokens";
        /// The output tokens.
        output_tokens: u64 = "output_tokens";
    }

    /// The debug event `startup_hook`.
    pub struct StartupHook {
        /// How long it took, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether it went well.
        success: bool = "success";
        /// The error.
        error: String = "error";
    }

    /// The debug event `hangup_hook`.
    pub struct HangupHook {
        /// How long it took, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether it went well.
        success: bool = "success";
        /// Whether the conversation had failed for good.
        has_fatal_error: bool = "has_fatal_error";
        /// The error.
        error: String = "error";
    }

    /// The debug event `speech_detect`.
    pub struct SpeechDetect {
        /// The text.
        text: String = "text";
        /// The source.
        source: String = "source";
    }

    /// The debug event `barge`.
    pub struct Barge {
        /// The barge type.
        barge_type: BargeType = "barge_type";
        /// How far the answer was when the caller broke in, in milliseconds.
        barge_elapsed_ms: Milliseconds = "barge_elapsed_ms";
        /// The interrupt count.
        interrupt_count: u64 = "interrupt_count";
        /// How much of the answer was heard, in milliseconds.
        audio_played_ms: Milliseconds = "audio_played_ms";
        /// The barge count.
        barge_count: u64 = "barge_count";
    }

    /// The debug event `ai_completion`.
    pub struct AiCompletion {
        /// The type of the AI completion.
        kind: CompletionType = "type";
    }

    /// The debug event `filler`.
    pub struct Filler {
        /// The text.
        text: String = "text";
        /// The filler type.
        filler_type: FillerType = "filler_type";
    }

    /// The debug event `attention_timeout`.
    pub struct AttentionTimeout {
        /// The timeout, in milliseconds.
        timeout_ms: Milliseconds = "timeout_ms";
    }

    /// The debug event `hold`.
    pub struct Hold {
        /// The event.
        event: HoldEvent = "event";
        /// The timeout.
        timeout: u64 = "timeout";
        /// Whether the hold repeats.
        repeats: bool = "loop";
    }

    /// The debug event `function_call`.
    pub struct FunctionCall {
        /// The function.
        function: String = "function";
        /// How long it took, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the function is one of the platform itself.
        native: bool = "native";
        /// Whether the call is a shadow of another one.
        shadow: bool = "shadow";
        /// The phase.
        phase: String = "phase";
    }

    /// The debug event `function_loop`.
    pub struct FunctionLoop {
        /// The function.
        function: String = "function";
        /// The type.
        kind: LoopType = "type";
        /// The count.
        count: u64 = "count";
    }

    /// The debug event `swaig_call`.
    pub struct SwaigCall {
        /// The command name.
        command_name: String = "command_name";
        /// The command arg.
        command_arg: String = "command_arg";
        /// The epoch time, in seconds since 1970.
        epoch_time: EpochSeconds = "epoch_time";
        /// Whether the function is one of the platform itself.
        native: bool = "native";
        /// The active count.
        active_count: Json = "active_count";
        /// The address.
        url: String = "url";
        /// The post data.
        post_data: Json = "post_data";
        /// The post response.
        post_response: Json = "post_response";
        /// The delayed post response.
        delayed_post_response: Json = "delayed_post_response";
        /// The MCP address.
        mcp_url: String = "mcp_url";
        /// The MCP tool.
        mcp_tool: String = "mcp_tool";
        /// The MCP response.
        mcp_response: String = "mcp_response";
        /// Whether the MCP server answered with an error.
        mcp_error: bool = "mcp_error";
    }

    /// The debug event `tool_distill`.
    pub struct ToolDistill {
        /// The function.
        function: String = "function";
        /// The raw chars.
        raw_chars: u64 = "raw_chars";
        /// The distilled chars.
        distilled_chars: u64 = "distilled_chars";
        /// The model.
        model: String = "model";
    }

    /// The debug event `error`.
    pub struct Error {
        /// The error.
        error: String = "error";
        /// The error text.
        error_text: String = "errorText";
    }

    /// The debug event `webhook_log`.
    pub struct WebhookLog {
        /// The request address.
        request_url: String = "request_url";
        /// The request payload.
        request_payload: Json = "request_payload";
        /// The webhook response.
        webhook_response: Json = "webhook_response";
    }

    /// The debug event `webhook_fail`.
    pub struct WebhookFail {
        /// The call that the webhook was of.
        call_info: Json = "call_info";
        /// The error.
        error: String = "error";
        /// The request address.
        request_url: String = "request_url";
        /// The attempts.
        attempts: u64 = "attempts";
        /// The request payload.
        request_payload: Json = "request_payload";
        /// Whether the answer could not be parsed.
        parse_error: bool = "parse_error";
        /// The raw response.
        raw_response: String = "raw_response";
        /// The parsed response.
        parsed_response: Json = "parsed_response";
        /// Whether the protocol was broken.
        protocol_error: bool = "protocol_error";
        /// The curl code.
        curl_code: i64 = "curl_code";
        /// The HTTP code.
        http_code: u64 = "http_code";
    }

    /// The debug event `step_change`.
    pub struct StepChange {
        /// The step that it came from.
        from_step: String = "from_step";
        /// The index that it came from.
        from_index: u64 = "from_index";
        /// The step that it came to.
        to_step: String = "to_step";
        /// The index that it came to.
        to_index: u64 = "to_index";
        /// The trigger.
        trigger: FlowTrigger = "trigger";
    }

    /// The debug event `context_change`.
    pub struct ContextChange {
        /// The context that it came to.
        to_context: String = "to_context";
        /// The context that it came from.
        from_context: String = "from_context";
        /// The trigger.
        trigger: FlowTrigger = "trigger";
        /// Whether the new context sees nothing of the old one.
        isolated: bool = "isolated";
    }

    /// The debug event `context_switch_data`.
    pub struct ContextSwitchData {
        /// The data root.
        data_root: Json = "data_root";
        /// The info.
        info: Json = "info";
    }
}
