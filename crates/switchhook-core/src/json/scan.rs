//! Checking a JSON text and finding its values, in one pass and without recursion.

use std::{borrow::Cow, collections::HashSet};

use super::{ParseJsonError, text::unescape};
use crate::Limits;

/// One value, or the name of a member, in the order of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Where it is in the text; of a text, what is between the quotes.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The place after all that is in it.
    pub(super) next: u32,
    pub(super) kind: NodeKind,
}

impl Node {
    /// The text `null`.
    pub(super) const NULL: Self = Self { start: 0, end: 4, next: 1, kind: NodeKind::Null };

    /// The text `{}`.
    pub(super) const EMPTY_OBJECT: Self =
        Self { start: 0, end: 2, next: 1, kind: NodeKind::Object };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Null,
    Boolean,
    Number,
    Text,
    /// A text with backslashes.
    EscapedText,
    List,
    Object,
}

/// What the scan has found: the values, and the places of the names that their object has
/// already.
pub(super) struct Scanned {
    pub(super) nodes: Vec<Node>,
    pub(super) repeats: Vec<u32>,
}

pub(super) fn scan(text: &str, limits: &Limits) -> Result<Scanned, ParseJsonError> {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        nodes: Vec::with_capacity((text.len() / 12).min(1024)),
        repeats: Vec::new(),
        limits,
    };
    scanner.document()?;
    let Scanner { nodes, mut repeats, .. } = scanner;
    repeats.sort_unstable();
    Ok(Scanned { nodes, repeats })
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
    repeats: Vec<u32>,
    limits: &'a Limits,
}

impl Scanner<'_> {
    fn document(&mut self) -> Result<(), ParseJsonError> {
        // The lists and objects around the place.
        let mut open: Vec<usize> = Vec::with_capacity(8);
        loop {
            if let Some(place) = self.value()? {
                // Whatever the limits say: who reads values within values has a stack.
                let limit = self.limits.json_depth.min(Limits::DEEPEST);
                if open.len() == limit {
                    return Err(ParseJsonError::TooDeep { limit });
                }
                if !self.closes(place) {
                    open.push(place);
                    self.name_in(place)?;
                    continue;
                }
            }
            // The value is whole, and so may be those around it.
            loop {
                let Some(&place) = open.last() else {
                    self.skip_space();
                    return if self.at == self.bytes.len() { Ok(()) } else { Err(self.syntax()) };
                };
                if self.closes(place) {
                    open.pop();
                } else if self.eat(b',') {
                    self.name_in(place)?;
                    break;
                } else {
                    return Err(self.syntax());
                }
            }
        }
    }

    /// Reads a value; of a list or an object the opening alone, whose place it gives.
    fn value(&mut self) -> Result<Option<usize>, ParseJsonError> {
        self.skip_space();
        let start = self.at;
        match self.bytes.get(start) {
            Some(b'{') => self.open(NodeKind::Object).map(Some),
            Some(b'[') => self.open(NodeKind::List).map(Some),
            Some(b'"') => self.string().map(|()| None),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| None),
            Some(b't') => self.literal("true", NodeKind::Boolean),
            Some(b'f') => self.literal("false", NodeKind::Boolean),
            Some(b'n') => self.literal("null", NodeKind::Null),
            _ => Err(self.syntax()),
        }
    }

    fn open(&mut self, kind: NodeKind) -> Result<usize, ParseJsonError> {
        let place = self.nodes.len();
        self.push(self.at, 0, kind)?;
        self.at += 1;
        Ok(place)
    }

    /// Whether the list or object at `place` ends here; then it is ended.
    fn closes(&mut self, place: usize) -> bool {
        let end = if self.nodes[place].kind == NodeKind::Object { b'}' } else { b']' };
        if !self.eat(end) {
            return false;
        }
        let next = index(self.nodes.len());
        let node = &mut self.nodes[place];
        node.end = index(self.at);
        node.next = next;
        if node.kind == NodeKind::Object {
            self.find_repeats(place);
        }
        true
    }

    /// In an object, reads the name of a member and the colon.
    fn name_in(&mut self, place: usize) -> Result<(), ParseJsonError> {
        if self.nodes[place].kind != NodeKind::Object {
            return Ok(());
        }
        self.skip_space();
        if self.bytes.get(self.at) != Some(&b'"') {
            return Err(self.syntax());
        }
        self.string()?;
        if self.eat(b':') { Ok(()) } else { Err(self.syntax()) }
    }

    fn string(&mut self) -> Result<(), ParseJsonError> {
        let start = self.at + 1;
        let mut kind = NodeKind::Text;
        self.at = start;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    kind = NodeKind::EscapedText;
                    self.escape()?;
                }
                Some(0..0x20) | None => return Err(self.syntax()),
                Some(_) => self.at += 1,
            }
        }
        self.push(start, self.at, kind)?;
        self.at += 1;
        Ok(())
    }

    fn escape(&mut self) -> Result<(), ParseJsonError> {
        match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                let digits = self.bytes.get(self.at + 2..self.at + 6);
                if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    return Err(self.syntax());
                }
                self.at += 6;
            }
            _ => return Err(self.syntax()),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), ParseJsonError> {
        let start = self.at;
        self.at += usize::from(self.bytes[start] == b'-');
        if self.bytes.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            self.digits()?;
        }
        self.push(start, self.at, NodeKind::Number)
    }

    fn digits(&mut self) -> Result<(), ParseJsonError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count > 0 { Ok(()) } else { Err(self.syntax()) }
    }

    fn literal(&mut self, word: &str, kind: NodeKind) -> Result<Option<usize>, ParseJsonError> {
        let start = self.at;
        if !self.bytes[start..].starts_with(word.as_bytes()) {
            return Err(self.syntax());
        }
        self.at += word.len();
        self.push(start, self.at, kind)?;
        Ok(None)
    }

    fn push(&mut self, start: usize, end: usize, kind: NodeKind) -> Result<(), ParseJsonError> {
        if self.nodes.len() >= self.limits.json_values.min(u32::MAX as usize) {
            return Err(ParseJsonError::TooManyValues { limit: self.limits.json_values });
        }
        let next = index(self.nodes.len() + 1);
        self.nodes.push(Node { start: index(start), end: index(end), next, kind });
        Ok(())
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.skip_space();
        let eaten = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(eaten);
        eaten
    }

    fn skip_space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn syntax(&self) -> ParseJsonError {
        ParseJsonError::Syntax { at: self.at }
    }

    /// Notes the names that an object has twice. Few names are compared with each other; of
    /// many the standard library's set, whose hashes nobody can foresee.
    fn find_repeats(&mut self, object: usize) {
        const FEW: usize = 12;
        let mut names: [usize; FEW] = [0; FEW];
        let mut seen: HashSet<Cow<'_, str>> = HashSet::new();
        let mut repeats: Vec<u32> = Vec::new();
        let mut count = 0;
        let mut place = object + 1;
        while place < self.nodes[object].next as usize {
            let repeated = if count < FEW {
                let repeated = names[..count].iter().any(|name| self.same(*name, place));
                names[count] = place;
                repeated
            } else {
                if count == FEW {
                    seen.extend(names.iter().map(|name| self.name(*name)));
                }
                !seen.insert(self.name(place))
            };
            if repeated {
                repeats.push(index(place));
            }
            count += 1;
            place = self.nodes[place + 1].next as usize;
        }
        self.repeats.extend(repeats);
    }

    fn same(&self, left: usize, right: usize) -> bool {
        self.name(left) == self.name(right)
    }

    fn name(&self, place: usize) -> Cow<'_, str> {
        let node = self.nodes[place];
        let raw = &self.text[node.start as usize..node.end as usize];
        match node.kind {
            // Two names that are no Unicode are the same when they are spelled the same.
            NodeKind::EscapedText => unescape(raw).map_or(Cow::Borrowed(raw), Cow::Owned),
            _ => Cow::Borrowed(raw),
        }
    }
}

/// Texts longer than an index are refused before the scan.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
