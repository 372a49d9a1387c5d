//! Debug events of the flow and of the model.

use switchhook_core::{EpochMicroseconds, Json, Milliseconds};

use crate::{GatherRejectReason, LlmErrorEvent, NormalizeDirection, VoiceErrorEvent};

switchhook_core::json_object! {
    /// The debug event `gather_start`.
    pub struct GatherStart {
        /// The context.
        context: String = "context";
        /// The step.
        step: String = "step";
        /// The step index.
        step_index: u64 = "step_index";
        /// The output key.
        output_key: String = "output_key";
        /// The total questions.
        total_questions: u64 = "total_questions";
    }

    /// The debug event `gather_question`.
    pub struct GatherQuestion {
        /// The context.
        context: String = "context";
        /// The step.
        step: String = "step";
        /// The step index.
        step_index: u64 = "step_index";
        /// The key.
        key: String = "key";
        /// The question index.
        question_index: u64 = "question_index";
        /// The question type.
        question_type: String = "question_type";
        /// Whether the answer has to be confirmed.
        requires_confirm: bool = "requires_confirm";
    }

    /// The debug event `gather_answer`.
    pub struct GatherAnswer {
        /// The context.
        context: String = "context";
        /// The step.
        step: String = "step";
        /// The step index.
        step_index: u64 = "step_index";
        /// The key.
        key: String = "key";
        /// The question index.
        question_index: u64 = "question_index";
        /// The attempt.
        attempt: u64 = "attempt";
        /// Whether the answer was confirmed.
        confirmed: bool = "confirmed";
    }

    /// The debug event `gather_reject`.
    pub struct GatherReject {
        /// The context.
        context: String = "context";
        /// The step.
        step: String = "step";
        /// The step index.
        step_index: u64 = "step_index";
        /// The key.
        key: String = "key";
        /// The question index.
        question_index: u64 = "question_index";
        /// The attempt.
        attempt: u64 = "attempt";
        /// The reason.
        reason: GatherRejectReason = "reason";
    }

    /// The debug event `gather_complete`.
    pub struct GatherComplete {
        /// The context.
        context: String = "context";
        /// The step.
        step: String = "step";
        /// The step index.
        step_index: u64 = "step_index";
        /// The output key.
        output_key: String = "output_key";
        /// The answered.
        answered: u64 = "answered";
        /// The completion action.
        completion_action: String = "completion_action";
    }

    /// The debug event `conversation_add`.
    pub struct ConversationAdd {
        /// The role.
        role: String = "role";
        /// The content.
        content: String = "content";
        /// The lang.
        lang: String = "lang";
        /// The tokens.
        tokens: u64 = "tokens";
        /// The timestamp, in microseconds since 1970; 0 where it has not happened.
        timestamp: EpochMicroseconds = "timestamp";
        /// The tool call id.
        tool_call_id: String = "tool_call_id";
        /// The metadata.
        metadata: Json = "metadata";
    }

    /// The debug event `llm_request`.
    pub struct LlmRequest {
        /// The model.
        model: String = "model";
        /// The prompt tokens.
        prompt_tokens: u64 = "prompt_tokens";
        /// The conversation tokens.
        conversation_tokens: u64 = "conversation_tokens";
    }

    /// The debug event `llm_response`.
    pub struct LlmResponse {
        /// The model.
        model: String = "model";
        /// The output tokens.
        output_tokens: u64 = "output_tokens";
        /// How long it took, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether it went well.
        success: bool = "success";
        /// The error.
        error: String = "error";
    }

    /// The debug event `llm_error`.
    pub struct LlmError {
        /// The event.
        event: LlmErrorEvent = "event";
        /// The model.
        model: String = "model";
        /// The token count.
        token_count: u64 = "token_count";
        /// The limit.
        limit: u64 = "limit";
        /// The errors.
        errors: u64 = "errors";
        /// The reasoning effort.
        reasoning_effort: String = "reasoning_effort";
    }

    /// The debug event `consolidation`.
    pub struct Consolidation {
        /// The event.
        event: String = "event";
        /// The token count.
        token_count: u64 = "token_count";
        /// The limit.
        limit: u64 = "limit";
    }

    /// The debug event `summarize_start`.
    pub struct SummarizeStart {
        /// The mode.
        mode: String = "mode";
        /// The model.
        model: String = "model";
    }

    /// The debug event `post_prompt`.
    pub struct PostPrompt {
        /// The address.
        url: String = "url";
    }

    /// The debug event `text_normalize`.
    pub struct TextNormalize {
        /// The direction.
        direction: NormalizeDirection = "direction";
        /// The language.
        language: String = "language";
        /// The original.
        original: String = "original";
        /// The normalized.
        normalized: String = "normalized";
    }

    /// The debug event `voice_error`.
    pub struct VoiceError {
        /// The event.
        event: VoiceErrorEvent = "event";
        /// The engine.
        engine: String = "engine";
        /// The voice.
        voice: String = "voice";
        /// The fallback engine.
        fallback_engine: String = "fallback_engine";
        /// The fallback voice.
        fallback_voice: String = "fallback_voice";
    }

    /// The debug event `warning`.
    pub struct Warning {
        /// The event.
        event: String = "event";
        /// The tokens.
        tokens: u64 = "tokens";
    }

    /// The debug event `oart_user_transcript`.
    pub struct OartUserTranscript {
        /// The text.
        text: String = "text";
    }

    /// The debug event `oart_assistant_transcript`.
    pub struct OartAssistantTranscript {
        /// The text.
        text: String = "text";
    }

    /// The debug event `oart_response_done`.
    pub struct OartResponseDone {
        /// The latency, in milliseconds.
        latency: Milliseconds = "latency";
        /// The utterance latency, in milliseconds.
        utterance_latency: Milliseconds = "utterance_latency";
        /// The audio latency, in milliseconds.
        audio_latency: Milliseconds = "audio_latency";
        /// The acoustic latency, in milliseconds.
        acoustic_latency: Milliseconds = "acoustic_latency";
        /// The status.
        status: String = "status";
    }

    /// The debug event `inner_dialog`.
    pub struct InnerDialog {
        /// The text.
        text: String = "text";
    }
}
