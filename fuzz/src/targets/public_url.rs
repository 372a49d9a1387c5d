//! The public URL against a reference of its rules, on requests of every shape: an untrusted
//! peer's headers change nothing, the host is one of the list, and what was signed for a URL
//! verifies, also when it comes by proxies that a client tries to speak for.

mod honest;
mod reference;

use arbitrary::Arbitrary;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Uri, header, request::Parts};
use switchhook_signature::{
    Connection, Forwarding, Hosts, Key, Keys, PublicTarget, PublicUrl, Signer, TrustedProxies,
    Verifier,
};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// Hosts that a list admits, one of them with its port.
const LISTED: [&str; 3] = ["hooks.example.com", "[2001:db8::1]", "a.example.com:8443"];

/// URLs of one webhook, and what counts of them: scheme, authority, path.
const FIXED: [(&str, &str, &str, &str); 4] = [
    ("https://hooks.example.com/voice", "https", "hooks.example.com", "/voice"),
    ("https://hooks.example.com/?x=1#rc=2", "https", "hooks.example.com", "/"),
    ("http://u:p@hooks.example.com:8080/a%2Fb/", "http", "hooks.example.com:8080", "/a%2Fb/"),
    ("wss://[2001:db8::1]:8443", "wss", "[2001:db8::1]:8443", ""),
];

/// Origins, in the same way.
const ORIGINS: [(&str, &str, &str, &str); 4] = [
    ("https://hooks.example.com", "https", "hooks.example.com", ""),
    ("http://hooks.example.com:8080/", "http", "hooks.example.com:8080", ""),
    ("https://u:p@hooks.example.com/base/", "https", "hooks.example.com", "/base"),
    ("wss://[2001:db8::1]:8443/a%2Fb", "wss", "[2001:db8::1]:8443", "/a%2Fb"),
];

/// How the server knows its URL, and a request with anything in it.
#[derive(Arbitrary, Clone)]
pub struct Request<'a> {
    pub source: Source,
    /// Which of the configured URLs.
    pub configured: u8,
    pub family: Family,
    pub hops: u8,
    pub believes_prefix: bool,
    pub hosts_listed: bool,
    /// Whether a path is put before the request's.
    pub prefixed: bool,
    pub https_only: bool,
    pub tls: bool,
    pub peer: Peer,
    pub get: bool,
    /// The host in the target, as HTTP/2 has it.
    pub authority: Option<&'a str>,
    pub target: &'a str,
    /// The target before a router cut it.
    pub public_target: Option<&'a str>,
    pub headers: Vec<(Name, &'a [u8])>,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub enum Source {
    Fixed,
    Origin,
    Direct,
    Behind,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub enum Family {
    XForwarded,
    Forwarded,
    OriginalHost,
    Either,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub enum Peer {
    Unknown,
    Stranger,
    Proxy,
    /// The proxy as a socket for both kinds of addresses shows it.
    MappedProxy,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub enum Name {
    Host,
    Upgrade,
    Forwarded,
    XForwardedHost,
    XForwardedProto,
    XForwardedPort,
    XForwardedPrefix,
    XForwardedFor,
    XOriginalHost,
}

impl Name {
    fn header(self) -> HeaderName {
        match self {
            Self::Host => header::HOST,
            Self::Upgrade => header::UPGRADE,
            Self::Forwarded => header::FORWARDED,
            Self::XForwardedHost => HeaderName::from_static("x-forwarded-host"),
            Self::XForwardedProto => HeaderName::from_static("x-forwarded-proto"),
            Self::XForwardedPort => HeaderName::from_static("x-forwarded-port"),
            Self::XForwardedPrefix => HeaderName::from_static("x-forwarded-prefix"),
            Self::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            Self::XOriginalHost => HeaderName::from_static("x-original-host"),
        }
    }

    fn is_forwarding(self) -> bool {
        !matches!(self, Self::Host | Self::Upgrade)
    }
}

pub fn check(request: Request<'_>) {
    let Some(public_url) = request.public_url() else { return };
    let Some(head) = request.head() else { return };
    let resolved = public_url.resolve(&head);
    assert_eq!(resolved.clone().ok(), reference::url(&request, &head), "{resolved:?}");

    if !(request.source == Source::Behind && request.is_by_proxy()) {
        let mut silent = request.clone();
        silent.headers.retain(|(name, _)| !name.is_forwarding());
        let silent = silent.head().expect("less than before");
        assert_eq!(public_url.resolve(&silent), resolved);
    }
    if let Ok(url) = resolved {
        let (scheme, rest) = url.split_once("://").expect("a whole URL");
        assert!(!request.https_only || matches!(scheme, "https" | "wss"), "{url}");
        let authority = rest.split(['/', '?']).next().unwrap_or_default();
        let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
        let is = |entry: &&str| [authority, host].iter().any(|it| it.eq_ignore_ascii_case(entry));
        let seen = matches!(request.source, Source::Direct | Source::Behind);
        assert!(!(seen && request.hosts_listed) || LISTED.iter().any(is), "{url}");
        verifies(&public_url, &url, head);
    }
    honest::check(&request);
}

/// What is signed for the URL is believed, wherever it says that it was sent.
fn verifies(public_url: &PublicUrl, url: &str, mut head: Parts) {
    let form = "application/x-www-form-urlencoded";
    let body = match head.method {
        Method::GET => Bytes::new(),
        _ => Bytes::from_static(b"CallSid=CA1&From=%2B15550100"),
    };
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    let Ok(signed) = signer.sign(&head.method, url, Some(form), &body) else { return };
    head.headers.extend(signed.headers);
    head.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form));
    let verifier = Verifier::twilio(Keys::new(KEY).unwrap(), public_url.clone());
    assert_eq!(verifier.precheck(&head), Ok(()));
    let verified = verifier.verify(&head, &body);
    assert_eq!(verified.map(|delivery| delivery.url().to_owned()), Ok(url.to_owned()));
}

impl Request<'_> {
    fn public_url(&self) -> Option<PublicUrl> {
        let hosts = || if self.hosts_listed { Hosts::only(LISTED) } else { Hosts::any() };
        let public_url = match self.source {
            Source::Fixed => PublicUrl::fixed(self.configured().0).unwrap(),
            Source::Origin => PublicUrl::origin(self.configured().0).unwrap(),
            Source::Direct => PublicUrl::direct(hosts()),
            Source::Behind => {
                let forwarding = match self.family {
                    Family::XForwarded => Forwarding::XForwarded,
                    Family::Forwarded => Forwarding::Forwarded,
                    Family::OriginalHost => Forwarding::HostHeader(Name::XOriginalHost.header()),
                    Family::Either => Forwarding::Either,
                };
                let proxies = TrustedProxies::new(["10.0.0.0/8"], forwarding).unwrap();
                let proxies = proxies.hops(self.hops.into());
                let proxies =
                    if self.believes_prefix { proxies.forwarded_prefix() } else { proxies };
                PublicUrl::behind(proxies, hosts())
            }
        };
        let public_url = match self.prefixed {
            true => public_url.with_path_prefix("/prod/").unwrap(),
            false => public_url,
        };
        if self.https_only { public_url.https_only().ok() } else { Some(public_url) }
    }

    /// The configured URL in its parts.
    fn configured(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        let at = usize::from(self.configured) % 4;
        if self.source == Source::Fixed { FIXED[at] } else { ORIGINS[at] }
    }

    fn is_by_proxy(&self) -> bool {
        matches!(self.peer, Peer::Proxy | Peer::MappedProxy)
    }

    fn head(&self) -> Option<Parts> {
        let target = match self.authority {
            Some(authority) => format!("https://{authority}{}", self.target),
            None => self.target.to_owned(),
        };
        let mut head = http::Request::new(()).into_parts().0;
        head.method = if self.get { Method::GET } else { Method::POST };
        head.uri = target.parse::<Uri>().ok()?;
        for (name, value) in &self.headers {
            head.headers.append(name.header(), HeaderValue::from_bytes(value).ok()?);
        }
        let peer = match self.peer {
            Peer::Unknown => None,
            Peer::Stranger => Some("198.51.100.7"),
            Peer::Proxy => Some("10.0.0.1"),
            Peer::MappedProxy => Some("::ffff:10.0.0.1"),
        };
        let peer = peer.map(|peer| peer.parse().unwrap());
        head.extensions.insert(Connection { tls: self.tls, peer });
        if let Some(target) = self.public_target {
            head.extensions.insert(PublicTarget(target.parse().ok()?));
        }
        Some(head)
    }
}
