//! What proxies say in headers, and which of it is believed.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{UrlError, hosts};
use crate::networks::Networks;

const X_HOST: &str = "x-forwarded-host";
const X_PROTO: &str = "x-forwarded-proto";
const X_PORT: &str = "x-forwarded-port";
const X_PREFIX: &str = "x-forwarded-prefix";
const X_FOR: &str = "x-forwarded-for";

/// The proxies whose headers are believed.
///
/// Headers count only when the socket's peer is one of these; of a list in a header, the
/// value of the outermost trusted hop counts, from the right. What is left of it may have
/// been written by the client.
#[derive(Clone, Debug)]
pub struct TrustedProxies {
    networks: Networks,
    hops: usize,
    forwarding: Forwarding,
    prefix: bool,
}

/// Which headers the proxies write, and so which are believed. A header that the proxies
/// pass through untouched is the client's word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Forwarding {
    /// `X-Forwarded-Proto`, `-Host` and `-Port`; of the client's address `-For`.
    XForwarded,
    /// `Forwarded` of RFC 7239.
    Forwarded,
    /// The host from this header, such as `X-Original-Host`; the rest from `X-Forwarded-…`.
    HostHeader(HeaderName),
    /// Whichever of the first two there is. A request with both is refused.
    Either,
}

impl TrustedProxies {
    /// Trusts these addresses and networks, such as `10.0.0.1` or `2001:db8::/32`, one hop
    /// deep, to write these headers.
    ///
    /// # Errors
    ///
    /// [`UrlError::ProxyMalformed`] for a text that is neither address nor network.
    pub fn new<'a>(
        networks: impl IntoIterator<Item = &'a str>,
        forwarding: Forwarding,
    ) -> Result<Self, UrlError> {
        let networks = Networks::parse(networks).ok_or(UrlError::ProxyMalformed)?;
        Ok(Self { networks, hops: 1, forwarding, prefix: false })
    }

    /// How many proxies in a row write the headers, 1 unless told otherwise; 0 counts as 1.
    #[must_use]
    pub fn hops(mut self, hops: usize) -> Self {
        self.hops = hops.max(1);
        self
    }

    /// Also believes `X-Forwarded-Prefix`: only where the proxies always write it, since
    /// nothing else bounds the path that it gives.
    #[must_use]
    pub fn forwarded_prefix(mut self) -> Self {
        self.prefix = true;
        self
    }

    pub(crate) fn trusts(&self, peer: Option<IpAddr>) -> bool {
        peer.is_some_and(|peer| self.networks.contains(peer))
    }

    /// The address that the outermost trusted proxy was called from, where the headers say
    /// it in a form that can be read.
    pub(crate) fn client(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let x = headers.contains_key(X_FOR);
        let forwarded = headers.contains_key(header::FORWARDED);
        let node = match &self.forwarding {
            Forwarding::Forwarded => self.forwarded(headers).ok()?.client?,
            Forwarding::Either if forwarded && x => return None,
            Forwarding::Either if forwarded => self.forwarded(headers).ok()?.client?,
            _ => self.listed(headers, X_FOR).ok()??,
        };
        let bracketed = || node.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
        let with_port = || node.parse::<SocketAddr>().map(|node| node.ip()).ok();
        node.parse().ok().or_else(with_port).or_else(bracketed)
    }

    pub(super) fn read<'a>(&self, headers: &'a HeaderMap) -> Result<Said<'a>, UrlError> {
        match &self.forwarding {
            Forwarding::Forwarded => self.forwarded(headers),
            Forwarding::XForwarded => self.x_forwarded(headers, X_HOST),
            Forwarding::HostHeader(name) => self.x_forwarded(headers, name.as_str()),
            Forwarding::Either => {
                let x = [X_HOST, X_PROTO, X_PORT, X_PREFIX];
                let x = x.into_iter().any(|name| headers.contains_key(name));
                match (headers.contains_key(header::FORWARDED), x) {
                    (true, true) => Err(UrlError::ForwardingConflict),
                    (true, false) => self.forwarded(headers),
                    (false, _) => self.x_forwarded(headers, X_HOST),
                }
            }
        }
    }

    fn x_forwarded<'a>(&self, headers: &'a HeaderMap, host: &str) -> Result<Said<'a>, UrlError> {
        let value = |name| self.listed(headers, name);
        let port = |text| hosts::port(text).ok_or(UrlError::ForwardingMalformed);
        Ok(Said {
            host: value(host)?,
            tls: value(X_PROTO)?.map(scheme).transpose()?,
            port: value(X_PORT)?.map(port).transpose()?,
            prefix: if self.prefix { value(X_PREFIX)? } else { None },
            client: None,
        })
    }

    /// The value of the outermost trusted proxy in a header that is a list.
    fn listed<'a>(&self, headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, UrlError> {
        let mut values = Vec::new();
        for line in headers.get_all(name) {
            values.extend(text(line)?.split(',').map(str::trim));
        }
        Ok(self.outermost(&values).copied().filter(|value| !value.is_empty()))
    }

    fn forwarded<'a>(&self, headers: &'a HeaderMap) -> Result<Said<'a>, UrlError> {
        let mut elements = Vec::new();
        for line in headers.get_all(header::FORWARDED) {
            parse_forwarded(text(line)?, &mut elements)?;
        }
        Ok(self.outermost(&elements).copied().unwrap_or_default())
    }

    /// The value that the outermost trusted proxy wrote. A shorter list was written by
    /// trusted proxies alone.
    fn outermost<'a, T>(&self, values: &'a [T]) -> Option<&'a T> {
        values.get(values.len().saturating_sub(self.hops))
    }
}

/// What the believed headers say.
#[derive(Clone, Copy, Default)]
pub(crate) struct Said<'a> {
    pub(crate) host: Option<&'a str>,
    pub(super) tls: Option<bool>,
    pub(super) port: Option<u16>,
    pub(super) prefix: Option<&'a str>,
    client: Option<&'a str>,
}

fn scheme(name: &str) -> Result<bool, UrlError> {
    match name {
        _ if name.eq_ignore_ascii_case("https") || name.eq_ignore_ascii_case("wss") => Ok(true),
        _ if name.eq_ignore_ascii_case("http") || name.eq_ignore_ascii_case("ws") => Ok(false),
        _ => Err(UrlError::SchemeUnknown),
    }
}

fn text(line: &HeaderValue) -> Result<&str, UrlError> {
    line.to_str().map_err(|_| UrlError::ForwardingMalformed)
}

/// Adds the elements of a `Forwarded` line. Strict: a quote opens only a value and closes
/// before the next separator, or a client could hide the proxy's element inside its own.
pub(crate) fn parse_forwarded<'a>(
    line: &'a str,
    elements: &mut Vec<Said<'a>>,
) -> Result<(), UrlError> {
    let malformed = UrlError::ForwardingMalformed;
    let mut element = Said::default();
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = rest.strip_prefix(';') {
            rest = after;
        } else if let Some(after) = rest.strip_prefix(',') {
            elements.push(std::mem::take(&mut element));
            rest = after;
        } else if rest.is_empty() {
            elements.push(element);
            return Ok(());
        } else {
            let (name, value) = rest.split_once('=').ok_or(malformed)?;
            let token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
            if name.is_empty() || !name.bytes().all(token) {
                return Err(malformed);
            }
            let (value, after) = match value.strip_prefix('"') {
                Some(quoted) => quoted.split_at(quoted.find('"').ok_or(malformed)?),
                None => value.split_at(value.find([';', ',', ' ', '\t']).unwrap_or(value.len())),
            };
            let after = after.strip_prefix('"').unwrap_or(after);
            rest = after.trim_start_matches([' ', '\t']);
            if value.contains(['"', '\\']) || !(rest.is_empty() || rest.starts_with([';', ','])) {
                return Err(malformed);
            }
            element.tell(name, value)?;
        }
    }
}

impl<'a> Said<'a> {
    fn tell(&mut self, name: &str, value: &'a str) -> Result<(), UrlError> {
        let repeated = if name.eq_ignore_ascii_case("host") {
            self.host.replace(value).is_some()
        } else if name.eq_ignore_ascii_case("proto") {
            self.tls.replace(scheme(value)?).is_some()
        } else if name.eq_ignore_ascii_case("for") {
            self.client.replace(value).is_some()
        } else {
            false
        };
        if repeated { Err(UrlError::ForwardingMalformed) } else { Ok(()) }
    }
}
