//! What a signature must withstand, whatever the request.

use base64::Engine;
use bytes::Bytes;
use hmac::{KeyInit, Mac};
use http::{HeaderMap, Method, header::CONTENT_TYPE};
use proptest::prelude::*;
use switchhook_core::Params;
use switchhook_signature::{Algorithm, Hosts, Key, Keys, PublicUrl, Signed, Signer, Verifier};

const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Clone, Debug)]
struct Request {
    key: String,
    algorithm: Algorithm,
    url: String,
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
}

prop_compose! {
    fn requests()(
        key in "[!-~][ -~]{0,69}",
        sha256 in any::<bool>(),
        host in "(https|http)://[a-z]{1,9}(:[1-9][0-9]{0,3})?",
        target in "(/[a-z%'.;+]{0,8}){0,3}(\\?[a-z=&%'+]{0,12})?",
        pairs in prop::collection::vec((prop::collection::vec(any::<u8>(), 1..8), any::<Vec<u8>>()), 1..40),
    ) -> Request {
        let algorithm = if sha256 { Algorithm::HmacSha256 } else { Algorithm::HmacSha1 };
        Request { key, algorithm, url: format!("{host}{target}"), pairs }
    }
}

impl Request {
    fn key(&self) -> Key {
        Key::new(&self.key).unwrap().with_algorithm(self.algorithm)
    }

    fn body(&self) -> Bytes {
        self.pairs.iter().map(|(n, v)| (n, v)).collect::<Params>().to_form().into()
    }

    fn signed(&self) -> Signed {
        let signer = Signer::twilio(self.key());
        signer.sign(&Method::POST, &self.url, Some(FORM), &self.body()).unwrap()
    }
}

fn verifies(key: Key, url: &str, mut headers: HeaderMap, body: &Bytes) -> bool {
    headers.insert(CONTENT_TYPE, FORM.parse().unwrap());
    let verifier = Verifier::twilio(Keys::from(key), PublicUrl::direct(Hosts::any()));
    verifier.verify_url(&Method::POST, url, &headers, body).is_ok()
}

fn flip(bytes: &mut [u8], bit: usize) {
    let at = bit / 8 % bytes.len();
    bytes[at] ^= 1 << (bit % 8);
}

/// Twenty lines from the provider's page: join what `BTreeSet` sorts.
fn reference(request: &Request) -> Vec<u8> {
    let mut text = request.url.clone().into_bytes();
    let pairs: std::collections::BTreeSet<_> = request.pairs.iter().collect();
    for (name, value) in pairs {
        text.extend_from_slice(name);
        text.extend_from_slice(value);
    }
    text
}

fn digest<M: Mac + KeyInit>(key: &str, text: &[u8]) -> Vec<u8> {
    M::new_from_slice(key.as_bytes()).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

proptest! {
    #[test]
    fn what_is_signed_verifies(request in requests()) {
        let Signed { url, headers, .. } = request.signed();
        prop_assert!(verifies(request.key(), &url, headers, &request.body()));
    }

    #[test]
    fn the_signature_is_the_one_of_the_providers_page(request in requests()) {
        let text = reference(&request);
        let digest = if request.algorithm == Algorithm::HmacSha256 {
            digest::<hmac::Hmac<sha2::Sha256>>(&request.key, &text)
        } else {
            digest::<hmac::Hmac<sha1::Sha1>>(&request.key, &text)
        };
        let expected = base64::engine::general_purpose::STANDARD.encode(digest);
        prop_assert_eq!(&request.signed().headers["x-twilio-signature"], &expected);
    }

    #[test]
    fn any_flipped_bit_of_a_value_is_refused(request in requests(), pair in any::<usize>(), bit in any::<usize>()) {
        let signed = request.signed();
        let mut forged = request.clone();
        let at = pair % forged.pairs.len();
        let (name, value) = &mut forged.pairs[at];
        flip(if value.is_empty() { name } else { value }, bit);
        prop_assume!(reference(&forged) != reference(&request));
        prop_assert!(!verifies(request.key(), &request.url, signed.headers, &forged.body()));
    }

    #[test]
    fn any_flipped_bit_of_the_body_is_refused(request in requests(), bit in any::<usize>()) {
        let signed = request.signed();
        let mut body = request.body().to_vec();
        flip(&mut body, bit);
        // A flipped bit may spell the same pairs (`%c3` for `%C3`), or cut them at another
        // place, which the scheme cannot see.
        let joined = |body: &[u8]| {
            let params = Params::parse(body).unwrap();
            params.sorted().flat_map(|(n, v)| [n, v].concat()).collect::<Vec<u8>>()
        };
        prop_assume!(joined(&body) != joined(&request.body()));
        prop_assert!(!verifies(request.key(), &request.url, signed.headers, &body.into()));
    }

    #[test]
    fn any_flipped_bit_of_the_url_is_refused(request in requests(), bit in any::<usize>()) {
        let signed = request.signed();
        let mut url = request.url.clone().into_bytes();
        flip(&mut url, bit);
        let Ok(url) = String::from_utf8(url) else { return Ok(()) };
        // What follows a fragment's mark is never part of a request.
        prop_assume!(!url.contains('#'));
        prop_assert!(!verifies(request.key(), &url, signed.headers, &request.body()));
    }

    #[test]
    fn any_flipped_bit_of_the_key_is_refused(request in requests(), bit in any::<usize>()) {
        let signed = request.signed();
        let mut key = request.key.clone().into_bytes();
        flip(&mut key, bit);
        let Ok(key) = String::from_utf8(key) else { return Ok(()) };
        // One bit makes `0` a space, and white space alone is no key.
        prop_assume!(!key.trim().is_empty());
        let key = Key::new(key).unwrap().with_algorithm(request.algorithm);
        prop_assert!(!verifies(key, &request.url, signed.headers, &request.body()));
    }

    #[test]
    fn any_flipped_bit_of_the_signature_is_refused(request in requests(), bit in any::<usize>()) {
        let mut headers = request.signed().headers;
        let mut signature = headers["x-twilio-signature"].as_bytes().to_vec();
        flip(&mut signature, bit);
        let Ok(signature) = http::HeaderValue::from_bytes(&signature) else { return Ok(()) };
        headers.insert("x-twilio-signature", signature);
        prop_assert!(!verifies(request.key(), &request.url, headers, &request.body()));
    }

    #[test]
    fn no_input_panics(
        method in "GET|POST|PUT|HEAD",
        url in "([a-z]{0,6}:)?(//)?[a-z@:\\[\\]/?#&=%é]{0,30}",
        content_type in "(application/(json|x-www-form-urlencoded)|[ -~]{0,20})",
        signature in "[A-Za-z0-9+/=]{0,50}",
        settings in "[ -~]{0,40}",
        body in any::<Vec<u8>>(),
    ) {
        let verifier = Verifier::twilio(Keys::new("k").unwrap(), PublicUrl::direct(Hosts::any()));
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, content_type.parse().unwrap());
        headers.insert("x-twilio-signature", signature.parse().unwrap());
        headers.insert("x-twilio-webhooks-signature-settings", settings.parse().unwrap());
        let method: Method = method.parse().unwrap();
        let body = Bytes::from(body);
        prop_assert!(verifier.compatible().verify_url(&method, &url, &headers, &body).is_err());
    }
}
