//! Writing: one pass over the tree into one string.

use crate::{
    Element, Limits, Node,
    name::{Name, is_xml_character},
    path,
};

/// What comes before the root.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// As deep as is read back, deeper than any reply, shallower than any stack.
const MAX_DEPTH: usize = Limits::DEFAULT.depth;

/// A tree cannot be written. Says where, and not what stands there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at {path}")]
#[non_exhaustive]
pub struct WriteError {
    /// Why not.
    pub kind: WriteErrorKind,
    /// The path to the element, like `/Response/Say[2]`.
    pub path: String,
}

/// Why a tree cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteErrorKind {
    /// A character that XML 1.0 does not have, by its code point. The `to_xml_lossy` of a
    /// reply replaces such characters.
    #[error("the character U+{0:04X} cannot be written in XML")]
    Character(u32),
    /// The name of an element or attribute is not an XML name.
    #[error("a name that is not an XML name")]
    Name,
    /// `--` or a carriage return in a comment, or `-` at its end.
    #[error("a comment that cannot be written")]
    Comment,
    /// An entry of a blank-joined list has a blank in it.
    #[error("a list entry with a blank in it")]
    ListEntry,
    /// More than 100 levels.
    #[error("too many levels")]
    Depth,
}

/// What to do with characters that XML 1.0 does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forbidden {
    Refuse,
    Replace,
}

/// Where the text goes: a string, or only its length.
pub(crate) trait Sink {
    fn put(&mut self, text: &str);
}

impl Sink for String {
    #[inline]
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Counts instead of writing.
pub(crate) struct Length(pub(crate) usize);

impl Sink for Length {
    fn put(&mut self, text: &str) {
        self.0 += text.len();
    }
}

pub(crate) struct Writer<'s, S> {
    pub(crate) sink: &'s mut S,
    pub(crate) forbidden: Forbidden,
}

impl<S: Sink> Writer<'_, S> {
    pub(crate) fn element(&mut self, element: &Element) -> Result<(), WriteError> {
        self.nested(element, MAX_DEPTH).map_err(|error| error.inside(&path::root(element)))
    }

    pub(crate) fn comment(&mut self, text: &str) -> Result<(), WriteError> {
        // A carriage return could not be escaped, and would be read as a line feed.
        if text.contains("--") || text.ends_with('-') || text.contains('\r') {
            return Err(WriteErrorKind::Comment.into());
        }
        self.sink.put("<!--");
        if self.forbidden == Forbidden::Replace || text.chars().all(is_xml_character) {
            for (at, part) in text.split(|c| !is_xml_character(c)).enumerate() {
                self.sink.put(if at == 0 { "" } else { "\u{FFFD}" });
                self.sink.put(part);
            }
        } else {
            let bad = text.chars().find(|&c| !is_xml_character(c)).unwrap_or_default();
            return Err(WriteErrorKind::Character(bad.into()).into());
        }
        self.sink.put("-->");
        Ok(())
    }

    fn nested(&mut self, element: &Element, levels: usize) -> Result<(), WriteError> {
        if levels == 0 {
            return Err(WriteErrorKind::Depth.into());
        }
        self.sink.put("<");
        self.name(element.name())?;
        for attribute in element.raw_attributes() {
            if attribute.torn {
                return Err(WriteErrorKind::ListEntry.into());
            }
            self.sink.put(" ");
            self.name(&attribute.name)?;
            self.sink.put("=\"");
            self.escaped(&attribute.value, IN_ATTRIBUTE)?;
            self.sink.put("\"");
        }
        if element.nodes().is_empty() {
            self.sink.put("/>");
            return Ok(());
        }
        self.sink.put(">");
        for (at, node) in element.nodes().iter().enumerate() {
            match node {
                Node::Element(child) => self
                    .nested(child, levels - 1)
                    .map_err(|error| error.inside(&path::step(element, at)))?,
                Node::Text(text) => self.escaped(text, IN_TEXT)?,
                Node::Comment(text) => self.comment(text)?,
            }
        }
        self.sink.put("</");
        self.sink.put(element.tag());
        self.sink.put(">");
        Ok(())
    }

    fn name(&mut self, name: &Name) -> Result<(), WriteError> {
        if !name.is_valid() {
            return Err(WriteErrorKind::Name.into());
        }
        self.sink.put(name.as_str());
        Ok(())
    }

    /// Copies runs of plain bytes, and looks at the others one by one.
    fn escaped(&mut self, text: &str, place: u8) -> Result<(), WriteError> {
        let bytes = text.as_bytes();
        let (mut plain, mut at) = (0, 0);
        loop {
            at += plain_run(&bytes[at..], place);
            let Some(&byte) = bytes.get(at) else { break };
            let (instead, width) = match byte {
                b'&' => ("&amp;", 1),
                b'<' => ("&lt;", 1),
                b'>' => ("&gt;", 1),
                b'"' => ("&quot;", 1),
                b'\t' => ("&#9;", 1),
                b'\n' => ("&#10;", 1),
                b'\r' => ("&#13;", 1),
                // U+FFFE and U+FFFF; their neighbours are fine.
                0xEF if bytes[at + 1..].starts_with(&[0xBF, 0xBE]) => self.forbidden(0xFFFE, 3)?,
                0xEF if bytes[at + 1..].starts_with(&[0xBF, 0xBF]) => self.forbidden(0xFFFF, 3)?,
                0xEF => {
                    at += 1;
                    continue;
                }
                control => self.forbidden(u32::from(control), 1)?,
            };
            self.sink.put(&text[plain..at]);
            self.sink.put(instead);
            at += width;
            plain = at;
        }
        self.sink.put(&text[plain..]);
        Ok(())
    }

    #[cold]
    fn forbidden(&self, character: u32, width: usize) -> Result<(&'static str, usize), WriteError> {
        match self.forbidden {
            Forbidden::Refuse => Err(WriteErrorKind::Character(character).into()),
            Forbidden::Replace => Ok(("\u{FFFD}", width)),
        }
    }
}

impl From<WriteErrorKind> for WriteError {
    fn from(kind: WriteErrorKind) -> Self {
        Self { kind, path: String::new() }
    }
}

impl WriteError {
    /// The path grows on the way out.
    #[cold]
    fn inside(mut self, step: &str) -> Self {
        self.path.insert_str(0, step);
        self
    }
}

const IN_TEXT: u8 = 1;
const IN_ATTRIBUTE: u8 = 2;

/// Which bytes need a look, in text and in attributes.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 0x20 {
        classes[byte] = IN_TEXT | IN_ATTRIBUTE;
        byte += 1;
    }
    classes[b'\t' as usize] = IN_ATTRIBUTE;
    classes[b'\n' as usize] = IN_ATTRIBUTE;
    classes[b'"' as usize] = IN_ATTRIBUTE;
    classes[b'&' as usize] = IN_TEXT | IN_ATTRIBUTE;
    classes[b'<' as usize] = IN_TEXT | IN_ATTRIBUTE;
    classes[b'>' as usize] = IN_TEXT | IN_ATTRIBUTE;
    classes[0xEF] = IN_TEXT | IN_ATTRIBUTE;
    classes
};

/// How many bytes from the start need no look: sixteen at a time while that goes well.
fn plain_run(bytes: &[u8], place: u8) -> usize {
    // Without a branch in it, the compiler makes a few wide comparisons of this.
    let is_plain = |chunk: &[u8; 16]| {
        let mut odd = false;
        for &byte in chunk {
            odd |= byte < 0x20;
            odd |= byte == b'"';
            odd |= byte == b'&';
            odd |= byte == b'<';
            odd |= byte == b'>';
            odd |= byte == 0xEF;
        }
        !odd
    };
    let mut at = 0;
    while bytes[at..].first_chunk().is_some_and(is_plain) {
        at += 16;
    }
    let plain = |byte: &&u8| CLASSES[usize::from(**byte)] & place == 0;
    at + bytes[at..].iter().take_while(plain).count()
}

/// What the tree takes when nothing is escaped, without looking into texts.
pub(crate) fn estimate(element: &Element) -> usize {
    let attributes: usize = element
        .raw_attributes()
        .iter()
        .map(|attribute| attribute.name.as_str().len() + attribute.value.len() + 4)
        .sum();
    let inside: usize = element
        .nodes()
        .iter()
        .map(|node| match node {
            Node::Element(child) => estimate(child),
            Node::Text(text) => text.len(),
            Node::Comment(text) => text.len() + 7,
        })
        .sum();
    let tags = match element.nodes() {
        [] => element.tag().len() + 3,
        _ => 2 * element.tag().len() + 5,
    };
    tags + attributes + inside
}
