//! Who may look: people at this machine, with the page's own token.

use std::net::SocketAddr;

use ctutils::CtEq;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, FORWARDED, HOST, ORIGIN, REFERRER_POLICY, VIA,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};

use crate::{
    host::{Host, only},
    shown::hex,
};

/// The header that carries the token.
const TOKEN: HeaderName = HeaderName::from_static("x-switchhook-token");

/// What a proxy or a tunnel adds: the webhooks' way in from outside is none to the page.
const OF_PROXIES: [HeaderName; 7] = [
    FORWARDED,
    VIA,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-real-ip"),
    HeaderName::from_static("cf-connecting-ip"),
];

/// Nothing but the page's own files; no markup is ever made of text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// Lets requests to the inspector in, or not.
pub(crate) struct Guard {
    token: String,
    /// The port that the page is served on.
    port: u16,
    /// Whether other machines may look.
    anywhere: bool,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stranger {
    Peer,
    Proxy,
    Host,
    Origin,
    Token,
}

impl Stranger {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Token => StatusCode::UNAUTHORIZED,
            _ => StatusCode::FORBIDDEN,
        }
    }

    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::Peer => "the inspector is for this machine alone\n",
            Self::Proxy => "the inspector is not served through a proxy or a tunnel\n",
            Self::Host => "the inspector goes by the address that `listen` printed\n",
            Self::Origin => "the inspector takes no requests of other pages\n",
            Self::Token => {
                "open the whole URL that `listen` printed: its token is missing or old\n"
            }
        }
    }
}

impl Guard {
    /// A guard with a token of its own.
    ///
    /// # Errors
    ///
    /// When the system has no random numbers.
    pub(crate) fn new(port: u16, anywhere: bool) -> anyhow::Result<Self> {
        let mut bytes = [0_u8; 20];
        getrandom::fill(&mut bytes)
            .map_err(|error| anyhow::anyhow!("no random numbers: {error}"))?;
        Ok(Self { token: hex(&bytes), port, anywhere })
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Whether a request for the page's files is let in, which are no secret.
    ///
    /// # Errors
    ///
    /// [`Stranger`].
    pub(crate) fn admit(
        &self,
        headers: &HeaderMap,
        peer: Option<SocketAddr>,
    ) -> Result<(), Stranger> {
        let is_near = |peer: SocketAddr| crate::client::is_loopback(peer);
        if !self.anywhere && !peer.is_some_and(is_near) {
            return Err(Stranger::Peer);
        }
        if OF_PROXIES.iter().any(|name| headers.contains_key(name)) {
            return Err(Stranger::Proxy);
        }
        let host = only(headers, &HOST).filter(|host| self.is_own(host)).ok_or(Stranger::Host)?;
        if headers.contains_key(ORIGIN) {
            let own = format!("http://{host}");
            only(headers, &ORIGIN).filter(|origin| *origin == own).ok_or(Stranger::Origin)?;
        }
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        // What a person opened has none: it is let in, and gets an empty page.
        match site {
            None | Some(b"same-origin" | b"none") => Ok(()),
            Some(_) => Err(Stranger::Origin),
        }
    }

    /// Whether a request for what was received is let in.
    ///
    /// # Errors
    ///
    /// [`Stranger`].
    pub(crate) fn admit_with_token(
        &self,
        headers: &HeaderMap,
        peer: Option<SocketAddr>,
    ) -> Result<(), Stranger> {
        self.admit(headers, peer)?;
        let token = only(headers, &TOKEN).ok_or(Stranger::Token)?;
        if bool::from(token.as_bytes().ct_eq(self.token.as_bytes())) {
            Ok(())
        } else {
            Err(Stranger::Token)
        }
    }

    /// Whether a host is an address or `localhost`, with the page's port: no name that somebody
    /// else could point here.
    fn is_own(&self, host: &str) -> bool {
        let host = Host::of(host);
        let known = match host.address() {
            Some(address) => self.anywhere || address.to_canonical().is_loopback(),
            None => host.is_localhost(),
        };
        known && host.port == Some(self.port)
    }
}

/// What every answer of the inspector says about itself.
pub(crate) fn harden(headers: &mut HeaderMap) {
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn peer(address: &str) -> SocketAddr {
        SocketAddr::new(address.parse().unwrap(), 40_000)
    }

    #[test]
    fn hosts_are_addresses_with_the_right_port() {
        let guard = Guard::new(8000, false).unwrap();
        let wide = Guard::new(8000, true).unwrap();
        for (host, near, anywhere) in [
            ("127.0.0.1:8000", true, true),
            ("localhost:8000", true, true),
            ("LocalHost:8000", true, true),
            ("[::1]:8000", true, true),
            ("192.0.2.7:8000", false, true),
            ("[2001:db8::1]:8000", false, true),
            ("127.0.0.1", false, false),
            ("127.0.0.1:8001", false, false),
            ("evil.example:8000", false, false),
            ("localhost.evil.example:8000", false, false),
            ("127.0.0.1.evil.example:8000", false, false),
            ("", false, false),
        ] {
            let headers = headers(&[("host", host)]);
            assert_eq!(guard.admit(&headers, Some(peer("127.0.0.1"))).is_ok(), near, "{host}");
            assert_eq!(wide.admit(&headers, Some(peer("192.0.2.1"))).is_ok(), anywhere, "{host}");
        }
    }

    #[test]
    fn strangers_are_told_apart() {
        let guard = Guard::new(8000, false).unwrap();
        let host = ("host", "127.0.0.1:8000");
        let token = guard.token().to_owned();
        assert_eq!(token.len(), 40);
        for (more, expected) in [
            (vec![], Err(Stranger::Token)),
            (vec![("x-switchhook-token", "")], Err(Stranger::Token)),
            (vec![("x-switchhook-token", &token[1..])], Err(Stranger::Token)),
            (
                vec![("x-switchhook-token", &token), ("x-switchhook-token", &token)],
                Err(Stranger::Token),
            ),
            (vec![("x-switchhook-token", &token)], Ok(())),
            (vec![("x-switchhook-token", &token), ("origin", "http://127.0.0.1:8000")], Ok(())),
            (
                vec![("x-switchhook-token", &token), ("origin", "http://localhost:8000")],
                Err(Stranger::Origin),
            ),
            (vec![("x-switchhook-token", &token), ("origin", "null")], Err(Stranger::Origin)),
            (
                vec![("x-switchhook-token", &token), ("sec-fetch-site", "cross-site")],
                Err(Stranger::Origin),
            ),
            (
                vec![("x-switchhook-token", &token), ("x-forwarded-for", "192.0.2.1")],
                Err(Stranger::Proxy),
            ),
            (vec![("x-switchhook-token", &token), ("host", "127.0.0.1:8000")], Err(Stranger::Host)),
        ] {
            let headers = headers(&[&[host], &more[..]].concat());
            assert_eq!(
                guard.admit_with_token(&headers, Some(peer("127.0.0.1"))),
                expected,
                "{more:?}"
            );
        }
        let whole = headers(&[host, ("x-switchhook-token", &token)]);
        assert_eq!(guard.admit_with_token(&whole, Some(peer("192.0.2.1"))), Err(Stranger::Peer));
        assert_eq!(guard.admit_with_token(&whole, None), Err(Stranger::Peer));
        assert_ne!(Guard::new(8000, false).unwrap().token(), token);
    }
}
