//! The public host of a service, from whatever spelling people give it.

use std::{borrow::Cow, fmt, str::FromStr};

/// Where a service is reached from outside: a host, with its port and with a path to put
/// before all others, where there are any.
///
/// People write it as `https://host`, `http://host`, `wss://host`, `ws://host` or bare, with
/// slashes at its end, and often leave in what a sample had in its place. What comes out of it
/// is always secure: providers open sockets over TLS alone, and webhooks carry phone numbers.
///
/// ```
/// use switchhook_core::{HostError, PublicHost};
///
/// for spelling in ["agent.example.com", "http://agent.example.com/", "https://agent.example.com"] {
///     let host: PublicHost = spelling.parse()?;
///     assert_eq!(host.https("/voice"), "https://agent.example.com/voice");
///     assert_eq!(host.wss("media"), "wss://agent.example.com/media");
/// }
/// assert_eq!("https://your-domain.com".parse::<PublicHost>(), Err(HostError::Placeholder));
/// # Ok::<(), HostError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PublicHost {
    /// The host with the path, without a slash at its end.
    text: Box<str>,
}

/// What names a host cannot be one. Does not show the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostError {
    /// There is no host.
    Empty,
    /// A host that was left in from a sample or a template.
    Placeholder,
    /// A scheme other than `https`, `http`, `wss` and `ws`.
    Scheme,
    /// Not a host name with an optional port and path.
    Malformed,
}

crate::error_texts! {
    HostError:
    Self::Empty => "the host is empty",
    Self::Placeholder => "the host is a placeholder",
    Self::Scheme => "the scheme is none of https, http, wss and ws",
    Self::Malformed => "not a host name",
}

impl PublicHost {
    /// The `https://` URL of a path on the host, with one slash between the two. An empty path
    /// gives the origin, without a slash at its end.
    pub fn https(&self, path: &str) -> String {
        self.url("https://", path)
    }

    /// The `wss://` URL of a path on the host, put together as by [`https`](Self::https).
    pub fn wss(&self, path: &str) -> String {
        self.url("wss://", path)
    }

    /// The host with its port and its path, without a scheme and without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn url(&self, scheme: &str, path: &str) -> String {
        let path = path.trim_start_matches('/');
        // A path of slashes alone is the root of what comes before it.
        let slash = if path.is_empty() { "" } else { "/" };
        [scheme, &self.text, slash, path].concat()
    }
}

/// # Errors
///
/// No host, not a host, or a placeholder: a label like `your-domain`, `yourserver`, `changeme`,
/// `placeholder` or `xxxx`, anything with `<>`, `{}`, `[]`, `$`, `%` or `...` in it, a sample's
/// name under a tunnel's domain (`example.ngrok.io`), and the bare `example.com`, `example.org`
/// and `example.net`. Hosts below these are taken, since tests use them. A name of other
/// letters than ASCII's is to come in its `xn--` form, which is the one that requests have.
impl FromStr for PublicHost {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        let text = text.trim();
        // What stands behind a slash is of a path.
        let scheme = text.split_once("://").filter(|(scheme, _)| !scheme.contains('/'));
        let rest = match scheme {
            Some((scheme, rest)) => {
                let known = ["https", "http", "wss", "ws"];
                if !known.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
                    return Err(HostError::Scheme);
                }
                rest
            }
            None => text,
        };
        let rest = rest.trim_end_matches('/');
        let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        check_authority(authority)?;
        if path.contains(|c: char| c.is_whitespace() || c.is_control() || c == '?' || c == '#') {
            return Err(HostError::Malformed);
        }
        Ok(Self { text: rest.into() })
    }
}

/// The host with its port and its path.
impl fmt::Display for PublicHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Shows the host: a path may hold a secret.
impl fmt::Debug for PublicHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.text.split('/').next().unwrap_or_default();
        write!(f, "PublicHost({host})")
    }
}

fn check_authority(authority: &str) -> Result<(), HostError> {
    if authority.is_empty() {
        return Err(HostError::Empty);
    }
    let lower = authority.to_ascii_lowercase();
    let (name, port) = match lower.rsplit_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (&*lower, None),
    };
    if is_placeholder(name) {
        return Err(HostError::Placeholder);
    }
    let digits = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let bad_port = port.is_some_and(|port| !digits(port) || port.parse::<u16>().is_err());
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
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

/// Domains that are reserved for samples: nobody's server is there.
const SAMPLES: [&str; 3] = ["example.com", "example.org", "example.net"];

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

/// Whether a host, in lower case and without its port, is one that stands for another.
fn is_placeholder(host: &str) -> bool {
    if host.contains(['<', '>', '{', '}', '[', ']', '$', '%']) || host.contains("...") {
        return true;
    }
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let mut labels = host.split('.');
    let sample = labels.clone().any(|label| {
        let label = if label.contains(['-', '_']) {
            Cow::Owned(label.replace(['-', '_'], ""))
        } else {
            Cow::Borrowed(label)
        };
        PLACEHOLDERS.iter().any(|word| match *word {
            "your" | "todo" => label == *word,
            word => label.starts_with(word),
        }) || (label.len() > 1 && label.bytes().all(|byte| byte == b'x'))
    });
    let name = labels.next().unwrap_or_default();
    let tunnel = TUNNELS.iter().any(|tunnel| host.ends_with(tunnel));
    let nobody =
        ["example", "abc123", "abcd1234", "abcdef", "subdomain", "your", "test123", "random"];
    sample
        || SAMPLES.contains(&bare)
        || (tunnel && (nobody.contains(&name) || name.starts_with("your")))
}

#[cfg(test)]
mod tests {
    use super::{HostError, PublicHost};

    fn wss(host: &str, path: &str) -> Result<String, HostError> {
        host.parse::<PublicHost>().map(|host| host.wss(path))
    }

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
                assert_eq!(wss(host, path).as_deref(), Ok("wss://a.example.com/media"), "{host}");
            }
            assert_eq!(host.parse::<PublicHost>().unwrap().https(""), "https://a.example.com");
        }
        for (host, path, url) in [
            ("a.example.com:8443", "", "wss://a.example.com:8443"),
            ("https://a.example.com/v1/", "/m", "wss://a.example.com/v1/m"),
            ("https://a.example.com/v1/", "/", "wss://a.example.com/v1"),
            ("8f3a.ngrok.io", "m", "wss://8f3a.ngrok.io/m"),
            ("localhost:3000", "m", "wss://localhost:3000/m"),
            ("192.0.2.7:3000", "m", "wss://192.0.2.7:3000/m"),
        ] {
            assert_eq!(wss(host, path).as_deref(), Ok(url));
        }
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
            ("example.com", HostError::Placeholder),
            ("https://WWW.Example.org:8443/", HostError::Placeholder),
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
            ("a.example.com:+80", HostError::Malformed),
            ("a.example.com:", HostError::Malformed),
            ("bücher.example.com", HostError::Malformed),
            ("a.example.com?x=1", HostError::Malformed),
            ("a.example.com/v?x=1", HostError::Malformed),
        ] {
            assert_eq!(wss(host, "media"), Err(error), "{host}");
        }
    }

    #[test]
    fn what_is_shown_reads_as_itself() {
        for text in ["https://a.example.com:8443/b/", "wss://a.example.com/b://c", "a.example.com"]
        {
            let host: PublicHost = text.parse().unwrap();
            assert_eq!(host.as_str().parse(), Ok(host.clone()), "{text}");
            assert_eq!(host.wss("").parse(), Ok(host));
        }
    }

    #[test]
    fn debug_shows_no_path() {
        let host: PublicHost = "https://a.example.com/canary".parse().unwrap();
        assert_eq!(format!("{host:?}"), "PublicHost(a.example.com)");
        assert_eq!(host.to_string(), host.as_str());
    }
}
