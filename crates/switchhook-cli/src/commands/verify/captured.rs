//! A request as it was captured: the text of HTTP/1.1.

use anyhow::{Context, bail};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request,
    header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING},
};

use super::typed_form;

/// More headers than this are no webhook's.
const MOST_HEADERS: usize = 200;

/// Reads a request line, headers, an empty line, and the body behind it. Lines may end in LF
/// alone, as editors leave them.
pub(super) fn read(text: &Bytes) -> anyhow::Result<Request<Bytes>> {
    let mut rest = &text[..];
    let line = line(&mut rest).context("the request is empty")?;
    let mut words = line.split(' ').filter(|word| !word.is_empty());
    let (Some(method), Some(target), version, None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        bail!("the first line is no request line, such as POST /voice HTTP/1.1");
    };
    if version.is_some_and(|version| !version.starts_with("HTTP/")) {
        bail!("the first line does not end in HTTP/1.1");
    }
    let method: Method = method.parse().ok().context("the first line starts with no method")?;
    let mut request = Request::builder().method(method).uri(target).body(Bytes::new())?;
    *request.headers_mut() = headers(&mut rest)?;
    let body = text.slice_ref(rest);
    *request.body_mut() = framed(body, request.headers())?;
    Ok(request)
}

/// The next line, without its end.
fn line<'a>(rest: &mut &'a [u8]) -> Option<std::borrow::Cow<'a, str>> {
    if rest.is_empty() {
        return None;
    }
    let end = rest.iter().position(|byte| *byte == b'\n');
    let (line, after) = match end {
        Some(end) => (&rest[..end], &rest[end + 1..]),
        None => (*rest, &rest[rest.len()..]),
    };
    *rest = after;
    Some(String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)))
}

fn headers(rest: &mut &[u8]) -> anyhow::Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    while let Some(line) = line(rest).filter(|line| !line.is_empty()) {
        let pair = line.split_once(':');
        let (name, value) = pair.with_context(|| {
            format!("line {} is no header, such as Host: example.com", headers.len() + 2)
        })?;
        let name: HeaderName = name.parse().ok().context("a header has a name that none has")?;
        let value = HeaderValue::from_bytes(value.trim_matches([' ', '\t']).as_bytes());
        headers.append(name, value.ok().context("a header holds what none can hold")?);
        if headers.len() > MOST_HEADERS {
            bail!("more than {MOST_HEADERS} headers");
        }
    }
    Ok(headers)
}

/// The body that the headers frame. One that is shorter than announced stays as it is: that may
/// be what is wrong.
fn framed(body: Bytes, headers: &HeaderMap) -> anyhow::Result<Bytes> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if text(TRANSFER_ENCODING).is_some_and(|encoding| encoding.eq_ignore_ascii_case("chunked")) {
        // Tools show the body without its chunks as often as with them.
        return Ok(unchunked(&body).unwrap_or(body));
    }
    match text(CONTENT_LENGTH).map(|length| length.trim().parse::<usize>()) {
        Some(Ok(length)) => Ok(body.slice(..length.min(body.len()))),
        Some(Err(_)) => bail!("Content-Length is no number"),
        None => Ok(typed_form(body, text(CONTENT_TYPE).unwrap_or_default())),
    }
}

fn unchunked(body: &Bytes) -> Option<Bytes> {
    let mut rest = &body[..];
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let head = line(&mut rest)?;
        let digits = head.split(';').next()?.trim();
        let length = usize::from_str_radix(digits, 16).ok()?;
        if length == 0 {
            return Some(whole.into());
        }
        whole.extend_from_slice(rest.get(..length)?);
        rest = &rest[length..];
        line(&mut rest)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> String {
        let request = read(&Bytes::copy_from_slice(text.as_bytes())).unwrap();
        String::from_utf8(request.into_body().to_vec()).unwrap()
    }

    #[test]
    fn reads_what_was_captured() {
        let text = "POST /sms?a=%20 HTTP/1.1\r\nHost: h.example.com\r\nX-A: 1\r\nx-a:2\r\n\r\nA=1";
        let request = read(&Bytes::copy_from_slice(text.as_bytes())).unwrap();
        assert_eq!((request.method().as_str(), request.uri().to_string()), {
            ("POST", "/sms?a=%20".to_owned())
        });
        assert_eq!(request.headers().get_all("x-a").iter().count(), 2);
        assert_eq!(request.body(), "A=1");
    }

    #[test]
    fn the_body_ends_where_the_headers_say() {
        assert_eq!(body("POST / HTTP/1.1\nContent-Length: 3\n\nA=1\n"), "A=1");
        assert_eq!(body("POST / HTTP/1.1\nContent-Length: 9\n\nA=1"), "A=1");
        let form = "Content-Type: application/x-www-form-urlencoded";
        assert_eq!(body(&format!("POST / HTTP/1.1\n{form}\n\nA=1\n")), "A=1");
        assert_eq!(body("POST / HTTP/1.1\n\n{}\n"), "{}\n");
        let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(body(&format!("{chunked}2\r\nA=\r\n1;x\r\n1\r\n0\r\n\r\n")), "A=1");
        assert_eq!(body(&format!("{chunked}A=1")), "A=1");
    }

    #[test]
    fn what_is_no_request_is_an_error() {
        for text in [
            "",
            "\n",
            "POST\n\n",
            "POST / FTP/1\n\n",
            "P@ST / HTTP/1.1\n\n",
            "POST / HTTP/1.1\nno header\n\n",
            "POST / HTTP/1.1\n: x\n\n",
            "POST / HTTP/1.1\nContent-Length: x\n\n",
            "POST / x HTTP/1.1\n\n",
        ] {
            assert!(read(&Bytes::copy_from_slice(text.as_bytes())).is_err(), "{text:?}");
        }
    }
}
