//! Requests of pages. Where no signature is asked for, any page in the operator's browser could
//! send events.

use std::{sync::Once, thread};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{HOST, ORIGIN},
};

use crate::host::{Host, only};

/// Which hosts requests may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// An address or `localhost`.
    Fixed,
    /// Any: a public URL tells that a name leads here.
    Any,
}

/// Why a request is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Foreign {
    Page,
    Name,
}

impl Foreign {
    fn why(self) -> &'static str {
        match self {
            Self::Page => "requests of pages are not taken\n",
            Self::Name => {
                "the host is a name, which a foreign page can have as well: \
                 tell `listen` by --public-url that it is this listener's\n"
            }
        }
    }
}

/// Takes nothing that a foreign page may have sent.
pub(super) async fn refuse(State(named): State<Named>, request: Request, next: Next) -> Response {
    let Err(foreign) = check(request.headers(), named) else { return next.run(request).await };
    if foreign == Foreign::Name {
        static TOLD: Once = Once::new();
        // Once, and not by a thread that answers: a terminal may be held.
        TOLD.call_once(|| drop(thread::spawn(|| eprint!("refused: {}", Foreign::Name.why()))));
    }
    (StatusCode::FORBIDDEN, foreign.why()).into_response()
}

fn check(headers: &HeaderMap, named: Named) -> Result<(), Foreign> {
    // Browsers say it of requests to loopback and over TLS alone.
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if !matches!(site, None | Some(b"same-origin" | b"none")) {
        return Err(Foreign::Page);
    }
    let host = only(headers, &HOST);
    if headers.contains_key(ORIGIN) {
        let origin = only(headers, &ORIGIN).and_then(|origin| origin.split_once("://"));
        let is_own = |host: &str| origin.is_some_and(|own| own.1.eq_ignore_ascii_case(host));
        host.filter(|host| is_own(host)).ok_or(Foreign::Page)?;
    }
    // Of a name that somebody points here when the page is loaded, all of this is the page's own.
    let is_fixed = host.is_some_and(|host| Host::of(host).is_fixed());
    if named == Named::Any || is_fixed { Ok(()) } else { Err(Foreign::Name) }
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    #[test]
    fn pages_are_told_from_providers() {
        let (ok, page, name) = (Ok(()), Err(Foreign::Page), Err(Foreign::Name));
        for (headers, fixed, any) in [
            (&[("host", "127.0.0.1:8000")][..], ok, ok),
            (&[("host", "localhost:8000"), ("sec-fetch-site", "none")], ok, ok),
            (&[("host", "localhost:8000"), ("sec-fetch-site", "same-site")], page, page),
            (&[("host", "localhost:8000"), ("sec-fetch-site", "cross-site")], page, page),
            (&[("host", "192.0.2.7:8000"), ("origin", "http://192.0.2.7:8000")], ok, ok),
            (&[("host", "192.0.2.7:8000"), ("origin", "http://192.0.2.7:3000")], page, page),
            (&[("host", "192.0.2.7:8000"), ("origin", "http://evil.example")], page, page),
            (&[("host", "192.0.2.7:8000"), ("origin", "null")], page, page),
            (&[("host", "a.example"), ("origin", "https://A.example")], name, ok),
            (
                &[("host", "a.example"), ("origin", "https://a.example"), ("origin", "null")],
                page,
                page,
            ),
            (&[("host", "evil.example:8000"), ("sec-fetch-site", "same-origin")], name, ok),
            (&[("host", "127.0.0.1"), ("host", "evil.example")], name, ok),
            (&[], name, ok),
        ] {
            let pairs = headers.iter().map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_static(value))
            });
            let mut map = HeaderMap::new();
            pairs.for_each(|(name, value)| {
                map.append(name, value);
            });
            assert_eq!(check(&map, Named::Fixed), fixed, "{headers:?}");
            assert_eq!(check(&map, Named::Any), any, "{headers:?}");
        }
    }
}
