//! Lists of steps: building them, and reading them.

use std::{fmt, marker::PhantomData};

use crate::{
    Field, Json, Map, Object, Play, Sound, Switch, Value, Variable,
    field::sealed::Sealed,
    grammar::{Kind, StepSet},
    methods::{Cond, Return, Set, Sleep},
};

/// A set of methods, as a marker type.
pub trait Methods: Sealed {
    /// The same as a value.
    const SET: StepSet;
}

macro_rules! sets {
    ($( $(#[$meta:meta])* $name:ident )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {}

        impl Sealed for $name {}

        impl Methods for $name {
            const SET: StepSet = StepSet::$name;
        }
    )* };
}

sets! {
    /// The methods of calls.
    Calling
    /// The methods of messages.
    Messaging
    /// The methods that [`Connect::confirm`](crate::Connect::confirm) takes.
    Confirming
}

/// A method: what stands in a step.
///
/// Implemented by the types of this crate alone. What it lacks goes in by
/// [`Steps::custom`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no method of `{S}`",
    note = "methods of calls are at the root of the crate, those of messages in `messaging`"
)]
pub trait MethodOf<S>: Field {
    /// Its name on the wire.
    const NAME: &'static str;
}

/// Steps, in the order that they run in.
///
/// Each method of the set has a shorthand of its name where its essentials fit into the
/// arguments; [`with`](Self::with) takes a whole one.
///
/// ```
/// use switchhook_swml::{Answer, Connect, Seconds, Steps};
///
/// let steps = Steps::new()
///     .with(Answer::new().max_duration(Seconds(600)))
///     .say("Welcome back")
///     .connect(Connect::to("+15551111111").timeout(Seconds(20)));
/// assert_eq!(steps.view().len(), 3);
/// ```
#[must_use = "steps do nothing until they are in a document"]
pub struct Steps<S = Calling> {
    steps: Vec<Json>,
    of: PhantomData<S>,
}

impl<S> Steps<S> {
    /// Adds a method.
    pub fn with<M: MethodOf<S>>(mut self, method: M) -> Self {
        self.push(M::NAME.into(), method.into_json());
        self
    }

    /// Adds a method that this crate does not have.
    pub fn custom(mut self, name: impl Into<String>, argument: impl Into<Json>) -> Self {
        self.push(name.into().into(), argument.into());
        self
    }

    /// Adds the steps of another list.
    pub fn then(mut self, steps: Self) -> Self {
        self.steps.extend(steps.steps);
        self
    }

    /// What is in it, by type.
    pub fn view(&self) -> StepsView<'_> {
        StepsView { steps: &self.steps }
    }

    fn push(&mut self, name: std::borrow::Cow<'static, str>, argument: Json) {
        self.steps.push(Json::Object(Object::single(name, argument)));
    }
}

impl<S> Default for Steps<S> {
    fn default() -> Self {
        // Most lists are no longer, and growing step by step costs more than the room.
        Self { steps: Vec::with_capacity(8), of: PhantomData }
    }
}

impl<S> Clone for Steps<S> {
    fn clone(&self) -> Self {
        Self { steps: self.steps.clone(), of: PhantomData }
    }
}

impl<S> PartialEq for Steps<S> {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps
    }
}

impl<S> Eq for Steps<S> {}

impl<S> fmt::Debug for Steps<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.steps, f)
    }
}

/// What is common to calls and messages.
macro_rules! shared_shorthands {
    ($set:ty, $switch:ty, $execute:ty, $transfer:ty, $goto:ty, $label:ty, $return:ty) => {
        impl Steps<$set> {
            /// Marks a place that [`goto`](Self::goto) jumps to.
            pub fn label(self, name: impl Into<String>) -> Self {
                self.with(<$label>::new(name))
            }

            /// Jumps to a label of the same section.
            pub fn goto(self, goto: impl Into<$goto>) -> Self {
                self.with(goto.into())
            }

            /// Runs a section and comes back.
            pub fn execute(self, execute: impl Into<$execute>) -> Self {
                self.with(execute.into())
            }

            /// Goes on elsewhere and never comes back.
            pub fn transfer(self, transfer: impl Into<$transfer>) -> Self {
                self.with(transfer.into())
            }

            /// Branches on the value of a variable.
            pub fn switch(
                self,
                variable: impl Into<String>,
                cases: impl FnOnce($switch) -> $switch,
            ) -> Self {
                self.with(cases(<$switch>::on(variable)))
            }

            /// Leaves the section with a value; `()` for none.
            pub fn return_value(self, value: impl Into<Json>) -> Self {
                self.with(<$return>::new(value))
            }
        }
    };
}

pub(crate) use shared_shorthands;

shared_shorthands!(
    Calling,
    Switch,
    crate::Execute,
    crate::Transfer,
    crate::Goto,
    crate::Label,
    Return
);

impl Steps<Calling> {
    /// No steps of a call yet. Those of a message begin with `Steps::<Messaging>::default()`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the call. [`Answer`](crate::Answer) has options.
    pub fn answer(self) -> Self {
        self.with(crate::Answer::new())
    }

    /// Ends the call. [`Hangup`](crate::Hangup) has options.
    pub fn hangup(self) -> Self {
        self.with(crate::Hangup::new())
    }

    /// Says a text: a `play` of `say:TEXT`, since the platform has no method `say`.
    pub fn say(self, text: &str) -> Self {
        self.play(Sound::say(text))
    }

    /// Plays silence, in seconds.
    pub fn silence(self, seconds: f64) -> Self {
        self.play(Sound::silence(seconds))
    }

    /// Plays the ring tone of a country, in seconds and as two letters like `us`.
    pub fn ring(self, seconds: f64, country: &str) -> Self {
        self.play(Sound::ring(seconds, country))
    }

    /// Plays sounds.
    pub fn play(self, play: impl Into<Play>) -> Self {
        self.with(play.into())
    }

    /// Branches on conditions in JavaScript.
    pub fn cond(self, branches: impl FnOnce(Cond) -> Cond) -> Self {
        self.with(branches(Cond::new()))
    }

    /// Creates or changes variables.
    pub fn set(self, variables: impl Into<Map<Json>>) -> Self {
        self.with(Set::new(variables))
    }

    /// Waits; a variable holds milliseconds.
    pub fn sleep(self, sleep: impl Into<Sleep>) -> Self {
        self.with(sleep.into())
    }
}

macro_rules! shorthands {
    ($( $(#[$meta:meta])* $name:ident: $method:ty; )*) => {
        impl Steps<Calling> { $(
            $(#[$meta])*
            pub fn $name(self, method: impl Into<$method>) -> Self {
                self.with(method.into())
            }
        )* }
    };
}

shorthands! {
    /// Hands the call to an AI agent.
    ai: crate::ai::Ai;
    /// Dials and bridges.
    connect: crate::Connect;
    /// Puts the caller into a queue.
    enter_queue: crate::EnterQueue;
    /// Joins an audio conference, by its name or with options.
    join_conference: crate::JoinConference;
    /// Joins a video room, by its name.
    join_room: crate::JoinRoom;
    /// Takes a card.
    pay: crate::Pay;
    /// Plays sounds and takes input.
    prompt: crate::Prompt;
    /// Asks a web API.
    request: crate::Request;
    /// Sends DTMF.
    send_digits: crate::SendDigits;
    /// Sends a fax: the PDF at a URL.
    send_fax: crate::SendFax;
    /// Sends a message.
    send_sms: crate::SendSms;
    /// Sends a SIP REFER.
    sip_refer: crate::SipRefer;
    /// Streams the call's sound to a web socket.
    stream: crate::Stream;
    /// Copies the call's media.
    tap: crate::Tap;
    /// Removes variables, by name.
    unset: crate::Unset;
}

impl<S> Sealed for Steps<S> {}

impl<S: Methods> Field for Steps<S> {
    const KIND: Kind = Kind::Steps(S::SET);

    type View<'a> = StepsView<'a>;

    fn view(json: &Json) -> Option<StepsView<'_>> {
        json.as_list().map(|steps| StepsView { steps })
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { steps: json.as_list()?.to_vec(), of: PhantomData })
    }

    fn into_json(self) -> Json {
        Json::List(self.steps)
    }
}

/// Steps that were read or built.
#[derive(Clone, Copy, PartialEq)]
pub struct StepsView<'a> {
    steps: &'a [Json],
}

impl<'a> StepsView<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The steps, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Step<'a>> + use<'a> {
        self.steps.iter().map(|json| Step { json })
    }
}

impl fmt::Debug for StepsView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.steps, f)
    }
}

impl<'a> IntoIterator for StepsView<'a> {
    type Item = Step<'a>;
    type IntoIter = std::iter::Map<std::slice::Iter<'a, Json>, fn(&'a Json) -> Step<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.steps.iter().map(|json| Step { json })
    }
}

/// One step that was read or built.
#[derive(Clone, Copy, PartialEq)]
pub struct Step<'a> {
    json: &'a Json,
}

impl<'a> Step<'a> {
    pub(crate) fn of(json: &'a Json) -> Self {
        Self { json }
    }

    /// The step as it is.
    pub fn json(&self) -> &'a Json {
        self.json
    }

    /// The name of its method, if it is an object with one.
    pub fn name(&self) -> Option<&'a str> {
        self.entry().map(|(name, _)| name)
    }

    /// What the method takes.
    pub fn argument(&self) -> Option<&'a Json> {
        self.entry().map(|(_, argument)| argument)
    }

    /// What the method takes, by type, if it is that method and has its form.
    pub fn view<M: Field + Named>(&self) -> Option<M::View<'a>> {
        let (name, argument) = self.entry()?;
        if name == M::METHOD { M::view(argument) } else { None }
    }

    fn entry(self) -> Option<(&'a str, &'a Json)> {
        self.json.as_object()?.iter().next()
    }
}

impl fmt::Debug for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.json, f)
    }
}

/// A method of any set.
///
/// Implemented by the types of this crate alone.
pub trait Named: Sealed {
    /// Its name on the wire.
    const METHOD: &'static str;
}

impl From<Variable> for Sleep {
    fn from(variable: Variable) -> Self {
        Self::new(Value::Variable(variable))
    }
}
