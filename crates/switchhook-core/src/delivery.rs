use std::fmt;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{CONTENT_ENCODING, CONTENT_TYPE},
};

use crate::{Json, Limits, Params, ParamsError, ParseJsonError, Payload};

/// The header that stays the same when Twilio sends one delivery again.
static IDEMPOTENCY_TOKEN: HeaderName = HeaderName::from_static("i-twilio-idempotency-token");

const FORM: &[u8] = b"application/x-www-form-urlencoded";

/// One webhook request, read and decoded, not yet trusted.
///
/// [`read`](Self::read) is the only way to make one, so that limits hold for all of them.
#[derive(Clone)]
pub struct Delivery {
    method: Method,
    url: Box<str>,
    payload: Payload,
    body: Bytes,
    idempotency_token: Option<HeaderValue>,
}

impl Delivery {
    /// Reads a request to `url`, the public one, within `limits`, and decodes its payload.
    ///
    /// A form body gives [`Payload::Params`]; so does a GET or HEAD, from its query. A JSON
    /// body gives [`Payload::Json`].
    ///
    /// # Errors
    ///
    /// [`DeliveryError`] for a body that is too long, has too many parameters, is encoded,
    /// whose content type is given twice, or that is to be JSON and is not.
    pub fn read(
        method: &Method,
        url: impl Into<String>,
        headers: &HeaderMap,
        body: &Bytes,
        limits: &Limits,
    ) -> Result<Self, DeliveryError> {
        let url: String = url.into();
        if body.len() > limits.body_bytes {
            return Err(DeliveryError::TooLarge(ParamsError::TooLong { limit: limits.body_bytes }));
        }
        if headers.contains_key(CONTENT_ENCODING) {
            return Err(DeliveryError::Encoded);
        }
        let content_type = ContentType::of(headers)?;
        let payload = if matches!(*method, Method::GET | Method::HEAD) && body.is_empty() {
            Payload::from(Params::parse_within(query(&url).as_bytes(), limits)?)
        } else {
            match content_type {
                Some(ContentType::Form) => Payload::from(Params::parse_within(body, limits)?),
                None if body.is_empty() => Payload::from(Params::default()),
                // No JSON, and no form that a signature of pairs could cover either.
                Some(ContentType::Json) if body.is_empty() => Payload::Other(body.clone()),
                Some(ContentType::Json) => Payload::from(Json::parse_within(body, limits)?),
                Some(ContentType::Other) | None => Payload::Other(body.clone()),
            }
        };
        Ok(Self {
            method: method.clone(),
            url: url.into(),
            payload,
            body: body.clone(),
            idempotency_token: headers.get(&IDEMPOTENCY_TOKEN).cloned(),
        })
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The public URL that the request was sent to, the query included.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The decoded payload.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// The parameters, where the payload has some.
    pub fn params(&self) -> Option<&Params> {
        self.payload.params()
    }

    /// The body as received.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// `I-Twilio-Idempotency-Token`: the same on every retry of one delivery. No signature
    /// covers it, so it tells retries apart and proves nothing.
    pub fn idempotency_token(&self) -> Option<&str> {
        self.idempotency_token.as_ref()?.to_str().ok()
    }
}

/// Shows method and sizes: the query and the body may carry a whole message.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("method", &self.method)
            .field("payload", &self.payload)
            .finish_non_exhaustive()
    }
}

/// What a body announces itself as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContentType {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/json`, `application/…+json` or `text/json`.
    Json,
    /// Anything else.
    Other,
}

impl ContentType {
    /// Reads the `Content-Type` header; parameters and letter case do not matter. `None`
    /// when there is none.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::ContentTypes`] when it is given twice: two readers might then
    /// disagree about what the body is.
    pub fn of(headers: &HeaderMap) -> Result<Option<Self>, DeliveryError> {
        let mut values = headers.get_all(CONTENT_TYPE).iter();
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(DeliveryError::ContentTypes);
        }
        let value = value.as_bytes();
        // What the providers write, found by one comparison.
        if let Some([] | [b';', ..]) = value.strip_prefix(FORM) {
            return Ok(Some(Self::Form));
        }
        let end = value.iter().position(|&byte| byte == b';').unwrap_or(value.len());
        let essence = value[..end].trim_ascii();
        Ok(Some(if essence.eq_ignore_ascii_case(FORM) {
            Self::Form
        } else if [&b"application/json"[..], b"text/json"]
            .iter()
            .any(|json| essence.eq_ignore_ascii_case(json))
            || essence.last_chunk::<5>().is_some_and(|end| end.eq_ignore_ascii_case(b"+json"))
        {
            Self::Json
        } else {
            Self::Other
        }))
    }
}

/// Why a request is refused before anybody looks at its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryError {
    /// The body or the query is over a limit.
    TooLarge(ParamsError),
    /// There is a `Content-Encoding`: a signature covers the bytes before it was applied.
    Encoded,
    /// There is more than one `Content-Type`.
    ContentTypes,
    /// The body announces itself as JSON and is not, or is over a limit.
    Json(ParseJsonError),
}

crate::error_texts! {
    DeliveryError:
    Self::TooLarge(error) => "{error}",
    Self::Encoded => "the body has a Content-Encoding",
    Self::ContentTypes => "more than one Content-Type",
    Self::Json(error) => "{error}",
}

impl From<ParamsError> for DeliveryError {
    fn from(error: ParamsError) -> Self {
        Self::TooLarge(error)
    }
}

impl From<ParseJsonError> for DeliveryError {
    fn from(error: ParseJsonError) -> Self {
        Self::Json(error)
    }
}

impl DeliveryError {
    /// The HTTP status that says so to the sender: 400, 413 or 415.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge(error) => error.status(),
            Self::Json(error) if error.is_too_large() => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Json(_) => StatusCode::BAD_REQUEST,
            Self::Encoded | Self::ContentTypes => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }
}

/// The query of a URL, without the mark; a fragment is not part of it.
fn query(url: &str) -> &str {
    let url = url.split_once('#').map_or(url, |(url, _)| url);
    url.split_once('?').map_or("", |(_, query)| query)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        method: &Method,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Delivery, DeliveryError> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: http::HeaderName = name.parse().unwrap();
            map.append(name, value.parse().unwrap());
        }
        Delivery::read(
            method,
            url,
            &map,
            &Bytes::copy_from_slice(body.as_bytes()),
            &Limits::default(),
        )
    }

    const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

    #[test]
    fn the_payload_follows_method_and_content_type() {
        let form = read(&Method::POST, "https://a/b?q=1", &[FORM], "x=2").unwrap();
        assert_eq!(form.params().unwrap().to_form(), "x=2");
        let get = read(&Method::GET, "https://a/b?q=1#f=2", &[], "").unwrap();
        assert_eq!(get.params().unwrap().to_form(), "q=1");
        for json in [
            "application/json",
            "Application/JSON ; charset=utf-8",
            "text/json",
            "application/cloudevents-batch+json",
        ] {
            let json = read(&Method::POST, "https://a/b", &[("content-type", json)], "{}").unwrap();
            assert!(matches!(json.payload(), Payload::Json(body) if body.as_str() == "{}"));
        }
        let text =
            read(&Method::POST, "https://a/b", &[("content-type", "text/plain")], "x=2").unwrap();
        assert!(matches!(text.payload(), Payload::Other(_)));
        let none = read(&Method::POST, "https://a/b", &[], "x=2").unwrap();
        assert!(matches!(none.payload(), Payload::Other(_)));
    }

    #[test]
    fn refuses_encodings_and_doubled_types() {
        let gzip =
            read(&Method::POST, "/", &[FORM, ("content-encoding", "gzip")], "x").unwrap_err();
        assert_eq!((gzip, gzip.status().as_u16()), (DeliveryError::Encoded, 415));
        let twice = read(&Method::POST, "/", &[FORM, ("content-type", "application/json")], "x");
        assert_eq!(twice.unwrap_err(), DeliveryError::ContentTypes);
    }

    #[test]
    fn debug_shows_neither_query_nor_body() {
        let shown = format!(
            "{:?}",
            read(&Method::POST, "https://a/?From=1555", &[FORM], "Body=hi").unwrap()
        );
        assert!(!shown.contains("1555") && !shown.contains("hi"), "{shown}");
    }
}
