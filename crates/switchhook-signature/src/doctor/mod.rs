//! The signature doctor: why a signature does not match, and which setting puts it right.
//!
//! A [`Doctor`] looks at a request as it arrived, tries what proxies, frameworks and settings
//! usually do to requests, and gives a [`Diagnosis`]: a finding, the combination that matches, the
//! setting to change. It has no I/O and no clock.
//!
//! It is a tool for operators. A match that needs a change proves nothing about the request as it
//! is: no [`Verified`](crate::Verified) delivery comes out of a diagnosis. It shows neither keys
//! nor the right signature of anything. A search takes up to 2,000 MACs where a verifier takes
//! two, and signs and makes up to 32 MiB of text, so no verifier asks a doctor by itself: in a
//! running service put one behind [`OnCall`], which is off unless switched on, and limits how
//! often it looks. Ask it after the answer, and on a thread that may be kept busy.
//!
//! ```
//! use bytes::Bytes;
//! use switchhook_core::Params;
//! use switchhook_signature::{
//!     Hosts, Key, Keys, PublicUrl, Signer,
//!     doctor::{Cause, Doctor},
//! };
//!
//! let token = "0123456789abcdef0123456789abcdef";
//! let signed = Signer::twilio(Key::new(token)?)
//!     .form("https://hooks.example.com/sms", &Params::parse(b"Body=hi")?)?;
//!
//! // TLS ended before the receiver, and nobody told it.
//! let (mut parts, body) = signed.into_parts();
//! parts.uri = "http://hooks.example.com/sms".parse()?;
//! let doctor = Doctor::twilio(Keys::new(token)?, PublicUrl::direct(Hosts::any()));
//! let diagnosis = doctor.examine(&parts, &body);
//! assert_eq!(diagnosis.cause(), Cause::Scheme);
//! assert_eq!(diagnosis.setting(), Some(r#"PublicUrl::origin("https://hooks.example.com")"#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cause;
mod claim;
mod content;
mod cover;
mod diagnosis;
mod examine;
mod on_call;
mod paths;
mod rewritten;
mod search;
mod urls;
mod values;

use bytes::Bytes;
use http::{HeaderMap, Method, request::Parts};
use switchhook_core::Limits;

pub use self::{
    cause::Cause,
    cover::Taken,
    diagnosis::{Diagnosis, Matched, Part, Segment, SignedText, Stage, Step},
    on_call::OnCall,
};
use crate::{
    Connection, Key, Keys, PublicUrl, Verifier,
    public_url::{Unsent, is_upgrade, target},
    verifier::Scheme,
};

/// Finds out why signatures do not match. Made of what a [`Verifier`] is made of, and of what the
/// operator knows besides.
#[derive(Clone)]
pub struct Doctor {
    scheme: Scheme,
    /// The receiver's keys first.
    keys: Vec<Key>,
    configured: usize,
    labels: Vec<Option<Box<str>>>,
    public_url: PublicUrl,
    limits: Limits,
    known_urls: Vec<String>,
    known_prefixes: Vec<String>,
    known_empty: Vec<String>,
    known_body: Option<Bytes>,
    upgrade: bool,
    query_counted_twice: bool,
}

impl Doctor {
    /// No examination takes more MACs. It also ends when it has signed or made 32 MiB of text,
    /// which a long body reaches before.
    pub const MOST_MACS: usize = 2_000;

    /// A doctor for a receiver of Twilio's webhooks that checks with these keys and finds its
    /// public URL so.
    pub fn twilio(keys: impl Into<Keys>, public_url: PublicUrl) -> Self {
        Self::of(Scheme::Twilio, &keys.into(), public_url, Limits::default())
    }

    /// A doctor for a receiver of SignalWire's webhooks.
    pub fn signalwire(keys: impl Into<Keys>, public_url: PublicUrl) -> Self {
        Self::of(Scheme::SignalWire, &keys.into(), public_url, Limits::default())
    }

    /// A doctor for this verifier's requests; `None` for one that checks no signatures.
    pub fn for_verifier(verifier: &Verifier) -> Option<Self> {
        let (scheme, keys, public_url) = verifier.signed_by()?;
        Some(Self::of(scheme, keys, public_url.clone(), verifier.limits()))
    }

    fn of(scheme: Scheme, keys: &Keys, public_url: PublicUrl, limits: Limits) -> Self {
        let keys: Vec<Key> = keys.iter().cloned().collect();
        Self {
            scheme,
            configured: keys.len(),
            labels: vec![None; keys.len()],
            keys,
            public_url,
            limits,
            known_urls: Vec::new(),
            known_prefixes: Vec::new(),
            known_empty: Vec::new(),
            known_body: None,
            upgrade: false,
            query_counted_twice: false,
        }
    }

    /// Names the receiver's keys, in their order, such as by the variables that hold them.
    #[must_use]
    pub fn key_labels<L: Into<String>>(mut self, labels: impl IntoIterator<Item = L>) -> Self {
        for (place, label) in self.labels.iter_mut().take(self.configured).zip(labels) {
            *place = Some(label.into().into());
        }
        self
    }

    /// Also tries a key that the receiver does not check with: of a sub-account, the next one of
    /// a rotation, another project's. A match is the finding [`Cause::WrongToken`].
    #[must_use]
    pub fn other_key(mut self, label: impl Into<String>, key: Key) -> Self {
        self.keys.push(key);
        self.labels.push(Some(label.into().into()));
        self
    }

    /// A whole URL that the provider may have been given, or that its request log shows. Up to
    /// 16 are looked at.
    #[must_use]
    pub fn known_url(mut self, url: impl Into<String>) -> Self {
        self.known_urls.push(url.into());
        self
    }

    /// A path that a gateway may take away or put before, such as `/prod`. Up to 16 are looked
    /// at.
    #[must_use]
    pub fn known_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.known_prefixes.push(prefix.into());
        self
    }

    /// The name of a parameter that may have been there without a value. Without any, the names
    /// that Twilio often leaves empty are tried.
    #[must_use]
    pub fn known_empty(mut self, name: impl Into<String>) -> Self {
        self.known_empty.push(name.into());
        self
    }

    /// The body that the provider's request log shows.
    #[must_use]
    pub fn known_body(mut self, body: impl Into<Bytes>) -> Self {
        self.known_body = Some(body.into());
        self
    }

    /// Says that the request was the upgrade of a WebSocket, where its headers do not tell any
    /// more.
    #[must_use]
    pub fn upgrade(mut self) -> Self {
        self.upgrade = true;
        self
    }

    /// Says that the check which fails counts the query of a GET as parameters, too, as some
    /// frameworks hand it over.
    #[must_use]
    pub fn query_counted_twice(mut self) -> Self {
        self.query_counted_twice = true;
        self
    }

    /// Examines a request as an HTTP server has it: as [`Verifier::verify`] takes it.
    pub fn examine(&self, head: &Parts, body: &Bytes) -> Diagnosis {
        let (url, refused) = match self.public_url.resolve(head) {
            Ok(url) => (url, false),
            Err(_) => (guess(head), true),
        };
        examine::Patient {
            method: &head.method,
            url: &url,
            url_refused: refused,
            headers: &head.headers,
            body,
            upgrade: self.upgrade || is_upgrade(&head.method, &head.headers),
            unsent: self.public_url.unsent(),
        }
        .examined_by(self)
    }

    /// Examines the plain parts of a request: as [`Verifier::verify_url`] takes them. The URL is
    /// the one that the check was made with, a fragment included where it had one.
    pub fn examine_url(
        &self,
        method: &Method,
        url: &str,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Diagnosis {
        examine::Patient {
            method,
            url,
            url_refused: false,
            headers,
            body,
            upgrade: self.upgrade || is_upgrade(method, headers),
            unsent: Unsent::default(),
        }
        .examined_by(self)
    }

    fn label(&self, key: usize) -> Box<str> {
        let label = self.labels.get(key).cloned().flatten();
        label.unwrap_or_else(|| format!("key {key}").into())
    }
}

/// A URL for a request whose public one cannot be told.
fn guess(head: &Parts) -> String {
    let tls = head.extensions.get::<Connection>().is_some_and(|connection| connection.tls);
    let target = target(head);
    let authority = target.authority().map(http::uri::Authority::as_str);
    let host = head.headers.get(http::header::HOST).and_then(|host| host.to_str().ok());
    let host = host.filter(|host| crate::public_url::is_authority(host));
    let host = host.or(authority).unwrap_or("unknown.invalid");
    let path = target.path_and_query().map_or("/", |target| target.as_str());
    format!("{}://{host}{path}", if tls { "https" } else { "http" })
}

/// Shows how much the doctor knows, and none of it.
impl std::fmt::Debug for Doctor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Doctor")
            .field("scheme", &self.scheme)
            .field("keys", &self.keys.len())
            .field("public_url", &self.public_url)
            .field("known_urls", &self.known_urls.len())
            .field("known_prefixes", &self.known_prefixes.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
