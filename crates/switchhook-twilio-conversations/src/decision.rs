//! Answers to the events that ask.
//!
//! Twilio sends a pre-event before something happens, waits 5 s, and does as it is told.

use std::{convert::Infallible, fmt};

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE};
use serde_json::Value;
use switchhook_core::{Event, JsonText, WireValue};

use crate::{
    ConversationAdd, ConversationRemove, ConversationUpdate, MessageAdd, MessageRemove,
    MessageUpdate, ParticipantAdd, ParticipantRemove, ParticipantUpdate, UserUpdate,
};

/// An event that Twilio sends before something happens, and whose answer decides about it.
///
/// What may be changed differs: an answer that does not fit the event does not compile.
///
/// ```
/// use switchhook_twilio_conversations::{Decision, MessageAdd, MessageChanges, PreEvent};
///
/// fn moderate(message: &MessageAdd) -> Decision<MessageChanges> {
///     match message.body.as_deref() {
///         Some("spam") => message.reject(),
///         Some(text) if text.contains("darn") => {
///             message.modify(MessageChanges::new().body(text.replace("darn", "****")))
///         }
///         _ => message.accept(),
///     }
/// }
/// ```
///
/// Participants cannot be changed:
///
/// ```compile_fail,E0308
/// use switchhook_twilio_conversations::{Decision, MessageChanges, ParticipantAdd, PreEvent};
///
/// fn admit(joining: &ParticipantAdd) -> Decision {
///     joining.modify(MessageChanges::new().body("Hello"))
/// }
/// ```
pub trait PreEvent: Event {
    /// What an answer may change.
    type Changes: Changes;

    /// Lets it happen as it is.
    fn accept(&self) -> Decision<Self::Changes> {
        Decision::accept()
    }

    /// Lets it happen with these changes.
    fn modify(&self, changes: Self::Changes) -> Decision<Self::Changes> {
        Decision::modify(changes)
    }

    /// Lets it not happen.
    fn reject(&self) -> Decision<Self::Changes> {
        Decision::reject()
    }
}

macro_rules! pre_events {
    ($($event:ident: $changes:ty),* $(,)?) => {
        $( impl PreEvent for $event {
            type Changes = $changes;
        } )*
    };
}

pre_events! {
    MessageAdd: MessageChanges,
    MessageUpdate: MessageChanges,
    MessageRemove: NoChanges,
    ConversationAdd: ConversationChanges,
    ConversationUpdate: ConversationChanges,
    ConversationRemove: NoChanges,
    ParticipantAdd: NoChanges,
    ParticipantUpdate: NoChanges,
    ParticipantRemove: NoChanges,
    UserUpdate: NoChanges,
}

/// What becomes of the thing that a [`PreEvent`] asks about.
///
/// | decision | answer |
/// |---|---|
/// | accept | 200, no body |
/// | modify | 200, `application/json`, the changed fields and no others |
/// | reject | 403, no body |
///
/// Twilio documents no other 2xx for these events, and takes each 4xx and 5xx as a rejection. 403
/// is the one that says so, and that no layer in between retries or answers with credentials. A
/// crash answered with 500 rejects what a person has written: where a handler can fail, accept.
///
/// `Decision` without a parameter is for events that nothing can be changed about.
///
/// ```
/// use switchhook_twilio_conversations::{ConversationChanges, Decision};
///
/// let named = Decision::modify(ConversationChanges::new().friendly_name("Order 42"));
/// let response = named.into_response();
/// assert_eq!((response.status().as_u16(), &response.body()[..]), (200, &br#"{"friendly_name":"Order 42"}"#[..]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "Twilio waits for the answer"]
pub struct Decision<C = NoChanges>(Verdict<C>);

/// The answer to an event that asks about a message.
pub type MessageDecision = Decision<MessageChanges>;

/// The answer to an event that asks about a conversation.
pub type ConversationDecision = Decision<ConversationChanges>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict<C> {
    Accept,
    Modify(C),
    Reject,
}

impl<C: Changes> Decision<C> {
    /// Lets it happen as it is.
    pub fn accept() -> Self {
        Self(Verdict::Accept)
    }

    /// Lets it happen with these changes.
    pub fn modify(changes: C) -> Self {
        Self(Verdict::Modify(changes))
    }

    /// Lets it not happen.
    pub fn reject() -> Self {
        Self(Verdict::Reject)
    }

    /// The HTTP response that says so.
    #[must_use]
    pub fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        match self.0 {
            Verdict::Accept => {}
            Verdict::Modify(changes) => {
                let json = HeaderValue::from_static("application/json");
                response.headers_mut().insert(CONTENT_TYPE, json);
                *response.body_mut() = object(&changes.fields()).into();
            }
            Verdict::Reject => *response.status_mut() = StatusCode::FORBIDDEN,
        }
        response
    }
}

/// The JSON object of these fields, in their order. Their names need no escapes.
fn object(fields: &[(&str, &str)]) -> String {
    let members = fields.iter().map(|(name, text)| format!("\"{name}\":{}", Value::from(*text)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

impl<C: Changes> From<Decision<C>> for Response<Bytes> {
    fn from(decision: Decision<C>) -> Self {
        decision.into_response()
    }
}

/// What an answer may change. The changes of this crate alone implement it.
pub trait Changes: fmt::Debug + Send + 'static + sealed::Fields {
    /// The names of what may be changed, as Twilio's pages have them.
    const FIELDS: &'static [&'static str];
}

mod sealed {
    pub trait Fields {
        /// The changed fields, with their names.
        fn fields(&self) -> Vec<(&'static str, &str)>;
    }
}

/// Declares what may be changed: all of it text on the wire.
macro_rules! changes {
    (
        $(#[$meta:meta])*
        $name:ident {
            $( $(#[$field_meta:meta])* $field:ident($argument:ty) -> $stored:ty, $text:path; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $( $field: Option<$stored>, )+
        }

        impl $name {
            /// Nothing changed yet.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }

            $(
                $(#[$field_meta])*
                #[must_use]
                pub fn $field(mut self, $field: impl Into<$argument>) -> Self {
                    self.$field = Some($field.into());
                    self
                }
            )+
        }

        impl Changes for $name {
            const FIELDS: &'static [&'static str] = &[$( stringify!($field) ),+];
        }

        impl sealed::Fields for $name {
            fn fields(&self) -> Vec<(&'static str, &str)> {
                let fields = [$( (stringify!($field), self.$field.as_ref().map($text)) ),+];
                fields.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
            }
        }

        /// Shows the lengths of what was changed.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    $( .field(
                        stringify!($field),
                        &self.$field.as_ref().map($text).map(WireValue::Text),
                    ) )+
                    .finish()
            }
        }
    };
}

changes! {
    /// Changes of a message. What is not set stays as it is.
    ///
    /// ```
    /// use switchhook_core::JsonText;
    /// use switchhook_twilio_conversations::{MessageChanges, MessageDecision};
    ///
    /// let flags = JsonText::of(&serde_json::json!({"flag": true}))?;
    /// let changes = MessageChanges::new().body("changed").author("desk").attributes(flags);
    /// let response = MessageDecision::modify(changes).into_response();
    /// assert_eq!(
    ///     &response.body()[..],
    ///     br#"{"body":"changed","author":"desk","attributes":"{\"flag\":true}"}"#
    /// );
    /// # Ok::<(), switchhook_core::JsonError>(())
    /// ```
    MessageChanges {
        /// The text. On the wire: `body`.
        body(String) -> String, String::as_str;
        /// Who is shown as having written it. On the wire: `author`.
        author(String) -> String, String::as_str;
        /// The application's own data: JSON, which travels as a text within the JSON. Of a value
        /// [`JsonText::of`] makes it; a text is taken as it is. On the wire: `attributes`.
        attributes(JsonText) -> JsonText, JsonText::as_str;
    }
}

changes! {
    /// Changes of a conversation. What is not set stays as it is.
    ConversationChanges {
        /// The name that people see. On the wire: `friendly_name`.
        friendly_name(String) -> String, String::as_str;
    }
}

/// Nothing can be changed: there is no value of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoChanges(Infallible);

impl Changes for NoChanges {
    const FIELDS: &'static [&'static str] = &[];
}

impl sealed::Fields for NoChanges {
    fn fields(&self) -> Vec<(&'static str, &str)> {
        match self.0 {}
    }
}
