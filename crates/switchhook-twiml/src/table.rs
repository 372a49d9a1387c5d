//! The row of an element, and what it expands to.

/// Declares elements: one row each, one line per attribute.
///
/// ```text
/// /// What it is.
/// Type = "tag" in [Parent, ...], text none | optional | required, new(argument, ...) [rule() ...]
/// {
///     /// What it is.
///     setter: kind = "wireName" [rule() ...];
/// }
/// ```
///
/// The arguments of `new` are names of its setters, `text` among them. The kinds are those
/// of `setter!`, the rules those of `Rules`.
macro_rules! elements {
    ($(
        $(#[$meta:meta])*
        $type:ident = $tag:literal in [$($parent:ident),*], text $text:ident,
            new($($argument:ident $(: $argument_list:ident)?),*)
            $([$( $rule:ident($($value:expr),*) )*])?
        {
            $(
                $(#[$attribute_meta:meta])*
                $setter:ident: $kind:ident $(<$list:ident>)? = $wire:literal
                    $([$( $attribute_rule:ident($($attribute_value:expr),*) )*])?;
            )*
        }
    )*) => {
        #[allow(unused_imports)]
        use $crate::{elements::*, grammar::Listed as _, lint::form::*, values::*};

        /// The elements of this file.
        pub(super) const TABLE: &[&$crate::grammar::ElementInfo] =
            &[$( <$type as $crate::Known>::INFO ),*];

        $(
            $(#[$meta])*
            #[doc = concat!("\n\nWritten as `<", $tag, ">`.")]
            #[derive(Clone, Debug, PartialEq, Eq)]
            #[must_use = "an element does nothing until it is nested or written"]
            pub struct $type($crate::Element);

            impl $type {
                #[doc = concat!("A `<", $tag, ">` with what it cannot do without.")]
                #[allow(clippy::new_without_default, reason = "the table says which have one")]
                pub fn new(
                    $( $argument: $crate::table::argument!($argument $(: $argument_list)?) ),*
                ) -> Self {
                    Self($crate::Element::known(<Self as $crate::Known>::INFO.tag)) $( .$argument($argument) )*
                }

                $(
                    $crate::table::setter! {
                        [$(#[$attribute_meta])* #[doc = concat!("\n\nWritten as `", $wire, "`.")]]
                        $setter, $wire,
                        const {
                            $crate::table::rank(<Self as $crate::Known>::INFO.attributes, $wire)
                        },
                        $kind $($list)?
                    }
                )*

                /// Adds an attribute that has no setter here. One that was set by its
                /// setter stays as it is.
                pub fn attr(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                    self.0.set_attribute(name, value);
                    self
                }

                /// Adds a child, which has to be one that may stand here; a
                /// [`Custom`](crate::Custom) may stand anywhere.
                pub fn with<C: $crate::NestIn<Self>>(mut self, child: C) -> Self {
                    self.0.push(child.into_element());
                    self
                }

                /// Adds children of one type.
                pub fn with_all<C: $crate::NestIn<Self>>(
                    mut self, children: impl IntoIterator<Item = C>,
                ) -> Self {
                    for child in children {
                        self.0.push(child.into_element());
                    }
                    self
                }

                /// Adds a comment. `--` in it, or `-` at its end, is an error when written.
                pub fn comment(mut self, text: impl Into<String>) -> Self {
                    self.0.push_comment(text);
                    self
                }

                $crate::table::text_setter!($text);
            }

            $crate::table::default!($type, $text, [$($argument)*]);

            impl<'a> $crate::View<'a, $type> {
                $(
                    $crate::table::getter! {
                        [$(#[$attribute_meta])* #[doc = concat!("\n\nRead from `", $wire, "`.")]]
                        $setter, $wire, $kind $($list)?
                    }
                )*
            }

            impl $crate::Markup for $type {
                fn element(&self) -> &$crate::Element {
                    &self.0
                }

                fn into_element(self) -> $crate::Element {
                    self.0
                }
            }

            impl $crate::Known for $type {
                const INFO: &'static $crate::grammar::ElementInfo = &$crate::grammar::ElementInfo {
                    name: stringify!($type),
                    tag: $crate::name::tag!($tag),
                    parents: &[$( stringify!($parent) ),*],
                    text: $crate::table::text_rule!($text),
                    attributes: const { &[$(
                        $crate::grammar::AttributeInfo {
                            name: $wire,
                            kind: $crate::table::kind!($kind $($list)?),
                            rules: $crate::grammar::Rules::NONE
                                $($( .$attribute_rule($($attribute_value),*) )*)?,
                        }
                    ),*] },
                    rules: $crate::grammar::Rules::NONE $($( .$rule($($value),*) )*)?,
                    set: |element, wire, values| {
                        // Some have no attributes at all.
                        _ = values;
                        match wire {
                            $( $wire => $crate::table::set_by_name!(
                                $type(element), $setter, values, $kind $($list)?
                            ), )*
                            _ => element,
                        }
                    },
                };
            }

            impl From<$type> for $crate::Element {
                fn from(element: $type) -> Self {
                    element.0
                }
            }

            impl From<$type> for $crate::Custom {
                fn from(element: $type) -> Self {
                    Self::from(element.0)
                }
            }

            #[diagnostic::do_not_recommend]
            impl $crate::NestIn<$crate::Custom> for $type {}
            $(
                #[diagnostic::do_not_recommend]
                impl $crate::NestIn<$crate::elements::$parent> for $type {}
            )*
        )*
    };
}

/// The type of an argument of `new`.
macro_rules! argument {
    ($argument:ident) => { impl Into<String> };
    ($argument:ident: $list:ident) => { impl Into<$list> };
}

macro_rules! text_rule {
    (none) => {
        $crate::grammar::TextRule::None
    };
    (optional) => {
        $crate::grammar::TextRule::Optional
    };
    (required) => {
        $crate::grammar::TextRule::Required
    };
}

macro_rules! text_setter {
    (none) => {};
    ($text:ident) => {
        /// Adds text after what is there already.
        pub fn text(mut self, text: impl Into<String>) -> Self {
            self.0.push_text(text);
            self
        }
    };
}

/// `Default` where nothing is required: the element without anything.
macro_rules! default {
    ($type:ident, $text:ident, []) => {
        impl Default for $type {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($type:ident, optional, [text]) => {
        /// Without text, for what has attributes or children instead.
        impl Default for $type {
            fn default() -> Self {
                Self($crate::Element::known(<Self as $crate::Known>::INFO.tag))
            }
        }
    };
    ($type:ident, $text:ident, [$($argument:ident)*]) => {};
}

macro_rules! kind {
    (text) => {
        $crate::grammar::Kind::Text
    };
    (url) => {
        $crate::grammar::Kind::Url
    };
    (absolute_url) => {
        $crate::grammar::Kind::AbsoluteUrl
    };
    (wss) => {
        $crate::grammar::Kind::WebSocketUrl
    };
    (phone) => {
        $crate::grammar::Kind::Phone
    };
    (address) => {
        $crate::grammar::Kind::Address
    };
    (sid) => {
        $crate::grammar::Kind::Sid
    };
    (int) => {
        $crate::grammar::Kind::Integer
    };
    (ints) => {
        $crate::grammar::Kind::Integers
    };
    (decimal) => {
        $crate::grammar::Kind::Decimal
    };
    (flag) => {
        $crate::grammar::Kind::Flag
    };
    (flag_or_text) => {
        $crate::grammar::Kind::FlagOrText
    };
    (speech_timeout) => {
        $crate::grammar::Kind::SpeechTimeout
    };
    (commas) => {
        $crate::grammar::Kind::Commas
    };
    (one $list:ident) => {
        $crate::grammar::Kind::One($list::LIST)
    };
    (many $list:ident) => {
        $crate::grammar::Kind::Many($list::LIST)
    };
}

/// The setter of an attribute: what it takes, and how that becomes text.
macro_rules! setter {
    (@ $meta:tt $setter:ident $wire:literal $rank:expr, $argument:ty, $value:ident => $text:expr) => {
        $crate::table::setter! {
            @@ $meta $setter $wire $rank, $argument, $value => $text
        }
    };
    (@@ [$($meta:tt)*] $setter:ident $wire:literal $rank:expr,
        $argument:ty, $value:ident => $text:expr) => {
        $($meta)*
        pub fn $setter(mut self, $value: $argument) -> Self {
            self.0.set_typed($crate::name::attribute!($wire), $rank, $text);
            self
        }
    };
    ($meta:tt $setter:ident, $wire:literal, $rank:expr, int) => {
        $crate::table::setter! {
            @ $meta $setter $wire $rank, u32, value => value.to_string().into()
        }
    };
    ($meta:tt $setter:ident, $wire:literal, $rank:expr, flag) => {
        $crate::table::setter! {
            @ $meta $setter $wire $rank, bool, value => if value { "true" } else { "false" }.into()
        }
    };
    ($meta:tt $setter:ident, $wire:literal, $rank:expr, decimal) => {
        $crate::table::setter! {
            @ $meta $setter $wire $rank, impl Into<Decimal>,
            value => value.into().into_string().into()
        }
    };
    ($meta:tt $setter:ident, $wire:literal, $rank:expr, flag_or_text) => {
        $crate::table::setter! {
            @ $meta $setter $wire $rank, impl Into<FlagOrText>,
            value => value.into().into_string().into()
        }
    };
    ($meta:tt $setter:ident, $wire:literal, $rank:expr, speech_timeout) => {
        $crate::table::setter! {
            @ $meta $setter $wire $rank, impl Into<SpeechTimeout>,
            value => value.into().into_string().into()
        }
    };
    ($meta:tt $setter:ident, $wire:literal, $rank:expr, one $list:ident) => {
        $crate::table::setter! {
            @ $meta $setter $wire $rank, impl Into<$list>,
            value => value.into().as_str().to_owned().into()
        }
    };
    ([$($meta:tt)*] $setter:ident, $wire:literal, $rank:expr, many $list:ident) => {
        $($meta)*
        pub fn $setter(mut self, values: impl IntoIterator<Item = impl Into<$list>>) -> Self {
            let values = values.into_iter().map(Into::into);
            let values = values.map(|value: $list| value.as_str().to_owned());
            self.0.set_list($crate::name::attribute!($wire), $rank, ' ', values);
            self
        }
    };
    ([$($meta:tt)*] $setter:ident, $wire:literal, $rank:expr, ints) => {
        $($meta)*
        pub fn $setter(mut self, values: impl IntoIterator<Item = u32>) -> Self {
            let values = values.into_iter().map(|value| value.to_string());
            self.0.set_list($crate::name::attribute!($wire), $rank, ' ', values);
            self
        }
    };
    ([$($meta:tt)*] $setter:ident, $wire:literal, $rank:expr, commas) => {
        $($meta)*
        pub fn $setter(mut self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
            self.0.set_list($crate::name::attribute!($wire), $rank, ',', values.into_iter().map(Into::into));
            self
        }
    };
    // The rest is text, which the linter looks into.
    ($meta:tt $setter:ident, $wire:literal, $rank:expr, $kind:ident) => {
        $crate::table::setter! {
            @ $meta $setter $wire $rank, impl Into<String>, value => value.into().into()
        }
    };
}

/// Calls a setter with values that come as text, if they are of its kind.
macro_rules! set_by_name {
    (@ $type:ident($element:ident), $setter:ident, $value:expr) => {
        match $value {
            Some(value) => $type($element).$setter(value).0,
            None => $element,
        }
    };
    ($type:ident($element:ident), $setter:ident, $values:ident, int) => {
        $crate::table::set_by_name!(
            @ $type($element), $setter, $crate::table::only($values).and_then(|n| n.parse().ok())
        )
    };
    ($type:ident($element:ident), $setter:ident, $values:ident, flag) => {
        $crate::table::set_by_name!(
            @ $type($element), $setter, $crate::table::only($values).and_then(|f| f.parse().ok())
        )
    };
    ($type:ident($element:ident), $setter:ident, $values:ident, decimal) => {
        $crate::table::set_by_name!(
            @ $type($element), $setter,
            $crate::table::only($values).and_then(|n| n.parse::<Decimal>().ok())
        )
    };
    ($type:ident($element:ident), $setter:ident, $values:ident, speech_timeout) => {
        $crate::table::set_by_name!(
            @ $type($element), $setter,
            $crate::table::only($values).and_then(|n| n.parse::<SpeechTimeout>().ok())
        )
    };
    ($type:ident($element:ident), $setter:ident, $values:ident, ints) => {
        $crate::table::set_by_name!(
            @ $type($element), $setter,
            $crate::table::entries($values).map(|n| n.parse().ok()).collect::<Option<Vec<u32>>>()
        )
    };
    ($type:ident($element:ident), $setter:ident, $values:ident, many $list:ident) => {
        $type($element).$setter($crate::table::entries($values)).0
    };
    ($type:ident($element:ident), $setter:ident, $values:ident, commas) => {
        $type($element).$setter($values).0
    };
    // Text, and the kinds that are made of any text.
    ($type:ident($element:ident), $setter:ident, $values:ident, $kind:ident $($list:ident)?) => {
        $crate::table::set_by_name!(@ $type($element), $setter, $crate::table::only($values))
    };
}

/// The getter of an attribute on a view.
macro_rules! getter {
    (@ [$($meta:tt)*] $setter:ident $result:ty, $view:ident => $value:expr) => {
        $($meta)*
        ///
        /// # Errors
        ///
        /// The value is not of the attribute's kind.
        pub fn $setter(&self) -> Result<$result, $crate::AttributeError> {
            let $view = self;
            $value
        }
    };
    ($meta:tt $setter:ident, $wire:literal, int) => {
        $crate::table::getter! {
            @ $meta $setter Option<u32>, view => view.parse_attribute($wire, "a whole number")
        }
    };
    ($meta:tt $setter:ident, $wire:literal, flag) => {
        $crate::table::getter! {
            @ $meta $setter Option<bool>, view => view.parse_attribute($wire, "true or false")
        }
    };
    ($meta:tt $setter:ident, $wire:literal, decimal) => {
        $crate::table::getter! {
            @ $meta $setter Option<Decimal>, view => view.parse_attribute($wire, "a decimal number")
        }
    };
    ($meta:tt $setter:ident, $wire:literal, speech_timeout) => {
        $crate::table::getter! {
            @ $meta $setter Option<SpeechTimeout>,
            view => view.parse_attribute($wire, "a whole number or auto")
        }
    };
    ($meta:tt $setter:ident, $wire:literal, ints) => {
        $crate::table::getter! {
            @ $meta $setter Vec<u32>, view => view.parse_list($wire, "whole numbers")
        }
    };
    ([$($meta:tt)*] $setter:ident, $wire:literal, flag_or_text) => {
        $($meta)*
        pub fn $setter(&self) -> Option<FlagOrText> {
            self.attribute($wire).map(FlagOrText::from)
        }
    };
    ([$($meta:tt)*] $setter:ident, $wire:literal, one $list:ident) => {
        $($meta)*
        pub fn $setter(&self) -> Option<$list> {
            self.attribute($wire).map($list::from)
        }
    };
    ([$($meta:tt)*] $setter:ident, $wire:literal, many $list:ident) => {
        $($meta)*
        pub fn $setter(&self) -> Vec<$list> {
            self.list($wire, |entry| entry.is_ascii_whitespace()).map($list::from).collect()
        }
    };
    ([$($meta:tt)*] $setter:ident, $wire:literal, commas) => {
        $($meta)*
        pub fn $setter(&self) -> Vec<&'a str> {
            self.list($wire, |entry| *entry == b',').collect()
        }
    };
    ([$($meta:tt)*] $setter:ident, $wire:literal, $kind:ident) => {
        $($meta)*
        pub fn $setter(&self) -> Option<&'a str> {
            self.attribute($wire)
        }
    };
}

pub(crate) use {
    argument, default, elements, getter, kind, set_by_name, setter, text_rule, text_setter,
};

/// The one value, where it is one.
pub(crate) fn only(values: &[String]) -> Option<&str> {
    match values {
        [value] => Some(value),
        _ => None,
    }
}

/// Entries of a blank-joined list, which may come as one text.
pub(crate) fn entries(values: &[String]) -> impl Iterator<Item = &str> {
    values.iter().flat_map(|value| value.split(' '))
}

/// The place of an attribute in its table, found while compiling.
pub(crate) const fn rank(table: &[crate::grammar::AttributeInfo], wire: &str) -> u16 {
    let mut rank = 0;
    while !same(table[rank as usize].name.as_bytes(), wire.as_bytes()) {
        rank += 1;
    }
    rank
}

const fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}
