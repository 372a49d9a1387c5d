//! What a case is made of.

/// One row: what is sent to which application, and what has to come back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    /// What the case shows, as the report has it.
    pub(crate) name: &'static str,
    pub(crate) setup: Setup,
    pub(crate) way: Option<Way>,
    pub(crate) wire: Wire,
    pub(crate) flow: Flow,
    pub(crate) exchanges: &'static [Exchange],
}

/// A case for every adapter, on whatever it speaks.
pub(crate) const CASE: Case = Case {
    name: "",
    setup: Setup::Origin,
    way: None,
    wire: Wire::Any,
    flow: Flow::Apart,
    exchanges: &[],
};

/// How the application is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Setup {
    /// Signatures by the public origin.
    Origin,
    /// One public URL.
    Fixed,
    /// The public URL as the request says it.
    Direct,
    /// The public URL as one trusted proxy says it, in `X-Forwarded-…`.
    Proxied,
    /// As two trusted proxies in a row say it.
    ProxiedTwice,
    /// As a trusted proxy says it in `Forwarded`.
    Forwarded,
    /// Trusted proxies, of which the peer is none.
    Untrusted,
    /// A user name and a password.
    Basic,
    /// A secret in the query.
    Secret,
    /// A secret in the path.
    PathSecret,
    /// The address of the peer.
    Address,
    /// An address that the peer does not have.
    OtherAddress,
    /// An address behind a trusted proxy.
    ProxiedAddress,
    /// Signatures are optional.
    Unsigned,
    /// Bodies of 64 bytes and 4 parameters.
    Narrow,
    /// Deliveries are kept in memory.
    Inbox,
}

/// What of an adapter is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A dispatcher that it mounts.
    Endpoint,
    /// Handlers of the framework's own, which take events.
    Extractor,
}

/// What a case can be sent over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    /// Anything.
    Any,
    /// HTTP/1 or HTTP/2, not calls of a function.
    Socket,
    /// What only HTTP/1 can say.
    Http1,
    /// What only HTTP/2 can say.
    Http2,
}

/// How the exchanges of a case follow each other, over HTTP/1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Each on a connection of its own.
    Apart,
    /// One after the other on one connection.
    KeptAlive,
    /// On one connection, all sent before any answer is read.
    Pipelined,
}

/// One request and its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exchange {
    pub(crate) method: &'static str,
    pub(crate) target: &'static str,
    /// The `Host` headers, or the `:authority` and then them.
    pub(crate) hosts: &'static [&'static str],
    /// Further headers. `{signature}` stands for the right one.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) content_type: Option<&'static str>,
    pub(crate) body: Body,
    pub(crate) framing: Framing,
    pub(crate) signed: Signed,
    pub(crate) expected: Expected,
}

/// A body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body {
    Text(&'static str),
    /// The form of an ended room, padded to so many bytes.
    Padded(usize),
    /// The form of an ended room, with parameters up to this number.
    Parameters(usize),
}

/// How a body is sent over HTTP/1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// With its length.
    Length,
    /// In chunks.
    Chunked,
    /// With its length, in small pieces with pauses.
    Dripping,
    /// With its length, after the server has asked for it.
    Asked,
    /// With its length, and only half of it.
    Cut,
    /// In chunks, of which the last is missing.
    CutChunks,
    /// Without a length and without chunks: there is none.
    None,
}

/// What the signature header has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Signed {
    /// The signature of the request at the public origin.
    Rightly,
    /// The signature of the request at another URL.
    At(&'static str),
    /// That of another key.
    ByAnother,
    /// The right one, over another body.
    Over(&'static str),
    /// There is no such header.
    No,
    /// There are two, both right.
    Twice,
    /// A text.
    As(&'static str),
}

/// What has to come back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    /// The status, or [`NOT_TAKEN`].
    pub(crate) status: u16,
    /// Headers with these values. An empty value is for a header that has to be missing.
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) body: Option<&'static str>,
    /// What handlers have seen meanwhile.
    pub(crate) seen: &'static [&'static str],
}

/// In place of a status: the connection is closed without an answer, or the answer is 400, 403 or
/// 408, with whatever body; servers differ.
pub(crate) const NOT_TAKEN: u16 = 0;

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The public origin of the application.
pub(crate) const PUBLIC: &str = "https://hooks.example.com";

pub(crate) const HOST: &str = "hooks.example.com";

/// A signed form of a room that has ended, which is taken.
pub(crate) const ENDED: Exchange = Exchange {
    method: "POST",
    target: "/video",
    hosts: &[HOST],
    headers: &[],
    content_type: Some(FORM),
    body: Body::Text("StatusCallbackEvent=room-ended&RoomSid=RM1&RoomDuration=42"),
    framing: Framing::Length,
    signed: Signed::Rightly,
    expected: TAKEN,
};

/// 204, and the handler has seen the room.
pub(crate) const TAKEN: Expected =
    Expected { status: 204, headers: &[], body: Some(""), seen: &["ended RM1 42"] };

/// The answer is the URL that the signature was checked against.
pub(crate) const URL: Exchange = Exchange { target: "/url", ..ENDED };

/// A refusal: a status and nothing else.
pub(crate) const fn refused(status: u16) -> Expected {
    Expected { status, headers: &[], body: Some(""), seen: &[] }
}

/// A reply of 200 with this text.
pub(crate) const fn says(text: &'static str) -> Expected {
    Expected { status: 200, headers: &[], body: Some(text), seen: &[] }
}
