//! Calls to others.

crate::table::elements! {
    /// Connects the caller with one number as text, or with the nouns inside.
    ///
    /// ```
    /// use switchhook_twiml::{Dial, Number, voice};
    ///
    /// let reply = voice::Response::new()
    ///     .with(Dial::new().timeout(20).with(Number::new("+15550100123").send_digits("ww1")));
    /// let xml = r#"<Dial timeout="20"><Number sendDigits="ww1">+15550100123</Number></Dial>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Dial = "Dial" in [VoiceResponse], text optional, new() {
        /// URL that takes over when the verb ends.
        action: url = "action";
        /// Whether the caller's side is answered only when the called side is; `false` by default.
        answer_on_bridge: flag = "answerOnBridge" [code(13219)];
        /// Caller ID to show: a number, or `client:` and an identity.
        caller_id: text = "callerId" [code(13214) check(caller)];
        /// Extra events to report.
        events: one<DialEvents> = "events" [twilio()];
        /// Whether the caller ends the dialled call with a star; `false` by default.
        hangup_on_star: flag = "hangupOnStar" [code(13213)];
        /// Method of the request to `action`; `POST` by default.
        method: one<HttpMethod> = "method" [code(13210)];
        /// Identity tokens to send along. Known to official libraries only.
        passports: commas = "passports" [twilio()];
        /// Whether the call is recorded; `do-not-record` by default.
        record: one<DialRecord> = "record" [code(13217)];
        /// Recording configuration to apply.
        recording_configuration_id: text = "recordingConfigurationId" [twilio()];
        /// URL that gets the state of the recording.
        recording_status_callback: url = "recordingStatusCallback" [code(13256)];
        /// States of the recording to report; `completed` by default.
        recording_status_callback_event: many<DialRecordingEvent> = "recordingStatusCallbackEvent"
            [code(13621)];
        /// Method of the recording callbacks; `POST` by default.
        recording_status_callback_method: one<HttpMethod> = "recordingStatusCallbackMethod";
        /// Which side is recorded; `both` by default.
        recording_track: one<DialRecordingTrack> = "recordingTrack" [code(13622)];
        /// Method of the request to `referUrl`; `POST` by default.
        refer_method: one<HttpMethod> = "referMethod" [twilio()];
        /// URL that is asked when the called side sends a SIP REFER.
        refer_url: url = "referUrl" [twilio()];
        /// Country whose ringing the caller hears.
        ring_tone: one<DialRingTone> = "ringTone" [code(13220)];
        /// Whether the nouns ring one after the other.
        sequential: flag = "sequential" [code(13218) twilio()];
        /// Longest call, in seconds; `14400` by default.
        time_limit: int = "timeLimit" [at_least(1) code(13216)];
        /// Ringing, in seconds; `30` by default.
        timeout: int = "timeout" [range(5, 600) code(13212)];
        /// Whether silence at the ends is cut; `do-not-trim` by default.
        trim: one<DialTrim> = "trim";
        /// Reason that the called side is shown, up to 50 characters.
        call_reason: text = "callReason" [max_chars(50) twilio()];
        /// What to do on an answering machine; from old versions of the API.
        if_machine: text = "ifMachine" [code(13211) twilio()];
        /// Name that the called side is shown (SignalWire).
        caller_name: text = "callerName" [signalwire()];
        /// URL that the recording is uploaded to (SignalWire).
        recording_storage_url: url = "recordingStorageUrl" [signalwire()];
        /// Method of that upload (SignalWire).
        recording_storage_url_method: one<StorageMethod> = "recordingStorageUrlMethod"
            [signalwire()];
    }

    /// A phone number to call.
    Number = "Number" in [Dial], text required, new(text) [code(13223) check(phone)] {
        /// URL that gets the result of machine detection.
        amd_status_callback: url = "amdStatusCallback" [twilio()];
        /// Method of the requests to `amdStatusCallback`; `POST` by default.
        amd_status_callback_method: one<HttpMethod> = "amdStatusCallbackMethod" [twilio()];
        /// Trunk that carries the call.
        byoc: sid = "byoc" [prefix("BY") twilio()];
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
        /// Method of the request to `url`; `POST` by default.
        method: one<HttpMethod> = "method" [code(13221)];
        /// Tones to send when answered, `w` waits half a second.
        send_digits: text = "sendDigits" [code(13222) check(tones)];
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// States to report; `completed` by default.
        status_callback_event: many<NumberEvent> = "statusCallbackEvent";
        /// Method of the status callbacks; `POST` by default.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// URL of the document that runs for the called party before the two are joined.
        url: url = "url";
    }

    /// A client of a voice SDK to call: its identity as text, or an [`Identity`] with
    /// [`Parameter`]s.
    ///
    /// ```
    /// use switchhook_twiml::{Client, Identity, Dial, voice};
    ///
    /// let client = Client::default().with(Identity::new("jane")).parameter("plan", "gold");
    /// let reply = voice::Response::new().with(Dial::new().with(client));
    /// let xml =
    ///     r#"<Client><Identity>jane</Identity><Parameter name="plan" value="gold"/></Client>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Client = "Client" in [Dial], text optional, new(text) [twilio() max_chars(256)] {
        /// Method of the request to `url`; `POST` by default.
        method: one<HttpMethod> = "method";
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// States to report; `completed` by default.
        status_callback_event: many<ClientEvent> = "statusCallbackEvent";
        /// Method of the status callbacks; `POST` by default.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// URL of the document that runs for the called party before the two are joined.
        url: url = "url";
        /// URL that is notified of the call to the client.
        client_notification_url: url = "clientNotificationUrl" [code(13806)];
    }

    /// Identity of the client to call.
    Identity = "Identity" in [Client], text required, new(text) [twilio() max_chars(256)] {}

    /// A conference to join, by its name (up to 128 characters).
    ///
    /// ```
    /// use switchhook_twiml::{Conference, ConferenceEvent, Dial, voice};
    ///
    /// let events = [ConferenceEvent::Join, ConferenceEvent::Leave];
    /// let conference = Conference::new("Standup").status_callback_event(events);
    /// let reply = voice::Response::new().with(Dial::new().with(conference));
    /// let xml = r#"<Conference statusCallbackEvent="join leave">Standup</Conference>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Conference = "Conference" in [Dial], text required, new(text) [code(13237)] {
        /// Whether a beep is heard when someone joins or leaves; `true` by default.
        beep: one<ConferenceBeep> = "beep" [code(13235)];
        /// Call that this participant whispers to.
        coach: sid = "coach" [prefix("CA") code(13240)];
        /// Whether the conference ends when this participant leaves; `false` by default.
        end_conference_on_exit: flag = "endConferenceOnExit" [code(13231)];
        /// URL that gets conference events; replaced by `statusCallback`.
        event_callback_url: url = "eventCallbackUrl";
        /// Size of the jitter buffer; `large` by default.
        jitter_buffer_size: one<ConferenceJitterBufferSize> = "jitterBufferSize" [twilio()];
        /// Participants at most; `250` by default.
        max_participants: int = "maxParticipants" [range(0, 250)];
        /// Whether the participant joins muted; `false` by default.
        muted: flag = "muted" [code(13230)];
        /// Label that names the participant, up to 128 characters.
        participant_label: text = "participantLabel" [max_chars(128) code(16024) twilio()];
        /// Whether and how it is recorded; `do-not-record` by default.
        record: one<ConferenceRecord> = "record";
        /// Recording configuration to apply.
        recording_configuration_id: text = "recordingConfigurationId" [twilio()];
        /// URL that gets the state of the recording.
        recording_status_callback: url = "recordingStatusCallback";
        /// States of the recording to report; `completed` by default.
        recording_status_callback_event:
            many<ConferenceRecordingEvent> = "recordingStatusCallbackEvent" [code(13621)];
        /// Method of the recording callbacks; `POST` by default.
        recording_status_callback_method: one<HttpMethod> = "recordingStatusCallbackMethod";
        /// Region that mixes.
        region: one<ConferenceRegion> = "region" [twilio()];
        /// Whether the conference starts with this participant; `true` by default.
        start_conference_on_enter: flag = "startConferenceOnEnter" [code(13232)];
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// States to report.
        status_callback_event: many<ConferenceEvent> = "statusCallbackEvent";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// Whether silence at the ends is cut; `trim-silence` by default.
        trim: one<ConferenceTrim> = "trim" [code(13239)];
        /// Method of the request to `waitUrl`; `POST` by default.
        wait_method: one<HttpMethod> = "waitMethod" [code(13234)];
        /// URL of the document that runs while the caller waits.
        wait_url: url = "waitUrl" [code(13233)];
        /// URL of a stream; seen in one example (SignalWire).
        stream_url: wss = "streamUrl" [signalwire()];
    }

    /// Another application to connect to: its SID as text, or an [`ApplicationSid`] with
    /// [`Parameter`]s.
    Application = "Application" in [Dial], text optional, new(text) [twilio()] {
        /// Whether the parent call's `To` is passed on.
        copy_parent_to: flag = "copyParentTo";
        /// Your ID of the customer.
        customer_id: text = "customerId";
        /// Method of the request to `url`.
        method: one<HttpMethod> = "method";
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// States to report.
        status_callback_event: many<ApplicationEvent> = "statusCallbackEvent";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// URL of the document that runs for the called party before the two are joined.
        url: url = "url";
    }

    /// SID of the application to connect to.
    ApplicationSid = "ApplicationSid" in [Application], text required, new(text) [twilio()] {}

    /// A SIM to call, by its SID.
    Sim = "Sim" in [Dial], text required, new(text) [twilio()] {}

    /// A WhatsApp user to call.
    WhatsApp = "WhatsApp" in [Dial], text required, new(text) [twilio() check(phone)] {
        /// Method of the request to `url`.
        method: one<HttpMethod> = "method";
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// States to report.
        status_callback_event: many<WhatsAppEvent> = "statusCallbackEvent";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// URL of the document that runs for the called party before the two are joined.
        url: url = "url";
    }
}
