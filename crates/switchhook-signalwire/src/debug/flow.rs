//! Debug events of the flow and of the model.

use switchhook_core::{EpochMicroseconds, Json, Milliseconds};

use crate::{GatherRejectReason, LlmErrorEvent, NormalizeDirection, VoiceErrorEvent};

switchhook_core::json_object! {
    /// `gather_start`: the model starts to ask a set of questions, a gather.
    pub struct GatherStart {
        /// In which context the model asks; `default` where there are none.
        context: String = "context";
        /// At which step the model asks. Absent where the context has no steps.
        step: String = "step";
        /// The place of that step in the context. Absent where the context has no steps.
        step_index: u64 = "step_index";
        /// Under which key the answers are kept. Absent where none was set.
        output_key: String = "output_key";
        /// How many questions there are to ask.
        total_questions: u64 = "total_questions";
    }

    /// `gather_question`: the model asks one of the questions of a gather.
    pub struct GatherQuestion {
        /// In which context the model asks; `default` where there are none.
        context: String = "context";
        /// At which step the model asks. Absent where the context has no steps.
        step: String = "step";
        /// The place of that step in the context. Absent where the context has no steps.
        step_index: u64 = "step_index";
        /// Under which key the answer will be kept. Absent where none was set.
        key: String = "key";
        /// Which of the questions it is, from 0.
        question_index: u64 = "question_index";
        /// What kind of answer is wanted, such as `string`. Absent where it was not set.
        question_type: String = "question_type";
        /// Whether the answer has to be confirmed.
        requires_confirm: bool = "requires_confirm";
    }

    /// `gather_answer`: an answer to a question of a gather was taken.
    pub struct GatherAnswer {
        /// In which context the model asked; `default` where there are none.
        context: String = "context";
        /// At which step the model asked. Absent where the context has no steps.
        step: String = "step";
        /// The place of that step in the context. Absent where the context has no steps.
        step_index: u64 = "step_index";
        /// Under which key the answer is kept. Absent where none was set.
        key: String = "key";
        /// Which of the questions was answered, from 0.
        question_index: u64 = "question_index";
        /// At which attempt it was answered, from 0.
        attempt: u64 = "attempt";
        /// Whether the caller had to confirm the answer before it was taken.
        confirmed: bool = "confirmed";
    }

    /// `gather_reject`: an answer to a question of a gather was not taken; it is asked again.
    pub struct GatherReject {
        /// In which context the model asked; `default` where there are none.
        context: String = "context";
        /// At which step the model asked. Absent where the context has no steps.
        step: String = "step";
        /// The place of that step in the context. Absent where the context has no steps.
        step_index: u64 = "step_index";
        /// Under which key the answer would be kept. Absent where none was set.
        key: String = "key";
        /// Which of the questions it was, from 0.
        question_index: u64 = "question_index";
        /// Which attempt was not taken, from 0.
        attempt: u64 = "attempt";
        /// Why the answer was not taken.
        reason: GatherRejectReason = "reason";
    }

    /// `gather_complete`: all questions of a gather are asked.
    pub struct GatherComplete {
        /// In which context the model asked; `default` where there are none.
        context: String = "context";
        /// At which step the model asked. Absent where the context has no steps.
        step: String = "step";
        /// The place of that step in the context. Absent where the context has no steps.
        step_index: u64 = "step_index";
        /// Under which key the answers are kept. Absent where none was set.
        output_key: String = "output_key";
        /// How many questions were answered.
        answered: u64 = "answered";
        /// What follows, such as `next_step`. Absent where nothing noted it.
        completion_action: String = "completion_action";
    }

    /// `conversation_add`: a turn was added to the conversation. From level 2 of the debug webhook
    /// on.
    pub struct ConversationAdd {
        /// Whose turn it is: `system`, `user`, `assistant`, `tool`.
        role: String = "role";
        /// What was said. Made unreadable with `redact_prompt`.
        content: String = "content";
        /// The language of the turn, such as `en-US`. Absent on tools.
        lang: String = "lang";
        /// How many tokens the turn has. Absent on tools.
        tokens: u64 = "tokens";
        /// When it was added, in microseconds since 1970.
        timestamp: EpochMicroseconds = "timestamp";
        /// Which call of a tool this is the result of. Only on the turns of tools.
        tool_call_id: String = "tool_call_id";
        /// More about the turn, such as how sure the recogniser was: an object. Absent where there
        /// is nothing.
        metadata: Json = "metadata";
    }

    /// `llm_request`: the model is about to be asked. From level 2 of the debug webhook on.
    pub struct LlmRequest {
        /// Which model is asked.
        model: String = "model";
        /// How many tokens the prompt has.
        prompt_tokens: u64 = "prompt_tokens";
        /// How many tokens the conversation has so far.
        conversation_tokens: u64 = "conversation_tokens";
    }

    /// `llm_response`: the model has answered. From level 2 of the debug webhook on.
    pub struct LlmResponse {
        /// Which model was asked.
        model: String = "model";
        /// How many tokens the answer has.
        output_tokens: u64 = "output_tokens";
        /// How long the answer took, in milliseconds.
        duration_ms: Milliseconds = "duration_ms";
        /// Whether the model answered anything.
        success: bool = "success";
        /// Why it did not. Sent only where it failed.
        error: String = "error";
    }

    /// `llm_error`: the model failed, or is asked once more.
    pub struct LlmError {
        /// What went wrong, or what is tried against it.
        event: LlmErrorEvent = "event";
        /// Which model was asked. Absent with `token_exhaustion`.
        model: String = "model";
        /// How many tokens the conversation has. Only with `token_exhaustion`.
        token_count: u64 = "token_count";
        /// How many tokens it may have. Only with `token_exhaustion`.
        limit: u64 = "limit";
        /// How many failures there were so far. Only with `llm_max_retries`.
        errors: u64 = "errors";
        /// With how much effort the model thinks at the next try, such as `high`. Only with
        /// `empty_response_effort_bump_retry`.
        reasoning_effort: String = "reasoning_effort";
    }

    /// `consolidation`: the conversation grew over its limit and was summarised to make room.
    pub struct Consolidation {
        /// What happened: `consolidation`.
        event: String = "event";
        /// How many tokens the conversation had.
        token_count: u64 = "token_count";
        /// How many tokens it may have.
        limit: u64 = "limit";
    }

    /// `summarize_start`: the report at the end is about to be written.
    pub struct SummarizeStart {
        /// How the report is written, such as `function`.
        mode: String = "mode";
        /// Which model writes it; `default` where none was set.
        model: String = "model";
    }

    /// `post_prompt`: the report at the end was posted.
    pub struct PostPrompt {
        /// Where the report was posted to. May hold a secret token.
        url: String = "url";
    }

    /// `text_normalize`: a text was put from spoken into written words, or back.
    pub struct TextNormalize {
        /// Whether for speaking or for reading.
        direction: NormalizeDirection = "direction";
        /// In which language, such as `en`.
        language: String = "language";
        /// What the text was before.
        original: String = "original";
        /// What the text is now.
        normalized: String = "normalized";
    }

    /// `voice_error`: a voice could not be used, and another one took its place.
    pub struct VoiceError {
        /// Whether the voice was wrong from the start or failed in the call.
        event: VoiceErrorEvent = "event";
        /// Which engine of text to speech failed.
        engine: String = "engine";
        /// Which voice of that engine failed.
        voice: String = "voice";
        /// Which engine speaks instead.
        fallback_engine: String = "fallback_engine";
        /// Which voice of that engine speaks instead.
        fallback_voice: String = "fallback_voice";
    }

    /// `warning`: something in the configuration is likely to make trouble.
    pub struct Warning {
        /// What the warning is about, such as `excessive_prompt_tokens`.
        event: String = "event";
        /// How many tokens the prompt has that led to it.
        tokens: u64 = "tokens";
    }

    /// `oart_user_transcript`: what the caller said was written down. Only in speech-to-speech
    /// sessions.
    pub struct OartUserTranscript {
        /// What the caller said.
        text: String = "text";
    }

    /// `oart_assistant_transcript`: what the model said was written down. Only in speech-to-speech
    /// sessions.
    pub struct OartAssistantTranscript {
        /// What the model said.
        text: String = "text";
    }

    /// `oart_response_done`: an answer is done, with its times. Only in speech-to-speech sessions.
    pub struct OartResponseDone {
        /// From the end of the caller's turn to the start of the answer, in milliseconds.
        latency: Milliseconds = "latency";
        /// Until the first word of the answer, in milliseconds.
        utterance_latency: Milliseconds = "utterance_latency";
        /// Until the first audio of the answer, in milliseconds.
        audio_latency: Milliseconds = "audio_latency";
        /// Until the first sound leaves the platform, in milliseconds.
        acoustic_latency: Milliseconds = "acoustic_latency";
        /// How the answer ended, such as `completed`. Absent where nothing noted it.
        status: String = "status";
    }

    /// `inner_dialog`: what the model thinks to itself, with `enable_inner_dialog`. Only in
    /// speech-to-speech sessions.
    pub struct InnerDialog {
        /// What the model thinks. The caller does not hear it.
        text: String = "text";
    }
}
