//! Transcription and translation while people speak.

use super::{TranscribeAction, TranslateAction};
use crate::{Leg, List, Milliseconds, SpeechEngine, TranslationFilter, Value, grammar::Group};

crate::table::objects! {
    /// Transcribes the whole call in the background.
    Transcribe of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// URL that gets the status.
        status_url: String = "status_url";
    }

    /// Ends that transcription.
    TranscribeStop of []
    make {
        /// With nothing set.
        new();
    }
    fields {
    }

    /// Transcribes as people speak.
    LiveTranscribe of []
    make {
        /// Starts, stops or summarises.
        new(action: TranscribeAction = "action");
    }
    fields {
        /// What to do.
        action: TranscribeAction = "action" [required()];
    }

    /// Translates as people speak.
    LiveTranslate of []
    make {
        /// Starts, stops, summarises, or says something.
        new(action: TranslateAction = "action");
    }
    fields {
        /// What to do.
        action: TranslateAction = "action" [required()];
    }

    /// A command to the transcription.
    TranscribeCommand of ["TranscribeStartAction", "TranscribeSummarizeAction"] [groups(&[Group::One(&["start", "summarize"])])]
    make {
        /// Starts it.
        start(start: TranscribeStart = "start");
        /// Summarises what was said.
        summarize(summarize: Summarize = "summarize");
    }
    shapes {
        /// What to start.
        start: TranscribeStart = "start";
        /// A summary.
        summarize: Summarize = "summarize";
    }
    fields {
    }

    /// A command to the translation.
    TranslateCommand of ["StartAction", "SummarizeAction", "InjectAction"] [groups(&[Group::One(&["start", "summarize", "inject"])])]
    make {
        /// Starts it.
        start(start: TranslateStart = "start");
        /// Summarises what was said.
        summarize(summarize: Summarize = "summarize");
        /// Says something into the translation.
        inject(inject: TranslateInject = "inject");
    }
    shapes {
        /// What to start.
        start: TranslateStart = "start";
        /// A summary.
        summarize: Summarize = "summarize";
        /// What to say into the translation.
        inject: TranslateInject = "inject";
    }
    fields {
    }

    /// How a transcription starts.
    TranscribeStart of ["TranscribeStartActionStart"]
    make {
        /// In that language, of these legs.
        new(lang: String = "lang", direction: List<Leg> = "direction");
    }
    fields {
        /// Whether there is a summary at the end.
        ai_summary: Value<bool> = "ai_summary";
        /// URL that gets the events.
        webhook: String = "webhook";
        /// Language, as BCP-47.
        lang: String = "lang" [required()];
        /// Whether results are sent while people speak.
        live_events: Value<bool> = "live_events";
        /// Longest time of a speech result.
        speech_timeout: Value<Milliseconds> = "speech_timeout" [min(1500.0)];
        /// Silence that ends an utterance.
        vad_silence_ms: Value<Milliseconds> = "vad_silence_ms" [min(1.0)];
        /// Loudness that counts as speech.
        vad_thresh: Value<i64> = "vad_thresh" [min(0.0) max(1800.0)];
        /// How much is logged.
        debug_level: Value<i64> = "debug_level";
        /// Legs to listen to.
        direction: List<Leg> = "direction" [required()];
        /// Engine that recognises speech.
        speech_engine: SpeechEngine = "speech_engine";
        /// Instruction for the summary.
        ai_summary_prompt: String = "ai_summary_prompt";
    }

    /// How a translation starts.
    TranslateStart of ["StartActionStart"]
    make {
        /// From and to these languages, of these legs.
        new(from_lang: String = "from_lang", to_lang: String = "to_lang", direction: List<Leg> = "direction");
    }
    fields {
        /// URL that gets the events.
        webhook: String = "webhook";
        /// Language of the caller.
        from_lang: String = "from_lang" [required()];
        /// Language of the other leg.
        to_lang: String = "to_lang" [required()];
        /// Voice for the caller's words.
        from_voice: String = "from_voice";
        /// Voice for the other leg's words.
        to_voice: String = "to_voice";
        /// Style of what the caller says.
        filter_from: TranslationFilter = "filter_from";
        /// Style of what the other leg says.
        filter_to: TranslationFilter = "filter_to";
        /// Whether results are sent while people speak.
        live_events: Value<bool> = "live_events";
        /// Whether there is a summary at the end.
        ai_summary: Value<bool> = "ai_summary";
        /// Longest time of a speech result.
        speech_timeout: Value<Milliseconds> = "speech_timeout" [min(1500.0)];
        /// Silence that ends an utterance.
        vad_silence_ms: Value<Milliseconds> = "vad_silence_ms" [min(1.0)];
        /// Loudness that counts as speech.
        vad_thresh: Value<i64> = "vad_thresh" [min(0.0) max(1800.0)];
        /// How much is logged.
        debug_level: Value<i64> = "debug_level";
        /// Legs to listen to.
        direction: List<Leg> = "direction" [required()];
        /// Engine that recognises speech.
        speech_engine: SpeechEngine = "speech_engine";
        /// Instruction for the summary.
        ai_summary_prompt: String = "ai_summary_prompt";
    }

    /// Something said into a translation.
    TranslateInject of ["InjectActionInject"]
    make {
        /// This text, to that leg.
        new(message: String = "message", direction: Leg = "direction");
    }
    fields {
        /// Text to say.
        message: String = "message" [required()];
        /// Leg that hears it.
        direction: Leg = "direction" [required()];
    }

    /// A summary of what was said.
    Summarize of ["TranscribeSummarizeActionSummarize", "SummarizeActionSummarize", "AISidecarSummarizeActionSummarize"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// URL that gets the events.
        webhook: String = "webhook";
        /// Instruction to the model.
        prompt: String = "prompt";
    }
}
