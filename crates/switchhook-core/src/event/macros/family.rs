//! The enum over a family.

/// Declares a family: the enum over every event of one provider product.
///
/// Its events are types of [`form_events!`](crate::form_events),
/// [`form_webhooks!`](crate::form_webhooks) and [`json_events!`](crate::json_events), in any
/// mixture: `in Json & Form` before `classified by` says what the bodies are. `waits 5;` after
/// the parameters says how many seconds the provider waits for an answer; `flat json;` after that,
/// that forms may come as JSON objects, too: see [`Family::FLAT_JSON`](crate::Family::FLAT_JSON).
///
/// ```
/// use switchhook_core::{Family, Params, Payload, Seconds, form_events, form_family, params};
///
/// params! { param {
///     /// The door.
///     door_sid: String = "DoorSid", sample "DR1";
///     /// How long it stood open, in seconds.
///     open: Seconds = "Open", sample "3";
/// } }
///
/// form_events! {
///     params param;
///     family DoorWebhook by "Event";
///     /// What happens to doors.
///     group DoorEvent = "door", common door_sid;
///     key (door_sid open);
///     order ();
///
///     /// A door was opened.
///     DoorOpened = "door-opened" { subject door_sid; documented; }
///     /// A door was closed.
///     DoorClosed = "door-closed" { subject door_sid; documented open; }
/// }
///
/// form_family! {
///     params param;
///     /// Everything that a door sends.
///     pub enum DoorWebhook = "example.door" by "Event", common door_sid {
///         DoorOpened, DoorClosed
///     }
/// }
///
/// let body = Params::parse(b"Event=door-closed&DoorSid=DR7&Open=42&Colour=red")?;
/// let DoorWebhook::DoorClosed(closed) = DoorWebhook::decode(&Payload::from(body)) else {
///     panic!("a closed door");
/// };
/// assert_eq!((closed.door_sid.as_str(), closed.open), ("DR7", Some(Seconds(42))));
/// assert_eq!(closed.extra().collect::<Vec<_>>(), [("Colour", "red")]);
/// # Ok::<(), switchhook_core::ParamsError>(())
/// ```
#[macro_export]
macro_rules! form_family {
    (
        params $table:ident;
        $(waits $waits:literal;)?
        $(#[$meta:meta])*
        pub enum $family:ident = $family_name:literal by $discriminator:literal,
            common $($common:ident),* { $($event:ident),* $(,)? }
    ) => {
        $crate::form_family! {
            @enum $table [$(#[$meta])* $family = $family_name] [$($common)*] [$($event)*]
            named true, waits [$($waits)?], flat [], content [Form],
            decode |payload: &$crate::Payload| {
                let name = payload.params().and_then(|params| params.get($discriminator));
                name.filter(|name| !name.is_empty())
            }
        }
    };
    (
        params $table:ident;
        $(waits $waits:literal;)?
        $(#[$meta:meta])*
        pub enum $family:ident = $family_name:literal classified by $classify:expr,
            common $($common:ident),* { $($event:ident),* $(,)? }
    ) => {
        $crate::form_family! {
            @enum $table [$(#[$meta])* $family = $family_name] [$($common)*] [$($event)*]
            named false, waits [$($waits)?], flat [], content [Form],
            decode $classify
        }
    };
    (
        params $table:ident;
        $(waits $waits:literal;)?
        $(flat $flat:ident;)?
        $(#[$meta:meta])*
        pub enum $family:ident = $family_name:literal in $($content:ident)&+
            classified by $classify:expr,
            common $($common:ident),* { $($event:ident),* $(,)? }
    ) => {
        $crate::form_family! {
            @enum $table [$(#[$meta])* $family = $family_name] [$($common)*] [$($event)*]
            named false, waits [$($waits)?], flat [$($flat)?], content [$($content),+],
            decode $classify
        }
    };
    (
        @enum $table:ident [$(#[$meta:meta])* $family:ident = $family_name:literal]
        [$($common:ident)*] [$($event:ident)*]
        named $named:literal, waits [$($waits:literal)?], flat [$($flat:ident)?],
        content [$($content:ident),+],
        decode $name_of:expr
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $family {
            $( #[doc = concat!("See [`", stringify!($event), "`].")] $event($event), )*
            /// An event that this version does not know, with everything in it.
            Unknown($crate::Unknown<$family>),
            /// A known event that cannot be used, with the reason and everything in it.
            Malformed($crate::Malformed<$family>),
        }

        impl $family {
            /// The name of the event, where there is one.
            pub fn name(&self) -> Option<&str> {
                $crate::Family::decoded(self).name()
            }

            /// The parameters as received, where the payload has parameters.
            pub fn params(&self) -> Option<&$crate::Params> {
                $crate::Family::decoded(self).params()
            }

            $crate::common_fields!(
                $table, [$($common)*], [$($event)*], [Unknown Malformed]
            );
        }

        impl $crate::Family for $family {
            const NAME: &'static str = $family_name;
            const TABLE: &'static [&'static [$crate::EventInfo]] =
                &[$( <$event as $crate::Event>::EVENTS ),*];

            const NAMED: bool = $named;

            $( const PATIENCE: ::core::time::Duration =
                ::core::time::Duration::from_secs($waits); )?

            $( const FLAT_JSON: bool = $crate::__private::second(stringify!($flat), true); )?

            const CONTENT_TYPES: &'static [$crate::ContentType] =
                &[$($crate::ContentType::$content),+];

            fn decode(payload: &$crate::Payload) -> Self {
                let name_of: fn(&$crate::Payload) -> Option<&str> = $name_of;
                match name_of(payload) {
                    Some(name) => Self::decode_as(name, payload),
                    None => Self::Unknown($crate::Unknown::new(None, payload.clone())),
                }
            }

            fn decode_as(event: &str, payload: &$crate::Payload) -> Self {
                $( if <$event as $crate::Event>::goes_by(event) {
                    return match <$event as $crate::Event>::from_payload(payload) {
                        Ok(event) => Self::$event(event),
                        Err(reason) => Self::Malformed($crate::Malformed::new(
                            <$event as $crate::Event>::row(payload), reason, payload.clone(),
                        )),
                    };
                } )*
                Self::Unknown($crate::Unknown::new(Some(event), payload.clone()))
            }

            fn into_unknown(self) -> Result<$crate::Unknown<Self>, Self> {
                match self {
                    Self::Unknown(unknown) => Ok(unknown),
                    other => Err(other),
                }
            }

            fn into_malformed(self) -> Result<$crate::Malformed<Self>, Self> {
                match self {
                    Self::Malformed(malformed) => Ok(malformed),
                    other => Err(other),
                }
            }

            fn decoded(&self) -> $crate::Decoded<'_> {
                match self {
                    $( Self::$event(event) => $crate::Decoded::Event(event), )*
                    Self::Unknown(unknown) => $crate::Decoded::Unknown {
                        name: unknown.name(), payload: unknown.payload(),
                    },
                    Self::Malformed(malformed) => $crate::Decoded::Malformed {
                        info: malformed.info(),
                        reason: malformed.reason(),
                        payload: malformed.payload(),
                    },
                }
            }
        }

        impl $crate::FromFamily for $family {
            type Family = Self;
            const SELECTION: $crate::Selection = $crate::Selection::All;

            fn from_family(event: Self) -> Result<Self, Self> {
                Ok(event)
            }
        }

        $( impl From<$event> for $family {
            fn from(event: $event) -> Self {
                Self::$event(event)
            }
        } )*

        impl $crate::__private::serde::Serialize for $family {
            fn serialize<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::__private::serde::Serializer,
            {
                let decoded = $crate::Family::decoded(self);
                $crate::__private::serialize_decoded(&decoded, serializer)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $family {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: $crate::__private::serde::Deserializer<'de>,
            {
                $crate::__private::deserialize_family(deserializer)
            }
        }
    };
}
