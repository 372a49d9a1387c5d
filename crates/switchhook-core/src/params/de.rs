//! Reading users' own `#[derive(Deserialize)]` types from parameters.

use std::{collections::HashSet, fmt};

use serde_core::{
    de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use super::Params;

impl Params {
    /// Reads a type that derives serde's `Deserialize`.
    ///
    /// Numbers and booleans are read from their text, an empty value of an `Option` is
    /// `None`, a repeated name gives its first value or, for a sequence, all of them.
    /// Unknown names are ignored.
    ///
    /// ```
    /// # use switchhook_core::Params;
    /// #[derive(serde::Deserialize)]
    /// #[serde(rename_all = "PascalCase")]
    /// struct Ended { room_name: String, room_duration: Option<u32>, tag: Vec<String> }
    ///
    /// let params = Params::parse(b"RoomName=Daily&RoomDuration=&Tag=a&Tag=b")?;
    /// let ended: Ended = params.deserialize()?;
    /// assert_eq!((ended.room_duration, ended.tag.len()), (None, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// serde's own `flatten` and internally tagged enums buffer every value as text, so a
    /// number inside them cannot be read; a flattened map of strings can.
    ///
    /// # Errors
    ///
    /// [`DeserializeError`] names the parameter and what was expected, never the value.
    /// Parameters with bytes that are not UTF-8 are refused as a whole unless
    /// [`replace_invalid_text`](Self::replace_invalid_text) admitted them.
    pub fn deserialize<'de, T: de::Deserialize<'de>>(&'de self) -> Result<T, DeserializeError> {
        T::deserialize(self)
    }
}

/// Why parameters do not fit a user's type.
///
/// Names the parameter where it is known. The value is left out on purpose: it may be a
/// phone number or a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeserializeError {
    param: Option<Box<str>>,
    expected: Box<str>,
}

impl DeserializeError {
    /// The name of the parameter at fault, where it is known.
    pub fn param(&self) -> Option<&str> {
        self.param.as_deref()
    }

    fn expected(what: impl Into<Box<str>>) -> Self {
        Self { param: None, expected: what.into() }
    }

    /// Names the parameter, if its name looks like one: a body that is no form is a name, too.
    fn at(mut self, param: &str) -> Self {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.[]{}".contains(&byte);
        let letter = param.starts_with(|c: char| c.is_ascii_alphabetic());
        if letter && param.len() <= 64 && param.bytes().all(plain) {
            self.param.get_or_insert_with(|| param.into());
        }
        self
    }
}

impl fmt::Display for DeserializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.param {
            Some(param) => write!(f, "parameter {param:?}: expected {}", self.expected),
            None => write!(f, "expected {}", self.expected),
        }
    }
}

impl std::error::Error for DeserializeError {}

// serde's default messages quote the offending value, so each is written anew without it.
impl de::Error for DeserializeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::expected("a value that its type accepts")
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::expected(expected.to_string())
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::expected(expected.to_string())
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::expected(expected.to_string())
    }

    fn unknown_variant(_: &str, variants: &'static [&'static str]) -> Self {
        Self::expected(format!("one of {variants:?}"))
    }

    fn unknown_field(_: &str, fields: &'static [&'static str]) -> Self {
        Self::expected(format!("no other parameters than {fields:?}"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::expected("to be present").at(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::expected("to occur once").at(field)
    }
}

impl<'de> de::Deserializer<'de> for &'de Params {
    type Error = DeserializeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.has_invalid_text() {
            return Err(DeserializeError::expected("parameters in UTF-8"));
        }
        visitor.visit_map(Names { params: self, at: 0, name: "", value: "", seen: Seen::of(self) })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Walks the distinct names in the order of their first occurrence.
struct Names<'de> {
    params: &'de Params,
    at: usize,
    name: &'de str,
    value: &'de str,
    seen: Seen<'de>,
}

/// Which names have come before.
enum Seen<'de> {
    /// A filter that costs no allocation: says "new" only when it is certain, so that few
    /// names have to be compared with all earlier ones.
    Few([u64; 16]),
    /// For more pairs than that is good for.
    Many(HashSet<&'de str>),
}

impl<'de> Seen<'de> {
    fn of(params: &Params) -> Self {
        if params.len() <= 64 { Self::Few([0; 16]) } else { Self::Many(HashSet::new()) }
    }

    /// Whether `name`, the one at the place `at`, comes for the first time.
    fn is_first(&mut self, params: &'de Params, at: usize, name: &'de str) -> bool {
        let filter = match self {
            Self::Few(filter) => filter,
            Self::Many(names) => return names.insert(name),
        };
        let bit = bit_of(name.as_bytes());
        let (word, mask) = (&mut filter[bit / 64], 1 << (bit % 64));
        let new = *word & mask == 0;
        *word |= mask;
        new || params.iter().take(at).all(|earlier| earlier.0 != name)
    }
}

/// One of 1024 bits, by both ends of a name and its length.
#[inline]
fn bit_of(name: &[u8]) -> usize {
    let ends = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(head), Some(tail)) => {
            u64::from_le_bytes(*head).wrapping_add(u64::from_le_bytes(*tail))
        }
        _ => name.iter().fold(0, |ends, byte| ends << 8 | u64::from(*byte)),
    };
    // Multiplied by the golden ratio, the upper bits depend on all of the others.
    let mixed = (ends ^ name.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 54) as usize
}

impl<'de> MapAccess<'de> for Names<'de> {
    type Error = DeserializeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        while let Some((name, value)) = self.params.pair(self.at) {
            let first = self.seen.is_first(self.params, self.at, name);
            self.at += 1;
            if first {
                (self.name, self.value) = (name, value);
                return seed.deserialize(de::value::BorrowedStrDeserializer::new(name)).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        let value = Value { text: self.value, repeats: Some((self.params, self.name)) };
        seed.deserialize(value).map_err(|error| error.at(self.name))
    }
}

/// One value, and where its repeats are found when a sequence is asked for.
#[derive(Clone, Copy)]
struct Value<'de> {
    text: &'de str,
    repeats: Option<(&'de Params, &'de str)>,
}

macro_rules! from_text {
    ($($method:ident => $visit:ident, $what:literal;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            // A leading plus is a phone number's, not a number's.
            match self.text.parse() {
                Ok(value) if !self.text.starts_with('+') => visitor.$visit(value),
                _ => Err(DeserializeError::expected($what)),
            }
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Value<'de> {
    type Error = DeserializeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_borrowed_str(self.text)
    }

    from_text! {
        deserialize_bool => visit_bool, "true or false";
        deserialize_i8 => visit_i8, "an 8-bit integer";
        deserialize_i16 => visit_i16, "a 16-bit integer";
        deserialize_i32 => visit_i32, "a 32-bit integer";
        deserialize_i64 => visit_i64, "a 64-bit integer";
        deserialize_i128 => visit_i128, "a 128-bit integer";
        deserialize_u8 => visit_u8, "an unsigned 8-bit integer";
        deserialize_u16 => visit_u16, "an unsigned 16-bit integer";
        deserialize_u32 => visit_u32, "an unsigned 32-bit integer";
        deserialize_u64 => visit_u64, "an unsigned 64-bit integer";
        deserialize_u128 => visit_u128, "an unsigned 128-bit integer";
        deserialize_f32 => visit_f32, "a number";
        deserialize_f64 => visit_f64, "a number";
        deserialize_char => visit_char, "one character";
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.text.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(self.text.into_deserializer())
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_seq(Repeats { value: self, at: 0 })
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.deserialize_seq(visitor)
    }

    forward_to_deserialize_any! {
        str string bytes byte_buf unit_struct tuple_struct map struct identifier ignored_any
    }
}

/// All values of one name.
struct Repeats<'de> {
    value: Value<'de>,
    at: usize,
}

impl<'de> SeqAccess<'de> for Repeats<'de> {
    type Error = DeserializeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        let Some((params, name)) = self.value.repeats else { return Ok(None) };
        while let Some((other, text)) = params.pair(self.at) {
            self.at += 1;
            if other == name {
                return seed.deserialize(Value { text, repeats: None }).map(Some);
            }
        }
        Ok(None)
    }
}
