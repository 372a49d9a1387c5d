//! What SignalWire's signatures must withstand, whatever the request.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderValue, Method, header::CONTENT_TYPE};
use proptest::prelude::*;
use sha1::Sha1;
use switchhook_core::Params;
use switchhook_signature::{
    Hosts, Key, Keys, PublicUrl, SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER,
    Signed, Signer, Verifier,
};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const HEADERS: [&str; 2] = [SIGNALWIRE_SIGNATURE_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER];

#[derive(Clone, Debug)]
struct Request {
    key: String,
    url: String,
    content_type: &'static str,
    body: Vec<u8>,
    /// Which of the two headers of JSON is sent.
    header: usize,
}

prop_compose! {
    fn requests()(
        key in "[!-~][ -~]{0,69}",
        host in "(https|http)://[a-z]{1,9}(:[1-9][0-9]{0,3})?",
        target in "(/[a-z%'.;+]{0,8}){0,3}(\\?[a-z=&%'+]{0,12})?",
        pairs in prop::collection::vec(("\\PC{1,8}", "\\PC{0,12}"), 1..20),
        json in "\\PC{1,80}",
        is_form in any::<bool>(),
        header in 0_usize..2,
    ) -> Request {
        let form = pairs.into_iter().collect::<Params>().to_form();
        let json = serde_json::to_string(&json).unwrap();
        let (content_type, body) = if is_form { (FORM, form) } else { (JSON, json) };
        Request { key, url: format!("{host}{target}"), content_type, body: body.into(), header }
    }
}

impl Request {
    /// The signature in one header, so that no other one can stand in for it.
    fn signed(&self) -> HeaderMap {
        let signer = Signer::signalwire(Key::new(&self.key).unwrap());
        let body = Bytes::copy_from_slice(&self.body);
        let signed = signer.sign(&Method::POST, &self.url, Some(self.content_type), &body);
        let Signed { url, headers, .. } = signed.unwrap();
        assert_eq!(url, self.url);
        let name = HEADERS[if self.content_type == FORM { 0 } else { self.header }];
        HeaderMap::from_iter([(name.parse().unwrap(), headers[name].clone())])
    }

    fn verifies(&self, mut headers: HeaderMap) -> bool {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        let keys = Keys::new(&self.key).unwrap();
        let verifier = Verifier::signalwire(keys, PublicUrl::direct(Hosts::any()));
        let body = Bytes::copy_from_slice(&self.body);
        verifier.verify_url(&Method::POST, &self.url, &headers, &body).is_ok()
    }

    /// The signed text, after the provider's page.
    fn text(&self) -> Vec<u8> {
        let mut text = self.url.clone().into_bytes();
        if self.content_type == JSON {
            return [text, self.body.clone()].concat();
        }
        let mut pairs: Vec<_> = form_urlencoded::parse(&self.body).collect();
        pairs.sort_by(|left, right| left.0.cmp(&right.0));
        for (name, value) in pairs {
            text.extend([name.as_bytes(), value.as_bytes()].concat());
        }
        text
    }
}

fn flip(bytes: &mut [u8], bit: usize) {
    let at = bit / 8 % bytes.len();
    bytes[at] ^= 1 << (bit % 8);
}

proptest! {
    #[test]
    fn what_is_signed_verifies(request in requests()) {
        prop_assert!(request.verifies(request.signed()));
    }

    #[test]
    fn the_signature_is_the_one_of_the_providers_page(request in requests()) {
        fn mac<M: Mac + KeyInit>(request: &Request) -> Vec<u8> {
            let mac = <M as KeyInit>::new_from_slice(request.key.as_bytes()).unwrap();
            mac.chain_update(request.text()).finalize().into_bytes().to_vec()
        }
        let hex = |digest: Vec<u8>| {
            digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
        };
        let expected: String = match (request.content_type, request.header) {
            (FORM, _) => STANDARD.encode(mac::<Hmac<Sha1>>(&request)),
            (_, 0) => hex(mac::<Hmac<Sha1>>(&request)),
            (_, _) => hex(mac::<Hmac<sha2::Sha256>>(&request)),
        };
        let signed = request.signed();
        prop_assert_eq!(signed.values().next().unwrap(), &expected);
    }

    #[test]
    fn any_flipped_bit_of_the_body_is_refused(request in requests(), bit in any::<usize>()) {
        let mut forged = request.clone();
        flip(&mut forged.body, bit);
        // A form may spell the same pairs in another way, or cut them at another place.
        prop_assume!(forged.text() != request.text());
        prop_assert!(!forged.verifies(request.signed()));
    }

    #[test]
    fn any_flipped_bit_of_the_url_is_refused(request in requests(), bit in any::<usize>()) {
        let mut url = request.url.clone().into_bytes();
        flip(&mut url, bit);
        let Ok(url) = String::from_utf8(url) else { return Ok(()) };
        // What follows a fragment's mark is tried with and without.
        prop_assume!(!url.contains('#'));
        let forged = Request { url, ..request.clone() };
        prop_assert!(!forged.verifies(request.signed()));
    }

    #[test]
    fn any_flipped_bit_of_the_key_is_refused(request in requests(), bit in any::<usize>()) {
        let mut key = request.key.clone().into_bytes();
        flip(&mut key, bit);
        let Ok(key) = String::from_utf8(key) else { return Ok(()) };
        // One bit makes `0` a space, and white space alone is no key.
        prop_assume!(!key.trim().is_empty());
        let forged = Request { key, ..request.clone() };
        prop_assert!(!forged.verifies(request.signed()));
    }

    #[test]
    fn any_flipped_bit_of_the_signature_is_refused(request in requests(), bit in any::<usize>()) {
        let mut headers = request.signed();
        for value in headers.values_mut() {
            let mut signature = value.as_bytes().to_vec();
            flip(&mut signature, bit);
            let Ok(flipped) = HeaderValue::from_bytes(&signature) else { return Ok(()) };
            *value = flipped;
        }
        prop_assert!(!request.verifies(headers));
    }

    #[test]
    fn a_signature_of_one_kind_of_body_is_none_of_the_other(request in requests()) {
        let other = if request.content_type == FORM { JSON } else { FORM };
        let retyped = Request { content_type: other, ..request.clone() };
        // Over the bytes of the body a form may be signed as well, by HMAC-SHA1.
        let over_bytes = request.content_type == JSON && request.header == 0;
        prop_assert_eq!(retyped.verifies(request.signed()), over_bytes);
    }

    #[test]
    fn no_input_panics(
        method in "GET|POST|PUT|HEAD",
        url in "([a-z]{0,6}:)?(//)?[a-z@:\\[\\]/?#&=%é]{0,30}",
        content_type in "(application/(json|x-www-form-urlencoded)|[ -~]{0,20})",
        signature in "([A-Za-z0-9+/=]{0,50}|[0-9a-f]{40})",
        sha256 in "[0-9a-f]{60,64}",
        body in any::<Vec<u8>>(),
    ) {
        let verifier = Verifier::signalwire(Keys::new("k").unwrap(), PublicUrl::direct(Hosts::any()));
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        headers.insert(SIGNALWIRE_SIGNATURE_HEADER, signature.parse().unwrap());
        headers.insert(SIGNALWIRE_SHA256_SIGNATURE_HEADER, sha256.parse().unwrap());
        let method: Method = method.parse().unwrap();
        let body = Bytes::from(body);
        prop_assert!(verifier.compatible().verify_url(&method, &url, &headers, &body).is_err());
    }
}
