use std::{borrow::Cow, fmt, sync::Arc};

use super::{
    Document, Json,
    scan::{Node, NodeKind},
    text::unescape,
};

/// A JSON value where it is, for reading.
#[derive(Clone, Copy)]
pub struct JsonRef<'a> {
    document: &'a Arc<Document>,
    place: u32,
}

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
}

impl<'a> JsonRef<'a> {
    pub(super) fn new(document: &'a Arc<Document>, place: u32) -> Self {
        Self { document, place }
    }

    fn node(self) -> Node {
        self.document.nodes[self.place as usize]
    }

    /// What it is.
    pub fn kind(self) -> JsonKind {
        match self.node().kind {
            NodeKind::Null => JsonKind::Null,
            NodeKind::Boolean => JsonKind::Boolean,
            NodeKind::Number => JsonKind::Number,
            NodeKind::Text | NodeKind::EscapedText => JsonKind::Text,
            NodeKind::List => JsonKind::List,
            NodeKind::Object => JsonKind::Object,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.kind() == JsonKind::Null
    }

    /// The text as it came, quotes and backslashes included.
    pub fn raw(self) -> &'a str {
        let node = self.node();
        let quotes = usize::from(self.kind() == JsonKind::Text);
        &self.document.text[node.start as usize - quotes..node.end as usize + quotes]
    }

    /// What a text says; `None` for what is no text, and for one that is no Unicode: half a
    /// surrogate pair can be written and not be meant.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        let node = self.node();
        let raw = &self.document.text[node.start as usize..node.end as usize];
        match node.kind {
            NodeKind::Text => Some(Cow::Borrowed(raw)),
            NodeKind::EscapedText => unescape(raw).map(Cow::Owned),
            _ => None,
        }
    }

    /// The truth value.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == JsonKind::Boolean).then(|| self.raw() == "true")
    }

    /// The text of a text, a number or a truth value: what a form would have said.
    pub fn scalar(self) -> Option<Cow<'a, str>> {
        match self.kind() {
            JsonKind::Text => self.as_str(),
            JsonKind::Number | JsonKind::Boolean => Some(Cow::Borrowed(self.raw())),
            JsonKind::Null | JsonKind::List | JsonKind::Object => None,
        }
    }

    /// The member of this name, the first where there are several.
    pub fn get(self, name: &str) -> Option<JsonRef<'a>> {
        self.members().raw().find(|(key, _)| key.is(name)).map(|(_, value)| value)
    }

    /// The value at a path of names with dots between them, such as `params.call_id`.
    pub fn at(self, path: &str) -> Option<JsonRef<'a>> {
        path.split('.').try_fold(self, Self::get)
    }

    /// What a JSON-RPC request of this method has in `params`; of anything else itself.
    pub(crate) fn without_rpc(self, method: Option<&str>) -> Self {
        let says = |name, text| {
            self.get(name).is_some_and(|value| value.kind() == JsonKind::Text && value.is(text))
        };
        let inside = || self.get("params").filter(|params| params.kind() == JsonKind::Object);
        match method {
            Some(method) if says("jsonrpc", "2.0") && says("method", method) => {
                inside().unwrap_or(self)
            }
            _ => self,
        }
    }

    /// The members of an object in their order, repeats included; none of anything else.
    pub fn members(self) -> Members<'a> {
        Members(self.inside(NodeKind::Object))
    }

    /// The values of a list; none of anything else.
    pub fn items(self) -> Items<'a> {
        Items(self.inside(NodeKind::List))
    }

    /// The same value, shared rather than copied.
    pub fn to_json(self) -> Json {
        Json { document: Arc::clone(self.document), place: self.place }
    }

    fn inside(self, kind: NodeKind) -> Inside<'a> {
        let node = self.node();
        let end = if node.kind == kind { node.next } else { self.place + 1 };
        Inside { document: self.document, place: self.place + 1, end }
    }

    /// Whether it is the name of a member that its object has already.
    fn is_repeat(self) -> bool {
        let repeats = &self.document.repeats;
        !repeats.is_empty() && repeats.binary_search(&self.place).is_ok()
    }

    /// Whether the text says `name`.
    fn is(self, name: &str) -> bool {
        let node = self.node();
        match node.kind {
            NodeKind::Text => self.document.text[node.start as usize..node.end as usize] == *name,
            _ => self.as_str().is_some_and(|text| text == name),
        }
    }

    /// What the text says, or its spelling where that is no Unicode.
    fn lossy(self) -> Cow<'a, str> {
        self.as_str().unwrap_or_else(|| self.raw().trim_matches('"').into())
    }
}

/// Shows the kind and the size, never the content.
impl fmt::Debug for JsonRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({} bytes)", self.kind(), self.raw().len())
    }
}

/// Two are equal when they are spelled alike.
impl PartialEq for JsonRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.raw() == other.raw()
    }
}

impl fmt::Display for JsonRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.raw())
    }
}

/// The values directly inside a value.
#[derive(Clone, Debug)]
struct Inside<'a> {
    document: &'a Arc<Document>,
    place: u32,
    end: u32,
}

impl<'a> Iterator for Inside<'a> {
    type Item = JsonRef<'a>;

    fn next(&mut self) -> Option<JsonRef<'a>> {
        let value = JsonRef::new(self.document, self.place);
        if self.place >= self.end {
            return None;
        }
        self.place = value.node().next;
        Some(value)
    }
}

/// The members of an object: see [`JsonRef::members`].
#[derive(Clone, Debug)]
pub struct Members<'a>(Inside<'a>);

impl<'a> Members<'a> {
    /// The names as values.
    fn raw(mut self) -> impl Iterator<Item = (JsonRef<'a>, JsonRef<'a>)> {
        std::iter::from_fn(move || Some((self.0.next()?, self.0.next()?)))
    }

    /// The members that count: of repeated names the first. With the names, and whether one
    /// has come before.
    pub(crate) fn counting(self) -> impl Iterator<Item = (Cow<'a, str>, JsonRef<'a>)> {
        self.raw().filter(|(name, _)| !name.is_repeat()).map(|(name, value)| (name.lossy(), value))
    }

    /// The members, with whether their name came before.
    pub(crate) fn with_repeats(self) -> impl Iterator<Item = (Cow<'a, str>, JsonRef<'a>, bool)> {
        self.raw().map(|(name, value)| (name.lossy(), value, name.is_repeat()))
    }

    /// The members with their names as they came, quotes included.
    pub(super) fn spelled(self) -> impl Iterator<Item = (JsonRef<'a>, JsonRef<'a>)> {
        self.raw()
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (Cow<'a, str>, JsonRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.0.next()?.lossy(), self.0.next()?))
    }
}

/// The values of a list: see [`JsonRef::items`].
#[derive(Clone, Debug)]
pub struct Items<'a>(Inside<'a>);

impl<'a> Iterator for Items<'a> {
    type Item = JsonRef<'a>;

    fn next(&mut self) -> Option<JsonRef<'a>> {
        self.0.next()
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.text.len())
    }
}
