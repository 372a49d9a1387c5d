//! A document for people: indented, with marks under the faults.

use std::fmt::Write as _;

use crate::{Diagnostic, Document, Element, Node, ReadError, read::is_blank, write::Sink as _};

/// The document, one element a line, with a mark and a message under each finding.
///
/// It is for reading, not for sending: blanks around elements are not those of the
/// document. It shows all values and texts.
///
/// ```
/// use switchhook_twiml::{Dialect, Linter, pretty, read};
///
/// let reply = read("<Response><Pause length='long'/></Response>")?;
/// let found = Linter::new(Dialect::Twilio).lint(&reply);
/// assert_eq!(pretty(&reply, &found), "\
/// <Response>
///   <Pause length=\"long\"/>
///          ^^^^^^^^^^^^^ warning 13910: not a whole number
/// </Response>
/// ");
/// # Ok::<(), switchhook_twiml::ReadError>(())
/// ```
pub fn pretty(document: &Document, findings: &[Diagnostic]) -> String {
    let mut page = Page { out: String::new(), findings, place: Vec::new() };
    page.element(document.root());
    page.out
}

/// The line of a document that could not be read, with a mark under the place.
///
/// ```
/// use switchhook_twiml::{pretty_fault, read};
///
/// let xml = "<Response>\n  <Say>Hi</Say>\n  <Say>5 & 6</Say>\n</Response>";
/// let error = read(xml).unwrap_err();
/// let shown = pretty_fault(xml, &error);
/// assert!(shown.starts_with("3 |   <Say>5 & 6</Say>\n"));
/// assert!(shown.contains("error 12100"));
/// ```
pub fn pretty_fault(xml: &str, error: &ReadError) -> String {
    let mut offset = error.offset.min(xml.len());
    while !xml.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &xml[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = xml[line_start..].lines().next().unwrap_or_default();
    let number = before.matches('\n').count() + 1;
    let column = xml[line_start..offset].chars().count();
    // Of a long line only what is around the place.
    let skipped = column.saturating_sub(60);
    let shown: String = line.chars().skip(skipped).take(100).map(visible).collect();
    let margin = format!("{number} | ");
    let indent = margin.len() + column - skipped;
    format!("{margin}{shown}\n{:indent$}^ error {}: {}\n", "", error.code(), error.kind)
}

fn visible(character: char) -> char {
    if character.is_control() { ' ' } else { character }
}

struct Page<'p> {
    out: String,
    findings: &'p [Diagnostic],
    place: Vec<usize>,
}

impl Page<'_> {
    fn element(&mut self, element: &Element) {
        let indent = 2 * self.place.len();
        let mut line = " ".repeat(indent);
        let mut spans = vec![(None, indent, element.tag().chars().count() + 1)];
        line.put("<");
        line.put(element.tag());
        for (name, value) in element.attributes() {
            let start = line.chars().count() + 1;
            let _ = write!(line, " {name}=\"{}\"", escaped(value));
            spans.push((Some(name), start, line.chars().count() - start));
        }
        let inline = element.nodes().iter().all(|node| node.as_text().is_some());
        if element.nodes().is_empty() {
            line.put("/>");
        } else if inline {
            let _ = write!(line, ">{}</{}>", escaped(&element.text()), element.tag());
        } else {
            line.put(">");
        }
        self.line(&line);
        self.marks(&spans);
        if inline {
            return;
        }
        for (at, node) in element.nodes().iter().enumerate() {
            let inner = " ".repeat(indent + 2);
            match node {
                Node::Element(child) => {
                    self.place.push(at);
                    self.element(child);
                    self.place.pop();
                }
                Node::Text(text) if text.chars().all(is_blank) => {}
                Node::Text(text) => self.line(&(inner + escaped(text).trim_matches(is_blank))),
                Node::Comment(text) => self.line(&format!("{inner}<!--{}-->", escaped(text))),
            }
        }
        self.line(&format!("{}</{}>", " ".repeat(indent), element.tag()));
    }

    fn line(&mut self, line: &str) {
        self.out.put(line);
        self.out.put("\n");
    }

    fn marks(&mut self, spans: &[(Option<&str>, usize, usize)]) {
        let place = self.place.clone();
        for finding in self.findings.iter().filter(|finding| finding.place == place) {
            let attribute = finding.attribute.as_deref();
            let span = spans.iter().find(|(name, ..)| *name == attribute).or(spans.first());
            let (start, width) = span.map_or((0, 1), |&(_, start, width)| (start, width));
            let mut line =
                format!("{:start$}{} {}", "", "^".repeat(width), finding.severity.as_str());
            if let Some(code) = finding.code {
                let _ = write!(line, " {code}");
            }
            let _ = write!(line, ": {}", finding.message);
            self.line(&line);
        }
    }
}

/// As written, and no control characters for the terminal.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
