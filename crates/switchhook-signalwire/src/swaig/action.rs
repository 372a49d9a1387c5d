//! What an answer lets the platform do.

use std::{borrow::Cow, fmt};

use serde::{Serialize, Serializer, ser::SerializeMap};
use switchhook_core::{Json, JsonError, Milliseconds, Seconds};

/// Something that the platform does after the answer of a function.
///
/// One action is one object of the answer's list, since the order of an object's keys is not
/// promised. Those that take what the caller has made fail where serde cannot write it.
#[derive(Clone, PartialEq)]
pub struct Action {
    name: Cow<'static, str>,
    value: Json,
    transfer: bool,
}

/// The keys that are taken out of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys(Vec<String>);

impl<K: Into<String>, const N: usize> From<[K; N]> for Keys {
    fn from(keys: [K; N]) -> Self {
        Self(keys.into_iter().map(Into::into).collect())
    }
}

impl From<Vec<String>> for Keys {
    fn from(keys: Vec<String>) -> Self {
        Self(keys)
    }
}

impl From<&str> for Keys {
    fn from(key: &str) -> Self {
        Self(vec![key.into()])
    }
}

/// Constructors, by what they take.
macro_rules! actions {
    (
        texts { $( $(#[$text_doc:meta])* $text:ident = $text_name:literal; )* }
        switches { $( $(#[$switch_doc:meta])* $switch:ident = $switch_name:literal; )* }
        flags { $( $(#[$flag_doc:meta])* $flag:ident = $flag_name:literal; )* }
        spans { $( $(#[$span_doc:meta])* $span:ident: $unit:ty = $span_name:literal; )* }
        values { $( $(#[$value_doc:meta])* $value:ident = $value_name:literal; )* }
        keys { $( $(#[$keys_doc:meta])* $keys:ident = $keys_name:literal; )* }
        others { $( $other_name:literal ),* }
    ) => {
        impl Action {
            /// The names of all actions that the provider's pages have.
            pub const NAMES: &'static [&'static str] = &[
                $( $text_name, )* $( $switch_name, )* $( $flag_name, )* $( $span_name, )*
                $( $value_name, )* $( $keys_name, )* $( $other_name, )*
            ];

            $(
                $(#[$text_doc])*
                pub fn $text(text: impl AsRef<str>) -> Self {
                    Self::plain($text_name, text.as_ref())
                }
            )*
            $(
                $(#[$switch_doc])*
                pub fn $switch() -> Self {
                    Self::plain($switch_name, &true)
                }
            )*
            $(
                $(#[$flag_doc])*
                pub fn $flag(on: bool) -> Self {
                    Self::plain($flag_name, &on)
                }
            )*
            $(
                $(#[$span_doc])*
                pub fn $span(span: $unit) -> Self {
                    Self::plain($span_name, &span.0)
                }
            )*
            $(
                $(#[$value_doc])*
                ///
                /// # Errors
                ///
                /// [`JsonError`] when serde cannot write the value as JSON.
                pub fn $value<T: Serialize + ?Sized>(value: &T) -> Result<Self, JsonError> {
                    Self::custom($value_name, value)
                }
            )*
            $(
                $(#[$keys_doc])*
                pub fn $keys(keys: impl Into<Keys>) -> Self {
                    Self::plain($keys_name, &keys.into().0)
                }
            )*
        }
    };
}

actions! {
    texts {
        /// Says a text; of a sidecar it is only reported.
        say = "say";
        /// Goes on in another context.
        change_context = "change_context";
        /// Goes on with another step, or with the `next`.
        change_step = "change_step";
        /// Plays a file in the background.
        playback_bg = "playback_bg";
        /// Puts a text in as if the caller had said it.
        user_input = "user_input";
        /// Goes on with another prompt for the system.
        context_switch = "context_switch";
        /// Hands the call over to an address.
        transfer = "transfer";
        /// Writes a text into the history in place of the function's call.
        replace_in_history = "replace_in_history";
        /// Talks with another voice, `engine.voice:model`.
        change_voice = "change_voice";
    }
    switches {
        /// Ends the conversation.
        stop = "stop";
        /// Ends the call.
        hangup = "hangup";
        /// Ends what plays in the background.
        stop_playback_bg = "stop_playback_bg";
        /// Forgets the hints that were added.
        clear_dynamic_hints = "clear_dynamic_hints";
    }
    flags {
        /// Whether the model may call functions one after the other.
        back_to_back_functions = "back_to_back_functions";
        /// Whether the model gets the whole of long answers.
        extensive_data = "extensive_data";
        /// Whether functions are called when the caller falls silent.
        functions_on_speaker_timeout = "functions_on_speaker_timeout";
        /// Whether the model waits until the caller says something.
        wait_for_user = "wait_for_user";
    }
    spans {
        /// Puts the call on hold, for at most so many seconds; the platform takes up to 900.
        hold: Seconds = "hold";
        /// How long a silence ends what the caller says, in milliseconds.
        end_of_speech_timeout: Milliseconds = "end_of_speech_timeout";
        /// How long the caller may say nothing new, in milliseconds.
        speech_event_timeout: Milliseconds = "speech_event_timeout";
    }
    values {
        /// Runs a SWML document; the AI goes on afterwards, unless [`then_transfer`](Action::then_transfer).
        swml = "SWML";
        /// Adds to the data that the whole conversation shares.
        set_global_data = "set_global_data";
        /// Adds to the data of the function.
        set_meta_data = "set_meta_data";
        /// Adds hints for the recognition: texts, or objects of `hint`, `pattern`, `replace`.
        add_dynamic_hints = "add_dynamic_hints";
        /// Changes settings of the model.
        settings = "settings";
        /// Sends an event to the browser client.
        user_event = "user_event";
    }
    keys {
        /// Takes keys out of the data that the whole conversation shares.
        unset_global_data = "unset_global_data";
        /// Takes keys out of the data of the function.
        unset_meta_data = "unset_meta_data";
    }
    others { "toggle_functions" }
}

impl Action {
    /// Switches functions on and off, by their names.
    pub fn toggle_functions<'a>(functions: impl IntoIterator<Item = (&'a str, bool)>) -> Self {
        #[derive(Serialize)]
        struct Toggle<'a> {
            function: &'a str,
            active: bool,
        }
        let toggle = |(function, active)| Toggle { function, active };
        Self::plain("toggle_functions", &functions.into_iter().map(toggle).collect::<Vec<_>>())
    }

    /// An action of any name: for what the constructors do not say, such as a `hold` of `"5m"`,
    /// a `transfer` of `{dest, summarize}`, or what the platform learns tomorrow.
    ///
    /// # Errors
    ///
    /// [`JsonError`] when serde cannot write the value as JSON.
    pub fn custom<T: Serialize + ?Sized>(
        name: impl Into<Cow<'static, str>>,
        value: &T,
    ) -> Result<Self, JsonError> {
        Ok(Self { name: name.into(), value: Json::of(value)?, transfer: false })
    }

    /// The call leaves the AI for good with this action's document: of `SWML` alone.
    #[must_use]
    pub fn then_transfer(mut self) -> Self {
        self.transfer = self.name == "SWML";
        self
    }

    /// The name, such as `set_global_data`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value.
    pub fn value(&self) -> &Json {
        &self.value
    }

    fn plain<T: Serialize + ?Sized>(name: &'static str, value: &T) -> Self {
        // Texts, numbers and lists of texts are always written.
        Self { name: name.into(), value: Json::of(value).unwrap_or_default(), transfer: false }
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + usize::from(self.transfer)))?;
        map.serialize_entry(&self.name, &self.value)?;
        if self.transfer {
            map.serialize_entry("transfer", &true)?;
        }
        map.end()
    }
}

/// Shows the name, and the size of the value.
impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Action").field(&self.name).field(&self.value).finish()
    }
}
