//! Methods that take no object, or more than one.

use crate::{
    CondBranch, Field, Json, List, Map, Milliseconds, SleepOptions, Steps, Value,
    field::sealed::Sealed,
    grammar::{Kind, Unit},
    swaig::OneOrMany,
};

/// Declares methods that are nothing but what they take.
macro_rules! plain {
    ($( $(#[$meta:meta])* $name:ident($argument:ty); )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[must_use = "it does nothing until it is put into a document"]
        pub struct $name(pub(crate) $argument);

        impl Sealed for $name {}

        impl Field for $name {
            const KIND: Kind = <$argument as Field>::KIND;
            const UNIT: Option<Unit> = <$argument as Field>::UNIT;

            type View<'a> = <$argument as Field>::View<'a>;

            fn view(json: &Json) -> Option<Self::View<'_>> {
                <$argument as Field>::view(json)
            }

            fn from_json(json: &Json) -> Option<Self> {
                <$argument as Field>::from_json(json).map(Self)
            }

            fn into_json(self) -> Json {
                self.0.into_json()
            }
        }
    )* };
}

pub(crate) use plain;

plain! {
    /// Marks a place that a [`Goto`](crate::Goto) jumps to.
    Label(String);
    /// Leaves the section with a value.
    Return(Json);
    /// Creates or changes variables.
    Set(Map<Json>);
    /// Removes variables.
    Unset(OneOrMany);
    /// Branches on conditions: the first that is true wins.
    ///
    /// ```
    /// use switchhook_swml::Cond;
    ///
    /// let cond = Cond::new()
    ///     .when("call.from == '+15550001111'", |s| s.transfer("vip"))
    ///     .otherwise(|s| s.hangup());
    /// ```
    Cond(List<CondBranch>);
}

macro_rules! new {
    ($( $(#[$meta:meta])* $name:ident: $argument:ty; )*) => { $(
        impl $name {
            $(#[$meta])*
            pub fn new(argument: impl Into<$argument>) -> Self {
                Self(argument.into())
            }
        }
    )* };
}

pub(crate) use new;

new! {
    /// A label of that name.
    Label: String;
    /// With that value; `()` for none.
    Return: Json;
    /// These variables.
    Set: Map<Json>;
    /// The variable of that name, or those.
    Unset: OneOrMany;
}

impl Cond {
    /// Without conditions yet.
    #[allow(clippy::new_without_default, reason = "a cond without a condition is none")]
    pub fn new() -> Self {
        Self(List::default())
    }

    /// Adds a condition in JavaScript, with bare names and without `${}`.
    pub fn when(
        mut self,
        condition: impl Into<String>,
        steps: impl FnOnce(Steps) -> Steps,
    ) -> Self {
        self.0.push(CondBranch::when(condition, steps));
        self
    }

    /// Adds the steps for everything else.
    pub fn otherwise(mut self, steps: impl FnOnce(Steps) -> Steps) -> Self {
        self.0.push(CondBranch::otherwise(steps));
        self
    }
}

impl<T: Into<OneOrMany>> From<T> for Unset {
    fn from(names: T) -> Self {
        Self::new(names)
    }
}

/// Waits.
///
/// ```
/// use switchhook_swml::{Milliseconds, Sleep, Steps, var};
///
/// let steps = Steps::new()
///     .sleep(Milliseconds(500))
///     .sleep(var("vars.pause"))
///     .sleep(Sleep::forever());
/// let durations: Vec<_> = steps.view().iter().map(|s| s.argument().unwrap().to_string()).collect();
/// assert_eq!(durations, ["500", r#""${vars.pause}""#, "-1"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "it does nothing until it is put into a document"]
pub struct Sleep(Json);

impl Sleep {
    /// A pause of that length.
    pub fn new(duration: impl Into<Value<Milliseconds>>) -> Self {
        Self(duration.into().into_json())
    }

    /// A pause without end.
    pub fn forever() -> Self {
        Self(Json::from(-1))
    }

    /// How long, unless it is for ever: written bare, or as `duration` in an object.
    pub fn duration(&self) -> Option<Value<Milliseconds>> {
        Field::from_json(self.0.get("duration").unwrap_or(&self.0))
    }
}

impl Sealed for Sleep {}

impl Field for Sleep {
    const KIND: Kind = Kind::Either(&[SleepOptions::KIND, Kind::Integer, Kind::Variable]);
    const UNIT: Option<Unit> = Some(Unit::Milliseconds);

    type View<'a> = Self;

    fn view(json: &Json) -> Option<Self> {
        Self::from_json(json)
    }

    fn from_json(json: &Json) -> Option<Self> {
        Self::KIND.fits(json).then(|| Self(json.clone()))
    }

    fn into_json(self) -> Json {
        self.0
    }
}

impl From<Milliseconds> for Sleep {
    fn from(duration: Milliseconds) -> Self {
        Self::new(duration)
    }
}

impl From<std::time::Duration> for Sleep {
    fn from(duration: std::time::Duration) -> Self {
        Self::new(duration)
    }
}

impl From<SleepOptions> for Sleep {
    fn from(options: SleepOptions) -> Self {
        Self(options.into_json())
    }
}
