//! What nobody signed is not explained away, costs little, and learns nothing.

use std::time::{Duration, Instant};

use http::Method;
use proptest::prelude::*;
use switchhook_signature::{
    Algorithm, Hosts, Key, Keys, PublicUrl, SIGNATURE_HEADER, Signer,
    doctor::{Cause, Doctor},
};

use super::{FORM, JSON, Sent, TOKEN, doctor, key};

/// 20 bytes in base64.
fn signature() -> impl Strategy<Value = String> {
    "[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]="
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_random_signature_has_no_match_and_shows_nothing(
        signature in signature(),
        body in "[A-Z][a-z]{1,5}=[a-z]{1,9}(&[A-Z][a-z]{1,5}=[a-z]{0,9}){0,6}",
        path in "(/[a-z]{1,5}){0,3}",
        query in "(\\?[a-z]=[a-z+']{1,5}(&[a-z]=[a-z]{1,5}){0,3})?",
    ) {
        let url = format!("https://hooks.example.com{path}{query}");
        let sent = Sent::form(&url, &body);
        let genuine = sent.headers[SIGNATURE_HEADER].to_str().unwrap().to_owned();
        prop_assume!(genuine != signature);
        let found = sent.with_header(SIGNATURE_HEADER, &signature).examined_by(&doctor());
        prop_assert_eq!(found.cause(), Cause::NoMatch);
        prop_assert!(found.matched().is_none() && found.setting().is_none());
        let shown = format!("{found:?} {found} {:?} {:?}", found.steps(), found.received());
        for secret in [TOKEN, &genuine, &signature, &body, &path[..].repeat(2)] {
            prop_assert!(secret.is_empty() || !shown.contains(secret), "{}", shown);
        }
    }

    #[test]
    fn one_bit_more_or_less_is_no_match(place in 0_usize..27, bit in 0_usize..6) {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let sent = Sent::form("https://hooks.example.com/sms", "From=%2B1555&Body=hi&ToCity=");
        let mut text = sent.headers[SIGNATURE_HEADER].as_bytes().to_vec();
        let value = DIGITS.iter().position(|digit| *digit == text[place]).unwrap();
        // The last digit has two bits that stand for nothing.
        prop_assume!(place < 26 || bit >= 2);
        text[place] = DIGITS[value ^ 1 << bit];
        let text = String::from_utf8(text).unwrap();
        let found = sent.with_header(SIGNATURE_HEADER, &text).examined_by(&doctor());
        prop_assert_eq!(found.causes(), &[Cause::NoMatch]);
    }
}

#[test]
fn a_changed_body_is_no_match() {
    let sent = Sent::form("https://hooks.example.com/sms", "From=%2B1555&Body=hi");
    let found = sent.with_body("From=%2B1555&Body=ho").examined_by(&doctor());
    assert_eq!(found.causes(), [Cause::NoMatch]);
    assert!(found.steps().len() >= 5, "{found:?}");
    assert_eq!(found.steps().iter().map(|step| step.macs).sum::<usize>(), found.macs());
}

#[test]
fn what_is_no_signature_is_called_that() {
    let sent = Sent::form("https://hooks.example.com/sms", "Body=hi");
    for text in ["none", "AAAA", "\u{e9}", "====", &"A".repeat(5_000)] {
        let found = sent.clone().with_header(SIGNATURE_HEADER, text).examined_by(&doctor());
        assert_eq!((found.causes(), found.macs()), (&[Cause::SignatureMalformed][..], 0), "{text}");
    }
    // Read with patience it would be one, and matches nothing.
    let hex = "0123456789012345678901234567890123456789";
    let found = sent.clone().with_header(SIGNATURE_HEADER, hex).examined_by(&doctor());
    assert_eq!(found.causes(), [Cause::SignatureMalformed]);
    let other = sent.with_header("x-signalwire-signature", hex);
    let mut other = other;
    other.headers.remove(SIGNATURE_HEADER);
    assert_eq!(other.examined_by(&doctor()).cause(), Cause::OtherProvider);
}

#[test]
fn hostile_requests_stay_bounded() {
    let keys = (1..100)
        .fold(Keys::new("k0").unwrap(), |keys, n| keys.and(Key::new(format!("k{n}")).unwrap()));
    let mut doctor = Doctor::twilio(keys.clone(), PublicUrl::direct(Hosts::any()));
    let mut signalwire = Doctor::signalwire(keys, PublicUrl::direct(Hosts::any()));
    for n in 0..100 {
        doctor = doctor.known_url(format!("https://h{n}.example.com/{n}?a={n}"));
        doctor = doctor.known_prefix(format!("/p{n}")).known_empty(format!("E{n}"));
        signalwire = signalwire.known_prefix(format!("/p{n}"));
    }
    let signer = Signer::twilio(key());
    let many: Vec<_> = (0..512).map(|n| format!("a_{n}=%26+{n}%0A")).collect();
    let long = "x'+%20&".repeat(8_000);
    let hosts: Vec<_> = (0..500).map(|n| format!("h{n}.example.com:{n}")).collect();
    let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
    for (query, content_type, body) in [
        (String::new(), FORM, many.join("&")),
        (long, FORM, many.join("&")),
        ("a=1&b=2&c=3&d=4&e=5".into(), FORM, format!("Body={}", "%0A".repeat(80_000))),
        ("&".repeat(5_000), JSON, format!("{{\"a\":{deep}}}")),
        ("=%".repeat(500), JSON, format!("[{}1]", "1,".repeat(30_000))),
    ] {
        let url = format!("https://hooks.example.com//a%zz/{}?{query}", "/".repeat(100));
        let sent = Sent::of(&signer, Method::POST, &url, Some(content_type), body);
        let mut sent = sent
            .with_header("x-forwarded-host", &hosts.join(","))
            .with_header("x-forwarded-port", &"1,".repeat(500))
            .with_header("x-forwarded-prefix", &"/a,".repeat(500))
            .with_header("forwarded", &"host=a,".repeat(500));
        let start = Instant::now();
        assert_eq!(sent.examined_by(&doctor).cause(), Cause::NoMatch);
        sent = sent.with_header("x-signalwire-signature", "MDEyMzQ1Njc4OTAxMjM0NTY3ODk=");
        assert!(sent.examined_by(&signalwire).matched().is_none());
        // Without optimization, on a busy machine.
        assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    }
}

#[test]
fn what_cannot_be_read_is_not_searched() {
    let sent = Sent::form("https://hooks.example.com/sms", "Body=hi");
    for changed in [
        sent.clone().received_at("no URL"),
        sent.clone().received_at(&format!("https://h/{}", "a".repeat(70_000))),
        sent.clone().with_body(vec![b'a'; 300 * 1024]),
    ] {
        let found = changed.examined_by(&doctor());
        assert_eq!((found.cause(), found.macs()), (Cause::Unreadable, 0));
    }
    // A header that a proxy left behind is found out.
    let found = sent.with_header("content-encoding", "gzip").examined_by(&doctor());
    assert_eq!(found.cause(), Cause::Unreadable);
    assert!(found.matched().is_some());
}

#[test]
fn a_pinned_algorithm_is_not_lowered() {
    let key = Key::new(TOKEN).unwrap().with_algorithm(Algorithm::HmacSha256);
    let strict = Doctor::twilio(key, PublicUrl::direct(Hosts::any()));
    let found = Sent::form("https://hooks.example.com/sms", "Body=hi").examined_by(&strict);
    assert_eq!(found.cause(), Cause::Algorithm);
}
