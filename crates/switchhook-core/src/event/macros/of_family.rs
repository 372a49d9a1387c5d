//! What every event is to its family, and how it is shown, written and read again: the same for
//! forms and for JSON.

/// An event as one of its family. Called by [`form_event!`](crate::form_event) and
/// [`json_event!`](crate::json_event).
#[doc(hidden)]
#[macro_export]
macro_rules! event_of_family {
    ($family:ident, $event:ident [$($name:literal)+], $deserialize:path) => {
        impl $crate::FromFamily for $event {
            type Family = $family;
            const SELECTION: $crate::Selection = $crate::Selection::Events(&[$($name),+]);

            fn from_family(event: $family) -> Result<Self, $family> {
                match event {
                    $family::$event(event) => Ok(event),
                    other => Err(other),
                }
            }

            fn in_family(payload: &$crate::Payload) -> $family {
                if $crate::__private::is_named_otherwise::<Self>(payload) {
                    return <$family as $crate::Family>::decode(payload);
                }
                <$family as $crate::Family>::decode_as(Self::NAME, payload)
            }

            fn read(payload: &$crate::Payload) -> Result<Self, $family> {
                if $crate::__private::is_named_otherwise::<Self>(payload) {
                    return Self::from_family(<$family as $crate::Family>::decode(payload));
                }
                <Self as $crate::Event>::from_payload(payload)
                    .map_err(|_| <$family as $crate::Family>::decode_as(Self::NAME, payload))
            }
        }

        /// Shows the fields that are set: numbers, times, SIDs and known values as they are,
        /// of all else only the length.
        impl std::fmt::Debug for $event {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut fields = f.debug_struct(stringify!($event));
                $crate::EventData::visit(self, &mut |field, value| {
                    if let Some(value) = value {
                        fields.field(field.wire, &value);
                    }
                });
                fields.finish_non_exhaustive()
            }
        }

        impl $crate::__private::serde::Serialize for $event {
            fn serialize<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::__private::serde::Serializer,
            {
                $crate::__private::serialize_event(self, serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $event {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: $crate::__private::serde::Deserializer<'de>,
            {
                $deserialize(deserializer)
            }
        }
    };
}
