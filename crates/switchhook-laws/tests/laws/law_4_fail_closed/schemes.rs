//! Each scheme with each kind of body: what is genuine, and what a forger makes of it.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};
use switchhook::{
    Algorithm, Decoded, Family, Format, Key, Keys, Params, PublicUrl,
    SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER, Signer, Verifier,
    dispatch::{Dispatcher, Endpoint, interactive, notify},
    signalwire::{SignalWireEvent, compat::CompatWebhook},
    twilio::{video::VideoEvent, voice::VoiceWebhook},
};

use crate::{KEY, ORIGIN, payload_of, signed, verifier};

type Change = fn(&mut Request<Bytes>);

/// A way in which a provider proves a kind of body.
struct Scheme {
    name: &'static str,
    verifier: Verifier,
    genuine: Request<Bytes>,
    /// Such a request signed with another key.
    anothers: Request<Bytes>,
    /// What an operator is told of a changed body.
    changed_body: &'static str,
    /// What an operator is told where there is no body at all.
    no_body: &'static str,
    /// What an operator is told of an empty signature, which is none to SignalWire's libraries.
    empty: &'static str,
    /// What is a forgery of this scheme alone.
    own: Vec<(&'static str, Change)>,
    /// Serves a request on both kinds of routes: the answers, and how often a handler was called.
    serve: fn(Verifier) -> Served,
}

/// Routes of both kinds, and the calls of their handlers.
type Served = (Vec<Box<dyn Endpoint>>, Arc<AtomicUsize>);

fn served<F: Family>(verifier: Verifier) -> Served {
    let called = Arc::new(AtomicUsize::new(0));
    let (told, asked) = (Arc::clone(&called), Arc::clone(&called));
    let told = move |_: F| _ = told.fetch_add(1, Ordering::SeqCst);
    let asked = move |_: F| {
        asked.fetch_add(1, Ordering::SeqCst);
        "an answer"
    };
    let notified = notify(verifier.clone()).otherwise(told);
    let interacted = interactive(verifier).otherwise(asked);
    let routes: Vec<Box<dyn Endpoint>> = vec![
        Box::new(Dispatcher::new(()).at("/hook", notified)),
        Box::new(Dispatcher::new(()).at("/hook", interacted)),
    ];
    (routes, called)
}

const FORM: &str = "StatusCallbackEvent=room-ended&RoomSid=RM1";
const URL: &str = "https://hooks.example.com/hook";

/// The first event of a family in a format, as its provider would send it.
fn sample<F: Family>(format: Format) -> Bytes {
    let info = F::events().find(|info| info.format == format).expect("there is one");
    let payload = payload_of(info, &[]);
    assert!(matches!(F::decode_as(info.name, &payload).decoded(), Decoded::Event(_)));
    payload.params().map_or_else(
        || Bytes::copy_from_slice(payload.as_bytes()),
        |params| params.to_form().into(),
    )
}

fn json(signer: &Signer, body: &Bytes) -> Request<Bytes> {
    signer.json(URL, body.clone()).unwrap()
}

fn form(signer: &Signer, body: &Bytes) -> Request<Bytes> {
    signer.form(URL, &Params::parse(body).unwrap()).unwrap()
}

fn key() -> Key {
    Key::new(KEY).unwrap()
}

fn other_key() -> Key {
    Key::new("another key").unwrap()
}

fn schemes() -> Vec<Scheme> {
    twilios().into_iter().chain(signalwires()).collect()
}

fn twilios() -> [Scheme; 2] {
    let twilio_json = sample::<VoiceWebhook>(Format::Json);
    [
        Scheme {
            name: "Twilio's form",
            verifier: verifier(),
            genuine: signed("/hook", FORM),
            anothers: form(&Signer::twilio(other_key()), &Bytes::from(FORM)),
            changed_body: "signature-mismatch",
            no_body: "signature-mismatch",
            empty: "signature-malformed",
            own: vec![
                ("body-not-covered", |r| {
                    set(r, "content-type", "application/json");
                    *r.body_mut() = Bytes::from_static(b"{\"event_type\":\"call\"}");
                }),
                ("body-not-covered", |r| set(r, "content-type", "multipart/form-data")),
                ("body-not-covered", |r| drop(r.headers_mut().remove("content-type"))),
                ("signature-mismatch", |r| add_to_body(r, b"&RoomName=mine")),
                ("too-large", |r| *r.body_mut() = Bytes::from("a=1&".repeat(600))),
            ],
            serve: served::<VideoEvent>,
        },
        Scheme {
            name: "Twilio's JSON",
            verifier: verifier(),
            genuine: json(&Signer::twilio(key()), &twilio_json),
            anothers: json(&Signer::twilio(other_key()), &twilio_json),
            changed_body: "body-changed",
            no_body: "body-changed",
            empty: "signature-malformed",
            own: vec![
                // A hash of the new body, which nobody has signed.
                ("signature-mismatch", |r| {
                    *r.body_mut() = Bytes::from_static(b"{}");
                    let signer = Signer::twilio(Key::new("another key").unwrap());
                    *r.uri_mut() = json(&signer, r.body()).uri().clone();
                }),
                ("body-not-covered", |r| *r.uri_mut() = URL.parse().unwrap()),
                ("body-changed", |r| {
                    let twice = format!("{}&bodySHA256=00", r.uri());
                    *r.uri_mut() = twice.parse().unwrap();
                }),
                ("not-json", |r| *r.body_mut() = Bytes::from_static(b"{\"a\":")),
            ],
            serve: served::<VoiceWebhook>,
        },
    ]
}

fn signalwires() -> [Scheme; 3] {
    let signalwire =
        |key: Key| Verifier::signalwire(Keys::from(key), PublicUrl::origin(ORIGIN).unwrap());
    let sha256 = |key: Key| key.with_algorithm(Algorithm::HmacSha256);
    let call = sample::<SignalWireEvent>(Format::Json);
    let message = sample::<CompatWebhook>(Format::Form);
    [
        Scheme {
            name: "SignalWire's JSON by SHA-1",
            verifier: signalwire(key()),
            genuine: without(
                json(&Signer::signalwire(key()), &call),
                SIGNALWIRE_SHA256_SIGNATURE_HEADER,
            ),
            anothers: json(&Signer::signalwire(other_key()), &call),
            changed_body: "signature-mismatch",
            no_body: "signature-mismatch",
            empty: "signature-missing",
            own: vec![
                ("scheme-mismatch", |r| {
                    set(r, SIGNALWIRE_SIGNATURE_HEADER, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
                }),
                ("scheme-mismatch", |r| set(r, "content-type", "text/plain")),
                ("signature-mismatch", |r| {
                    set(r, "content-type", "application/x-www-form-urlencoded");
                    *r.body_mut() = Bytes::from_static(b"CallSid=c1");
                }),
                ("not-json", |r| *r.body_mut() = Bytes::from_static(b"[")),
            ],
            serve: served::<SignalWireEvent>,
        },
        Scheme {
            name: "SignalWire's JSON by SHA-256",
            verifier: signalwire(sha256(key())),
            genuine: json(&Signer::signalwire(sha256(key())), &call),
            anothers: json(&Signer::signalwire(sha256(other_key())), &call),
            changed_body: "signature-mismatch",
            no_body: "signature-mismatch",
            empty: "signature-missing",
            own: vec![
                // The weaker one proves nothing for a key that is pinned to the stronger.
                ("algorithm-mismatch", |r| {
                    let weaker = json(&Signer::signalwire(Key::new(KEY).unwrap()), r.body());
                    *r.headers_mut() = weaker.headers().clone();
                    r.headers_mut().remove(SIGNALWIRE_SHA256_SIGNATURE_HEADER);
                }),
            ],
            serve: served::<SignalWireEvent>,
        },
        Scheme {
            name: "SignalWire's form",
            verifier: signalwire(key()),
            genuine: form(&Signer::signalwire(key()), &message),
            anothers: form(&Signer::signalwire(other_key()), &message),
            changed_body: "signature-mismatch",
            no_body: "signature-mismatch",
            empty: "signature-missing",
            own: vec![
                ("signature-mismatch", |r| {
                    set(r, SIGNALWIRE_SIGNATURE_HEADER, "0123456789abcdef0123456789abcdef01234567");
                }),
                ("signature-mismatch", |r| add_to_body(r, b"&Body=mine")),
            ],
            serve: served::<CompatWebhook>,
        },
    ]
}

/// What is a forgery in every scheme.
const EVERYWHERE: &[(&str, Change)] = &[
    ("signature-missing", |r| {
        for name in signatures(r.headers()) {
            r.headers_mut().remove(name);
        }
    }),
    ("signature-repeated", |r| {
        for name in signatures(r.headers()) {
            let again = r.headers()[&name].clone();
            r.headers_mut().append(name, again);
        }
    }),
    ("signature-malformed", |r| rewrite(r, |_| "c2hvcnQ=".to_owned())),
    ("signature-malformed", |r| rewrite(r, |text| text[1..].to_owned())),
    ("signature-malformed", |r| rewrite(r, |text| format!("{text}{text}"))),
    ("signature-mismatch", |r| {
        rewrite(r, |text| {
            text.chars().map(|letter| if letter == '=' { '=' } else { '0' }).collect()
        });
    }),
    ("signature-mismatch", |r| {
        rewrite(r, |text| {
            let other = if text.starts_with('0') { "1" } else { "0" };
            format!("{other}{}", &text[1..])
        });
    }),
    ("signature-mismatch", |r| {
        at(r, |uri| format!("{uri}{}x=1", if uri.contains('?') { "&" } else { "?" }));
    }),
    ("signature-mismatch", |r| at(r, |uri| uri.replace(".com/hook", ".com/other"))),
    ("signature-mismatch", |r| at(r, |uri| uri.replace(".com/hook", ".com/hook/"))),
    ("signature-mismatch", |r| at(r, |uri| uri.replace(".com/hook", ".com/%68ook"))),
    ("unsupported-media-type", |r| set(r, "content-encoding", "gzip")),
    ("too-large", |r| *r.body_mut() = Bytes::from("a".repeat(300 * 1024))),
];

fn signatures(headers: &HeaderMap) -> Vec<HeaderName> {
    let names = headers.keys().filter(|name| name.as_str().ends_with("-signature"));
    names.cloned().collect()
}

fn without(mut request: Request<Bytes>, name: &str) -> Request<Bytes> {
    request.headers_mut().remove(name).unwrap();
    request
}

fn rewrite(request: &mut Request<Bytes>, change: fn(&str) -> String) {
    for name in signatures(request.headers()) {
        let value = change(request.headers()[&name].to_str().unwrap());
        request.headers_mut().insert(name, value.parse().unwrap());
    }
}

fn at(request: &mut Request<Bytes>, change: fn(&str) -> String) {
    let uri: Uri = change(&request.uri().to_string()).parse().unwrap();
    *request.uri_mut() = uri;
}

fn add_to_body(request: &mut Request<Bytes>, more: &[u8]) {
    *request.body_mut() = [&request.body()[..], more].concat().into();
}

fn set(request: &mut Request<Bytes>, name: &'static str, value: &'static str) {
    let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
    request.headers_mut().insert(name, HeaderValue::from_static(value));
}

impl Scheme {
    /// What a forger makes of the genuine request, and what the operator is told.
    fn forgeries(&self) -> Vec<(&'static str, Request<Bytes>)> {
        let changed = |change: Change| {
            let mut request = self.genuine.clone();
            change(&mut request);
            request
        };
        // The body means the same or something else; what was signed is another one.
        let spaced = [&self.genuine.body()[..], b" "].concat();
        let mut forgeries = vec![
            ("signature-mismatch", self.anothers.clone()),
            (self.changed_body, self.genuine.clone().map(|_| spaced.into())),
            (self.no_body, self.genuine.clone().map(|_| Bytes::new())),
            (self.empty, changed(|r| rewrite(r, |_| String::new()))),
        ];
        let all = EVERYWHERE.iter().chain(&self.own);
        forgeries.extend(all.map(|(reason, change)| (*reason, changed(*change))));
        forgeries
    }
}

#[test]
fn a_forgery_is_rejected_with_its_reason() {
    for scheme in schemes() {
        let genuine = scheme.verifier.verify_request(scheme.genuine.clone());
        assert!(genuine.is_ok(), "{}: {genuine:?}", scheme.name);
        let told = scheme.forgeries().into_iter().enumerate().map(|(at, (reason, forgery))| {
            let rejection = scheme.verifier.verify_request(forgery);
            let told = rejection.map_or_else(|rejection| rejection.code(), |_| "believed");
            (at, reason, told)
        });
        let wrong: Vec<_> = told.filter(|(_, reason, told)| reason != told).collect();
        assert_eq!(wrong, [], "{}", scheme.name);
    }
}

#[tokio::test]
async fn a_sender_learns_a_status_and_nothing_else_and_no_handler_is_called() {
    for scheme in schemes() {
        let (routes, called) = (scheme.serve)(scheme.verifier.clone());
        for hooks in &routes {
            for (reason, forgery) in scheme.forgeries() {
                let response = hooks.serve(forgery).await;
                let what = format!("{}, {reason}: {response:?}", scheme.name);
                assert!(response.status().is_client_error(), "{what}");
                assert!(response.body().is_empty(), "{what}");
                assert_eq!(response.headers(), &HeaderMap::new(), "{what}");
            }
        }
        assert_eq!(called.load(Ordering::SeqCst), 0, "{}", scheme.name);
        // It is the forgery that is refused.
        for hooks in &routes {
            let status = hooks.serve(scheme.genuine.clone()).await.status();
            assert!(status.is_success(), "{}: {status}", scheme.name);
        }
        assert_eq!(called.load(Ordering::SeqCst), routes.len(), "{}", scheme.name);
    }
}
