//! Requests to the byte, over plain sockets, and their answers.

use std::{fmt::Write as _, net::SocketAddr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{Method, Request};
use switchhook::{
    SIGNALWIRE_SHA256_SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER, SIGNATURE_HEADER,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{PASSWORD, canaries};

/// A request with the guard's credentials.
#[derive(Clone)]
pub(super) struct Sent {
    method: Method,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sent {
    /// A request as a signer has made it.
    pub(super) fn of(signed: Request<Bytes>) -> Self {
        let (head, body) = signed.into_parts();
        let target = head.uri.path_and_query().unwrap().to_string();
        let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
        let headers = head.headers.iter().map(|(name, value)| (name.to_string(), text(value)));
        let sent =
            Self { method: head.method, target, headers: headers.collect(), body: body.to_vec() };
        sent.with("authorization", &basic(PASSWORD))
    }

    /// Another value of a header, or one more header.
    pub(super) fn with(self, name: &str, value: &str) -> Self {
        let mut sent = self.without(name);
        sent.headers.push((name.to_owned(), value.to_owned()));
        sent
    }

    pub(super) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|header| header.0 != name);
        self
    }

    /// The signatures under a header that nobody asks for.
    pub(super) fn with_signatures_elsewhere(mut self) -> Self {
        for header in self.headers.iter_mut().filter(|header| is_signature(&header.0)) {
            header.0 = format!("x-other-{}", header.0);
        }
        self
    }

    /// Signatures of the right length that are made up.
    pub(super) fn with_made_up_signatures(mut self) -> Self {
        for header in self.headers.iter_mut().filter(|header| is_signature(&header.0)) {
            header.1 = match header.1.strip_suffix('=') {
                Some(digits) => "A".repeat(digits.len()) + "=",
                None => "a".repeat(header.1.len()),
            };
        }
        self
    }

    pub(super) fn with_method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub(super) fn with_target(mut self, target: impl Into<String>) -> Self {
        self.target = target.into();
        self
    }

    pub(super) fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub(super) fn method(&self) -> Method {
        self.method.clone()
    }

    pub(super) fn target(&self) -> &str {
        &self.target
    }

    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }

    pub(super) fn content_type(&self) -> Option<&str> {
        let named = self.headers.iter().find(|header| header.0 == "content-type");
        named.map(|header| header.1.as_str())
    }

    /// The signatures that it comes with, wherever they stand.
    pub(super) fn signatures(&self) -> impl Iterator<Item = &str> {
        let named = self.headers.iter().filter(|header| header.0.contains("-signature"));
        named.map(|header| header.1.as_str())
    }

    /// Line and headers, with the right length of the body.
    pub(super) fn head(&self) -> String {
        let mut head =
            format!("{} {} HTTP/1.1\r\nhost: hooks.example.com\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head
    }

    /// Sends it to the end of the answer, and has its signatures looked for from then on.
    pub(super) async fn send(&self, to: SocketAddr) -> Answer {
        canaries::hide_signatures(self);
        let length = self.body.len();
        let upgrade = self.headers.iter().any(|header| header.0 == "upgrade");
        let connection = if upgrade { "close, upgrade" } else { "close" };
        let head =
            format!("{}connection: {connection}\r\ncontent-length: {length}\r\n\r\n", self.head());
        let mut stream = TcpStream::connect(to).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // Who refuses the head need not wait for the body, nor for who sends it.
        let _ = stream.write_all(&self.body).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        Answer(String::from_utf8_lossy(&answer).into_owned())
    }
}

fn is_signature(name: &str) -> bool {
    [SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER]
        .iter()
        .any(|signature| signature.eq_ignore_ascii_case(name))
}

pub(super) fn basic(password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("user:{password}")))
}

/// An answer as it came.
pub(super) struct Answer(pub(super) String);

impl Answer {
    /// The status of the status line.
    pub(super) fn status(&self) -> u16 {
        let code = self.0.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
        code.and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no status: {:?}", self.0))
    }

    pub(super) fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }
}
