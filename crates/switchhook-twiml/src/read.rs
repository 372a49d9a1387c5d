//! Reading: any well-formed document within limits, with all that is in it.

use std::borrow::Cow;

use quick_xml::{Reader, events::Event};

use crate::{
    Document, Element,
    document::Start,
    name::{Name, is_name, is_xml_character, tag},
};

/// How much a document may hold. Beyond that it is refused before it costs anything.
///
/// ```
/// use switchhook_twiml::{Limits, ReadErrorKind, read_within};
///
/// let limits = Limits { depth: 2, ..Limits::DEFAULT };
/// let error = read_within("<Response><Say><p>Hi</p></Say></Response>", &limits).unwrap_err();
/// assert_eq!(error.kind, ReadErrorKind::TooDeep);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole document.
    pub bytes: usize,
    /// Elements inside each other.
    pub depth: usize,
    /// Elements, attributes, texts and comments together.
    pub nodes: usize,
    /// Attributes of one element.
    pub attributes: usize,
}

impl Limits {
    /// 1 MiB, 100 levels, 100,000 nodes, 200 attributes: far above what the providers take.
    pub const DEFAULT: Self = Self { bytes: 1 << 20, depth: 100, nodes: 100_000, attributes: 200 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A document cannot be read. Says where, and not what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadError {
    /// Why not.
    pub kind: ReadErrorKind,
    /// Where, in bytes from the start.
    pub offset: usize,
}

switchhook_core::error_texts! { ReadError: Self { kind, offset } => "{kind} at byte {offset}" }

impl ReadError {
    /// The provider's code for it.
    pub fn code(&self) -> u32 {
        match self.kind {
            ReadErrorKind::Empty => 11770,
            ReadErrorKind::TooLarge => 11750,
            _ => 12100,
        }
    }
}

/// Why a document cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// There is nothing.
    Empty,
    /// More bytes than the limit.
    TooLarge,
    /// More levels than the limit.
    TooDeep,
    /// More nodes than the limit, or more attributes on one element.
    TooManyNodes,
    /// Not UTF-8, or said to be something else.
    Encoding,
    /// A document type declaration. Each is refused, whatever it declares.
    DocType,
    /// Not well-formed, with what is wrong.
    NotWellFormed(&'static str),
}

switchhook_core::error_texts! {
    ReadErrorKind:
    Self::Empty => "an empty document",
    Self::TooLarge => "too large a document",
    Self::TooDeep => "too many levels",
    Self::TooManyNodes => "too many nodes",
    Self::Encoding => "an encoding other than UTF-8",
    Self::DocType => "a document type declaration",
    Self::NotWellFormed(why) => "not well-formed: {why}",
}

use ReadErrorKind::NotWellFormed;

/// Reads a document, within [`Limits::DEFAULT`].
///
/// Everything is kept: unknown elements and attributes, the order, comments, text to the
/// byte. Processing instructions are skipped, CDATA sections become text.
///
/// ```
/// use switchhook_twiml::{Stream, read};
///
/// let reply = read("<Response><Start><Stream name='mon' new='1'/></Start></Response>")?;
/// let stream = reply.find::<Stream>()?;
/// assert_eq!((stream.name(), stream.attribute("new")), (Some("mon"), Some("1")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// What is not well-formed XML 1.0 in UTF-8, has a document type declaration, or is beyond
/// the limits.
pub fn read(xml: impl AsRef<[u8]>) -> Result<Document, ReadError> {
    read_within(xml, &Limits::DEFAULT)
}

/// Reads a document within limits of your own.
///
/// # Errors
///
/// As [`read`].
pub fn read_within(xml: impl AsRef<[u8]>, limits: &Limits) -> Result<Document, ReadError> {
    let bytes = xml.as_ref();
    if bytes.len() > limits.bytes {
        return Err(ReadErrorKind::TooLarge.at(limits.bytes));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(ReadErrorKind::Encoding.at(error.valid_up_to())),
    };
    let unmarked = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mark = text.len() - unmarked.len();
    if unmarked.trim_matches(is_blank).is_empty() {
        return Err(ReadErrorKind::Empty.at(0));
    }
    let start = match mark {
        0 if unmarked.starts_with(is_blank) => Start::Blanks,
        0 => Start::Clean,
        _ => Start::Mark,
    };
    let parser = Parser {
        reader: reader(unmarked),
        mark,
        limits: *limits,
        ascii: unmarked.is_ascii(),
        nodes: 0,
        open: Vec::new(),
        text: String::new(),
        document: None,
        before: Vec::new(),
        after: Vec::new(),
    };
    parser.document(start)
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_comments = true;
    config.check_end_names = true;
    config.expand_empty_elements = false;
    reader
}

impl ReadErrorKind {
    fn at(self, offset: usize) -> ReadError {
        ReadError { kind: self, offset }
    }
}

/// Tokens come from the reader; what they may hold, and where they may stand, is ours.
struct Parser<'x> {
    reader: Reader<&'x [u8]>,
    /// Width of the byte order mark, which the reader does not see.
    mark: usize,
    limits: Limits,
    /// Whether the document has ASCII alone.
    ascii: bool,
    nodes: usize,
    open: Vec<Element>,
    /// Text since the last tag or comment: it comes in pieces.
    text: String,
    document: Option<Element>,
    before: Vec<String>,
    after: Vec<String>,
}

impl Parser<'_> {
    fn document(mut self, start: Start) -> Result<Document, ReadError> {
        loop {
            let offset = self.offset(self.reader.buffer_position());
            let Ok(event) = self.reader.read_event() else {
                let offset = self.offset(self.reader.error_position());
                return Err(NotWellFormed("a tag, comment or reference is broken").at(offset));
            };
            if matches!(event, Event::Eof) {
                break;
            }
            self.event(event, offset).map_err(|kind| kind.at(offset))?;
        }
        let end = self.offset(self.reader.buffer_position());
        match self.document {
            _ if !self.open.is_empty() => Err(NotWellFormed("an element is not closed").at(end)),
            None => Err(NotWellFormed("there is no element").at(end)),
            Some(root) => Ok(Document { root, before: self.before, after: self.after, start }),
        }
    }

    fn offset(&self, position: u64) -> usize {
        usize::try_from(position).unwrap_or(usize::MAX).saturating_add(self.mark)
    }

    fn event(&mut self, event: Event<'_>, offset: usize) -> Result<(), ReadErrorKind> {
        match event {
            Event::Start(tag) => {
                let element = self.element(tag.name().0, tag.attributes_raw())?;
                self.flush_text()?;
                if self.open.len() >= self.limits.depth {
                    return Err(ReadErrorKind::TooDeep);
                }
                self.open.push(element);
                Ok(())
            }
            Event::Empty(tag) => {
                let element = self.element(tag.name().0, tag.attributes_raw())?;
                self.flush_text()?;
                if self.open.len() >= self.limits.depth {
                    return Err(ReadErrorKind::TooDeep);
                }
                self.close(element);
                Ok(())
            }
            Event::End(_) => {
                self.flush_text()?;
                let element = self.open.pop().ok_or(NotWellFormed("a tag closes nothing"))?;
                self.close(element);
                Ok(())
            }
            Event::Text(text) => {
                check_characters(&text)?;
                if text.contains("]]>") {
                    return Err(NotWellFormed("]]> in text"));
                }
                self.add_text(&text.xml10_content())
            }
            Event::CData(text) => {
                check_characters(&text)?;
                if self.open.is_empty() {
                    return Err(NotWellFormed("text outside of the root"));
                }
                self.add_text(&text.xml10_content())
            }
            Event::GeneralRef(reference) => {
                if self.open.is_empty() {
                    return Err(NotWellFormed("text outside of the root"));
                }
                let mut buffer = [0; 4];
                let text = resolve(&reference)?.encode_utf8(&mut buffer);
                self.text.push_str(text);
                Ok(())
            }
            Event::Comment(text) => {
                check_characters(&text)?;
                if text.ends_with('-') {
                    return Err(NotWellFormed("a comment that ends in -"));
                }
                self.comment(text.xml10_content().into_owned())
            }
            Event::Decl(declaration) => {
                let first = offset == self.mark;
                check_declaration(&declaration, first, self.ascii)
            }
            Event::PI(instruction) => {
                check_characters(&instruction)?;
                let target = instruction.target();
                if target.eq_ignore_ascii_case("xml") || !is_name(target) {
                    return Err(NotWellFormed("the XML declaration is not at the start"));
                }
                self.flush_text()
            }
            Event::DocType(_) => Err(ReadErrorKind::DocType),
            Event::Eof => Ok(()),
        }
    }

    fn count(&mut self) -> Result<(), ReadErrorKind> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes { Err(ReadErrorKind::TooManyNodes) } else { Ok(()) }
    }

    fn element(&mut self, tag: &str, attributes: &str) -> Result<Element, ReadErrorKind> {
        self.count()?;
        let name = Name::free(tag.to_owned());
        if matches!(name, Name::Wrong(_)) {
            return Err(NotWellFormed("the name of an element"));
        }
        if self.open.is_empty() && self.document.is_some() {
            return Err(NotWellFormed("a second root"));
        }
        let mut element = Element::of(name);
        let mut rest = attributes;
        loop {
            let trimmed = rest.trim_start_matches(is_blank);
            if trimmed.is_empty() {
                return Ok(element);
            }
            if trimmed.len() == rest.len() {
                return Err(NotWellFormed("no blank before an attribute"));
            }
            self.count()?;
            if element.raw_attributes().len() >= self.limits.attributes {
                return Err(ReadErrorKind::TooManyNodes);
            }
            rest = attribute(trimmed, &mut element)?;
        }
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(parent) => parent.push(element),
            None => self.document = Some(element),
        }
    }

    fn add_text(&mut self, text: &str) -> Result<(), ReadErrorKind> {
        if !self.open.is_empty() {
            self.text.push_str(text);
        } else if !text.chars().all(is_blank) {
            return Err(NotWellFormed("text outside of the root"));
        }
        Ok(())
    }

    fn flush_text(&mut self) -> Result<(), ReadErrorKind> {
        if self.text.is_empty() {
            return Ok(());
        }
        self.count()?;
        let text = std::mem::take(&mut self.text);
        if let Some(parent) = self.open.last_mut() {
            parent.push_text(text);
        }
        Ok(())
    }

    fn comment(&mut self, text: String) -> Result<(), ReadErrorKind> {
        self.flush_text()?;
        self.count()?;
        match self.open.last_mut() {
            Some(parent) => parent.push_comment(text),
            None if self.document.is_none() => self.before.push(text),
            None => self.after.push(text),
        }
        Ok(())
    }
}

/// Reads one attribute into the element, and gives what follows it.
fn attribute<'x>(text: &'x str, element: &mut Element) -> Result<&'x str, ReadErrorKind> {
    let end = text.find(|c| is_blank(c) || c == '=').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if !is_name(name) {
        return Err(NotWellFormed("the name of an attribute"));
    }
    if element.attribute(name).is_some() {
        return Err(NotWellFormed("an attribute twice"));
    }
    let rest = rest.trim_start_matches(is_blank);
    let rest = rest.strip_prefix('=').ok_or(NotWellFormed("an attribute without a value"))?;
    let rest = rest.trim_start_matches(is_blank);
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''));
    let quote = quote.ok_or(NotWellFormed("a value without quotes"))?;
    let value = &rest[1..];
    let end = value.find(quote).ok_or(NotWellFormed("a value without its end"))?;
    element.set_attribute(name, unescape(&value[..end])?);
    Ok(&value[end + 1..])
}

/// The value of an attribute: references resolved, blanks made equal as XML asks.
fn unescape(raw: &str) -> Result<Cow<'_, str>, ReadErrorKind> {
    check_characters(raw)?;
    if !raw.contains(['&', '<', '\t', '\n', '\r']) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '<', '\t', '\n', '\r']) {
        value.push_str(&rest[..at]);
        let (found, after) = rest[at..].split_at(1);
        rest = after;
        match found {
            "&" => {
                let broken = NotWellFormed("a tag, comment or reference is broken");
                let (reference, after) = rest.split_once(';').ok_or(broken)?;
                value.push(resolve(reference)?);
                rest = after;
            }
            "<" => return Err(NotWellFormed("< in a value")),
            "\r" => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                value.push(' ');
            }
            _ => value.push(' '),
        }
    }
    value.push_str(rest);
    Ok(Cow::Owned(value))
}

/// A reference without `&` and `;`: one of XML's five, or a number. There are no others
/// without a document type.
fn resolve(reference: &str) -> Result<char, ReadErrorKind> {
    let number = |digits: &str, radix| {
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_alphanumeric());
        let code = u32::from_str_radix(digits, radix).ok().filter(|_| plain);
        code.and_then(char::from_u32)
            .filter(|&c| is_xml_character(c))
            .ok_or(NotWellFormed("a reference to a character that XML does not have"))
    };
    match reference {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => match (reference.strip_prefix("#x"), reference.strip_prefix('#')) {
            (Some(digits), _) => number(digits, 16),
            (None, Some(digits)) => number(digits, 10),
            (None, None) => Err(NotWellFormed("an entity that XML does not have")),
        },
    }
}

fn check_characters(text: &str) -> Result<(), ReadErrorKind> {
    if text.chars().all(is_xml_character) {
        Ok(())
    } else {
        Err(NotWellFormed("a character that XML does not have"))
    }
}

/// `version="1.x"`, then perhaps an encoding, which has to be the one that we read.
fn check_declaration(declaration: &str, first: bool, ascii: bool) -> Result<(), ReadErrorKind> {
    if !first {
        return Err(NotWellFormed("the XML declaration is not at the start"));
    }
    let mut parsed = Element::known(tag!("xml"));
    let broken = NotWellFormed("the XML declaration");
    let mut rest = declaration.strip_prefix("xml").unwrap_or(declaration);
    loop {
        let trimmed = rest.trim_start_matches(is_blank);
        if trimmed.is_empty() {
            break;
        }
        // A declaration has three parts at most.
        if trimmed.len() == rest.len() || parsed.raw_attributes().len() == 3 {
            return Err(broken);
        }
        rest = attribute(trimmed, &mut parsed).map_err(|_| broken)?;
    }
    let names: Vec<&str> = parsed.attributes().map(|(name, _)| name).collect();
    let ordered = matches!(
        &names[..],
        ["version"]
            | ["version", "encoding" | "standalone"]
            | ["version", "encoding", "standalone"]
    );
    let version = parsed.attribute("version").is_some_and(|version| version.starts_with("1."));
    let standalone = parsed.attribute("standalone").is_none_or(|s| matches!(s, "yes" | "no"));
    if !ordered || !version || !standalone {
        return Err(broken);
    }
    let same = ["utf-8", "utf8", "us-ascii"];
    // Where there is nothing but ASCII, these do not differ from it.
    let supersets = ["iso-8859-", "windows-125"];
    match parsed.attribute("encoding").map(str::to_ascii_lowercase) {
        None => Ok(()),
        Some(name) if same.contains(&&*name) => Ok(()),
        Some(name) if ascii && supersets.iter().any(|set| name.starts_with(set)) => Ok(()),
        Some(_) => Err(ReadErrorKind::Encoding),
    }
}

/// Blanks of XML: fewer than Unicode's.
pub(crate) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}
