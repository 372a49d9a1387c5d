//! The number of MACs is what a diagnosis says, and bounded, and so are the bytes.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};

use super::{Cause, Doctor, cover::MADE, search::MOST_BYTES};
use crate::{Hosts, Key, Keys, PublicUrl, key::COUNTED};

const FORM: &str = "application/x-www-form-urlencoded";

/// Examines a request that nobody signed; the MACs as told and as counted.
fn macs(
    doctor: &Doctor,
    header: &'static str,
    signature: &str,
    kind: &str,
    body: &str,
) -> (usize, usize) {
    let mut headers = HeaderMap::new();
    headers.insert(header, HeaderValue::from_str(signature).unwrap());
    headers.insert("content-type", HeaderValue::from_str(kind).unwrap());
    headers.insert("x-forwarded-host", HeaderValue::from_static("a.example,b.example:1"));
    let url = "http://u:p@hooks.example.com:8080/a/b%20c//d/?e=%27&d=+&c=1&b=2&a=3";
    COUNTED.set(0);
    let body = Bytes::copy_from_slice(body.as_bytes());
    let found = doctor.examine_url(&Method::POST, url, &headers, &body);
    assert_eq!(found.cause(), Cause::NoMatch, "{found:?}");
    assert_eq!(found.steps().iter().map(|step| step.macs).sum::<usize>(), found.macs());
    (found.macs(), COUNTED.get())
}

#[test]
fn no_search_takes_more_macs_than_are_allowed() {
    let form = "A_b=1&C_d=2&E_f=3&G_h=4&I_j=5&K_l=6&Body=%C3%A9+%2526%0A&A_b=2&x=null";
    let twilio = "MDEyMzQ1Njc4OTAxMjM0NTY3ODk=";
    for count in [1, 2, 3, 20, 100] {
        let keys = (1..count)
            .fold(Keys::new("k0").unwrap(), |keys, n| keys.and(Key::new(format!("k{n}")).unwrap()));
        let doctor = Doctor::twilio(keys.clone(), PublicUrl::direct(Hosts::any()))
            .known_url("https://c.example/x?y=1")
            .known_prefix("/p");
        let (told, counted) = macs(&doctor, "x-twilio-signature", twilio, FORM, form);
        assert_eq!(told, counted);
        assert!((200..=Doctor::MOST_MACS).contains(&counted), "{count} keys: {counted}");

        let doctor = Doctor::signalwire(keys, PublicUrl::direct(Hosts::any()));
        let hex = "0123456789012345678901234567890123456789";
        let json = "{\"a\": [1, \"\u{e9}/\"]}";
        let (told, counted) =
            macs(&doctor, "x-signalwire-signature", hex, "application/json", json);
        assert_eq!(told, counted);
        assert!((200..=Doctor::MOST_MACS).contains(&counted), "{count} keys: {counted}");
    }
}

#[test]
fn a_match_tells_at_least_the_macs_that_it_took() {
    let doctor = Doctor::twilio(Keys::new("k").unwrap(), PublicUrl::direct(Hosts::any()));
    let signed = crate::Signer::twilio(Key::new("k").unwrap());
    let url = "https://hooks.example.com/sms";
    let signed = signed.sign(&Method::POST, url, Some(FORM), &Bytes::from("A=1")).unwrap();
    let mut headers = signed.headers;
    headers.insert("content-type", HeaderValue::from_static(FORM));
    COUNTED.set(0);
    let found = doctor.examine_url(&Method::POST, url, &headers, &Bytes::from("A=1"));
    assert_eq!(found.cause(), Cause::Valid);
    assert!(COUNTED.get() <= found.macs() && found.macs() <= 3, "{found:?}");
}

/// A long form has few texts that fit into the bytes, and no more are made than were tried.
#[test]
fn no_text_is_made_that_is_not_tried() {
    let value = "x".repeat(480);
    let form: Vec<_> = (0..500).map(|n| format!("a_{n}=%26{value}%0A")).collect();
    let form = form.join("&");
    let mut headers = HeaderMap::new();
    headers.insert("x-twilio-signature", HeaderValue::from_static("MDEyMzQ1Njc4OTAxMjM0NTY3ODk="));
    headers.insert("content-type", HeaderValue::from_static(FORM));
    headers.insert("x-forwarded-host", HeaderValue::from_static("a.example,b.example"));
    let doctor = Doctor::twilio(Keys::new("k").unwrap(), PublicUrl::direct(Hosts::any()));
    MADE.set(0);
    let url = "https://hooks.example.com/a?b=1";
    let found = doctor.examine_url(&Method::POST, url, &headers, &Bytes::from(form));
    assert!(found.matched().is_none() && found.steps().iter().any(|step| step.cut_short));
    let texts: usize = found.steps().iter().map(|step| step.texts).sum();
    // Those that come with several URLs, and what the request's own content is.
    assert!(MADE.get() <= texts + 8, "{} made, {texts} tried", MADE.get());
    assert!(MADE.get() * 240_000 <= MOST_BYTES, "{} made", MADE.get());
}
