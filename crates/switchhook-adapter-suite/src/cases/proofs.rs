//! Who is let in: signatures and guards.

use crate::case::{
    Body, CASE, Case, ENDED, Exchange, Expected, Framing, Setup, Signed, URL, Way, Wire, refused,
    says,
};

const REFUSED: Expected = refused(403);

const ASKED: Expected = Expected {
    headers: &[("www-authenticate", "Basic realm=\"webhooks\", charset=\"UTF-8\"")],
    ..refused(401)
};

/// Refused by a guard that no credentials help with.
const KEPT_OUT: Expected = Expected { headers: &[("www-authenticate", "")], ..REFUSED };

const UPGRADE: Exchange = Exchange {
    method: "GET",
    target: "/media?call=CA1",
    headers: &[
        ("connection", "Upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ],
    content_type: None,
    body: Body::Text(""),
    framing: Framing::None,
    signed: Signed::At("wss://hooks.example.com/media?call=CA1"),
    expected: says("wss://hooks.example.com/media?call=CA1"),
    ..ENDED
};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "no signature",
        exchanges: &[Exchange { signed: Signed::No, expected: REFUSED, ..ENDED }],
        ..CASE
    },
    Case {
        name: "the signature of another key",
        exchanges: &[Exchange { signed: Signed::ByAnother, expected: REFUSED, ..ENDED }],
        ..CASE
    },
    Case {
        name: "the signature of another body",
        exchanges: &[Exchange {
            signed: Signed::Over("StatusCallbackEvent=room-ended&RoomSid=RM2&RoomDuration=42"),
            expected: REFUSED,
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "signatures that are none",
        exchanges: &[
            Exchange { signed: Signed::As(""), expected: REFUSED, ..ENDED },
            Exchange { signed: Signed::As("not base64!"), expected: REFUSED, ..ENDED },
            Exchange { signed: Signed::As("AAAA"), expected: REFUSED, ..ENDED },
        ],
        ..CASE
    },
    Case {
        name: "two signature headers, both right",
        exchanges: &[Exchange { signed: Signed::Twice, expected: REFUSED, ..ENDED }],
        ..CASE
    },
    Case {
        name: "a request that need not be signed",
        setup: Setup::Unsigned,
        exchanges: &[
            Exchange {
                signed: Signed::No,
                expected: says("unproven https://hooks.example.com/url"),
                ..URL
            },
            Exchange { expected: says("https://hooks.example.com/url"), ..URL },
            Exchange { signed: Signed::ByAnother, expected: REFUSED, ..URL },
        ],
        ..CASE
    },
    Case {
        name: "credentials are asked for, and taken",
        setup: Setup::Basic,
        exchanges: &[
            Exchange { expected: ASKED, ..ENDED },
            Exchange { headers: &[("authorization", "Basic dXNlcjpwYXNzd29yZA==")], ..ENDED },
        ],
        ..CASE
    },
    Case {
        name: "wrong credentials, and credentials twice",
        setup: Setup::Basic,
        exchanges: &[
            Exchange {
                headers: &[("authorization", "Basic dXNlcjpub3BlCg==")],
                expected: ASKED,
                ..ENDED
            },
            Exchange { headers: &[("authorization", "Bearer x")], expected: ASKED, ..ENDED },
            Exchange {
                headers: &[
                    ("authorization", "Basic dXNlcjpwYXNzd29yZA=="),
                    ("authorization", "Basic dXNlcjpwYXNzd29yZA=="),
                ],
                expected: ASKED,
                ..ENDED
            },
        ],
        ..CASE
    },
    Case {
        name: "right credentials do not replace a signature",
        setup: Setup::Basic,
        exchanges: &[Exchange {
            headers: &[("authorization", "Basic dXNlcjpwYXNzd29yZA==")],
            signed: Signed::ByAnother,
            expected: KEPT_OUT,
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "a secret in the query",
        setup: Setup::Secret,
        exchanges: &[
            Exchange { target: "/video?secret=s3cret", ..ENDED },
            Exchange { target: "/video?secret=wrong", expected: KEPT_OUT, ..ENDED },
            Exchange { target: "/video", expected: KEPT_OUT, ..ENDED },
            Exchange { target: "/video?secret=s3cret&secret=s3cret", expected: KEPT_OUT, ..ENDED },
        ],
        ..CASE
    },
    Case {
        name: "a secret in the path that a router cuts off",
        setup: Setup::PathSecret,
        exchanges: &[
            Exchange { target: "/nested/video", ..ENDED },
            Exchange { target: "/nested/any", expected: KEPT_OUT, ..ENDED },
        ],
        ..CASE
    },
    Case { name: "the address of the peer", setup: Setup::Address, exchanges: &[ENDED], ..CASE },
    Case {
        name: "the address of another peer",
        setup: Setup::OtherAddress,
        exchanges: &[
            Exchange { expected: KEPT_OUT, ..ENDED },
            Exchange {
                headers: &[("x-forwarded-for", "192.0.2.7"), ("forwarded", "for=192.0.2.7")],
                expected: KEPT_OUT,
                ..ENDED
            },
        ],
        ..CASE
    },
    Case {
        name: "the address that a trusted proxy was called from",
        setup: Setup::ProxiedAddress,
        exchanges: &[
            Exchange { headers: &[("x-forwarded-for", "198.51.100.1, 192.0.2.7")], ..ENDED },
            Exchange {
                headers: &[("x-forwarded-for", "192.0.2.7, 198.51.100.1")],
                expected: KEPT_OUT,
                ..ENDED
            },
        ],
        ..CASE
    },
    Case {
        name: "an upgrade is proven by its wss URL",
        way: Some(Way::Extractor),
        wire: Wire::Http1,
        exchanges: &[
            UPGRADE,
            Exchange {
                signed: Signed::At("https://hooks.example.com/media?call=CA1"),
                expected: REFUSED,
                ..UPGRADE
            },
            Exchange { signed: Signed::No, expected: REFUSED, ..UPGRADE },
        ],
        ..CASE
    },
    Case {
        name: "what is to be an upgrade and is none",
        way: Some(Way::Extractor),
        exchanges: &[Exchange {
            headers: &[],
            expected: Expected { headers: &[("upgrade", "websocket")], ..refused(426) },
            ..UPGRADE
        }],
        wire: Wire::Http1,
        ..CASE
    },
];
