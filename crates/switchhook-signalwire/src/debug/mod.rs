//! The debug webhook of the AI: one body, several events, each under its name.

mod flow;
mod session;

use std::borrow::Cow;

use switchhook_core::{Json, JsonOf, JsonRef};

pub use self::{
    flow::{
        Consolidation, ConversationAdd, GatherAnswer, GatherComplete, GatherQuestion, GatherReject,
        GatherStart, InnerDialog, LlmError, LlmRequest, LlmResponse, OartAssistantTranscript,
        OartResponseDone, OartUserTranscript, PostPrompt, SummarizeStart, TextNormalize,
        VoiceError, Warning,
    },
    session::{
        AiCompletion, AttentionTimeout, Barge, ContextChange, ContextSwitchData, Error, Filler,
        FunctionCall, FunctionLoop, HangupHook, Hold, SessionEnd, SessionStart, SpeechDetect,
        StartupHook, StepChange, SwaigCall, ToolDistill, WebhookFail, WebhookLog,
    },
};
use crate::{ConversationType, SignalWireEvent};

switchhook_core::params! { debug {
    /// The call that the model talks in: a UUID.
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
    /// A session of the model began.
    session_start: JsonOf<SessionStart> = "session_start", sample r#"{"model":"model-a","tts_engine":"engine","tts_voice":"voice-1","language":"en-US","rate":8000,"local_vad":false}"#;
    /// A session of the model is over.
    session_end: JsonOf<SessionEnd> = "session_end", sample r#"{"reason":"normal","ended_by":"caller","duration_ms":60211,"input_tokens":1500,"output_tokens":90}"#;
    /// The function `startup_hook` has run, well or not.
    startup_hook: JsonOf<StartupHook> = "startup_hook", sample r#"{"duration_ms":120,"success":true}"#;
    /// The function `hangup_hook` has run, well or not.
    hangup_hook: JsonOf<HangupHook> = "hangup_hook", sample r#"{"duration_ms":88,"success":false,"has_fatal_error":true,"error":"timeout"}"#;
    /// The caller said something.
    speech_detect: JsonOf<SpeechDetect> = "speech_detect", sample r#"{"text":"hola","source":"asr"}"#;
    /// The caller broke in.
    barge: JsonOf<Barge> = "barge", sample r#"{"barge_type":"normal","barge_elapsed_ms":640,"interrupt_count":1}"#;
    /// The model has spoken an answer.
    ai_completion: JsonOf<AiCompletion> = "ai_completion", sample r#"{"type":"barged"}"#;
    /// A phrase was spoken while the model or a function worked.
    filler: JsonOf<Filler> = "filler", sample r#"{"text":"one moment","filler_type":"function"}"#;
    /// The caller said nothing for too long. Null in speech-to-speech sessions.
    attention_timeout: JsonOf<AttentionTimeout> = "attention_timeout", sample "{}";
    /// The model was put on hold or taken off.
    hold: JsonOf<Hold> = "hold", sample r#"{"event":"hold","timeout":300,"loop":true}"#;
    /// A function was called and has answered.
    function_call: JsonOf<FunctionCall> = "function_call", sample r#"{"function":"book","duration_ms":210,"native":false}"#;
    /// A function was called over and over and is stopped.
    function_loop: JsonOf<FunctionLoop> = "function_loop", sample r#"{"function":"book","type":"consecutive","count":3}"#;
    /// A call of a function is done; the same as in the log of the report.
    swaig_call: JsonOf<SwaigCall> = "swaig_call", sample r#"{"command_name":"book","command_arg":"{}","epoch_time":1785312004,"native":true}"#;
    /// An action that a function answered with, as it came.
    process_action: Json = "process_action", sample r#"{"set_global_data":{"a":1}}"#;
    /// The answer of a function was cut short before the model read it.
    tool_distill: JsonOf<ToolDistill> = "tool_distill", sample r#"{"function":"search","raw_chars":9000,"distilled_chars":800,"model":"model-b"}"#;
    /// The definition of a webhook, as it was written. Comes with `input`, and with `output` and
    /// `match`, or `error`.
    webhook: Json = "webhook", sample r#"{"url":"https://example.com/dm"}"#;
    /// The body that the webhook was called with, or what a template was filled in with.
    input: Json = "input", sample r#"{"args":{"q":"x"}}"#;
    /// What the webhook made of it, or the template that fitted. Null where none did.
    output: Json = "output", sample r#"{"response":"ok"}"#;
    /// The entry that fitted. Null where none did. The wire name is `match`.
    matched: Json = "match", sample "{}";
    /// The keys that the webhook names as errors: a list, or null where it names none.
    error_keys: Json = "error_keys", sample "{}";
    /// The definition of a webhook could not be used.
    error: JsonOf<Error> = "error", sample r#"{"error":"no match","errorText":"nothing matched"}"#;
    /// The entry of `expressions`, as it was written. Comes with `input` and `output`.
    expression: Json = "expression", sample r#"{"string":"a","pattern":"b"}"#;
    /// A webhook of a function was called and has answered.
    webhook_log: JsonOf<WebhookLog> = "webhook_log", sample r#"{"request_url":"https://example.com/swaig","webhook_response":{"response":"ok"}}"#;
    /// What a webhook answered in the end: an object, or null where it answered nothing.
    webhook_reply: Json = "webhook_reply", sample "{}";
    /// A webhook of a function gave no useful answer at any try.
    webhook_fail: JsonOf<WebhookFail> = "webhook_fail", sample r#"{"call_info":{"project_id":"6e9f5b46-9c3b-468e-a6e2-9b4a8888245f","space_id":"0f095388-9cd7-4adb-a112-488b1b7b3685","call_id":"b4faa0d5-a764-4dd9-adfa-e95de14fe3b4","content_type":"text/json","content_disposition":"post_data","conversation_type":"voice"},"error":"HTTP error","request_url":"https://example.com/swaig","attempts":2,"http_code":503,"protocol_error":true}"#;
    /// The model went on to another step.
    step_change: JsonOf<StepChange> = "step_change", sample r#"{"from_step":"greet","from_index":0,"to_step":"book","to_index":1,"trigger":"ai_function"}"#;
    /// The model went on to another context.
    context_change: JsonOf<ContextChange> = "context_change", sample r#"{"to_context":"sales","from_context":"default","trigger":"webhook_action","isolated":false}"#;
    /// What the prompt of a new context was filled in with.
    context_switch_data: JsonOf<ContextSwitchData> = "context_switch_data", sample r#"{"data_root":{},"info":{}}"#;
    /// The model starts to ask a set of questions, a gather.
    gather_start: JsonOf<GatherStart> = "gather_start", sample r#"{"context":"default","step":"q","total_questions":2}"#;
    /// The model asks one of the questions of a gather.
    gather_question: JsonOf<GatherQuestion> = "gather_question", sample r#"{"context":"default","key":"name","question_index":0,"requires_confirm":true}"#;
    /// An answer to a question of a gather was taken.
    gather_answer: JsonOf<GatherAnswer> = "gather_answer", sample r#"{"context":"default","key":"name","question_index":0,"attempt":1,"confirmed":true}"#;
    /// An answer to a question of a gather was not taken; it is asked again.
    gather_reject: JsonOf<GatherReject> = "gather_reject", sample r#"{"context":"default","question_index":1,"attempt":1,"reason":"missing_answer"}"#;
    /// All questions of a gather are asked.
    gather_complete: JsonOf<GatherComplete> = "gather_complete", sample r#"{"context":"default","answered":2}"#;
    /// A turn was added to the conversation. From level 2 of the webhook on.
    conversation_add: JsonOf<ConversationAdd> = "conversation_add", sample r#"{"role":"user","content":"hi","timestamp":1785312003000000}"#;
    /// The model is about to be asked. From level 2 of the webhook on.
    llm_request: JsonOf<LlmRequest> = "llm_request", sample r#"{"model":"model-a","prompt_tokens":900,"conversation_tokens":120}"#;
    /// The model has answered. From level 2 of the webhook on.
    llm_response: JsonOf<LlmResponse> = "llm_response", sample r#"{"model":"model-a","output_tokens":22,"duration_ms":640,"success":true}"#;
    /// The model failed, or is asked once more.
    llm_error: JsonOf<LlmError> = "llm_error", sample r#"{"event":"llm_retry","model":"model-a","errors":1}"#;
    /// The conversation grew over its limit and was summarised to make room.
    consolidation: JsonOf<Consolidation> = "consolidation", sample r#"{"event":"start","token_count":4000,"limit":8000}"#;
    /// The report at the end is about to be written.
    summarize_start: JsonOf<SummarizeStart> = "summarize_start", sample r#"{"mode":"auto","model":"model-a"}"#;
    /// The report at the end was posted.
    post_prompt: JsonOf<PostPrompt> = "post_prompt", sample r#"{"url":"https://example.com/post_prompt"}"#;
    /// A text was put from spoken into written words, or back.
    text_normalize: JsonOf<TextNormalize> = "text_normalize", sample r#"{"direction":"tn","language":"en","original":"$5","normalized":"five dollars"}"#;
    /// A voice could not be used, and another one took its place.
    voice_error: JsonOf<VoiceError> = "voice_error", sample r#"{"event":"voice_runtime_error","engine":"a","voice":"b","fallback_engine":"c","fallback_voice":"d"}"#;
    /// Something in the configuration is likely to make trouble.
    warning: JsonOf<Warning> = "warning", sample r#"{"event":"token_limit","tokens":7000}"#;
    /// What the caller said was written down. Only in speech-to-speech sessions.
    oart_user_transcript: JsonOf<OartUserTranscript> = "oart_user_transcript", sample r#"{"text":"hello"}"#;
    /// What the model said was written down. Only in speech-to-speech sessions.
    oart_assistant_transcript: JsonOf<OartAssistantTranscript> = "oart_assistant_transcript", sample r#"{"text":"hi"}"#;
    /// An answer is done, with its times. Only in speech-to-speech sessions.
    oart_response_done: JsonOf<OartResponseDone> = "oart_response_done", sample r#"{"latency":500,"utterance_latency":510,"audio_latency":620,"acoustic_latency":700}"#;
    /// What the model thinks to itself. Only in speech-to-speech sessions.
    inner_dialog: JsonOf<InnerDialog> = "inner_dialog", sample r#"{"text":"caller wants a refund"}"#;
} }

switchhook_core::json_events! {
    params debug;
    family SignalWireEvent;
    account "call_info.project_id";

    /// The debug webhook of the AI. One body may hold several events, each under its name.
    AiDebug = "ai.debug", group "ai" {
        subject call_id;
        documented;
        also project_id, space_id, content_type, content_disposition, conversation_type,
            session_start, session_end, startup_hook, hangup_hook, speech_detect, barge,
            ai_completion, filler, attention_timeout, hold, function_call, function_loop,
            swaig_call, process_action, tool_distill, webhook, input, output, matched,
            error_keys, error, expression, webhook_log, webhook_reply, webhook_fail,
            step_change, context_change, context_switch_data, gather_start, gather_question,
            gather_answer, gather_reject, gather_complete, conversation_add, llm_request,
            llm_response, llm_error, consolidation, summarize_start, post_prompt,
            text_normalize, voice_error, warning, oart_user_transcript,
            oart_assistant_transcript, oart_response_done, inner_dialog;
        key ();
        order ();
    }
}

impl AiDebug {
    /// The events in the body in their order, known or not: the name and the value of each.
    pub fn events(&self) -> impl Iterator<Item = (Cow<'_, str>, JsonRef<'_>)> {
        self.json().as_ref().members().filter(|(name, _)| name != "call_info")
    }
}
