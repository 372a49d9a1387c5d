//! The row of an object, a union and a value list, and what each expands to.

/// Declares objects: one row each, one line per field.
///
/// ```text
/// /// What it is.
/// Type of ["NameInTheSchema", ...] [rule(...) ...]
/// make { /// Doc.  constructor(argument: Type = "wire_name", ...); ... }
/// shapes { /// Doc.  name: Type = "wire_name" [rule(...) ...]; ... }
/// fields { /// Doc.  name: Type = "wire_name" [rule(...) ...]; ... }
/// ```
///
/// Fields have a setter and a getter. Shapes have a getter alone: a constructor sets them,
/// since they exclude each other. The rules are those of `ObjectRules` and `Rules`.
macro_rules! objects {
    ($(
        $(#[$meta:meta])*
        $type:ident of [$($schema:literal),* $(,)?] $([$( $rule:ident($($rule_value:expr),*) )*])?
        make { $(
            $(#[$make_meta:meta])*
            $make:ident($( $argument:ident: $argument_type:ty = $argument_wire:literal ),* $(,)?);
        )* }
        $(shapes { $(
            $(#[$shape_meta:meta])*
            $shape:ident: $shape_type:ty = $shape_wire:literal
                $([$( $shape_rule:ident($($shape_value:expr),*) )*])?;
        )* })?
        fields { $(
            $(#[$field_meta:meta])*
            $field:ident: $field_type:ty = $wire:literal
                $([$( $field_rule:ident($($field_value:expr),*) )*])?;
        )* }
    )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[must_use = "it does nothing until it is put into a document"]
        pub struct $type(pub(crate) $crate::Object);

        #[allow(clippy::new_without_default, reason = "the table says which have one")]
        impl $type {
            $(
                $(#[$make_meta])*
                pub fn $make($( $argument: impl Into<$argument_type> ),*) -> Self {
                    #[allow(unused_mut)]
                    let mut object = $crate::Object::new();
                    $( object.push(
                        std::borrow::Cow::Borrowed($argument_wire),
                        <$argument_type as $crate::Field>::into_json($argument.into()),
                    ); )*
                    Self(object)
                }
            )*

            $(
                $(#[$field_meta])*
                #[doc = concat!("\n\nWritten as `", $wire, "`.")]
                pub fn $field(mut self, value: impl Into<$field_type>) -> Self {
                    let value = <$field_type as $crate::Field>::into_json(value.into());
                    self.0.set($wire, value);
                    self
                }
            )*

            /// Sets a field that has no setter here.
            pub fn field(
                mut self, name: impl Into<String>, value: impl Into<$crate::Json>,
            ) -> Self {
                self.0.set(name.into(), value);
                self
            }

            /// What is in it, by type.
            pub fn view(&self) -> $crate::View<'_, Self> {
                $crate::View::of(&self.0)
            }
        }

        $crate::table::default!($type $( $make($($argument)*) )*);

        impl<'a> $crate::View<'a, $type> {
            $($(
                $(#[$shape_meta])*
                #[doc = concat!("\n\nRead from `", $shape_wire, "`.")]
                pub fn $shape(&self) -> Option<<$shape_type as $crate::Field>::View<'a>> {
                    <$shape_type as $crate::Field>::view(self.get($shape_wire)?)
                }
            )*)?
            $(
                $(#[$field_meta])*
                #[doc = concat!("\n\nRead from `", $wire, "`.")]
                pub fn $field(&self) -> Option<<$field_type as $crate::Field>::View<'a>> {
                    <$field_type as $crate::Field>::view(self.get($wire)?)
                }
            )*
        }

        impl $crate::field::sealed::Sealed for $type {}

        impl $crate::Field for $type {
            const KIND: $crate::grammar::Kind =
                $crate::grammar::Kind::Object(<Self as $crate::Known>::info);

            type View<'a> = $crate::View<'a, Self>;

            fn view(json: &$crate::Json) -> Option<$crate::View<'_, Self>> {
                json.as_object().map($crate::View::of)
            }

            fn from_json(json: &$crate::Json) -> Option<Self> {
                json.as_object().cloned().map(Self)
            }

            fn into_json(self) -> $crate::Json {
                $crate::Json::Object(self.0)
            }
        }

        impl $crate::Known for $type {
            fn info() -> &'static $crate::grammar::ObjectInfo {
                static INFO: $crate::grammar::ObjectInfo = $crate::grammar::ObjectInfo {
                    name: stringify!($type),
                    types: &[$( $schema ),*],
                    fields: &[
                        $($( $crate::table::field_info!(
                            $shape_type, $shape_wire $(, $( $shape_rule($($shape_value),*) )*)?
                        ), )*)?
                        $( $crate::table::field_info!(
                            $field_type, $wire $(, $( $field_rule($($field_value),*) )*)?
                        ), )*
                    ],
                    rules: $crate::grammar::ObjectRules::NONE
                        $($( .$rule($($rule_value),*) )*)?,
                    constructors: &[$( $crate::grammar::Constructor {
                        name: stringify!($make),
                        fields: &[$( $argument_wire ),*],
                        make: |fields| {
                            // Some take nothing.
                            _ = fields;
                            Some($type::$make($(
                                <$argument_type as $crate::Field>::from_json(
                                    fields.get($argument_wire)?,
                                )?
                            ),*).0)
                        },
                    } ),*],
                    set: |object, name, value| {
                        // Some have no fields.
                        let _ = (&object, value);
                        match name {
                            $( $wire => Some(
                                $type(object).$field(<$field_type as $crate::Field>::from_json(value)?).0
                            ), )*
                            _ => None,
                        }
                    },
                };
                &INFO
            }

            fn of(object: $crate::Object) -> Self {
                Self(object)
            }
        }

        impl From<$type> for $crate::Json {
            fn from(value: $type) -> Self {
                $crate::Json::Object(value.0)
            }
        }
    )* };
}

macro_rules! field_info {
    ($type:ty, $wire:literal $(, $( $rule:ident($($value:expr),*) )*)?) => {
        $crate::grammar::FieldInfo {
            name: $wire,
            kind: <$type as $crate::Field>::KIND,
            unit: <$type as $crate::Field>::UNIT,
            rules: $crate::grammar::Rules::NONE $($( .$rule($($value),*) )*)?,
        }
    };
}

/// `Default` where `new` takes nothing.
macro_rules! default {
    ($type:ident new()) => {
        impl Default for $type {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($type:ident $($rest:tt)*) => {};
}

/// Declares values that have one of several forms. The first that fits is read.
macro_rules! unions {
    ($(
        $(#[$meta:meta])*
        $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident($type:ty) from [$($from:ty),*] ),+ $(,)?
        }
    )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $( $(#[$variant_meta])* $variant($type), )+
        }

        impl $crate::field::sealed::Sealed for $name {}

        impl $crate::Field for $name {
            const KIND: $crate::grammar::Kind = $crate::grammar::Kind::Either(
                &[$( <$type as $crate::Field>::KIND ),+],
            );

            const UNIT: Option<$crate::grammar::Unit> = {
                let mut unit = None;
                $( if let Some(own) = <$type as $crate::Field>::UNIT { unit = Some(own); } )+
                unit
            };

            type View<'a> = Self;

            fn view(json: &$crate::Json) -> Option<Self> {
                Self::from_json(json)
            }

            fn from_json(json: &$crate::Json) -> Option<Self> {
                $(
                    if <$type as $crate::Field>::KIND.fits(json) {
                        return <$type as $crate::Field>::from_json(json).map(Self::$variant);
                    }
                )+
                None
            }

            fn into_json(self) -> $crate::Json {
                match self {
                    $( Self::$variant(value) => <$type as $crate::Field>::into_json(value), )+
                }
            }
        }

        $($(
            impl From<$from> for $name {
                fn from(value: $from) -> Self {
                    Self::$variant(value.into())
                }
            }
        )*)+
    )* };
}

/// Declares one value list: the open enum, and the list for the grammar. `of` names what
/// the provider's schema calls it.
macro_rules! value_list {
    (
        $(#[$meta:meta])* $name:ident $openness:ident $(of [$($schema:literal),*])?
        $(also $also:path)? {
            $( $variant:ident = $wire:literal ),+ $(,)?
        }
    ) => {
        switchhook_core::open_enum! {
            $(#[$meta])*
            pub enum $name { $( $variant = $wire ),+ }
        }

        impl $name {
            const LIST: &'static $crate::grammar::ValueList = &$crate::grammar::ValueList {
                name: stringify!($name),
                open: $crate::table::value_list!(@ $openness),
                values: &[$( $wire ),+],
                types: &[$( $($schema),* )?],
                also: $crate::table::value_list!(@ also $($also)?),
            };
        }

        impl $crate::field::sealed::Sealed for $name {}
        impl $crate::field::Plain for $name {}

        impl $crate::Field for $name {
            const KIND: $crate::grammar::Kind = $crate::grammar::Kind::One(Self::LIST);

            type View<'a> = Self;

            fn view(json: &$crate::Json) -> Option<Self> {
                Self::from_json(json)
            }

            fn from_json(json: &$crate::Json) -> Option<Self> {
                json.as_str().map(Self::from)
            }

            fn into_json(self) -> $crate::Json {
                match self {
                    $( Self::$variant => $crate::Json::Text(std::borrow::Cow::Borrowed($wire)), )+
                    Self::Unrecognized(text) => text.as_str().into(),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }
    };
    (@ open) => { true };
    (@ closed) => { false };
    (@ also) => { |_| false };
    (@ also $also:path) => { $also };
}

pub(crate) use {default, field_info, objects, unions, value_list};
