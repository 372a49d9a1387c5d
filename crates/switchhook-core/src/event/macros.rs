//! The tables: parameters once per family, events as lists of them.
//!
//! [`params!`](crate::params) names each parameter of a family once, with its type, wire
//! name, documentation and a sample value. [`form_events!`](crate::form_events) lists the
//! events of one group, [`form_family!`](crate::form_family) gathers the groups.

/// Declares the parameters of a family, for [`form_events!`](crate::form_events) to refer to.
///
/// The result is a macro of the given name, to be declared before the events.
///
/// See [`form_family!`](crate::form_family) for an example.
#[macro_export]
macro_rules! params {
    ($table:ident {
        $( $(#[doc = $doc:literal])* $field:ident: $type:ty = $wire:literal, sample $sample:literal; )*
    }) => {
        #[allow(unused_macros, unused_macro_rules)]
        macro_rules! $table {
            $(
                (type $field) => { $type };
                (wire $field) => { $wire };
                (doc $field) => { concat!($($doc, "\n"),*) };
                (sample $field) => { $sample };
            )*
        }
    };
}

/// Declares the events of one group: a struct each, and an enum over them.
///
/// Each event lists the names of its parameters: the `subject`, without which it is
/// malformed, those that the provider's pages document on it, those seen `also`. Every
/// field but the subject is an `Option`, whatever the pages say.
///
/// See [`form_family!`](crate::form_family) for an example.
#[macro_export]
macro_rules! form_events {
    (
        params $table:ident;
        family $family:ident by $discriminator:literal;
        $(#[$group_meta:meta])*
        group $group:ident = $group_name:literal, common $($common:ident),*;

        $(
            $(#[$meta:meta])*
            $event:ident = $name:literal {
                subject $subject:ident;
                documented $($documented:ident),*;
                $(also $($also:ident),*;)?
                $(sample $($sample:ident = $sample_value:literal),*;)?
            }
        )*
    ) => {
        $( $crate::form_event! {
            $table, $family, $discriminator, $group_name,
            $(#[$meta])*
            $event = $name, $subject, [$($documented)*], [$($($also)*)?],
            [$($($sample = $sample_value)*)?]
        } )*

        $(#[$group_meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $group {
            $( #[doc = concat!("`", $name, "`: see [`", stringify!($event), "`].")] $event($event), )*
        }

        impl $group {
            /// The event, seen without its type.
            pub fn data(&self) -> &dyn $crate::EventData {
                match self { $( Self::$event(event) => event, )* }
            }

            $crate::common_fields!($table, [$($common)*], [$($event)*], []);
        }

        impl $crate::FromFamily for $group {
            type Family = $family;
            const SELECTION: $crate::Selection = $crate::Selection::Events(&[$($name),*]);

            fn from_family(event: $family) -> Result<Self, $family> {
                match event {
                    $( $family::$event(event) => Ok(Self::$event(event)), )*
                    other => Err(other),
                }
            }
        }

        $( impl From<$event> for $group {
            fn from(event: $event) -> Self {
                Self::$event(event)
            }
        } )*

        impl From<$group> for $family {
            fn from(event: $group) -> Self {
                match event {
                    $( $group::$event(event) => Self::$event(event), )*
                }
            }
        }

        impl $crate::__private::serde::Serialize for $group {
            fn serialize<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::__private::serde::Serializer,
            {
                $crate::__private::serialize_event(self.data(), serializer)
            }
        }
    };
}

/// One event: the struct, its reading and its writing. Called by
/// [`form_events!`](crate::form_events).
#[doc(hidden)]
#[macro_export]
macro_rules! form_event {
    (
        $table:ident, $family:ident, $discriminator:literal, $group:literal,
        $(#[$meta:meta])*
        $event:ident = $name:literal, $subject:ident, [$($documented:ident)*], [$($also:ident)*],
        [$($sample:ident = $sample_value:literal)*]
    ) => {
        $(#[$meta])*
        #[doc = concat!("\n\nOn the wire: `", $discriminator, "=", $name, "`.")]
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $event {
            #[doc = concat!($table!(doc $subject), "\n\nOn the wire: `", $table!(wire $subject),
                "`. The subject: without it the event is malformed.")]
            pub $subject: $table!(type $subject),
            $(
                #[doc = concat!($table!(doc $documented), "\n\nOn the wire: `",
                    $table!(wire $documented), "`. Documented on this event.")]
                pub $documented: Option<$table!(type $documented)>,
            )*
            $(
                #[doc = concat!($table!(doc $also), "\n\nOn the wire: `", $table!(wire $also),
                    "`. On some deliveries of this event.")]
                pub $also: Option<$table!(type $also)>,
            )*
            received: $crate::__private::Received,
        }

        impl $event {
            /// The provider's name of this event.
            pub const NAME: &'static str = $name;

            /// What did not fit the model and yet did not fail the delivery.
            pub fn problems(&self) -> &[$crate::Problem] {
                &self.received.problems
            }

            /// The parameters as they were received.
            pub fn params(&self) -> &$crate::Params {
                &self.received.params
            }

            /// The pairs that the model does not name, in order.
            pub fn extra(&self) -> $crate::Extra<'_> {
                $crate::EventData::extra(self)
            }

            /// The exact pairs of the event: those received, in their order, with what was
            /// changed or set since.
            pub fn to_params(&self) -> $crate::Params {
                $crate::EventData::to_params(self)
            }
        }

        // The feature is the one of the crate that declares the event, which need not have it.
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(feature = "testing")]
            impl $event {
                /// The event with every documented parameter, for tests of handlers.
                ///
                /// Its fields are public: set what the test is about.
                ///
                /// # Panics
                ///
                /// When the table's own sample of the subject is empty.
                pub fn sample() -> Self {
                    let sample = <Self as $crate::Event>::INFO.sample();
                    <Self as $crate::Event>::from_params(sample.into()).expect("a whole sample")
                }
            }
        };

        impl $crate::Event for $event {
            const INFO: &'static $crate::EventInfo = {
                use $crate::{Field, FieldPresence};
                &$crate::EventInfo::new(
                    $name,
                    $group,
                    Some($discriminator),
                    &[
                        Field::new::<$table!(type $subject)>(
                            stringify!($subject), $table!(wire $subject), FieldPresence::Subject, $table!(sample $subject),
                        ),
                        $( Field::new::<$table!(type $documented)>(
                            stringify!($documented), $table!(wire $documented), FieldPresence::Documented,
                            $table!(sample $documented),
                        ), )*
                        $( Field::new::<$table!(type $also)>(
                            stringify!($also), $table!(wire $also), FieldPresence::Also, $table!(sample $also),
                        ), )*
                    ],
                    &[$( ($table!(wire $sample), $sample_value) ),*],
                )
            };

            fn from_params(
                params: std::sync::Arc<$crate::Params>,
            ) -> Result<Self, $crate::Reason> {
                /// The wire names as bytes, which a match tells apart byte by byte; it would
                /// compare with one text after the other.
                struct Wire;

                #[allow(non_upper_case_globals, reason = "named as the fields are")]
                impl Wire {
                    const $subject: &'static [u8] = $table!(wire $subject).as_bytes();
                    $( const $documented: &'static [u8] = $table!(wire $documented).as_bytes(); )*
                    $( const $also: &'static [u8] = $table!(wire $also).as_bytes(); )*
                    const DISCRIMINATOR: &'static [u8] = $discriminator.as_bytes();
                }

                let mut reader = $crate::__private::Reader::default();
                let mut discriminator = None;
                let mut $subject = None;
                $( let mut $documented = None; )*
                $( let mut $also = None; )*
                for (name, value) in params.iter_all() {
                    let (slot, wire) = match name.as_bytes() {
                        Wire::$subject => (&mut $subject, $table!(wire $subject)),
                        $( Wire::$documented => (&mut $documented, $table!(wire $documented)), )*
                        $( Wire::$also => (&mut $also, $table!(wire $also)), )*
                        Wire::DISCRIMINATOR => (&mut discriminator, $discriminator),
                        _ => continue,
                    };
                    reader.collect(slot, wire, value);
                }
                Ok(Self {
                    $subject: reader.subject($subject, $table!(wire $subject), &params)?,
                    $( $documented: reader.optional($documented, $table!(wire $documented)), )*
                    $( $also: reader.optional($also, $table!(wire $also)), )*
                    received: reader.finish(params),
                })
            }
        }

        impl $crate::EventData for $event {
            fn info(&self) -> &'static $crate::EventInfo {
                <Self as $crate::Event>::INFO
            }

            fn params(&self) -> &$crate::Params {
                &self.received.params
            }

            fn problems(&self) -> &[$crate::Problem] {
                &self.received.problems
            }

            fn visit(
                &self,
                visitor: &mut dyn FnMut(&'static $crate::Field, Option<$crate::WireValue<'_>>),
            ) {
                let values = [
                    Some($crate::WireType::to_wire(&self.$subject)),
                    $( self.$documented.as_ref().map($crate::WireType::to_wire), )*
                    $( self.$also.as_ref().map($crate::WireType::to_wire), )*
                ];
                for (field, value) in <Self as $crate::Event>::INFO.fields.iter().zip(values) {
                    visitor(field, value);
                }
            }
        }

        impl $crate::FromFamily for $event {
            type Family = $family;
            const SELECTION: $crate::Selection = $crate::Selection::Events(&[$name]);

            fn from_family(event: $family) -> Result<Self, $family> {
                match event {
                    $family::$event(event) => Ok(event),
                    other => Err(other),
                }
            }
        }

        /// Shows the fields that are set: numbers, times, SIDs and known values as they are,
        /// of free text only the length.
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
                $crate::__private::deserialize_event(deserializer)
            }
        }
    };
}

/// Getters for the fields that all events of an enum have. Called by the other tables.
#[doc(hidden)]
#[macro_export]
macro_rules! common_fields {
    ($table:ident, [$($field:ident)*], $events:tt, $others:tt) => {
        $( $crate::common_fields!(@one $table, $field, $events, $others); )*
    };
    (@one $table:ident, $field:ident, [$($event:ident)*], [$($other:ident)*]) => {
        #[doc = concat!($table!(doc $field), "\n\nOn the wire: `", $table!(wire $field),
            "`. Of a delivery that is no usable event, `params` has what was sent.")]
        pub fn $field(&self) -> Option<&$table!(type $field)> {
            match self {
                $( Self::$event(event) => $crate::__private::Presence::present(&event.$field), )*
                $( Self::$other(_) => None, )*
            }
        }
    };
}

/// Declares a family: the enum over every event of one provider product.
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
        $(#[$meta:meta])*
        pub enum $family:ident = $family_name:literal by $discriminator:literal,
            common $($common:ident),* { $($event:ident),* $(,)? }
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
            const EVENTS: &'static [&'static $crate::EventInfo] =
                &[$( <$event as $crate::Event>::INFO ),*];

            const CONTENT_TYPES: &'static [$crate::ContentType] = &[$crate::ContentType::Form];

            fn decode(payload: &$crate::Payload) -> Self {
                let name = payload.params().and_then(|params| params.get($discriminator));
                match name.filter(|name| !name.is_empty()) {
                    Some(name) => Self::decode_as(name, payload),
                    None => Self::Unknown($crate::Unknown::new(None, payload.clone())),
                }
            }

            fn decode_as(event: &str, payload: &$crate::Payload) -> Self {
                match event {
                    $( $event::NAME => match $crate::__private::read::<$event>(payload) {
                        Ok(event) => Self::$event(event),
                        Err(reason) => Self::Malformed($crate::Malformed::new(
                            <$event as $crate::Event>::INFO, reason, payload.clone(),
                        )),
                    }, )*
                    name => Self::Unknown($crate::Unknown::new(Some(name), payload.clone())),
                }
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
