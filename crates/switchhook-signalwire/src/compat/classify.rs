//! Telling compatibility webhooks apart that do not carry their name.

use switchhook_core::Payload;

use super::CompatWebhook;

switchhook_core::classify! {
    /// Takes a form for one of the events, by the provider's parameters in the order of the table.
    /// `None` for what is of no webhook at all.
    ///
    /// Some events have the parameters of another one, and only the route tells them:
    /// `voice.amd`, `conference.wait`, `voice.incoming_status`, `message.action`, `fax.received`.
    /// Give each its own URL, and let the route name the type; this is for those who have one URL
    /// for all.
    ///
    /// ```
    /// use switchhook_core::{Certainty, Params};
    /// use switchhook_signalwire::compat::classify;
    ///
    /// let sure = classify(&Params::parse(b"CallSid=1&DialCallStatus=busy")?).unwrap();
    /// assert_eq!((sure.group, sure.certainty), ("dial.action", Certainty::Certain));
    /// let guess = classify(&Params::parse(b"CallSid=1&From=%2B15550001111&To=1")?).unwrap();
    /// assert_eq!((guess.group, guess.certainty), ("voice.request", Certainty::Guess));
    /// # Ok::<(), switchhook_core::ParamsError>(())
    /// ```
    pub fn classify;

    // Certain is what no event further down may send; the route has to tell what is likely.
    "stream.status" Certain if any("StreamEvent");
    "transcription.status" Certain if any("TranscriptionSid");
    "recording.status" Certain if any("RecordingStatus");
    "fax.status" Likely if any("FaxSid") & any("FaxStatus");
    "fax.request" Certain if any("FaxSid");
    "conference.status" Certain if any("StatusCallbackEvent") & any("ConferenceSid");
    "message.status" Likely if any("MessageStatus");
    "message.inbound" Certain if any("MessageSid");
    "sms_verb.action" Certain if any("SmsStatus") & any("CallSid");
    "sms_verb.status" Likely if any("SmsStatus");
    "pay.status" Certain if any("For");
    "pay.action" Certain if any("Result") & any(
        "PaymentConfirmationCode" | "PaymentToken" | "PaymentCardNumber" | "PaymentCardType"
            | "PaymentCardPostalCode" | "PaymentMethod" | "PaymentError" | "PayErrorCode"
    );
    "dial.action" Certain if any("DialCallStatus");
    "queue.action" Certain if any("QueueResult");
    "queue.url" Certain if any("DequeingCallSid");
    "queue.wait" Certain if any("QueuePosition" | "CurrentQueueSize");
    "refer.action" Certain if any("ReferCallStatus");
    "virtual_agent.action" Certain if any("VirtualAgentStatus");
    "voice.status" Certain if any("CallbackSource");
    "voice.status" Likely if any("Timestamp") & any("CallStatus");
    "gather.action" Certain if any("SpeechResult") & without("RecordingUrl");
    "gather.action" Likely if any("Digits") & without("RecordingUrl");
    // What follows `<Record>` has a call; the table leaves this one to the route.
    "conference.event_callback" Likely
        if any("RecordingUrl") & any("ConferenceSid") & without("CallSid");
    "record.action" Likely if any("RecordingUrl");
    "voice.request" Guess if any("CallSid");
}

/// What a delivery goes by: JSON says it, forms are classified.
pub(super) fn name(payload: &Payload) -> Option<&str> {
    let Some(json) = payload.json() else { return group(payload) };
    let json = json.as_ref();
    if let Some(event) = json.get("event") {
        return Some(match &*event.as_str()? {
            "connected" => "stream.ws.connected",
            "start" => "stream.ws.start",
            "media" => "stream.ws.media",
            "dtmf" => "stream.ws.dtmf",
            "mark" => "stream.ws.mark",
            "stop" => "stream.ws.stop",
            _ => return switchhook_core::__private::stranger::<CompatWebhook>(event),
        });
    }
    if json.get("transaction_id").is_some() {
        return Some("pay.connector");
    }
    // What the schema lists: a form's names in a flat object.
    let form = switchhook_core::__private::flat_params(json)?;
    classify(&form).map(|classification| classification.group)
}
