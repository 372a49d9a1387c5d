//! The URLs that may have been signed instead of the one that was received.

use std::collections::HashSet;

use http::{HeaderMap, header};

use super::Cause;
use crate::{
    public_url::{Unsent, is_authority, parse_forwarded},
    url::Url,
    variants::Ports,
};

/// The headers that name a host, as proxies and tunnels write them.
const HOST_HEADERS: [(&str, &str); 4] = [
    ("host", "Host"),
    ("x-forwarded-host", "X-Forwarded-Host"),
    ("x-original-host", "X-Original-Host"),
    ("ngrok-forwarded-host", "Ngrok-Forwarded-Host"),
];

/// How many hosts, ports, prefixes and known URLs are looked at.
pub(super) const MOST_NAMED: usize = 16;

/// Where the doctor looks for URLs.
pub(super) struct Sources<'a> {
    /// What the receiver took for the public URL, without a fragment.
    pub(super) received: Url<'a>,
    /// Its host with `www.` before it.
    pub(super) www: &'a str,
    pub(super) headers: &'a HeaderMap,
    /// Whether it is a WebSocket's upgrade.
    pub(super) upgrade: bool,
    pub(super) known_urls: &'a [String],
    pub(super) known_prefixes: &'a [String],
    /// What the configured URL has and no request carries.
    pub(super) unsent: Unsent<'a>,
    /// Whether the provider may sign that all the same.
    pub(super) signs_unsent: bool,
    /// The ports that a verifier lets pass.
    pub(super) ports: Ports,
    /// `bodySHA256=…` of a body that no parameter of the query covers.
    pub(super) body_hash: Option<String>,
}

/// A scheme, a host and a port.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Origin<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    causes: Vec<Cause>,
    pub(super) source: &'static str,
}

/// A path or a query.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: Option<String>,
    pub(super) causes: Vec<Cause>,
    pub(super) source: &'static str,
}

/// A URL that may have been signed.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) text: String,
    /// What has to be wrong for this to be what was signed.
    pub(super) causes: Vec<Cause>,
    pub(super) source: &'static str,
}

impl Candidate {
    pub(super) fn new(text: String, causes: Vec<Cause>, source: &'static str) -> Self {
        Self { text, causes, source }
    }
}

/// As the request has it.
pub(super) const REQUEST: &str = "request";
pub(super) const KNOWN: &str = "known URL";

impl<'a> Sources<'a> {
    /// Puts a URL together.
    pub(super) fn candidate(&self, origin: &Origin<'_>, path: &Piece, query: &Piece) -> Candidate {
        let url = Url {
            scheme: origin.scheme,
            user_info: self.received.user_info.filter(|_| origin.host == self.received.host),
            host: origin.host,
            port: origin.port,
            path: path.text.as_deref().unwrap_or_default(),
            query: query.text.as_deref(),
        };
        let source = [origin.source, path.source, query.source];
        let source = source.into_iter().find(|source| *source != REQUEST).unwrap_or(REQUEST);
        let causes = [&origin.causes[..], &path.causes, &query.causes].concat();
        Candidate::new(url.to_string(), causes, source)
    }

    /// Scheme, host and port as received first, then those that headers and known URLs name,
    /// the likeliest scheme and port of each before the others.
    pub(super) fn origins(&self) -> Vec<Origin<'a>> {
        let named = self.authorities();
        let ports = self.ports_named(&named);
        let mut origins = Vec::new();
        let mut seen = HashSet::new();
        let received = self.received;
        let mut add = |scheme: &'a str, host: &'a str, port: Option<&'a str>, source| {
            if seen.insert((scheme.to_ascii_lowercase(), host, port)) {
                let causes = self.origin_causes(scheme, host, port);
                origins.push(Origin { scheme, host, port, causes, source });
            }
        };
        add(received.scheme, received.host, received.port, REQUEST);
        let schemes: &[&str] = match (self.upgrade, received.is_websocket()) {
            (true, _) => &["wss", "ws", "https", "http"],
            (false, true) => &["wss", "https", "ws", "http"],
            (false, false) => &["https", "http", "wss", "ws"],
        };
        for scheme in schemes {
            for &(host, port, source) in &named {
                add(scheme, host, None, source);
                add(scheme, host, port, source);
            }
        }
        // The other schemes are rare enough without odd ports.
        for scheme in &schemes[..2] {
            for &(host, _, source) in &named {
                for &(port, port_source) in &ports {
                    let source = if source == REQUEST { port_source } else { source };
                    add(scheme, host, Some(port), source);
                }
            }
        }
        origins
    }

    /// Hosts with their ports, the likeliest first.
    fn authorities(&self) -> Vec<(&'a str, Option<&'a str>, &'static str)> {
        let mut named = vec![(self.received.host, self.received.port, REQUEST)];
        let mut add = |host: &'a str, port, source| {
            let known = named.iter().any(|(h, p, _)| (*h, *p) == (host, port));
            if !known && named.len() < MOST_NAMED {
                named.push((host, port, source));
            }
        };
        for url in self.known() {
            add(url.host, url.port, KNOWN);
        }
        for (name, source) in HOST_HEADERS {
            for text in listed(self.headers, name).filter(|text| is_authority(text)) {
                let (host, port) = split_port(text);
                add(host, port, source);
            }
        }
        for line in self.headers.get_all(header::FORWARDED) {
            let mut elements = Vec::new();
            // What came before a fault counts: this is a guess and no decision.
            let _ = line.to_str().map(|line| parse_forwarded(line, &mut elements));
            for host in elements.iter().filter_map(|said| said.host).filter(|h| is_authority(h)) {
                let (host, port) = split_port(host);
                add(host, port, "Forwarded");
            }
        }
        for (host, port, source) in named.clone() {
            if let Some(host) = host.strip_prefix("www.") {
                named.push((host, port, source));
            }
        }
        named.push((self.www, self.received.port, REQUEST));
        named
    }

    /// Ports that anything names, and those that schemes imply.
    fn ports_named(
        &self,
        named: &[(&'a str, Option<&'a str>, &'static str)],
    ) -> Vec<(&'a str, &'static str)> {
        let forwarded = listed(self.headers, "x-forwarded-port").filter(|port| is_port(port));
        let mut ports: Vec<_> = forwarded.map(|port| (port, "X-Forwarded-Port")).collect();
        ports.extend(named.iter().filter_map(|(_, port, source)| port.map(|port| (port, *source))));
        ports.extend([("443", REQUEST), ("80", REQUEST), ("8443", REQUEST), ("8080", REQUEST)]);
        let mut seen = HashSet::new();
        ports.retain(|(port, _)| seen.insert(*port));
        ports.truncate(MOST_NAMED);
        ports
    }

    /// The URL with other credentials and fragments than it was received with.
    pub(super) fn credentials(
        &self,
        likely: &[&Origin<'_>],
        fragment: Option<&str>,
    ) -> Vec<Candidate> {
        let received = self.received;
        let cause = |configured: bool, cause| (!(configured && self.signs_unsent)).then_some(cause);
        let known = self.known().filter_map(|url| url.user_info).map(|known| (known, false));
        let configured = self.unsent.user_info.map(|configured| (configured, true));
        let added: Vec<(&str, bool)> = configured.into_iter().chain(known).collect();
        let mut urls = Vec::new();
        for origin in likely {
            let Origin { scheme, host, port, source, .. } = **origin;
            let url = Url { scheme, host, port, ..received };
            let with = |cause: Option<Cause>| {
                origin.causes.iter().copied().chain(cause).collect::<Vec<_>>()
            };
            for &(user_info, configured) in &added {
                let causes = with(cause(configured, Cause::Userinfo));
                let text = Url { user_info: Some(user_info), ..url }.to_string();
                urls.push(Candidate::new(text, causes, KNOWN));
            }
            if url.user_info.is_some() {
                let text = Url { user_info: None, ..url }.to_string();
                urls.push(Candidate::new(text, with(cause(true, Cause::Userinfo)), source));
            }
            if let Some(fragment) = fragment.or(self.unsent.fragment) {
                let causes = with(cause(true, Cause::Fragment));
                urls.push(Candidate::new(format!("{url}#{fragment}"), causes, source));
            }
        }
        urls
    }

    fn origin_causes(&self, scheme: &str, host: &str, port: Option<&str>) -> Vec<Cause> {
        let received = self.received;
        let mut causes = Vec::new();
        let same_host = host.eq_ignore_ascii_case(received.host);
        if host != received.host {
            let bare = |host: &str| host.to_ascii_lowercase().trim_start_matches("www.").to_owned();
            let www = !same_host && bare(host) == bare(received.host);
            causes.push(if www { Cause::Redirect } else { Cause::Host });
        } else if port != received.port {
            let url = Url { scheme, host, port: received.port, ..received };
            let accepted = self.ports.toggle(&url);
            let accepted = accepted
                .is_some_and(|(text, _)| Url::split(&text).is_some_and(|url| url.port == port));
            // A port that belongs to the other scheme is that scheme's matter.
            let of_scheme = port.is_none()
                && received.port == Some(received.default_port())
                && !scheme.eq_ignore_ascii_case(received.scheme);
            if !(accepted || of_scheme) {
                causes.push(Cause::Port);
            }
        }
        if !scheme.eq_ignore_ascii_case(received.scheme) {
            let websocket = Url { scheme, ..received }.is_websocket();
            let turned = websocket && !received.is_websocket();
            causes.push(if turned { Cause::WsScheme } else { Cause::Scheme });
        }
        causes
    }

    pub(super) fn known(&self) -> impl Iterator<Item = Url<'a>> {
        self.known_urls.iter().take(MOST_NAMED).filter_map(|url| Url::split(url))
    }
}

/// The texts of a header that is a list.
pub(super) fn listed<'a>(headers: &'a HeaderMap, name: &str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .take(MOST_NAMED)
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    let after_host = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    match authority[after_host..].find(':') {
        Some(colon) => {
            (&authority[..after_host + colon], Some(&authority[after_host + colon + 1..]))
        }
        None => (authority, None),
    }
}
