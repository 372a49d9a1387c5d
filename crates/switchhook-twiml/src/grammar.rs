//! The grammar as data: elements, attributes, values, nesting.
//!
//! The typed elements and this description come from the same rows, so that neither can
//! say what the other does not.
//!
//! ```
//! use switchhook_twiml::grammar::{self, Kind};
//!
//! let gather = grammar::elements().find(|element| element.name() == "Gather").unwrap();
//! assert_eq!(gather.attribute("numDigits").unwrap().kind(), Kind::Integer);
//! let inside: Vec<_> = gather.children().map(|child| child.tag()).collect();
//! assert_eq!(inside, ["Say", "Play", "Pause"]);
//! ```

use std::fmt;

use switchhook_core::open_enum;

use crate::{Element, name::Spelling};

/// Every element, the three roots first.
pub fn elements() -> impl Iterator<Item = &'static ElementInfo> {
    crate::elements::TABLES.iter().copied().flatten().copied()
}

open_enum! {
    /// Kind of a reply. Their root has the same tag and takes other verbs.
    pub enum ReplyKind {
        /// The answer to a call.
        Voice = "voice",
        /// The answer to a message.
        Messaging = "messaging",
        /// The answer to a fax.
        Fax = "fax",
    }
}

impl ReplyKind {
    /// The root element, where the kind is known.
    ///
    /// ```
    /// use switchhook_twiml::ReplyKind;
    ///
    /// assert_eq!(ReplyKind::Fax.root().unwrap().name(), "FaxResponse");
    /// assert_eq!(ReplyKind::from("video").root(), None);
    /// ```
    pub fn root(&self) -> Option<&'static ElementInfo> {
        use crate::{FaxResponse, Known, MessagingResponse, VoiceResponse};
        match self {
            Self::Voice => Some(VoiceResponse::INFO),
            Self::Messaging => Some(MessagingResponse::INFO),
            Self::Fax => Some(FaxResponse::INFO),
            _ => None,
        }
    }
}

open_enum! {
    /// Whose rules hold: the two providers' markup differs in a few elements and values.
    pub enum Dialect {
        /// Twilio's TwiML.
        Twilio = "twilio" | "twiml",
        /// SignalWire's cXML, also called LaML.
        SignalWire = "signalwire" | "cxml" | "laml",
    }
}

/// Which dialects have an element or an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Availability {
    /// Both.
    Everywhere,
    /// Twilio; SignalWire's pages do not have it.
    Twilio,
    /// SignalWire alone.
    SignalWire,
}

impl Availability {
    /// Whether the dialect has it.
    pub fn includes(self, dialect: &Dialect) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Twilio => *dialect != Dialect::SignalWire,
            Self::SignalWire => *dialect == Dialect::SignalWire,
        }
    }
}

/// Whether an element has text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextRule {
    /// None.
    None,
    /// It may.
    Optional,
    /// It has to, and more than blanks.
    Required,
}

/// One element of the grammar.
pub struct ElementInfo {
    pub(crate) name: &'static str,
    pub(crate) tag: &'static Spelling,
    pub(crate) parents: &'static [&'static str],
    pub(crate) text: TextRule,
    pub(crate) attributes: &'static [AttributeInfo],
    pub(crate) rules: Rules,
    pub(crate) set: SetByName,
}

/// Calls the typed setter of that wire name, if the values are of its kind.
pub(crate) type SetByName = fn(Element, &str, &[String]) -> Element;

impl ElementInfo {
    /// The name of its type, unlike the tag unique: `ReferSip` writes the tag `Sip`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The tag on the wire.
    pub fn tag(&self) -> &'static str {
        self.tag.name
    }

    /// The names of the elements that it may stand in.
    pub fn parents(&self) -> &'static [&'static str] {
        self.parents
    }

    /// The elements that may stand in it.
    pub fn children(&self) -> impl Iterator<Item = &'static ElementInfo> + use<> {
        let name = self.name;
        elements().filter(move |child| child.parents.contains(&name))
    }

    /// The element of that tag that may stand in it.
    pub fn child(&self, tag: &str) -> Option<&'static ElementInfo> {
        elements().find(|child| child.tag.name == tag && child.parents.contains(&self.name))
    }

    /// Its attributes, in the order in which they are written.
    pub fn attributes(&self) -> &'static [AttributeInfo] {
        self.attributes
    }

    /// The attribute of that wire name.
    pub fn attribute(&self, name: &str) -> Option<&'static AttributeInfo> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Whether it has text.
    pub fn text(&self) -> TextRule {
        self.text
    }

    /// The dialects that have it.
    pub fn availability(&self) -> Availability {
        self.rules.availability
    }

    /// Whether the product behind it has ended.
    pub fn is_retired(&self) -> bool {
        self.rules.retired
    }
}

/// The tables point to themselves: names and tags tell them apart.
impl PartialEq for ElementInfo {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for ElementInfo {}

impl fmt::Debug for ElementInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// One attribute of an element.
#[derive(Debug)]
pub struct AttributeInfo {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) rules: Rules,
}

impl AttributeInfo {
    /// The name on the wire.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The kind of its values.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The dialects that have it.
    pub fn availability(&self) -> Availability {
        self.rules.availability
    }

    /// Whether the provider insists on it.
    pub fn is_required(&self) -> bool {
        self.rules.presence == Presence::Required
    }

    /// The provider's code for a wrong value.
    pub fn code(&self) -> Option<u32> {
        self.rules.code
    }
}

/// Kind of an attribute's values.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Any text.
    Text,
    /// An absolute or relative URL.
    Url,
    /// An absolute URL.
    AbsoluteUrl,
    /// A `wss://` URL.
    WebSocketUrl,
    /// A phone number.
    Phone,
    /// A phone number or a sender's name.
    Address,
    /// A SID.
    Sid,
    /// A whole number from nought.
    Integer,
    /// Whole numbers, joined by blanks.
    Integers,
    /// A decimal number.
    Decimal,
    /// `true` or `false`.
    Flag,
    /// `true`, `false` or another text.
    FlagOrText,
    /// A whole number or `auto`.
    SpeechTimeout,
    /// A value of a list.
    One(&'static ValueList),
    /// Values of a list, joined by blanks.
    Many(&'static ValueList),
    /// Texts, joined by commas.
    Commas,
}

/// A list of values.
pub struct ValueList {
    pub(crate) name: &'static str,
    pub(crate) open: bool,
    pub(crate) values: &'static [&'static str],
    pub(crate) known: fn(&str) -> bool,
}

impl ValueList {
    /// The name of its enum.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the provider adds to it from time to time.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The values, in the provider's order.
    pub fn values(&self) -> &'static [&'static str] {
        self.values
    }

    /// Whether the text is one of them, or another spelling of one.
    pub fn knows(&self, text: &str) -> bool {
        (self.known)(text)
    }
}

impl PartialEq for ValueList {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for ValueList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// An enum that is a value list.
pub(crate) trait Listed {
    const LIST: &'static ValueList;
}

/// What the table says beyond name and kind, by the words in its brackets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    pub(crate) availability: Availability,
    pub(crate) presence: Presence,
    pub(crate) retired: bool,
    pub(crate) code: Option<u32>,
    pub(crate) range: (u32, u32),
    /// The range is not on the provider's own pages.
    pub(crate) hearsay: bool,
    pub(crate) between: Option<(f64, f64)>,
    pub(crate) max_chars: usize,
    pub(crate) prefix: &'static str,
    pub(crate) check: Option<Check>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Free,
    /// Pointless without it, though nothing enforces it.
    Expected,
    Required,
}

/// A form of values: what it is called, and whether a text has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Check {
    pub(crate) form: &'static str,
    pub(crate) holds: fn(&str) -> bool,
}

impl Rules {
    pub(crate) const NONE: Self = Self {
        availability: Availability::Everywhere,
        presence: Presence::Free,
        retired: false,
        code: None,
        range: (0, u32::MAX),
        hearsay: false,
        between: None,
        max_chars: usize::MAX,
        prefix: "",
        check: None,
    };

    pub(crate) const fn signalwire(mut self) -> Self {
        self.availability = Availability::SignalWire;
        self
    }

    pub(crate) const fn twilio(mut self) -> Self {
        self.availability = Availability::Twilio;
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.presence = Presence::Required;
        self
    }

    pub(crate) const fn expected(mut self) -> Self {
        self.presence = Presence::Expected;
        self
    }

    pub(crate) const fn retired(mut self) -> Self {
        self.retired = true;
        self
    }

    /// The provider's code for a wrong value, or a wrong text.
    pub(crate) const fn code(mut self, code: u32) -> Self {
        self.code = Some(code);
        self
    }

    pub(crate) const fn range(mut self, least: u32, most: u32) -> Self {
        self.range = (least, most);
        self
    }

    pub(crate) const fn at_least(self, least: u32) -> Self {
        self.range(least, u32::MAX)
    }

    pub(crate) const fn hearsay(mut self) -> Self {
        self.hearsay = true;
        self
    }

    pub(crate) const fn between(mut self, least: f64, most: f64) -> Self {
        self.between = Some((least, most));
        self
    }

    pub(crate) const fn max_chars(mut self, most: usize) -> Self {
        self.max_chars = most;
        self
    }

    pub(crate) const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    pub(crate) const fn check(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }
}
