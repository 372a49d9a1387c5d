//! The grammar as data: methods, objects, fields, values.
//!
//! The typed builders and views, `problems` and the linter come from the same rows as this
//! description, so that none can say what the others do not.
//!
//! ```
//! use switchhook_swml::grammar::{self, StepSet, Unit};
//!
//! let connect = grammar::method(StepSet::Calling, "connect").unwrap();
//! let timeout = connect.object().unwrap().field("timeout").unwrap();
//! assert_eq!(timeout.unit(), Some(Unit::Seconds));
//! assert_eq!(timeout.kind().to_string(), "an integer or a variable");
//! ```

mod rules;

use std::fmt;

pub(crate) use self::rules::{Age, Form, Presence, Rules};
use crate::{Json, Object, methods};

/// Which methods may stand in a list of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StepSet {
    /// Those of a call.
    Calling,
    /// Those of a message.
    Messaging,
    /// Those of a call that `connect.confirm` takes.
    Confirming,
}

/// Every method of a set, in the order of the table.
pub fn methods(set: StepSet) -> impl Iterator<Item = &'static MethodInfo> {
    let (table, confirm) = match set {
        StepSet::Calling => (methods::CALLING, false),
        StepSet::Confirming => (methods::CALLING, true),
        StepSet::Messaging => (crate::messaging::METHODS, false),
    };
    table.iter().filter(move |method| !confirm || methods::CONFIRM.contains(&method.name))
}

/// The method of that name.
pub fn method(set: StepSet, name: &str) -> Option<&'static MethodInfo> {
    methods(set).find(|method| method.name == name)
}

/// Every object that a method takes, directly or inside of others.
pub fn objects() -> Vec<&'static ObjectInfo> {
    reached().0
}

/// Every value list of a field, directly or inside of others.
pub fn lists() -> Vec<&'static ValueList> {
    reached().1
}

fn reached() -> (Vec<&'static ObjectInfo>, Vec<&'static ValueList>) {
    let (mut objects, mut lists) = (Vec::<&'static ObjectInfo>::new(), Vec::<&ValueList>::new());
    let all = [StepSet::Calling, StepSet::Messaging].into_iter().flat_map(methods);
    let mut kinds: Vec<Kind> = all.map(|method| method.argument).collect();
    while let Some(kind) = kinds.pop() {
        match kind {
            Kind::List(kind) | Kind::Map(kind) => kinds.push(*kind),
            Kind::Either(more) => kinds.extend(more),
            Kind::One(list)
                if !lists
                    .iter()
                    .any(|known| known.name == list.name && known.values == list.values) =>
            {
                lists.push(list);
            }
            Kind::Object(info) if !objects.iter().any(|known| std::ptr::eq(*known, info())) => {
                objects.push(info());
                kinds.extend(info().fields.iter().map(|field| field.kind));
                kinds.extend(info().others());
            }
            _ => {}
        }
    }
    (objects, lists)
}

/// A method.
pub struct MethodInfo {
    pub(crate) name: &'static str,
    pub(crate) argument: Kind,
    pub(crate) ends: bool,
}

impl MethodInfo {
    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it takes.
    pub fn argument(&self) -> Kind {
        self.argument
    }

    /// The object that it takes, where it takes one.
    pub fn object(&self) -> Option<&'static ObjectInfo> {
        self.argument.object()
    }

    /// Whether nothing after it runs.
    pub fn ends_section(&self) -> bool {
        self.ends
    }
}

impl fmt::Debug for MethodInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Form of a value.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// Any JSON.
    Any,
    /// A text.
    Text,
    /// A text that a variable stands for: it begins with `${` or `%{` and ends with `}`.
    Variable,
    /// Something to hear: a URL, `say:`, `silence:`, `ring:`.
    Sound,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `null`.
    Null,
    /// A text of a list.
    One(&'static ValueList),
    /// A list.
    List(&'static Kind),
    /// An object with keys of the user's.
    Map(&'static Kind),
    /// An object with the fields of a table.
    Object(fn() -> &'static ObjectInfo),
    /// A list of steps.
    Steps(StepSet),
    /// A document.
    Document,
    /// One of several forms.
    Either(&'static [Kind]),
}

impl Kind {
    /// The object in it, where there is one.
    pub fn object(&self) -> Option<&'static ObjectInfo> {
        match self {
            Self::Object(info) => Some(info()),
            Self::Either(kinds) => kinds.iter().find_map(Self::object),
            _ => None,
        }
    }

    /// Whether a value is of this form on its outside: what is in a list or an object is not
    /// looked at.
    pub fn fits(&self, json: &Json) -> bool {
        match (self, json) {
            (Self::Any, _)
            | (Self::Text, Json::Text(_))
            | (Self::Flag, Json::Bool(_))
            | (Self::Number, Json::Number(_))
            | (Self::Null, Json::Null)
            | (Self::List(_) | Self::Steps(_), Json::List(_))
            | (Self::Map(_) | Self::Object(_) | Self::Document, Json::Object(_)) => true,
            (Self::Integer, Json::Number(number)) => {
                number.as_i64().is_some() || number.as_f64().fract() == 0.0
            }
            (Self::Variable, Json::Text(text)) => crate::value::stands_for_value(text),
            (Self::Sound, Json::Text(text)) => crate::sound::is_sound(text),
            (Self::One(list), Json::Text(text)) => list.takes(text),
            (Self::Either(kinds), json) => kinds.iter().any(|kind| kind.fits(json)),
            _ => false,
        }
    }
}

/// What is expected, for people.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "any value",
            Self::Text => "a text",
            Self::Variable => "a variable",
            Self::Sound => "a sound",
            Self::Flag => "true or false",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Null => "null",
            Self::List(_) => "a list",
            Self::Map(_) | Self::Object(_) => "an object",
            Self::Steps(_) => "a list of steps",
            Self::Document => "a document",
            Self::One(list) => return fmt::Display::fmt(list, f),
            Self::Either(kinds) => return choice(f, kinds.iter()),
        })
    }
}

/// The values of an enum.
pub struct ValueList {
    pub(crate) name: &'static str,
    pub(crate) open: bool,
    pub(crate) values: &'static [&'static str],
    pub(crate) types: &'static [&'static str],
    /// What it takes beside its values.
    pub(crate) also: fn(&str) -> bool,
}

impl ValueList {
    /// The name of its type here.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the provider takes other values too.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The values, in the order of the provider's list.
    pub fn values(&self) -> &'static [&'static str] {
        self.values
    }

    /// Names that the provider's schema has for it, if any.
    pub fn schema_types(&self) -> &'static [&'static str] {
        self.types
    }

    pub(crate) fn takes(&self, text: &str) -> bool {
        self.open || self.values.contains(&text) || (self.also)(text)
    }
}

/// Writes what there is to choose from: `a, b or c`.
fn choice<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    among: impl ExactSizeIterator<Item = T>,
) -> fmt::Result {
    let count = among.len();
    for (at, one) in among.enumerate() {
        let joint = match at {
            0 => "",
            _ if at + 1 == count => " or ",
            _ => ", ",
        };
        write!(f, "{joint}{one}")?;
    }
    Ok(())
}

impl fmt::Display for ValueList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        choice(f, self.values.iter().map(|value| format!("\"{value}\"")))?;
        if self.open { f.write_str(" or another text") } else { Ok(()) }
    }
}

impl fmt::Debug for ValueList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// An object with known fields.
pub struct ObjectInfo {
    pub(crate) name: &'static str,
    pub(crate) types: &'static [&'static str],
    pub(crate) fields: &'static [FieldInfo],
    pub(crate) rules: ObjectRules,
    pub(crate) constructors: &'static [Constructor],
    /// Calls the setter of that wire name, if the value is of its form.
    pub(crate) set: fn(Object, &str, &Json) -> Option<Object>,
}

/// A way to make an object.
pub(crate) struct Constructor {
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [&'static str],
    pub(crate) make: fn(&Object) -> Option<Object>,
}

impl ObjectInfo {
    /// The name of its type here.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Names that the provider's schema has for it: several where it lists variants.
    pub fn schema_types(&self) -> &'static [&'static str] {
        self.types
    }

    /// Its fields, in the order of the table.
    pub fn fields(&self) -> &'static [FieldInfo] {
        self.fields
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&'static FieldInfo> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether fields of other names are the user's own, and of what form.
    pub fn others(&self) -> Option<Kind> {
        self.rules.others
    }

    /// The names of the constructors of its type that the table has, each with the fields
    /// that it takes.
    pub fn constructors(&self) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
        self.constructors.iter().map(|constructor| (constructor.name, constructor.fields))
    }

    /// The same object, made anew by a constructor and the setters of its type. `None` where
    /// a field is not of its form. Fields that are not in the table are added as they are.
    ///
    /// ```
    /// use switchhook_swml::{Object, grammar::{self, StepSet}};
    ///
    /// let play = grammar::method(StepSet::Calling, "play").unwrap().object().unwrap();
    /// let fields = Object::from([("volume", "${vars.loud}"), ("url", "say:Hello")]);
    /// let built = play.build(&fields).unwrap();
    /// assert_eq!(built.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["url", "volume"]);
    /// assert_eq!(play.build(&Object::from([("url", "")])), None);
    /// ```
    pub fn build(&self, fields: &Object) -> Option<Object> {
        // The types of constructors take more than the table: any text for a sound.
        let fits = |(name, value): (&str, &Json)| {
            self.field(name).is_none_or(|field| field.kind.fits(value))
        };
        if !fields.iter().all(fits) {
            return None;
        }
        let covers = |constructor: &&Constructor| {
            constructor.fields.iter().all(|field| fields.contains(field))
        };
        let constructor = self.constructors.iter().filter(covers).max_by_key(|c| c.fields.len());
        let mut object = match constructor {
            Some(constructor) => (constructor.make)(fields)?,
            None => Object::new(),
        };
        for (name, value) in fields.iter() {
            if object.contains(name) {
                continue;
            }
            let set = self.field(name).and_then(|_| (self.set)(object.clone(), name, value));
            match set {
                Some(set) => object = set,
                // Not in the table, or set by hand by a constructor that was not taken.
                None => object.set(name.to_owned(), value.clone()),
            }
        }
        Some(object)
    }

    /// Groups of fields that depend on each other.
    pub fn groups(&self) -> &'static [Group] {
        self.rules.groups
    }
}

impl fmt::Debug for ObjectInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What holds for an object as a whole.
#[derive(Clone, Copy)]
pub(crate) struct ObjectRules {
    pub(crate) others: Option<Kind>,
    pub(crate) groups: &'static [Group],
    /// One of the provider's schemas takes other fields too.
    pub(crate) lenient: bool,
    /// Fields that belong to values of `type`; those of no row belong to all.
    pub(crate) by_type: &'static [(&'static str, &'static [&'static str])],
}

impl ObjectRules {
    pub(crate) const NONE: Self = Self { others: None, groups: &[], lenient: false, by_type: &[] };

    pub(crate) const fn open(self, kind: Kind) -> Self {
        Self { others: Some(kind), ..self }
    }

    pub(crate) const fn groups(self, groups: &'static [Group]) -> Self {
        Self { groups, ..self }
    }

    pub(crate) const fn lenient(self) -> Self {
        Self { lenient: true, ..self }
    }

    pub(crate) const fn by_type(
        self,
        by_type: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        Self { by_type, ..self }
    }
}

/// Fields of which only so many go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Group {
    /// Exactly one of them.
    One(&'static [&'static str]),
    /// At least one.
    Some(&'static [&'static str]),
    /// One or none.
    Most(&'static [&'static str]),
}

/// A field of an object.
pub struct FieldInfo {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) unit: Option<Unit>,
    pub(crate) rules: Rules,
}

impl FieldInfo {
    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it takes.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The unit of its numbers, where they have one.
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Whether the object needs it.
    pub fn is_required(&self) -> bool {
        self.rules.presence == Presence::Required
    }

    /// The smallest and the largest number that it takes.
    pub fn range(&self) -> (Option<f64>, Option<f64>) {
        (self.rules.min, self.rules.max)
    }

    /// The field that has to be there for this one to mean anything.
    pub fn only_with(&self) -> Option<&'static str> {
        self.rules.only_with
    }
}

impl fmt::Debug for FieldInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Decibels.
    Decibels,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Decibels => "decibels",
        })
    }
}
