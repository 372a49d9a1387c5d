//! The struct of one webhook: fields, reading, writing, the rows of the table.

/// One webhook type: the struct, its reading and its writing. Called by
/// [`form_events!`](crate::form_events) and [`form_webhooks!`](crate::form_webhooks).
#[doc(hidden)]
#[macro_export]
macro_rules! form_event {
    (
        table $table:ident, family $family:ident, by [$($discriminator:literal)?], group $group:literal,
        type [$(#[$meta:meta])* $event:ident = $type_name:literal], unlisted [$($unlisted:literal)?],
        subject [$($subject:ident)?], documented [$($documented:ident)*], also [$($also:ident)*],
        prefixed [$($prefixed:ident)*], indexed [$($indexed:ident)*],
        key $shared_key:tt, order $shared_order:tt,
        rows [$(
            { $name:literal, when [$($condition:tt)*],
              key [$($own_key:tt)?] $key:tt, order [$($own_order:tt)?] $order:tt,
              sends [$($sends:ident $(= $sends_value:literal)?),*],
              adds [$($adds:literal = $adds_value:literal),*] }
        )+]
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $event {
            $(
                #[doc = concat!($table!(doc $subject), "\n\nOn the wire: `", $table!(wire $subject),
                    "`. The subject: without it the event is malformed.")]
                pub $subject: $table!(type $subject),
            )?
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
            /// The name of this event, or of the group of events that share the type.
            pub const NAME: &'static str = $type_name;

            /// The name of the event in the table.
            pub fn name(&self) -> &'static str {
                $crate::EventData::name(self)
            }

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
                $crate::Extra::new(Self::group(), &self.received.params)
            }

            /// The exact pairs of the event: those received, in their order, with what was
            /// changed or set since, and the discriminator where a route stood for it.
            pub fn to_params(&self) -> $crate::Params {
                $crate::__private::to_params(self, &self.received.params)
            }

            /// What this delivery has in common with a second delivery of the same event.
            pub fn idempotency_key(&self) -> $crate::IdempotencyKey {
                $crate::EventData::idempotency_key(self)
            }

            /// The place of the delivery among those about the same thing, where there is one.
            pub fn order(&self) -> Option<$crate::Order> {
                $crate::EventData::order(self)
            }

            $(
                #[doc = concat!($table!(doc $prefixed), "\n\nOn the wire: `", $table!(wire $prefixed),
                    "…`, of which this gives the rest of each name and the value.")]
                pub fn $prefixed(&self) -> impl Iterator<Item = (&str, &str)> {
                    $crate::__private::prefixed(&self.received.params, $table!(wire $prefixed))
                }
            )*
            $(
                #[doc = concat!($table!(doc $indexed), "\n\nOn the wire: `", $table!(wire $indexed),
                    "0`, `", $table!(wire $indexed), "1` …, in the order of the numbers.")]
                pub fn $indexed(&self) -> Vec<(u32, &str)> {
                    self.received.params.indexed($table!(wire $indexed))
                }
            )*
        }

        // The feature is the one of the crate that declares the event, which need not have it.
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(feature = "testing")]
            impl $event {
                /// The event with every documented parameter, for tests of handlers. Of a type
                /// that several events share, it is the first.
                ///
                /// Its fields are public: set what the test is about.
                ///
                /// # Panics
                ///
                /// When the table's own sample of the subject is empty.
                pub fn sample() -> Self {
                    let sample = <Self as $crate::Event>::EVENTS[0].sample();
                    <Self as $crate::Event>::from_payload(&sample.into()).expect("a whole sample")
                }

                /// The same event with one parameter more, for tests of handlers: for those that
                /// have no field.
                ///
                /// # Panics
                ///
                /// When the parameter takes the subject's place and cannot be read.
                #[must_use]
                pub fn with_param(&self, name: &str, value: &str) -> Self {
                    let params = self.to_params();
                    let pairs = params.iter_bytes().chain([(name.as_bytes(), value.as_bytes())]);
                    let params = $crate::Params::from_pairs(pairs);
                    <Self as $crate::Event>::from_payload(&params.into()).expect("a whole sample")
                }
            }
        };

        const _: () = {
            use $crate::{EventInfo, Field, FieldPresence};

            const FIELDS: &[Field] = &[
                $( Field::new::<$table!(type $subject)>(
                    stringify!($subject), $table!(wire $subject), $table!(aliases $subject),
                    FieldPresence::Subject, $table!(sample $subject),
                ), )?
                $( Field::new::<$table!(type $documented)>(
                    stringify!($documented), $table!(wire $documented), $table!(aliases $documented),
                    FieldPresence::Documented, $table!(sample $documented),
                ), )*
                $( Field::new::<$table!(type $also)>(
                    stringify!($also), $table!(wire $also), $table!(aliases $also),
                    FieldPresence::Also, $table!(sample $also),
                ), )*
            ];

            /// What the rows have in common; by itself the row of an event that is not listed.
            const GROUP: EventInfo = EventInfo {
                name: $type_name,
                family: <$family as $crate::Family>::NAME,
                group: $group,
                listed: false,
                format: $crate::Format::Form,
                rpc: None,
                accounts: &["AccountSid"],
                discriminator: $crate::optional!($($discriminator)?),
                fields: FIELDS,
                patterns: &[
                    $( $crate::Pattern::Prefixed($table!(wire $prefixed)), )*
                    $( $crate::Pattern::Indexed($table!(wire $indexed)), )*
                ],
                when: &[],
                sends: &[],
                key: $crate::key_rule!($table, $shared_key),
                order: $crate::order_rules!($table, $shared_order),
                visit: Some($crate::__private::visit::<$event>),
            };

            impl $crate::Event for $event {
                const EVENTS: &'static [EventInfo] = &[$( EventInfo {
                    name: $name,
                    listed: true,
                    when: &[$( $crate::condition!($table, $condition) ),*],
                    sends: &[
                        $( ($table!(wire $sends), $crate::optional!($($sends_value)?)), )*
                        $( ($adds, Some($adds_value)), )*
                    ],
                    key: $crate::key_rule!($table, [$($own_key)?] $key),
                    order: $crate::order_rules!($table, [$($own_order)?] $order),
                    ..GROUP
                } ),+];

                const UNLISTED: Option<&'static EventInfo> =
                    $crate::optional!($( $crate::__private::second($unlisted, &GROUP) )?);

                fn from_payload(payload: &$crate::Payload) -> Result<Self, $crate::Reason> {
                    $crate::__private::from_payload(payload)
                }

                fn row(payload: &$crate::Payload) -> &'static EventInfo {
                    match payload.params() {
                        Some(params) => $crate::__private::fitting::<Self>(params),
                        None => Self::UNLISTED.unwrap_or(&Self::EVENTS[0]),
                    }
                }
            }

            impl $event {
                /// What the rows have in common.
                fn group() -> &'static EventInfo {
                    &GROUP
                }
            }

            $crate::form_event_fields! {
                table $table, by [$($discriminator)?], type [$event],
                subject [$($subject)?], documented [$($documented)*], also [$($also)*],
                prefixed [$($prefixed)*], indexed [$($indexed)*]
            }
        };

        impl $crate::EventData for $event {
            fn info(&self) -> &'static $crate::EventInfo {
                $crate::__private::fitting::<Self>(&self.received.params)
            }

            fn payload(&self) -> $crate::Payload {
                self.received.payload()
            }

            fn params(&self) -> Option<&$crate::Params> {
                Some(&self.received.params)
            }

            fn problems(&self) -> &[$crate::Problem] {
                &self.received.problems
            }

            fn visit(
                &self,
                visitor: &mut dyn FnMut(&'static $crate::Field, Option<$crate::WireValue<'_>>),
            ) {
                let values = [
                    $( Some($crate::WireType::to_wire(&self.$subject)), )?
                    $( self.$documented.as_ref().map($crate::WireType::to_wire), )*
                    $( self.$also.as_ref().map($crate::WireType::to_wire), )*
                ];
                for (field, value) in Self::group().fields.iter().zip(values) {
                    visitor(field, value);
                }
            }

            fn extra_names(&self) -> Vec<std::borrow::Cow<'_, str>> {
                $crate::__private::extra_names(self.extra())
            }

            fn to_payload(&self) -> $crate::Payload {
                $crate::__private::to_payload(self, &self.received)
            }

            fn idempotency_key(&self) -> $crate::IdempotencyKey {
                $crate::__private::idempotency_key(self.info(), &*self.received.params)
            }

            fn order(&self) -> Option<$crate::Order> {
                $crate::__private::order(self.info(), &*self.received.params)
            }
        }

        $crate::event_of_family! {
            $family, $event [$($name)+ $($unlisted)?], $crate::__private::deserialize_of
        }
    };
}
