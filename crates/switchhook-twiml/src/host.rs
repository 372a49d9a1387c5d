//! The WebSocket URL of a stream, from whatever names the host.

use crate::{Connect, Stream};

/// What names a host cannot be one. Does not show the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HostError {
    /// There is no host.
    #[error("the host is empty")]
    Empty,
    /// A host that was left in from a sample or a template.
    #[error("the host is a placeholder")]
    Placeholder,
    /// A scheme other than `https`, `http`, `wss` and `ws`.
    #[error("the scheme is none of https, http, wss and ws")]
    Scheme,
    /// Not a host name with an optional port and path.
    #[error("not a host name")]
    Malformed,
}

impl Stream {
    /// A stream to a path on a host: `wss://` whatever the spelling of the host, one slash
    /// between the two.
    ///
    /// The host may come as `https://host`, `http://host`, `wss://host`, `ws://host` or bare,
    /// with a port, with a path to put the other after, with slashes at its end.
    ///
    /// ```
    /// use switchhook_twiml::{HostError, Known, Stream};
    ///
    /// let stream = Stream::to_host("https://agent.example.com/", "media")?;
    /// assert_eq!(stream.view().url(), Some("wss://agent.example.com/media"));
    ///
    /// assert_eq!(Stream::to_host("your-domain.com", "/media"), Err(HostError::Placeholder));
    /// assert_eq!(Stream::to_host("", "/media"), Err(HostError::Empty));
    /// # Ok::<(), HostError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No host, not a host, or a placeholder: a label like `your-domain`, `yourserver`,
    /// `changeme`, `placeholder` or `xxxx`, anything with `<>`, `{}`, `[]`, `$`, `%` or `...` in
    /// it, or a sample's name under a tunnel's domain (`example.ngrok.io`). `example.com`
    /// itself is taken, since tests use it.
    pub fn to_host(host: &str, path: &str) -> Result<Self, HostError> {
        Ok(Self::new(socket_url(host, path)?))
    }
}

impl Connect {
    /// Adds a stream to a path on a host, as [`Stream::to_host`] makes it.
    ///
    /// ```
    /// use switchhook_twiml::{Connect, voice};
    ///
    /// let reply = voice::Response::new().with(Connect::new().stream("agent.example.com", "/")?);
    /// # Ok::<(), switchhook_twiml::HostError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Stream::to_host`].
    pub fn stream(self, host: &str, path: &str) -> Result<Self, HostError> {
        Ok(self.with(Stream::to_host(host, path)?))
    }
}

fn socket_url(host: &str, path: &str) -> Result<String, HostError> {
    let host = host.trim();
    let rest = match host.split_once("://") {
        Some((scheme, rest)) => {
            let known = ["https", "http", "wss", "ws"];
            if !known.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
                return Err(HostError::Scheme);
            }
            rest
        }
        None => host,
    };
    let rest = rest.trim_end_matches('/');
    let (authority, base) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    check_authority(authority)?;
    if base.contains(|c: char| c.is_whitespace() || c.is_control() || c == '?' || c == '#') {
        return Err(HostError::Malformed);
    }
    let path = path.trim_start_matches('/');
    let slash = if path.is_empty() && base.is_empty() { "" } else { "/" };
    Ok(["wss://", authority, base, if path.is_empty() { "" } else { slash }, path].concat())
}

fn check_authority(authority: &str) -> Result<(), HostError> {
    if authority.is_empty() {
        return Err(HostError::Empty);
    }
    let lower = authority.to_ascii_lowercase();
    if is_placeholder(&lower) {
        return Err(HostError::Placeholder);
    }
    let (name, port) = match lower.rsplit_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (&*lower, None),
    };
    let bad_port = port.is_some_and(|port| port.parse::<u16>().is_err());
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    if bad_port || name.is_empty() || !name.trim_end_matches('.').split('.').all(label) {
        return Err(HostError::Malformed);
    }
    Ok(())
}

/// Words that people leave where their own host belongs.
const PLACEHOLDERS: [&str; 15] = [
    "your",
    "yourdomain",
    "yourserver",
    "yourhost",
    "yourapp",
    "yoursubdomain",
    "yoursite",
    "yourngrok",
    "yourtunnel",
    "yourcompany",
    "mydomain",
    "changeme",
    "replaceme",
    "placeholder",
    "todo",
];

/// Domains whose hosts are handed out: a name of a sample there is nobody's.
const TUNNELS: [&str; 7] = [
    ".ngrok.io",
    ".ngrok.app",
    ".ngrok.dev",
    ".ngrok-free.app",
    ".ngrok-free.dev",
    ".trycloudflare.com",
    ".loca.lt",
];

fn is_placeholder(host: &str) -> bool {
    if host.contains(['<', '>', '{', '}', '[', ']', '$', '%']) || host.contains("...") {
        return true;
    }
    let mut labels = host.split(['.', ':']);
    let joined = |label: &str| label.replace(['-', '_'], "");
    let sample = labels.clone().any(|label| {
        let label = joined(label);
        PLACEHOLDERS.iter().any(|word| match *word {
            "your" | "todo" => label == *word,
            word => label.starts_with(word),
        }) || (label.len() > 1 && label.bytes().all(|byte| byte == b'x'))
    });
    let name = labels.next().unwrap_or_default();
    let tunnel =
        TUNNELS.iter().any(|tunnel| host.split(':').next().unwrap_or_default().ends_with(tunnel));
    let nobody =
        ["example", "abc123", "abcd1234", "abcdef", "subdomain", "your", "test123", "random"];
    sample || (tunnel && (nobody.contains(&name) || name.starts_with("your")))
}

#[cfg(test)]
mod tests {
    use super::{HostError, socket_url};

    #[test]
    fn makes_one_url_of_every_spelling() {
        for host in [
            "a.example.com",
            "https://a.example.com",
            "http://a.example.com/",
            "wss://a.example.com//",
            "ws://a.example.com",
            " HTTPS://a.example.com ",
        ] {
            for path in ["media", "/media", "//media"] {
                let url = socket_url(host, path);
                assert_eq!(url.as_deref(), Ok("wss://a.example.com/media"), "{host} {path}");
            }
        }
        assert_eq!(socket_url("a.example.com:8443", "").as_deref(), Ok("wss://a.example.com:8443"));
        assert_eq!(
            socket_url("https://a.example.com/v1/", "/m").as_deref(),
            Ok("wss://a.example.com/v1/m")
        );
        assert_eq!(socket_url("8f3a.ngrok.io", "m").as_deref(), Ok("wss://8f3a.ngrok.io/m"));
        assert_eq!(socket_url("localhost:3000", "m").as_deref(), Ok("wss://localhost:3000/m"));
    }

    #[test]
    fn refuses_what_is_no_host() {
        for (host, error) in [
            ("", HostError::Empty),
            ("  ", HostError::Empty),
            ("https://", HostError::Empty),
            ("https:///media", HostError::Empty),
            ("your-domain.com", HostError::Placeholder),
            ("https://yourdomain.com", HostError::Placeholder),
            ("your-ngrok-subdomain.ngrok.io", HostError::Placeholder),
            ("your.domain.com", HostError::Placeholder),
            ("example.ngrok.io", HostError::Placeholder),
            ("https://xxxx.ngrok.io", HostError::Placeholder),
            ("<your host>", HostError::Placeholder),
            ("${SERVER_DOMAIN}", HostError::Placeholder),
            ("{{host}}", HostError::Placeholder),
            ("ftp://a.example.com", HostError::Scheme),
            ("a b.example.com", HostError::Malformed),
            ("user@a.example.com", HostError::Malformed),
            ("a..example.com", HostError::Malformed),
            ("a.example.com:port", HostError::Malformed),
            ("a.example.com?x=1", HostError::Malformed),
        ] {
            assert_eq!(socket_url(host, "media"), Err(error), "{host}");
        }
    }
}
