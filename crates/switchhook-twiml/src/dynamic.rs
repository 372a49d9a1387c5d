//! Replies built from data: `[name, {attributes}, [children]]`.
//!
//! For programs that do not know the elements while they compile. The tree is built by the
//! setters of the typed elements, and nests as they do; what the grammar does not have is
//! built like a [`Custom`](crate::Custom), and counted.
//!
//! ```
//! use switchhook_twiml::{ReplyKind, dynamic::Tree};
//!
//! let tree: Tree = serde_json::from_str(
//!     r#"["Response", {}, [["Gather", {"timeout": 5, "input": ["dtmf", "speech"]}, []]]]"#,
//! )?;
//! let built = tree.build(&ReplyKind::Voice);
//! assert!(built.document.to_xml()?.contains("<Gather input=\"dtmf speech\" timeout=\"5\"/>"));
//! assert_eq!(built.custom, [] as [String; 0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use serde_core::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::{
    Document, Element, ReplyKind,
    grammar::{AttributeInfo, ElementInfo, Kind, TextRule, elements},
};

/// A tree of names, attributes and children, read from JSON or the like.
#[derive(Clone, PartialEq)]
pub struct Tree {
    name: String,
    attributes: Vec<(String, Value)>,
    children: Vec<Child>,
}

#[derive(Clone, PartialEq)]
enum Child {
    Element(Tree),
    Text(String),
}

/// Text, a number or a flag as the wire spells it, or a list of such. `None` is not to be
/// written.
#[derive(Clone, PartialEq)]
struct Value(Option<Vec<String>>);

/// What became of a [`Tree`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Built {
    /// The reply.
    pub document: Document,
    /// What no typed element wrote: unknown tags; as `Tag@name` unknown attributes, and
    /// values that are not of the attribute's kind; as `Tag/text()` text where none belongs.
    /// All of it is in the document.
    pub custom: Vec<String>,
}

impl Tree {
    /// Builds the reply. Its root is the one of that kind, if it is a `Response` at all.
    ///
    /// Lists are joined as the attribute asks, by blanks where the table does not have it;
    /// `null` leaves an attribute out.
    pub fn build(self, kind: &ReplyKind) -> Built {
        let root = kind.root().filter(|root| root.tag() == self.name);
        let mut custom = Vec::new();
        let document = self.element(root, &mut custom).into();
        Built { document, custom }
    }

    fn element(self, info: Option<&'static ElementInfo>, custom: &mut Vec<String>) -> Element {
        let mut element = if let Some(info) = info {
            Element::known(info.tag)
        } else {
            custom.push(self.name.clone());
            Element::new(self.name.clone())
        };
        for (name, value) in self.attributes {
            let known = info.and_then(|info| info.attribute(&name));
            let Some(values) = value.0 else { continue };
            let text = values.join(if known.is_some_and(by_commas) { "," } else { " " });
            if let Some(info) = info {
                element = (info.set)(element, &name, &values);
                if element.attribute(&name) == Some(&*text) {
                    continue;
                }
                // Not of the attribute's kind, or not as its type would spell it.
                element.unset(&name);
                custom.push(format!("{}@{name}", self.name));
            }
            element.set_attribute(name, text);
        }
        for child in self.children {
            match child {
                Child::Text(text) => {
                    if info.is_some_and(|info| info.text() == TextRule::None) {
                        custom.push(format!("{}/text()", self.name));
                    }
                    element.push_text(text);
                }
                Child::Element(tree) => {
                    let nested = info.and_then(|info| info.child(&tree.name));
                    let anywhere = || elements().find(|known| known.tag() == tree.name);
                    // Inside what the table does not have, known elements may still stand.
                    let known = if info.is_some() { nested } else { anywhere() };
                    element.push(tree.element(known, custom));
                }
            }
        }
        element
    }
}

fn by_commas(info: &AttributeInfo) -> bool {
    info.kind() == Kind::Commas
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[name, {attributes}, [children]]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Tree, A::Error> {
        let name = parts.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
        let attributes = parts.next_element::<Attributes>()?.unwrap_or_default().0;
        let children = parts.next_element()?.unwrap_or_default();
        if parts.next_element::<IgnoredAny>()?.is_some() {
            return Err(A::Error::invalid_length(4, &self));
        }
        Ok(Tree { name, attributes, children })
    }
}

/// A map that keeps its order.
#[derive(Default)]
struct Attributes(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AttributesVisitor)
    }
}

struct AttributesVisitor;

impl<'de> Visitor<'de> for AttributesVisitor {
    type Value = Attributes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of attributes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Attributes, A::Error> {
        let mut attributes = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            attributes.push(entry);
        }
        Ok(Attributes(attributes))
    }
}

impl<'de> Deserialize<'de> for Child {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ChildVisitor)
    }
}

struct ChildVisitor;

impl<'de> Visitor<'de> for ChildVisitor {
    type Value = Child;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or [name, {attributes}, [children]]")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Child, E> {
        Ok(Child::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, parts: A) -> Result<Child, A::Error> {
        TreeVisitor.visit_seq(parts).map(Child::Element)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

// A visitor's methods are fallible.
#[allow(clippy::unnecessary_wraps, clippy::needless_pass_by_value)]
fn one<E>(value: impl ToString) -> Result<Value, E> {
    Ok(Value(Some(vec![value.to_string()])))
}

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, a flag, a list of such, or null")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        one(text)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        one(flag)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        one(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        one(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        one(number)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = parts.next_element::<Value>()? {
            entries.extend(entry.0.into_iter().flatten());
        }
        Ok(Value(Some(entries)))
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree").field("name", &self.name).finish_non_exhaustive()
    }
}
