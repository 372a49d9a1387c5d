//! Bodies: how long, how many parameters, how they are framed, how they end.

use crate::case::{
    Body, CASE, Case, ENDED, Exchange, Expected, FORM, Flow, Framing, NOT_TAKEN, Setup, Signed,
    TAKEN, Wire, refused,
};

const LIMIT: usize = 256 * 1024;

const NARROW: Case = Case { setup: Setup::Narrow, ..CASE };

const ONE_TOO_LONG: Exchange = Exchange { body: Body::Padded(65), expected: refused(413), ..ENDED };

const EMPTY: Exchange = Exchange {
    target: "/any",
    body: Body::Text(""),
    expected: Expected { seen: &["any -"], ..refused(204) },
    ..ENDED
};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "a body of exactly the limit",
        exchanges: &[Exchange { body: Body::Padded(LIMIT), ..ENDED }],
        ..CASE
    },
    Case {
        name: "a body one byte over the limit",
        exchanges: &[Exchange { body: Body::Padded(LIMIT + 1), expected: refused(413), ..ENDED }],
        ..CASE
    },
    Case {
        name: "a body in chunks up to the limit",
        wire: Wire::Http1,
        exchanges: &[Exchange { body: Body::Padded(LIMIT), framing: Framing::Chunked, ..ENDED }],
        ..CASE
    },
    Case {
        name: "a body in chunks, one byte over the limit",
        wire: Wire::Http1,
        exchanges: &[Exchange {
            body: Body::Padded(LIMIT + 1),
            framing: Framing::Chunked,
            expected: refused(413),
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "a limit of one's own",
        exchanges: &[
            Exchange { body: Body::Padded(64), ..ENDED },
            ONE_TOO_LONG,
            Exchange { framing: Framing::Chunked, ..ONE_TOO_LONG },
        ],
        ..NARROW
    },
    Case {
        name: "a body too long is refused before its signature is looked at",
        exchanges: &[Exchange { signed: Signed::ByAnother, ..ONE_TOO_LONG }],
        ..NARROW
    },
    Case {
        name: "512 parameters",
        exchanges: &[Exchange { body: Body::Parameters(512), ..ENDED }],
        ..CASE
    },
    Case {
        name: "513 parameters",
        exchanges: &[Exchange { body: Body::Parameters(513), expected: refused(413), ..ENDED }],
        ..CASE
    },
    Case {
        name: "a limit of parameters of one's own",
        exchanges: &[
            Exchange { body: Body::Parameters(4), ..ENDED },
            Exchange { body: Body::Parameters(5), expected: refused(413), ..ENDED },
        ],
        ..NARROW
    },
    Case {
        name: "a body in chunks of different sizes",
        wire: Wire::Http1,
        exchanges: &[Exchange { framing: Framing::Chunked, ..ENDED }],
        ..CASE
    },
    Case {
        name: "a body that comes slowly",
        wire: Wire::Http1,
        exchanges: &[Exchange { framing: Framing::Dripping, ..ENDED }],
        ..CASE
    },
    Case {
        name: "a body that is sent when it is asked for",
        wire: Wire::Http1,
        exchanges: &[Exchange { framing: Framing::Asked, ..ENDED }],
        ..CASE
    },
    Case {
        name: "a body that is cut never reaches a handler",
        wire: Wire::Http1,
        exchanges: &[
            Exchange { framing: Framing::Cut, expected: refused(NOT_TAKEN), ..ENDED },
            ENDED,
        ],
        ..CASE
    },
    Case {
        name: "chunks without an end never reach a handler",
        wire: Wire::Http1,
        exchanges: &[
            Exchange { framing: Framing::CutChunks, expected: refused(NOT_TAKEN), ..ENDED },
            ENDED,
        ],
        ..CASE
    },
    Case {
        name: "an empty form is signed, and an event that nobody knows",
        exchanges: &[EMPTY],
        ..CASE
    },
    Case {
        name: "an empty form without a length",
        wire: Wire::Http1,
        exchanges: &[Exchange { framing: Framing::None, ..EMPTY }],
        ..CASE
    },
    Case {
        name: "an empty form with a wrong signature",
        exchanges: &[Exchange {
            body: Body::Text(""),
            signed: Signed::ByAnother,
            expected: refused(403),
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "plus, escapes and UTF-8 of a form are what was signed",
        exchanges: &[Exchange {
            body: Body::Text(
                "StatusCallbackEvent=room-ended&RoomSid=RM1&RoomDuration=42&RoomName=T%C3%A9+%26+caf%c3%a9",
            ),
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "a form that is no UTF-8 is taken as it was signed",
        exchanges: &[Exchange {
            body: Body::Text(
                "StatusCallbackEvent=room-ended&RoomSid=RM1&RoomDuration=42&RoomName=%FF%00",
            ),
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "requests after a body that was too long",
        wire: Wire::Http1,
        flow: Flow::Apart,
        exchanges: &[
            Exchange { content_type: Some(FORM), ..ONE_TOO_LONG },
            Exchange { body: Body::Padded(64), expected: TAKEN, ..ENDED },
        ],
        ..NARROW
    },
];
