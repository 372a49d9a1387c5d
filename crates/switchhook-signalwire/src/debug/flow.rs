//! Debug events of the flow and of the model.

use switchhook_core::{EpochMicroseconds, Json, Milliseconds};

use crate::{GatherRejectReason, LlmErrorEvent, NormalizeDirection, VoiceErrorEvent};

switchhook_core::json_object! {
    /// The debug event `gather_start`.
    pub struct GatherStart {
        /// The context of the gather start.
        context: String = "context";
        /// The step of the gather start.
        step: String = "step";
        /// The step index of the gather start.
        step_index: u64 = "step_index";
        /// The output key of the gather start.
        output_key: String = "output_key";
        /// The total questions of the gather start.
        total_questions: u64 = "total_questions";
    }

    /// The debug event `gather_question`.
    pub struct GatherQuestion {
        /// The context of the gather question.
        context: String = "context";
        /// The step of the gather question.
        step: String = "step";
        /// The step index of the gather question.
        step_index: u64 = "step_index";
        /// The key of the gather question.
        key: String = "key";
        /// The question index of the gather question.
        question_index: u64 = "question_index";
        /// The question type of the gather question.
        question_type: String = "question_type";
        /// Whether the gather question is requires confirm.
        requires_confirm: bool = "requires_confirm";
    }

    /// The debug event `gather_answer`.
    pub struct GatherAnswer {
        /// The context of the gather answer.
        context: String = "context";
        /// The step of the gather answer.
        step: String = "step";
        /// The step index of the gather answer.
        step_index: u64 = "step_index";
        /// The key of the gather answer.
        key: String = "key";
        /// The question index of the gather answer.
        question_index: u64 = "question_index";
        /// The attempt of the gather answer.
        attempt: u64 = "attempt";
        /// Whether the gather answer is confirmed.
        confirmed: bool = "confirmed";
    }

    /// The debug event `gather_reject`.
    pub struct GatherReject {
        /// The context of the gather reject.
        context: String = "context";
        /// The step of the gather reject.
        step: String = "step";
        /// The step index of the gather reject.
        step_index: u64 = "step_index";
        /// The key of the gather reject.
        key: String = "key";
        /// The question index of the gather reject.
        question_index: u64 = "question_index";
        /// The attempt of the gather reject.
        attempt: u64 = "attempt";
        /// The reason of the gather reject.
        reason: GatherRejectReason = "reason";
    }

    /// The debug event `gather_complete`.
    pub struct GatherComplete {
        /// The context of the gather complete.
        context: String = "context";
        /// The step of the gather complete.
        step: String = "step";
        /// The step index of the gather complete.
        step_index: u64 = "step_index";
        /// The output key of the gather complete.
        output_key: String = "output_key";
        /// The answered of the gather complete.
        answered: u64 = "answered";
        /// The completion action of the gather complete.
        completion_action: String = "completion_action";
    }

    /// The debug event `conversation_add`.
    pub struct ConversationAdd {
        /// The role of the conversation add.
        role: String = "role";
        /// The content of the conversation add.
        content: String = "content";
        /// The lang of the conversation add.
        lang: String = "lang";
        /// The tokens of the conversation add.
        tokens: u64 = "tokens";
        /// The timestamp of the conversation add, in microseconds since 1970; 0 where it has not happened.
        timestamp: EpochMicroseconds = "timestamp";
        /// The tool call id of the conversation add.
        tool_call_id: String = "tool_call_id";
        /// The metadata of the conversation add.
        metadata: Json = "metadata";
    }

    /// The debug event `llm_request`.
    pub struct LlmRequest {
        /// The model of the llm request.
        model: String = "model";
        /// The prompt tokens of the llm request.
        prompt_tokens: u64 = "prompt_tokens";
        /// The conversation tokens of the llm request.
        conversation_tokens: u64 = "conversation_tokens";
    }

    /// The debug event `llm_response`.
    pub struct LlmResponse {
        /// The model of the llm response.
        model: String = "model";
        /// The output tokens of the llm response.
        output_tokens: u64 = "output_tokens";
        /// The duration of the llm response, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the llm response is success.
        success: bool = "success";
        /// The error of the llm response.
        error: String = "error";
    }

    /// The debug event `llm_error`.
    pub struct LlmError {
        /// The event of the llm error.
        event: LlmErrorEvent = "event";
        /// The model of the llm error.
        model: String = "model";
        /// The token count of the llm error.
        token_count: u64 = "token_count";
        /// The limit of the llm error.
        limit: u64 = "limit";
        /// The errors of the llm error.
        errors: u64 = "errors";
        /// The reasoning effort of the llm error.
        reasoning_effort: String = "reasoning_effort";
    }

    /// The debug event `consolidation`.
    pub struct Consolidation {
        /// The event of the consolidation.
        event: String = "event";
        /// The token count of the consolidation.
        token_count: u64 = "token_count";
        /// The limit of the consolidation.
        limit: u64 = "limit";
    }

    /// The debug event `summarize_start`.
    pub struct SummarizeStart {
        /// The mode of the summarize start.
        mode: String = "mode";
        /// The model of the summarize start.
        model: String = "model";
    }

    /// The debug event `post_prompt`.
    pub struct PostPrompt {
        /// The address of the post prompt.
        url: String = "url";
    }

    /// The debug event `text_normalize`.
    pub struct TextNormalize {
        /// The direction of the text normalize.
        direction: NormalizeDirection = "direction";
        /// The language of the text normalize.
        language: String = "language";
        /// The original of the text normalize.
        original: String = "original";
        /// The normalized of the text normalize.
        normalized: String = "normalized";
    }

    /// The debug event `voice_error`.
    pub struct VoiceError {
        /// The event of the voice error.
        event: VoiceErrorEvent = "event";
        /// The engine of the voice error.
        engine: String = "engine";
        /// The voice of the voice error.
        voice: String = "voice";
        /// The fallback engine of the voice error.
        fallback_engine: String = "fallback_engine";
        /// The fallback voice of the voice error.
        fallback_voice: String = "fallback_voice";
    }

    /// The debug event `warning`.
    pub struct Warning {
        /// The event of the warning.
        event: String = "event";
        /// The tokens of the warning.
        tokens: u64 = "tokens";
    }

    /// The debug event `oart_user_transcript`.
    pub struct OartUserTranscript {
        /// The text of the oart user transcript.
        text: String = "text";
    }

    /// The debug event `oart_assistant_transcript`.
    pub struct OartAssistantTranscript {
        /// The text of the oart assistant transcript.
        text: String = "text";
    }

    /// The debug event `oart_response_done`.
    pub struct OartResponseDone {
        /// The latency of the oart response done, in milliseconds.
        latency: Milliseconds = "latency";
        /// The utterance latency of the oart response done, in milliseconds.
        utterance_latency: Milliseconds = "utterance_latency";
        /// The audio latency of the oart response done, in milliseconds.
        audio_latency: Milliseconds = "audio_latency";
        /// The acoustic latency of the oart response done, in milliseconds.
        acoustic_latency: Milliseconds = "acoustic_latency";
        /// The status of the oart response done.
        status: String = "status";
    }

    /// The debug event `inner_dialog`.
    pub struct InnerDialog {
        /// The text of the inner dialog.
        text: String = "text";
    }
}
