//! Settings of the agent.

use super::{FlagOrNames, FlagOrNumber, Message};
use crate::{
    CallDirection, FlagOrText, List, Milliseconds, Model, NumberFormat, PomFormat, SummaryMode,
    TextNormalization, Value,
    grammar::{Form, Kind},
};

crate::table::objects! {
    /// Settings of the agent. Others go in by [`field`](Self::field).
    Params of ["AIParams"] [open(Kind::Any)]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Whether the agent says that it was interrupted.
        acknowledge_interruptions: FlagOrNumber = "acknowledge_interruptions";
        /// Model; `gpt-4o-mini` by default.
        ai_model: Model = "ai_model";
        /// Name that the agent answers to.
        ai_name: String = "ai_name";
        /// Volume of the voice, -50 to 50.
        ai_volume: Value<i64> = "ai_volume" [min(-50.0) max(50.0)];
        /// Name of the application.
        app_name: String = "app_name";
        /// Whether the recogniser formats numbers and dates.
        asr_smart_format: Value<bool> = "asr_smart_format";
        /// Silence after which the agent asks whether somebody is there; 0 for never.
        attention_timeout: Value<Milliseconds> = "attention_timeout" [min(10000.0) max(600_000.0) or_zero()];
        /// Instruction for that question.
        attention_timeout_prompt: String = "attention_timeout_prompt";
        /// Whether speakers are told apart.
        asr_diarize: Value<bool> = "asr_diarize";
        /// Whether the agent listens to the first speaker alone.
        asr_speaker_affinity: Value<bool> = "asr_speaker_affinity";
        /// Whether debugging is spoken.
        audible_debug: Value<bool> = "audible_debug";
        /// Whether delays are spoken.
        audible_latency: Value<bool> = "audible_latency";
        /// URL of what is heard in the background.
        background_file: String = "background_file";
        /// How often that is played; `null` for ever.
        background_file_loops: Value<Option<i64>> = "background_file_loops";
        /// Volume of the background, -50 to 50.
        background_file_volume: Value<i64> = "background_file_volume" [min(-50.0) max(50.0)];
        /// What interrupts the agent: `complete`, `partial`, `all`, several joined by commas,
        /// or a flag.
        enable_barge: FlagOrText = "enable_barge";
        /// Whether a second model thinks along.
        enable_inner_dialog: Value<bool> = "enable_inner_dialog";
        /// Whether the agent can be paused.
        enable_pause: Value<bool> = "enable_pause";
        /// Whether the end of a turn is detected; true by default.
        enable_turn_detection: Value<bool> = "enable_turn_detection";
        /// Words that alone interrupt.
        barge_match_string: String = "barge_match_string";
        /// Number of words that interrupts.
        barge_min_words: Value<i64> = "barge_min_words" [min(1.0) max(99.0)];
        /// Whether functions can be interrupted; true by default.
        barge_functions: Value<bool> = "barge_functions";
        /// Whether answers are cached.
        cache_mode: Value<bool> = "cache_mode";
        /// Instruction that keeps the agent to its prompt.
        conscience: String = "conscience";
        /// What was said before.
        convo: List<Message> = "convo";
        /// Id under which a conversation is kept.
        conversation_id: String = "conversation_id";
        /// Number of turns that the model sees.
        conversation_sliding_window: Value<i64> = "conversation_sliding_window";
        /// How much `debug_webhook_url` gets, 0 to 2.
        debug_webhook_level: Value<i64> = "debug_webhook_level" [min(0.0) max(2.0)];
        /// URL that gets debugging events.
        debug_webhook_url: String = "debug_webhook_url";
        /// Whether, or how much, is logged.
        debug: FlagOrNumber = "debug";
        /// Direction that the agent takes the call for.
        direction: Value<CallDirection> = "direction";
        /// Digits that end input.
        digit_terminators: String = "digit_terminators";
        /// Longest pause between digits.
        digit_timeout: Value<Milliseconds> = "digit_timeout" [min(0.0) max(30000.0)];
        /// Silence that ends an utterance.
        end_of_speech_timeout: Value<Milliseconds> = "end_of_speech_timeout" [min(250.0) max(10000.0)];
        /// Whether use is counted.
        enable_accounting: Value<bool> = "enable_accounting";
        /// Whether the model may think before it answers.
        enable_thinking: Value<bool> = "enable_thinking";
        /// Which texts are normalised.
        enable_text_normalization: Value<TextNormalization> = "enable_text_normalization";
        /// Whether recognition errors are corrected.
        auto_correct: Value<bool> = "auto_correct";
        /// Instruction for what is left out of logs.
        redact_prompt: String = "redact_prompt";
        /// Whether the agent sees the video.
        enable_vision: Value<bool> = "enable_vision";
        /// Loudness that counts as speech, 0 to 100.
        energy_level: Value<f64> = "energy_level" [min(0.0) max(100.0)];
        /// Longest wait for the first word.
        first_word_timeout: Value<Milliseconds> = "first_word_timeout" [min(0.0) max(10000.0)];
        /// Whether functions wait until the agent has spoken.
        function_wait_for_talking: Value<bool> = "function_wait_for_talking";
        /// Whether functions may run when nobody answers.
        functions_on_no_response: Value<bool> = "functions_on_no_response";
        /// Instruction for the end at `hard_stop_time`.
        hard_stop_prompt: String = "hard_stop_prompt";
        /// Longest session, like `1h45m30s`.
        hard_stop_time: String = "hard_stop_time" [form(Form::Span)];
        /// URL of the music on hold.
        hold_music: String = "hold_music";
        /// Whether the caller is on hold while functions run.
        hold_on_process: Value<bool> = "hold_on_process";
        /// Silence that ends the session.
        inactivity_timeout: Value<Milliseconds> = "inactivity_timeout" [min(10000.0) max(3_600_000.0)];
        /// Model that thinks along.
        inner_dialog_model: Model = "inner_dialog_model";
        /// Instruction to it.
        inner_dialog_prompt: String = "inner_dialog_prompt";
        /// Whether the agent waits for it.
        inner_dialog_synced: Value<bool> = "inner_dialog_synced";
        /// Pause before the agent speaks first.
        initial_sleep_ms: Value<Milliseconds> = "initial_sleep_ms" [min(0.0) max(300_000.0)];
        /// How often input is looked for.
        input_poll_freq: Value<Milliseconds> = "input_poll_freq" [min(1000.0) max(10000.0)];
        /// Whether noise interrupts.
        interrupt_on_noise: FlagOrNumber = "interrupt_on_noise";
        /// Instruction for when the agent was interrupted.
        interrupt_prompt: String = "interrupt_prompt";
        /// Has no effect any more.
        languages_enabled: Value<bool> = "languages_enabled";
        /// Time zone; `US/Central` by default.
        local_tz: String = "local_tz";
        /// Whether the model knows who speaks.
        llm_diarize_aware: Value<bool> = "llm_diarize_aware";
        /// Strength of emotion, 1 to 30.
        max_emotion: Value<i64> = "max_emotion" [min(1.0) max(30.0)];
        /// Longest answer, in tokens.
        max_response_tokens: Value<i64> = "max_response_tokens" [min(1.0) max(16384.0)];
        /// Engine that recognises speech.
        openai_asr_engine: String = "openai_asr_engine";
        /// The same as `attention_timeout`, for outbound calls.
        outbound_attention_timeout: Value<Milliseconds> = "outbound_attention_timeout" [min(10000.0) max(600_000.0)];
        /// Whether global data outlives the session; true by default.
        persist_global_data: Value<bool> = "persist_global_data";
        /// Form in which sections reach the model.
        pom_format: PomFormat = "pom_format";
        /// Whether the conversation is kept; needs `post_prompt_url` and `conversation_id`.
        save_conversation: Value<bool> = "save_conversation";
        /// Silence that ends a speech event.
        speech_event_timeout: Value<Milliseconds> = "speech_event_timeout" [min(0.0) max(10000.0)];
        /// Number of quick stops of the speech generator.
        speech_gen_quick_stops: Value<i64> = "speech_gen_quick_stops" [min(0.0) max(10.0)];
        /// Longest utterance.
        speech_timeout: Value<Milliseconds> = "speech_timeout" [min(0.0) max(600_000.0)];
        /// Whether the agent speaks only when spoken to.
        speak_when_spoken_to: Value<bool> = "speak_when_spoken_to";
        /// Whether the agent starts paused.
        start_paused: Value<bool> = "start_paused";
        /// What the agent says first, word by word.
        static_greeting: String = "static_greeting";
        /// Whether the greeting cannot be interrupted.
        static_greeting_no_barge: Value<bool> = "static_greeting_no_barge";
        /// What the report has of the summary.
        summary_mode: Value<SummaryMode> = "summary_mode";
        /// Whether functions may change settings; true by default.
        swaig_allow_settings: Value<bool> = "swaig_allow_settings";
        /// Whether functions may run documents; true by default.
        swaig_allow_swml: Value<bool> = "swaig_allow_swml";
        /// Whether functions get the conversation.
        swaig_post_conversation: Value<bool> = "swaig_post_conversation";
        /// Whether functions may set global data; true by default.
        swaig_set_global_data: Value<bool> = "swaig_set_global_data";
        /// Whether functions get variables, or which.
        swaig_post_swml_vars: FlagOrNames = "swaig_post_swml_vars";
        /// Model that thinks.
        thinking_model: Model = "thinking_model";
        /// Model for side work.
        utility_model: Model = "utility_model";
        /// Whether what interrupted is joined to what was said before; true by default.
        transparent_barge: Value<bool> = "transparent_barge";
        /// How long that holds.
        transparent_barge_max_time: Value<Milliseconds> = "transparent_barge_max_time" [min(0.0) max(60000.0)];
        /// Whether a transfer carries a summary.
        transfer_summary: Value<bool> = "transfer_summary";
        /// Wait before a turn counts as over.
        turn_detection_timeout: Value<Milliseconds> = "turn_detection_timeout" [min(0.0) max(10000.0)];
        /// What turn fillers react to, joined by commas.
        turn_filler_sources: String = "turn_filler_sources";
        /// Every how many turns there is one.
        turn_filler_every_n: Value<i64> = "turn_filler_every_n" [min(1.0)];
        /// Shortest utterance that gets one.
        turn_filler_min_ms: Value<Milliseconds> = "turn_filler_min_ms" [min(0.0)];
        /// How phone numbers are spoken.
        tts_number_format: NumberFormat = "tts_number_format";
        /// Whether logs are verbose.
        verbose_logs: Value<bool> = "verbose_logs";
        /// URL of the video while listening.
        video_listening_file: String = "video_listening_file";
        /// URL of the video while idle.
        video_idle_file: String = "video_idle_file";
        /// URL of the video while talking.
        video_talking_file: String = "video_talking_file";
        /// Model that sees.
        vision_model: Model = "vision_model";
        /// Voice detection: `threshold` or `threshold:frame_ms`.
        vad_config: String = "vad_config";
        /// Whether the agent waits for the user to speak first.
        wait_for_user: Value<bool> = "wait_for_user";
        /// Word that wakes the agent.
        wake_prefix: String = "wake_prefix";
        /// How steady the voice is.
        eleven_labs_stability: Value<f64> = "eleven_labs_stability" [min(0.0) max(1.0) deprecated()];
        /// How close the voice stays to the original.
        eleven_labs_similarity: Value<f64> = "eleven_labs_similarity" [min(0.0) max(1.0) deprecated()];
    }
}
