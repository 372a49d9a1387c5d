//! Constructors that read as sentences, and values of several forms.

use crate::{
    CondBranch, Connect, Document, Execute, Field, Goto, HttpMethod, JoinConference, JoinRoom,
    Json, List, Map, Object, PayAction, PayActionKind, Play, Prompt, Request, ResultSwitch,
    RingbackPlay, SendDigits, SendFax, Sound, Steps, Summarize, Switch, TranscribeCommand,
    TranscribeStart, Transfer, TranslateCommand, TranslateInject, TranslateStart, Value, Variable,
    steps::Confirming,
};

/// Branches of a switch.
macro_rules! branches {
    ($($type:ty, $steps:ty;)*) => { $(
        impl $type {
            /// Adds the steps for one value.
            pub fn case(
                mut self,
                value: impl Into<String>,
                steps: impl FnOnce($steps) -> $steps,
            ) -> Self {
                let steps = <$steps as $crate::Field>::into_json(steps(<$steps>::default()));
                let value = value.into();
                match self.0.get_mut("case").and_then($crate::Json::as_object_mut) {
                    Some(cases) => cases.set(value, steps),
                    None => self.0.set("case", $crate::Object::single(value.into(), steps)),
                }
                self
            }

            /// Sets the steps for every other value. Without them a value of no case ends the
            /// call with an error.
            pub fn otherwise(mut self, steps: impl FnOnce($steps) -> $steps) -> Self {
                let steps = <$steps as $crate::Field>::into_json(steps(<$steps>::default()));
                self.0.set("default", steps);
                self
            }
        }
    )* };
}

pub(crate) use branches;

branches! {
    Switch, Steps;
    ResultSwitch, Steps;
}

impl Switch {
    /// On the value of that variable: its name without `${}`.
    pub fn on(variable: impl Into<String>) -> Self {
        Self(Object::single("variable".into(), Json::from(variable.into())))
    }
}

impl ResultSwitch {
    /// On the result of the method that it stands in.
    #[allow(clippy::new_without_default, reason = "a switch without a case is none")]
    pub fn new() -> Self {
        Self(Object::new())
    }
}

impl CondBranch {
    /// A condition in JavaScript, with bare names and without `${}`.
    pub fn when(condition: impl Into<String>, steps: impl FnOnce(Steps) -> Steps) -> Self {
        let mut branch = Object::single("when".into(), Json::from(condition.into()));
        branch.set("then", steps(Steps::new()).into_json());
        Self(branch)
    }

    /// Everything else.
    pub fn otherwise(steps: impl FnOnce(Steps) -> Steps) -> Self {
        Self(Object::single("else".into(), steps(Steps::new()).into_json()))
    }
}

impl Play {
    /// Says a text.
    pub fn say(text: &str) -> Self {
        Self::url(Sound::say(text))
    }
}

impl Prompt {
    /// Says a text and waits for input: `play` of `say:TEXT`, since the platform's `prompt`
    /// has no `say`.
    pub fn say(text: &str) -> Self {
        Self::play(Sound::say(text))
    }
}

impl Request {
    /// A `GET`.
    pub fn get(url: impl Into<String>) -> Self {
        Self::new(url, HttpMethod::Get)
    }

    /// A `POST`.
    pub fn post(url: impl Into<String>) -> Self {
        Self::new(url, HttpMethod::Post)
    }
}

impl PayAction {
    /// Says a text.
    pub fn say(text: impl Into<String>) -> Self {
        Self::new(PayActionKind::Say, text)
    }

    /// Plays the recording at a URL.
    pub fn play(url: impl Into<String>) -> Self {
        Self::new(PayActionKind::Play, url)
    }
}

impl From<Sound> for Play {
    fn from(sound: Sound) -> Self {
        Self::url(sound)
    }
}

/// What takes one text and no more.
macro_rules! from_text {
    ($( $type:ident :: $make:ident ),* $(,)?) => { $(
        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self::$make(text)
            }
        }

        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self::$make(text)
            }
        }

        impl From<$crate::Variable> for $type {
            fn from(variable: $crate::Variable) -> Self {
                Self::$make(variable)
            }
        }
    )* };
}

pub(crate) use from_text;

from_text! {
    Connect::to, Execute::new, Goto::new, JoinConference::new, JoinRoom::new, Play::url,
    SendDigits::new, SendFax::new, Transfer::new,
}

/// Embeds the document as text.
impl From<Document> for Execute {
    fn from(document: Document) -> Self {
        Self::new(document)
    }
}

/// Embeds the document as text.
impl From<Document> for Transfer {
    fn from(document: Document) -> Self {
        Self::new(document)
    }
}

crate::table::unions! {
    /// What the caller hears while it rings.
    Ringback {
        /// Sounds, one after another.
        Sounds(List<String>) from [List<String>],
        /// In the form of a `play`, as the older schema has it.
        Play(RingbackPlay) from [RingbackPlay],
    }

    /// What runs by the result of a method.
    ResultBranch {
        /// A switch.
        Switch(ResultSwitch) from [ResultSwitch],
        /// Conditions.
        Cond(List<CondBranch>) from [List<CondBranch>],
    }

    /// What runs by the result of a conference.
    ConferenceResult {
        /// A switch.
        Switch(Switch) from [Switch],
        /// Conditions.
        Cond(List<CondBranch>) from [List<CondBranch>],
    }

    /// What the called party hears before both are bridged.
    Confirm {
        /// URL of a document.
        Url(String) from [String, &str],
        /// Steps.
        Steps(Steps<Confirming>) from [Steps<Confirming>],
    }

    /// A sound, or several.
    Sounds {
        /// One.
        One(Sound) from [Sound, &str, String, Variable],
        /// Several, one after another.
        Many(List<Sound>) from [List<Sound>],
    }

    /// A flag, or a text.
    FlagOrText {
        /// Whether.
        Flag(Value<bool>) from [bool],
        /// A text.
        Text(String) from [String, &str, Variable],
    }

    /// A text, or an object.
    TextOrObject {
        /// A text.
        Text(String) from [String, &str],
        /// An object.
        Object(Map<Json>) from [Map<Json>, Object],
    }

    /// A command to a transcription.
    TranscribeAction {
        /// Without settings.
        Word(crate::CommandWord) from [crate::CommandWord],
        /// With settings.
        Command(TranscribeCommand) from [TranscribeCommand],
    }

    /// A command to a translation.
    TranslateAction {
        /// Without settings.
        Word(crate::CommandWord) from [crate::CommandWord],
        /// With settings.
        Command(TranslateCommand) from [TranslateCommand],
    }
}

impl From<TranscribeStart> for TranscribeAction {
    fn from(start: TranscribeStart) -> Self {
        Self::Command(TranscribeCommand::start(start))
    }
}

impl From<TranslateStart> for TranslateAction {
    fn from(start: TranslateStart) -> Self {
        Self::Command(TranslateCommand::start(start))
    }
}

impl From<TranslateInject> for TranslateAction {
    fn from(inject: TranslateInject) -> Self {
        Self::Command(TranslateCommand::inject(inject))
    }
}

impl From<Summarize> for TranscribeAction {
    fn from(summarize: Summarize) -> Self {
        Self::Command(TranscribeCommand::summarize(summarize))
    }
}

impl From<Summarize> for TranslateAction {
    fn from(summarize: Summarize) -> Self {
        Self::Command(TranslateCommand::summarize(summarize))
    }
}

impl<const N: usize, S: Into<Sound>> From<[S; N]> for Sounds {
    fn from(sounds: [S; N]) -> Self {
        Self::Many(sounds.into())
    }
}

impl<const N: usize, S: Into<String>> From<[S; N]> for Ringback {
    fn from(sounds: [S; N]) -> Self {
        Self::Sounds(sounds.into())
    }
}
