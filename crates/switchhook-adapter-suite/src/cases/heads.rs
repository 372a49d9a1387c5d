//! Methods, content types and encodings.

use crate::case::{
    Body, CASE, Case, ENDED, Exchange, Expected, Framing, Signed, URL, Way, Wire, refused, says,
};

const JSON: Exchange = Exchange {
    target: "/raw",
    content_type: Some("application/json"),
    body: Body::Text("{\"a\":1}"),
    expected: refused(204),
    ..ENDED
};

const BY_GET: Exchange = Exchange {
    method: "GET",
    target: "/get?StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=a%20b",
    content_type: None,
    body: Body::Text(""),
    framing: Framing::None,
    expected: says(
        "https://hooks.example.com/get?StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=a%20b",
    ),
    ..ENDED
};

const NOT_ALLOWED: Expected = Expected { headers: &[("allow", "POST")], ..refused(405) };

const UNSUPPORTED: Expected = refused(415);

pub(super) const CASES: &[Case] = &[
    Case { name: "a signed form", exchanges: &[ENDED], ..CASE },
    Case { name: "GET, where a route allows it", exchanges: &[BY_GET], ..CASE },
    Case {
        name: "GET with an altered query",
        exchanges: &[Exchange {
            signed: Signed::At("https://hooks.example.com/get?StatusCallbackEvent=room-ended"),
            expected: refused(403),
            ..BY_GET
        }],
        ..CASE
    },
    Case {
        name: "POST, where a route allows GET as well",
        way: Some(Way::Endpoint),
        exchanges: &[Exchange {
            expected: says("https://hooks.example.com/get"),
            target: "/get",
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "methods that a route does not allow",
        way: Some(Way::Endpoint),
        exchanges: &[
            Exchange { method: "PUT", expected: NOT_ALLOWED, ..ENDED },
            Exchange { method: "PATCH", expected: NOT_ALLOWED, ..ENDED },
            Exchange { method: "DELETE", expected: NOT_ALLOWED, ..ENDED },
            Exchange { method: "OPTIONS", expected: NOT_ALLOWED, ..ENDED },
            Exchange { method: "PURGE", expected: NOT_ALLOWED, ..ENDED },
            Exchange { target: "/video", expected: NOT_ALLOWED, ..BY_GET },
            Exchange { method: "HEAD", target: "/video", expected: NOT_ALLOWED, ..BY_GET },
        ],
        ..CASE
    },
    Case {
        name: "a method that a route with GET does not allow",
        way: Some(Way::Endpoint),
        exchanges: &[Exchange {
            method: "PUT",
            target: "/get",
            expected: Expected { headers: &[("allow", "POST, GET")], ..refused(405) },
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "PUT reaches no handler of a framework",
        way: Some(Way::Extractor),
        exchanges: &[Exchange {
            method: "PUT",
            expected: Expected { body: None, ..refused(405) },
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "a path without a route",
        way: Some(Way::Endpoint),
        exchanges: &[
            Exchange { target: "/nowhere", expected: refused(404), ..ENDED },
            Exchange { target: "/", expected: refused(404), ..ENDED },
            Exchange { target: "/Video", expected: refused(404), ..ENDED },
        ],
        ..CASE
    },
    Case {
        name: "content types of a form, however they are written",
        exchanges: &[
            Exchange {
                content_type: Some("application/x-www-form-urlencoded; charset=UTF-8"),
                ..ENDED
            },
            Exchange { content_type: Some("APPLICATION/X-WWW-Form-URLEncoded"), ..ENDED },
            Exchange {
                content_type: Some("application/x-www-form-urlencoded;charset=\"utf-8\""),
                ..ENDED
            },
        ],
        ..CASE
    },
    Case {
        name: "a form without a content type",
        exchanges: &[Exchange { content_type: None, expected: UNSUPPORTED, ..ENDED }],
        ..CASE
    },
    Case {
        name: "content types that are no form",
        exchanges: &[
            Exchange {
                content_type: Some("multipart/form-data; boundary=x"),
                expected: UNSUPPORTED,
                ..ENDED
            },
            Exchange { content_type: Some("text/plain"), expected: UNSUPPORTED, ..ENDED },
            Exchange {
                content_type: Some("application/x-www-form-urlencoded-not"),
                expected: UNSUPPORTED,
                ..ENDED
            },
            Exchange { content_type: Some(""), expected: UNSUPPORTED, ..ENDED },
        ],
        ..CASE
    },
    Case {
        name: "JSON on a route of forms",
        exchanges: &[Exchange { target: "/video", expected: UNSUPPORTED, ..JSON }],
        ..CASE
    },
    Case {
        name: "two content types",
        exchanges: &[Exchange {
            headers: &[("content-type", "application/json")],
            expected: UNSUPPORTED,
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "JSON that bodySHA256 covers, where a route takes whole deliveries",
        exchanges: &[JSON],
        ..CASE
    },
    Case {
        name: "JSON that is none, and JSON that is not covered",
        exchanges: &[
            Exchange { body: Body::Text("{\"a\":"), expected: refused(400), ..JSON },
            Exchange { signed: Signed::Over("{\"a\":2}"), expected: refused(403), ..JSON },
        ],
        ..CASE
    },
    Case {
        name: "an encoded body",
        exchanges: &[
            Exchange { headers: &[("content-encoding", "gzip")], expected: UNSUPPORTED, ..ENDED },
            Exchange { headers: &[("Content-Encoding", "br")], expected: UNSUPPORTED, ..URL },
        ],
        ..CASE
    },
    Case {
        name: "header names in any letter case",
        exchanges: &[Exchange {
            signed: Signed::No,
            headers: &[("X-TWILIO-Signature", "{signature}")],
            ..ENDED
        }],
        wire: Wire::Http1,
        ..CASE
    },
];
