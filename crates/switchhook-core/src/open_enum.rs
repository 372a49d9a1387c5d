use std::fmt;

/// A value that this version does not know, kept as it came.
///
/// It can be read and not built, so that a later version may name the value without
/// changing what existing matches do. Shown without the text, which may be anything.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Unrecognized(Box<str>);

impl Unrecognized {
    /// For [`open_enum!`](crate::open_enum) alone.
    #[doc(hidden)]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as the provider sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// Declares an enum over a provider's value list that stays open to values not yet known.
///
/// The enum is `#[non_exhaustive]` and has a last variant `Unrecognized`. It converts from
/// any text without failing; `as_str` gives the spelling of the provider's list. A variant may
/// name further spellings after `|`; `ignore case` before the brace compares without case.
/// States of a life have a `rank`, which makes `supersedes`. Which spelling was sent is in the event's parameters.
///
/// ```
/// switchhook_core::open_enum! {
///     /// Kind of a track.
///     pub enum TrackKind {
///         /// Sound.
///         Audio = "audio",
///         /// Pictures.
///         Video = "video" | "picture",
///     }
/// }
/// assert_eq!(TrackKind::from("picture"), TrackKind::Video);
/// let novel = TrackKind::from("smell");
/// assert_eq!((novel.as_str(), novel.is_recognized()), ("smell", false));
/// assert_eq!(TrackKind::KNOWN.len(), 2);
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])* $vis:vis enum $name:ident $(ignore $case:ident)? {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident = $wire:literal $(| $alias:literal)* $(rank $rank:literal)?
            ),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        $vis enum $name {
            $( $(#[$variant_meta])* #[doc = concat!("\n\nIn the provider's list: `", $wire, "`.")] $variant, )+
            /// A value that this version does not know; `as_str` reads it.
            Unrecognized($crate::Unrecognized),
        }

        impl $name {
            /// Every value that this version knows, in the order of the provider's list.
            $vis const KNOWN: &'static [Self] = &[ $( Self::$variant ),+ ];

            /// The value as the provider's list spells it, or as it came where it is not known.
            $vis fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $wire, )+
                    Self::Unrecognized(text) => text.as_str(),
                }
            }

            /// Whether this version knows the value.
            $vis fn is_recognized(&self) -> bool {
                !matches!(self, Self::Unrecognized(_))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::open_enum!(@from text, $($case)? $( $variant = $wire $(| $alias)*, )+)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// Whether the text is read as this value, in any of its spellings.
        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                let read = Self::from(text);
                *self == read
            }
        }

        /// Whether the text is read as this value, in any of its spellings.
        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                *self == **text
            }
        }

        impl $crate::WireType for $name {
            const KIND: $crate::Kind = $crate::Kind::Enum(stringify!($name));

            fn from_wire(text: &str) -> Option<Self> {
                Some(Self::from(text))
            }

            fn fits(_: &str) -> bool {
                true
            }

            fn to_wire(&self) -> $crate::WireValue<'_> {
                $crate::WireValue::Token { text: self.as_str(), recognized: self.is_recognized() }
            }

            fn position(&self) -> Option<$crate::Position> {
                match self {
                    $( $( Self::$variant => Some($crate::Position::Rank($rank)), )? )+
                    _ => None,
                }
            }
        }

        $crate::open_enum!(@ranked $vis $name $( $($rank)? )+);

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::__private::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: $crate::__private::serde::Deserializer<'de>,
            {
                $crate::__private::deserialize_text(deserializer)
            }
        }
    };
    (@ranked $vis:vis $name:ident) => {};
    (@ranked $vis:vis $name:ident $($rank:literal)+) => {
        impl $name {
            /// How far the state is in the life of its thing; `None` where it is not known.
            /// States that exclude each other may have the same rank.
            $vis fn rank(&self) -> Option<u8> {
                match $crate::WireType::position(self) {
                    Some($crate::Position::Rank(rank)) => Some(rank),
                    _ => None,
                }
            }

            /// Whether the state may take the place of an `earlier` one: it is further in the
            /// life of its thing. Of what is not known nothing is said: `false`.
            $vis fn supersedes(&self, earlier: &Self) -> bool {
                self.rank().zip(earlier.rank()).is_some_and(|(rank, earlier)| rank > earlier)
            }
        }
    };
    (@from $text:ident, case $( $variant:ident = $wire:literal $(| $alias:literal)*, )+) => {
        match $text {
            $( text if [$wire $(, $alias)*].iter().any(|wire| text.eq_ignore_ascii_case(wire)) => {
                Self::$variant
            } )+
            _ => Self::Unrecognized($crate::Unrecognized::new($text)),
        }
    };
    (@from $text:ident, $( $variant:ident = $wire:literal $(| $alias:literal)*, )+) => {
        match $text {
            $( $wire $(| $alias)* => Self::$variant, )+
            _ => Self::Unrecognized($crate::Unrecognized::new($text)),
        }
    };
}

#[cfg(test)]
mod tests {
    open_enum! {
        /// A codec.
        enum Codec ignore case { /// Video.
            Vp8 = "VP8", /// Sound.
            Opus = "OPUS" | "opus-1" }
    }

    #[test]
    fn compares_without_case_where_told() {
        assert_eq!(Codec::from("vp8"), Codec::Vp8);
        assert_eq!(Codec::from("Opus-1"), Codec::Opus);
        assert_eq!(Codec::Vp8, "VP8");
        assert_eq!(Codec::KNOWN, [Codec::Vp8, Codec::Opus]);
    }

    open_enum! {
        /// Where a parcel is.
        enum Place { /// Here.
            Here = "here" rank 0, /// On its way.
            Away = "away" | "gone" rank 1, /// Nobody knows.
            Lost = "lost" }
    }

    #[test]
    fn a_text_is_equal_to_what_it_is_read_as() {
        for text in ["VP8", "vp8", "Vp8"] {
            assert_eq!(Codec::from(text), text);
            assert_eq!(Codec::Vp8, *text);
        }
        assert_eq!(Codec::Opus, "OPUS-1");
        assert_eq!(Place::from("gone"), "gone");
        assert_eq!(Place::Away, "away");
        assert_ne!(Place::Away, "Away");
        assert_eq!(Codec::from("novel"), "novel");
        assert_ne!(Codec::from("novel"), "NOVEL");
        assert_ne!(Codec::Vp8, "opus");
    }

    #[test]
    fn ranks_order_what_is_known() {
        assert_eq!(Place::from("gone").rank(), Some(1));
        assert!(Place::Away.supersedes(&Place::Here));
        for (left, right) in [(Place::Here, Place::Away), (Place::Away, Place::Away)] {
            assert!(!left.supersedes(&right));
        }
        assert_eq!(Place::KNOWN.len(), 3);
        assert_eq!((Place::Lost.rank(), Place::from("x").rank()), (None, None));
        assert!(!Place::Away.supersedes(&Place::Lost));
    }

    #[test]
    fn keeps_novel_values_and_does_not_show_them() {
        let novel: Codec = serde_json::from_str("\"+15550001111\"").unwrap();
        assert_eq!(serde_json::to_string(&novel).unwrap(), "\"+15550001111\"");
        assert!(!novel.is_recognized());
        assert_eq!(format!("{novel:?}"), "Unrecognized(12 bytes)");
    }
}
