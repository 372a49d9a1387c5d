//! Payments.

crate::table::elements! {
    /// Takes payment details from the caller, without the application seeing them. `action`
    /// has to be https.
    ///
    /// ```
    /// use switchhook_twiml::{Pay, PayValidCardTypes, voice};
    ///
    /// let reply = voice::Response::new()
    ///     .with(Pay::new().charge_amount(20).valid_card_types([PayValidCardTypes::Visa]));
    /// let xml = r#"<Pay chargeAmount="20" validCardTypes="visa"/>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Pay = "Pay" in [VoiceResponse], text none, new() {
        /// URL that takes over when the verb ends; the current document by default.
        action: url = "action";
        /// Kind of bank account; `consumer-checking` by default.
        bank_account_type: one<PayBankAccountType> = "bankAccountType" [twilio()];
        /// Amount to charge; without one only a token is made.
        charge_amount: decimal = "chargeAmount" [between(0.0, 1_000_000.0)];
        /// Currency of the amount; `usd` by default.
        currency: text = "currency";
        /// Text that the connector passes on.
        description: text = "description";
        /// What is listened for; `dtmf` by default.
        input: one<PayInput> = "input";
        /// Language; `en-us` by default.
        language: one<PayLanguage> = "language";
        /// Attempts for each step.
        max_attempts: int = "maxAttempts" [range(1, 3)];
        /// Digits that a postal code has at least.
        min_postal_code_length: int = "minPostalCodeLength" [at_least(1)];
        /// Name of the Pay connector; `Default` by default.
        payment_connector: text = "paymentConnector" [twilio()];
        /// Kind of payment; `credit-card` by default.
        payment_method: one<PayPaymentMethod> = "paymentMethod";
        /// Whether a postal code is asked for, or the one to use; `true` by default.
        postal_code: flag_or_text = "postalCode";
        /// Whether a security code is asked for; `true` by default.
        security_code: flag = "securityCode";
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod" [twilio()];
        /// Wait for input, in seconds; `5` by default.
        timeout: int = "timeout" [at_least(1)];
        /// Kind of token to make; `reusable` by default.
        token_type: one<PayTokenType> = "tokenType";
        /// Cards that are accepted; `visa mastercard amex` by default.
        valid_card_types: many<PayValidCardTypes> = "validCardTypes";
        /// URL of the payment connector, instead of `paymentConnector` (SignalWire).
        payment_connector_url: url = "paymentConnectorUrl" [required() signalwire()];
    }

    /// Replaces a prompt of a payment step.
    ///
    /// ```
    /// use switchhook_twiml::{Pay, Prompt, PromptFor, Say, voice};
    ///
    /// let prompt = Prompt::new().for_step(PromptFor::PostalCode).with(Say::new("Zip?"));
    /// let reply = voice::Response::new().with(Pay::new().with(prompt));
    /// let xml = r#"<Pay><Prompt for="postal-code"><Say>Zip?</Say></Prompt></Pay>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Prompt = "Prompt" in [VoiceResponse, Pay], text none, new() {
        /// Attempts that the prompt is for.
        attempt: ints = "attempt";
        /// Cards that the prompt is for.
        card_type: many<PromptCardType> = "cardType";
        /// Errors that the prompt answers.
        error_type: many<PromptErrorType> = "errorType";
        /// Step that the prompt is for.
        for_step: one<PromptFor> = "for";
        /// Whether the details are entered twice and compared.
        require_matching_inputs: flag = "requireMatchingInputs" [twilio()];
    }
}
