//! Values of one reader each, and rows.

use serde_json::Value;

use super::{Input, Seeds, fixture};
use crate::{read, targets::inbox_rows};

/// The name of a seed, the place of its reader in the target's list, and what it reads.
const SMALL: &[(&str, u8, &[u8])] = &[
    ("sample-timestamp-iso", 0, b"2023-08-14T20:03:25.609Z"),
    ("sample-timestamp-offset", 0, b"2025-11-21 10:11:12.5-07:30"),
    ("sample-timestamp-rfc", 0, b"Fri, 21 Nov 2025 10:11:12 +0000"),
    ("edge-timestamp-leap-second", 0, b"2016-12-31T23:59:60Z"),
    ("edge-timestamp-leap-day", 0, b"29 Feb 2000 00:00 GMT"),
    ("edge-timestamp-first-year", 0, b"0000-01-01T00:00:00.000000001+23:59"),
    ("edge-timestamp-sign-of-digits", 0, b"2025-11-21T10:11:12+1:00"),
    ("sample-sid", 1, b"ACf4aac78a044ec408eb627a2ce7f18cd8"),
    ("edge-sid-that-is-a-number", 1, b"+15550001111"),
    ("sample-host", 2, b"https://agent.example.com:8443/hooks/"),
    ("edge-host-of-a-template", 2, b"wss://{{host}}/media"),
    ("edge-host-with-a-scheme-in-its-path", 2, b"https://a.example.com/b://c"),
    ("sample-url", 3, b"https://hooks.example.com/voice?tenant=7#rc=2"),
    ("edge-url-with-credentials", 3, b"HTTPS://us%40er:p%3Ass@[2001:db8::1]:8443//a/"),
    ("edge-url-without-a-path", 3, b"wss://hooks.example.com?x=1"),
    ("sample-prefix", 4, b"/prod/"),
    ("edge-prefix-with-a-query", 4, b"/prod?x"),
    ("sample-setting-login", 5, b"operator:a long password"),
    ("sample-setting-list", 5, b"192.0.2.7, 2001:db8::/32"),
    ("sample-setting-number", 5, b" 8443 "),
    ("edge-setting-without-a-password", 5, b"operator: "),
    ("edge-setting-that-is-no-text", 5, b"\xff:\xfe"),
    ("sample-arguments", 6, br#"{"city":"Springfield","days":3}"#),
    ("edge-arguments-like-a-wrapper", 6, br#"{"parsed":[{"a":1}],"raw":"{\"a\":2}"}"#),
    ("edge-arguments-between-fences", 6, b"```json\n{\"a\":1}\n```"),
    ("edge-arguments-that-are-broken", 6, br#"{"a":"\ud800","b":1e999,"a":"#),
    ("sample-word-algorithm", 7, b"hmac_sha256"),
    ("sample-word-state", 7, b"retry"),
    ("sample-word-delivery", 7, b"ev_00112233445566778899aabbccddeeff"),
    ("edge-word-with-a-sign", 7, b"ev_+0112233445566778899aabbccddeeff"),
    ("edge-token-parts", 8, b"b:c\na.b\nc.a.b:c.100.0707070707070707.00"),
    ("edge-session-url-with-another", 9, b"/f?a=1&%5F_token=x&token=y"),
    ("edge-session-url-with-a-fragment", 9, b"/f?a=1#&__token=x"),
    ("sample-credentials", 10, b"operator\na: long password\noperator:a: long password"),
    ("edge-credentials-as-a-header", 10, b"a\nb\nbasic\tYTpi"),
    ("edge-credentials-without-padding", 10, b"a\nb\nBASIC YTpiYg"),
    ("sample-secret-in-the-query", 11, b"secret\nold\nswaig?secret=%6Fld&a=1"),
    ("sample-secret-in-the-path", 11, b"secret\nold\nhooks/old/voice"),
    ("edge-secret-twice", 11, b"secret\nold\n?secret=old&secret=old"),
    ("edge-secret-in-part", 11, b"secret\nold\nhooks/older?secret=ol%FF"),
    ("sample-addresses", 12, b"192.0.2.7\n198.51.100.0/24\n2001:db8::/32\n::ffff:203.0.113.0/120"),
    ("edge-addresses-none", 12, b"10.0.0.0/33\n"),
    ("edge-addresses-with-a-zero-before", 12, b"10.0.0.03/3\n"),
];

pub(super) fn small() -> Seeds {
    let mut seeds = Seeds::new();
    for (name, reader, bytes) in SMALL {
        seeds.insert((*name).to_owned(), [&[*reader], *bytes].concat());
    }
    let text = fixture!("switchhook-signature/tests/fixtures/swaig-tokens.json");
    let tokens: Vec<Value> = serde_json::from_str(text).unwrap();
    for vector in tokens.iter().take(5) {
        let text = |name: &str| vector[name].as_str().unwrap();
        let (function, call, token) = (text("function"), text("call_id"), text("token"));
        let bytes = format!("\u{8}{function}\n{call}\n{token}");
        seeds.insert(format!("sample-{}", &text("id")[3..]), bytes.into_bytes());
    }
    seeds.insert(
        "sample-token-url".into(),
        format!("\t{}", tokens[0]["url"].as_str().unwrap()).into(),
    );
    seeds
}

/// A row as the inbox writes it.
const ROW: inbox_rows::Row<'_> = inbox_rows::Row {
    tls: true,
    status: 200,
    has_public_target: true,
    has_peer: true,
    method: b"POST",
    target: b"/video?a=b%20c",
    public_target: b"/hooks/video?a=b%20c",
    peer: b"192.0.2.7",
    segment: "RM1",
    headers: b"content-type: text/xml\naccept: a\naccept: \n",
    body: b"StatusCallbackEvent=room-ended&RoomSid=RM1",
};

const ROWS: &[(&str, inbox_rows::Row<'_>)] = &[
    ("sample-whole", ROW),
    (
        "sample-fetch",
        inbox_rows::Row {
            method: b"GET",
            has_public_target: false,
            has_peer: false,
            tls: false,
            segment: "a%20b%2Fc%C3%A9",
            headers: b"",
            body: b"",
            ..ROW
        },
    ),
    ("sample-address", inbox_rows::Row { peer: b"::ffff:192.0.2.7", status: 100, ..ROW }),
    ("edge-method", inbox_rows::Row { method: b"", segment: "", ..ROW }),
    ("edge-target-that-is-none", inbox_rows::Row { target: b"not a uri", segment: "%", ..ROW }),
    ("edge-target-that-is-no-text", inbox_rows::Row { target: b"\xff", segment: "%ff", ..ROW }),
    ("edge-public-target", inbox_rows::Row { public_target: b"\0", segment: "%+1", ..ROW }),
    ("edge-peer", inbox_rows::Row { peer: b"nobody", segment: "%00", ..ROW }),
    ("edge-header-without-a-colon", inbox_rows::Row { headers: b"a: b\nc:d\n", ..ROW }),
    ("edge-header-of-bytes", inbox_rows::Row { headers: b"x-bytes: \xfe: \xff\n: \n", ..ROW }),
    ("edge-header-with-nul", inbox_rows::Row { headers: b"x: \0", ..ROW }),
    ("edge-status", inbox_rows::Row { status: 7, ..ROW }),
];

pub(super) fn rows() -> Seeds {
    let seed = |row: &inbox_rows::Row<'_>| {
        let input = Input::ending_with(row.body)
            .bytes(row.headers)
            .text(row.segment)
            .bytes(row.peer)
            .bytes(row.public_target)
            .bytes(row.target)
            .bytes(row.method)
            .byte(row.has_peer)
            .byte(row.has_public_target)
            .number(row.status)
            .byte(row.tls);
        assert_eq!(read::<(inbox_rows::Row<'_>,)>(&input.0), Some((*row,)));
        input.0
    };
    ROWS.iter().map(|(name, row)| ((*name).to_owned(), seed(row))).collect()
}
