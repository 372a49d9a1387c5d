//! Languages and words.

use super::FillerForm;
use crate::{Auto, Emotion, List, Role, Value, swaig::OneOrMany};

crate::table::objects! {
    /// A language that the agent speaks.
    Language of ["Languages", "LanguagesWithSoloFillers", "LanguagesWithFillers"]
    make {
        /// A language with its name, its code and a voice.
        new(name: String = "name", code: OneOrMany = "code", voice: String = "voice");
    }
    fields {
        /// Name of the language, as people say it.
        name: String = "name" [required()];
        /// Code of the language, or up to three.
        code: OneOrMany = "code" [required() longest(3)];
        /// Language that is listened to, where it is another.
        listen_language: OneOrMany = "listen_language";
        /// Who speaks, as the engine names it.
        voice: String = "voice" [required()];
        /// Which model does it, by name.
        model: String = "model";
        /// Whether the voice takes on emotion.
        auto_emotion: bool = "auto_emotion";
        /// Whether the voice adapts its speed.
        auto_speed: bool = "auto_speed";
        /// Which engine does it, by name.
        engine: String = "engine" [deprecated()];
        /// Settings of the voice.
        params: LanguageParams = "params";
        /// Older form of `function_fillers` and `speech_fillers`.
        fillers: List<String> = "fillers" [deprecated()];
        /// What is said while a function runs.
        function_fillers: List<String> = "function_fillers";
        /// What is said while the model thinks.
        speech_fillers: List<String> = "speech_fillers";
        /// What is said at the start of a turn.
        turn_fillers: List<String> = "turn_fillers";
        /// Words that are to be spoken otherwise than written.
        pronounce: List<Pronounce> = "pronounce";
        /// Older form of `auto_emotion`.
        emotion: Auto = "emotion" [older()];
        /// Older form of `auto_speed`.
        speed: Auto = "speed" [older()];
    }

    /// Settings of a voice.
    LanguageParams of ["LanguageParams"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// How steady the voice is.
        stability: Value<f64> = "stability" [min(0.0) max(1.0)];
        /// How close it stays to the original.
        similarity: Value<f64> = "similarity" [min(0.0) max(1.0)];
        /// Rate of speech.
        speaking_rate: Value<f64> = "speakingRate" [min(0.5) max(1.5)];
        /// How freely the model chooses.
        temperature: Value<f64> = "temperature" [min(0.0) max(2.0)];
        /// How fast the voice speaks.
        speed: Value<f64> = "speed" [min(0.5) max(2.0)];
        /// Volume.
        vol: Value<f64> = "vol" [min(0.1) max(1.0)];
        /// Pitch, in half tones.
        pitch: Value<i64> = "pitch" [min(-12.0) max(12.0)];
        /// Which feeling the voice has.
        emotion: Emotion = "emotion";
    }

    /// Recognition of several languages at once.
    Multilingual of ["Multilingual", "AIMultilingual", "AIObjectMultilingual"] [lenient()]
    make {
        /// Of these languages.
        new(languages: List<MultilingualLanguage> = "languages");
    }
    fields {
        /// Languages that the agent speaks.
        languages: List<MultilingualLanguage> = "languages" [required()];
        /// Languages that may be switched to.
        allowed: List<String> = "allowed";
        /// Which engine does it, by name.
        engine: String = "engine";
        /// Which model does it, by name.
        model: String = "model";
        /// Provider of the recogniser.
        provider: String = "provider";
        /// Language to start in; `en` by default.
        start_language: String = "start_language";
        /// Words in another language that make a switch.
        min_switch_words: i64 = "min_switch_words" [min(1.0)];
        /// What is said while a function runs.
        fillers: FillerForm = "fillers";
        /// What is said while a function runs.
        function_fillers: FillerForm = "function_fillers";
        /// What is said at the start of a turn.
        turn_fillers: FillerForm = "turn_fillers";
    }

    /// One of several languages that are recognised at once.
    MultilingualLanguage of ["MultilingualLanguage", "AIMultilingualLanguagesItem", "AIObjectMultilingualLanguagesItem"] [lenient()]
    make {
        /// Of that code.
        new(language: String = "language");
    }
    fields {
        /// Code of the language.
        language: String = "language" [expected()];
        /// Who speaks, as the engine names it.
        voice: String = "voice";
        /// Which model does it, by name.
        model: String = "model";
        /// Which engine does it, by name.
        engine: String = "engine" [deprecated()];
        /// Settings of the voice.
        params: LanguageParams = "params";
    }

    /// Words to expect, and what to make of them.
    Hint of ["Hint"]
    make {
        /// What matches is replaced.
        new(hint: String = "hint", pattern: String = "pattern", replace: String = "replace");
    }
    fields {
        /// Words to expect.
        hint: String = "hint" [required()];
        /// Regular expression.
        pattern: String = "pattern" [required()];
        /// What is replaced.
        replace: String = "replace" [required()];
        /// Whether case is ignored.
        ignore_case: Value<bool> = "ignore_case";
    }

    /// A word that is spoken otherwise than written.
    Pronounce of ["Pronounce"]
    make {
        /// The word, and what is spoken instead.
        new(replace: String = "replace", with: String = "with");
    }
    fields {
        /// What is replaced.
        replace: String = "replace" [required()];
        /// What is spoken instead.
        with: String = "with" [required()];
        /// Whether case is ignored.
        ignore_case: Value<bool> = "ignore_case";
    }

    /// Something that was said before.
    Message of ["ConversationMessage"]
    make {
        /// By whom, and what.
        new(role: Role = "role", content: String = "content");
    }
    fields {
        /// Who said it.
        role: Role = "role" [required()];
        /// What was said.
        content: String = "content" [required()];
        /// Language of what was said.
        lang: String = "lang";
    }
}
