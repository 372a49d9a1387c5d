//! SIP addresses: in a `<Dial>` and in a `<Refer>`.

crate::table::elements! {
    /// A SIP address to call: as text, or as [`SipUri`]s with [`Headers`].
    ///
    /// ```
    /// use switchhook_twiml::{Dial, Sip, SipUri, voice};
    ///
    /// let sip = Sip::default().with(SipUri::new("sip:a@example.com").priority("1"));
    /// let reply = voice::Response::new().with(Dial::new().with(sip));
    /// let xml = r#"<Sip><Uri priority="1">sip:a@example.com</Uri></Sip>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Sip = "Sip" in [Dial], text optional, new(text) [code(13243)] {
        /// URL that gets the result of machine detection.
        amd_status_callback: url = "amdStatusCallback" [twilio()];
        /// Method of the requests to `amdStatusCallback`.
        amd_status_callback_method: one<HttpMethod> = "amdStatusCallbackMethod" [twilio()];
        /// Whether answering machines are detected, and when.
        machine_detection: one<MachineDetection> = "machineDetection" [twilio()];
        /// Silence after which the result is unknown, in milliseconds; `5000` by default.
        machine_detection_silence_timeout: int = "machineDetectionSilenceTimeout"
            [range(2000, 10000) twilio()];
        /// Silence that ends a greeting, in milliseconds; `1200` by default.
        machine_detection_speech_end_threshold: int = "machineDetectionSpeechEndThreshold"
            [range(500, 5000) twilio()];
        /// Speech longer than this is a machine, in milliseconds; `2400` by default.
        machine_detection_speech_threshold: int = "machineDetectionSpeechThreshold"
            [range(1000, 6000) twilio()];
        /// Longest detection, in seconds; `30` by default.
        machine_detection_timeout: int = "machineDetectionTimeout" [range(3, 60) twilio()];
        /// Method of the request to `url`.
        method: one<HttpMethod> = "method" [code(13241)];
        /// Password of SIP authentication.
        password: text = "password" [code(13249)];
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// States to report; `completed` by default.
        status_callback_event: many<SipEvent> = "statusCallbackEvent";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// URL of the document that runs for the called party before the two are joined.
        url: url = "url";
        /// User of SIP authentication.
        username: text = "username" [code(13249)];
        /// Codecs to offer; `PCMU,PCMA` by default (SignalWire).
        codecs: commas = "codecs" [signalwire() check(sip_codecs)];
        /// Value of `Session-Expires`, in seconds (SignalWire).
        session_timeout: int = "sessionTimeout" [signalwire()];
    }

    /// One of several SIP addresses to try.
    SipUri = "Uri" in [Sip], text optional, new(text) [twilio()] {
        /// Password of SIP authentication.
        password: text = "password";
        /// Priority: the lower the sooner.
        priority: text = "priority";
        /// User of SIP authentication.
        username: text = "username";
        /// Share among equal priorities.
        weight: text = "weight";
    }

    /// Headers for a SIP call.
    Headers = "Headers" in [Sip], text none, new() [twilio()] {}

    /// One header of a SIP call.
    Header = "Header" in [Headers], text none, new(name, value) [twilio()] {
        /// Name of the header.
        name: text = "name" [expected()];
        /// Value of the header.
        value: text = "value" [expected()];
    }

    /// Hands a SIP call to another SIP address and leaves it. SIP calls only.
    ///
    /// ```
    /// use switchhook_twiml::{Refer, ReferSip, voice};
    ///
    /// let reply = voice::Response::new()
    ///     .with(Refer::new().with(ReferSip::new("sip:alice@example.com")));
    /// let xml = "<Refer><Sip>sip:alice@example.com</Sip></Refer>";
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Refer = "Refer" in [VoiceResponse], text none, new() {
        /// URL that takes over when the verb ends.
        action: url = "action";
        /// Method of the request to `action`; `POST` by default.
        method: one<HttpMethod> = "method";
    }

    /// The SIP address that a [`Refer`] hands the call to.
    ReferSip = "Sip" in [Refer], text required, new(text) [code(13243)] {}
}
