//! Does a signed event get through a receiver, and a forged one not?

use std::{net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::{Method, Request, header::CONTENT_TYPE};
use switchhook::{
    Hosts, Key, Keys, Limits, PublicUrl,
    axum::service,
    dispatch::{Dispatcher, notify},
};
use tokio::runtime::Runtime;

use super::{Receiver, report::Report};
use crate::{
    client::{Client, Reach},
    commands::body_of,
    exit::Exit,
    families::{FAMILIES, FamilyEntry, Sent},
    provider::Provider,
    shown::without_user_info,
};

const NAME: &str = "way";
const LIMIT: &str = "body-limit";

/// Nothing on this machine takes as long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends events through a receiver on loopback, as a proxy would that has the public URL.
pub(super) fn check(report: &mut Report, runtime: &Runtime, receiver: &Receiver<'_>) {
    let Some(keys) = &receiver.keys else {
        return report.skipped(NAME, "without a key nothing is signed");
    };
    let Some((family, key)) = family_of(receiver.provider).zip(keys.iter().next()) else { return };
    let started = start(runtime, receiver, family, keys.clone());
    let at = match started {
        Ok(at) => at,
        Err(error) => {
            let what = format!("no receiver can be started on this machine: {error}");
            return report.fail(NAME, what, "let this user listen on 127.0.0.1");
        }
    };
    // Providers sign URLs without the credentials that they are given in them.
    let origin = receiver.origin.map_or_else(|| format!("http://{at}"), without_user_info);
    let sender = Sender { at, origin, family, key, provider: receiver.provider };
    if let Err(error) = sender.check(report) {
        report.fail(
            NAME,
            format!("{error:#}"),
            "see what keeps this machine from its own 127.0.0.1",
        );
    }
}

/// The first family whose events the provider sends.
pub(super) fn family_of(provider: Provider) -> Option<&'static FamilyEntry> {
    FAMILIES.iter().find(|family| family.provider == provider)
}

/// An event as the provider sends it: its content type and its body.
pub(super) fn sample(family: &FamilyEntry) -> (&'static str, String) {
    // What is asked by GET alone is named so.
    let sent = family.events().find(|event| event.name.rsplit('.').next() != Some("get"));
    let sample = sent.map(switchhook::EventInfo::sample_payload);
    sample.as_ref().map(body_of).unwrap_or_default()
}

/// A receiver on a free port, and where it is.
fn start(
    runtime: &Runtime,
    receiver: &Receiver<'_>,
    family: &'static FamilyEntry,
    keys: Keys,
) -> std::io::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let at = listener.local_addr()?;
    let loopback = || PublicUrl::direct(Hosts::only(["127.0.0.1"]));
    let url = receiver.url.clone().unwrap_or_else(loopback);
    let route = notify(receiver.provider.verifier(keys, url));
    let hooks = Dispatcher::<Sent>::new(None).at(family.path, (family.told)(route));
    let app = axum::Router::new().fallback_service(service(hooks));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    runtime.spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, app).await
    });
    Ok(at)
}

struct Sender<'a> {
    at: SocketAddr,
    /// Public origin.
    origin: String,
    family: &'static FamilyEntry,
    key: &'a Key,
    provider: Provider,
}

impl Sender<'_> {
    fn check(&self, report: &mut Report) -> anyhow::Result<()> {
        let (content_type, body) = sample(self.family);
        match self.send(content_type, &body, &body)? {
            200..=299 => {
                let forged = body.replacen("Sid=", "Sid=F", 1).replacen('{', "{ ", 1);
                match self.send(content_type, &body, &forged)? {
                    403 => report.ok(NAME, "a signed event gets through, a forged one is refused"),
                    status => report.fail(
                        NAME,
                        format!("a forged event is answered {status}"),
                        "report it: signatures are not checked as they have to be",
                    ),
                }
            }
            status => {
                let what = format!("a signed event is answered {status} on this machine");
                let advice = "check the key and the public URL: they do not go together";
                report.fail_with(Exit::SignatureMismatch, NAME, what, advice);
                report
                    .skipped(LIMIT, "no signed event gets through whose length could be looked at");
                return Ok(());
            }
        }
        let most = Limits::default().body_bytes;
        let whole = filled(content_type, &body, most);
        let longer = filled(content_type, &body, most + 1);
        let taken = self.send(content_type, &whole, &whole)?;
        // Nobody signs what is too long, and it is refused before anybody looks.
        let refused = match self.send(content_type, &body, &longer) {
            // The answer may come, and the connection be closed, before the body is sent.
            Err(error) if is_cut_off(&error) => 413,
            refused => refused?,
        };
        if (200..300).contains(&taken) && refused == 413 {
            report.ok(LIMIT, format!("bodies of up to {} KiB are taken", most / 1024));
        } else {
            report.fail(
                LIMIT,
                format!("a body of {most} bytes is answered {taken}, a longer one {refused}"),
                "report it: the limits do not hold",
            );
        }
        Ok(())
    }

    /// Signs one body and sends another, to the local receiver and by the public name; the
    /// status of the answer.
    fn send(&self, content_type: &str, signed: &str, sent: &str) -> anyhow::Result<u16> {
        let path = self.family.path;
        let url = format!("{}{path}", self.origin.trim_end_matches('/'));
        let signed = Bytes::copy_from_slice(signed.as_bytes());
        let signer = self.provider.signer(self.key.clone());
        let signed = signer.sign(&Method::POST, &url, Some(content_type), &signed)?;
        let query = signed.url.split_once('?').map(|(_, query)| format!("?{query}"));
        let to = format!("http://{}{path}{}", self.at, query.unwrap_or_default());
        let mut request = Request::post(to).header(CONTENT_TYPE, content_type);
        if let Some(headers) = request.headers_mut() {
            headers.extend(signed.headers);
        }
        let request = request.body(Bytes::copy_from_slice(sent.as_bytes()))?;
        let response = Client::new(Reach::Loopback, "127.0.0.1").send(request, PATIENCE)?;
        Ok(response.status().as_u16())
    }
}

/// Whether the other side closed the connection while something was sent.
fn is_cut_off(error: &anyhow::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};
    match error.downcast_ref() {
        Some(ureq::Error::Io(error)) => {
            matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset)
        }
        _ => false,
    }
}

/// The body with so much more that it is `length` bytes long, and still what it was.
pub(super) fn filled(content_type: &str, body: &str, length: usize) -> String {
    let mut body = body.to_owned();
    if content_type == crate::commands::FORM {
        body.push_str("&Filler=");
        body.extend(std::iter::repeat_n('x', length.saturating_sub(body.len())));
    } else {
        body.extend(std::iter::repeat_n(' ', length.saturating_sub(body.len())));
    }
    body
}
