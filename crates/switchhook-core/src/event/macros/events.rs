//! The tables of events.

/// Declares the events of one group: a struct each, and an enum over them.
///
/// Each event lists the names of its parameters: the `subject`, without which it is
/// malformed, those that the provider's pages document on it, those seen `also`. Every
/// field but the subject is an `Option`, whatever the pages say.
///
/// `key` says what a second delivery of the same event has in common with the first, `order`
/// by what the deliveries about one thing are ordered; an event may say it anew. `(a b | c)`
/// stands for `a` and `b` together, and `c` where one of them is missing.
///
/// The sample of an event has its documented parameters; `sample` lists what it has beside them,
/// and other values than the parameters' own.
///
/// See [`form_family!`](crate::form_family) for an example.
#[macro_export]
macro_rules! form_events {
    (
        params $table:ident;
        family $family:ident by $discriminator:literal;
        $(#[$group_meta:meta])*
        group $group:ident = $group_name:literal, common $($common:ident),*;
        key $key:tt;
        order $order:tt;

        $(
            $(#[$meta:meta])*
            $event:ident = $name:literal {
                $(subject $subject:ident;)?
                documented $($documented:ident),*;
                $(also $($also:ident),*;)?
                $(sample $($sample:ident $(= $sample_value:literal)?),*;)?
                $(key $own_key:tt;)?
                $(order $own_order:tt;)?
            }
        )*
    ) => {
        $( $crate::form_event! {
            table $table, family $family, by [$discriminator], group $group_name,
            type [
                $(#[$meta])*
                #[doc = concat!("\n\nOn the wire: `", $discriminator, "=", $name, "`.")]
                $event = $name
            ],
            unlisted [],
            subject [$($subject)?], documented [$($documented)*], also [$($($also)*)?],
            prefixed [], indexed [], key $key, order $order,
            rows [{
                $name, when [], key [$($own_key)?] $key, order [$($own_order)?] $order,
                sends [$($($sample $(= $sample_value)?),*)?], adds []
            }]
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

            /// The provider's name of the event.
            pub fn name(&self) -> &'static str {
                self.data().name()
            }

            /// The parameters as they were received.
            pub fn params(&self) -> &$crate::Params {
                match self { $( Self::$event(event) => event.params(), )* }
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

        impl<'de> $crate::__private::serde::Deserialize<'de> for $group {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: $crate::__private::serde::Deserializer<'de>,
            {
                $crate::__private::deserialize_of(deserializer)
            }
        }
    };
}

/// Declares webhooks that do not carry their name: a struct for each group of the table, which
/// its events share. The URL that the provider was given tells which one it is.
///
/// `each documented` and `each also` list the parameters that all webhooks of the call have.
/// `prefixed` and `indexed` are the parameters that come under many names. The events are told
/// apart by what stands after `when`, the first that fits counts; `sends` lists what its
/// sample has beside the documented parameters, `adds` those that come under many names.
///
/// ```
/// use switchhook_core::{Event, Params, Payload, form_family, form_webhooks, params};
///
/// params! { param {
///     /// The letter.
///     letter_id: String = "LetterId", sample "L1";
///     /// Who it is for.
///     addressee: String = "To", sample "jane";
///     /// What has to be paid for it, in cents.
///     due: u64 = "Due", sample "40";
/// } }
///
/// form_webhooks! {
///     params param;
///     family LetterWebhook;
///     each documented [];
///     each also [addressee];
///
///     /// A letter came.
///     LetterCame = "letter" {
///         subject letter_id;
///         documented;
///         also due;
///         key (letter_id);
///         order ();
///         events {
///             "letter.unpaid" when (due) sends due;
///             "letter.paid";
///         }
///     }
/// }
///
/// form_family! {
///     params param;
///     /// Whatever the postman brings.
///     pub enum LetterWebhook = "example.letters" classified by |_: &Payload| None,
///         common letter_id, addressee { LetterCame }
/// }
///
/// let payload = Payload::from(Params::parse(b"LetterId=L7&Due=90")?);
/// let letter = LetterCame::from_payload(&payload)?;
/// assert_eq!((letter.name(), letter.due), ("letter.unpaid", Some(90)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! form_webhooks {
    (
        params $table:ident;
        family $family:ident;
        each documented $each_documented:tt;
        each also $each_also:tt;

        $(
            $(#[$meta:meta])*
            $event:ident = $type_name:literal $(, group $group:literal)? {
                subject $subject:ident;
                documented $($documented:ident),*;
                $(also $($also:ident),*;)?
                $(prefixed $($prefixed:ident),*;)?
                $(indexed $($indexed:ident),*;)?
                key $key:tt;
                order $order:tt;
                events { $($row:tt)+ }
            }
        )*
    ) => {
        $( $crate::form_webhooks! {
            @one $table $family $each_documented $each_also
            [$(#[$meta])* $event = $type_name] [$($group,)? $type_name]
            [$subject] [$($documented)*] [$($($also)*)?] [$($($prefixed)*)?] [$($($indexed)*)?]
            $key $order { $($row)+ }
        } )*
    };
    (
        @one $table:ident $family:ident [$($each_documented:ident),*] [$($each_also:ident),*]
        [$(#[$meta:meta])* $event:ident = $type_name:literal]
        [$group:literal $(, $_type_name:literal)?]
        [$subject:ident] [$($documented:ident)*] [$($also:ident)*] $prefixed:tt $indexed:tt
        $key:tt $order:tt
        { $(
            $name:literal
            $(when $($condition:tt)&+)?
            $(sends $($sends:ident $(= $sends_value:literal)?),+)?
            $(adds $($adds:literal = $adds_value:literal),+)? ;
        )+ }
    ) => {
        $crate::form_event! {
            table $table, family $family, by [], group $group,
            type [
                $(#[$meta])*
                #[doc = concat!("\n\nThe group `", $group, "` of the table; its events:",
                    $(" `", $name, "`",)+ ".")]
                $event = $type_name
            ],
            unlisted [$type_name],
            subject [$subject], documented [$($each_documented)* $($documented)*],
            also [$($each_also)* $($also)*], prefixed $prefixed, indexed $indexed,
            key $key, order $order,
            rows [$( {
                $name, when [$($($condition)+)?], key [] $key, order [] $order,
                sends [$($($sends $(= $sends_value)?),+)?], adds [$($($adds = $adds_value),+)?]
            } )+]
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
