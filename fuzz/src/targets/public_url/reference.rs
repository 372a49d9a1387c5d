//! The rules once more, step by step: `None` is a refusal.

use std::net::Ipv6Addr;

use http::{HeaderMap, Method, request::Parts};
use switchhook_signature::PublicTarget;

use super::{Family, LISTED, Name, Request, Source};

pub fn url(request: &Request<'_>, head: &Parts) -> Option<String> {
    let public_target = head.extensions.get::<PublicTarget>().map(|target| &target.0);
    let target = public_target.unwrap_or(&head.uri);
    let path = target.path_and_query().map_or("/", |path| path.as_str());
    // A target such as `*` is no webhook's.
    if !path.starts_with(['/', '?']) {
        return None;
    }
    let upgrade = head.method == Method::GET && asks_for_websocket(&head.headers);
    let scheme = |scheme: &'static str| match scheme {
        "https" if upgrade => "wss",
        "http" if upgrade => "ws",
        scheme => scheme,
    };
    let prefix = if request.prefixed { "/prod" } else { "" };
    let (_, configured, authority, base) = request.configured();
    if request.source == Source::Fixed {
        let query = path.find('?').map_or("", |at| &path[at..]);
        return Some(format!("{}://{authority}{base}{query}", scheme(configured)));
    }
    if request.source == Source::Origin {
        return Some(format!("{}://{authority}{base}{prefix}{path}", scheme(configured)));
    }

    let in_target = public_target.and_then(|target| target.authority()).or(head.uri.authority());
    let mut authority = host(in_target.map(|authority| authority.as_str()), &head.headers)?;
    let mut tls = request.tls;
    let mut before = "".to_owned();
    if request.source == Source::Behind && request.is_by_proxy() {
        let said = said(request, &head.headers)?;
        authority = said.host.unwrap_or(authority);
        tls = said.tls.unwrap_or(tls);
        let usual = if tls { 443 } else { 80 };
        let after_v6 = authority.rfind(']').map_or(0, |at| at + 1);
        if let Some(port) = said.port.filter(|port| *port != usual)
            && !authority[after_v6..].contains(':')
        {
            authority = format!("{authority}:{port}");
        }
        before = said.prefix.unwrap_or_default();
        before.truncate(before.strip_suffix('/').unwrap_or(&before).len());
        let plain = |byte: u8| matches!(byte, b'!'..=b'~') && byte != b'?' && byte != b'#';
        if !(before.is_empty() || before.starts_with('/')) || !before.bytes().all(plain) {
            return None;
        }
    }
    let (name, port) = parts(&authority)?;
    let entry = |entry: &&str| {
        entry.eq_ignore_ascii_case(&authority) || port.is_some() && entry.eq_ignore_ascii_case(name)
    };
    let listed = !request.hosts_listed || LISTED.iter().any(entry);
    let scheme = scheme(if tls { "https" } else { "http" });
    (listed && (tls || !request.https_only))
        .then(|| format!("{scheme}://{authority}{prefix}{before}{path}"))
}

fn asks_for_websocket(headers: &HeaderMap) -> bool {
    let lines = headers.get_all("upgrade").iter().map(|line| line.as_bytes().to_ascii_lowercase());
    lines
        .collect::<Vec<_>>()
        .join(&b","[..])
        .split(|byte| *byte == b',')
        .any(|name| name.trim_ascii() == b"websocket")
}

/// One host, in the header, the target, or both.
fn host(in_target: Option<&str>, headers: &HeaderMap) -> Option<String> {
    let lines = texts(headers, Name::Host)?;
    match (&lines[..], in_target) {
        ([], Some(name)) => Some(name.to_owned()),
        ([name], None) => Some(name.clone()),
        ([name], Some(other)) if name.eq_ignore_ascii_case(other) => Some(name.clone()),
        _ => None,
    }
}

/// Host and port of what is an authority, and no more than that.
fn parts(authority: &str) -> Option<(&str, Option<u16>)> {
    let after_host = match authority.strip_prefix('[') {
        Some(v6) => {
            let end = v6.find(']')?;
            v6[..end].parse::<Ipv6Addr>().ok()?;
            end + 2
        }
        None => {
            let of_names = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
            let end = authority.find(|c| !of_names(c)).unwrap_or(authority.len());
            (end > 0).then_some(end)?
        }
    };
    let (host, rest) = authority.split_at(after_host);
    let port = match rest.strip_prefix(':') {
        Some(port) => Some(digits(port)?),
        None => rest.is_empty().then_some(None)?,
    };
    Some((host, port))
}

fn digits(port: &str) -> Option<u16> {
    port.bytes().all(|byte| byte.is_ascii_digit()).then(|| port.parse().ok())?
}

#[derive(Clone, Default)]
struct Said {
    host: Option<String>,
    tls: Option<bool>,
    port: Option<u16>,
    prefix: Option<String>,
}

/// What the proxies say, of the family that is believed.
fn said(request: &Request<'_>, headers: &HeaderMap) -> Option<Said> {
    let has = |name: Name| headers.contains_key(name.header());
    let rfc = has(Name::Forwarded);
    let x =
        [Name::XForwardedHost, Name::XForwardedProto, Name::XForwardedPort, Name::XForwardedPrefix];
    let x = x.into_iter().any(has);
    match request.family {
        Family::Either if rfc && x => None,
        Family::Forwarded => forwarded(request, headers),
        Family::Either if rfc => forwarded(request, headers),
        Family::OriginalHost => x_forwarded(request, headers, Name::XOriginalHost),
        Family::XForwarded | Family::Either => x_forwarded(request, headers, Name::XForwardedHost),
    }
}

fn x_forwarded(request: &Request<'_>, headers: &HeaderMap, host: Name) -> Option<Said> {
    let value = |name: Name| -> Option<Option<String>> {
        let lines = texts(headers, name)?;
        let values: Vec<_> = lines.iter().flat_map(|line| line.split(',')).map(str::trim).collect();
        let value = outermost(request, &values).filter(|value| !value.is_empty());
        Some(value.map(|value| (*value).to_owned()))
    };
    let mut said = Said { host: value(host)?, ..Said::default() };
    if let Some(name) = value(Name::XForwardedProto)? {
        said.tls = Some(scheme(&name)?);
    }
    if let Some(port) = value(Name::XForwardedPort)? {
        said.port = Some(digits(&port)?);
    }
    if request.believes_prefix {
        said.prefix = value(Name::XForwardedPrefix)?;
    }
    Some(said)
}

/// Elements with commas between them, of pairs with semicolons between those, where a quoted
/// value may hold both.
fn forwarded(request: &Request<'_>, headers: &HeaderMap) -> Option<Said> {
    let mut elements = Vec::new();
    for line in texts(headers, Name::Forwarded)? {
        for element in split(&line, ',')? {
            let mut said = Said::default();
            let mut names = Vec::new();
            for pair in split(element, ';')? {
                let pair = pair.trim_matches([' ', '\t']);
                if pair.is_empty() {
                    continue;
                }
                let (name, value) = pair.split_once('=')?;
                let of_tokens = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
                if name.is_empty() || !name.chars().all(of_tokens) {
                    return None;
                }
                let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
                let not_in: &[char] =
                    if quoted.is_some() { &['"', '\\'] } else { &['"', '\\', ' ', '\t'] };
                let value = quoted.unwrap_or(value);
                if value.contains(not_in) {
                    return None;
                }
                let name = name.to_ascii_lowercase();
                match name.as_str() {
                    "host" => said.host = Some(value.to_owned()),
                    "proto" => said.tls = Some(scheme(value)?),
                    "for" => {}
                    _ => continue,
                }
                if names.contains(&name) {
                    return None;
                }
                names.push(name);
            }
            elements.push(said);
        }
    }
    Some(outermost(request, &elements).cloned().unwrap_or_default())
}

/// The pieces between separators that are in no quotes, which have to be closed.
fn split(text: &str, separator: char) -> Option<Vec<&str>> {
    let mut quoted = false;
    let outside = |c: char| {
        quoted ^= c == '"';
        c == separator && !quoted
    };
    let pieces = text.split(outside).collect();
    text.matches('"').count().is_multiple_of(2).then_some(pieces)
}

fn scheme(name: &str) -> Option<bool> {
    match name.to_ascii_lowercase().as_str() {
        "https" | "wss" => Some(true),
        "http" | "ws" => Some(false),
        _ => None,
    }
}

/// The value of the outermost proxy that is believed, as many from the right as there are of them.
fn outermost<'a, T>(request: &Request<'_>, values: &'a [T]) -> Option<&'a T> {
    let hops = usize::from(request.hops.max(1));
    values.iter().rev().take(hops).last()
}

/// The lines of a header, where all are text.
fn texts(headers: &HeaderMap, name: Name) -> Option<Vec<String>> {
    let text = |line: &[u8]| line.iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
    let lines = headers.get_all(name.header()).iter();
    lines
        .map(|line| {
            text(line.as_bytes()).then(|| String::from_utf8_lossy(line.as_bytes()).into_owned())
        })
        .collect()
}
