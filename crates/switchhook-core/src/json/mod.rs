//! JSON bodies, bounded before they are looked at and read once.

mod edit;
mod error;
mod exchange;
mod scan;
mod text;
mod typed;
mod value;

use std::{fmt, sync::Arc};

use self::scan::Node;
pub(crate) use self::{
    edit::{Edit, after},
    exchange::serialize_number,
    text::quoted,
    typed::is_absent,
};
pub use self::{
    error::ParseJsonError,
    text::write_text,
    typed::{FromJson, JsonOf, JsonType, Member, member, misfits},
    value::{Items, JsonKind, JsonRef, Members},
};
use crate::Limits;

/// A JSON value, shared: a whole body, or a part of one.
///
/// The text is checked once, within [`Limits`], and kept as it came: names in their order,
/// numbers in their spelling. Values are read where they are asked for. Where an object has a
/// name twice, the first one counts; [`has_repeats`](Self::has_repeats) tells.
///
/// Two are equal when they are spelled alike.
///
/// ```
/// use switchhook_core::Json;
///
/// let body = Json::parse(br#"{"params":{"call_id":"c1","size":1e2}}"#)?;
/// let value = body.as_ref();
/// assert_eq!(value.at("params.call_id").and_then(|id| id.as_str()).as_deref(), Some("c1"));
/// assert_eq!(value.at("params.size").map(|size| size.raw()), Some("1e2"));
/// assert_eq!(body.as_str(), r#"{"params":{"call_id":"c1","size":1e2}}"#);
/// # Ok::<(), switchhook_core::ParseJsonError>(())
/// ```
#[derive(Clone)]
pub struct Json {
    document: Arc<Document>,
    place: u32,
}

struct Document {
    text: Box<str>,
    nodes: Box<[Node]>,
    /// The places of the names that their object has already, in order.
    repeats: Box<[u32]>,
}

impl Json {
    /// Reads a text within the default [`Limits`].
    ///
    /// # Errors
    ///
    /// [`ParseJsonError`] for what is no JSON, too long, nested too deep, or of too many
    /// values.
    pub fn parse(text: &[u8]) -> Result<Self, ParseJsonError> {
        Self::parse_within(text, &Limits::default())
    }

    /// Reads a text within these limits.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_within(text: &[u8], limits: &Limits) -> Result<Self, ParseJsonError> {
        let longest = limits.body_bytes.min(u32::MAX as usize - 1);
        if text.len() > longest {
            return Err(ParseJsonError::TooLong { limit: longest });
        }
        let text = std::str::from_utf8(text).map_err(|_| ParseJsonError::NotText)?;
        let scanned = scan::scan(text, limits)?;
        let document = Document {
            text: text.into(),
            nodes: scanned.nodes.into(),
            repeats: scanned.repeats.into(),
        };
        Ok(Self { document: Arc::new(document), place: 0 })
    }

    /// `{}`.
    pub(crate) fn empty_object() -> Self {
        let nodes = [Node::EMPTY_OBJECT].into();
        let document = Document { text: "{}".into(), nodes, repeats: Box::default() };
        Self { document: Arc::new(document), place: 0 }
    }

    /// The value, for reading.
    pub fn as_ref(&self) -> JsonRef<'_> {
        JsonRef::new(&self.document, self.place)
    }

    /// What a JSON-RPC request of this method has in `params`; of anything else the value.
    ///
    /// ```
    /// use switchhook_core::Json;
    ///
    /// let request = r#"{"jsonrpc":"2.0","id":"1","method":"x.event","params":{"a":1}}"#;
    /// let request = Json::parse(request.as_bytes())?;
    /// assert_eq!(request.without_rpc(Some("x.event")).raw(), r#"{"a":1}"#);
    /// assert_eq!(request.without_rpc(Some("y.event")), request.as_ref());
    /// # Ok::<(), switchhook_core::ParseJsonError>(())
    /// ```
    pub fn without_rpc(&self, method: Option<&str>) -> JsonRef<'_> {
        self.as_ref().without_rpc(method)
    }

    /// The text of the value as it came.
    pub fn as_str(&self) -> &str {
        self.as_ref().raw()
    }

    /// Whether an object of the text that the value is of has a name twice. Other readers may
    /// have taken the last one.
    pub fn has_repeats(&self) -> bool {
        !self.document.repeats.is_empty()
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

/// Shows the size, never the content.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({} bytes)", self.as_str().len())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
