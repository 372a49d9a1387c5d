//! Debug events of the session: speech, functions, webhooks.

use switchhook_core::{EpochSeconds, Json, Milliseconds, Seconds};

use crate::{
    BargeType, CompletionType, FillerType, FlowTrigger, HoldEvent, LoopType, SessionEndReason,
};

switchhook_core::json_object! {
    /// `session_start`: a session of the model began. A speech-to-speech session has a `mode` and
    /// no voice.
    pub struct SessionStart {
        /// Which model talks; `unknown` where a speech-to-speech session has none set.
        model: String = "model";
        /// Which engine speaks. Absent in speech-to-speech sessions.
        tts_engine: String = "tts_engine";
        /// Which voice of that engine speaks. Absent in speech-to-speech sessions.
        tts_voice: String = "tts_voice";
        /// In which language the session starts, such as `en-US`. Absent in speech-to-speech
        /// sessions.
        language: String = "language";
        /// `oart` in a speech-to-speech session; absent in others.
        mode: String = "mode";
        /// The sample rate of the audio, in hertz. Only in speech-to-speech sessions.
        rate: u64 = "rate";
        /// How the audio is encoded, such as `pcm16`. Only in speech-to-speech sessions.
        audio_format: String = "audio_format";
        /// Which other model calls the functions. Speech-to-speech sessions alone, where one was
        /// set.
        tool_model: String = "tool_model";
        /// Whether speech is detected by the platform and not by the model; sent only where it is.
        local_vad: bool = "local_vad";
    }

    /// `session_end`: a session of the model is over.
    pub struct SessionEnd {
        /// Why the session is over.
        reason: SessionEndReason = "reason";
        /// Who ended the call; `system` where nothing noted it. Absent in speech-to-speech
        /// sessions.
        ended_by: String = "ended_by";
        /// Which error ended it, in words. Sent where one did.
        fatal_error_reason: String = "fatal_error_reason";
        /// How long the session was, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// How many tokens the model was given.
        input_tokens: u64 = "input_tokens";
        /// How many tokens the model wrote.
        output_tokens: u64 = "output_tokens";
    }

    /// `startup_hook`: the function of this name has run, well or not.
    pub struct StartupHook {
        /// How long the function ran, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the function ran well.
        success: bool = "success";
        /// Why it did not. Sent only where it failed.
        error: String = "error";
    }

    /// `hangup_hook`: the function of this name has run, well or not.
    pub struct HangupHook {
        /// How long the function ran, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the function ran well.
        success: bool = "success";
        /// Whether the conversation had failed for good. Sent only where the function ran well.
        has_fatal_error: bool = "has_fatal_error";
        /// Why the function failed. Sent only where it did.
        error: String = "error";
    }

    /// `speech_detect`: the caller said something. Not sent with `redact_prompt`.
    pub struct SpeechDetect {
        /// What the caller said.
        text: String = "text";
        /// Which recogniser heard it, such as `final`.
        source: String = "source";
    }

    /// `barge`: the caller broke in. A speech-to-speech session has other fields than the rest.
    pub struct Barge {
        /// Whether the model keeps what it has said so far.
        barge_type: BargeType = "barge_type";
        /// How far the answer was when the caller broke in, in milliseconds.
        barge_elapsed_ms: Milliseconds = "barge_elapsed_ms";
        /// How often the caller has broken in so far.
        interrupt_count: u64 = "interrupt_count";
        /// How much of the answer was heard, in milliseconds. Only in speech-to-speech sessions.
        audio_played_ms: Milliseconds = "audio_played_ms";
        /// How often the caller has broken in so far. Only in speech-to-speech sessions.
        barge_count: u64 = "barge_count";
    }

    /// `ai_completion`: the model has spoken an answer.
    pub struct AiCompletion {
        /// Whether the caller heard the answer to its end. The wire name is `type`.
        kind: CompletionType = "type";
    }

    /// `filler`: a phrase was spoken while the model or a function worked.
    pub struct Filler {
        /// What was spoken.
        text: String = "text";
        /// What the caller is waiting for.
        filler_type: FillerType = "filler_type";
    }

    /// `attention_timeout`: the caller said nothing for too long.
    pub struct AttentionTimeout {
        /// How long the caller may say nothing, in milliseconds.
        timeout_ms: Milliseconds = "timeout_ms";
    }

    /// `hold`: the model was put on hold or taken off.
    pub struct Hold {
        /// Whether put on hold or taken off.
        event: HoldEvent = "event";
        /// How long the hold lasts at most, in seconds. Absent with `unhold`.
        timeout: Seconds = "timeout";
        /// Whether the hold repeats. Absent with `unhold`. The wire name is `loop`.
        repeats: bool = "loop";
    }

    /// `function_call`: a function was called and has answered.
    pub struct FunctionCall {
        /// Which function was called.
        function: String = "function";
        /// How long it took, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the function is one of the platform itself. Absent on shadow calls.
        native: bool = "native";
        /// Whether the model called it while it went on talking; sent only where so, in
        /// speech-to-speech sessions.
        shadow: bool = "shadow";
        /// When in the session it was called, such as `post_prompt`; sent only while the report is
        /// written.
        phase: String = "phase";
    }

    /// `function_loop`: a function was called over and over and is stopped.
    pub struct FunctionLoop {
        /// Which function it was.
        function: String = "function";
        /// What was too much: calls in a row, or calls with the same arguments. The wire name is
        /// `type`.
        kind: LoopType = "type";
        /// How many calls there were.
        count: u64 = "count";
    }

    /// `swaig_call`: a call of a function is done; the same as in the log of the report.
    pub struct SwaigCall {
        /// Which function was called.
        command_name: String = "command_name";
        /// What it was called with, as the text that the model wrote.
        command_arg: String = "command_arg";
        /// When it was called, in seconds since 1970.
        epoch_time: EpochSeconds = "epoch_time";
        /// Whether the function is one of the platform itself; sent only where it is.
        native: bool = "native";
        /// How often the function may still be called: a number, or `endless`. Sent where it was
        /// limited.
        active_count: Json = "active_count";
        /// Where the function was called. Sent where it was asked over HTTP.
        url: String = "url";
        /// The body that was sent there.
        post_data: Json = "post_data";
        /// The body that came back. Absent where none did.
        post_response: Json = "post_response";
        /// The body that came back after the model had gone on. Sent only where that happened.
        delayed_post_response: Json = "delayed_post_response";
        /// The MCP server that was asked. This and the next ones come only with its tools.
        mcp_url: String = "mcp_url";
        /// What the tool is called on that server.
        mcp_tool: String = "mcp_tool";
        /// What the server answered.
        mcp_response: String = "mcp_response";
        /// Whether the call to the server failed; sent only where it did.
        mcp_error: bool = "mcp_error";
    }

    /// `tool_distill`: the answer of a function was cut short before the model read it.
    pub struct ToolDistill {
        /// Whose answer was cut short.
        function: String = "function";
        /// How long the answer was, in characters.
        raw_chars: u64 = "raw_chars";
        /// How long it is now, in characters.
        distilled_chars: u64 = "distilled_chars";
        /// Which model cut it short; `default` where none was set.
        model: String = "model";
    }

    /// `error`: a webhook definition could not be used.
    pub struct Error {
        /// What went wrong, such as `ai: webhook error`.
        error: String = "error";
        /// What the definition lacks, in words.
        error_text: String = "errorText";
    }

    /// `webhook_log`: a webhook of a function was called and has answered.
    pub struct WebhookLog {
        /// Where the webhook was called, its variables filled in.
        request_url: String = "request_url";
        /// The body that was sent. Absent where there was none.
        request_payload: Json = "request_payload";
        /// What came back, with its `http_code` and flags such as `parse_error`.
        webhook_response: Json = "webhook_response";
    }

    /// `webhook_fail`: a webhook of a function gave no useful answer at any try. More members than
    /// these may come.
    pub struct WebhookFail {
        /// The call: the same members as `call_info` of the whole body.
        call_info: Json = "call_info";
        /// What went wrong: `webhook error`.
        error: String = "error";
        /// Where the webhook was called.
        request_url: String = "request_url";
        /// How often it was called, the first time included.
        attempts: u64 = "attempts";
        /// The body that was sent, where there was one.
        request_payload: Json = "request_payload";
        /// Whether the answer was no JSON; sent only where so.
        parse_error: bool = "parse_error";
        /// The answer as it came. Only with `parse_error`.
        raw_response: String = "raw_response";
        /// The answer as JSON. Absent with `parse_error`.
        parsed_response: Json = "parsed_response";
        /// Whether no answer came at all; sent only where so.
        protocol_error: bool = "protocol_error";
        /// What went wrong on the way, as curl counts it: 28 is a time-out. Only with
        /// `protocol_error`.
        curl_code: i64 = "curl_code";
        /// The status of the answer; 0 where none came.
        http_code: u64 = "http_code";
    }

    /// `step_change`: the model went on to another step.
    pub struct StepChange {
        /// Which step it was at. Absent at the first.
        from_step: String = "from_step";
        /// The place of that step in the context.
        from_index: u64 = "from_index";
        /// Which step it is at now.
        to_step: String = "to_step";
        /// The place of that step in the context.
        to_index: u64 = "to_index";
        /// What led to it.
        trigger: FlowTrigger = "trigger";
    }

    /// `context_change`: the model went on to another context.
    pub struct ContextChange {
        /// Which context it is in now.
        to_context: String = "to_context";
        /// Which context it was in. Absent at the first.
        from_context: String = "from_context";
        /// What led to it.
        trigger: FlowTrigger = "trigger";
        /// Whether the new context sees nothing of the old one.
        isolated: bool = "isolated";
    }

    /// `context_switch_data`: what the prompt of a new context was filled in with.
    pub struct ContextSwitchData {
        /// The variables that the prompt may use: an object.
        data_root: Json = "data_root";
        /// The context as it was written in the script: an object.
        info: Json = "info";
    }
}
