//! Upgrades to sockets, which have a signature of their `wss://` URL.

use bytes::Bytes;
use http::{Method, Request, request::Parts};
use switchhook::{Key, SIGNATURE_HEADER, Signer, dispatch::adapter};

use crate::{KEY, ORIGIN, verifier};

type Change = fn(&mut Parts);

/// A request for a `WebSocket` at a path, signed for a URL.
fn upgrade(path: &str, url: &str) -> Parts {
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    let signed = signer.sign(&Method::GET, url, None, &Bytes::new()).unwrap();
    let mut request = Request::get(format!("{ORIGIN}{path}")).body(()).unwrap();
    *request.headers_mut() = signed.headers;
    for (name, value) in [("connection", "Upgrade"), ("upgrade", "websocket")] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    request.into_parts().0
}

#[test]
fn an_upgrade_is_proven_by_the_signature_of_its_own_url() {
    const OURS: &str = "wss://hooks.example.com/media?call=CA1";
    let genuine = || upgrade("/media?call=CA1", OURS);
    assert!(adapter::upgrade(&verifier(), &genuine()).is_ok());
    let changes: [(&str, Change); 7] = [
        ("signature-missing", |head| drop(head.headers.remove(SIGNATURE_HEADER))),
        ("signature-repeated", |head| {
            let again = head.headers[SIGNATURE_HEADER].clone();
            head.headers.append(SIGNATURE_HEADER, again);
        }),
        ("signature-malformed", |head| {
            head.headers.insert(SIGNATURE_HEADER, "AAAA".parse().unwrap());
        }),
        ("signature-mismatch", |head| {
            head.headers.insert(SIGNATURE_HEADER, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=".parse().unwrap());
        }),
        ("signature-mismatch", |head| *head = upgrade("/media?call=CA2", OURS)),
        ("signature-mismatch", |head| *head = upgrade("/other?call=CA1", OURS)),
        ("signature-mismatch", |head| {
            *head = upgrade("/media?call=CA1", "wss://elsewhere.example.com/media?call=CA1");
        }),
    ];
    for (at, (reason, change)) in changes.into_iter().enumerate() {
        let mut head = genuine();
        change(&mut head);
        let refusal = adapter::upgrade(&verifier(), &head).expect_err("a forgery");
        assert_eq!(refusal.code(), reason, "forgery {at}");
    }
    // What is no upgrade has a body that nobody would look at.
    let mut posted = genuine();
    posted.method = Method::POST;
    let mut plain = genuine();
    plain.headers.remove("upgrade");
    for head in [posted, plain] {
        assert_eq!(adapter::upgrade(&verifier(), &head).expect_err("none").status(), 426);
    }
}
