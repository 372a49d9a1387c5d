//! Several requests on one connection.

use crate::case::{
    Body, CASE, Case, ENDED, Exchange, Flow, Framing, Signed, URL, Wire, refused, says,
};

const FORGED: Exchange = Exchange { signed: Signed::ByAnother, expected: refused(403), ..ENDED };

const UNSIGNED: Exchange = Exchange { signed: Signed::No, expected: refused(403), ..ENDED };

const SAID: Exchange = Exchange { expected: says("https://hooks.example.com/url"), ..URL };

pub(super) const CASES: &[Case] = &[
    Case {
        name: "requests one after the other on a connection",
        wire: Wire::Http1,
        flow: Flow::KeptAlive,
        exchanges: &[ENDED, SAID, ENDED],
        ..CASE
    },
    Case {
        name: "a request after one whose signature was wrong",
        wire: Wire::Http1,
        flow: Flow::KeptAlive,
        exchanges: &[FORGED, ENDED],
        ..CASE
    },
    Case {
        name: "a request after one that was refused by its head",
        wire: Wire::Http1,
        flow: Flow::KeptAlive,
        exchanges: &[UNSIGNED, ENDED],
        ..CASE
    },
    Case {
        name: "a request after chunks that nobody read",
        wire: Wire::Http1,
        flow: Flow::KeptAlive,
        exchanges: &[Exchange { framing: Framing::Chunked, ..UNSIGNED }, ENDED],
        ..CASE
    },
    Case {
        name: "pipelined requests are answered in their order",
        wire: Wire::Http1,
        flow: Flow::Pipelined,
        exchanges: &[SAID, Exchange { target: "/video", ..FORGED }, ENDED],
        ..CASE
    },
    Case {
        name: "pipelined after one that was refused by its head",
        wire: Wire::Http1,
        flow: Flow::Pipelined,
        exchanges: &[UNSIGNED, ENDED],
        ..CASE
    },
    Case {
        name: "a body that looks like a request stays a body",
        wire: Wire::Http1,
        flow: Flow::KeptAlive,
        exchanges: &[
            Exchange {
                body: Body::Text("POST /video HTTP/1.1\r\nHost: hooks.example.com\r\n\r\n"),
                ..UNSIGNED
            },
            ENDED,
        ],
        ..CASE
    },
];
