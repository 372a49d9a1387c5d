//! Signed requests: the vectors of the fixtures, and what once was judged wrongly or nearly so.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Input, Seeds, fixture};
use crate::{
    read,
    targets::{signalwire_verify, twilio_verify},
};

/// A plain request for a webhook, unsigned.
const TWILIO: twilio_verify::Request<'_> = twilio_verify::Request {
    keys: 1,
    method: 0,
    kind: 0,
    scheme: 0,
    host: 0,
    port: None,
    twice: 0,
    sign: 0,
    target: "voice",
    settings: None,
    other_signature: "",
    body: b"CallSid=CA1&From=%2B15550100001",
};

const SHA256: &str = "key=webhooks_sharedkey_01example0000000000000000,algorithm=HMAC_SHA256";
const SHA1: &str = "key=webhooks_sharedkey_01example0000000000000000,algorithm=HMAC_SHA1";

/// What is signed rightly, by the key with this place in the list.
const fn signed_by(key: u8) -> u8 {
    1 | key << 4
}

/// Edges of Twilio's scheme, and whether they verify.
const TWILIO_EDGES: &[(&str, bool, twilio_verify::Request<'_>)] = &[
    // Two that a fuzzer found: the reference said yes before it knew that ours reads JSON first.
    (
        "json-that-is-no-text",
        false,
        twilio_verify::Request { kind: 1, sign: 3, target: ";", body: b"\"\xff\xff\"", ..TWILIO },
    ),
    (
        "get-with-a-body-that-is-no-json",
        false,
        twilio_verify::Request {
            method: 1,
            kind: 1,
            scheme: 1,
            port: Some(15617),
            sign: 3,
            target: "",
            body: b"v",
            ..TWILIO
        },
    ),
    (
        "get-with-a-body-under-its-hash",
        true,
        twilio_verify::Request { method: 1, sign: 3, ..TWILIO },
    ),
    ("head", true, twilio_verify::Request { method: 2, sign: 1, body: b"", ..TWILIO }),
    ("no-body-and-no-type", true, twilio_verify::Request { kind: 2, sign: 1, body: b"", ..TWILIO }),
    ("a-body-without-a-type", false, twilio_verify::Request { kind: 2, sign: 1, ..TWILIO }),
    ("form-under-its-hash-too", true, twilio_verify::Request { sign: 3, ..TWILIO }),
    (
        "escapes-that-are-none",
        true,
        twilio_verify::Request {
            sign: 1,
            target: "d%?=&Z=%3D",
            body: b"%zz&z=%4&d%=e%2B&=x&&a+b=+",
            ..TWILIO
        },
    ),
    (
        "pairs-that-are-no-text",
        true,
        twilio_verify::Request { sign: 1, body: b"a=\xff&\xc3=b&a=%FF&a=%ff", ..TWILIO },
    ),
    ("other-port", true, twilio_verify::Request { sign: 5, port: Some(8443), ..TWILIO }),
    ("port-of-an-address", true, twilio_verify::Request { sign: 5, host: 3, ..TWILIO }),
    ("next-key", true, twilio_verify::Request { keys: 3, sign: signed_by(1), ..TWILIO }),
    ("key-of-another", false, twilio_verify::Request { keys: 5, sign: signed_by(1), ..TWILIO }),
    ("token-under-sha256", false, twilio_verify::Request { sign: 9, ..TWILIO }),
    (
        "shared-beside-a-token",
        true,
        twilio_verify::Request { keys: 9, sign: signed_by(3), settings: Some(SHA256), ..TWILIO },
    ),
    (
        "shared-key-without-settings",
        true,
        twilio_verify::Request { keys: 8, sign: signed_by(3), ..TWILIO },
    ),
    (
        "shared-key-lowered",
        false,
        twilio_verify::Request { keys: 8, sign: signed_by(3) | 8, settings: Some(SHA1), ..TWILIO },
    ),
    (
        "settings-that-lower",
        false,
        twilio_verify::Request { keys: 8, sign: signed_by(3), settings: Some(SHA1), ..TWILIO },
    ),
    (
        "settings-of-another-key",
        false,
        twilio_verify::Request { keys: 32, sign: signed_by(5), settings: Some(SHA256), ..TWILIO },
    ),
    (
        "settings-spelled-oddly",
        true,
        twilio_verify::Request {
            keys: 64,
            sign: signed_by(6),
            settings: Some(" ALGORITHM = hmac_sha256 ,key,key=,algorithm=none"),
            ..TWILIO
        },
    ),
    (
        "settings-that-are-no-ascii",
        false,
        twilio_verify::Request {
            sign: 1,
            settings: Some("algorithm=HMAC_SHA1,key=\u{e9}"),
            ..TWILIO
        },
    ),
    (
        "settings-twice",
        false,
        twilio_verify::Request {
            keys: 8,
            sign: signed_by(3),
            settings: Some(SHA256),
            twice: 2,
            ..TWILIO
        },
    ),
    ("signature-twice", false, twilio_verify::Request { sign: 1, twice: 1, ..TWILIO }),
    (
        "upgrade",
        true,
        twilio_verify::Request {
            method: 1,
            kind: 2,
            scheme: 2,
            host: 1,
            sign: 1,
            target: "media?a=1",
            body: b"",
            ..TWILIO
        },
    ),
    (
        "upgrade-with-the-usual-port",
        true,
        twilio_verify::Request {
            method: 1,
            kind: 2,
            scheme: 2,
            host: 1,
            sign: 5,
            target: "media",
            body: b"",
            ..TWILIO
        },
    ),
];

pub(super) fn twilio() -> Seeds {
    let text = fixture!("switchhook-signature/tests/fixtures/twilio-signature-vectors.json");
    let fixture: Value = serde_json::from_str(text).unwrap();
    let mut seeds = Seeds::new();
    let mut of_group = BTreeMap::new();
    let mut checked = 0;
    for vector in fixture["vectors"].as_array().unwrap() {
        let needs_compat = vector["needs_compat"] == true;
        let Some(request) = twilio_request(vector).filter(|_| !needs_compat) else { continue };
        let (id, valid) = (vector["id"].as_str().unwrap(), vector["valid"].as_bool());
        assert_eq!(twilio_verify::check(request), valid, "{id}");
        checked += 1;
        // All of upgrades and shared keys, some of each other kind.
        let group = &id[..1];
        let taken: &mut usize = of_group.entry(group).or_default();
        *taken += 1;
        let most = if matches!(group, "g" | "i") { 9 } else { 3 };
        if *taken <= most {
            seeds.insert(format!("sample-{id}"), twilio_seed(&request));
        }
    }
    assert!(checked > 140, "{checked}");
    for (name, verifies, request) in TWILIO_EDGES {
        assert_eq!(twilio_verify::check(*request), Some(*verifies), "{name}");
        seeds.insert(format!("edge-{name}"), twilio_seed(request));
    }
    seeds
}

/// The request of a vector, where the target has its key, its host and its kind of body.
fn twilio_request(vector: &Value) -> Option<twilio_verify::Request<'_>> {
    let text = |name: &str| vector[name].as_str();
    let (scheme, rest) = text("url")?.split_once("://")?;
    let (host, port, target) = place(rest)?;
    let at = |list: &[&str], text: &str| list.iter().position(|item| *item == text);
    let secret = text("auth_token")?;
    let of_secret = twilio_verify::KEYS.iter().enumerate().filter(|(_, key)| key.0 == secret);
    // A shared key is known in both algorithms, and with its id.
    let keys = of_secret.map(|(at, _)| at).filter(|at| *at < 5).fold(0, |keys, at| keys | 1 << at);
    let kind = twilio_verify::KINDS.iter().position(|kind| *kind == text("content_type"))?;
    let method =
        twilio_verify::METHODS.iter().position(|method| text("method") == Some(method.as_str()))?;
    let byte = |at: usize| u8::try_from(at).ok();
    Some(twilio_verify::Request {
        keys: (keys != 0).then_some(keys)?,
        method: byte(method)?,
        kind: byte(kind)?,
        scheme: byte(at(&twilio_verify::SCHEMES, scheme)?)?,
        host: byte(at(&twilio_verify::HOSTS, host)?)?,
        port,
        twice: 0,
        sign: 0,
        target,
        settings: text("signature_settings"),
        other_signature: text("signature")?,
        body: text("body").filter(|body| body.len() < 1500)?.as_bytes(),
    })
    .filter(|request| twilio_verify::check(*request).is_some())
}

/// Host, port and target of what follows the scheme of a URL.
fn place(rest: &str) -> Option<(&str, Option<u16>, &str)> {
    let (authority, target) = rest.split_once('/')?;
    Some(match authority.rsplit_once(':').filter(|_| !authority.ends_with(']')) {
        Some((host, port)) => (host, Some(port.parse().ok()?), target),
        None => (authority, None, target),
    })
}

fn twilio_seed(request: &twilio_verify::Request<'_>) -> Vec<u8> {
    let input = Input::ending_with(request.body)
        .text(request.other_signature)
        .maybe(request.settings, Input::text)
        .text(request.target)
        .byte(request.sign)
        .byte(request.twice)
        .maybe(request.port, Input::number)
        .byte(request.host)
        .byte(request.scheme)
        .byte(request.kind)
        .byte(request.method)
        .byte(request.keys);
    assert_eq!(read::<(twilio_verify::Request<'_>,)>(&input.0), Some((*request,)));
    input.0
}

/// A plain fetch of a document, unsigned.
const SIGNALWIRE: signalwire_verify::Request<'_> = signalwire_verify::Request {
    keys: 1,
    method: 0,
    kind: 0,
    tls: true,
    host: 0,
    port: None,
    named: 0,
    sign: 7,
    target: "swml",
    other_sha1: "",
    other_sha256: "",
    body: b"{\"call\":{\"call_id\":\"c1\"}}",
};

/// The same as a form.
const FORM: signalwire_verify::Request<'_> =
    signalwire_verify::Request { kind: 1, body: b"CallSid=c1&From=%2B15551234567", ..SIGNALWIRE };

/// Edges of SignalWire's scheme, and whether they verify.
const SIGNALWIRE_EDGES: &[(&str, bool, signalwire_verify::Request<'_>)] = &[
    // One that a fuzzer found: base64 over the URL alone of what announces JSON and has no body.
    (
        "no-body-that-announces-json",
        false,
        signalwire_verify::Request { sign: 4, target: "", body: b"", ..SIGNALWIRE },
    ),
    (
        "no-body-and-no-type",
        true,
        signalwire_verify::Request { kind: 2, sign: 3, body: b"", ..SIGNALWIRE },
    ),
    (
        "fetch-in-base64",
        true,
        signalwire_verify::Request {
            method: 1,
            kind: 2,
            sign: 3,
            target: "laml?CallSid=c1",
            body: b"",
            ..SIGNALWIRE
        },
    ),
    ("head", true, signalwire_verify::Request { method: 2, sign: 3, body: b"", ..SIGNALWIRE }),
    ("json-under-its-hash", true, signalwire_verify::Request { sign: 0x83, ..SIGNALWIRE }),
    ("form-under-its-hash", true, signalwire_verify::Request { sign: 0x83, ..FORM }),
    ("form-in-hex", true, signalwire_verify::Request { sign: 0, ..FORM }),
    ("form-under-sha256", false, signalwire_verify::Request { sign: 1, ..FORM }),
    ("pairs-in-hex", false, signalwire_verify::Request { sign: 5, ..FORM }),
    ("json-as-a-pair", false, signalwire_verify::Request { sign: 2, ..SIGNALWIRE }),
    (
        "escapes-that-are-none",
        true,
        signalwire_verify::Request { sign: 2, target: "?]", body: b"%%%%+&b=%4&a=&=%zz", ..FORM },
    ),
    (
        "hex-over-what-is-no-text",
        false,
        signalwire_verify::Request {
            sign: 0,
            port: Some(65535),
            body: b"\xff++++\xea++++",
            ..FORM
        },
    ),
    ("usual-port", true, signalwire_verify::Request { sign: 2, port: Some(443), ..FORM }),
    ("next-key", true, signalwire_verify::Request { keys: 3, sign: 8, ..SIGNALWIRE }),
    ("key-of-another", false, signalwire_verify::Request { keys: 5, sign: 9, ..SIGNALWIRE }),
    ("pinned", true, signalwire_verify::Request { keys: 4, sign: 1, ..SIGNALWIRE }),
    ("pinned-under-sha1", false, signalwire_verify::Request { keys: 4, sign: 0, ..SIGNALWIRE }),
    ("pinned-under-base64", false, signalwire_verify::Request { keys: 12, sign: 2, ..FORM }),
    ("pinned-beside-another", true, signalwire_verify::Request { keys: 6, sign: 8, ..SIGNALWIRE }),
    ("sha1-twice", false, signalwire_verify::Request { named: 1, sign: 0, ..SIGNALWIRE }),
    ("sha256-twice", false, signalwire_verify::Request { named: 2, sign: 1, ..SIGNALWIRE }),
    (
        "sha256-twice-beside-sha1",
        false,
        signalwire_verify::Request { named: 2, sign: 6, other_sha256: "0000", ..SIGNALWIRE },
    ),
    ("twilios-name", true, signalwire_verify::Request { named: 4, sign: 2, ..FORM }),
    ("twilios-name-twice", false, signalwire_verify::Request { named: 20, sign: 2, ..FORM }),
    (
        "twilios-name-beside",
        true,
        signalwire_verify::Request { named: 24, sign: 2, other_sha1: "x", ..FORM },
    ),
];

pub(super) fn signalwire() -> Seeds {
    let text = fixture!("switchhook-signature/tests/fixtures/signalwire-signature-vectors.json");
    let fixture: Value = serde_json::from_str(text).unwrap();
    let mut seeds = Seeds::new();
    let mut of_scheme = BTreeMap::new();
    let mut checked = 0;
    for vector in fixture["vectors"].as_array().unwrap() {
        let Some(request) = signalwire_request(vector) else { continue };
        let recommended = vector["recommended"].as_bool().or(vector["valid"].as_bool());
        let id = vector["id"].as_str().unwrap();
        assert_eq!(signalwire_verify::check(request), recommended, "{id}");
        checked += 1;
        let taken: &mut usize = of_scheme.entry(vector["scheme"].as_str().unwrap()).or_default();
        *taken += 1;
        if *taken <= 8 {
            seeds.insert(format!("sample-{}", &id[3..]), signalwire_seed(&request));
        }
    }
    assert!(checked > 50, "{checked}");
    for (name, verifies, request) in SIGNALWIRE_EDGES {
        assert_eq!(signalwire_verify::check(*request), Some(*verifies), "{name}");
        seeds.insert(format!("edge-{name}"), signalwire_seed(request));
    }
    seeds
}

/// The request of a vector, where the target has its host, its kind of body and its headers.
fn signalwire_request(vector: &Value) -> Option<signalwire_verify::Request<'_>> {
    let text = |name: &str| vector[name].as_str();
    let (scheme, rest) = text("url")?.split_once("://")?;
    let (host, port, target) = place(rest)?;
    let header = |wanted: &str| {
        let mut headers = vector["headers"].as_object()?.iter();
        headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted))?.1.as_str()
    };
    let (native, twilio) = (header("x-signalwire-signature"), header("x-twilio-signature"));
    if native.is_some() && twilio.is_some() || text("key") != Some(signalwire_verify::KEYS[0].0) {
        return None;
    }
    let kind = signalwire_verify::KINDS.iter().position(|kind| *kind == text("content_type"))?;
    Some(signalwire_verify::Request {
        keys: 1,
        method: u8::from(text("method") == Some("GET")),
        kind: u8::try_from(kind).ok()?,
        tls: scheme == "https",
        host: u8::try_from(signalwire_verify::HOSTS.iter().position(|item| *item == host)?).ok()?,
        port,
        named: if twilio.is_some() { 4 } else { 0 },
        sign: 7,
        target,
        other_sha1: native.or(twilio).unwrap_or_default(),
        other_sha256: header("x-signalwire-sha256-signature").unwrap_or_default(),
        body: text("body")?.as_bytes(),
    })
    .filter(|request| signalwire_verify::check(*request).is_some())
}

fn signalwire_seed(request: &signalwire_verify::Request<'_>) -> Vec<u8> {
    let input = Input::ending_with(request.body)
        .text(request.other_sha256)
        .text(request.other_sha1)
        .text(request.target)
        .byte(request.sign)
        .byte(request.named)
        .maybe(request.port, Input::number)
        .byte(request.host)
        .byte(request.tls)
        .byte(request.kind)
        .byte(request.method)
        .byte(request.keys);
    assert_eq!(read::<(signalwire_verify::Request<'_>,)>(&input.0), Some((*request,)));
    input.0
}
