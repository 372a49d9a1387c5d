//! Numbers with the unit that the wire uses.

use std::{fmt, time::Duration};

use crate::{Kind, WireType, WireValue};

macro_rules! unit {
    ($(#[$meta:meta])* $name:ident, $kind:expr, $to_duration:ident, $unit:literal) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The same span as the standard library's type.
            pub fn to_duration(self) -> Duration {
                Duration::$to_duration(self.0)
            }
        }

        impl From<$name> for Duration {
            fn from(span: $name) -> Self {
                span.to_duration()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{} ", $unit), self.0)
            }
        }

        impl WireType for $name {
            const KIND: Kind = $kind;

            fn from_wire(text: &str) -> Option<Self> {
                u64::from_wire(text).map(Self)
            }

            fn to_wire(&self) -> WireValue<'_> {
                WireValue::Unsigned(self.0)
            }
        }
    };
}

unit! {
    /// A span of whole seconds.
    Seconds, Kind::Seconds, from_secs, "s"
}

unit! {
    /// A span of whole milliseconds.
    Milliseconds, Kind::Milliseconds, from_millis, "ms"
}
