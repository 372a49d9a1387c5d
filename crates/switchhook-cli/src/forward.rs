//! Sends deliveries on to an application, byte for byte.

use std::{fmt, net::ToSocketAddrs, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, Request, Response, StatusCode, Uri,
    header::{
        CONNECTION, CONTENT_LENGTH, EXPECT, HOST, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, TE,
        TRAILER, TRANSFER_ENCODING, UPGRADE,
    },
};
use switchhook::dispatch::{BoxError, Context, FromContext};

use crate::{
    client::{Client, Reach, is_loopback},
    exit::usage,
    received,
};

/// How long an application may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest answer of an application that is taken: more than any provider reads.
const LONGEST_ANSWER: u64 = 1024 * 1024;

/// What belongs to one connection and not to the message; the client frames its own.
const OF_THE_CONNECTION: [HeaderName; 11] = [
    CONNECTION,
    CONTENT_LENGTH,
    EXPECT,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];

/// Where deliveries are sent on to.
#[derive(Clone, Debug)]
pub(crate) struct Target(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Scheme, host and port.
    origin: String,
    /// The path of the URL.
    path: String,
    client: Client,
}

impl Target {
    /// Takes a URL.
    ///
    /// One that ends in its host or in a slash goes before the path of each request; another is
    /// where all requests go. The query is that of the request.
    ///
    /// # Errors
    ///
    /// When it is no such URL, or its host is not this machine and `reach` asks for that.
    pub(crate) fn new(url: &str, reach: Reach) -> anyhow::Result<Self> {
        let wrong = |why: &str| usage(format!("{url:?} is no URL to send deliveries to: {why}"));
        if url.contains('#') {
            return Err(wrong("leave the fragment out"));
        }
        let uri: Uri = url.parse().map_err(|_| wrong("expected http://HOST:PORT/PATH"))?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) =
            (uri.scheme_str(), uri.authority())
        else {
            return Err(wrong("expected http://HOST:PORT/PATH"));
        };
        if authority.as_str().contains('@') {
            // Not with the text, which has the password.
            return Err(usage("a URL to send deliveries to has no user and no password"));
        }
        if uri.query().is_some() {
            return Err(wrong("leave the query out: that of each delivery is sent"));
        }
        let port = authority.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
        if reach == Reach::Loopback {
            check_loopback(authority.host(), port)?;
        }
        Ok(Self(Arc::new(Inner {
            origin: format!("{scheme}://{authority}"),
            path: uri.path().to_owned(),
            client: Client::new(reach, authority.host()),
        })))
    }

    /// Sends a request on: method, path, query, headers and body as they came, whatever a router
    /// has cut off the path since. The answer, whatever its status.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    pub(crate) fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, NoAnswer> {
        let uri = self.uri(received::target(&request));
        let uri = uri.ok_or(NoAnswer::new("its path does not fit behind the URL"))?;
        let (mut head, body) = request.into_parts();
        head.headers = end_to_end(&head.headers);
        head.headers.remove(HOST);
        let mut sent = Request::new(body);
        *sent.method_mut() = head.method;
        *sent.uri_mut() = uri;
        *sent.headers_mut() = head.headers;
        let answer = self.0.client.send(sent, PATIENCE).map_err(NoAnswer::of)?;
        let (head, mut body) = answer.into_parts();
        let body = body.with_config().limit(LONGEST_ANSWER).read_to_vec().map_err(NoAnswer::of)?;
        let mut answer = Response::new(body.into());
        *answer.status_mut() = head.status;
        *answer.headers_mut() = end_to_end(&head.headers);
        Ok(answer)
    }

    /// The same without blocking the thread.
    pub(crate) async fn sent(&self, request: Request<Bytes>) -> Result<Response<Bytes>, NoAnswer> {
        let target = self.clone();
        let answer = tokio::task::spawn_blocking(move || target.send(request)).await;
        answer.unwrap_or_else(|_| Err(NoAnswer::new("the sender failed")))
    }

    /// Where a request to `received` is sent.
    fn uri(&self, received: &Uri) -> Option<Uri> {
        let Inner { origin, path, .. } = &*self.0;
        let query = received.query().map(|query| format!("?{query}")).unwrap_or_default();
        let path = match path.strip_suffix('/') {
            Some(base) => format!("{base}{}", received.path()),
            None => path.clone(),
        };
        format!("{origin}{path}{query}").parse().ok()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.origin, self.0.path)
    }
}

/// Why a target gave no answer.
#[derive(Debug)]
pub(crate) struct NoAnswer {
    why: String,
}

impl NoAnswer {
    fn new(why: &str) -> Self {
        Self { why: why.to_owned() }
    }

    #[allow(clippy::needless_pass_by_value, reason = "the argument of map_err")]
    fn of(error: ureq::Error) -> Self {
        let why = match error {
            ureq::Error::Io(error) => error.to_string(),
            error => error.to_string(),
        };
        Self { why }
    }
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no answer from the application: {}", self.why)
    }
}

impl std::error::Error for NoAnswer {}

/// Sends a notification on, where there is a target: it is done when that answers 2xx.
///
/// # Errors
///
/// When there is another answer, or none.
pub(crate) async fn told(
    target: Option<Target>,
    Original(request): Original,
) -> Result<Response<Bytes>, BoxError> {
    let Some(target) = target else { return Ok(empty(StatusCode::NO_CONTENT)) };
    let answer = target.sent(request).await?;
    match answer.status() {
        status if status.is_success() => Ok(answer),
        status => Err(format!("the application answered {status}").into()),
    }
}

/// Answers as the target does, whatever that is.
///
/// # Errors
///
/// When there is no answer.
pub(crate) async fn asked(
    target: Option<Target>,
    Original(request): Original,
) -> Result<Response<Bytes>, BoxError> {
    let Some(target) = target else { return Ok(empty(StatusCode::NO_CONTENT)) };
    Ok(target.sent(request).await?)
}

fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

/// A request as a handler's context has it.
pub(crate) struct Original(pub(crate) Request<Bytes>);

impl<S> FromContext<S> for Original {
    type Error = std::convert::Infallible;

    fn from_context(context: &Context<'_, S>) -> Result<Self, Self::Error> {
        let head = context.head();
        let mut request = Request::new(context.delivery().body().clone());
        *request.method_mut() = head.method.clone();
        *request.uri_mut() = head.uri.clone();
        *request.headers_mut() = head.headers.clone();
        Ok(Self(request))
    }
}

/// The headers that go on to the next connection.
fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let named: Vec<&str> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let goes_on = |name: &HeaderName| {
        !OF_THE_CONNECTION.contains(name)
            && !named.iter().any(|named| named.eq_ignore_ascii_case(name.as_str()))
    };
    let kept = headers.iter().filter(|(name, _)| goes_on(name));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Checks that a host is this machine, and nothing else.
fn check_loopback(host: &str, port: u16) -> anyhow::Result<()> {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let mut found = (name, port)
        .to_socket_addrs()
        .map_err(|error| usage(format!("{host}: {error}")))?
        .peekable();
    if found.peek().is_some() && found.all(is_loopback) {
        return Ok(());
    }
    Err(usage(format!(
        "{host} is not this machine: deliveries hold phone numbers and messages of others; \
         --forward-anywhere sends them there all the same"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_a_prefix_or_a_place() {
        for (url, received, expected) in [
            (
                "http://127.0.0.1:3000",
                "/twilio/video?a=%2F",
                "http://127.0.0.1:3000/twilio/video?a=%2F",
            ),
            ("http://127.0.0.1:3000/", "/twilio/video", "http://127.0.0.1:3000/twilio/video"),
            ("http://127.0.0.1:3000/app/", "/video?", "http://127.0.0.1:3000/app/video?"),
            ("http://127.0.0.1:3000/hook", "/video?a=1", "http://127.0.0.1:3000/hook?a=1"),
            ("http://[::1]/hook", "/video", "http://[::1]/hook"),
        ] {
            let target = Target::new(url, Reach::Loopback).unwrap();
            assert_eq!(target.uri(&received.parse().unwrap()).unwrap(), expected, "{url}");
        }
    }

    #[test]
    fn a_wrong_url_is_refused() {
        for (url, why) in [
            ("127.0.0.1:3000", "expected http://"),
            ("ftp://127.0.0.1/", "expected http://"),
            ("http://127.0.0.1/?a=1", "leave the query out"),
            ("http://127.0.0.1/#a", "leave the fragment out"),
            ("http://me:secret@127.0.0.1/", "no user and no password"),
            ("http://192.0.2.1/", "is not this machine"),
            ("http://0.0.0.0:3000/", "is not this machine"),
            ("http://[::ffff:192.0.2.1]/", "is not this machine"),
        ] {
            let error = Target::new(url, Reach::Loopback).unwrap_err().to_string();
            assert!(error.contains(why) && !error.contains("secret"), "{url}: {error}");
        }
        assert!(Target::new("http://192.0.2.1/", Reach::Anywhere).is_ok());
    }

    #[test]
    fn what_belongs_to_the_connection_stays_there() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-Hop"),
            ("x-hop", "1"),
            ("keep-alive", "timeout=5"),
            ("content-length", "3"),
            ("te", "trailers"),
            ("accept", "a"),
            ("accept", "b"),
            ("x-twilio-signature", "s="),
        ] {
            headers.append(name, value.parse().unwrap());
        }
        let kept: Vec<_> = end_to_end(&headers)
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        assert_eq!(kept, ["accept: a", "accept: b", "x-twilio-signature: s="]);
    }
}
