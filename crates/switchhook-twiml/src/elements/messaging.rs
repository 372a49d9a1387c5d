//! Replies to messages and faxes.

crate::table::elements! {
    /// Sends a message: text, or [`Body`] and [`Media`]. Up to ten in a reply.
    ///
    /// ```
    /// use switchhook_twiml::{Body, Media, Message, messaging};
    ///
    /// let media = Media::new("https://a.example.com/i.png");
    /// let message = Message::default().with(Body::new("Look")).with(media);
    /// let reply = messaging::Response::new().with(message);
    /// let xml =
    ///     r#"<Message><Body>Look</Body><Media>https://a.example.com/i.png</Media></Message>"#;
    /// assert!(reply.to_xml()?.contains(xml));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    Message = "Message" in [MessagingResponse],
        text optional, new(text) [code(14103) max_chars(1600)] {
        /// URL that takes over when the verb ends.
        action: url = "action";
        /// Sender; by default the number that got the message.
        from: address = "from" [code(14102)];
        /// Method of the request to `action`; `POST` by default.
        method: one<HttpMethod> = "method" [code(14104)];
        /// URL that gets the status.
        status_callback: url = "statusCallback" [code(14105) twilio()];
        /// Recipient; by default the sender of the message.
        to: phone = "to" [code(14101)];
    }

    /// Text of a message, up to 1600 characters.
    Body = "Body" in [Message], text required, new(text) [code(14103) max_chars(1600)] {}

    /// URL of a file to send.
    Media = "Media" in [Message], text required, new(text) {}

    /// Sends a text message; older than [`Message`].
    Sms = "Sms" in [VoiceResponse, MessagingResponse],
        text required, new(text) [code(14103) max_chars(1600)] {
        /// URL that takes over when the verb ends.
        action: url = "action";
        /// Sender.
        from: phone = "from";
        /// Method of the request to `action`.
        method: one<HttpMethod> = "method";
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// Recipient.
        to: phone = "to";
    }

    /// Receives a fax.
    Receive = "Receive" in [FaxResponse], text none, new() {
        /// URL that takes over when the verb ends.
        action: url = "action";
        /// File format to store; `application/pdf` by default.
        media_type: one<ReceiveMediaType> = "mediaType";
        /// Method of the request to `action`; `POST` by default.
        method: one<HttpMethod> = "method";
        /// Paper size to fit; `letter` by default.
        page_size: one<ReceivePageSize> = "pageSize";
        /// Whether the fax is stored.
        store_media: flag = "storeMedia" [twilio()];
    }
}
