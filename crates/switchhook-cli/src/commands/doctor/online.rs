//! What is seen from outside: the public URL, the clock there, and what proxies make of requests.

use std::{
    net::IpAddr,
    sync::mpsc::{Receiver as Arrivals, Sender, channel},
    time::{Duration, SystemTime},
};

use anyhow::Context;
use axum::{body::to_bytes, extract::Request as Incoming};
use bytes::Bytes;
use http::{
    HeaderMap, Method, Request, Response, StatusCode, Uri,
    header::{CONTENT_TYPE, DATE, HOST, USER_AGENT},
    request::Parts,
};
use switchhook::{
    Hosts, Keys, Limits, PublicUrl,
    doctor::{Cause, Diagnosis},
};
use tokio::runtime::Runtime;

use super::{
    Args, PATIENCE, Receiver,
    report::Report,
    way::{family_of, filled, sample},
};
use crate::{
    client::{Client, Reach},
    commands::FORM,
    exit::Exit,
    shown::{self, without_user_info},
};

const URL: &str = "public-url";
const CLOCK: &str = "clock";
const PROXY: &str = "proxy";
const LIMIT: &str = "proxy-limit";
const EVENT: &str = "event";

/// A clock that is this wrong breaks TLS and tokens with a time sooner or later, and one that is
/// that wrong at once.
const SKEW_WARNED: u64 = 30;
const SKEW_FAILED: u64 = 300;

/// The headers in which proxies say what a request was before them.
const FORWARDING: [&str; 8] = [
    "forwarded",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-forwarded-for",
    "x-original-host",
    "ngrok-forwarded-host",
];

/// Looks at the public URL without asking anybody.
pub(super) fn check_url(report: &mut Report, origin: Option<&str>) -> Option<PublicUrl> {
    let Some(origin) = origin else {
        report.warn(
            URL,
            "no public URL is told",
            "name the origin that the provider is given by --public-url: behind a proxy the \
             receiver cannot see it",
        );
        return None;
    };
    let url = PublicUrl::origin(origin);
    let uri: Option<Uri> = origin.parse().ok();
    let (url, uri) = match url.map_err(|error| error.to_string()).and_then(|url| {
        uri.map(|uri| (url, uri)).ok_or_else(|| "not a URL that can be sent to".into())
    }) {
        Ok(both) => both,
        Err(error) => {
            report.fail(URL, error, "give it as https://hooks.example.com");
            return None;
        }
    };
    let host = uri.host().unwrap_or_default();
    if is_private(host) {
        let advice = "the provider cannot reach it: give the name of a tunnel or a public host";
        report.warn(URL, format!("{host} is a name of this machine or network"), advice);
    } else if uri.scheme_str() == Some("http") {
        let advice = "use https: signatures and messages cross the net in the clear";
        report.warn(URL, format!("{host} is told without TLS"), advice);
    } else {
        report.ok(URL, format!("{host} is a public name, with TLS"));
    }
    Some(url)
}

/// Whether a host is not on the public net.
fn is_private(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(v4)) => {
            v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified()
        }
        Ok(IpAddr::V6(v6)) => {
            v6.is_loopback() || v6.is_unspecified() || v6.segments()[0] & 0xfe00 == 0xfc00
        }
        Err(_) => {
            let inside = [".localhost", ".local", ".internal", ".lan"];
            !host.contains('.') || inside.iter().any(|end| host.ends_with(end))
        }
    }
}

/// Sends requests to the public URL, and sees what becomes of them.
pub(super) fn check(
    report: &mut Report,
    runtime: &Runtime,
    args: &Args,
    receiver: &Receiver<'_>,
) -> anyhow::Result<()> {
    let Some(visit) = Visit::new(receiver) else { return Ok(()) };
    if let Some(port) = args.through {
        match listen(runtime, port) {
            Ok(arrivals) => visit.see_through(report, &arrivals, port)?,
            Err(error) => report.fail(
                PROXY,
                format!("cannot listen on 127.0.0.1:{port}: {error}"),
                "stop the receiver that runs there while the proxy is looked at",
            ),
        }
    } else {
        let request = Request::get(visit.url("/")).header(USER_AGENT, "switchhook");
        let answer = visit.client.send(request.body(Bytes::new())?, PATIENCE);
        visit.answered(report, answer.as_ref());
    }
    if args.send_event {
        visit.send_event(report)?;
    }
    Ok(())
}

/// What is sent to the public URL.
struct Visit<'a> {
    receiver: &'a Receiver<'a>,
    /// With the credentials that are sent to it.
    origin: &'a str,
    client: Client,
}

/// A request as it arrived behind the proxies.
type Arrival = (Parts, Bytes);

impl<'a> Visit<'a> {
    fn new(receiver: &'a Receiver<'a>) -> Option<Self> {
        let origin = receiver.origin?;
        let uri: Uri = origin.parse().ok()?;
        let client = Client::new(Reach::Anywhere, uri.host()?);
        Some(Self { receiver, origin: origin.trim_end_matches('/'), client })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The origin as it is signed.
    fn signed_origin(&self) -> String {
        without_user_info(self.origin)
    }

    /// The origin as it is shown.
    fn name(&self) -> String {
        shown::origin(self.origin)
    }

    /// Whether the public URL answers, and what time it is there.
    fn answered<T>(&self, report: &mut Report, answer: Result<&Response<T>, &ureq::Error>) -> bool {
        let response = match answer {
            Ok(response) => response,
            Err(error) => {
                report.fail_with(
                    Exit::Unreachable,
                    URL,
                    format!("{} does not answer: {error}", self.name()),
                    "see that the name leads to the proxy or tunnel, and that it runs",
                );
                return false;
            }
        };
        match response.status() {
            StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT => {
                let what = format!("{} answers {}", self.name(), response.status().as_u16());
                report.warn(URL, what, "start the receiver: nothing runs behind the proxy");
            }
            status => report.ok(URL, format!("{} answers {}", self.name(), status.as_u16())),
        }
        check_clock(report, response.headers(), SystemTime::now());
        true
    }

    /// Sends signed requests through the public URL to a listener behind it.
    fn see_through(
        &self,
        report: &mut Report,
        arrivals: &Arrivals<Arrival>,
        port: u16,
    ) -> anyhow::Result<()> {
        let Some(keys) = &self.receiver.keys else {
            report.skipped(PROXY, "without a key nothing is signed");
            return Ok(());
        };
        // What proxies and frameworks like to change: escapes, order, blanks, empty values.
        let path = "/switchhook-doctor//probe%2Fa?b=%27x%20y&a=1&a=0";
        let body = "Text=a+b%2B%C3%A9&Empty=&Name.With_Both=%0A";
        let answer = self.client.send(self.probe(keys, path, body)?, PATIENCE);
        if !self.answered(report, answer.as_ref()) {
            return Ok(());
        }
        let Some((head, arrived)) = first(arrivals) else {
            let what = format!("what is sent to {} does not arrive at port {port}", self.name());
            report.fail(PROXY, what, "let the proxy or tunnel lead to that port of 127.0.0.1");
            return Ok(());
        };
        let provider = self.receiver.provider;
        let examined = |url| provider.doctor(keys.clone(), url).examine(&head, &arrived);
        let told = self.receiver.url.clone().map(examined);
        tell(report, &head.headers, told.as_ref(), &examined(PublicUrl::direct(Hosts::any())));

        let most = Limits::default().body_bytes;
        let long = filled(FORM, body, most);
        let answer = self.client.send(self.probe(keys, path, &long)?, PATIENCE);
        let answer = answer.map(|response| response.status().to_string());
        let answer = answer.unwrap_or_else(|error| error.to_string());
        match first(arrivals) {
            Some((_, arrived)) if arrived.len() == long.len() => {
                report.ok(LIMIT, format!("{} KiB come through whole", most / 1024));
            }
            _ => report.warn(
                LIMIT,
                format!("a body of {most} bytes does not come through; the answer is {answer}"),
                "raise the proxy's limit of bodies",
            ),
        }
        Ok(())
    }

    /// A form, signed for the public URL.
    fn probe(&self, keys: &Keys, path: &str, body: &str) -> anyhow::Result<Request<Bytes>> {
        self.signed(keys, path, FORM, body)
    }

    fn signed(
        &self,
        keys: &Keys,
        path: &str,
        content_type: &str,
        body: &str,
    ) -> anyhow::Result<Request<Bytes>> {
        let key = keys.iter().next().cloned();
        let key = key.ok_or_else(|| anyhow::anyhow!("there is no key"))?;
        let body = Bytes::copy_from_slice(body.as_bytes());
        let origin = self.signed_origin();
        let url = format!("{origin}{path}");
        let signer = self.receiver.provider.signer(key);
        let signed = signer.sign(&Method::POST, &url, Some(content_type), &body)?;
        // A body that is no form is covered by its hash in the URL.
        let target = signed.url.strip_prefix(&origin).context("the URL is another")?;
        let mut request = Request::post(self.url(target))
            .header(CONTENT_TYPE, content_type)
            .header(USER_AGENT, "switchhook");
        if let Some(headers) = request.headers_mut() {
            headers.extend(signed.headers);
        }
        Ok(request.body(body)?)
    }

    /// Sends what the receiver takes for genuine.
    fn send_event(&self, report: &mut Report) -> anyhow::Result<()> {
        let both = family_of(self.receiver.provider).zip(self.receiver.keys.as_ref());
        let Some((family, keys)) = both else { return Ok(()) };
        let (content_type, body) = sample(family);
        let request = self.signed(keys, family.path, content_type, &body)?;
        let status = match self.client.send(request, PATIENCE) {
            Ok(response) => response.status(),
            Err(error) => {
                let advice = "see that the proxy or tunnel runs";
                report.fail_with(Exit::Unreachable, EVENT, error.to_string(), advice);
                return Ok(());
            }
        };
        let path = family.path;
        match status.as_u16() {
            200..=299 => report.ok(EVENT, format!("a signed event is taken at {path}: {status}")),
            401 | 403 => report.fail_with(
                Exit::SignatureMismatch,
                EVENT,
                format!("a signed event is refused at {path}: {status}"),
                "have the receiver's key and public URL be these; capture the request there and \
                 ask switchhook verify --explain",
            ),
            404 | 405 => report.warn(
                EVENT,
                format!("nothing takes events at {path}: {status}"),
                "start switchhook listen behind the public URL, or look at your own route",
            ),
            _ => report.fail(
                EVENT,
                format!("a signed event is answered {status} at {path}"),
                "look at the receiver's log",
            ),
        }
        Ok(())
    }
}

/// What a receiver behind the proxies makes of a signed request: one that is told the public URL,
/// and one that is not.
fn tell(report: &mut Report, headers: &HeaderMap, told: Option<&Diagnosis>, untold: &Diagnosis) {
    let said = FORWARDING.iter().filter_map(|name| {
        let value = headers.get(*name)?.to_str().ok()?;
        Some(format!("{name}: {value}"))
    });
    let mut said: Vec<String> = said.collect();
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    said.insert(0, format!("host: {}", host.unwrap_or("-")));
    report.ok(PROXY, format!("a request arrives with {}", said.join(", ")));
    let found = told.unwrap_or(untold);
    if found.cause() == Cause::Valid {
        let what = match untold.cause() {
            Cause::Valid => "its signature is right, also where no public URL is told",
            _ => "its signature is right where the public URL is told, and only there",
        };
        report.ok(PROXY, what);
    } else {
        report.fail_with(
            Exit::SignatureMismatch,
            PROXY,
            format!("its signature does not match any more: {}", found.cause()),
            found.advice(),
        );
    }
}

/// The next request that arrives; the answer has come already.
fn first(arrivals: &Arrivals<Arrival>) -> Option<Arrival> {
    arrivals.recv_timeout(Duration::from_secs(2)).ok()
}

/// A listener that keeps what arrives.
fn listen(runtime: &Runtime, port: u16) -> std::io::Result<Arrivals<Arrival>> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", port))?;
    listener.set_nonblocking(true)?;
    let (sender, arrivals) = channel();
    let app = axum::Router::new().fallback(move |request: Incoming| keep(request, sender.clone()));
    runtime.spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, app).await
    });
    Ok(arrivals)
}

async fn keep(request: Incoming, arrivals: Sender<Arrival>) -> StatusCode {
    let (head, body) = request.into_parts();
    // Twice what is sent: whoever else comes along is not kept.
    let Ok(body) = to_bytes(body, 2 * Limits::default().body_bytes).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    if head.headers.get(USER_AGENT).is_none_or(|agent| agent != "switchhook") {
        return StatusCode::NOT_FOUND;
    }
    // Nobody waits any more: the checks are over.
    let _ = arrivals.send((head, body));
    StatusCode::NO_CONTENT
}

/// Compares this machine's clock with the one of an answer.
fn check_clock(report: &mut Report, headers: &HeaderMap, now: SystemTime) {
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    let Some(date) = date.map(|date| SystemTime::from(date.timestamp())) else {
        return report.skipped(CLOCK, "the answer has no date to compare with");
    };
    let skew = now.duration_since(date).unwrap_or_else(|error| error.duration()).as_secs();
    let advice = "have this machine's clock set over the network (NTP)";
    match skew {
        0..SKEW_WARNED => report.ok(CLOCK, "it goes as the one of the public URL does"),
        SKEW_WARNED..SKEW_FAILED => report.warn(CLOCK, format!("it is {skew} s off"), advice),
        _ => report.fail(CLOCK, format!("it is {skew} s off"), advice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_hosts_are_told_from_public_ones() {
        for host in [
            "localhost",
            "app.localhost",
            "printer.local",
            "db",
            "127.0.0.1",
            "10.1.2.3",
            "192.168.1.1",
            "[::1]",
            "[fd00::1]",
            "0.0.0.0",
            "[::ffff:10.0.0.1]",
        ] {
            assert!(is_private(host), "{host}");
        }
        for host in ["hooks.example.com", "8.8.8.8", "[2001:db8::1]"] {
            assert!(!is_private(host), "{host}");
        }
    }

    #[test]
    fn a_clock_is_compared_with_the_answers() {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, "Sat, 21 Nov 2026 12:00:00 GMT".parse().unwrap());
        let noon = SystemTime::from("2026-11-21T12:00:00Z".parse::<jiff::Timestamp>().unwrap());
        for (skew, expected) in
            [(0, "ok"), (-29, "ok"), (31, "warn"), (-299, "warn"), (300, "fail")]
        {
            let distance = Duration::from_secs(i64::unsigned_abs(skew));
            let now = if skew < 0 { noon - distance } else { noon + distance };
            let mut report = Report::default();
            check_clock(&mut report, &headers, now);
            assert_eq!(report.statuses(), [(CLOCK, expected)], "{skew}");
        }
        let mut report = Report::default();
        check_clock(&mut report, &HeaderMap::new(), noon);
        assert_eq!(report.statuses(), [(CLOCK, "skip")]);
    }
}
