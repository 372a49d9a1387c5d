//! ConversationRelay.

crate::table::elements! {
    /// Speaks and listens for a WebSocket server that deals in text.
    ///
    /// ```
    /// use switchhook_twiml::{Connect, ConversationRelay, Language, voice};
    ///
    /// let relay = ConversationRelay::new("wss://a.example.com/r").with(Language::new("en-US"));
    /// let reply = voice::Response::new().with(Connect::new().with(relay));
    /// let xml = r#"<ConversationRelay url="wss://a.example.com/r"><Language code="en-US"/>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    ConversationRelay = "ConversationRelay" in [Connect], text none, new(url) [twilio()] {
        /// Whether the session asks the application again when the socket is lost; `false` by
        /// default.
        application_reconnect: flag = "applicationReconnect";
        /// Whether recognised text is formatted.
        asr_smart_format: flag = "asrSmartFormat";
        /// Noise reduction; values are not documented.
        background_noise_reduction: text = "backgroundNoiseReduction";
        /// What the customer is called.
        customer_name: text = "customerName";
        /// Debugging messages to send.
        debug: many<RelayDebug> = "debug";
        /// Whether Deepgram formats recognised text; `true` by default.
        deepgram_smart_format: flag = "deepgramSmartFormat";
        /// Whether digits are sent to the socket.
        dtmf_detection: flag = "dtmfDetection";
        /// Confidence at which an early end of turn is told.
        eager_eot_threshold: decimal = "eagerEotThreshold" [between(0.3, 0.9)];
        /// Whether echoes of the prompts are filtered; `false` by default.
        echo_prompt_filtering: flag = "echoPromptFiltering";
        /// The older name of `ttsLanguageTextNormalization`.
        elevenlabs_language_text_normalization: flag = "elevenlabsLanguageTextNormalization";
        /// Text normalisation before ElevenLabs speaks; `off` by default.
        elevenlabs_text_normalization: one<OnAutoOff> = "elevenlabsTextNormalization";
        /// Extra events to report.
        events: many<RelayEvents> = "events";
        /// Words and phrases to expect.
        hints: commas = "hints";
        /// Whether short sounds of agreement are ignored; `false` by default.
        ignore_backchannel: flag = "ignoreBackchannel";
        /// What the prompt messages hold besides the text.
        include_in_prompt: many<RelayIncludeInPrompt> = "includeInPrompt";
        /// Name or SID of the Conversational Intelligence service that keeps the transcript.
        intelligence_service: text = "intelligenceService";
        /// How readily the caller interrupts; `high` by default.
        interrupt_sensitivity: one<RelayInterruptSensitivity> = "interruptSensitivity";
        /// What interrupts the speech; `any` by default.
        interruptible: one<RelayInterruptible> = "interruptible";
        /// Language; `en-US` by default.
        language: text = "language";
        /// Whether an unfinished prompt is sent on hangup.
        partial_prompt_on_hangup: flag = "partialPromptOnHangup";
        /// Whether unfinished prompts are sent; `false` by default.
        partial_prompts: flag = "partialPrompts";
        /// Whether new text interrupts text that is being spoken; `false` by default.
        preemptible: flag = "preemptible";
        /// Whether profanities are masked.
        profanity_filter: flag = "profanityFilter";
        /// Which input is reported while the agent speaks; `none` by default.
        report_input_during_agent_speech: one<RelayReportInput> = "reportInputDuringAgentSpeech";
        /// Model that recognises speech.
        speech_model: text = "speechModel";
        /// Silence that ends the speech, in milliseconds; `auto` by default.
        speech_timeout: speech_timeout = "speechTimeout" [range(600, 5000) hearsay()];
        /// Language that is recognised.
        transcription_language: text = "transcriptionLanguage";
        /// Engine that recognises speech; `Deepgram` by default.
        transcription_provider: one<RelayTranscriptionProvider> = "transcriptionProvider";
        /// Language that is spoken.
        tts_language: text = "ttsLanguage";
        /// Whether text is normalised for the language.
        tts_language_text_normalization: flag = "ttsLanguageTextNormalization";
        /// Engine that speaks; `ElevenLabs` by default.
        tts_provider: one<RelayTtsProvider> = "ttsProvider";
        /// Text normalisation before speech.
        tts_text_normalization: one<OnAutoOff> = "ttsTextNormalization";
        /// Whether turns are detected; `false` by default.
        turn_detection: flag = "turnDetection";
        /// URL of the WebSocket server.
        url: wss = "url" [required()];
        /// Who speaks, as the engine names it.
        voice: text = "voice";
        /// What is said first.
        welcome_greeting: text = "welcomeGreeting";
        /// What interrupts the greeting; `any` by default.
        welcome_greeting_interruptible: one<RelayInterruptible> = "welcomeGreetingInterruptible";
        /// Confidence at which a turn ends; `0.8` by default.
        eot_threshold: decimal = "eotThreshold" [between(0.5, 0.9)];
    }

    /// Settings of one language of a session.
    Language = "Language" in [ConversationRelay, Assistant], text none, new(code) [twilio()] {
        /// Whether recognised text is formatted.
        asr_smart_format: flag = "asrSmartFormat";
        /// Code of the language, or `multi`.
        code: text = "code" [required()];
        /// Words and phrases to expect.
        hints: commas = "hints";
        /// Model that recognises speech.
        speech_model: text = "speechModel";
        /// Engine that recognises speech.
        transcription_provider: one<RelayTranscriptionProvider> = "transcriptionProvider";
        /// Whether text is normalised for the language.
        tts_language_text_normalization: flag = "ttsLanguageTextNormalization";
        /// Engine that speaks.
        tts_provider: one<RelayTtsProvider> = "ttsProvider";
        /// Text normalisation before speech.
        tts_text_normalization: one<OnAutoOff> = "ttsTextNormalization";
        /// Who speaks, as the engine names it.
        voice: text = "voice";
    }
}
