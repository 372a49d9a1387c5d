//! The one tree behind all: elements, text and comments in order.

use std::{borrow::Cow, fmt};

use crate::name::{Name, Spelling};

/// One element: a tag, attributes, and what is inside.
///
/// The typed elements are this with a table around it. Reading gives it too, with all that
/// was there. Its `Debug` shows the structure and no values, which may be personal.
///
/// ```
/// use switchhook_twiml::{Element, Markup, Say};
///
/// let say = Say::new("Hello, ").voice("alice").text("you").into_element();
/// assert_eq!((say.tag(), say.attribute("voice")), ("Say", Some("alice")));
/// assert_eq!(say.text(), "Hello, you");
/// assert_eq!(format!("{say:?}"), "Say(voice)[10 bytes]");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Element {
    tag: Name,
    attributes: Vec<Attribute>,
    nodes: Vec<Node>,
    /// What attributes and nodes take when nothing in them is escaped, in bytes. Kept up to
    /// date, so that the writer need not go through the tree twice.
    inside: usize,
}

/// What may be inside an element.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, never empty and never beside other text.
    Text(Cow<'static, str>),
    /// A comment, which the providers skip.
    Comment(Cow<'static, str>),
}

#[derive(Clone)]
pub(crate) struct Attribute {
    pub(crate) name: Name,
    pub(crate) value: Cow<'static, str>,
    /// Place in the element's table; `EXTRA` for what no setter wrote.
    rank: u16,
    /// An entry of a list held the separator: not to be written.
    pub(crate) torn: bool,
}

/// After every attribute of a table.
const EXTRA: u16 = u16::MAX;

/// How an attribute came to be is nobody's business.
impl PartialEq for Attribute {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl Eq for Attribute {}

impl Attribute {
    /// The length as written when nothing is escaped, in bytes.
    fn plain_len(&self) -> usize {
        self.name.as_str().len() + self.value.len() + " =\"\"".len()
    }
}

impl Element {
    /// An element of any tag. A tag that is not an XML name is an error when written.
    pub fn new(tag: impl Into<String>) -> Self {
        Self::of(Name::free(tag.into()))
    }

    pub(crate) fn known(tag: &'static Spelling) -> Self {
        Self::of(Name::Known(tag))
    }

    pub(crate) fn of(tag: Name) -> Self {
        Self { tag, attributes: Vec::new(), nodes: Vec::new(), inside: 0 }
    }

    /// The tag, with its prefix if it has one.
    pub fn tag(&self) -> &str {
        self.tag.as_str()
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name.as_str() == name)?;
        Some(&attribute.value)
    }

    /// Names and values of all attributes, in order.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|attribute| (attribute.name.as_str(), &*attribute.value))
    }

    /// Elements, text and comments inside, in order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The elements inside, in order.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(Node::as_element)
    }

    /// The text directly inside, without that of its elements.
    pub fn text(&self) -> Cow<'_, str> {
        let mut texts = self.nodes.iter().filter_map(Node::as_text);
        let first = texts.next().unwrap_or_default();
        match texts.next() {
            None => Cow::Borrowed(first),
            Some(second) => {
                let mut whole = [first, second].concat();
                whole.extend(texts);
                Cow::Owned(whole)
            }
        }
    }

    /// Adds an attribute, or replaces one of that name, unless a typed setter wrote it:
    /// what was set by type stays.
    pub fn set_attribute(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.set(Name::free(name.into()), EXTRA, Cow::Owned(value.into()));
    }

    /// Adds text. It joins text that it follows directly; empty text adds nothing.
    pub fn push_text(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.inside += text.len();
        match self.nodes.last_mut() {
            _ if text.is_empty() => {}
            Some(Node::Text(before)) => before.to_mut().push_str(&text),
            _ => self.nodes.push(Node::Text(Cow::Owned(text))),
        }
    }

    /// Adds a comment.
    pub fn push_comment(&mut self, text: impl Into<String>) {
        self.push_node(Node::Comment(Cow::Owned(text.into())));
    }

    /// Adds an element.
    pub fn push(&mut self, element: impl Into<Element>) {
        self.push_node(Node::Element(element.into()));
    }

    pub(crate) fn set_typed(
        &mut self,
        name: &'static Spelling,
        rank: u16,
        value: Cow<'static, str>,
    ) {
        self.set(Name::Known(name), rank, value);
    }

    /// A list is joined by its separator. An entry of a blank-joined list that has a blank
    /// in it would be read as two.
    pub(crate) fn set_list(
        &mut self,
        name: &'static Spelling,
        rank: u16,
        separator: char,
        values: impl Iterator<Item = String>,
    ) {
        let mut joined = String::new();
        let mut torn = false;
        for (at, value) in values.enumerate() {
            if at > 0 {
                joined.push(separator);
            }
            torn |= separator == ' ' && value.contains([' ', '\t', '\r', '\n']);
            joined.push_str(&value);
        }
        self.set_typed(name, rank, Cow::Owned(joined));
        if let Some(set) = self.attributes.iter_mut().find(|set| set.name.as_str() == name.name) {
            set.torn = torn;
        }
    }

    /// Typed attributes stand in the order of the table, extra ones after them as they came.
    pub(crate) fn set(&mut self, name: Name, rank: u16, value: Cow<'static, str>) {
        match self.attributes.iter().position(|attribute| attribute.name == name) {
            Some(at) if rank == EXTRA && self.attributes[at].rank != EXTRA => {}
            Some(at) if rank == EXTRA || self.attributes[at].rank == rank => {
                self.inside -= self.attributes[at].value.len();
                self.inside += value.len();
                self.attributes[at].value = value;
                self.attributes[at].torn = false;
            }
            found => {
                if let Some(at) = found {
                    self.inside -= self.attributes.remove(at).plain_len();
                }
                let before = self.attributes.iter().position(|attribute| attribute.rank > rank);
                let at = before.unwrap_or(self.attributes.len());
                let attribute = Attribute { name, value, rank, torn: false };
                self.inside += attribute.plain_len();
                self.attributes.insert(at, attribute);
            }
        }
    }

    pub(crate) fn unset(&mut self, name: &str) {
        if let Some(at) = self.attributes.iter().position(|set| set.name.as_str() == name) {
            self.inside -= self.attributes.remove(at).plain_len();
        }
    }

    fn push_node(&mut self, node: Node) {
        self.inside += match &node {
            Node::Element(child) => child.plain_len(),
            Node::Text(text) => text.len(),
            Node::Comment(text) => "<!---->".len() + text.len(),
        };
        self.nodes.push(node);
    }

    /// The length as written when nothing is escaped, in bytes.
    pub(crate) fn plain_len(&self) -> usize {
        let tags = match self.nodes[..] {
            [] => "</>".len() + self.tag().len(),
            _ => "<></>".len() + 2 * self.tag().len(),
        };
        tags + self.inside
    }

    pub(crate) fn name(&self) -> &Name {
        &self.tag
    }

    pub(crate) fn raw_attributes(&self) -> &[Attribute] {
        &self.attributes
    }
}

impl Node {
    /// The element, where it is one.
    pub fn as_element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The comment, where it is one.
    pub fn as_comment(&self) -> Option<&str> {
        match self {
            Self::Comment(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())?;
        if !self.attributes.is_empty() {
            f.write_str("(")?;
            for (at, (name, _)) in self.attributes().enumerate() {
                f.write_str(if at == 0 { "" } else { " " })?;
                f.write_str(name)?;
            }
            f.write_str(")")?;
        }
        if self.nodes.is_empty() { Ok(()) } else { fmt::Debug::fmt(&self.nodes, f) }
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Element(element) => fmt::Debug::fmt(element, f),
            Self::Text(text) => write!(f, "{} bytes", text.len()),
            Self::Comment(text) => write!(f, "comment of {} bytes", text.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Element;
    use crate::{
        name::{attribute, tag},
        write::{Forbidden, Length, Writer},
    };

    fn written(element: &Element) -> usize {
        let mut length = Length(0);
        Writer::new(&mut length, Forbidden::Refuse).element(element).unwrap();
        length.0
    }

    /// One change, on names that are few enough to meet again.
    fn change(element: &mut Element, kind: u8, name: &str, value: String) {
        match kind {
            0 => element.set_attribute(name, value),
            1 => element.set_typed(attribute!("a"), 0, value.into()),
            2 => element.set_list(attribute!("b"), 1, ',', [value.clone(), value].into_iter()),
            3 => element.unset(name),
            4 => element.push_text(value),
            5 => element.push_comment(value),
            6 => element.push(Element::new(name)),
            _ => {
                let whole = std::mem::replace(element, Element::known(tag!("Known")));
                element.push(whole);
            }
        }
    }

    proptest! {
        #[test]
        fn the_length_is_kept_through_every_change(
            changes in prop::collection::vec((0..8_u8, "[a-d]", "[a-z]{0,9}"), 0..40),
        ) {
            let mut element = Element::new("free");
            for (kind, name, value) in changes {
                change(&mut element, kind, &name, value);
                prop_assert_eq!(element.plain_len(), written(&element));
            }
        }
    }
}
