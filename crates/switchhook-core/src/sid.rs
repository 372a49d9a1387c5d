/// Declares the type of one kind of SID: text with a known prefix, lenient in what it holds.
///
/// Providers' documents and tests use SIDs that are not canonical (`RMxxxx`), so any text is
/// accepted; `is_canonical` tells the prefix followed by 32 hexadecimal digits.
///
/// ```
/// switchhook_core::sid! {
///     /// The SID of a room.
///     pub struct RoomSid = "RM";
/// }
/// let sid = RoomSid::from("RMdf7d9ae6886514b7c93afb0d4cd09ccb");
/// assert!(sid.is_canonical());
/// assert!(!RoomSid::from("RMxxxx").is_canonical());
/// assert_eq!(sid, "RMdf7d9ae6886514b7c93afb0d4cd09ccb");
/// ```
#[macro_export]
macro_rules! sid {
    ($(#[$meta:meta])* $vis:vis struct $name:ident = $prefix:literal;) => {
        $(#[$meta])*
        #[doc = concat!("\n\nStarts with `", $prefix, "`; lenient, see `is_canonical`.")]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name(String);

        impl $name {
            /// What SIDs of this kind start with.
            $vis const PREFIX: &'static str = $prefix;

            /// The SID as text.
            $vis fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether it is the prefix followed by 32 hexadecimal digits.
            $vis fn is_canonical(&self) -> bool {
                $crate::__private::is_canonical_sid(&self.0, $prefix)
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

        impl From<$name> for String {
            fn from(sid: $name) -> Self {
                sid.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.0 == *text
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&$crate::WireType::to_wire(self), f)
            }
        }

        impl $crate::WireType for $name {
            const KIND: $crate::Kind = $crate::Kind::Sid($prefix);

            fn from_wire(text: &str) -> Option<Self> {
                Some(Self(text.into()))
            }

            fn fits(_: &str) -> bool {
                true
            }

            fn to_wire(&self) -> $crate::WireValue<'_> {
                $crate::WireValue::Sid { text: &self.0, prefix: $prefix }
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::__private::serde::Serializer,
            {
                serializer.serialize_str(&self.0)
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
}

sid! {
    /// The SID of an account or sub-account.
    pub struct AccountSid = "AC";
}

sid! {
    /// The SID of a messaging service: senders that share their settings.
    pub struct MessagingServiceSid = "MG";
}

/// Whether `text` is `prefix` followed by 32 hexadecimal digits.
pub(crate) fn is_canonical(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::AccountSid;

    #[test]
    fn canonical_is_prefix_and_32_hex_digits() {
        for (text, canonical) in [
            ("ACf4aac78a044ec408eb627a2ce7f18cd8", true),
            ("ACF4AAC78A044EC408EB627A2CE7F18CD8", true),
            ("acf4aac78a044ec408eb627a2ce7f18cd8", false),
            ("ACf4aac78a044ec408eb627a2ce7f18cd", false),
            ("ACf4aac78a044ec408eb627a2ce7f18cd88", false),
            ("ACg4aac78a044ec408eb627a2ce7f18cd8", false),
            ("RMf4aac78a044ec408eb627a2ce7f18cd8", false),
            ("AC", false),
            ("", false),
        ] {
            assert_eq!(AccountSid::from(text).is_canonical(), canonical, "{text}");
        }
    }

    #[test]
    fn debug_shows_sids_and_nothing_that_only_travels_as_one() {
        assert_eq!(format!("{:?}", AccountSid::from("ACtest123")), "ACtest123");
        assert_eq!(format!("{:?}", AccountSid::from("+15550001111")), "<12 bytes>");
        assert_eq!(format!("{:?}", AccountSid::from("AC me @ home")), "<12 bytes>");
    }
}
