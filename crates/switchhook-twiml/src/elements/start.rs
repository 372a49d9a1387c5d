//! What runs beside a call, and its parameters.

crate::table::elements! {
    /// Starts something beside the call, which goes on.
    ///
    /// ```
    /// use switchhook_twiml::{Start, Transcription, voice};
    ///
    /// let transcription = Transcription::new().name("notes").status_callback_url("/t");
    /// let reply = voice::Response::new().with(Start::new().with(transcription));
    /// let xml = r#"<Start><Transcription name="notes" statusCallbackUrl="/t"/></Start>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Start = "Start" in [VoiceResponse], text none, new() {
        /// URL; only official libraries know it.
        action: url = "action";
        /// Method; only official libraries know it.
        method: one<HttpMethod> = "method";
    }

    /// Ends a stream, recording, transcription or SIPREC session by name.
    Stop = "Stop" in [VoiceResponse], text none, new() {}

    /// Streams the call's audio to a WebSocket server: both ways in a [`Connect`], a copy in a
    /// [`Start`]. In a [`Stop`] it ends the stream of its name.
    Stream = "Stream" in [Connect, Start, Stop], text none, new(url) {
        /// Audio format; values are not documented. Known to official libraries only.
        audio_format: text = "audioFormat" [twilio()];
        /// Name of the connector that is installed in the account. Known to official libraries
        /// only.
        connector_name: text = "connectorName" [twilio()];
        /// Name, by which a `<Stop>` finds it.
        name: text = "name";
        /// Sample rate; values are not documented. Known to official libraries only.
        sample_rate: text = "sampleRate" [twilio()];
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// Method of the status callbacks; `POST` by default.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// Which side of the call; `inbound_track` by default.
        track: one<StreamTrack> = "track";
        /// URL of the WebSocket server; a query is dropped, so pass parameters.
        url: wss = "url";
        /// Bearer token of the request that opens the socket (SignalWire).
        auth_bearer_token: text = "authBearerToken" [signalwire()];
        /// Codec and rate of the audio; `PCMU@8000h` by default (SignalWire).
        codec: text = "codec" [signalwire() check(stream_codec)];
        /// Whether audio is sent as it comes; `false` by default (SignalWire).
        realtime: flag = "realtime" [signalwire()];
    }

    /// Sends the call to a SIPREC recorder.
    ///
    /// ```
    /// use switchhook_twiml::{Siprec, Start, voice};
    ///
    /// let siprec = Siprec::new().name("archive").connector_name("Recorder");
    /// let reply = voice::Response::new().with(Start::new().with(siprec));
    /// let xml = r#"<Siprec connectorName="Recorder" name="archive"/>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Siprec = "Siprec" in [Start, Stop], text none, new() [twilio()] {
        /// Name of the connector that is installed in the account.
        connector_name: text = "connectorName";
        /// Name, by which a `<Stop>` finds it.
        name: text = "name";
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// Which side of the call.
        track: one<SiprecTrack> = "track";
    }

    /// Transcribes the call as it goes.
    Transcription = "Transcription" in [Start, Stop], text none, new() [twilio()] {
        /// Whether the transcript has punctuation; `true` by default.
        enable_automatic_punctuation: flag = "enableAutomaticPunctuation";
        /// Words and phrases to expect.
        hints: commas = "hints";
        /// Name of the caller's side in the events.
        inbound_track_label: text = "inboundTrackLabel";
        /// Name or SID of the Conversational Intelligence service that keeps the transcript.
        intelligence_service: text = "intelligenceService";
        /// Language of the speech; `en-US` by default.
        language_code: text = "languageCode";
        /// Name, by which a `<Stop>` finds it.
        name: text = "name";
        /// Name of the other side in the events.
        outbound_track_label: text = "outboundTrackLabel";
        /// Whether unfinished results are reported; `false` by default.
        partial_results: flag = "partialResults";
        /// Whether profanities are masked; `true` by default.
        profanity_filter: flag = "profanityFilter";
        /// Model that recognises speech; `telephony` by default.
        speech_model: text = "speechModel";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// URL that gets the transcript and the status; not called `statusCallback` here.
        status_callback_url: absolute_url = "statusCallbackUrl";
        /// Which side of the call; `both_tracks` by default.
        track: one<TranscriptionTrack> = "track";
        /// Engine that transcribes; `google` by default.
        transcription_engine: one<TranscriptionEngine> = "transcriptionEngine";
        /// Whether the engine's raw data come along; `false` by default.
        enable_provider_data: flag = "enableProviderData";
        /// Configuration of the conversation that gets the transcript.
        conversation_configuration: text = "conversationConfiguration";
        /// Conversation that gets the transcript.
        conversation_id: text = "conversationId";
    }

    /// Records the call as it goes.
    Recording = "Recording" in [Start, Stop], text none, new() [twilio()] {
        /// Channels of the recording.
        channels: one<RecordingChannels> = "channels";
        /// Recording configuration to apply.
        recording_configuration_id: text = "recordingConfigurationId";
        /// URL that gets the state of the recording.
        recording_status_callback: url = "recordingStatusCallback";
        /// States of the recording to report.
        recording_status_callback_event: many<RecordingEvent> = "recordingStatusCallbackEvent";
        /// Method of the requests that tell of the recording.
        recording_status_callback_method: one<HttpMethod> = "recordingStatusCallbackMethod";
        /// Which side of the call.
        track: one<RecordingTrack> = "track";
        /// Whether silence at the ends is cut.
        trim: one<RecordingTrim> = "trim";
        /// Name, by which a `<Stop>` finds it.
        name: text = "name";
    }

    /// A name and a value of your own, passed on to the other end.
    ///
    /// ```
    /// use switchhook_twiml::{Connect, Parameter, Stream, voice};
    ///
    /// let from = Parameter::new("From", "+15550100123");
    /// let stream = Stream::new("wss://a.example.com").with(from);
    /// let reply = voice::Response::new().with(Connect::new().with(stream));
    /// let xml = r#"<Parameter name="From" value="+15550100123"/>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Parameter = "Parameter" in [
        Application, Client, ConferenceStream, ConversationRelay, Hangup, Pay, Reject,
        Siprec, Stream, Transcription, VirtualAgent, Assistant
    ], text none, new(name, value) {
        /// Name of the parameter.
        name: text = "name" [expected()];
        /// Value of the parameter.
        value: text = "value" [expected()];
    }

    /// A setting of a connector.
    Config = "Config" in [Transcription, VirtualAgent], text none, new(name, value) [twilio()] {
        /// Name of the setting.
        name: text = "name" [expected()];
        /// Value of the setting.
        value: text = "value" [expected()];
    }
}

impl Stream {
    /// The stream of that name, for a [`Stop`].
    ///
    /// ```
    /// use switchhook_twiml::{Stop, Stream, voice};
    ///
    /// let reply = voice::Response::new().with(Stop::new().with(Stream::named("mon")));
    /// assert!(reply.to_xml()?.contains("<Stop><Stream name=\"mon\"/></Stop>"));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    pub fn named(name: impl Into<String>) -> Self {
        Self(crate::Element::known(<Self as crate::Known>::INFO.tag)).name(name)
    }
}
