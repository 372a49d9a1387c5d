//! Roots of the three kinds of replies.

use crate::{
    Diagnostic, Dialect, Document, Linter, Markup, WriteError, document::element_xml,
    grammar::ReplyKind, write::Forbidden,
};

crate::table::elements! {
    /// The answer to a call: its verbs run one after the other.
    ///
    /// ```
    /// use switchhook_twiml::{Hangup, Say, voice};
    ///
    /// let reply = voice::Response::new().with(Say::new("Fish & chips")).with(Hangup::new());
    /// assert_eq!(
    ///     reply.to_xml()?,
    ///     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
    ///      <Response><Say>Fish &amp; chips</Say><Hangup/></Response>",
    /// );
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    VoiceResponse = "Response" in [], text none, new() {
        /// Version of the API, from its first years.
        version: text = "version" [code(12101) check(date)];
    }

    /// The answer to a message. Empty, it says nothing.
    ///
    /// ```
    /// use switchhook_twiml::{Message, messaging};
    ///
    /// let reply = messaging::Response::new().with(Message::new("Got it."));
    /// assert!(reply.to_xml()?.ends_with("<Response><Message>Got it.</Message></Response>"));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    MessagingResponse = "Response" in [], text none, new() {}

    /// The answer to a fax. Twilio's product has ended, SignalWire's has not.
    ///
    /// ```
    /// use switchhook_twiml::{Receive, fax};
    ///
    /// let reply = fax::Response::new().with(Receive::new().action("/fax"));
    /// assert!(reply.to_xml()?.ends_with("<Response><Receive action=\"/fax\"/></Response>"));
    /// # Ok::<(), switchhook_twiml::WriteError>(())
    /// ```
    FaxResponse = "Response" in [], text none, new() {}
}

/// What a root can do.
macro_rules! responses {
    ($( $response:ident = $kind:ident ),*) => { $(
        impl $response {
            /// The content type to send it with.
            pub const CONTENT_TYPE: &'static str = crate::CONTENT_TYPE;

            /// The reply as XML, with the declaration.
            ///
            /// # Errors
            ///
            /// A character that XML does not have, a name that is not valid, `--` in a comment,
            /// a blank in an entry of a list.
            pub fn to_xml(&self) -> Result<String, WriteError> {
                element_xml(self.element(), Forbidden::Refuse)
            }

            /// The same, with U+FFFD in place of characters that XML does not have.
            ///
            /// # Errors
            ///
            /// The others of `to_xml`.
            pub fn to_xml_lossy(&self) -> Result<String, WriteError> {
                element_xml(self.element(), Forbidden::Replace)
            }

            /// What the provider would object to.
            pub fn lint(&self, dialect: Dialect) -> Vec<Diagnostic> {
                Linter::new(dialect).reply(ReplyKind::$kind).lint(&self.clone().into())
            }
        }

        impl From<$response> for Document {
            fn from(response: $response) -> Self {
                response.into_element().into()
            }
        }
    )* };
}

responses!(VoiceResponse = Voice, MessagingResponse = Messaging, FaxResponse = Fax);
