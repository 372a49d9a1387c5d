//! What the doctor says.

use std::fmt;

use super::{
    Cause,
    cover::{Cover, Taken},
};
use crate::Algorithm;

/// What is wrong with a request's signature, and how that was found out.
///
/// No proof: what only matches after a change has not been verified, and nothing here makes a
/// [`Verified`](crate::Verified) delivery of it. `Debug` and `Display` show neither URLs nor
/// parameters.
#[derive(Clone)]
pub struct Diagnosis {
    pub(super) causes: Vec<Cause>,
    pub(super) matched: Option<Matched>,
    pub(super) received: Option<SignedText>,
    pub(super) steps: Vec<Step>,
    pub(super) macs: usize,
    pub(super) setting: Option<String>,
}

impl Diagnosis {
    /// The finding: the weightiest cause.
    pub fn cause(&self) -> Cause {
        self.causes.first().copied().unwrap_or(Cause::NoMatch)
    }

    /// Every cause that had to be assumed for the signature to match, the finding first.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// What gives the signature; `None` where nothing does, and the cause then only says what
    /// the request itself shows.
    pub fn matched(&self) -> Option<&Matched> {
        self.matched.as_ref()
    }

    /// What to change, in words.
    pub fn advice(&self) -> &'static str {
        self.cause().advice()
    }

    /// The setting that would put it right, in this library's spelling and with its value,
    /// such as `PublicUrl::origin("https://hooks.example.com")`, where there is one. For the
    /// operator: it names the public host.
    pub fn setting(&self) -> Option<&str> {
        self.setting.as_deref()
    }

    /// The text that the request should have been signed over, as it was received. For the
    /// operator alone, since it holds URL and body; `None` where the request cannot be read.
    pub fn received(&self) -> Option<&SignedText> {
        self.received.as_ref()
    }

    /// What was tried, in order. The search ends at the first match.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many MACs it took, the check of the match included: [`Doctor::MOST_MACS`](super::Doctor::MOST_MACS) at most.
    pub fn macs(&self) -> usize {
        self.macs
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.cause(), self.advice())
    }
}

impl fmt::Debug for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnosis")
            .field("causes", &self.causes)
            .field("matched", &self.matched)
            .field("steps", &self.steps)
            .field("macs", &self.macs)
            .finish_non_exhaustive()
    }
}

/// The combination that gives the signature.
#[derive(Clone)]
pub struct Matched {
    pub(super) text: SignedText,
    pub(super) key: usize,
    pub(super) key_label: Box<str>,
    pub(super) algorithm: Algorithm,
    pub(super) source: &'static str,
    pub(super) header: &'static str,
    pub(super) written_as: Option<Taken>,
}

impl Matched {
    /// The URL that was signed. For the operator: a query may carry a message, and a URL a
    /// password.
    pub fn url(&self) -> &str {
        &self.text.url
    }

    /// The place of the key: first those that the receiver checks with, then the others in the
    /// order in which the doctor was told of them.
    pub fn key(&self) -> usize {
        self.key
    }

    /// The name that the key was given, else `key` and its place.
    pub fn key_label(&self) -> &str {
        &self.key_label
    }

    /// The algorithm of the signature.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// What stood for the body in the signed text.
    pub fn taken(&self) -> Taken {
        self.text.cover.taken
    }

    /// How the JSON was written whose hash is in the signed URL, where the body is not that one
    /// and a usual library writes it so.
    pub fn written_as(&self) -> Option<Taken> {
        self.written_as
    }

    /// What gave the signed URL: `request`, `X-Forwarded-Host`, `known URL` and the like.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// The header that carries the signature, in lower case.
    pub fn header(&self) -> &'static str {
        self.header
    }

    /// The text that was signed. For the operator alone, since it holds URL and body.
    pub fn signed_text(&self) -> &SignedText {
        &self.text
    }
}

impl fmt::Debug for Matched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matched")
            .field("text", &self.text)
            .field("key", &self.key)
            .field("algorithm", &self.algorithm)
            .field("source", &self.source)
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

/// One step of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// What was varied.
    pub stage: Stage,
    /// How many different texts were tried.
    pub texts: usize,
    /// How many MACs it took: one for each text, key and claimed signature.
    pub macs: usize,
    /// Whether the search went no further for want of MACs.
    pub cut_short: bool,
}

/// What a step of the search varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Nothing but the key: the URL as it was received.
    Received,
    /// Scheme, host and port.
    Origin,
    /// The path.
    Path,
    /// The query.
    Query,
    /// User name, password and fragment.
    Credentials,
    /// The parameters or the body.
    Content,
    /// Several of these at once.
    Combined,
}

impl Stage {
    /// A stable word, such as `origin`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Origin => "origin",
            Self::Path => "path",
            Self::Query => "query",
            Self::Credentials => "credentials",
            Self::Content => "content",
            Self::Combined => "combined",
        }
    }
}

/// A text that a signature is over, cut at its seams.
///
/// It holds URL and body: `Debug` shows its length.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedText {
    pub(super) url: String,
    pub(super) cover: Cover,
}

/// A piece of a signed text.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segment<'a> {
    /// What the piece is.
    pub part: Part,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What a piece of a signed text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// The URL.
    Url,
    /// The name of a parameter.
    Name,
    /// The value of the name before it.
    Value,
    /// The body.
    Body,
}

impl Part {
    /// A stable word: `url`, `name`, `value` or `body`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Name => "name",
            Self::Value => "value",
            Self::Body => "body",
        }
    }
}

impl SignedText {
    /// The URL in it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What stands for the body in it.
    pub fn taken(&self) -> Taken {
        self.cover.taken
    }

    /// Its pieces in order. Joined, without anything between, they are the text.
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let url = Segment { part: Part::Url, bytes: self.url.as_bytes() };
        std::iter::once(url).chain(self.cover.segments())
    }
}

impl fmt::Debug for SignedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (url, cover) = (self.url.len(), self.cover.bytes().len());
        write!(f, "SignedText({url} bytes of URL, {cover} of {})", self.cover.taken.as_str())
    }
}

impl fmt::Debug for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({} bytes)", self.part.as_str(), self.bytes.len())
    }
}
