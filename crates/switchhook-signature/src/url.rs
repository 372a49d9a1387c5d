//! A URL as text, cut at its seams and never rewritten as a whole.

/// The pieces of an absolute URL without fragment. Put together they are the URL again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Url<'a> {
    /// `https`, in the spelling of the text.
    pub(crate) scheme: &'a str,
    /// `user:password`, without the at sign.
    pub(crate) user_info: Option<&'a str>,
    /// `hooks.example.com` or `[2001:db8::1]`.
    pub(crate) host: &'a str,
    /// `8443`, without the colon.
    pub(crate) port: Option<&'a str>,
    /// `/path`, empty when there is none.
    pub(crate) path: &'a str,
    /// `a=1&b=2`, without the mark.
    pub(crate) query: Option<&'a str>,
}

impl<'a> Url<'a> {
    pub(crate) fn split(text: &'a str) -> Option<Self> {
        let text = text.split_once('#').map_or(text, |(text, _)| text);
        let (scheme, rest) = text.split_once("://")?;
        let (authority, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (rest, None),
        };
        let (user_info, host_port) = match authority.rsplit_once('@') {
            Some((user_info, host_port)) => (Some(user_info), host_port),
            None => (None, authority),
        };
        // The colons of `[2001:db8::1]` belong to the host.
        let after_host = host_port.rfind(']').map_or(0, |bracket| bracket + 1);
        let (host, port) = match host_port[after_host..].find(':') {
            Some(colon) => {
                let colon = after_host + colon;
                (&host_port[..colon], Some(&host_port[colon + 1..]))
            }
            None => (host_port, None),
        };
        let known = default_port(scheme).is_some();
        (known && !host.is_empty()).then_some(Self { scheme, user_info, host, port, path, query })
    }

    /// The port that the scheme implies.
    pub(crate) fn default_port(&self) -> &'static str {
        default_port(self.scheme).unwrap_or_default()
    }

    pub(crate) fn is_websocket(&self) -> bool {
        self.scheme.eq_ignore_ascii_case("wss") || self.scheme.eq_ignore_ascii_case("ws")
    }
}

/// `url` with more at the end of its query, before its fragment.
pub(crate) fn with_query(url: &str, more: &str) -> String {
    let (url, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}{more}{fragment}")
}

fn default_port(scheme: &str) -> Option<&'static str> {
    match scheme {
        _ if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("wss") => {
            Some("443")
        }
        _ if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("ws") => Some("80"),
        _ => None,
    }
}

impl std::fmt::Display for Url<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://", self.scheme)?;
        if let Some(user_info) = self.user_info {
            write!(f, "{user_info}@")?;
        }
        f.write_str(self.host)?;
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        f.write_str(self.path)?;
        match self.query {
            Some(query) => write!(f, "?{query}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_joins_without_a_change() {
        for text in [
            "https://h",
            "https://h/",
            "https://h?x=1",
            "https://h/v?",
            "https://h:8443//a%2Fb/../c?d=e?f:g@h",
            "HTTP://u:p@H:1/v",
            "https://us%40er:p%3Ass@h/v",
            "https://[2001:db8::1]/v",
            "wss://[::1]:8443",
        ] {
            assert_eq!(Url::split(text).unwrap().to_string(), text);
        }
        let url = Url::split("https://u:p@[::1]:84/v#f").unwrap();
        assert_eq!(
            (url.user_info, url.host, url.port, url.path),
            (Some("u:p"), "[::1]", Some("84"), "/v")
        );
    }

    #[test]
    fn a_query_stands_before_the_fragment() {
        for (url, longer) in [
            ("https://h/f", "https://h/f?a=1"),
            ("https://h/f?b=2", "https://h/f?b=2&a=1"),
            ("https://h/f#rt=5000", "https://h/f?a=1#rt=5000"),
            ("https://h/f?b=2#rt=5000#?", "https://h/f?b=2&a=1#rt=5000#?"),
            ("https://h/f#rt?x", "https://h/f?a=1#rt?x"),
        ] {
            assert_eq!(with_query(url, "a=1"), longer);
        }
    }

    #[test]
    fn refuses_what_is_no_web_url() {
        for text in [
            "",
            "h/v",
            "https:/h",
            "https://",
            "https:///v",
            "ftp://h/v",
            "javascript://h",
            "https://:80/",
        ] {
            assert_eq!(Url::split(text), None, "{text}");
        }
    }
}
