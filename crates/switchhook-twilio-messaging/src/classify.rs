//! Telling webhooks apart that do not carry their name.

switchhook_core::classify! {
    /// Takes a delivery for one of the groups, by the provider's parameters. `None` for what is no
    /// messaging webhook at all.
    ///
    /// An action and a status callback of the same message may look alike: give each its own URL,
    /// and let the route name the type.
    ///
    /// ```
    /// use switchhook_core::{Certainty, Params};
    /// use switchhook_twilio_messaging::classify;
    ///
    /// let sure = classify(&Params::parse(b"MessageSid=SM1&SmsStatus=received&Body=Hi")?).unwrap();
    /// assert_eq!((sure.group, sure.certainty), ("incoming-message", Certainty::Certain));
    /// let likely = classify(&Params::parse(b"MessageSid=SM1&MessageStatus=sent")?).unwrap();
    /// assert_eq!((likely.group, likely.certainty), ("message-status", Certainty::Likely));
    /// # Ok::<(), switchhook_core::ParamsError>(())
    /// ```
    pub fn classify;

    // A fallback of Voice has an `ErrorUrl`, too.
    "message-fallback" Certain if any("ErrorUrl") & any("MessageSid");
    // Parameters of what comes in, which a status callback does not have.
    "message-action" Likely if any("MessageStatus") & equals("SmsStatus", "received");
    "message-action" Likely if any("MessageStatus") & any("SmsMessageSid");
    "message-action" Guess if any("MessageStatus") & any("NumMedia" | "NumSegments");
    "message-status" Certain if any("MessageStatus") & any("SmsStatus");
    "message-status" Likely if any("MessageStatus");
    "incoming-message" Certain if equals("SmsStatus", "received")
        & any("Body" | "NumMedia" | "NumSegments" | "SmsMessageSid");
    "incoming-message" Likely if equals("SmsStatus", "received");
    "incoming-message" Likely if any("SmsMessageSid");
    // The old `<Sms>` of Voice reports a state and a call.
    "message-status" Likely if any("SmsStatus") & without("CallSid");
    "incoming-message" Guess if any("MessageSid") & any("From") & any("Body" | "NumMedia");
}
