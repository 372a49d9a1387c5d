//! Debug events of the session: speech, functions, webhooks.

use switchhook_core::{EpochSeconds, Json, Milliseconds};

use crate::{
    BargeType, CompletionType, FillerType, FlowTrigger, HoldEvent, LoopType, SessionEndReason,
};

switchhook_core::json_object! {
    /// The debug event `session_start`.
    pub struct SessionStart {
        /// The model of the session start.
        model: String = "model";
        /// The TTS engine of the session start.
        tts_engine: String = "tts_engine";
        /// The TTS voice of the session start.
        tts_voice: String = "tts_voice";
        /// The language of the session start.
        language: String = "language";
        /// The mode of the session start.
        mode: String = "mode";
        /// The rate of the session start.
        rate: u64 = "rate";
        /// The audio format of the session start.
        audio_format: String = "audio_format";
        /// The tool model of the session start.
        tool_model: String = "tool_model";
        /// Whether the session start is local vad.
        local_vad: bool = "local_vad";
    }

    /// The debug event `session_end`.
    pub struct SessionEnd {
        /// The reason of the session end.
        reason: SessionEndReason = "reason";
        /// The ended by of the session end.
        ended_by: String = "ended_by";
        /// The fatal error reason of the session end.
        fatal_error_reason: String = "fatal_error_reason";
        /// The duration of the session end, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// The input tokens of the session end.
        input_tokens: u64 = "input_tokens";
        /// The output tokens of the session end.
        output_tokens: u64 = "output_tokens";
    }

    /// The debug event `startup_hook`.
    pub struct StartupHook {
        /// The duration of the startup hook, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the startup hook is success.
        success: bool = "success";
        /// The error of the startup hook.
        error: String = "error";
    }

    /// The debug event `hangup_hook`.
    pub struct HangupHook {
        /// The duration of the hangup hook, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the hangup hook is success.
        success: bool = "success";
        /// Whether the hangup hook is has fatal error.
        has_fatal_error: bool = "has_fatal_error";
        /// The error of the hangup hook.
        error: String = "error";
    }

    /// The debug event `speech_detect`.
    pub struct SpeechDetect {
        /// The text of the speech detect.
        text: String = "text";
        /// The source of the speech detect.
        source: String = "source";
    }

    /// The debug event `barge`.
    pub struct Barge {
        /// The barge type of the barge.
        barge_type: BargeType = "barge_type";
        /// The barge elapsed of the barge, in milliseconds.
        barge_elapsed_ms: Milliseconds = "barge_elapsed_ms";
        /// The interrupt count of the barge.
        interrupt_count: u64 = "interrupt_count";
        /// The audio played of the barge, in milliseconds.
        audio_played_ms: Milliseconds = "audio_played_ms";
        /// The barge count of the barge.
        barge_count: u64 = "barge_count";
    }

    /// The debug event `ai_completion`.
    pub struct AiCompletion {
        /// The type of the AI completion.
        kind: CompletionType = "type";
    }

    /// The debug event `filler`.
    pub struct Filler {
        /// The text of the filler.
        text: String = "text";
        /// The filler type of the filler.
        filler_type: FillerType = "filler_type";
    }

    /// The debug event `attention_timeout`.
    pub struct AttentionTimeout {
        /// The timeout of the attention timeout, in milliseconds.
        timeout_ms: Milliseconds = "timeout_ms";
    }

    /// The debug event `hold`.
    pub struct Hold {
        /// The event of the hold.
        event: HoldEvent = "event";
        /// The timeout of the hold.
        timeout: u64 = "timeout";
        /// Whether the hold is loop.
        repeats: bool = "loop";
    }

    /// The debug event `function_call`.
    pub struct FunctionCall {
        /// The function of the function call.
        function: String = "function";
        /// The duration of the function call, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the function call is native.
        native: bool = "native";
        /// Whether the function call is shadow.
        shadow: bool = "shadow";
        /// The phase of the function call.
        phase: String = "phase";
    }

    /// The debug event `function_loop`.
    pub struct FunctionLoop {
        /// The function of the function loop.
        function: String = "function";
        /// The type of the function loop.
        kind: LoopType = "type";
        /// The count of the function loop.
        count: u64 = "count";
    }

    /// The debug event `swaig_call`.
    pub struct SwaigCall {
        /// The command name of the swaig call.
        command_name: String = "command_name";
        /// The command arg of the swaig call.
        command_arg: String = "command_arg";
        /// The epoch time of the swaig call, in seconds since 1970.
        epoch_time: EpochSeconds = "epoch_time";
        /// Whether the swaig call is native.
        native: bool = "native";
        /// The active count of the swaig call.
        active_count: Json = "active_count";
        /// The address of the swaig call.
        url: String = "url";
        /// The post data of the swaig call.
        post_data: Json = "post_data";
        /// The post response of the swaig call.
        post_response: Json = "post_response";
        /// The delayed post response of the swaig call.
        delayed_post_response: Json = "delayed_post_response";
        /// The MCP address of the swaig call.
        mcp_url: String = "mcp_url";
        /// The MCP tool of the swaig call.
        mcp_tool: String = "mcp_tool";
        /// The MCP response of the swaig call.
        mcp_response: String = "mcp_response";
        /// Whether the swaig call is MCP error.
        mcp_error: bool = "mcp_error";
    }

    /// The debug event `tool_distill`.
    pub struct ToolDistill {
        /// The function of the tool distill.
        function: String = "function";
        /// The raw chars of the tool distill.
        raw_chars: u64 = "raw_chars";
        /// The distilled chars of the tool distill.
        distilled_chars: u64 = "distilled_chars";
        /// The model of the tool distill.
        model: String = "model";
    }

    /// The debug event `error`.
    pub struct Error {
        /// The error of the error.
        error: String = "error";
        /// The error text of the error.
        error_text: String = "errorText";
    }

    /// The debug event `webhook_log`.
    pub struct WebhookLog {
        /// The request address of the webhook log.
        request_url: String = "request_url";
        /// The request payload of the webhook log.
        request_payload: Json = "request_payload";
        /// The webhook response of the webhook log.
        webhook_response: Json = "webhook_response";
    }

    /// The debug event `webhook_fail`.
    pub struct WebhookFail {
        /// The call info of the webhook fail.
        call_info: Json = "call_info";
        /// The error of the webhook fail.
        error: String = "error";
        /// The request address of the webhook fail.
        request_url: String = "request_url";
        /// The attempts of the webhook fail.
        attempts: u64 = "attempts";
        /// The request payload of the webhook fail.
        request_payload: Json = "request_payload";
        /// Whether the webhook fail is parse error.
        parse_error: bool = "parse_error";
        /// The raw response of the webhook fail.
        raw_response: String = "raw_response";
        /// The parsed response of the webhook fail.
        parsed_response: Json = "parsed_response";
        /// Whether the webhook fail is protocol error.
        protocol_error: bool = "protocol_error";
        /// The curl code of the webhook fail.
        curl_code: i64 = "curl_code";
        /// The HTTP code of the webhook fail.
        http_code: u64 = "http_code";
    }

    /// The debug event `step_change`.
    pub struct StepChange {
        /// The from step of the step change.
        from_step: String = "from_step";
        /// The from index of the step change.
        from_index: u64 = "from_index";
        /// The to step of the step change.
        to_step: String = "to_step";
        /// The to index of the step change.
        to_index: u64 = "to_index";
        /// The trigger of the step change.
        trigger: FlowTrigger = "trigger";
    }

    /// The debug event `context_change`.
    pub struct ContextChange {
        /// The to context of the context change.
        to_context: String = "to_context";
        /// The from context of the context change.
        from_context: String = "from_context";
        /// The trigger of the context change.
        trigger: FlowTrigger = "trigger";
        /// Whether the context change is isolated.
        isolated: bool = "isolated";
    }

    /// The debug event `context_switch_data`.
    pub struct ContextSwitchData {
        /// The data root of the context switch data.
        data_root: Json = "data_root";
        /// The info of the context switch data.
        info: Json = "info";
    }
}
