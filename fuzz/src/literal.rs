//! Inputs as Rust.

use switchhook_swml::Json;
use switchhook_twiml::{Element, Node};

use crate::targets::{
    doctor, inbox, inbox_rows, public_url, signalwire_verify, swml_round_trip, twilio_verify,
    twiml_round_trip,
};

/// Something that can be written in Rust.
pub trait Literal {
    /// The expression, with all that it names in scope.
    fn literal(&self) -> String;

    /// The expression of a vector.
    fn vector(items: &[Self]) -> String
    where
        Self: Sized,
    {
        let items: Vec<_> = items.iter().map(Self::literal).collect();
        format!("vec![{}]", items.join(", "))
    }
}

/// What `Debug` shows is Rust.
macro_rules! as_debug {
    ($($type:ty),*) => { $(
        impl Literal for $type {
            fn literal(&self) -> String {
                format!("{self:?}")
            }
        }
    )* };
}

as_debug!(bool, u16, &str, inbox::Call);

impl Literal for u8 {
    fn literal(&self) -> String {
        self.to_string()
    }

    fn vector(items: &[Self]) -> String {
        format!("{}.to_vec()", items.literal())
    }
}

impl Literal for [u8] {
    fn literal(&self) -> String {
        format!("b\"{}\"", self.escape_ascii())
    }
}

impl Literal for &[u8] {
    fn literal(&self) -> String {
        (**self).literal()
    }
}

impl<T: Literal> Literal for Vec<T> {
    fn literal(&self) -> String {
        T::vector(self)
    }
}

impl<T: Literal> Literal for Option<T> {
    fn literal(&self) -> String {
        self.as_ref().map_or("None".to_owned(), |value| format!("Some({})", value.literal()))
    }
}

/// Structs, by the names of all their fields.
macro_rules! structs {
    ($($type:ty { $($field:ident),* })*) => { $(
        impl Literal for $type {
            fn literal(&self) -> String {
                let Self { $($field),* } = self;
                let name = stringify!($type).rsplit("::").next().unwrap_or_default();
                let name = name.split('<').next().unwrap_or_default().trim();
                let fields = [$(format!("        {}: {},\n", stringify!($field), $field.literal())),*];
                format!("{name} {{\n{}    }}", fields.concat())
            }
        }
    )* };
}

structs! {
    doctor::Request<'_> {
        signalwire, get, kind, signed_at, received_at, name, value, signature, signed, received
    }
    inbox_rows::Row<'_> {
        tls, status, has_public_target, has_peer, method, target, public_target, peer, segment,
        headers, body
    }
    public_url::Request<'_> {
        source, configured, family, hops, believes_prefix, hosts_listed, prefixed, https_only, tls,
        peer, get, authority, target, public_target, headers
    }
    signalwire_verify::Request<'_> {
        keys, method, kind, tls, host, port, named, sign, target, other_sha1, other_sha256, body
    }
    twilio_verify::Request<'_> {
        keys, method, kind, scheme, host, port, twice, sign, target, settings, other_signature, body
    }
}

impl<T: Literal, U: Literal> Literal for (T, U) {
    fn literal(&self) -> String {
        format!("({}, {})", self.0.literal(), self.1.literal())
    }
}

/// Enums without fields.
macro_rules! enums {
    ($($module:ident::$type:ident)*) => { $(
        impl Literal for $module::$type {
            fn literal(&self) -> String {
                format!("{}::{self:?}", stringify!($type))
            }
        }
    )* };
}

enums!(public_url::Source public_url::Family public_url::Peer public_url::Name);

/// With the names of all its enums in scope, as in the target's own source.
impl Literal for inbox::Step {
    fn literal(&self) -> String {
        match self {
            Self::Together(calls) => format!("Together({})", calls.literal()),
            Self::Failing(fault, calls) => format!("Failing({fault:?}, {})", calls.literal()),
            step => format!("{step:?}"),
        }
    }

    fn vector(steps: &[Self]) -> String {
        let lines: String =
            steps.iter().map(|step| format!("        {},\n", step.literal())).collect();
        format!("vec![\n{lines}    ]")
    }
}

impl Literal for twiml_round_trip::Tree {
    fn literal(&self) -> String {
        format!("Tree({})", self.0.literal())
    }
}

/// A block that makes the element step by step.
impl Literal for Element {
    fn literal(&self) -> String {
        let mut steps = vec![format!("let mut element = Element::new({:?});", self.tag())];
        for (name, value) in self.attributes() {
            steps.push(format!("element.set_attribute({name:?}, {value:?});"));
        }
        for node in self.nodes() {
            steps.push(match node {
                Node::Element(element) => format!("element.push({});", element.literal()),
                Node::Text(text) => format!("element.push_text({text:?});"),
                Node::Comment(text) => format!("element.push_comment({text:?});"),
                _ => unreachable!("there are three kinds"),
            });
        }
        format!("{{ {} element }}", steps.join(" "))
    }
}

impl Literal for swml_round_trip::Tree {
    fn literal(&self) -> String {
        format!("Tree({})", self.0.literal())
    }
}

impl Literal for Json {
    fn literal(&self) -> String {
        match self {
            Json::Null => "Json::Null".to_owned(),
            Json::Bool(flag) => format!("Json::from({flag})"),
            Json::Number(number) => {
                let text = number.to_string();
                let kind = match (text.parse::<i64>(), text.parse::<u64>()) {
                    (Ok(_), _) => "i64",
                    (_, Ok(_)) => "u64",
                    _ => "f64",
                };
                format!("Json::from({text}_{kind})")
            }
            Json::Text(text) => format!("Json::from({text:?})"),
            Json::List(list) => format!("Json::List({})", list.literal()),
            Json::Object(object) => {
                let entry = |(name, json): (&str, &Json)| format!("({name:?}, {})", json.literal());
                let entries: Vec<_> = object.iter().map(entry).collect();
                match &entries[..] {
                    [] => "Json::Object(Object::new())".to_owned(),
                    entries => format!("Json::from([{}])", entries.join(", ")),
                }
            }
        }
    }
}
