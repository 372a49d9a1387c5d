//! The host that a request names.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName};

/// A host with its port, as a `Host` header has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Host<'a> {
    name: &'a str,
    /// 80 where none stands there; `None` where it is no number.
    pub(crate) port: Option<u16>,
}

impl<'a> Host<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        match text.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => Self { name, port: port.parse().ok() },
            _ => Self { name: text, port: Some(80) },
        }
    }

    /// The address that it is, if it is one.
    pub(crate) fn address(self) -> Option<IpAddr> {
        let inner = self.name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        inner.unwrap_or(self.name).parse().ok()
    }

    pub(crate) fn is_localhost(self) -> bool {
        self.name.eq_ignore_ascii_case("localhost")
    }

    /// Whether it is an address or `localhost`: no name that somebody else could point here.
    pub(crate) fn is_fixed(self) -> bool {
        self.address().is_some() || self.is_localhost()
    }
}

/// The header's one value.
pub(crate) fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_addresses() {
        for (text, port, fixed) in [
            ("127.0.0.1:8000", Some(8000), true),
            ("192.0.2.7", Some(80), true),
            ("[2001:db8::1]:1", Some(1), true),
            ("[::1]", Some(80), true),
            ("LocalHost:99999", None, true),
            ("localhost.evil.example:80", Some(80), false),
            ("127.0.0.1.evil.example", Some(80), false),
            ("evil.example:8000", Some(8000), false),
            ("", Some(80), false),
        ] {
            let host = Host::of(text);
            assert_eq!((host.port, host.is_fixed()), (port, fixed), "{text}");
        }
    }
}
