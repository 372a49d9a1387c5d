//! Texts that hold more than one value.

use std::fmt;

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Kind, WireType, WireValue, wire::deserialize_text};

macro_rules! structured {
    ($(#[$meta:meta])* $name:ident, $kind:expr) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, Default)]
        pub struct $name(String);

        impl $name {
            /// The text as it came.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        /// Shows the length of the text alone.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} bytes)"), self.0.len())
            }
        }

        impl WireType for $name {
            const KIND: Kind = $kind;

            fn from_wire(text: &str) -> Option<Self> {
                Some(Self(text.into()))
            }

            fn fits(_: &str) -> bool {
                true
            }

            fn to_wire(&self) -> WireValue<'_> {
                WireValue::Text(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize_text(deserializer)
            }
        }
    };
}

structured! {
    /// A JSON value in a text, parsed when somebody asks for it.
    ///
    /// The text is kept as it came, whatever it is: a sender's broken JSON never fails a
    /// delivery.
    ///
    /// ```
    /// use switchhook_core::JsonText;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Label { from: String }
    ///
    /// let attributes = JsonText::from(r#"{"from":"Bot"}"#);
    /// assert_eq!(attributes.parse::<Label>()?.from, "Bot");
    /// assert!(JsonText::from("{").parse::<Label>().is_err());
    /// # Ok::<(), switchhook_core::JsonError>(())
    /// ```
    JsonText, Kind::Json
}

impl JsonText {
    /// The text of a value.
    ///
    /// ```
    /// let flags = switchhook_core::JsonText::of(&[true, false])?;
    /// assert_eq!(flags.as_str(), "[true,false]");
    /// # Ok::<(), switchhook_core::JsonError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`JsonError`] when JSON has no such value, such as a map whose keys are no texts.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, JsonError> {
        serde_json::to_string(value).map(Self).map_err(|_| JsonError { shape: false })
    }

    /// The value as the caller's type.
    ///
    /// # Errors
    ///
    /// [`JsonError`] when the text is no JSON, is nested more than 127 deep, or has another
    /// shape than the type.
    pub fn parse<'a, T: Deserialize<'a>>(&'a self) -> Result<T, JsonError> {
        serde_json::from_str(&self.0).map_err(|error| JsonError { shape: error.is_data() })
    }
}

/// Why a text is not the wanted JSON, or a value cannot be JSON. It quotes nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    shape: bool,
}

crate::error_texts! {
    JsonError:
    Self { shape: true } => "the JSON has another shape",
    Self { shape: false } => "not JSON",
}

impl From<crate::ParseJsonError> for JsonError {
    fn from(_: crate::ParseJsonError) -> Self {
        Self::syntax()
    }
}

impl JsonError {
    pub(crate) const fn shape() -> Self {
        Self { shape: true }
    }

    pub(crate) const fn syntax() -> Self {
        Self { shape: false }
    }

    /// Whether it is JSON, of another shape than the wanted type.
    pub fn is_shape(&self) -> bool {
        self.shape
    }
}

structured! {
    /// Texts with commas between them.
    ///
    /// ```
    /// let list = switchhook_core::CommaList::from("a, b");
    /// assert_eq!(list.iter().collect::<Vec<_>>(), ["a", "b"]);
    /// ```
    CommaList, Kind::List
}

impl CommaList {
    /// The texts, without spaces around them and without empty ones.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        Self::split(&self.0)
    }

    /// The texts of a list that is no field of its own.
    ///
    /// ```
    /// use switchhook_core::CommaList;
    ///
    /// assert_eq!(CommaList::split("a, ,b,").collect::<Vec<_>>(), ["a", "b"]);
    /// ```
    pub fn split(text: &str) -> impl Iterator<Item = &str> {
        text.split(',').map(str::trim).filter(|text| !text.is_empty())
    }
}
