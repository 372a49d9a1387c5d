//! Paths and queries that may have been signed instead of those that were received.

use std::collections::HashSet;

use switchhook_core::Params;

use super::{
    Cause,
    urls::{KNOWN, MOST_NAMED, Piece, REQUEST, Sources, listed},
};
use crate::{cover::BODY_HASH, variants::Rewrite};

/// A query with more parameters is not tried in every order.
const MOST_PERMUTED: usize = 5;

/// Paths or queries, each once, the likeliest first.
struct Pieces {
    pieces: Vec<Piece>,
    seen: HashSet<Option<String>>,
}

impl Pieces {
    fn starting_with(received: Option<&str>) -> Self {
        let mut pieces = Self { pieces: Vec::new(), seen: HashSet::new() };
        pieces.add_from(received.map(Into::into), None, REQUEST);
        pieces
    }

    fn add(&mut self, text: impl Into<String>, cause: Cause) {
        self.add_from(Some(text.into()), Some(cause), REQUEST);
    }

    fn add_from(&mut self, text: Option<String>, cause: Option<Cause>, source: &'static str) {
        if self.seen.insert(text.clone()) {
            self.pieces.push(Piece { text, causes: cause.into_iter().collect(), source });
        }
    }
}

impl Sources<'_> {
    /// The path as received first.
    pub(super) fn paths(&self) -> Vec<Piece> {
        let path = self.received.path;
        let mut pieces = Pieces::starting_with(Some(path));
        for known in self.known().map(|url| url.path) {
            let slash = known.strip_suffix('/').or(path.strip_suffix('/'));
            let same = slash.is_some() && known.trim_end_matches('/') == path.trim_end_matches('/');
            let cause = match (same, known.len() + path.len()) {
                (true, 0 | 1) => Cause::RootSlash,
                (true, _) => Cause::TrailingSlash,
                _ if decoded(known) == decoded(path) => Cause::PathEncoding,
                _ if merged_slashes(known) == merged_slashes(path) => Cause::PathEncoding,
                (false, _) => Cause::PathPrefix,
            };
            pieces.add_from(Some(known.into()), Some(cause), KNOWN);
        }
        match path {
            "" => pieces.add("/", Cause::RootSlash),
            "/" => pieces.add("", Cause::RootSlash),
            _ => pieces.add(toggled_slash(path), Cause::TrailingSlash),
        }
        let known = self.known_prefixes.iter().take(MOST_NAMED);
        let known = known.map(|prefix| (prefix.as_str(), "known prefix"));
        let forwarded = listed(self.headers, "x-forwarded-prefix");
        let forwarded = forwarded.map(|prefix| (prefix, "X-Forwarded-Prefix"));
        for (prefix, source) in forwarded.chain(known) {
            let prefix = prefix.trim_matches('/');
            if prefix.is_empty() {
                continue;
            }
            let mut add = |text| pieces.add_from(Some(text), Some(Cause::PathPrefix), source);
            let longer = format!("/{prefix}{path}");
            let toggled = toggled_slash(&longer);
            add(longer);
            add(toggled);
            let cut = path.strip_prefix('/').and_then(|path| path.strip_prefix(prefix));
            if let Some(cut) = cut.filter(|cut| cut.is_empty() || cut.starts_with('/')) {
                add(cut.to_owned());
                add(toggled_slash(cut));
            }
        }
        for text in [
            merged_slashes(path),
            decoded(path),
            encoded(path, b"/"),
            encoded(&decoded(path), b"/"),
            encoded(&decoded(path), b"/:@!$&'()*+,;="),
            hex_case(path, true),
            hex_case(path, false),
        ] {
            pieces.add(text, Cause::PathEncoding);
        }
        // What was merged or decoded leaves a single slash.
        for (at, _) in path.match_indices('/').take(MOST_NAMED) {
            for before in ["//", "%2F", "%2f"] {
                // No path starts with an escape.
                if at > 0 || before == "//" {
                    let (start, rest) = (&path[..at], &path[at + 1..]);
                    pieces.add(format!("{start}{before}{rest}"), Cause::PathEncoding);
                }
            }
        }
        // A stage or mount point that nobody named, cut off by what the receiver sees.
        if let Some((_, rest)) = path.strip_prefix('/').and_then(|path| path.split_once('/')) {
            pieces.add(format!("/{rest}"), Cause::PathPrefix);
        }
        pieces.pieces
    }

    /// The query as received first.
    pub(super) fn queries(&self) -> Vec<Piece> {
        let query = self.received.query;
        let mut pieces = Pieces::starting_with(query);
        if let Some(hash) = &self.body_hash {
            let more = query.filter(|query| !query.is_empty()).map(|query| format!("{query}&"));
            pieces.add(format!("{}{hash}", more.unwrap_or_default()), Cause::QueryLost);
        }
        for known in self.known() {
            let Some(known) = known.query else { continue };
            let cause = match query.unwrap_or_default() {
                query if sorted(query) == sorted(known) => Cause::QueryOrder,
                query if same_pairs(query, known) => Cause::QueryEncoding,
                _ => Cause::QueryLost,
            };
            pieces.add_from(Some(known.into()), Some(cause), KNOWN);
            // The configured parameters come first on the wire, those that the sender adds
            // behind them.
            let configured: Vec<&str> = known.split('&').collect();
            let added = query.unwrap_or_default().split('&').filter(|p| !configured.contains(p));
            let whole: Vec<&str> =
                configured.iter().copied().chain(added.filter(|p| !p.is_empty())).collect();
            let whole = whole.join("&");
            let same = query.is_some_and(|query| sorted(query) == sorted(&whole));
            let cause = if same { Cause::QueryOrder } else { Cause::QueryLost };
            pieces.add_from(Some(whole), Some(cause), KNOWN);
        }
        let Some(query) = query else {
            // A mark with nothing behind it gets lost easily.
            pieces.add("", Cause::QueryEncoding);
            return pieces.pieces;
        };
        let nothing = if query.is_empty() { Cause::QueryEncoding } else { Cause::QueryAdded };
        pieces.add_from(None, Some(nothing), REQUEST);
        for rewrite in Rewrite::OF_QUERY {
            if let Some(text) = rewrite.of_query(query) {
                pieces.add(text, Cause::QueryEncoding);
            }
        }
        for text in [
            hex_case(query, true),
            hex_case(query, false),
            decoded(query),
            encoded(query, b"=&"),
            reencoded(query, false, b""),
            reencoded(query, true, b""),
            reencoded(query, false, b"!'()*"),
            reencoded(query, true, b"*"),
            reencoded(query, false, b"/:@!$'()*,;?"),
            query.replace("&amp;", "&"),
            query.replace('&', "&amp;"),
            marked(query),
        ] {
            pieces.add(text, Cause::QueryEncoding);
        }
        pieces.add(sorted(query).join("&"), Cause::QueryOrder);
        let parameters: Vec<&str> = query.split('&').collect();
        if parameters.len() <= MOST_PERMUTED {
            permutations(&parameters, &mut |order| {
                pieces.add(order.join("&"), Cause::QueryOrder);
            });
        } else {
            let reversed: Vec<&str> = parameters.iter().rev().copied().collect();
            pieces.add(reversed.join("&"), Cause::QueryOrder);
        }
        for left_out in 0..parameters.len().min(MOST_NAMED) {
            let mut kept = parameters.clone();
            kept.remove(left_out);
            pieces.add(kept.join("&"), Cause::QueryAdded);
        }
        pieces.pieces
    }
}

/// The parameter that covers a body.
pub(super) fn hash_parameter(hash: &str) -> String {
    format!("{BODY_HASH}={hash}")
}

fn toggled_slash(path: &str) -> String {
    path.strip_suffix('/').map_or_else(|| format!("{path}/"), Into::into)
}

fn merged_slashes(path: &str) -> String {
    let mut merged = String::with_capacity(path.len());
    for c in path.chars() {
        if !(c == '/' && merged.ends_with('/')) {
            merged.push(c);
        }
    }
    merged
}

/// The raw parameters in the order of their names.
fn sorted(query: &str) -> Vec<&str> {
    let mut parameters: Vec<&str> = query.split('&').collect();
    parameters.sort_by_key(|parameter| parameter.split('=').next());
    parameters
}

fn same_pairs(left: &str, right: &str) -> bool {
    let parse = |query: &str| Params::parse(query.as_bytes()).ok();
    let (Some(left), Some(right)) = (parse(left), parse(right)) else { return false };
    left.sorted_by_name().eq(right.sorted_by_name())
}

/// Every order, by exchanging.
fn permutations<'a>(parameters: &[&'a str], see: &mut impl FnMut(&[&'a str])) {
    fn from<'a>(at: usize, order: &mut Vec<&'a str>, see: &mut impl FnMut(&[&'a str])) {
        if at >= order.len() {
            return see(order);
        }
        for other in at..order.len() {
            order.swap(at, other);
            from(at + 1, order, see);
            order.swap(at, other);
        }
    }
    from(0, &mut parameters.to_vec(), see);
}

/// The escapes of a text undone once; what is then no text stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escape = bytes.get(at + 1..at + 3).filter(|_| byte == b'%');
        let digits = escape.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(value) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            out.push(value);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.into())
}

/// Everything escaped but the unreserved characters and `kept`.
fn encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if plain || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            push_escape(&mut out, byte);
        }
    }
    out
}

fn push_escape(out: &mut String, byte: u8) {
    use std::fmt::Write;
    // Writing to a string cannot fail.
    let _ = write!(out, "%{byte:02X}");
}

/// A query that was read and written again: blanks as `+` or `%20`, `kept` unescaped.
fn reencoded(query: &str, plus: bool, kept: &[u8]) -> String {
    let piece = |text: &str| {
        let text = encoded(&decoded(&text.replace('+', " ")), kept);
        if plus { text.replace("%20", "+") } else { text }
    };
    let parameters = query.split('&').map(|parameter| match parameter.split_once('=') {
        Some((name, value)) => format!("{}={}", piece(name), piece(value)),
        None => piece(parameter),
    });
    parameters.collect::<Vec<_>>().join("&")
}

/// A query whose names all have an equals sign.
fn marked(query: &str) -> String {
    let marked = |parameter: &str| {
        if parameter.contains('=') { parameter.to_owned() } else { format!("{parameter}=") }
    };
    let parameters = query.split('&').map(marked);
    parameters.collect::<Vec<_>>().join("&")
}

/// The digits of escapes in upper or lower case.
fn hex_case(text: &str, upper: bool) -> String {
    let mut out = text.as_bytes().to_vec();
    let mut at = 0;
    while at < out.len() {
        if out[at] == b'%'
            && let Some(digits) = out.get_mut(at + 1..at + 3)
            && digits.iter().all(u8::is_ascii_hexdigit)
        {
            if upper {
                digits.make_ascii_uppercase();
            } else {
                digits.make_ascii_lowercase();
            }
            at += 2;
        }
        at += 1;
    }
    String::from_utf8(out).unwrap_or_else(|_| text.into())
}
