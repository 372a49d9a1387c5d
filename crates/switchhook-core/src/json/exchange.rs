//! JSON values to and from serde.

use std::{borrow::Cow, fmt, sync::Arc};

use serde_core::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{BorrowedStrDeserializer, StringDeserializer},
    },
    forward_to_deserialize_any,
    ser::{SerializeMap as _, SerializeSeq as _},
};

use super::{Json, JsonKind, JsonRef, write_text};
use crate::{JsonError, Limits};

impl Json {
    /// The value as the caller's type.
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Order { id: String, items: Vec<u32> }
    ///
    /// let body = switchhook_core::Json::parse(br#"{"id":"A-1","items":[7,9]}"#)?;
    /// assert_eq!(body.to::<Order>()?.items, [7, 9]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`JsonError`] when it has another shape than the type.
    pub fn to<'a, T: Deserialize<'a>>(&'a self) -> Result<T, JsonError> {
        self.as_ref().to()
    }

    /// The JSON of a value that serde can write.
    ///
    /// # Errors
    ///
    /// [`JsonError`] when JSON cannot say it, such as a map whose keys are no texts.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, JsonError> {
        let text = serde_json::to_vec(value).map_err(|_| JsonError::shape())?;
        Self::parse_within(&text, &Limits::NONE).map_err(|_| JsonError::syntax())
    }
}

impl<'a> JsonRef<'a> {
    /// The value as the caller's type.
    ///
    /// # Errors
    ///
    /// [`JsonError`] when it has another shape than the type, also for a number that the type
    /// cannot hold; a float takes the nearest.
    pub fn to<T: Deserialize<'a>>(self) -> Result<T, JsonError> {
        T::deserialize(self)
    }
}

/// The number that a text in JSON's spelling is; `None` for a whole number that neither 64 bits
/// nor a float hold to the last digit, and for what is beyond all floats. Other numbers are
/// the nearest float, as everywhere.
fn number(text: &str) -> Option<Number> {
    // Only what has neither point nor exponent is a whole number to serde.
    if let Ok(number) = text.parse() {
        return Some(Number::Unsigned(number));
    }
    // A whole number has no zero below zero.
    if text != "-0"
        && let Ok(number) = text.parse()
    {
        return Some(Number::Signed(number));
    }
    let float = float(text)?;
    let is_whole = !text.contains(['.', 'e', 'E']);
    (!is_whole || format!("{float:.0}") == text).then_some(Number::Decimal(float))
}

fn float(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Writes a number in JSON's spelling.
pub(crate) fn serialize_number<S: Serializer>(
    text: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match number(text).ok_or_else(unsayable)? {
        Number::Unsigned(number) => serializer.serialize_u64(number),
        Number::Signed(number) => serializer.serialize_i64(number),
        Number::Decimal(number) => serializer.serialize_f64(number),
    }
}

fn unsayable<E: serde_core::ser::Error>() -> E {
    E::custom("a number or a text that only the JSON text holds")
}

enum Number {
    Unsigned(u64),
    Signed(i64),
    Decimal(f64),
}

/// serde's own texts quote the value, so they are dropped.
impl serde_core::de::Error for JsonError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::shape()
    }
}

impl<'de> Deserializer<'de> for JsonRef<'de> {
    type Error = JsonError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.kind() {
            JsonKind::Null => visitor.visit_unit(),
            JsonKind::Boolean => visitor.visit_bool(self.raw() == "true"),
            JsonKind::Number => match number(self.raw()).ok_or(JsonError::shape())? {
                Number::Unsigned(number) => visitor.visit_u64(number),
                Number::Signed(number) => visitor.visit_i64(number),
                Number::Decimal(number) => visitor.visit_f64(number),
            },
            JsonKind::Text => match self.as_str().ok_or(JsonError::shape())? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            JsonKind::List => {
                let mut list = ListAccess(self.items());
                let value = visitor.visit_seq(&mut list)?;
                // A type that takes a few has no place for more.
                list.0.next().is_none().then_some(value).ok_or(JsonError::shape())
            }
            JsonKind::Object => {
                let members = Box::new(self.members().counting());
                visitor.visit_map(ObjectAccess { members, value: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        visitor.visit_newtype_struct(self)
    }

    /// A text, or an object of one member, as serde's enums are written.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        if self.kind() == JsonKind::Object {
            if self.members().counting().nth(1).is_some() {
                return Err(JsonError::shape());
            }
            let members = Box::new(self.members().counting());
            let access = ObjectAccess { members, value: None };
            return visitor.visit_enum(serde_core::de::value::MapAccessDeserializer::new(access));
        }
        let text = self.as_str().ok_or(JsonError::shape())?;
        text.into_deserializer().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        visitor.visit_unit()
    }

    /// Who asks for a float takes the nearest.
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match (self.kind(), float(self.raw())) {
            (JsonKind::Number, Some(number)) => visitor.visit_f64(number),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.deserialize_f64(visitor)
    }

    /// Who asks for 128 bits gets them.
    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match (self.kind(), self.raw().parse()) {
            (JsonKind::Number, Ok(number)) => visitor.visit_u128(number),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match (self.kind(), self.raw().parse()) {
            (JsonKind::Number, Ok(number)) => visitor.visit_i128(number),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct identifier
    }
}

struct ListAccess<'de>(super::Items<'de>);

impl<'de> SeqAccess<'de> for &mut ListAccess<'de> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, JsonError> {
        self.0.next().map(|value| seed.deserialize(value)).transpose()
    }
}

struct ObjectAccess<'de> {
    members: Box<dyn Iterator<Item = (Cow<'de, str>, JsonRef<'de>)> + 'de>,
    value: Option<JsonRef<'de>>,
}

impl<'de> MapAccess<'de> for ObjectAccess<'de> {
    type Error = JsonError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, JsonError> {
        let Some((name, value)) = self.members.next() else { return Ok(None) };
        self.value = Some(value);
        let key = match name {
            Cow::Borrowed(name) => {
                seed.deserialize(BorrowedStrDeserializer::<JsonError>::new(name))
            }
            Cow::Owned(name) => {
                let name: StringDeserializer<JsonError> = name.into_deserializer();
                seed.deserialize(name)
            }
        };
        key.map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, JsonError> {
        seed.deserialize(self.value.take().ok_or(JsonError::shape())?)
    }
}

/// Writes the value with all its members, repeats included.
///
/// # Errors
///
/// For a whole number that neither 64 bits nor a float hold to the last digit, for a number
/// beyond all floats, and for a text that is no Unicode: [`Json::as_str`] has them all.
/// A number with a point or an exponent is written as the nearest float.
impl Serialize for JsonRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.kind() {
            JsonKind::Null => serializer.serialize_unit(),
            JsonKind::Boolean => serializer.serialize_bool(self.raw() == "true"),
            JsonKind::Number => serialize_number(self.raw(), serializer),
            JsonKind::Text => serializer.serialize_str(&self.as_str().ok_or_else(unsayable)?),
            JsonKind::List => {
                let mut list = serializer.serialize_seq(None)?;
                for value in self.items() {
                    list.serialize_element(&value)?;
                }
                list.end()
            }
            JsonKind::Object => {
                let mut map = serializer.serialize_map(None)?;
                for (name, value) in self.members() {
                    map.serialize_entry(&name, &value)?;
                }
                map.end()
            }
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

/// Reads the value that another reader gives; what that one has rounded stays rounded.
/// [`Json::parse`] loses nothing.
impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = String::new();
        deserializer.deserialize_any(Writer(&mut text))?;
        // The reader of the value has bounded it already.
        Self::parse_within(text.as_bytes(), &Limits::NONE).map_err(D::Error::custom)
    }
}

/// Writes what it is given as JSON text.
struct Writer<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Writer<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! write_scalars {
    ($($method:ident: $type:ty),*) => {$(
        fn $method<E>(self, scalar: $type) -> Result<(), E> {
            self.0.push_str(&scalar.to_string());
            Ok(())
        }
    )*};
}

impl<'de> Visitor<'de> for Writer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    write_scalars!(visit_bool: bool, visit_u64: u64, visit_i64: i64);

    fn visit_f64<E: serde_core::de::Error>(self, number: f64) -> Result<(), E> {
        let text = serde_json::to_string(&number).map_err(E::custom)?;
        self.0.push_str(&text);
        Ok(())
    }

    fn visit_str<E: serde_core::de::Error>(self, text: &str) -> Result<(), E> {
        write_text(self.0, text);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.push_str("null");
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.push_str("null");
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.push('[');
        let mut first = true;
        loop {
            let end = self.0.len();
            if !first {
                self.0.push(',');
            }
            if list.next_element_seed(Writer(self.0))?.is_none() {
                self.0.truncate(end);
                break;
            }
            first = false;
        }
        self.0.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.0.push('{');
        let mut first = true;
        while let Some(name) = map.next_key::<String>()? {
            if !first {
                self.0.push(',');
            }
            write_text(self.0, &name);
            self.0.push(':');
            map.next_value_seed(Writer(self.0))?;
            first = false;
        }
        self.0.push('}');
        Ok(())
    }
}

impl Default for Json {
    /// `null`.
    fn default() -> Self {
        let nodes = [super::scan::Node::NULL].into();
        let document = super::Document { text: "null".into(), nodes, repeats: Box::default() };
        Self { document: Arc::new(document), place: 0 }
    }
}
