//! The URL that the provider signed: the public one, whatever the server sees of it.

mod forwarded;
mod hosts;

use std::{borrow::Cow, fmt, net::IpAddr};

use http::{HeaderMap, Method, Uri, header, request::Parts, uri::Authority};
use switchhook_core::{PublicHost, Secret};

pub(crate) use self::{forwarded::parse_forwarded, hosts::is_authority};
pub use self::{
    forwarded::{Forwarding, TrustedProxies},
    hosts::Hosts,
};
use crate::url::Url;

/// How to tell the public URL of a request.
///
/// The signature covers the URL that the provider was given. Behind a proxy, a tunnel or a
/// gateway the server sees another one, which is why the public URL is configuration.
///
/// ```
/// use switchhook_signature::{Forwarding, Hosts, PublicUrl, TrustedProxies};
///
/// // One webhook: scheme, host and path from here, the query from the request.
/// let fixed = PublicUrl::fixed("https://hooks.example.com/voice")?;
/// // Many webhooks on one host; a path here is a prefix that the proxy takes away.
/// let origin = PublicUrl::origin("https://hooks.example.com")?;
/// // The headers of proxies that are known by address.
/// let proxied = PublicUrl::behind(
///     TrustedProxies::new(["10.0.0.0/8"], Forwarding::XForwarded)?.hops(1),
///     Hosts::only(["hooks.example.com"]),
/// );
/// assert!(PublicUrl::origin("hooks.example.com").is_err());
/// # Ok::<(), switchhook_signature::UrlError>(())
/// ```
#[derive(Clone)]
pub struct PublicUrl {
    source: Source,
    /// What the configured URL has and no request carries.
    user_info: Option<Secret>,
    fragment: Option<Box<str>>,
    https_only: bool,
}

/// What a configured URL has and no request carries, for providers that sign it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Unsent<'a> {
    pub(crate) user_info: Option<&'a str>,
    pub(crate) fragment: Option<&'a str>,
}

#[derive(Clone)]
enum Source {
    Fixed { url: Box<str> },
    Origin { url: Box<str> },
    Seen { hosts: Hosts, proxies: Option<TrustedProxies>, prefix: Box<str> },
}

/// What a server knows of the connection that a request came over.
///
/// Put it into the request's extensions where the [`PublicUrl`] depends on it; without it
/// the connection counts as plain and the peer as not trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Connection {
    /// Whether TLS ends in this process.
    pub tls: bool,
    /// The address of the other end of the socket.
    pub peer: Option<IpAddr>,
}

/// The request target before a router cut its path, for the request's extensions.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicTarget(pub Uri);

/// Shows the length: a query may carry a whole message, and a path a secret.
impl fmt::Debug for PublicTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.0.path_and_query().map_or(0, |target| target.as_str().len());
        write!(f, "PublicTarget({length} bytes)")
    }
}

impl PublicUrl {
    /// One webhook at a known URL: scheme, authority and path from here, the query from the
    /// request. A query given here is cut off and not compared, since providers add to it: the
    /// signature proves the query that came, also that of another webhook with this path and
    /// key. Where a query tells a tenant, ask for it in the handler. A user name and a fragment
    /// (connection overrides) are in no request either: Twilio does not sign them, with
    /// SignalWire both is tried.
    ///
    /// # Errors
    ///
    /// [`UrlError::Invalid`] unless it is an absolute `http`, `https`, `ws` or `wss` URL
    /// without blanks.
    pub fn fixed(url: &str) -> Result<Self, UrlError> {
        let (url, unsent) = configured(url)?;
        let url = Url { query: None, ..url }.to_string().into();
        Ok(Self::new(Source::Fixed { url }, unsent))
    }

    /// Any webhook of one public origin: path and query from the request. A path given here
    /// goes before the request's.
    ///
    /// # Errors
    ///
    /// [`UrlError::Invalid`] unless it is an absolute `http`, `https`, `ws` or `wss` URL
    /// without a query and without blanks.
    pub fn origin(origin: &str) -> Result<Self, UrlError> {
        let (url, unsent) = configured(origin)?;
        if url.query.is_some() {
            return Err(UrlError::Invalid);
        }
        let path = url.path.strip_suffix('/').unwrap_or(url.path);
        let url = Url { path, ..url }.to_string().into();
        Ok(Self::new(Source::Origin { url }, unsent))
    }

    /// Any webhook of one public host, over HTTPS, however the host was spelled: for programs
    /// whose users put it into a setting. Give the provider its URLs with `https://`, since it
    /// signs what it was given.
    ///
    /// ```
    /// use switchhook_core::{HostError, PublicHost};
    /// use switchhook_signature::PublicUrl;
    ///
    /// let host: PublicHost = "http://hooks.example.com/".parse()?;
    /// assert_eq!(format!("{:?}", PublicUrl::of_host(&host)), "PublicUrl::origin(hooks.example.com)");
    /// # Ok::<(), HostError>(())
    /// ```
    pub fn of_host(host: &PublicHost) -> Self {
        Self::new(Source::Origin { url: host.https("").into() }, Unsent::default())
    }

    /// The host that the request names, the scheme of the socket: right where this process
    /// is what the provider talks to.
    pub fn direct(hosts: Hosts) -> Self {
        let source = Source::Seen { hosts, proxies: None, prefix: "".into() };
        Self::new(source, Unsent::default())
    }

    /// What trusted proxies say. A request from any other peer is taken as
    /// [`direct`](Self::direct) takes it.
    pub fn behind(proxies: TrustedProxies, hosts: Hosts) -> Self {
        let source = Source::Seen { hosts, proxies: Some(proxies), prefix: "".into() };
        Self::new(source, Unsent::default())
    }

    /// Puts a path before the request's, such as the stage of a gateway. Nothing changes for
    /// a [`fixed`](Self::fixed) URL.
    ///
    /// # Errors
    ///
    /// [`UrlError::Invalid`] unless it starts with a slash and holds no `?` and no `#`.
    pub fn with_path_prefix(self, path: &str) -> Result<Self, UrlError> {
        let path = check_prefix(path)?;
        let source = match self.source {
            fixed @ Source::Fixed { .. } => fixed,
            Source::Origin { url } => Source::Origin { url: format!("{url}{path}").into() },
            Source::Seen { hosts, proxies, prefix } => {
                Source::Seen { hosts, proxies, prefix: format!("{prefix}{path}").into() }
            }
        };
        Ok(Self { source, ..self })
    }

    /// Takes no URL but those of `https` and `wss`: with another, secrets and messages would
    /// cross the net in the clear. Where the scheme is seen of the request, each request is
    /// checked.
    ///
    /// ```
    /// use switchhook_signature::{PublicUrl, UrlError};
    ///
    /// assert!(PublicUrl::origin("https://hooks.example.com")?.https_only().is_ok());
    /// let plain = PublicUrl::fixed("http://hooks.example.com/voice")?;
    /// assert_eq!(plain.https_only().unwrap_err(), UrlError::NotHttps);
    /// # Ok::<(), UrlError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UrlError::NotHttps`] where the configured URL is of `http` or `ws`.
    pub fn https_only(mut self) -> Result<Self, UrlError> {
        self.https_only = true;
        match &self.source {
            Source::Fixed { url } | Source::Origin { url } => self.check_scheme(url)?,
            Source::Seen { .. } => {}
        }
        Ok(self)
    }

    fn new(source: Source, unsent: Unsent<'_>) -> Self {
        // An empty user name is as good as none.
        let user_info = unsent.user_info.and_then(|user_info| Secret::new(user_info).ok());
        Self { source, user_info, fragment: unsent.fragment.map(Into::into), https_only: false }
    }

    pub(crate) fn unsent(&self) -> Unsent<'_> {
        Unsent {
            user_info: self.user_info.as_ref().map(Secret::expose),
            fragment: self.fragment.as_deref(),
        }
    }

    /// Refuses a whole URL whose scheme the configuration does not allow.
    pub(crate) fn check_scheme(&self, url: &str) -> Result<(), UrlError> {
        let secure = |url: Url<'_>| url.default_port() == "443";
        if self.https_only && !Url::split(url).is_some_and(secure) {
            return Err(UrlError::NotHttps);
        }
        Ok(())
    }

    /// The public URL of a request, path and query to the byte as they arrived.
    ///
    /// # Errors
    ///
    /// [`UrlError`] rather than a guess.
    pub fn resolve(&self, head: &Parts) -> Result<String, UrlError> {
        let target = target(head);
        let path_and_query = target.path_and_query().map_or("/", |target| target.as_str());
        let upgrade = is_upgrade(&head.method, &head.headers);
        // What asks about the server as a whole, `*`, would become part of the host.
        if !path_and_query.starts_with(['/', '?']) {
            return Err(UrlError::Invalid);
        }
        match &self.source {
            Source::Fixed { url } => {
                let query = path_and_query.split_once('?').map(|(_, query)| query);
                let mut text = with_scheme_for(url, upgrade, 1 + query.map_or(0, str::len));
                if let Some(query) = query {
                    text.push('?');
                    text.push_str(query);
                }
                Ok(text)
            }
            Source::Origin { url } => {
                let mut text = with_scheme_for(url, upgrade, path_and_query.len());
                text.push_str(path_and_query);
                Ok(text)
            }
            Source::Seen { hosts, proxies, prefix } => {
                let connection = head.extensions.get().copied().unwrap_or_default();
                let seen = Seen::of(head, target, connection, proxies.as_ref())?;
                hosts.check(&seen.authority)?;
                if self.https_only && !seen.tls {
                    return Err(UrlError::NotHttps);
                }
                let scheme = match (seen.tls, upgrade) {
                    (true, false) => "https",
                    (false, false) => "http",
                    (true, true) => "wss",
                    (false, true) => "ws",
                };
                let Seen { authority, prefix: seen_prefix, .. } = seen;
                Ok(format!("{scheme}://{authority}{prefix}{seen_prefix}{path_and_query}"))
            }
        }
    }
}

/// The target of a request before a router cut it.
pub(crate) fn target(head: &Parts) -> &Uri {
    head.extensions.get::<PublicTarget>().map_or(&head.uri, |target| &target.0)
}

/// What a request and its proxies say about where it was sent.
struct Seen<'a> {
    tls: bool,
    authority: Cow<'a, str>,
    prefix: &'a str,
}

impl<'a> Seen<'a> {
    fn of(
        head: &'a Parts,
        target: &'a Uri,
        connection: Connection,
        proxies: Option<&TrustedProxies>,
    ) -> Result<Self, UrlError> {
        let named = target.authority().or(head.uri.authority()).map(Authority::as_str);
        let direct =
            Self { tls: connection.tls, authority: host(named, &head.headers)?.into(), prefix: "" };
        match proxies.filter(|proxies| proxies.trusts(connection.peer)) {
            None => Ok(direct),
            Some(proxies) => {
                let said = proxies.read(&head.headers)?;
                let authority = said.host.map_or(direct.authority, Cow::from);
                let tls = said.tls.unwrap_or(connection.tls);
                let authority = match said.port {
                    Some(port) if !hosts::has_port(&authority) && port != default_port(tls) => {
                        format!("{authority}:{port}").into()
                    }
                    _ => authority,
                };
                let prefix = said.prefix.map_or(Ok(""), check_prefix)?;
                Ok(Self { tls, authority, prefix })
            }
        }
    }
}

fn default_port(tls: bool) -> u16 {
    if tls { 443 } else { 80 }
}

/// The host that the request itself names, in the `Host` header or, as HTTP/2 does, in the
/// target.
fn host<'a>(in_target: Option<&'a str>, headers: &'a HeaderMap) -> Result<&'a str, UrlError> {
    let mut values = headers.get_all(header::HOST).iter();
    let Some(value) = values.next() else { return in_target.ok_or(UrlError::NoHost) };
    let named = value.to_str().map_err(|_| UrlError::HostMalformed)?;
    if values.next().is_some() || in_target.is_some_and(|other| !other.eq_ignore_ascii_case(named))
    {
        return Err(UrlError::HostRepeated);
    }
    Ok(named)
}

/// Whether a request is the upgrade of a WebSocket: a GET whose `Upgrade` headers list
/// `websocket`, in any letter case. Its URL is signed as `wss://`.
pub fn is_upgrade(method: &Method, headers: &HeaderMap) -> bool {
    let websocket = |value: &[u8]| value.trim_ascii().eq_ignore_ascii_case(b"websocket");
    let upgrades = || headers.get_all(header::UPGRADE).iter();
    *method == Method::GET
        && upgrades().flat_map(|list| list.as_bytes().split(|byte| *byte == b',')).any(websocket)
}

/// `url` with room for more, its `http` turned into `ws` for an upgrade.
fn with_scheme_for(url: &str, upgrade: bool, more: usize) -> String {
    let mut text = String::with_capacity(url.len() + more);
    match url.split_at_checked(4) {
        Some((http, rest)) if upgrade && http.eq_ignore_ascii_case("http") => {
            text.push_str("ws");
            text.push_str(rest);
        }
        _ => text.push_str(url),
    }
    text
}

/// A URL of the configuration, and what of it no request carries.
fn configured(text: &str) -> Result<(Url<'_>, Unsent<'_>), UrlError> {
    let url = Url::split(text).ok_or(UrlError::Invalid)?;
    let authority = Url { path: "", query: None, user_info: None, ..url }.to_string();
    let authority = authority.split_once("://").map_or("", |(_, authority)| authority);
    let blank = |c: char| c.is_whitespace() || c.is_control();
    if text.contains(blank) || !hosts::is_authority(authority) {
        return Err(UrlError::Invalid);
    }
    let fragment = text.split_once('#').map(|(_, fragment)| fragment);
    Ok((Url { user_info: None, ..url }, Unsent { user_info: url.user_info, fragment }))
}

/// Shows where URLs come from and their hosts: a path may hold a secret.
impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = |url| Url::split(url).map_or("-", |url| url.host);
        match &self.source {
            Source::Fixed { url } => write!(f, "PublicUrl::fixed({})", host(url)),
            Source::Origin { url } => write!(f, "PublicUrl::origin({})", host(url)),
            Source::Seen { hosts, proxies: None, .. } => write!(f, "PublicUrl::direct({hosts:?})"),
            Source::Seen { hosts, proxies: Some(proxies), .. } => {
                write!(f, "PublicUrl::behind({proxies:?}, {hosts:?})")
            }
        }
    }
}

fn check_prefix(path: &str) -> Result<&str, UrlError> {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'?' && byte != b'#';
    let path = path.strip_suffix('/').unwrap_or(path);
    if (path.is_empty() || path.starts_with('/')) && path.bytes().all(plain) {
        Ok(path)
    } else {
        Err(UrlError::Invalid)
    }
}

/// Why the public URL cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlError {
    /// A configured or received URL or path is not one that a webhook can have.
    Invalid,
    /// The request names no host.
    NoHost,
    /// The host holds something that no host holds.
    HostMalformed,
    /// The request names more than one host.
    HostRepeated,
    /// The host is not on the list.
    HostNotAllowed,
    /// The forwarded scheme is neither `http` nor `https`.
    SchemeUnknown,
    /// `Forwarded` and `X-Forwarded-…` say different things.
    ForwardingConflict,
    /// A forwarded header cannot be read.
    ForwardingMalformed,
    /// The address of a trusted proxy cannot be read.
    ProxyMalformed,
    /// The URL is of `http` or `ws` where only `https` and `wss` are allowed.
    NotHttps,
}

switchhook_core::error_texts! {
    UrlError:
    Self::Invalid => "not an absolute http, https, ws or wss URL",
    Self::NoHost => "the request names no host",
    Self::HostMalformed => "the host is malformed",
    Self::HostRepeated => "the request names more than one host",
    Self::HostNotAllowed => "the host is not on the list",
    Self::SchemeUnknown => "the forwarded scheme is neither http nor https",
    Self::ForwardingConflict => "Forwarded and X-Forwarded headers disagree",
    Self::ForwardingMalformed => "a forwarded header cannot be read",
    Self::NotHttps => "the URL is not of https or wss",
    Self::ProxyMalformed => "not an address or a network such as 10.0.0.0/8",
}

#[cfg(test)]
mod tests;
