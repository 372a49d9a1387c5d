//! The course of a call.

crate::table::elements! {
    /// Records the caller's voice. Verbs after it are reached only where nothing was recorded: of
    /// an empty recording nobody is told.
    ///
    /// ```
    /// use switchhook_twiml::{Record, voice};
    ///
    /// let reply = voice::Response::new()
    ///     .with(Record::new().max_length(120).play_beep(true).finish_on_key("*"));
    /// let xml = r#"<Record finishOnKey="*" maxLength="120" playBeep="true"/>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Record = "Record" in [VoiceResponse], text none, new() {
        /// URL that takes over when the verb ends; the current document by default.
        action: url = "action";
        /// Keys that end it; `1234567890*#` by default.
        finish_on_key: text = "finishOnKey" [code(13613) check(keys)];
        /// Longest recording, in seconds; `3600` by default.
        max_length: int = "maxLength" [range(2, 86400) code(13612)];
        /// Method of the request to `action`; `POST` by default.
        method: one<HttpMethod> = "method" [code(13610)];
        /// Whether a beep comes first; `true` by default.
        play_beep: flag = "playBeep" [code(13616)];
        /// Recording configuration to apply.
        recording_configuration_id: text = "recordingConfigurationId" [twilio()];
        /// URL that gets the state of the recording.
        recording_status_callback: url = "recordingStatusCallback";
        /// States of the recording to report; `completed` by default.
        recording_status_callback_event: many<RecordRecordingEvent> = "recordingStatusCallbackEvent"
            [code(13621)];
        /// Method of the recording callbacks; `POST` by default.
        recording_status_callback_method: one<HttpMethod> = "recordingStatusCallbackMethod";
        /// Silence that ends the recording, in seconds; `0` never; `5` by default.
        timeout: int = "timeout" [code(13611)];
        /// Whether the recording is transcribed; `false` by default.
        transcribe: flag = "transcribe" [code(13614)];
        /// URL that gets the transcript.
        transcribe_callback: url = "transcribeCallback" [code(13257)];
        /// Whether silence at the ends is cut; `trim-silence` by default.
        trim: one<RecordTrim> = "trim" [code(13699)];
        /// URL that the recording is uploaded to (SignalWire).
        storage_url: absolute_url = "storageUrl" [signalwire()];
        /// Method of that upload (SignalWire).
        storage_url_method: one<StorageMethod> = "storageUrlMethod" [signalwire()];
    }

    /// Goes on with another document. Verbs after it are not reached.
    ///
    /// ```
    /// use switchhook_twiml::{Redirect, voice};
    ///
    /// let reply = voice::Response::new()
    ///     .with(Redirect::new("/next?step=2&lang=en").method("GET"));
    /// let xml = r#"<Redirect method="GET">/next?step=2&amp;lang=en</Redirect>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Redirect = "Redirect" in [VoiceResponse, MessagingResponse], text optional, new(text) {
        /// Method of the request for that document; `POST` by default.
        method: one<HttpMethod> = "method" [code(13710)];
    }

    /// Declines the call without answering; only as the first verb.
    ///
    /// ```
    /// use switchhook_twiml::{Reject, RejectReason, voice};
    ///
    /// let reply = voice::Response::new().with(Reject::new().reason(RejectReason::Busy));
    /// let xml = r#"<Reject reason="busy"/>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Reject = "Reject" in [VoiceResponse], text none, new() {
        /// What the caller hears; `rejected` by default.
        reason: one<RejectReason> = "reason" [code(13810)];
    }

    /// Ends the call.
    Hangup = "Hangup" in [VoiceResponse], text none, new() {}

    /// Leaves the queue that the call is in.
    Leave = "Leave" in [VoiceResponse], text none, new() {}

    /// Plays the caller back to the caller.
    Echo = "Echo" in [VoiceResponse], text none, new() {
        /// Longest echo, in seconds; `60` by default (SignalWire).
        timeout: int = "timeout" [signalwire()];
    }

    /// Puts the caller into a queue, or makes a [`Task`] of the call.
    ///
    /// ```
    /// use switchhook_twiml::{Enqueue, Task, voice};
    ///
    /// let task = Task::new(r#"{"lang":"en"}"#).priority(3);
    /// let reply = voice::Response::new().with(Enqueue::default().workflow_sid("WW1").with(task));
    /// let xml =
    ///     r#"<Enqueue workflowSid="WW1"><Task priority="3">{"lang":"en"}</Task></Enqueue>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Enqueue = "Enqueue" in [VoiceResponse], text optional, new(text) {
        /// URL that takes over when the verb ends.
        action: url = "action" [code(14203)];
        /// Length of the queue at most.
        max_queue_size: int = "maxQueueSize" [twilio()];
        /// Method of the request to `action`; `POST` by default.
        method: one<HttpMethod> = "method" [code(14201)];
        /// URL of the document that runs while the caller waits.
        wait_url: url = "waitUrl" [code(14202)];
        /// Method of the request to `waitUrl`; `POST` by default.
        wait_url_method: one<HttpMethod> = "waitUrlMethod" [code(14206)];
        /// Workflow that takes the task.
        workflow_sid: sid = "workflowSid" [prefix("WW") code(14220) twilio()];
    }

    /// Attributes of a task, as JSON text.
    Task = "Task" in [Enqueue], text required, new(text) [twilio() code(14221) check(json)] {
        /// Priority: the higher the sooner.
        priority: int = "priority";
        /// Time until the task expires, in seconds.
        timeout: int = "timeout";
    }

    /// A queue whose first caller is connected.
    Queue = "Queue" in [VoiceResponse, Dial], text required, new(text) [code(14212)] {
        /// Method of the request to `url`; `POST` by default.
        method: one<HttpMethod> = "method" [code(14210)];
        /// Activity of the worker after the call.
        post_work_activity_sid: sid = "postWorkActivitySid" [prefix("WA") twilio()];
        /// Reservation of the task to connect.
        reservation_sid: sid = "reservationSid" [prefix("WR") code(14215) twilio()];
        /// URL of the document that the queued caller hears before the two are joined.
        url: url = "url" [code(14211)];
    }

    /// Annotates the call with one [`BillingReferenceTag`].
    ///
    /// ```
    /// use switchhook_twiml::{Annotate, BillingReferenceTag, voice};
    ///
    /// let reply = voice::Response::new()
    ///     .with(Annotate::new().with(BillingReferenceTag::new("order-1")));
    /// let xml = "<Annotate><BillingReferenceTag>order-1</BillingReferenceTag></Annotate>";
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Annotate = "Annotate" in [VoiceResponse], text none, new() {}

    /// Text of up to 128 characters that the bill shows.
    BillingReferenceTag = "BillingReferenceTag" in [Annotate],
        text required, new(text) [code(13120) max_chars(128)] {}
}
