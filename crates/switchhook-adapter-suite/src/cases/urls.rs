//! The URL that the signature is checked against: nesting, queries, escapes, hosts, proxies.

use crate::case::{
    CASE, Case, ENDED, Exchange, HOST, NOT_TAKEN, Setup, Signed, URL, Way, Wire, refused, says,
};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "the path before a router cut it",
        exchanges: &[
            Exchange { target: "/nested/video", ..ENDED },
            Exchange {
                target: "/nested/url?a=1",
                expected: says("https://hooks.example.com/nested/url?a=1"),
                ..URL
            },
            Exchange {
                target: "/nested/url",
                signed: Signed::At("https://hooks.example.com/url"),
                expected: refused(403),
                ..URL
            },
        ],
        ..CASE
    },
    Case {
        name: "a path below a prefix that has no route",
        way: Some(Way::Endpoint),
        exchanges: &[
            Exchange { target: "/nested/nowhere", expected: refused(404), ..ENDED },
            Exchange { target: "/nested/", expected: refused(404), ..ENDED },
        ],
        ..CASE
    },
    Case {
        name: "a query byte for byte",
        exchanges: &[
            Exchange {
                target: "/url?b=2&a=1&a=1&&c=&d",
                expected: says("https://hooks.example.com/url?b=2&a=1&a=1&&c=&d"),
                ..URL
            },
            Exchange {
                target: "/url?q=a+b%20c%2B%2f%2F'~(x)*!",
                expected: says("https://hooks.example.com/url?q=a+b%20c%2B%2f%2F'~(x)*!"),
                ..URL
            },
            Exchange {
                target: "/url?%41=%zz&t=[1]:@/?|",
                expected: says("https://hooks.example.com/url?%41=%zz&t=[1]:@/?|"),
                ..URL
            },
        ],
        wire: Wire::Socket,
        ..CASE
    },
    Case {
        name: "an empty query is one",
        exchanges: &[Exchange {
            target: "/url?",
            expected: says("https://hooks.example.com/url?"),
            ..URL
        }],
        wire: Wire::Socket,
        ..CASE
    },
    Case {
        name: "a query that was altered",
        exchanges: &[Exchange {
            target: "/url?tenant=2",
            signed: Signed::At("https://hooks.example.com/url?tenant=1"),
            expected: refused(403),
            ..URL
        }],
        ..CASE
    },
    Case {
        name: "escapes and slashes of a path to the letter",
        way: Some(Way::Endpoint),
        exchanges: &[
            Exchange { target: "/u%72l", expected: says("https://hooks.example.com/u%72l"), ..URL },
            Exchange { target: "//url", expected: says("https://hooks.example.com//url"), ..URL },
            Exchange { target: "/ur%6C", expected: refused(404), ..URL },
            Exchange { target: "/video/", expected: refused(204), ..URL },
            Exchange { target: "/url/", expected: refused(404), ..URL },
        ],
        ..CASE
    },
    Case {
        name: "escapes and slashes of a path below a prefix",
        way: Some(Way::Endpoint),
        exchanges: &[
            Exchange {
                target: "/nested/u%72l",
                expected: says("https://hooks.example.com/nested/u%72l"),
                ..URL
            },
            Exchange {
                target: "/nested//url",
                expected: says("https://hooks.example.com/nested//url"),
                ..URL
            },
        ],
        ..CASE
    },
    Case {
        name: "one URL of the configuration",
        setup: Setup::Fixed,
        exchanges: &[
            Exchange {
                target: "/url?tenant=1",
                signed: Signed::At("https://hooks.example.com/as/configured?tenant=1"),
                expected: says("https://hooks.example.com/as/configured?tenant=1"),
                ..URL
            },
            Exchange { expected: refused(403), ..URL },
        ],
        ..CASE
    },
    Case {
        name: "the host that a request names",
        setup: Setup::Direct,
        exchanges: &[
            Exchange {
                signed: Signed::At("http://hooks.example.com/url"),
                expected: says("http://hooks.example.com/url"),
                ..URL
            },
            Exchange {
                target: "/nested/url",
                signed: Signed::At("http://hooks.example.com/nested/url"),
                expected: says("http://hooks.example.com/nested/url"),
                ..URL
            },
            Exchange {
                hosts: &["evil.example.com"],
                signed: Signed::At("http://evil.example.com/url"),
                expected: refused(403),
                ..URL
            },
        ],
        wire: Wire::Socket,
        ..CASE
    },
    Case {
        name: "two Host headers",
        setup: Setup::Direct,
        wire: Wire::Http1,
        exchanges: &[Exchange {
            hosts: &[HOST, "evil.example.com"],
            signed: Signed::At("http://hooks.example.com/url"),
            expected: refused(NOT_TAKEN),
            ..URL
        }],
        ..CASE
    },
    Case {
        name: "a target with an authority, beside the same host",
        setup: Setup::Direct,
        wire: Wire::Http1,
        exchanges: &[Exchange {
            target: "http://hooks.example.com/url?a=1",
            signed: Signed::At("http://hooks.example.com/url?a=1"),
            expected: says("http://hooks.example.com/url?a=1"),
            ..URL
        }],
        ..CASE
    },
    Case {
        name: "an authority and another host",
        setup: Setup::Direct,
        wire: Wire::Http2,
        exchanges: &[
            Exchange {
                hosts: &[HOST, HOST],
                signed: Signed::At("http://hooks.example.com/url"),
                expected: says("http://hooks.example.com/url"),
                ..URL
            },
            Exchange {
                hosts: &[HOST, "evil.example.com"],
                signed: Signed::At("http://hooks.example.com/url"),
                expected: refused(NOT_TAKEN),
                ..URL
            },
        ],
        ..CASE
    },
    Case {
        name: "what a trusted proxy says",
        setup: Setup::Proxied,
        exchanges: &[
            Exchange {
                hosts: &["10.0.0.7:8080"],
                headers: &[("x-forwarded-proto", "https"), ("x-forwarded-host", HOST)],
                expected: says("https://hooks.example.com/url"),
                ..URL
            },
            Exchange {
                target: "/nested/url?x",
                hosts: &["10.0.0.7:8080"],
                headers: &[
                    ("x-forwarded-proto", "https"),
                    ("x-forwarded-host", HOST),
                    ("x-forwarded-port", "8443"),
                ],
                signed: Signed::At("https://hooks.example.com:8443/nested/url?x"),
                expected: says("https://hooks.example.com:8443/nested/url?x"),
                ..URL
            },
        ],
        wire: Wire::Socket,
        ..CASE
    },
    Case {
        name: "of a list the word of the last proxy counts",
        setup: Setup::Proxied,
        exchanges: &[
            Exchange {
                headers: &[
                    ("x-forwarded-proto", "http, https"),
                    ("x-forwarded-host", "evil.example.com, hooks.example.com"),
                ],
                expected: says("https://hooks.example.com/url"),
                ..URL
            },
            Exchange {
                headers: &[
                    ("x-forwarded-proto", "https"),
                    ("x-forwarded-host", "hooks.example.com"),
                    ("x-forwarded-host", "evil.example.com"),
                ],
                expected: refused(403),
                ..URL
            },
        ],
        wire: Wire::Socket,
        ..CASE
    },
    Case {
        name: "two proxies in a row",
        setup: Setup::ProxiedTwice,
        exchanges: &[Exchange {
            headers: &[
                ("x-forwarded-proto", "http, https, http"),
                ("x-forwarded-host", "evil.example.com, hooks.example.com, inner.example.com"),
            ],
            expected: says("https://hooks.example.com/url"),
            ..URL
        }],
        wire: Wire::Socket,
        ..CASE
    },
    Case {
        name: "Forwarded of a trusted proxy",
        setup: Setup::Forwarded,
        exchanges: &[
            Exchange {
                headers: &[("forwarded", "for=192.0.2.7;proto=https;host=hooks.example.com")],
                expected: says("https://hooks.example.com/url"),
                ..URL
            },
            Exchange {
                headers: &[("forwarded", "proto=https;host=\"hooks.example.com")],
                expected: refused(403),
                ..URL
            },
        ],
        wire: Wire::Socket,
        ..CASE
    },
    Case {
        name: "headers of a peer that is not trusted",
        setup: Setup::Untrusted,
        exchanges: &[
            Exchange {
                headers: &[("x-forwarded-proto", "https"), ("x-forwarded-host", HOST)],
                expected: refused(403),
                ..URL
            },
            Exchange {
                headers: &[("x-forwarded-proto", "https")],
                signed: Signed::At("http://hooks.example.com/url"),
                expected: says("http://hooks.example.com/url"),
                ..URL
            },
        ],
        wire: Wire::Socket,
        ..CASE
    },
];
