//! JSON as the wire has it: keys in order, numbers as they were spelled.

mod number;
mod read;
mod serde;
mod write;

use std::{borrow::Cow, fmt};

pub use self::number::Number;
pub(crate) use self::{
    read::parse,
    write::{capacity, write},
};

/// A JSON value that loses nothing.
///
/// Keys stay in order, also repeated ones, and numbers keep their spelling. `Debug` shows
/// the structure and no values, which may be personal.
///
/// ```
/// use switchhook_swml::Json;
///
/// let json = Json::from([("name", Json::from("Ada")), ("tries", Json::from(3))]);
/// assert_eq!(json.to_string(), r#"{"name":"Ada","tries":3}"#);
/// assert_eq!(json.get("tries").and_then(Json::as_i64), Some(3));
/// assert_eq!(format!("{json:?}"), r#"{"name": 3 bytes, "tries": number}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'static, str>),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Object),
}

/// The entries of a JSON object, in order.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Object {
    entries: Vec<(Cow<'static, str>, Json)>,
}

impl Json {
    /// What this is of, as text that serde writes.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON, or is nested more than 128 levels deep.
    ///
    /// ```
    /// use switchhook_swml::Json;
    ///
    /// let json = Json::of(&vec![("a", 1.5)])?;
    /// assert_eq!(json.to_string(), r#"[["a",1.5]]"#);
    /// # Ok::<(), switchhook_swml::ReadError>(())
    /// ```
    pub fn of<T: serde_core::Serialize + ?Sized>(value: &T) -> Result<Self, crate::ReadError> {
        let text = serde_json::to_vec(value)
            .map_err(|_| crate::ReadError::new(crate::ReadErrorKind::NotJson, 0))?;
        parse(&text, &crate::Limits { bytes: usize::MAX, nodes: usize::MAX, depth: 128 })
    }

    /// The entry of that name, if this is an object. Of several the last counts.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The flag, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(flag) = self { Some(*flag) } else { None }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The number, if this is a whole one in range.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The entries, if this is a list.
    pub fn as_list(&self) -> Option<&[Json]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    /// The entries, if this is an object.
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The same, to change it.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }
}

impl Object {
    /// An object without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many entries there are, repeated names counted.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of that name. Of several the last counts.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.entries.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json> {
        self.entries.iter_mut().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether there is an entry of that name.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Json)> + DoubleEndedIterator {
        self.entries.iter().map(|(key, value)| (&**key, value))
    }

    /// Sets an entry: in its place where there is one, else at the end.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Json>) {
        let (name, value) = (name.into(), value.into());
        match self.get_mut(&name) {
            Some(old) => *old = value,
            None => self.entries.push((name, value)),
        }
    }

    /// Adds an entry at the end without a look at those that are there.
    pub(crate) fn push(&mut self, name: Cow<'static, str>, value: Json) {
        self.entries.push((name, value));
    }

    pub(crate) fn push_front(&mut self, name: Cow<'static, str>, value: Json) {
        self.entries.insert(0, (name, value));
    }

    /// With one entry and room for no other: what a step is.
    pub(crate) fn single(name: Cow<'static, str>, value: Json) -> Self {
        Self { entries: vec![(name, value)] }
    }

    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self { entries: Vec::with_capacity(capacity) }
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(_) => f.write_str("flag"),
            Self::Number(_) => f.write_str("number"),
            Self::Text(text) => write!(f, "{} bytes", text.len()),
            Self::List(list) => f.debug_list().entries(list).finish(),
            Self::Object(object) => fmt::Debug::fmt(object, f),
        }
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, value)| (crate::path::shown(key), value)))
            .finish()
    }
}

/// Compact JSON.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write(self, &mut text);
        f.write_str(&text)
    }
}

macro_rules! from {
    ($($type:ty, $value:ident => $json:expr;)*) => { $(
        impl From<$type> for Json {
            fn from($value: $type) -> Self {
                $json
            }
        }
    )* };
}

from! {
    bool, flag => Self::Bool(flag);
    Number, number => Self::Number(number);
    i32, number => Self::Number(number.into());
    u32, number => Self::Number(number.into());
    i64, number => Self::Number(number.into());
    u64, number => Self::Number(number.into());
    f64, number => Self::Number(number.into());
    &str, text => Self::Text(Cow::Owned(text.to_owned()));
    String, text => Self::Text(Cow::Owned(text));
    Object, object => Self::Object(object);
    (), nothing => { let () = nothing; Self::Null };
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(list: Vec<T>) -> Self {
        Self::List(list.into_iter().map(Into::into).collect())
    }
}

impl<K: Into<String>, V: Into<Json>, const N: usize> From<[(K, V); N]> for Json {
    fn from(entries: [(K, V); N]) -> Self {
        Self::Object(entries.into())
    }
}

impl<K: Into<String>, V: Into<Json>, const N: usize> From<[(K, V); N]> for Object {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<Json>> FromIterator<(K, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut object = Self::new();
        object.extend(entries);
        object
    }
}

impl<K: Into<String>, V: Into<Json>> Extend<(K, V)> for Object {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (name, value) in entries {
            self.push(Cow::Owned(name.into()), value.into());
        }
    }
}
