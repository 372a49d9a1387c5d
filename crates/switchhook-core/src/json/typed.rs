//! JSON values as types: fields of events, and what is inside of them.

use std::{fmt, marker::PhantomData};

use super::{Json, JsonKind, JsonRef};
use crate::{Kind, Limits, Problem, ProblemKind, WireType, WireValue};

/// A type that a JSON value can be read as.
///
/// Implemented for every [`WireType`], of which a number may come as text and a text as
/// number, for lists, and by [`json_object!`](crate::json_object) for objects.
pub trait FromJson: Sized {
    /// What the provider's table calls this type.
    const KIND: Kind;

    /// What is known of the inside: the members of an object, or of the objects of a list.
    const MEMBERS: &'static [Member] = &[];

    /// Reads the value, which is neither null nor an empty text. `None` when it does not fit.
    fn from_json(value: JsonRef<'_>) -> Option<Self>;

    /// Tells what inside of a value that fits does not fit itself.
    #[doc(hidden)]
    fn misfits(value: JsonRef<'_>, found: &mut dyn FnMut(ProblemKind)) {
        let _ = (value, found);
    }
}

/// A type that a field of a JSON event can have.
pub trait JsonType: FromJson {
    /// The value for writing it out.
    fn to_value(&self) -> WireValue<'_>;

    /// Looks for what does not fit inside of the value.
    #[doc(hidden)]
    fn check(value: JsonRef<'_>, param: &'static str, problems: &mut Vec<Problem>) {
        let _ = (value, param, problems);
    }
}

/// A known member of an object.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Member {
    /// The name of the struct's field.
    pub field: &'static str,
    /// The name on the wire.
    pub name: &'static str,
    /// What the value is read as.
    pub kind: Kind,
    /// What is known of its inside.
    pub members: &'static [Member],
    misfits: fn(JsonRef<'_>, &'static str, &mut dyn FnMut(ProblemKind)),
}

impl Member {
    /// For [`json_object!`](crate::json_object) alone.
    #[doc(hidden)]
    pub const fn new<T: FromJson>(field: &'static str, name: &'static str) -> Self {
        Self { field, name, kind: T::KIND, members: T::MEMBERS, misfits: misfits_of_member::<T> }
    }
}

fn misfits_of_member<T: FromJson>(
    value: JsonRef<'_>,
    name: &'static str,
    found: &mut dyn FnMut(ProblemKind),
) {
    if is_absent(value) {
    } else if T::from_json(value).is_none() {
        found(ProblemKind::Member { name, expected: T::KIND.expected() });
    } else {
        T::misfits(value, found);
    }
}

/// Null and the empty text count as absent.
pub(crate) fn is_absent(value: JsonRef<'_>) -> bool {
    value.is_null() || value.raw() == "\"\""
}

impl<T: WireType> FromJson for T {
    const KIND: Kind = T::KIND;

    fn from_json(value: JsonRef<'_>) -> Option<Self> {
        let text = value.scalar()?;
        T::from_wire(&text).or_else(|| {
            let number = (value.kind() == JsonKind::Number).then_some(&*text)?;
            T::from_wire(&whole(number)?)
        })
    }
}

/// The plain spelling of a number in JSON's that has a point or an exponent and yet is whole:
/// `45` for `45.0` and `4.5e1`. `None` for one that has a fraction, or more digits than 64 bits.
fn whole(number: &str) -> Option<String> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (sign, integer) = match integer.strip_prefix('-') {
        Some(integer) => ("-", integer),
        None => ("", integer),
    };
    let digits = [integer, fraction].concat();
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some("0".to_owned());
    }
    // How many zeros stand after the last digit that is none, if that many are whole.
    let cut = i64::try_from(digits.len() - significant.len()).ok()?;
    let moved = exponent.parse::<i64>().ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let zeros = usize::try_from(moved.checked_add(cut)?).ok()?;
    let fits = significant.len().checked_add(zeros)? <= 20;
    fits.then(|| [sign, significant, &"0".repeat(zeros)].concat())
}

impl<T: WireType> JsonType for T {
    fn to_value(&self) -> WireValue<'_> {
        self.to_wire()
    }
}

impl FromJson for Json {
    const KIND: Kind = Kind::Value;

    fn from_json(value: JsonRef<'_>) -> Option<Self> {
        Some(value.to_json())
    }
}

impl JsonType for Json {
    fn to_value(&self) -> WireValue<'_> {
        WireValue::Json(self.as_ref())
    }
}

/// What cannot be read is left out here, and a problem of the event that the list is of.
impl<T: FromJson> FromJson for Vec<T> {
    const KIND: Kind = Kind::Array;
    const MEMBERS: &'static [Member] = T::MEMBERS;

    fn from_json(value: JsonRef<'_>) -> Option<Self> {
        let is_list = value.kind() == JsonKind::List;
        is_list.then(|| value.items().filter_map(T::from_json).collect())
    }

    fn misfits(value: JsonRef<'_>, found: &mut dyn FnMut(ProblemKind)) {
        for item in value.items() {
            if T::from_json(item).is_some() {
                T::misfits(item, found);
            } else {
                found(ProblemKind::Item { expected: T::KIND.expected() });
            }
        }
    }
}

/// An object or a list of an event, read as `T` when somebody asks.
///
/// The value itself stays as it came, also what `T` does not name.
///
/// ```
/// use switchhook_core::{Json, JsonOf};
///
/// let media = JsonOf::<Vec<String>>::from(Json::parse(br#"["https://example.com/1.jpg"]"#)?);
/// assert_eq!(media.read(), Some(vec!["https://example.com/1.jpg".to_owned()]));
/// # Ok::<(), switchhook_core::ParseJsonError>(())
/// ```
pub struct JsonOf<T> {
    json: Json,
    read: PhantomData<fn() -> T>,
}

impl<T: FromJson> JsonOf<T> {
    /// The value as its type; `None` when it is another kind of value, which only one that
    /// was made from a [`Json`] can be.
    pub fn read(&self) -> Option<T> {
        T::from_json(self.json.as_ref())
    }
}

impl<T> JsonOf<T> {
    /// The value as it came.
    pub fn json(&self) -> &Json {
        &self.json
    }
}

impl<T> From<Json> for JsonOf<T> {
    fn from(json: Json) -> Self {
        Self { json, read: PhantomData }
    }
}

impl<T: FromJson> FromJson for JsonOf<T> {
    const KIND: Kind = T::KIND;
    const MEMBERS: &'static [Member] = T::MEMBERS;

    fn from_json(value: JsonRef<'_>) -> Option<Self> {
        let fits = match T::KIND {
            Kind::Array => value.kind() == JsonKind::List,
            Kind::Object => value.kind() == JsonKind::Object,
            _ => true,
        };
        fits.then(|| value.to_json().into())
    }

    fn misfits(value: JsonRef<'_>, found: &mut dyn FnMut(ProblemKind)) {
        T::misfits(value, found);
    }
}

impl<T: FromJson> JsonType for JsonOf<T> {
    fn to_value(&self) -> WireValue<'_> {
        WireValue::Json(self.json.as_ref())
    }

    fn check(value: JsonRef<'_>, param: &'static str, problems: &mut Vec<Problem>) {
        T::misfits(value, &mut |kind| {
            // A long list with one mistake in all its objects is one problem.
            if !problems.contains(&Problem { param, kind }) {
                problems.push(Problem { param, kind });
            }
        });
    }
}

/// For the objects of [`json_object!`](crate::json_object): what does not fit inside of one.
#[doc(hidden)]
pub fn misfits(
    object: JsonRef<'_>,
    members: &'static [Member],
    found: &mut dyn FnMut(ProblemKind),
) {
    for (name, value) in object.members().counting() {
        if let Some(member) = members.iter().find(|member| member.name == name) {
            (member.misfits)(value, member.name, found);
        }
    }
}

impl<T> Clone for JsonOf<T> {
    fn clone(&self) -> Self {
        self.json.clone().into()
    }
}

impl<T> PartialEq for JsonOf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

/// Shows the size, never the content.
impl<T> fmt::Debug for JsonOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.json.fmt(f)
    }
}

impl Limits {
    /// For what was bounded already.
    pub(crate) const NONE: Self = Self {
        body_bytes: usize::MAX,
        parameters: usize::MAX,
        json_depth: Self::DEEPEST,
        json_values: usize::MAX,
    };
}

/// Declares the shape of an object inside of JSON events.
///
/// Every field is an `Option`; what does not fit its type is `None`. Null and the empty text
/// count as absent, a number may come as text and a text as number.
///
/// ```
/// use switchhook_core::{FromJson, Json, json_object};
///
/// json_object! {
///     /// A header.
///     pub struct Header {
///         /// Its name.
///         name: String = "name";
///         /// How often it came.
///         count: u64 = "count";
///     }
/// }
///
/// let json = Json::parse(br#"{"name":"X-Ticket","count":"2","new":true}"#)?;
/// let header = Header::from_json(json.as_ref()).expect("an object");
/// assert_eq!((header.name.as_deref(), header.count), (Some("X-Ticket"), Some(2)));
/// # Ok::<(), switchhook_core::ParseJsonError>(())
/// ```
#[macro_export]
macro_rules! json_object {
    ($(
        $(#[$meta:meta])*
        pub struct $object:ident {
            $( $(#[doc = $doc:literal])* $field:ident: $type:ty = $name:literal; )*
        }
    )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $object {
            $(
                $(#[doc = $doc])*
                #[doc = concat!("\n\nOn the wire: `", $name, "`.")]
                pub $field: Option<$type>,
            )*
        }

        impl $crate::FromJson for $object {
            const KIND: $crate::Kind = $crate::Kind::Object;
            const MEMBERS: &'static [$crate::Member] =
                &[$( $crate::Member::new::<$type>(stringify!($field), $name) ),*];

            fn from_json(value: $crate::JsonRef<'_>) -> Option<Self> {
                if value.kind() != $crate::JsonKind::Object {
                    return None;
                }
                Some(Self { $( $field: $crate::__private::member(value, $name), )* })
            }

            fn misfits(
                value: $crate::JsonRef<'_>,
                found: &mut dyn FnMut($crate::ProblemKind),
            ) {
                $crate::__private::misfits(value, Self::MEMBERS, found);
            }
        }

        /// Shows which fields are set, never what they say.
        impl std::fmt::Debug for $object {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut set: Vec<&str> = Vec::new();
                $( if self.$field.is_some() { set.push($name); } )*
                f.debug_tuple(stringify!($object)).field(&set).finish()
            }
        }
    )* };
}

/// Reads the member of an object.
#[doc(hidden)]
pub fn member<T: FromJson>(object: JsonRef<'_>, name: &str) -> Option<T> {
    T::from_json(object.get(name).filter(|value| !is_absent(*value))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Seconds, Timestamp};

    fn read<T: FromJson>(text: &str) -> Option<T> {
        T::from_json(Json::parse(text.as_bytes()).unwrap().as_ref())
    }

    #[test]
    fn a_number_without_a_fraction_is_whole_however_it_is_spelled() {
        for (text, number) in [
            ("45", 45),
            ("45.0", 45),
            ("4.5e1", 45),
            ("4.5E+1", 45),
            ("4500e-2", 45),
            ("0.045e3", 45),
            ("0.0", 0),
            ("0e99999999999999999999", 0),
            ("-0.0", 0),
            ("1e3", 1000),
            ("18446744073709551615.0", u64::MAX),
        ] {
            assert_eq!(read::<u64>(text), Some(number), "{text}");
            assert_eq!(read::<Seconds>(text), Some(Seconds(number)), "{text}");
        }
        for text in ["45.5", "4.55e1", "1e-1", "-1.0", "18446744073709551616.0", "1e20", "1e999999"]
        {
            assert_eq!(read::<u64>(text), None, "{text}");
        }
        assert_eq!(read::<i64>("-45.0"), Some(-45));
        assert_eq!(read::<i64>("-4.5e1"), Some(-45));
        // A text is what it says, and other types have their own look at numbers.
        assert_eq!(read::<u64>("\"45.0\""), None);
        assert_eq!(read::<String>("45.0").as_deref(), Some("45.0"));
        assert_eq!(read::<f64>("1.742e+1"), Some(17.42));
        assert_eq!(read::<bool>("1.0"), None);
        assert_eq!(read::<Timestamp>("1.0"), None);
    }
}
