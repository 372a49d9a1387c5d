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
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteError {
    /// Why not.
    pub kind: WriteErrorKind,
    /// The path to the element, like `/Response/Say[2]`.
    pub path: String,
}

switchhook_core::error_texts! { WriteError: Self { kind, path } => "{kind} at {path}" }

/// Why a tree cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteErrorKind {
    /// A character that XML 1.0 does not have, by its code point. The `to_xml_lossy` of a
    /// reply replaces such characters.
    Character(u32),
    /// The name of an element or attribute is not an XML name.
    Name,
    /// `--` or a carriage return in a comment, or `-` at its end.
    Comment,
    /// An entry of a blank-joined list has a blank in it.
    ListEntry,
    /// More than 100 levels.
    Depth,
}

switchhook_core::error_texts! {
    WriteErrorKind:
    Self::Character(code) => "the character U+{code:04X} cannot be written in XML",
    Self::Name => "a name that is not an XML name",
    Self::Comment => "a comment that cannot be written",
    Self::ListEntry => "a list entry with a blank in it",
    Self::Depth => "too many levels",
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
    sink: &'s mut S,
    forbidden: Forbidden,
    /// The way to a fault, put together on the way out.
    path: String,
}

impl<'s, S: Sink> Writer<'s, S> {
    pub(crate) fn new(sink: &'s mut S, forbidden: Forbidden) -> Self {
        Self { sink, forbidden, path: String::new() }
    }

    pub(crate) fn element(&mut self, element: &Element) -> Result<(), WriteError> {
        self.nested(element, MAX_DEPTH).map_err(|kind| {
            let path = path::root(element) + &self.path;
            WriteError { kind, path }
        })
    }

    /// A comment beside the root.
    pub(crate) fn outer_comment(&mut self, text: &str) -> Result<(), WriteError> {
        self.comment(text).map_err(|kind| WriteError { kind, path: "/".to_owned() })
    }

    fn comment(&mut self, text: &str) -> Result<(), WriteErrorKind> {
        // A carriage return could not be escaped, and would be read as a line feed.
        if text.contains("--") || text.ends_with('-') || text.contains('\r') {
            return Err(WriteErrorKind::Comment);
        }
        self.sink.put("<!--");
        for part in text.split_inclusive(|c| !is_xml_character(c)) {
            match part.chars().next_back().filter(|&c| !is_xml_character(c)) {
                None => self.sink.put(part),
                Some(c) => {
                    let (instead, _) = self.forbidden(c.into(), 0)?;
                    self.sink.put(&part[..part.len() - c.len_utf8()]);
                    self.sink.put(instead);
                }
            }
        }
        self.sink.put("-->");
        Ok(())
    }

    fn nested(&mut self, element: &Element, levels: usize) -> Result<(), WriteErrorKind> {
        if levels == 0 {
            return Err(WriteErrorKind::Depth);
        }
        self.name("<", element.name(), "")?;
        for attribute in element.raw_attributes() {
            if attribute.torn {
                return Err(WriteErrorKind::ListEntry);
            }
            self.name(" ", &attribute.name, "=\"")?;
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
                Node::Element(child) => {
                    if let Err(kind) = self.nested(child, levels - 1) {
                        self.path.insert_str(0, &path::step(element, at));
                        return Err(kind);
                    }
                }
                Node::Text(text) => self.escaped(text, IN_TEXT)?,
                Node::Comment(text) => self.comment(text)?,
            }
        }
        match element.name() {
            Name::Known(tag) => self.sink.put(tag.closing),
            Name::Free(tag) | Name::Wrong(tag) => self.parts(["</", tag, ">"]),
        }
        Ok(())
    }

    /// A name with what comes before and after it.
    #[inline]
    fn name(&mut self, before: &str, name: &Name, after: &str) -> Result<(), WriteErrorKind> {
        match name {
            Name::Known(spelling) => self.sink.put(spelling.opening),
            Name::Free(text) => self.parts([before, text, after]),
            Name::Wrong(_) => return Err(WriteErrorKind::Name),
        }
        Ok(())
    }

    /// Apart from the rest, so that names of the tables take the short way.
    #[inline(never)]
    fn parts(&mut self, parts: [&str; 3]) {
        for part in parts {
            self.sink.put(part);
        }
    }

    /// Most texts have nothing to escape and are copied whole.
    #[inline]
    fn escaped(&mut self, text: &str, place: u8) -> Result<(), WriteErrorKind> {
        if is_plain(text.as_bytes()) {
            self.sink.put(text);
            return Ok(());
        }
        self.escaped_by_runs(text, place)
    }

    /// Copies runs of plain bytes, and looks at the others one by one.
    #[inline(never)]
    fn escaped_by_runs(&mut self, text: &str, place: u8) -> Result<(), WriteErrorKind> {
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
    fn forbidden(
        &self,
        character: u32,
        width: usize,
    ) -> Result<(&'static str, usize), WriteErrorKind> {
        match self.forbidden {
            Forbidden::Refuse => Err(WriteErrorKind::Character(character)),
            Forbidden::Replace => Ok(("\u{FFFD}", width)),
        }
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

/// How many bytes from the start need no look: eight at a time while that goes well.
fn plain_run(bytes: &[u8], place: u8) -> usize {
    let mut run = 0;
    while let Some(eight) = bytes[run..].first_chunk()
        && marks(u64::from_le_bytes(*eight)) == 0
    {
        run += 8;
    }
    let plain = |byte: &&u8| CLASSES[usize::from(**byte)] & place == 0;
    run + bytes[run..].iter().take_while(plain).count()
}

const ONES: u64 = u64::MAX / 0xFF;

/// Whether all bytes are ASCII, and none needs a look anywhere.
///
/// The ends are taken in one go, though some of what they hold may be looked at twice.
// Inlined into the loop over the attributes, it costs more than the calls do.
#[inline(never)]
fn is_plain(bytes: &[u8]) -> bool {
    if let Some(end) = bytes.last_chunk() {
        let (eights, _) = bytes.as_chunks();
        return marks(u64::from_le_bytes(*end)) == 0
            && eights.iter().all(|eight| marks(u64::from_le_bytes(*eight)) == 0);
    }
    let few = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(start), Some(end)) => {
            u64::from(u32::from_le_bytes(*start)) << 32 | u64::from(u32::from_le_bytes(*end))
        }
        _ => bytes.iter().fold(ONES * 0x20, |few, &byte| few << 8 | u64::from(byte)),
    };
    marks(few) == 0
}

/// Of eight bytes, the high bits of those that are not ASCII or need a look anywhere. A
/// lane's high bit is set where its byte is not ASCII, or where a subtraction went below
/// nought: the byte was below a blank, or equal to what it was compared with. A borrow may
/// set the next lane's too, which costs a look and no more.
#[inline]
fn marks(lanes: u64) -> u64 {
    let below_blank = lanes.wrapping_sub(ONES * 0x20);
    // `"` and `&` differ in one bit, and so do `<` and `>`.
    let quote_or_and = ((lanes | (ONES * 0x04)) ^ (ONES * 0x26)).wrapping_sub(ONES);
    let less_or_greater = ((lanes | (ONES * 0x02)) ^ (ONES * 0x3E)).wrapping_sub(ONES);
    (lanes | below_blank | quote_or_and | less_or_greater) & (ONES * 0x80)
}

/// Room for a tree that is written whole: what it takes with a few characters escaped.
pub(crate) fn capacity(root: &Element) -> usize {
    DECLARATION.len() + root.plain_len() + 32
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, is_plain};

    #[test]
    fn a_text_is_plain_unless_one_of_its_bytes_needs_a_look() {
        for (length, byte) in (1..40).flat_map(|length| (0..=0xFF).map(move |byte| (length, byte)))
        {
            let plain = byte < 0x80 && CLASSES[usize::from(byte)] == 0;
            for at in 0..length {
                let mut text = vec![b'a'; length];
                text[at] = byte;
                assert_eq!(is_plain(&text), plain, "{byte:#04x} at {at} of {length}");
            }
        }
        assert!(is_plain(b""));
    }
}
