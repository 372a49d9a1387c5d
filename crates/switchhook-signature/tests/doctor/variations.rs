//! What proxies, frameworks and settings do to genuine requests, one thing after the other.

use http::Method;
use proptest::prelude::*;
use switchhook_core::Params;
use switchhook_signature::{
    Algorithm, Hosts, Key, PublicUrl, SIGNATURE_HEADER, Signer,
    doctor::{Cause, Doctor},
};

use super::{FORM, JSON, Sent, doctor, key};

/// A URL in its pieces, and the pairs of a form.
#[derive(Clone, Debug)]
struct Genuine {
    host: String,
    path: String,
    query: Vec<(String, String)>,
    pairs: Vec<(String, String)>,
}

impl Genuine {
    fn url(&self) -> String {
        let query: Vec<_> = self.query.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("https://{}{}{mark}{}", self.host, self.path, query.join("&"))
    }

    /// Its URL with another path.
    fn at_path(&self, path: &str) -> String {
        Self { path: path.into(), ..self.clone() }.url()
    }

    fn form(&self) -> String {
        Params::from_pairs(self.pairs.iter().map(|(n, v)| (n, v))).to_form()
    }

    fn sent(&self) -> Sent {
        Sent::form(&self.url(), &self.form())
    }

    fn with_pairs(&self, pairs: impl IntoIterator<Item = (String, String)>) -> Sent {
        let form = Params::from_pairs(pairs).to_form();
        self.sent().with_body(form)
    }
}

fn genuine() -> impl Strategy<Value = Genuine> {
    let query = prop::collection::btree_map("[a-z]{1,5}", "[a-z0-9]{1,6}", 0..4);
    let pairs = prop::collection::btree_map("[A-Z][a-z]{1,6}", "[ -~]{1,12}", 2..12);
    ("[a-z]{1,8}\\.example\\.com", "(/[a-z]{1,6}){1,3}", query, pairs).prop_map(
        |(host, path, query, pairs)| Genuine {
            host,
            path,
            query: query.into_iter().collect(),
            // Variations add these themselves.
            pairs: pairs.into_iter().filter(|(n, _)| n != "Body" && n != "From").collect(),
        },
    )
}

/// A name, what is done to the request, what the doctor knows besides, and the finding.
type Variation = (&'static str, fn(&Genuine) -> (Sent, Doctor), Cause);

fn at(sent: Sent, genuine: &Genuine, from: &str, to: &str) -> Sent {
    let url = genuine.url().replacen(from, to, 1);
    sent.received_at(&url)
}

const VARIATIONS: &[Variation] = &[
    ("untouched", |g| (g.sent(), doctor()), Cause::Valid),
    ("http for https", |g| (at(g.sent(), g, "https", "http"), doctor()), Cause::Scheme),
    (
        "behind a proxy that names the host",
        |g| {
            let sent = at(g.sent(), g, &format!("https://{}", g.host), "http://10.0.0.5:3000");
            (sent.with_header("x-forwarded-host", &g.host), doctor())
        },
        Cause::Host,
    ),
    (
        "behind a proxy with Forwarded",
        |g| {
            let sent = at(g.sent(), g, &format!("https://{}", g.host), "http://localhost:8080");
            let forwarded = format!("for=1.2.3.4;host={};proto=https", g.host);
            (sent.with_header("forwarded", &forwarded), doctor())
        },
        Cause::Host,
    ),
    (
        "behind a tunnel",
        |g| {
            let sent = at(g.sent(), g, &format!("https://{}", g.host), "http://localhost:8080");
            (sent.with_header("ngrok-forwarded-host", &g.host), doctor())
        },
        Cause::Host,
    ),
    (
        "at another host, the URL is known",
        |g| {
            let sent = at(g.sent(), g, &g.host, "app.internal");
            (sent, doctor().known_url(g.url()))
        },
        Cause::Host,
    ),
    (
        "a www redirect",
        |g| (at(g.sent(), g, "https://", "https://www."), doctor()),
        Cause::Redirect,
    ),
    (
        "a www redirect, the other way",
        |g| {
            let other = Genuine { host: format!("www.{}", g.host), ..g.clone() };
            (at(other.sent(), &other, "www.", ""), doctor())
        },
        Cause::Redirect,
    ),
    (
        "an odd public port",
        |g| {
            let public = Genuine { host: format!("{}:8443", g.host), ..g.clone() };
            (at(public.sent(), &public, ":8443", ""), doctor())
        },
        Cause::Port,
    ),
    (
        "an odd public port that a header names",
        |g| {
            let public = Genuine { host: format!("{}:9123", g.host), ..g.clone() };
            let sent = at(public.sent(), &public, ":9123", "");
            (sent.with_header("x-forwarded-port", "9123"), doctor())
        },
        Cause::Port,
    ),
    (
        "a stage that a gateway cut",
        |g| {
            let public = Genuine { path: format!("/prod{}", g.path), ..g.clone() };
            (at(public.sent(), &public, "/prod", ""), doctor().known_prefix("/prod"))
        },
        Cause::PathPrefix,
    ),
    (
        "a stage that a header names",
        |g| {
            let public = Genuine { path: format!("/v1/in{}", g.path), ..g.clone() };
            let sent = at(public.sent(), &public, "/v1/in", "");
            (sent.with_header("x-forwarded-prefix", "/v1/in"), doctor())
        },
        Cause::PathPrefix,
    ),
    (
        "a mount point that was put before",
        |g| {
            let url = g.at_path(&format!("/mount{}", g.path));
            (g.sent().received_at(&url), doctor())
        },
        Cause::PathPrefix,
    ),
    (
        "a rewritten path, the URL is known",
        |g| {
            let url = g.at_path("/internal/x");
            (g.sent().received_at(&url), doctor().known_url(g.url()))
        },
        Cause::PathPrefix,
    ),
    (
        "a slash added",
        |g| {
            let url = g.at_path(&format!("{}/", g.path));
            (g.sent().received_at(&url), doctor())
        },
        Cause::TrailingSlash,
    ),
    (
        "a slash removed",
        |g| {
            let public = Genuine { path: format!("{}/", g.path), ..g.clone() };
            (public.sent().received_at(&g.url()), doctor())
        },
        Cause::TrailingSlash,
    ),
    (
        "a URL without a path",
        |g| {
            let public = Genuine { path: String::new(), ..g.clone() };
            let seen = Genuine { path: "/".into(), ..g.clone() };
            (public.sent().received_at(&seen.url()), doctor())
        },
        Cause::RootSlash,
    ),
    (
        "a decoded path",
        |g| {
            let public = Genuine { path: format!("{}/a%20b", g.path), ..g.clone() };
            (at(public.sent(), &public, "a%20b", "a b"), doctor())
        },
        Cause::PathEncoding,
    ),
    (
        "merged slashes",
        |g| {
            let public = Genuine { path: format!("/{}", g.path), ..g.clone() };
            (public.sent().received_at(&g.url()), doctor())
        },
        Cause::PathEncoding,
    ),
    (
        "merged slashes, the URL is known",
        |g| {
            let public = Genuine { path: format!("{}///x", g.path), ..g.clone() };
            let seen = Genuine { path: format!("{}/x", g.path), ..g.clone() };
            (public.sent().received_at(&seen.url()), doctor().known_url(public.url()))
        },
        Cause::PathEncoding,
    ),
    (
        "a decoded slash",
        |g| {
            let public = Genuine { path: format!("{}/a%2Fb", g.path), ..g.clone() };
            (at(public.sent(), &public, "%2F", "/"), doctor())
        },
        Cause::PathEncoding,
    ),
    (
        "a lost query, the URL is known",
        |g| {
            let public = Genuine { query: vec![("tenant".into(), "42".into())], ..g.clone() };
            let seen = Genuine { query: Vec::new(), ..g.clone() };
            (public.sent().received_at(&seen.url()), doctor().known_url(public.url()))
        },
        Cause::QueryLost,
    ),
    (
        "an added parameter",
        |g| {
            let mut seen = g.clone();
            seen.query.push(("utm".into(), "x".into()));
            (g.sent().received_at(&seen.url()), doctor())
        },
        Cause::QueryAdded,
    ),
    (
        "a sorted query",
        |g| {
            let query = [("z", "1"), ("a", "2"), ("m", "3")];
            let query = query.map(|(n, v)| (n.into(), v.into())).to_vec();
            let public = Genuine { query, ..g.clone() };
            let mut seen = public.clone();
            seen.query.sort();
            (public.sent().received_at(&seen.url()), doctor())
        },
        Cause::QueryOrder,
    ),
    (
        "a query written again",
        |g| {
            let public = Genuine { query: vec![("q".into(), "a%20b%27".into())], ..g.clone() };
            let seen = Genuine { query: vec![("q".into(), "a+b'".into())], ..g.clone() };
            (public.sent().received_at(&seen.url()), doctor())
        },
        Cause::QueryEncoding,
    ),
    (
        "escapes in lower case",
        |g| {
            let public = Genuine { query: vec![("q".into(), "a%2Fb".into())], ..g.clone() };
            let seen = Genuine { query: vec![("q".into(), "a%2fb".into())], ..g.clone() };
            (public.sent().received_at(&seen.url()), doctor())
        },
        Cause::QueryEncoding,
    ),
    (
        "user and password",
        |g| (at(g.sent(), g, "https://", "https://user:pass@"), doctor()),
        Cause::Userinfo,
    ),
    (
        "a fragment",
        |g| {
            let url = format!("{}#rc=2", g.url());
            (g.sent().received_at(&url), doctor())
        },
        Cause::Fragment,
    ),
    (
        "another of the known keys",
        |g| {
            let signer = Signer::twilio(Key::new("fedcba9876543210").unwrap());
            let sent = Sent::of(&signer, Method::POST, &g.url(), Some(FORM), g.form());
            let other = Key::new("fedcba9876543210").unwrap();
            (sent, doctor().other_key("sub-account", other))
        },
        Cause::WrongToken,
    ),
    (
        "HMAC-SHA256",
        |g| {
            let key = key().with_algorithm(Algorithm::HmacSha256);
            let signer = Signer::twilio(key);
            (Sent::of(&signer, Method::POST, &g.url(), Some(FORM), g.form()), doctor())
        },
        Cause::Algorithm,
    ),
    (
        "a key of another account",
        |g| {
            let key = key().for_account("AC2");
            (g.sent(), Doctor::twilio(key, PublicUrl::direct(Hosts::any())))
        },
        Cause::Account,
    ),
    (
        "a lost body, which the log shows",
        |g| (g.sent().with_body(""), doctor().known_body(g.form())),
        Cause::ParamsMissing,
    ),
    (
        "a lost body, which was announced",
        |g| {
            let sent = g.sent().with_header("content-length", "17").with_body("");
            (sent, doctor())
        },
        Cause::ParamsMissing,
    ),
    (
        "empty parameters left out",
        |g| {
            let mut sent = g.clone();
            let empty =
                ["FromCity", "FromState", "FromZip", "ToCity"].map(|n| (n.into(), String::new()));
            sent.pairs.extend(empty);
            (sent.sent().with_body(g.form()), doctor())
        },
        Cause::EmptyParamsDropped,
    ),
    (
        "named empty parameters left out",
        |g| {
            let mut sent = g.clone();
            sent.pairs.push(("NovelEmpty".into(), String::new()));
            let doctor = doctor().known_empty("OtherEmpty").known_empty("NovelEmpty");
            (sent.sent().with_body(g.form()), doctor)
        },
        Cause::EmptyParamsDropped,
    ),
    (
        "dots in names",
        |g| {
            let mut sent = g.clone();
            sent.pairs.push(("MessagingBinding.Address".into(), "x".into()));
            sent.pairs.push(("SipHeader_X".into(), "x".into()));
            let pairs = sent.pairs.iter().map(|(n, v)| (n.replace('.', "_"), v.clone()));
            (sent.with_pairs(pairs.collect::<Vec<_>>()), doctor())
        },
        Cause::NamesMangled,
    ),
    (
        "trimmed text",
        |g| {
            let mut sent = g.clone();
            sent.pairs.push(("Body".into(), "hello ".into()));
            let pairs = sent.pairs.iter().map(|(n, v)| {
                let value = if n == "Body" { "hello".into() } else { v.clone() };
                (n.clone(), value)
            });
            (sent.with_pairs(pairs.collect::<Vec<_>>()), doctor())
        },
        Cause::ValuesChanged,
    ),
    (
        "a plus that became a blank",
        |g| {
            let mut sent = g.clone();
            sent.pairs.retain(|(_, value)| !value.starts_with(' '));
            sent.pairs.push(("From".into(), "+15550100001".into()));
            let pairs = sent.pairs.iter().map(|(n, v)| {
                let value = if v == "+15550100001" { " 15550100001".into() } else { v.clone() };
                (n.clone(), value)
            });
            (sent.with_pairs(pairs.collect::<Vec<_>>()), doctor())
        },
        Cause::ValuesChanged,
    ),
    (
        "a signature in hexadecimal digits",
        |g| {
            let sent = g.sent();
            let signature = sent.headers[SIGNATURE_HEADER].as_bytes().to_vec();
            let hex = hex_of_base64(&signature);
            (sent.with_header(SIGNATURE_HEADER, &hex), doctor())
        },
        Cause::SignatureEncoding,
    ),
    (
        "a quoted signature",
        |g| {
            let sent = g.sent();
            let quoted = format!("\"{}\"", sent.headers[SIGNATURE_HEADER].to_str().unwrap());
            (sent.with_header(SIGNATURE_HEADER, &quoted), doctor())
        },
        Cause::SignatureEncoding,
    ),
    (
        "two signatures",
        |g| {
            let sent = g.sent();
            let one = sent.headers[SIGNATURE_HEADER].to_str().unwrap().to_owned();
            (sent.with_header(SIGNATURE_HEADER, &format!("{one}, {one}")), doctor())
        },
        Cause::SignatureRepeated,
    ),
    (
        "no signature",
        |g| {
            let mut sent = g.sent();
            sent.headers.remove(SIGNATURE_HEADER);
            (sent, doctor())
        },
        Cause::SignatureMissing,
    ),
    (
        "no content type",
        |g| {
            let mut sent = g.sent();
            sent.headers.remove("content-type");
            (sent, doctor())
        },
        Cause::ContentType,
    ),
    (
        "a form that is announced as JSON",
        |g| (g.sent().with_header("content-type", JSON), doctor()),
        Cause::ContentType,
    ),
    (
        "several things at once",
        |g| {
            let url = g.at_path(&format!("{}/", g.path)).replacen("https", "http", 1);

            let other = Key::new("another").unwrap();
            (g.sent().received_at(&url), doctor().other_key("other", other))
        },
        Cause::Scheme,
    ),
    (
        "JSON that lost its hash",
        |g| {
            let signer = Signer::twilio(key());
            let sent = Sent::of(&signer, Method::POST, &g.url(), Some(JSON), "{\"a\":1}");
            (sent.received_at(&g.url()), doctor())
        },
        Cause::QueryLost,
    ),
    (
        "JSON that was written again",
        |g| {
            let signer = Signer::twilio(key());
            let sent = Sent::of(&signer, Method::POST, &g.url(), Some(JSON), "{\"a\": [1, 2]}");
            (sent.with_body("{\"a\":[1,2]}"), doctor())
        },
        Cause::JsonAsForm,
    ),
    (
        "a WebSocket's upgrade",
        |g| {
            let signer = Signer::twilio(key());
            let url = g.url().replacen("https", "wss", 1);
            let sent = Sent::of(&signer, Method::GET, &url, None, "");
            let sent = sent.with_header("upgrade", "websocket");
            (sent.received_at(&g.url()), doctor())
        },
        Cause::WsScheme,
    ),
];

fn hex_of_base64(text: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bits = 0_u32;
    let (mut count, mut out) = (0, Vec::new());
    for byte in text.iter().filter(|byte| **byte != b'=') {
        let value = DIGITS.iter().position(|digit| digit == byte).unwrap();
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(format!("{:02x}", bits >> count & 0xff));
        }
    }
    out.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn each_variation_of_a_genuine_request_is_found(genuine in genuine()) {
        for (name, vary, cause) in VARIATIONS {
            let (sent, doctor) = vary(&genuine);
            let found = sent.examined_by(&doctor);
            prop_assert_eq!(found.cause(), *cause, "{}: {:?} {:?}", name, found, sent);
            // What matched is what the provider signed.
            if let Some(matched) = found.matched() {
                prop_assert!(matched.key_label() == "key 0" || *cause == Cause::WrongToken);
            }
            prop_assert!(found.macs() > 0 || found.matched().is_none());
        }
    }
}

#[test]
fn every_variation_is_tried_and_every_url_is_explained() {
    let genuine = Genuine {
        host: "hooks.example.com".into(),
        path: "/voice/in".into(),
        query: vec![("t".into(), "1".into())],
        pairs: vec![("To".into(), "+1555".into()), ("Text".into(), "hi".into())],
    };
    for (name, vary, cause) in VARIATIONS {
        let (sent, doctor) = vary(&genuine);
        let found = sent.examined_by(&doctor);
        assert_eq!(found.cause(), *cause, "{name}: {found:?}");
        let setting = found.setting().is_some();
        let of_origin = [Cause::Host, Cause::Port, Cause::Scheme, Cause::WsScheme];
        assert_eq!(setting, of_origin.iter().any(|c| found.causes().contains(c)), "{name}");
    }
}
