//! What proxies say in headers, and which of it is believed.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

use super::UrlError;

const X_HOST: &str = "x-forwarded-host";
const X_PROTO: &str = "x-forwarded-proto";
const X_PORT: &str = "x-forwarded-port";
const X_PREFIX: &str = "x-forwarded-prefix";

/// The proxies whose headers are believed.
///
/// Headers count only when the socket's peer is one of these; of a list in a header, the
/// value of the outermost trusted hop counts, from the right. What is left of it may have
/// been written by the client.
#[derive(Clone, Debug)]
pub struct TrustedProxies {
    networks: Box<[IpNet]>,
    hops: usize,
    forwarding: Forwarding,
}

/// Which headers tell what the proxy saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Forwarding {
    /// Either `Forwarded` or the `X-Forwarded-…` headers; both only where they agree.
    #[default]
    Either,
    /// `Forwarded` of RFC 7239 alone.
    Forwarded,
    /// `X-Forwarded-Proto`, `-Host`, `-Port` and `-Prefix` alone.
    XForwarded,
    /// The host from this header, such as `X-Original-Host`; the rest from `X-Forwarded-…`.
    HostHeader(HeaderName),
}

impl TrustedProxies {
    /// Trusts these addresses and networks, such as `10.0.0.1` or `2001:db8::/32`, one hop
    /// deep.
    ///
    /// # Errors
    ///
    /// [`UrlError::ProxyMalformed`] for a text that is neither.
    pub fn new<'a>(networks: impl IntoIterator<Item = &'a str>) -> Result<Self, UrlError> {
        let network = |text: &str| {
            let alone = || text.parse::<IpAddr>().map(IpNet::from).ok();
            text.parse::<IpNet>().ok().or_else(alone).ok_or(UrlError::ProxyMalformed)
        };
        let networks = networks.into_iter().map(network).collect::<Result<_, _>>()?;
        Ok(Self { networks, hops: 1, forwarding: Forwarding::default() })
    }

    /// How many proxies in a row write the headers, 1 unless told otherwise; 0 counts as 1.
    #[must_use]
    pub fn hops(mut self, hops: usize) -> Self {
        self.hops = hops.max(1);
        self
    }

    /// Believes these headers only.
    #[must_use]
    pub fn forwarding(mut self, forwarding: Forwarding) -> Self {
        self.forwarding = forwarding;
        self
    }

    pub(super) fn trusts(&self, peer: Option<IpAddr>) -> bool {
        // A dual-stack socket shows IPv4 peers as `::ffff:10.0.0.1`.
        let peer = peer.map(|peer| peer.to_canonical());
        peer.is_some_and(|peer| self.networks.iter().any(|network| network.contains(&peer)))
    }

    pub(super) fn read<'a>(&self, headers: &'a HeaderMap) -> Result<Said<'a>, UrlError> {
        match &self.forwarding {
            Forwarding::Forwarded => self.forwarded(headers),
            Forwarding::XForwarded => self.x_forwarded(headers, X_HOST),
            Forwarding::HostHeader(name) => self.x_forwarded(headers, name.as_str()),
            Forwarding::Either => {
                let rfc = self.forwarded(headers)?;
                let x = self.x_forwarded(headers, X_HOST)?;
                if differ(rfc.host, x.host) || differ(rfc.tls, x.tls) {
                    return Err(UrlError::ForwardingConflict);
                }
                Ok(Said { host: rfc.host.or(x.host), tls: rfc.tls.or(x.tls), ..x })
            }
        }
    }

    fn x_forwarded<'a>(&self, headers: &'a HeaderMap, host: &str) -> Result<Said<'a>, UrlError> {
        let value = |name| -> Result<_, UrlError> {
            Ok(self.outermost(&values(headers, name)?).filter(|value| !value.is_empty()))
        };
        let port = value(X_PORT)?.map(str::parse).transpose();
        Ok(Said {
            host: value(host)?,
            tls: value(X_PROTO)?.map(scheme).transpose()?,
            port: port.map_err(|_| UrlError::ForwardingMalformed)?,
            prefix: value(X_PREFIX)?,
        })
    }

    fn forwarded<'a>(&self, headers: &'a HeaderMap) -> Result<Said<'a>, UrlError> {
        let mut said = Said::default();
        let elements = values(headers, header::FORWARDED.as_str())?;
        let Some(element) = self.outermost(&elements) else { return Ok(said) };
        for pair in split_outside_quotes(element, ';') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            let value = value.trim();
            let value = match value.strip_prefix('"') {
                Some(quoted) => quoted.strip_suffix('"').ok_or(UrlError::ForwardingMalformed)?,
                None => value,
            };
            match name.trim() {
                name if name.eq_ignore_ascii_case("host") => said.host = Some(value),
                name if name.eq_ignore_ascii_case("proto") => said.tls = Some(scheme(value)?),
                _ => {}
            }
        }
        Ok(said)
    }

    /// The value that the outermost trusted proxy wrote. A shorter list was written by
    /// trusted proxies alone.
    fn outermost<'a>(&self, values: &[&'a str]) -> Option<&'a str> {
        values.get(values.len().saturating_sub(self.hops)).copied()
    }
}

/// What the believed headers say.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) host: Option<&'a str>,
    pub(super) tls: Option<bool>,
    pub(super) port: Option<u16>,
    pub(super) prefix: Option<&'a str>,
}

fn differ<T: PartialEq>(left: Option<T>, right: Option<T>) -> bool {
    matches!((left, right), (Some(left), Some(right)) if left != right)
}

fn scheme(name: &str) -> Result<bool, UrlError> {
    match name {
        _ if name.eq_ignore_ascii_case("https") || name.eq_ignore_ascii_case("wss") => Ok(true),
        _ if name.eq_ignore_ascii_case("http") || name.eq_ignore_ascii_case("ws") => Ok(false),
        _ => Err(UrlError::SchemeUnknown),
    }
}

/// Every value of a header that is a list, over all of its lines.
fn values<'a>(headers: &'a HeaderMap, name: &str) -> Result<Vec<&'a str>, UrlError> {
    let mut values = Vec::new();
    for line in headers.get_all(name) {
        let line = line.to_str().map_err(|_| UrlError::ForwardingMalformed)?;
        values.extend(split_outside_quotes(line, ',').map(str::trim));
    }
    Ok(values)
}

fn split_outside_quotes(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == separator && !quoted
    })
}
