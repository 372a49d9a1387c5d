//! The doctor finds what is wrong, and nothing in what is forged.

mod cases;
mod explained;
mod forged;
mod signalwire;
mod variations;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use switchhook_core::Params;
use switchhook_signature::{
    Hosts, Key, Keys, PublicUrl, Signer,
    doctor::{Diagnosis, Doctor},
};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// A request that is changed on its way.
#[derive(Clone, Debug)]
struct Sent {
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Sent {
    /// A form as Twilio sends it to `url`.
    fn form(url: &str, form: &str) -> Self {
        let params = Params::parse(form.as_bytes()).unwrap();
        Self::of(&Signer::twilio(key()), Method::POST, url, Some(FORM), params.to_form())
    }

    fn of(
        signer: &Signer,
        method: Method,
        url: &str,
        content_type: Option<&str>,
        body: impl Into<Bytes>,
    ) -> Self {
        let body = body.into();
        let signed = signer.sign(&method, url, content_type, &body).unwrap();
        let mut headers = signed.headers;
        if let Some(content_type) = content_type {
            headers.insert("content-type", HeaderValue::from_str(content_type).unwrap());
        }
        Self { method, url: signed.url, headers, body }
    }

    fn received_at(mut self, url: &str) -> Self {
        self.url = url.into();
        self
    }

    fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    fn with_header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.headers.insert(name, HeaderValue::from_str(value).unwrap());
        self
    }

    fn examined_by(&self, doctor: &Doctor) -> Diagnosis {
        let found = doctor.examine_url(&self.method, &self.url, &self.headers, &self.body);
        assert!(found.macs() <= Doctor::MOST_MACS, "{found:?}");
        found
    }
}

fn key() -> Key {
    Key::new(TOKEN).unwrap()
}

fn doctor() -> Doctor {
    Doctor::twilio(Keys::from(key()), PublicUrl::direct(Hosts::any()))
}
