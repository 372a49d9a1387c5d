//! What the caller hears and answers.

crate::table::elements! {
    /// Speaks text to the caller; text and SSML mix in any order.
    ///
    /// ```
    /// use switchhook_twiml::{Say, ssml, voice};
    ///
    /// let digits = ssml::SayAs::new("digits", "42");
    /// let say = Say::new("Your code is ").voice("Polly.Amy").with(digits);
    /// let reply = voice::Response::new().with(say);
    /// let xml =
    ///     r#"<Say voice="Polly.Amy">Your code is <say-as interpret-as="digits">42</say-as></Say>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Say = "Say" in [VoiceResponse, Gather, Prompt], text optional, new(text) [code(13520)] {
        /// Language; `en-US` by default.
        language: one<SayLanguage> = "language" [code(13512)];
        /// How often, `0` until the call ends; `1` by default.
        loops: int = "loop" [code(13510)];
        /// Voice; `man` by default.
        voice: one<SayVoice> = "voice" [code(13511)];
    }

    /// Plays a file or tones to the caller.
    ///
    /// ```
    /// use switchhook_twiml::{Play, voice};
    ///
    /// let reply = voice::Response::new().with(Play::default().digits("ww12"));
    /// let xml = r#"<Play digits="ww12"/>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Play = "Play" in [VoiceResponse, Gather, Prompt], text optional, new(text) {
        /// DTMF tones to play, `w` waits half a second.
        digits: text = "digits" [code(13430) check(tones)];
        /// How often, `0` until the call ends; `1` by default.
        loops: int = "loop" [code(13410)];
    }

    /// Waits in silence.
    Pause = "Pause" in [VoiceResponse, Gather, Prompt], text none, new() {
        /// Length, in seconds; `1` by default.
        length: int = "length" [code(13910)];
    }

    /// Collects digits or speech, while it speaks or plays.
    ///
    /// ```
    /// use switchhook_twiml::{Gather, GatherInput, Say, voice};
    ///
    /// let reply = voice::Response::new()
    ///     .with(Gather::new().input([GatherInput::Speech]).timeout(5).with(Say::new("Yes?")));
    /// let xml = r#"<Gather input="speech" timeout="5"><Say>Yes?</Say></Gather>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Gather = "Gather" in [VoiceResponse], text none, new() {
        /// URL that takes over when the verb ends; the current document by default.
        action: url = "action";
        /// Whether `action` is requested without any input too; `false` by default.
        action_on_empty_result: flag = "actionOnEmptyResult" [code(13338)];
        /// Whether the caller can interrupt the prompts. Known to official libraries only.
        barge_in: flag = "bargeIn" [code(13332) twilio()];
        /// Whether debugging is on. Known to official libraries only.
        debug: flag = "debug" [twilio()];
        /// Whether the enhanced model is used; replaced by `speechModel`; `false` by default.
        enhanced: flag = "enhanced";
        /// Key that ends the digits; empty for none; `#` by default.
        finish_on_key: text = "finishOnKey" [code(13310) check(key)];
        /// Words and phrases to expect.
        hints: commas = "hints" [code(13330)];
        /// What is listened for; `dtmf` by default.
        input: many<GatherInput> = "input" [code(13326)];
        /// Language; `en-US` by default.
        language: one<GatherLanguage> = "language" [code(13331)];
        /// Longest speech, in seconds. Known to official libraries only.
        max_speech_time: int = "maxSpeechTime" [code(13328) twilio()];
        /// Method of the request to `action`; `POST` by default.
        method: one<HttpMethod> = "method" [code(13312)];
        /// Digits after which it ends.
        num_digits: int = "numDigits" [at_least(1) code(13314)];
        /// URL that gets unfinished results.
        partial_result_callback: url = "partialResultCallback";
        /// Method of the requests to `partialResultCallback`; `POST` by default.
        partial_result_callback_method: one<HttpMethod> = "partialResultCallbackMethod"
            [code(13329)];
        /// Whether profanities are masked; `true` by default.
        profanity_filter: flag = "profanityFilter" [code(13333)];
        /// Model that recognises speech; `default` by default.
        speech_model: one<GatherSpeechModel> = "speechModel" [code(13334)];
        /// Silence that ends the speech, in seconds.
        speech_timeout: speech_timeout = "speechTimeout" [at_least(1) code(13327)];
        /// Wait for the next input, in seconds; `5` by default.
        timeout: int = "timeout" [at_least(1) code(13313)];
    }
}
