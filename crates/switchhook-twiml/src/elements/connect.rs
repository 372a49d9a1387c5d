//! What a call is handed to.

crate::table::elements! {
    /// Hands the call to the one noun inside, until that ends.
    ///
    /// ```
    /// use switchhook_twiml::{Connect, Room, voice};
    ///
    /// let reply = voice::Response::new()
    ///     .with(Connect::new().action("/after").with(Room::new("Standup")));
    /// let xml = r#"<Connect action="/after"><Room>Standup</Room></Connect>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Connect = "Connect" in [VoiceResponse], text none, new() {
        /// URL that takes over when the verb ends.
        action: url = "action" [twilio()];
        /// Method of the request to `action`; `POST` by default.
        method: one<HttpMethod> = "method" [twilio()];
    }

    /// Joins a video room, by its name.
    Room = "Room" in [Connect], text required, new(text) {
        /// The participant's identity in the room.
        participant_identity: text = "participantIdentity";
    }

    /// Brings the call into a conversation.
    Conversation = "Conversation" in [Connect], text none, new() [twilio()] {
        /// Whether a conversation is made when there is none.
        inbound_autocreation: flag = "inboundAutocreation";
        /// Wait for a participant, in seconds.
        inbound_timeout: int = "inboundTimeout";
        /// Method of the request to `url`.
        method: one<HttpMethod> = "method";
        /// Whether and how it is recorded.
        record: one<ConversationRecord> = "record";
        /// URL that gets the state of the recording.
        recording_status_callback: url = "recordingStatusCallback";
        /// States of the recording to report.
        recording_status_callback_event:
            many<ConversationRecordingEvent> = "recordingStatusCallbackEvent";
        /// Method of the requests that tell of the recording.
        recording_status_callback_method: one<HttpMethod> = "recordingStatusCallbackMethod";
        /// Wait for an agent, in seconds.
        routing_assignment_timeout: int = "routingAssignmentTimeout";
        /// Conversations service.
        service_instance_sid: sid = "serviceInstanceSid" [prefix("IS")];
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// States to report.
        status_callback_event: many<ConversationEvent> = "statusCallbackEvent";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// Whether silence at the ends is cut.
        trim: one<ConversationTrim> = "trim";
        /// URL of the document that the agent hears first.
        url: url = "url";
    }

    /// Connects a virtual agent.
    VirtualAgent = "VirtualAgent" in [Connect], text none, new() {
        /// Name of the connector that is installed in the account.
        connector_name: text = "connectorName";
        /// What is spoken and understood, such as `en-US`.
        language: text = "language" [twilio()];
        /// Whether sentiment is analysed.
        sentiment_analysis: flag = "sentimentAnalysis" [twilio()];
        /// URL that gets the status.
        status_callback: url = "statusCallback" [twilio()];
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod" [twilio()];
    }

    /// An AI session of an add-on.
    AiSession = "AiSession" in [Connect], text none, new() [twilio()] {
        /// Which add-on is connected.
        ai_connector: text = "aiConnector";
        /// What the session is set up with.
        ai_session_configuration: text = "aiSessionConfiguration";
    }

    /// A relay session of an add-on.
    ConversationRelaySession = "ConversationRelaySession" in [Connect],
        text none, new() [twilio()] {
        /// Which add-on is connected.
        connector: text = "connector";
        /// What the session is set up with.
        session_configuration: text = "sessionConfiguration";
    }

    /// Connects an Autopilot assistant; the product has ended.
    Autopilot = "Autopilot" in [Connect], text required, new(text) [twilio() retired()] {}

    /// Connects an AI assistant; the product has ended.
    Assistant = "Assistant" in [Connect], text none, new() [twilio() retired()] {
        /// Debugging messages to send.
        debug: text = "debug";
        /// Whether digits are sent to the socket.
        dtmf_detection: flag = "dtmfDetection";
        /// Text normalisation before ElevenLabs speaks.
        elevenlabs_text_normalization: text = "elevenlabsTextNormalization";
        /// Words and phrases to expect.
        hints: text = "hints";
        /// SID of the assistant.
        id: text = "id";
        /// Name or SID of the Conversational Intelligence service that keeps the transcript.
        intelligence_service: text = "intelligenceService";
        /// How readily the caller interrupts.
        interrupt_sensitivity: text = "interruptSensitivity";
        /// What interrupts the speech.
        interruptible: text = "interruptible";
        /// What is spoken and understood, such as `en-US`.
        language: text = "language";
        /// Whether unfinished prompts are sent.
        partial_prompts: flag = "partialPrompts";
        /// Whether new text interrupts text that is being spoken.
        preemptible: flag = "preemptible";
        /// Whether profanities are masked.
        profanity_filter: flag = "profanityFilter";
        /// Which input is reported while the agent speaks.
        report_input_during_agent_speech: flag = "reportInputDuringAgentSpeech";
        /// Model that recognises speech.
        speech_model: text = "speechModel";
        /// Language that is recognised.
        transcription_language: text = "transcriptionLanguage";
        /// Engine that recognises speech.
        transcription_provider: text = "transcriptionProvider";
        /// Language that is spoken.
        tts_language: text = "ttsLanguage";
        /// Engine that speaks.
        tts_provider: text = "ttsProvider";
        /// Who speaks, as the engine names it.
        voice: text = "voice";
        /// What is said first.
        welcome_greeting: text = "welcomeGreeting";
        /// What interrupts the greeting.
        welcome_greeting_interruptible: text = "welcomeGreetingInterruptible";
    }
}
