//! What the provider would object to, with its own codes.

use std::{collections::HashMap, fmt};

use serde_core::{Serialize, Serializer, ser::SerializeStruct};
use switchhook_core::Severity;

use crate::{
    Document, Element,
    document::Start,
    grammar::{Dialect, ElementInfo, ReplyKind, elements},
    path,
};

mod attributes;
pub(crate) mod form;
mod structure;

/// The providers refuse larger documents: 64 kB.
const MAX_BYTES: usize = 64 * 1024;

/// Enough for anyone, and a bound for documents made of faults.
const MAX_DIAGNOSTICS: usize = 200;

/// Longer names than these bytes are no misspelt ones.
const MAX_MEANT: usize = 60;

/// One thing that the provider would object to.
///
/// Says where, and names elements and attributes, but shows no values and no text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The provider's code, where it has one for this.
    pub code: Option<u32>,
    /// How bad it is.
    pub severity: Severity,
    /// Where, like `/Response/Gather[2]/@timeout`.
    pub path: String,
    /// What is wrong, for people.
    pub message: String,
    /// Places of the nodes on the way down, and the attribute: for marks.
    pub(crate) place: Vec<usize>,
    pub(crate) attribute: Option<String>,
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Diagnostic", 4)?;
        fields.serialize_field("code", &self.code)?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("path", &self.path)?;
        fields.serialize_field("message", &self.message)?;
        fields.end()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, severity, path, message, .. } = self;
        match code {
            Some(code) => write!(f, "{severity} {code} {path}: {message}"),
            None => write!(f, "{severity} {path}: {message}"),
        }
    }
}

/// Looks for what a provider would object to.
///
/// ```
/// use switchhook_twiml::{Dialect, Linter, Severity, read};
///
/// let reply = read("<Response><Gather timeout='soon'><Dial/></Gather></Response>")?;
/// let found = Linter::new(Dialect::Twilio).lint(&reply);
/// assert_eq!(found[0].path, "/Response/Gather/@timeout");
/// assert_eq!((found[0].code, found[0].severity), (Some(13313), Severity::Warning));
/// assert_eq!((found[1].code, &*found[1].path), (Some(13320), "/Response/Gather/Dial"));
/// # Ok::<(), switchhook_twiml::ReadError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Linter {
    dialect: Dialect,
    reply: Option<ReplyKind>,
}

impl Linter {
    /// A linter for one provider's dialect.
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, reply: None }
    }

    /// Says which kind of reply it is; otherwise the verbs tell.
    #[must_use]
    pub fn reply(mut self, kind: ReplyKind) -> Self {
        self.reply = Some(kind);
        self
    }

    /// Looks through a document. The findings come in document order: up to 200 notes and 200 of
    /// the others. Where there are more of those, the last one is an error that says so.
    pub fn lint(&self, document: &Document) -> Vec<Diagnostic> {
        let dialect = &self.dialect;
        let mut lint = Lint { dialect, found: Vec::new(), notes: 0, values: HashMap::new() };
        lint.document(document, self.reply.as_ref());
        if lint.is_full() {
            // What was not looked at may be anything: a caller must not take it for good.
            lint.found.push(Diagnostic {
                code: None,
                severity: Severity::Error,
                path: path::root(document.root()),
                message: "too much to tell: the rest was not looked at".to_owned(),
                place: Vec::new(),
                attribute: None,
            });
        }
        lint.found
    }
}

struct Lint<'l> {
    dialect: &'l Dialect,
    found: Vec<Diagnostic>,
    /// How many of the findings are notes.
    notes: usize,
    /// The values of lists that were asked for, by their plain forms.
    values: HashMap<&'static str, HashMap<String, &'static str>>,
}

/// An element with its way down from the root.
#[derive(Clone, Copy)]
struct Spot<'d> {
    element: &'d Element,
    above: Option<(&'d Spot<'d>, usize)>,
}

impl Spot<'_> {
    fn path(&self) -> String {
        match self.above {
            None => path::root(self.element),
            Some((parent, at)) => parent.path() + &path::step(parent.element, at),
        }
    }

    fn place(&self) -> Vec<usize> {
        let Some((parent, at)) = self.above else { return Vec::new() };
        let mut place = parent.place();
        place.push(at);
        place
    }
}

impl Lint<'_> {
    /// Adds a finding about an element, or about one of its attributes.
    fn add(
        &mut self,
        spot: &Spot<'_>,
        attribute: Option<&str>,
        code: impl Into<Option<u32>>,
        severity: Severity,
        message: impl Into<String>,
    ) {
        if self.is_full() {
            return;
        }
        // Notes do not take the place of what is worse.
        if severity == Severity::Note {
            if self.notes == MAX_DIAGNOSTICS {
                return;
            }
            self.notes += 1;
        }
        let mut path = spot.path();
        if let Some(name) = attribute {
            path.push_str("/@");
            path.push_str(path::shown(name));
        }
        self.found.push(Diagnostic {
            code: code.into(),
            severity,
            path,
            message: message.into(),
            place: spot.place(),
            attribute: attribute.map(str::to_owned),
        });
    }

    fn is_full(&self) -> bool {
        self.found.len() - self.notes >= MAX_DIAGNOSTICS
    }

    fn warn(&mut self, spot: &Spot<'_>, code: impl Into<Option<u32>>, message: impl Into<String>) {
        self.add(spot, None, code, Severity::Warning, message);
    }

    fn document(&mut self, document: &Document, kind: Option<&ReplyKind>) {
        let root = Spot { element: document.root(), above: None };
        match document.start {
            Start::Clean => {}
            Start::Mark => self.warn(&root, 12100, "a byte order mark before the document"),
            Start::Blanks => self.warn(&root, 12200, "blanks before the document"),
        }
        match document.xml_len() {
            Ok(length) if length > MAX_BYTES => {
                let message = format!("{length} bytes, more than 64 kB");
                self.add(&root, None, 11750, Severity::Error, message);
            }
            Ok(_) => {}
            Err(error) => {
                self.add(&root, None, 12100, Severity::Error, error.to_string());
            }
        }
        if root.element.tag() != "Response" {
            self.add(&root, None, 12102, Severity::Error, "the root is not <Response>");
            return;
        }
        let kind = kind.filter(|kind| kind.is_recognized()).cloned();
        let kind = kind.unwrap_or_else(|| guess_kind(root.element));
        if let Some(info) = kind.root() {
            self.element(&root, info);
        }
    }

    fn element(&mut self, spot: &Spot<'_>, info: &'static ElementInfo) {
        self.available(spot, info);
        self.attributes(spot, info);
        self.text(spot, info);
        self.structure(spot, info);
        for (at, node) in spot.element.nodes().iter().enumerate() {
            let Some(element) = node.as_element() else { continue };
            if self.is_full() {
                return;
            }
            let child = Spot { element, above: Some((spot, at)) };
            match info.child(element.tag()) {
                Some(known) => self.element(&child, known),
                // Metadata of any name.
                None if matches!(info.name(), "Defaults" | "Function") => {}
                None => self.stranger(&child, info),
            }
        }
    }

    fn available(&mut self, spot: &Spot<'_>, info: &ElementInfo) {
        let name = path::shown(spot.element.tag());
        if !info.availability().includes(self.dialect) {
            if *self.dialect == Dialect::SignalWire {
                let message = format!("<{name}> is not on SignalWire's pages");
                self.add(spot, None, None, Severity::Note, message);
            } else {
                self.warn(spot, 12200, format!("<{name}> is of SignalWire's dialect"));
            }
        } else if info.is_retired() && *self.dialect != Dialect::SignalWire {
            let message = format!("the product behind <{name}> has ended");
            self.add(spot, None, None, Severity::Note, message);
        }
    }

    /// An element where the grammar has none of that tag.
    fn stranger(&mut self, spot: &Spot<'_>, parent: &ElementInfo) {
        let tag = spot.element.tag();
        let name = path::shown(tag);
        let inside = parent.tag();
        let elsewhere = elements().find(|known| known.tag() == tag);
        let code = match parent.name() {
            "Gather" => 13320,
            "Dial" => 13215,
            "Start" | "Stop" => 14300,
            "Annotate" => 13112,
            "MessagingResponse" if elsewhere.is_some() => 14110,
            _ => 12200,
        };
        // Start and Stop fail as a whole.
        let severity = if code == 14300 { Severity::Error } else { Severity::Warning };
        let message = if elsewhere.is_some() {
            format!("<{name}> cannot be nested inside <{inside}>")
        } else if let Some(meant) = elements().find(|known| is_meant(known.tag(), tag)) {
            format!("there is no <{name}>, but there is <{}>", meant.tag())
        } else {
            format!("<{name}> is unknown inside <{inside}>")
        };
        self.add(spot, None, code, severity, message);
        // What is inside may still be right in itself.
        if let Some(info) = elsewhere {
            self.element(spot, info);
        }
    }
}

/// Whether a name is another one in the wrong case or with the wrong marks.
fn is_meant(known: &str, given: &str) -> bool {
    given.len() <= MAX_MEANT && plain(known) == plain(given)
}

/// A name without its case and its marks.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The kind whose root takes most of the verbs.
fn guess_kind(root: &Element) -> ReplyKind {
    let takes = |kind: &ReplyKind| {
        let info = kind.root();
        root.elements()
            .take(100)
            .filter(|e| info.is_some_and(|i| i.child(e.tag()).is_some()))
            .count()
    };
    // The first of equals wins when compared backwards.
    ReplyKind::KNOWN
        .iter()
        .rev()
        .max_by_key(|kind| takes(kind))
        .cloned()
        .unwrap_or(ReplyKind::Voice)
}
