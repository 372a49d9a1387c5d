//! Telling webhooks apart that do not carry their name.

switchhook_core::classify! {
    /// Takes a delivery for one of the groups, by the provider's parameters in the order of the
    /// table. `None` for what is no voice webhook at all: nothing in it is about a call.
    ///
    /// Most voice webhooks have no parameter that is theirs alone: what they are is settled by the
    /// URL that the provider was given. Give each its own URL, and let the route name the type; this
    /// is for those who have one URL for all.
    ///
    /// ```
    /// use switchhook_core::{Certainty, Params};
    /// use switchhook_twilio_voice::classify;
    ///
    /// let sure = classify(&Params::parse(b"CallSid=CA1&DialCallStatus=busy")?).unwrap();
    /// assert_eq!((sure.group, sure.certainty), ("dial-action", Certainty::Certain));
    /// let guess = classify(&Params::parse(b"CallSid=CA1&From=%2B15550001111&To=1")?).unwrap();
    /// assert_eq!((guess.group, guess.certainty), ("voice-request", Certainty::Guess));
    /// # Ok::<(), switchhook_core::ParamsError>(())
    /// ```
    pub fn classify;

    // A fallback has all that the request had which failed, whatever that was.
    "voice-fallback" Certain if any("ErrorUrl") & any("CallSid");
    // Certain is what no group further down may send.
    "transcription" Certain if any("TranscriptionEvent");
    "stream-status" Certain if any("StreamEvent");
    "siprec-status" Certain if any("SiprecEvent");
    "conference-status" Certain if any("ConferenceSid") & any("StatusCallbackEvent" | "EventName");
    "virtual-agent-action" Certain if any("VirtualAgentStatus");
    "virtual-agent-status" Certain if any("VirtualAgentProviderData");
    "transcribe-callback" Certain if any("TranscriptionStatus") & any("TranscriptionSid");
    "recording-status" Certain if any("RecordingStatus");
    "dial-leg-status" Likely if equals("CallbackSource", "call-progress-events") & any("ParentCallSid");
    "call-status" Certain if equals("CallbackSource", "call-progress-events");
    "amd-status" Likely if any("AnsweredBy") & without("CallStatus");
    "conversation-relay-action" Certain if any("SessionId") & any("SessionStatus");
    "dial-action" Certain if any("DialCallStatus");
    "enqueue-action" Certain if any("QueueResult");
    "queue-wait" Certain if any("QueuePosition");
    "dequeue-url" Certain if any("DequeingCallSid");
    "gather-partial" Certain if any("UnstableSpeechResult" | "StableSpeechResult");
    "payment-api-status" Certain if any("PaymentSid" | "Capture");
    "pay-status" Certain if any("For");
    "pay-action" Certain if any("Result");
    "refer-url" Certain if any("ReferTransferTarget");
    "refer-action" Certain if any("ReferSipResponseCode");
    "sms-verb-action" Certain if any("SmsStatus") & any("CallSid");
    "record-action" Likely if any("RecordingUrl");
    "gather-action" Likely if any("Digits" | "SpeechResult" | "msg");
    "call-status" Likely if any("CallDuration");
    "call-status" Guess if any("CallStatus") & without("From") & without("To");
    "voice-request" Guess if any("CallSid");
}
