//! Typed views of objects that were read or built.

use std::{fmt, marker::PhantomData};

use crate::{Json, Object, grammar::ObjectInfo};

/// A type of objects that the grammar knows.
///
/// Implemented by the types of this crate alone.
pub trait Known: crate::Field {
    /// Its row in the tables.
    fn info() -> &'static ObjectInfo;

    /// The type around an object.
    fn of(object: Object) -> Self;
}

/// An object, read by type.
///
/// Each field of the type has a getter: `None` where it is absent or has another form. Which
/// of both, [`get`](Self::get) tells, and [`Document::problems`](crate::Document::problems)
/// names all fields of another form.
///
/// ```
/// use switchhook_swml::{Connect, Seconds, read};
///
/// let document = read(
///     r#"{"sections": {"main": [{"connect": {"to": "+15550001111", "timeout": 20, "new": 1}}]}}"#,
/// )?;
/// let connect = document.find::<Connect>().next().unwrap();
/// assert_eq!(connect.timeout(), Some(Seconds(20).into()));
/// assert_eq!(connect.extra().map(|(name, _)| name).collect::<Vec<_>>(), ["new"]);
/// # Ok::<(), switchhook_swml::ReadError>(())
/// ```
pub struct View<'a, T> {
    object: &'a Object,
    of: PhantomData<T>,
}

impl<'a, T> View<'a, T> {
    pub(crate) fn of(object: &'a Object) -> Self {
        Self { object, of: PhantomData }
    }

    /// The object itself.
    pub fn object(&self) -> &'a Object {
        self.object
    }

    /// A field as it is, by its name on the wire.
    pub fn get(&self, name: &str) -> Option<&'a Json> {
        self.object.get(name)
    }
}

impl<'a, T: Known> View<'a, T> {
    /// The fields that the type does not have, in order.
    pub fn extra(&self) -> impl Iterator<Item = (&'a str, &'a Json)> + use<'a, T> {
        self.object.iter().filter(|(name, _)| T::info().field(name).is_none())
    }

    /// A copy to change.
    pub fn to_owned(&self) -> T {
        T::of(self.object.clone())
    }
}

impl<T> Clone for View<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for View<'_, T> {}

impl<T> fmt::Debug for View<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.object, f)
    }
}

impl<T> PartialEq for View<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.object == other.object
    }
}
