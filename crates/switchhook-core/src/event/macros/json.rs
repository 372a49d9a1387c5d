//! The events in JSON.

/// Declares the events of a family that come in JSON: a struct each, or one for several that
/// have the same shape.
///
/// The wire names of the [`params!`](crate::params) table are paths, such as
/// `params.call_id`; the types are those of form parameters, [`Json`](crate::Json) for what has
/// any shape, [`JsonOf`](crate::JsonOf) for objects and lists. What stands after `account` are
/// the paths where the account may be. The rest is as in [`form_webhooks!`](crate::form_webhooks); without
/// `events` the one event has the name of the type. `by "event_type" in rpc "method"` reads also
/// what JSON-RPC requests of that method have in `params`.
///
/// ```
/// use switchhook_core::{Family, Json, Payload, form_family, json_events, params};
///
/// params! { param {
///     /// The call.
///     call_id: String = "params.call_id", sample "c1";
///     /// How long it was, in seconds.
///     length: u64 = "params.length", sample "7";
/// } }
///
/// json_events! {
///     params param;
///     family PhoneWebhook by "event_type";
///     account "project_id";
///
///     /// A call ended.
///     CallEnded = "call.ended", group "call" {
///         subject call_id;
///         documented length;
///         key (call_id);
///         order ();
///     }
/// }
///
/// form_family! {
///     params param;
///     /// Whatever the telephone does.
///     pub enum PhoneWebhook = "example.phone" in Json classified by |payload: &Payload| {
///         (payload.json()?.as_ref().at("event_type")?.raw() == "\"call.ended\"")
///             .then_some("call.ended")
///     }, common call_id { CallEnded }
/// }
///
/// let body = r#"{"event_type":"call.ended","params":{"call_id":"c7","length":"42","new":[]}}"#;
/// let payload = Payload::from(Json::parse(body.as_bytes())?);
/// let PhoneWebhook::CallEnded(mut ended) = PhoneWebhook::decode(&payload) else { panic!() };
/// assert_eq!((ended.call_id.as_str(), ended.length), ("c7", Some(42)));
/// assert_eq!(ended.extra().map(|(path, _)| path).collect::<Vec<_>>(), ["params.new"]);
/// ended.length = Some(43);
/// assert_eq!(ended.to_json().as_str(), body.replace("42", "43"));
/// # Ok::<(), switchhook_core::ParseJsonError>(())
/// ```
#[macro_export]
macro_rules! json_events {
    (
        params $table:ident;
        family $family:ident $(by $discriminator:literal $(in rpc $rpc:literal)?)?;
        account $($account:literal),*;

        $($event:tt)*
    ) => {
        $crate::json_events! {
            @all $table $family [$($discriminator $($rpc)?)?] [$($account),*] $($event)*
        }
    };
    (
        @all $table:ident $family:ident $discriminator:tt $accounts:tt
        $(
            $(#[$meta:meta])*
            $event:ident = $type_name:literal, group $group:literal {
                $(subject $subject:ident;)?
                documented $($documented:ident),*;
                $(also $($also:ident),*;)?
                key $key:tt;
                order $order:tt;
                $(events { $($row:tt)+ })?
            }
        )*
    ) => {
        $( $crate::json_events! {
            @rows $table $family $discriminator $accounts
            [$(#[$meta])* $event = $type_name, $group]
            [$($subject)?] [$($documented)*] [$($($also)*)?] $key $order
            { $($($row)+)? }
        } )*
    };
    (
        @rows $table:ident $family:ident $discriminator:tt $accounts:tt
        [$(#[$meta:meta])* $event:ident = $type_name:literal, $group:literal]
        $subject:tt $documented:tt $also:tt $key:tt $order:tt {}
    ) => {
        $crate::json_events! {
            @one $table $family $discriminator $accounts
            [$(#[$meta])* $event = $type_name, $group] [] $subject $documented $also $key $order
            { $type_name; }
        }
    };
    (
        @rows $table:ident $family:ident $discriminator:tt $accounts:tt
        [$(#[$meta:meta])* $event:ident = $type_name:literal, $group:literal]
        $subject:tt $documented:tt $also:tt $key:tt $order:tt { $($row:tt)+ }
    ) => {
        $crate::json_events! {
            @one $table $family $discriminator $accounts
            [$(#[$meta])* $event = $type_name, $group] [$type_name] $subject $documented $also
            $key $order { $($row)+ }
        }
    };
    (
        @one $table:ident $family:ident $discriminator:tt $accounts:tt
        [$(#[$meta:meta])* $event:ident = $type_name:literal, $group:literal]
        $unlisted:tt $subject:tt $documented:tt $also:tt $key:tt $order:tt
        { $(
            $name:literal
            $(when $($condition:tt)&+)?
            $(sends $($sends:ident $(= $sends_value:literal)?),+)? ;
        )+ }
    ) => {
        $crate::json_event! {
            table $table, family $family, by $discriminator, accounts $accounts, group $group,
            type [
                $(#[$meta])*
                #[doc = concat!("\n\nIts events in the table:", $(" `", $name, "`",)+ ".")]
                $event = $type_name
            ],
            unlisted $unlisted, subject $subject, documented $documented,
            also $also, key $key, order $order,
            rows [$( {
                $name, when [$($($condition)+)?], sends [$($($sends $(= $sends_value)?),+)?]
            } )+]
        }
    };
}

/// One type of JSON events: the struct, its reading and its writing. Called by
/// [`json_events!`](crate::json_events).
#[doc(hidden)]
#[macro_export]
macro_rules! json_event {
    (
        table $table:ident, family $family:ident, by [$($discriminator:literal $($rpc:literal)?)?],
        accounts [$($account:literal),*], group $group:literal,
        type [$(#[$meta:meta])* $event:ident = $type_name:literal], unlisted [$($unlisted:literal)?],
        subject [$($subject:ident)?], documented [$($documented:ident)*], also [$($also:ident)*],
        key $key:tt, order $order:tt,
        rows [$(
            { $name:literal, when [$($condition:tt)*],
              sends [$($sends:ident $(= $sends_value:literal)?),*] }
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
            received: $crate::__private::ReceivedJson,
        }

        impl $event {
            /// The name of this event, or of the events that share the type.
            pub const NAME: &'static str = $type_name;

            /// The name of the event in the table.
            pub fn name(&self) -> &'static str {
                self.received.info.name
            }

            /// What did not fit the model and yet did not fail the delivery.
            pub fn problems(&self) -> &[$crate::Problem] {
                &self.received.problems
            }

            /// The value as it was received, with a JSON-RPC request that may be around it.
            pub fn json(&self) -> &$crate::Json {
                &self.received.json
            }

            /// The members that the model does not name: the topmost path of each, and the value.
            pub fn extra(&self) -> $crate::JsonExtra<'_> {
                $crate::JsonExtra::new(self.received.info, &self.received.event)
            }

            /// The value of the event: what was received, with what was changed or set since in
            /// its place, and the discriminator where a route stood for it. A number that JSON has
            /// none for, such as a `NaN`, goes out as a text.
            pub fn to_json(&self) -> $crate::Json {
                $crate::__private::to_json(self, &self.received)
            }

            /// What this delivery has in common with a second delivery of the same event.
            pub fn idempotency_key(&self) -> $crate::IdempotencyKey {
                $crate::EventData::idempotency_key(self)
            }

            /// The place of the delivery among those about the same thing, where there is one.
            pub fn order(&self) -> Option<$crate::Order> {
                $crate::EventData::order(self)
            }
        }

        // The feature is the one of the crate that declares the event, which need not have it.
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(feature = "testing")]
            impl $event {
                /// The event with every documented field, for tests of handlers. Of a type that
                /// several events share, it is the first.
                ///
                /// Its fields are public: set what the test is about.
                ///
                /// # Panics
                ///
                /// When the table's own sample of the subject is empty.
                pub fn sample() -> Self {
                    let sample = <Self as $crate::Event>::EVENTS[0].sample_payload();
                    <Self as $crate::Event>::from_payload(&sample).expect("a whole sample")
                }
            }
        };

        const _: () = {
            use $crate::{EventInfo, Field, FieldPresence};

            const FIELDS: &[Field] = &[
                $( Field::json::<$table!(type $subject)>(
                    stringify!($subject), $table!(wire $subject), $table!(aliases $subject),
                    FieldPresence::Subject, $table!(sample $subject),
                ), )?
                $( Field::json::<$table!(type $documented)>(
                    stringify!($documented), $table!(wire $documented), $table!(aliases $documented),
                    FieldPresence::Documented, $table!(sample $documented),
                ), )*
                $( Field::json::<$table!(type $also)>(
                    stringify!($also), $table!(wire $also), $table!(aliases $also),
                    FieldPresence::Also, $table!(sample $also),
                ), )*
            ];

            /// What the rows have in common; by itself the row of an event that is not listed.
            const SHARED: EventInfo = EventInfo {
                name: $type_name,
                family: <$family as $crate::Family>::NAME,
                group: $group,
                listed: false,
                format: $crate::Format::Json,
                accounts: &[$($account),*],
                discriminator: $crate::optional!($($discriminator)?),
                fields: FIELDS,
                rpc: $crate::optional!($($($rpc)?)?),
                patterns: &[],
                when: &[],
                sends: &[],
                key: $crate::key_rule!($table, $key),
                order: $crate::order_rules!($table, $order),
                visit: None,
            };

            impl $crate::Event for $event {
                const EVENTS: &'static [EventInfo] = &[$( EventInfo {
                    name: $name,
                    listed: true,
                    when: &[$( $crate::condition!($table, $condition) ),*],
                    sends: &[
                        $( ($table!(wire $sends), $crate::optional!($($sends_value)?)), )*
                    ],
                    ..SHARED
                } ),+];

                const UNLISTED: Option<&'static EventInfo> =
                    $crate::optional!($( $crate::__private::second($unlisted, &SHARED) )?);

                fn from_payload(payload: &$crate::Payload) -> Result<Self, $crate::Reason> {
                    let mut reader = $crate::__private::JsonReader::of(payload, Self::EVENTS[0].rpc)?;
                    Ok(Self {
                        $( $subject: reader.subject($table!(wire $subject))?, )?
                        $( $documented: reader.optional(
                            $table!(wire $documented), $table!(aliases $documented),
                        ), )*
                        $( $also: reader.optional($table!(wire $also), $table!(aliases $also)), )*
                        received: reader.finish(<Self as $crate::Event>::row(payload)),
                    })
                }

                fn row(payload: &$crate::Payload) -> &'static EventInfo {
                    let event = payload.json().map(|json| json.without_rpc(Self::EVENTS[0].rpc));
                    event.and_then(|event| EventInfo::select(Self::EVENTS, event))
                        .or(Self::UNLISTED)
                        .unwrap_or(&Self::EVENTS[0])
                }
            }
        };

        impl $crate::EventData for $event {
            fn info(&self) -> &'static $crate::EventInfo {
                self.received.info
            }

            fn payload(&self) -> $crate::Payload {
                self.received.json.clone().into()
            }

            fn params(&self) -> Option<&$crate::Params> {
                None
            }

            fn problems(&self) -> &[$crate::Problem] {
                &self.received.problems
            }

            fn visit(
                &self,
                visitor: &mut dyn FnMut(&'static $crate::Field, Option<$crate::WireValue<'_>>),
            ) {
                let values = [
                    $( Some($crate::JsonType::to_value(&self.$subject)), )?
                    $( self.$documented.as_ref().map($crate::JsonType::to_value), )*
                    $( self.$also.as_ref().map($crate::JsonType::to_value), )*
                ];
                for (field, value) in self.received.info.fields.iter().zip(values) {
                    visitor(field, value);
                }
            }

            fn extra_names(&self) -> Vec<std::borrow::Cow<'_, str>> {
                $crate::__private::json_extra_names(self.received.info, &self.received.event)
            }

            fn to_payload(&self) -> $crate::Payload {
                self.to_json().into()
            }

            fn idempotency_key(&self) -> $crate::IdempotencyKey {
                $crate::__private::idempotency_key(self.received.info, self.received.event.as_ref())
            }

            fn order(&self) -> Option<$crate::Order> {
                $crate::__private::order(self.received.info, self.received.event.as_ref())
            }
        }

        $crate::event_of_family! {
            $family, $event [$($name)+ $($unlisted)?], $crate::__private::deserialize_json_of
        }
    };
}
