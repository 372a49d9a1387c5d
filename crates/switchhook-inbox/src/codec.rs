//! Requests and replies as stores keep them: columns and bytes.

use std::net::IpAddr;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
#[cfg(any(feature = "postgres", feature = "sqlite"))]
use http::{Response, StatusCode};
use switchhook_dispatch::{StoreError, StoreErrorKind};
use switchhook_signature::{Connection, PublicTarget};

/// A request in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    /// `POST`, `GET`.
    pub(crate) method: String,
    /// Path and query as the dispatcher saw them.
    pub(crate) target: String,
    /// The same before a router cut it, where one did.
    pub(crate) public_target: Option<String>,
    /// Whether TLS ended in the receiving process.
    pub(crate) tls: bool,
    /// The other end of the socket.
    pub(crate) peer: Option<String>,
    /// See [`headers_to_bytes`].
    pub(crate) headers: Vec<u8>,
    /// The body as received.
    pub(crate) body: Bytes,
}

impl Columns {
    pub(crate) fn of(request: &Request<Bytes>) -> Self {
        let connection = request.extensions().get::<Connection>();
        let public_target = request.extensions().get::<PublicTarget>();
        Self {
            method: request.method().to_string(),
            target: request.uri().to_string(),
            public_target: public_target.map(|target| target.0.to_string()),
            tls: connection.is_some_and(|connection| connection.tls),
            peer: connection.and_then(|connection| connection.peer).map(|peer| peer.to_string()),
            headers: headers_to_bytes(request.headers()),
            body: request.body().clone(),
        }
    }

    pub(crate) fn into_request(self) -> Result<Request<Bytes>, StoreError> {
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method.parse::<Method>().map_err(|_| damaged("a method"))?;
        *request.uri_mut() = self.target.parse::<Uri>().map_err(|_| damaged("a target"))?;
        *request.headers_mut() = headers_of_bytes(&self.headers)?;
        if let Some(target) = self.public_target {
            let target = target.parse().map_err(|_| damaged("a public target"))?;
            request.extensions_mut().insert(PublicTarget(target));
        }
        let peer = self.peer.map(|peer| peer.parse::<IpAddr>()).transpose();
        let peer = peer.map_err(|_| damaged("an address"))?;
        request.extensions_mut().insert(Connection { tls: self.tls, peer });
        Ok(request)
    }
}

/// `name: value` and a line feed for each header, in their order; no value has a line feed.
pub(crate) fn headers_to_bytes(headers: &HeaderMap) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(headers.len() * 48);
    for (name, value) in headers {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.push(b'\n');
    }
    bytes
}

pub(crate) fn headers_of_bytes(bytes: &[u8]) -> Result<HeaderMap, StoreError> {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let colon = line.windows(2).position(|two| two == b": ");
        let colon = colon.ok_or_else(|| damaged("a header"))?;
        let name = HeaderName::from_bytes(&line[..colon]).map_err(|_| damaged("a header"))?;
        let value = HeaderValue::from_bytes(&line[colon + 2..]);
        headers.append(name, value.map_err(|_| damaged("a header"))?);
    }
    Ok(headers)
}

/// The response of these columns.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
pub(crate) fn reply(
    status: u16,
    headers: &[u8],
    body: impl Into<Bytes>,
) -> Result<Response<Bytes>, StoreError> {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).map_err(|_| damaged("a status"))?;
    *response.headers_mut() = headers_of_bytes(headers)?;
    Ok(response)
}

/// The error of a row that no version of this crate has written.
pub(crate) fn damaged(what: &str) -> StoreError {
    StoreError::new(StoreErrorKind::Other, format_args!("{what} of a row cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_come_back_as_they_were() {
        let mut request =
            Request::post("/video?a=b%20c").body(Bytes::from_static(b"x=\xff")).unwrap();
        for (name, value) in [
            ("x-twilio-signature", &b"abc="[..]),
            ("accept", b"a"),
            ("accept", b""),
            ("x-bytes", b"\xfe: \xff"),
        ] {
            request.headers_mut().append(name, HeaderValue::from_bytes(value).unwrap());
        }
        let peer = Some("192.0.2.7".parse().unwrap());
        request.extensions_mut().insert(Connection { tls: true, peer });
        request.extensions_mut().insert(PublicTarget("/hooks/video?a=b%20c".parse().unwrap()));
        let again = Columns::of(&request).into_request().unwrap();
        assert_eq!(Columns::of(&again), Columns::of(&request));
        assert_eq!(again.headers(), request.headers());
        assert_eq!(again.body(), request.body());
        assert_eq!(again.extensions().get::<Connection>().unwrap().peer, peer);
        assert_eq!(again.extensions().get::<PublicTarget>().unwrap().0, "/hooks/video?a=b%20c");
    }

    #[test]
    fn damaged_rows_are_errors() {
        for headers in [&b"no colon\n"[..], b"bad name: x\n", b"x: \x00\n"] {
            assert!(headers_of_bytes(headers).is_err());
        }
    }

    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    #[test]
    fn replies_come_back_as_they_were() {
        let saved = reply(201, b"content-type: text/xml\n", "<Response/>").unwrap();
        assert_eq!((saved.status().as_u16(), &saved.body()[..]), (201, &b"<Response/>"[..]));
        assert_eq!(saved.headers()["content-type"], "text/xml");
        assert!(reply(7, b"", "").is_err());
        assert!(reply(200, b"no colon\n", "").is_err());
    }
}
