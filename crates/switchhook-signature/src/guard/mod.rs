//! Further conditions on a request, beside its signature.

mod secret;

use std::{fmt, net::IpAddr, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderValue, StatusCode, header::AUTHORIZATION, request::Parts};
use switchhook_core::Params;
use zeroize::Zeroizing;

use self::secret::Expected;
use crate::{Connection, TrustedProxies, networks::Networks, public_url::target, url::Url};

/// A condition that a request has to fulfil beside its signature: HTTP Basic, a secret in
/// the URL, the sender's address. Cheap to clone.
///
/// A guard goes to [`Verifier::guard`](crate::Verifier::guard) and is looked at before the
/// signature, or is asked alone by [`check`](Self::check). It never replaces a signature:
/// nothing of it covers the body. Secrets are compared in constant time, are not shown by
/// `Debug` and are wiped on drop.
///
/// ```
/// use switchhook_signature::Guard;
///
/// let guard = Guard::basic("signalwire", "a password")?
///     .and(Guard::addresses(["192.0.2.0/24", "2001:db8::/32"])?);
/// // Two secrets while one replaces the other:
/// let rotating = Guard::query_secret("secret", "new")?.or(Guard::query_secret("secret", "old")?);
///
/// let request = http::Request::post("https://hooks.example.com/swaig?secret=old").body(())?;
/// let (head, ()) = request.into_parts();
/// assert!(rotating.check(&head).is_ok());
/// let refusal = guard.check(&head).unwrap_err();
/// assert_eq!(refusal.status(), 401);
/// assert_eq!(refusal.challenge().unwrap(), "Basic realm=\"webhooks\", charset=\"UTF-8\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Guard(Arc<Condition>);

enum Condition {
    Basic(Expected),
    Query { name: Box<str>, secret: Expected },
    Path { prefix: Box<str>, secret: Expected },
    Addresses { networks: Networks, proxies: Option<TrustedProxies> },
    All([Guard; 2]),
    Any([Guard; 2]),
}

/// What guards look at.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) peer: Option<IpAddr>,
}

impl Guard {
    /// `Authorization: Basic` with this user name and password. Providers make it of
    /// `https://user:password@host/`; Twilio sends it only after a first answer of 401.
    ///
    /// # Errors
    ///
    /// [`GuardError::Empty`] for an empty one of the two, [`GuardError::UserName`] for a user
    /// name with a colon, which no such header can tell from the password.
    pub fn basic(user: impl AsRef<str>, password: impl Into<String>) -> Result<Self, GuardError> {
        let (user, password) = (user.as_ref(), Zeroizing::new(password.into()));
        if user.is_empty() || password.is_empty() {
            return Err(GuardError::Empty);
        }
        if user.contains(':') {
            return Err(GuardError::UserName);
        }
        let both = Zeroizing::new([user.as_bytes(), b":", password.as_bytes()].concat());
        Ok(Self::of(Condition::Basic(Expected::new(&both))))
    }

    /// This secret in the query, such as `?secret=…`: once, not twice. It shows in access
    /// logs, and to the provider.
    ///
    /// # Errors
    ///
    /// [`GuardError::Empty`] for an empty name or secret.
    pub fn query_secret(
        name: impl Into<String>,
        secret: impl Into<String>,
    ) -> Result<Self, GuardError> {
        let (name, secret) = (name.into(), Zeroizing::new(secret.into()));
        if name.is_empty() || secret.is_empty() {
            return Err(GuardError::Empty);
        }
        let secret = Expected::new(secret.as_bytes());
        Ok(Self::of(Condition::Query { name: name.into(), secret }))
    }

    /// This secret as the part of the path right after `prefix`: `/hooks/` admits
    /// `/hooks/SECRET` and `/hooks/SECRET/voice`. Of a path that a router cut, the
    /// [`PublicTarget`](crate::PublicTarget) counts.
    ///
    /// # Errors
    ///
    /// [`GuardError::Empty`] for an empty secret, [`GuardError::Path`] for a prefix that does
    /// not start and end with a slash or a secret that has other characters than letters,
    /// digits, `-`, `.`, `_` and `~`, which URLs write in several ways.
    pub fn path_secret(
        prefix: impl Into<String>,
        secret: impl Into<String>,
    ) -> Result<Self, GuardError> {
        let (prefix, secret) = (prefix.into(), Zeroizing::new(secret.into()));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if secret.is_empty() {
            return Err(GuardError::Empty);
        }
        if !prefix.starts_with('/') || !prefix.ends_with('/') || !secret.bytes().all(plain) {
            return Err(GuardError::Path);
        }
        let secret = Expected::new(secret.as_bytes());
        Ok(Self::of(Condition::Path { prefix: prefix.into(), secret }))
    }

    /// These addresses and networks, such as `192.0.2.7` or `2001:db8::/32`. An IPv4 address
    /// and its IPv4-mapped form are the same. The address is that of the socket's peer, as
    /// the [`Connection`] in the request's extensions says; without it nobody is let in.
    ///
    /// # Errors
    ///
    /// [`GuardError::Empty`] for no network at all, [`GuardError::Network`] for a text that
    /// is neither address nor network.
    pub fn addresses<'a>(networks: impl IntoIterator<Item = &'a str>) -> Result<Self, GuardError> {
        Self::of_networks(networks, None)
    }

    /// As [`addresses`](Self::addresses), for a server behind proxies: where the peer is one
    /// of them, the address is the one that the outermost of them wrote down, in
    /// `X-Forwarded-For` or the `for` of `Forwarded`. Any other peer stands for itself.
    ///
    /// # Errors
    ///
    /// As [`addresses`](Self::addresses).
    pub fn addresses_behind<'a>(
        proxies: TrustedProxies,
        networks: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, GuardError> {
        Self::of_networks(networks, Some(proxies))
    }

    /// Both this guard and the other one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::of(Condition::All([self, other]))
    }

    /// This guard or the other one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::of(Condition::Any([self, other]))
    }

    /// Whether a request fulfils the condition, asked without a verifier.
    ///
    /// # Errors
    ///
    /// [`GuardRejection`], whose text is for the operator.
    pub fn check(&self, head: &Parts) -> Result<(), GuardRejection> {
        self.ask(Asked::of(head))
    }

    pub(crate) fn ask(&self, asked: Asked<'_>) -> Result<(), GuardRejection> {
        match &*self.0 {
            Condition::Basic(expected) => basic(expected, asked.headers),
            Condition::Query { name, secret } => query(name, secret, asked.query),
            Condition::Path { prefix, secret } => {
                let rest = asked.path.strip_prefix(&**prefix);
                let given = rest.ok_or(GuardRejection::SecretMissing)?;
                secret.check(given.split('/').next().unwrap_or_default().as_bytes())
            }
            Condition::Addresses { networks, proxies } => {
                let client = match proxies.as_ref().filter(|proxies| proxies.trusts(asked.peer)) {
                    Some(proxies) => proxies.client(asked.headers),
                    None => asked.peer,
                };
                match client {
                    None => Err(GuardRejection::AddressUnknown),
                    Some(client) if networks.contains(client) => Ok(()),
                    Some(_) => Err(GuardRejection::AddressRefused),
                }
            }
            Condition::All([first, second]) => first.ask(asked).and_then(|()| second.ask(asked)),
            Condition::Any([first, second]) => match (first.ask(asked), second.ask(asked)) {
                (Ok(()), _) | (_, Ok(())) => Ok(()),
                // Who can come in by a password is told so.
                (Err(first), Err(_)) if first.challenge().is_some() => Err(first),
                (_, Err(second)) => Err(second),
            },
        }
    }

    /// Whether this part of a path is a secret that it asks for.
    pub(crate) fn has_secret(&self, part: &str) -> bool {
        match &*self.0 {
            Condition::Path { secret, .. } => secret.check(part.as_bytes()).is_ok(),
            Condition::All(guards) | Condition::Any(guards) => {
                guards.iter().any(|guard| guard.has_secret(part))
            }
            Condition::Basic(_) | Condition::Query { .. } | Condition::Addresses { .. } => false,
        }
    }

    fn of_networks<'a>(
        networks: impl IntoIterator<Item = &'a str>,
        proxies: Option<TrustedProxies>,
    ) -> Result<Self, GuardError> {
        let networks = Networks::parse(networks).ok_or(GuardError::Network)?;
        if networks.is_empty() {
            return Err(GuardError::Empty);
        }
        Ok(Self::of(Condition::Addresses { networks, proxies }))
    }

    fn of(condition: Condition) -> Self {
        Self(Arc::new(condition))
    }
}

impl<'a> Asked<'a> {
    pub(crate) fn of(head: &'a Parts) -> Self {
        let target = target(head);
        let peer = head.extensions.get().and_then(|connection: &Connection| connection.peer);
        Self { path: target.path(), query: target.query(), headers: &head.headers, peer }
    }

    /// Of a request whose URL is all that is known: the peer is not.
    pub(crate) fn at(url: &'a str, headers: &'a HeaderMap) -> Self {
        let (path, query) = Url::split(url).map_or(("", None), |url| (url.path, url.query));
        Self { path, query, headers, peer: None }
    }
}

/// One header, the scheme's name in any letter case, base64 of user name and password.
fn basic(expected: &Expected, headers: &HeaderMap) -> Result<(), GuardRejection> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(GuardRejection::CredentialsMissing)?;
    let credentials = value.as_bytes().split_at_checked(6).filter(|_| values.next().is_none());
    let encoded = credentials.and_then(|(scheme, rest)| {
        scheme.eq_ignore_ascii_case(b"basic ").then(|| rest.trim_ascii())
    });
    let encoded = encoded.ok_or(GuardRejection::CredentialsMalformed)?;
    let given = STANDARD.decode(encoded).map_err(|_| GuardRejection::CredentialsMalformed)?;
    let given = Zeroizing::new(given);
    expected.check(&given).map_err(|_| GuardRejection::CredentialsWrong)
}

fn query(name: &str, secret: &Expected, query: Option<&str>) -> Result<(), GuardRejection> {
    let query = query.unwrap_or_default().as_bytes();
    let params = Params::parse(query).map_err(|_| GuardRejection::SecretMissing)?;
    let mut given = params.iter_bytes().filter(|pair| pair.0 == name.as_bytes());
    match (given.next(), given.next()) {
        (Some((_, given)), None) => secret.check(given),
        (None, _) => Err(GuardRejection::SecretMissing),
        // Else one request could try many.
        (Some(_), Some(_)) => Err(GuardRejection::SecretRepeated),
    }
}

/// Shows the kind of the condition and no secret.
impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Condition::Basic(_) => f.write_str("Guard::basic(redacted)"),
            Condition::Query { name, .. } => write!(f, "Guard::query_secret({name:?}, redacted)"),
            Condition::Path { prefix, .. } => write!(f, "Guard::path_secret({prefix:?}, redacted)"),
            Condition::Addresses { networks, proxies } => f
                .debug_struct("Addresses")
                .field("networks", networks)
                .field("proxies", proxies)
                .finish(),
            Condition::All([first, second]) => write!(f, "{first:?}.and({second:?})"),
            Condition::Any([first, second]) => write!(f, "{first:?}.or({second:?})"),
        }
    }
}

/// Why a guard cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GuardError {
    /// A name, a secret or a list is empty: it would let in everybody or nobody.
    Empty,
    /// The user name holds a colon.
    UserName,
    /// The prefix does not start and end with a slash, or the secret is not plain.
    Path,
    /// A text is neither an address nor a network.
    Network,
}

switchhook_core::error_texts! {
    GuardError:
    Self::Empty => "a guard's name, secret or list is empty",
    Self::UserName => "a user name cannot hold a colon",
    Self::Path => "not a path such as /hooks/, or a secret with characters that URLs escape",
    Self::Network => "not an address or a network such as 10.0.0.0/8",
}

/// Why a guard did not let a request in.
///
/// `Display` and [`code`](Self::code) are for the operator's log; a sender gets the bare
/// [`status`](Self::status) and the [`challenge`](Self::challenge).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GuardRejection {
    /// There is no `Authorization` header: the first request of a provider that waits to be
    /// asked.
    CredentialsMissing,
    /// The `Authorization` header is repeated, not of Basic, or not base64.
    CredentialsMalformed,
    /// User name or password are others.
    CredentialsWrong,
    /// The secret is not in the URL.
    SecretMissing,
    /// The secret is in the query more than once.
    SecretRepeated,
    /// The secret is another.
    SecretWrong,
    /// The sender's address is not known.
    AddressUnknown,
    /// The sender's address is not on the list.
    AddressRefused,
}

switchhook_core::error_texts! {
    GuardRejection:
    Self::CredentialsMissing => "no credentials",
    Self::CredentialsMalformed => "the credentials cannot be read",
    Self::CredentialsWrong => "wrong user name or password",
    Self::SecretMissing => "no secret in the URL",
    Self::SecretRepeated => "more than one secret in the URL",
    Self::SecretWrong => "wrong secret in the URL",
    Self::AddressUnknown => "the sender's address is not known",
    Self::AddressRefused => "the sender's address is not on the list",
}

impl GuardRejection {
    /// The HTTP status for the sender: 401 where credentials can help, else 403.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::CredentialsMissing | Self::CredentialsMalformed | Self::CredentialsWrong => {
                StatusCode::UNAUTHORIZED
            }
            _ => StatusCode::FORBIDDEN,
        }
    }

    /// The `WWW-Authenticate` header that belongs to a 401.
    pub fn challenge(&self) -> Option<HeaderValue> {
        let challenge = HeaderValue::from_static("Basic realm=\"webhooks\", charset=\"UTF-8\"");
        (self.status() == StatusCode::UNAUTHORIZED).then_some(challenge)
    }

    /// A stable word for logs and metrics, such as `credentials-wrong`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CredentialsMissing => "credentials-missing",
            Self::CredentialsMalformed => "credentials-malformed",
            Self::CredentialsWrong => "credentials-wrong",
            Self::SecretMissing => "secret-missing",
            Self::SecretRepeated => "secret-repeated",
            Self::SecretWrong => "secret-wrong",
            Self::AddressUnknown => "address-unknown",
            Self::AddressRefused => "address-refused",
        }
    }
}

#[cfg(test)]
mod tests;
