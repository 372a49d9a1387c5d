use super::UrlError;

/// The hosts that requests may name.
///
/// A request that is signed for one host of an account also verifies wherever that host is
/// believed. The list keeps staging's requests out of production.
#[derive(Clone, Debug)]
pub struct Hosts(Option<Box<[String]>>);

impl Hosts {
    /// These hosts, letter case aside. One without a port admits every port.
    pub fn only<H: Into<String>>(hosts: impl IntoIterator<Item = H>) -> Self {
        Self(Some(hosts.into_iter().map(Into::into).collect()))
    }

    /// Any host: for development, and where no other service shares the account.
    pub fn any() -> Self {
        Self(None)
    }

    pub(super) fn check(&self, authority: &str) -> Result<(), UrlError> {
        if !is_authority(authority) {
            return Err(UrlError::HostMalformed);
        }
        let host = authority.rfind(':').filter(|_| has_port(authority)).map(|at| &authority[..at]);
        let listed = |entry: &String| {
            entry.eq_ignore_ascii_case(authority)
                || host.is_some_and(|host| entry.eq_ignore_ascii_case(host))
        };
        match &self.0 {
            Some(hosts) if !hosts.iter().any(listed) => Err(UrlError::HostNotAllowed),
            _ => Ok(()),
        }
    }
}

/// Whether an authority ends in a port; the colons of `[::1]` are none.
pub(super) fn has_port(authority: &str) -> bool {
    authority.rsplit_once(']').map_or(authority, |(_, rest)| rest).contains(':')
}

/// `host`, `host:port`, `[v6]` or `[v6]:port`, and nothing that could end the authority or
/// start another.
pub(crate) fn is_authority(text: &str) -> bool {
    let (host, port) = match text.rfind(':').filter(|_| has_port(text)) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let port_fits = port.is_none_or(|port| self::port(port).is_some());
    let v6 = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let host_fits = match v6 {
        Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !host.is_empty() && host.bytes().all(plain),
    };
    host_fits && port_fits
}

/// A port in digits alone: `u16` would also read `+80`.
pub(super) fn port(text: &str) -> Option<u16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}
