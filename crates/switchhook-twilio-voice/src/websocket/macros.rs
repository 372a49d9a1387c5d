//! The table of one direction of a protocol.

/// Declares the messages of one direction: a struct each, and the enum over them.
///
/// A row is the type, the name of its constructor on the enum, the provider's name, and the
/// fields by presence. A field is named by the dotted path of its value; `as text` says that
/// the number travels as JSON text. A message with a lifetime borrows from the text that it is
/// read from; the enum has the same one then.
macro_rules! messages {
    ($(#[$meta:meta])* pub enum $enum:ident<$life:lifetime> = $($table:tt)*) => {
        messages! { @enum [$life] [<$life>] [&$life str] $(#[$meta])* $enum = $($table)* }
        messages! { @each [$life] [<$life>] $enum = $($table)* }
    };
    ($(#[$meta:meta])* pub enum $enum:ident = $($table:tt)*) => {
        messages! { @enum ['text] [] [&str] $(#[$meta])* $enum = $($table)* }
        messages! { @each ['text] [] $enum = $($table)* }
    };

    (
        @enum [$text:lifetime] [$($life:tt)*] [$($str:tt)*]
        $(#[$enum_meta:meta])* $enum:ident = $direction:literal by $tag:literal {
            $(
                $(#[$meta:meta])*
                $message:ident $(<$borrowed:lifetime>)?: $new:ident = $name:literal $fields:tt
            )*
        }
    ) => {
        $(#[$enum_meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "the largest comes once a connection")]
        pub enum $enum $($life)* {
            $(
                #[doc = concat!("`", $name, "`.")]
                $message($message $(<$borrowed>)?),
            )*
            /// A message that this version does not know, with everything in it.
            Unknown($crate::websocket::Unknown),
            /// A text that is no message, or a known message that cannot be used, with the
            /// reason and everything in it.
            Malformed($crate::websocket::Malformed),
        }

        impl $($life)* $enum $($life)* {
            /// Reads a text frame within the usual limits; anything reads as something.
            pub fn parse(text: $($str)*) -> Self {
                Self::parse_within(text, &$crate::websocket::Limits::DEFAULT)
            }

            /// Reads a text frame within `limits`.
            pub fn parse_within(text: $($str)*, limits: &$crate::websocket::Limits) -> Self {
                <Self as $crate::websocket::Messages<'_>>::parse_within(text, limits)
            }

            /// The name of the message, where there is one.
            pub fn name(&self) -> Option<&str> {
                $crate::websocket::Messages::decoded(self).name()
            }

            /// The JSON of the message: what was received, with what was changed or set
            /// since. Of an unknown or malformed one the text that came.
            pub fn to_json(&self) -> String {
                $crate::websocket::Messages::decoded(self).to_json()
            }
        }

        impl<$text> $crate::websocket::Messages<$text> for $enum $($life)* {
            const NAME: &'static str = $direction;
            const TAG: &'static str = $tag;
            const MESSAGES: &'static [&'static $crate::websocket::MessageInfo] =
                &[$( $message::INFO ),*];

            fn parse_within(text: &$text str, limits: &$crate::websocket::Limits) -> Self {
                let read = $crate::websocket::parse(text, limits, $tag, |name| match name {
                    $( $name => Some((
                        $message::INFO,
                        $message::read(text).map(Self::$message),
                    )), )*
                    _ => None,
                });
                match read {
                    Ok(message) => message,
                    Err(Ok(unknown)) => Self::Unknown(unknown),
                    Err(Err(malformed)) => Self::Malformed(malformed),
                }
            }

            fn decoded(&self) -> $crate::websocket::Decoded<'_> {
                match self {
                    $( Self::$message(message) => $crate::websocket::Decoded::Message(message), )*
                    Self::Unknown(unknown) => $crate::websocket::Decoded::Unknown(unknown),
                    Self::Malformed(malformed) => $crate::websocket::Decoded::Malformed(malformed),
                }
            }
        }

        messages! { @into_owned [$($life)*] $enum $( $message [$(<$borrowed>)?] )* }
    };

    (@into_owned [] $($enum_and_messages:tt)*) => {};
    (@into_owned [<$life:lifetime>] $enum:ident $( $message:ident $borrowed:tt )*) => {
        impl $enum<'_> {
            /// The message with nothing borrowed.
            pub fn into_owned(self) -> $enum<'static> {
                match self {
                    $( Self::$message(message) => {
                        $enum::$message(messages!(@owned $borrowed message))
                    } )*
                    Self::Unknown(unknown) => $enum::Unknown(unknown),
                    Self::Malformed(malformed) => $enum::Malformed(malformed),
                }
            }
        }
    };
    (@owned [] $message:ident) => { $message };
    (@owned [<$life:lifetime>] $message:ident) => { $message.into_owned() };

    (
        @each $text:tt $life:tt $enum:ident = $direction:literal by $tag:literal {
            $(
                $(#[$meta:meta])*
                $message:ident $(<$borrowed:lifetime>)?: $new:ident = $name:literal {
                    required { $($required:tt)* }
                    optional { $($optional:tt)* }
                    $(collected { $($collected:tt)* })?
                }
            )*
        }
    ) => {
        $( messages! {
            @message $text $life $enum $tag
            $(#[$meta])* $message [$(<$borrowed>)?] $new = $name
            { $($required)* } { $($optional)* } { $($($collected)*)? }
        } )*
    };
    (
        @message [$text:lifetime] [$($life:tt)*] $enum:ident $tag:literal
        $(#[$meta:meta])* $message:ident [$($borrowed:tt)*] $new:ident = $name:literal
        { $(
            $(#[doc = $required_doc:literal])*
            $required:ident: $required_type:ident $(<$required_life:lifetime>)?
                $(as $required_text:ident)? = $required_path:literal;
        )* }
        { $(
            $(#[doc = $optional_doc:literal])*
            $optional:ident: $optional_type:ident $(<$optional_life:lifetime>)?
                $(as $optional_text:ident)? = $optional_path:literal;
        )* }
        { $(
            $(#[doc = $collected_doc:literal])*
            $collected:ident: $collected_type:ty = $collected_path:literal;
        )* }
    ) => {
        $(#[$meta])*
        #[doc = concat!("\n\nOn the wire: `\"", $tag, "\": \"", $name, "\"`.")]
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $message $($borrowed)* {
            $(
                $(#[doc = $required_doc])*
                #[doc = concat!("\n\nOn the wire: `", $required_path, "`. Required.")]
                pub $required: $required_type $(<$required_life>)?,
            )*
            $(
                $(#[doc = $optional_doc])*
                #[doc = concat!("\n\nOn the wire: `", $optional_path, "`.")]
                pub $optional: Option<$optional_type $(<$optional_life>)?>,
            )*
            $(
                $(#[doc = $collected_doc])*
                #[doc = concat!("\n\nOn the wire: `", $collected_path, "`. Empty when it is missing.")]
                pub $collected: $collected_type,
            )*
            received: messages!(@received $($borrowed)*),
        }

        impl $($borrowed)* $message $($borrowed)* {
            const INFO: &'static $crate::websocket::MessageInfo = {
                use $crate::websocket::{Field, Presence};
                &$crate::websocket::MessageInfo::new($name, $tag, &[
                    $( Field::new::<$required_type $(<$required_life>)?>(
                        stringify!($required), $required_path,
                        messages!(@in_text $($required_text)?), Presence::Required,
                    ), )*
                    $( Field::new::<$optional_type $(<$optional_life>)?>(
                        stringify!($optional), $optional_path,
                        messages!(@in_text $($optional_text)?), Presence::Optional,
                    ), )*
                    $( Field::new::<$collected_type>(
                        stringify!($collected), $collected_path, false, Presence::Collected,
                    ), )*
                ])
            };

            /// The message with what it requires; the rest is set on it.
            pub fn new($($required: messages!(@given $required_type $(<$required_life>)?)),*) -> Self {
                Self {
                    $( $required: $required.into(), )*
                    $( $optional: None, )*
                    $( $collected: <$collected_type>::default(), )*
                    received: $crate::websocket::Received::default(),
                }
            }

            $(
                #[doc = concat!("The message with `", $optional_path, "`.")]
                #[must_use]
                pub fn $optional(
                    mut self,
                    $optional: messages!(@given $optional_type $(<$optional_life>)?),
                ) -> Self {
                    self.$optional = Some($optional.into());
                    self
                }
            )*

            $(
                #[doc = concat!("The message with `", $collected_path, "`.")]
                #[must_use]
                pub fn $collected(mut self, $collected: impl Into<$collected_type>) -> Self {
                    self.$collected = $collected.into();
                    self
                }
            )*

            /// The JSON of the message: what was received, with what was changed or set since.
            pub fn to_json(&self) -> String {
                $crate::websocket::Message::to_json(self)
            }

            /// What did not fit the model and yet did not fail the message.
            pub fn problems(&self) -> &[$crate::websocket::Problem] {
                &self.received.problems
            }

            /// The dotted paths of the values that the model does not name, with their JSON.
            pub fn extra(&self) -> Vec<(std::borrow::Cow<'_, str>, &str)> {
                $crate::websocket::Message::extra(self)
            }
        }

        messages! { @default $message { $($required)* } }

        messages! { @read [$text] $message [$($borrowed)*] {
            $( $required: required $required_path, )*
            $( $optional: optional $optional_path, )*
            $( $collected: collected $collected_path, )*
        } }

        impl $($borrowed)* $crate::websocket::Message for $message $($borrowed)* {
            fn info(&self) -> &'static $crate::websocket::MessageInfo {
                Self::INFO
            }

            fn received(&self) -> Option<&str> {
                self.received.text.as_deref()
            }

            fn problems(&self) -> &[$crate::websocket::Problem] {
                &self.received.problems
            }

            fn with_values(
                &self,
                see: &mut dyn FnMut(&[Option<$crate::websocket::FieldValue<'_>>]),
            ) {
                see(&[
                    $( $crate::websocket::Value::value(&self.$required), )*
                    $( self.$optional.as_ref().and_then($crate::websocket::Value::value), )*
                    $( $crate::websocket::Value::value(&self.$collected), )*
                ]);
            }
        }

        /// Shows the fields that are set: numbers, SIDs and known values as they are, of free
        /// text, parameters and audio only the length.
        impl $($borrowed)* std::fmt::Debug for $message $($borrowed)* {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut fields = f.debug_struct(stringify!($message));
                $crate::websocket::Message::visit(self, &mut |field, value| {
                    if let Some(value) = value {
                        fields.field(field.path, &value);
                    }
                });
                fields.finish_non_exhaustive()
            }
        }

        impl $($life)* $enum $($life)* {
            #[doc = concat!("Builds `", $name, "` with what it requires: see [`", stringify!($message), "`].")]
            pub fn $new($($required: messages!(@given $required_type $(<$required_life>)?)),*) -> Self {
                Self::$message($message::new($($required),*))
            }
        }

        impl $($life)* From<$message $($borrowed)*> for $enum $($life)* {
            fn from(message: $message $($borrowed)*) -> Self {
                Self::$message(message)
            }
        }
    };

    (@default $message:ident {}) => {
        impl Default for $message {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $message:ident { $($required:ident)+ }) => {};

    (@read [$text:lifetime] $message:ident [] { $( $field:ident: $presence:ident $path:literal, )* }) => {
        impl $message {
            fn read(text: &str) -> Result<Self, $crate::websocket::Reason> {
                let mut reader = $crate::websocket::Reader::default();
                let [$($field),*] = reader.slots(text, Self::INFO)?;
                Ok(Self {
                    $( $field: messages!(@field $presence reader $field $path), )*
                    received: reader.finish(text).into_owned(),
                })
            }
        }
    };
    (@read [$text:lifetime] $message:ident [<$life:lifetime>] { $( $field:ident: $presence:ident $path:literal, )* }) => {
        impl<$life> $message<$life> {
            fn read(text: &$life str) -> Result<Self, $crate::websocket::Reason> {
                let mut reader = $crate::websocket::Reader::default();
                let [$($field),*] = reader.slots(text, Self::INFO)?;
                Ok(Self {
                    $( $field: messages!(@field $presence reader $field $path), )*
                    received: reader.finish(text),
                })
            }

            /// The message with nothing borrowed.
            pub fn into_owned(self) -> $message<'static> {
                $message {
                    $( $field: messages!(@own $presence self.$field), )*
                    received: self.received.into_owned(),
                }
            }
        }
    };
    (@field required $reader:ident $field:ident $path:literal) => {
        $crate::websocket::Reader::required($field, $path)?
    };
    (@field $presence:ident $reader:ident $field:ident $path:literal) => { $reader.$presence($field, $path) };
    (@own optional $($field:tt)*) => { $($field)*.map($crate::websocket::Value::into_owned) };
    (@own $presence:ident $($field:tt)*) => { $crate::websocket::Value::into_owned($($field)*) };

    (@received) => { $crate::websocket::Received<'static> };
    (@received <$life:lifetime>) => { $crate::websocket::Received<$life> };

    (@in_text) => { false };
    (@in_text text) => { true };

    // Numbers as they are, so that literals need no suffix.
    (@given u64) => { u64 };
    (@given bool) => { bool };
    (@given $type:ident $(<$life:lifetime>)?) => { impl Into<$type $(<$life>)?> };
}
pub(crate) use messages;
