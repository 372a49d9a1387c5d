//! SSML: markup of speech, inside `<Say>` and itself.

crate::table::elements! {
    /// A pause.
    Break = "break" in [Say, Emphasis, Lang, P, Prosody, S, W], text none, new() {
        /// Strength of the pause.
        strength: one<SsmlBreakStrength> = "strength";
        /// Length of the pause: a number and `s` or `ms`, up to ten seconds.
        time: text = "time" [check(pause)];
    }

    /// An emphasised passage.
    Emphasis = "emphasis" in [Say, Emphasis, Lang, P, Prosody, S, W], text optional, new(text) {
        /// Strength.
        level: one<SsmlEmphasisLevel> = "level";
    }

    /// A passage in another language.
    Lang = "lang" in [Say, Emphasis, Lang, P, Prosody, S],
        text optional, new(xml_lang: SsmlLangXmlLang, text) {
        /// Language of the passage.
        xml_lang: one<SsmlLangXmlLang> = "xml:lang" [expected()];
    }

    /// A paragraph.
    P = "p" in [Say, Lang, Prosody], text optional, new(text) {}

    /// Text with its pronunciation.
    Phoneme = "phoneme" in [Say, Emphasis, Lang, P, Prosody, S, W], text required, new(ph, text) {
        /// Alphabet of the pronunciation.
        alphabet: one<SsmlPhonemeAlphabet> = "alphabet";
        /// Pronunciation.
        ph: text = "ph" [expected()];
    }

    /// A passage with its own volume, rate or pitch.
    Prosody = "prosody" in [Say, Emphasis, Lang, P, Prosody, S, W], text optional, new(text) {
        /// How high the voice is.
        pitch: one<SsmlProsodyPitch> = "pitch";
        /// Speed.
        rate: one<SsmlProsodyRate> = "rate";
        /// Loudness.
        volume: one<SsmlProsodyVolume> = "volume";
    }

    /// A sentence.
    S = "s" in [Say, Lang, P, Prosody], text optional, new(text) {}

    /// Text that is read out in a given manner.
    SayAs = "say-as" in [Say, Emphasis, Lang, P, Prosody, S, W],
        text required, new(interpret_as: SsmlSayAsInterpretAs, text) {
        /// Order of the parts of a date.
        format: one<SsmlSayAsFormat> = "format";
        /// How the text is read out.
        interpret_as: one<SsmlSayAsInterpretAs> = "interpret-as" [expected()];
    }

    /// Text that is spoken as something else.
    Sub = "sub" in [Say, Emphasis, Lang, P, Prosody, S, W], text required, new(alias, text) {
        /// What is spoken instead.
        alias: text = "alias" [expected()];
    }

    /// A word and its role.
    W = "w" in [Say, Emphasis, Lang, P, Prosody, S], text optional, new(text) [twilio()] {
        /// Part of speech or sense of the word.
        role: text = "role";
    }
}
