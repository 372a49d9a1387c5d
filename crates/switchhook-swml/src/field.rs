//! What may stand in a field: how each type is written, read and described.

use std::marker::PhantomData;

use switchhook_core::{DecimalSeconds, Milliseconds, Seconds};

use crate::{
    Decibels, Json, Object, Sound, Value, Variable,
    grammar::{Kind, Unit},
};

/// A type of fields.
///
/// Implemented by the types of this crate alone.
pub trait Field: Sized + sealed::Sealed {
    /// The form that the wire has it in.
    const KIND: Kind;

    /// The unit of its numbers.
    const UNIT: Option<Unit> = None;

    /// What reading gives, without a copy where that is possible.
    type View<'a>;

    /// Reads a value, if it has the form.
    fn view(json: &Json) -> Option<Self::View<'_>>;

    /// Reads a value to keep, if it has the form.
    fn from_json(json: &Json) -> Option<Self>;

    /// Writes it.
    fn into_json(self) -> Json;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}
use sealed::Sealed;

/// Types of which a variable may take the place.
pub trait Plain: Sealed {}

/// Types whose view is the value itself.
macro_rules! fields {
    ($($type:ty, $kind:expr, $unit:expr,
        read $read:ident => $from:expr, write $write:ident => $into:expr;)*) => { $(
        impl Sealed for $type {}
        impl Plain for $type {}

        impl Field for $type {
            const KIND: Kind = $kind;
            const UNIT: Option<Unit> = $unit;

            type View<'a> = Self;

            fn view(json: &Json) -> Option<Self> {
                Self::from_json(json)
            }

            fn from_json($read: &Json) -> Option<Self> {
                $from
            }

            fn into_json(self) -> Json {
                let $write = self;
                $into
            }
        }
    )* };
}

fields! {
    bool, Kind::Flag, None, read json => json.as_bool(), write flag => flag.into();
    i64, Kind::Integer, None, read json => json.as_i64(), write number => number.into();
    f64, Kind::Number, None,
        read json => json.as_number().map(crate::Number::as_f64), write number => number.into();
    Seconds, Kind::Integer, Some(Unit::Seconds),
        read json => json.as_i64().and_then(|n| n.try_into().ok()).map(Seconds),
        write span => span.0.into();
    Milliseconds, Kind::Integer, Some(Unit::Milliseconds),
        read json => json.as_i64().and_then(|n| n.try_into().ok()).map(Milliseconds),
        write span => span.0.into();
    DecimalSeconds, Kind::Number, Some(Unit::Seconds),
        read json => json.as_number().map(|number| DecimalSeconds(number.as_f64())),
        write span => span.0.into();
    Decibels, Kind::Number, Some(Unit::Decibels),
        read json => json.as_number().map(|number| Decibels(number.as_f64())),
        write volume => volume.0.into();
    Sound, Kind::Either(&[Kind::Sound, Kind::Variable]), None,
        read json => json.as_str().map(Sound::from), write sound => String::from(sound).into();
}

impl Sealed for String {}

impl Field for String {
    const KIND: Kind = Kind::Text;

    type View<'a> = &'a str;

    fn view(json: &Json) -> Option<&str> {
        json.as_str()
    }

    fn from_json(json: &Json) -> Option<Self> {
        json.as_str().map(str::to_owned)
    }

    fn into_json(self) -> Json {
        self.into()
    }
}

impl Sealed for Json {}

impl Field for Json {
    const KIND: Kind = Kind::Any;

    type View<'a> = &'a Json;

    fn view(json: &Json) -> Option<&Json> {
        Some(json)
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(json.clone())
    }

    fn into_json(self) -> Json {
        self
    }
}

impl<T> Sealed for Value<T> {}

impl<T: for<'a> Field<View<'a> = T>> Field for Value<T> {
    const KIND: Kind = Kind::Either(&[T::KIND, Kind::Variable]);
    const UNIT: Option<Unit> = T::UNIT;

    type View<'a> = Self;

    fn view(json: &Json) -> Option<Self> {
        Self::from_json(json)
    }

    fn from_json(json: &Json) -> Option<Self> {
        // An open enum takes every text, so that variables go first.
        let variable = json.as_str().and_then(Variable::of_field).map(Self::Variable);
        variable.or_else(|| T::from_json(json).map(Self::Plain))
    }

    fn into_json(self) -> Json {
        match self {
            Self::Plain(value) => value.into_json(),
            Self::Variable(variable) => String::from(variable).into(),
        }
    }
}

/// `null` is a value of its own here.
impl<T> Sealed for Option<T> {}

impl<T: for<'a> Field<View<'a> = T>> Field for Option<T> {
    const KIND: Kind = Kind::Either(&[T::KIND, Kind::Null]);
    const UNIT: Option<Unit> = T::UNIT;

    type View<'a> = Self;

    fn view(json: &Json) -> Option<Self> {
        Self::from_json(json)
    }

    fn from_json(json: &Json) -> Option<Self> {
        if json.is_null() { Some(None) } else { T::from_json(json).map(Some) }
    }

    fn into_json(self) -> Json {
        self.map_or(Json::Null, T::into_json)
    }
}

/// A list of values.
///
/// Built from arrays, vectors and iterators of what converts to an entry.
///
/// ```
/// use switchhook_swml::List;
///
/// let list: List<String> = ["a", "b"].into();
/// assert_eq!(list, List::from_iter(["a", "b"]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    entries: Vec<Json>,
    of: PhantomData<T>,
}

impl<T: Field> List<T> {
    /// Adds an entry.
    pub fn push(&mut self, entry: impl Into<T>) {
        self.entries.push(entry.into().into_json());
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), of: PhantomData }
    }
}

impl<T: Field, U: Into<T>> FromIterator<U> for List<T> {
    fn from_iter<I: IntoIterator<Item = U>>(entries: I) -> Self {
        let entries = entries.into_iter().map(|entry| entry.into().into_json()).collect();
        Self { entries, of: PhantomData }
    }
}

impl<T: Field, U: Into<T>, const N: usize> From<[U; N]> for List<T> {
    fn from(entries: [U; N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<T: Field, U: Into<T>> From<Vec<U>> for List<T> {
    fn from(entries: Vec<U>) -> Self {
        entries.into_iter().collect()
    }
}

impl<T> Sealed for List<T> {}

impl<T: Field> Field for List<T> {
    const KIND: Kind = Kind::List(&T::KIND);
    const UNIT: Option<Unit> = T::UNIT;

    /// The entries that have the form; `problems` names the others.
    type View<'a> = Vec<T::View<'a>>;

    fn view(json: &Json) -> Option<Self::View<'_>> {
        Some(json.as_list()?.iter().filter_map(T::view).collect())
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { entries: json.as_list()?.to_vec(), of: PhantomData })
    }

    fn into_json(self) -> Json {
        Json::List(self.entries)
    }
}

/// Values by names of the user's own, in order.
///
/// Built from arrays and iterators of pairs.
///
/// ```
/// use switchhook_swml::{Json, Map};
///
/// let map: Map<Json> = [("tries", 3)].into();
/// assert_eq!(map, Map::from_iter([("tries", 3)]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<T> {
    entries: Object,
    of: PhantomData<T>,
}

impl<T: Field> Map<T> {
    /// Sets an entry: in its place where there is one, else at the end.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<T>) {
        self.entries.set(name.into(), value.into().into_json());
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self { entries: Object::new(), of: PhantomData }
    }
}

impl<T: Field, K: Into<String>, V: Into<T>> FromIterator<(K, V)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (name, value) in entries {
            map.insert(name, value);
        }
        map
    }
}

impl<T: Field, K: Into<String>, V: Into<T>, const N: usize> From<[(K, V); N]> for Map<T> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl From<Object> for Map<Json> {
    fn from(entries: Object) -> Self {
        Self { entries, of: PhantomData }
    }
}

impl<T> Sealed for Map<T> {}

impl<T: Field> Field for Map<T> {
    const KIND: Kind = Kind::Map(&T::KIND);

    /// The entries that have the form; `problems` names the others.
    type View<'a> = Vec<(&'a str, T::View<'a>)>;

    fn view(json: &Json) -> Option<Self::View<'_>> {
        let entries = json.as_object()?.iter();
        Some(entries.filter_map(|(name, value)| Some((name, T::view(value)?))).collect())
    }

    fn from_json(json: &Json) -> Option<Self> {
        Some(Self { entries: json.as_object()?.clone(), of: PhantomData })
    }

    fn into_json(self) -> Json {
        Json::Object(self.entries)
    }
}
