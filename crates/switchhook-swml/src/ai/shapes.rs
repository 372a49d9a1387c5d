//! Constructors that read as sentences, and values of several forms.

use super::{Hint, SidecarPromptSource};
use crate::{
    Field, FlagOrText, Json, List, Map, Object, Seconds, Value, Variable,
    ai::Section,
    swaig::{
        Action, BackgroundPlayback, ContextSwitch, HoldOptions, ObjectKind, Output, Parameters,
        Schema, SchemaKind, ToolResult,
    },
};

/// What is said, by code of the language; `default` for the others.
pub type Fillers = Map<List<String>>;

crate::table::unions! {
    /// A text, or several.
    OneOrMany {
        /// One.
        One(String) from [String, &str, Variable],
        /// Several.
        Many(List<String>) from [List<String>],
    }

    /// Words to expect, or what to make of them too.
    HintForm {
        /// Words.
        Words(String) from [String, &str],
        /// Words that are replaced.
        Replace(Hint) from [Hint],
    }

    /// What is said: in every language, or by language.
    FillerForm {
        /// In every language.
        All(List<String>) from [List<String>],
        /// By language.
        ByLanguage(Fillers) from [Fillers],
    }

    /// What is said around a context: by language, or as a list of such in the older schema.
    ContextFillers {
        /// By language.
        ByLanguage(Fillers) from [Fillers],
        /// The older form.
        List(List<Fillers>) from [List<Fillers>],
    }

    /// A flag, or a number.
    FlagOrNumber {
        /// Whether.
        Flag(Value<bool>) from [bool, Variable],
        /// How many, or how much.
        Number(i64) from [i64, i32],
    }

    /// A flag, or names.
    FlagOrNames {
        /// Whether.
        Flag(Value<bool>) from [bool, Variable],
        /// Which.
        Names(List<String>) from [List<String>],
    }

    /// A number, or a text.
    NumberOrText {
        /// A number.
        Number(i64) from [i64, i32],
        /// A text.
        Text(String) from [String, &str, Variable],
    }

    /// The prompt of an observer.
    SidecarPrompt {
        /// A text.
        Text(String) from [String, &str],
        /// A text, sections or a file, in an object.
        Source(SidecarPromptSource) from [SidecarPromptSource],
    }

    /// What a function's output says to the model.
    Response {
        /// A text.
        Text(String) from [String, &str],
        /// A result with an instruction.
        Result(ToolResult) from [ToolResult],
    }

    /// One action, or several.
    Actions {
        /// Several.
        Many(List<Action>) from [List<Action>],
        /// One.
        One(Action) from [Action],
    }

    /// A new prompt, as text or with more.
    ContextSwitchForm {
        /// A text.
        Prompt(String) from [String, &str],
        /// With more.
        Options(ContextSwitch) from [ContextSwitch],
    }

    /// How long the caller is on hold.
    Hold {
        /// So many seconds.
        For(Value<Seconds>) from [Seconds, Value<Seconds>, Variable],
        /// As an object.
        Options(HoldOptions) from [HoldOptions],
        /// As text, like `5m`.
        Text(String) from [String, &str],
    }

    /// A recording in the background.
    Playback {
        /// Its URL.
        File(String) from [String, &str],
        /// With more.
        Options(BackgroundPlayback) from [BackgroundPlayback],
    }

    /// Names of data.
    Names {
        /// One name.
        One(String) from [String, &str],
        /// Several names.
        Many(List<String>) from [List<String>],
        /// An empty object.
        Nothing(Map<Json>) from [Map<Json>],
    }

    /// Where a call is handed over to.
    ActionTransfer {
        /// Whether the document beside it takes the call over.
        Flag(bool) from [bool],
        /// A destination.
        To(String) from [String, &str, Variable],
        /// A destination with more.
        Options(Map<Json>) from [Map<Json>],
    }

    /// Whether, or how, the agent waits for the user.
    WaitForUser {
        /// Whether.
        Flag(bool) from [bool],
        /// How long.
        Number(i64) from [i64, i32],
        /// `answer_first`.
        Text(String) from [String, &str],
    }
}

macro_rules! from_array {
    ($( $union:ident::$variant:ident($entry:ty); )*) => { $(
        impl<T: Into<$entry>, const N: usize> From<[T; N]> for $union {
            fn from(entries: [T; N]) -> Self {
                Self::$variant(entries.into())
            }
        }

        impl<T: Into<$entry>> From<Vec<T>> for $union {
            fn from(entries: Vec<T>) -> Self {
                Self::$variant(entries.into())
            }
        }
    )* };
}

from_array! {
    OneOrMany::Many(String);
    FillerForm::All(String);
    FlagOrNames::Names(String);
    Actions::Many(Action);
    Names::Many(String);
}

impl From<&str> for Section {
    fn from(body: &str) -> Self {
        Self::body(body)
    }
}

impl Parameters {
    /// Parameters with these properties.
    pub fn new(properties: impl Into<Map<Schema>>) -> Self {
        let mut object = Object::single("type".into(), ObjectKind::Object.into_json());
        object.set("properties", properties.into().into_json());
        Self(object)
    }
}

impl Schema {
    /// A value of a type.
    pub fn of(kind: impl Into<SchemaKind>) -> Self {
        Self(Object::single("type".into(), kind.into().into_json()))
    }

    /// A text.
    pub fn string() -> Self {
        Self::of(SchemaKind::String)
    }

    /// A whole number.
    pub fn integer() -> Self {
        Self::of(SchemaKind::Integer)
    }

    /// A number.
    pub fn number() -> Self {
        Self::of(SchemaKind::Number)
    }

    /// A flag.
    pub fn boolean() -> Self {
        Self::of(SchemaKind::Boolean)
    }

    /// A list of such entries.
    pub fn array(items: Self) -> Self {
        Self::of(SchemaKind::Array).items(items)
    }

    /// An object with these properties.
    pub fn object(properties: impl Into<Map<Self>>) -> Self {
        Self::of(SchemaKind::Object).properties(properties)
    }

    /// `null`, and what that means.
    pub fn null(description: impl Into<String>) -> Self {
        Self::of(SchemaKind::Null).description(description)
    }

    /// What exactly one of these forms fits.
    pub fn one_of(forms: impl Into<List<Self>>) -> Self {
        Self(Object::single("oneOf".into(), forms.into().into_json()))
    }

    /// What all of these forms fit.
    pub fn all_of(forms: impl Into<List<Self>>) -> Self {
        Self(Object::single("allOf".into(), forms.into().into_json()))
    }

    /// What at least one of these forms fits.
    pub fn any_of(forms: impl Into<List<Self>>) -> Self {
        Self(Object::single("anyOf".into(), forms.into().into_json()))
    }

    /// One value and no other.
    pub fn constant(value: impl Into<Json>) -> Self {
        Self(Object::single("const".into(), value.into()))
    }
}

/// Which fields belong to values of which type. `description` and `nullable` are missing:
/// they belong to most.
pub(super) const SCHEMA_FIELDS: &[(&str, &[&str])] = &[
    ("string", &["enum", "default", "pattern", "format"]),
    ("integer", &["enum", "default"]),
    ("number", &["enum", "default"]),
    ("boolean", &["default"]),
    ("array", &["default", "items"]),
    ("object", &["default", "properties", "required"]),
    ("null", &[]),
];

impl Output {
    /// The output as JSON: the body of a webhook's answer.
    pub fn to_json(&self) -> String {
        Json::from(self.clone()).to_string()
    }
}

impl From<Vec<Fillers>> for ContextFillers {
    fn from(fillers: Vec<Fillers>) -> Self {
        Self::List(fillers.into())
    }
}

impl FlagOrText {
    /// Several words, joined by commas.
    pub fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self::Text(words.into_iter().collect::<Vec<_>>().join(","))
    }
}
