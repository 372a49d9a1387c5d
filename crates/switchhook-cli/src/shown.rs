//! Text of others on a terminal, and what of it is kept back.

use std::{
    fmt::{self, Write},
    ops::Range,
};

use http::HeaderMap;
use serde_json::Value;
use switchhook::Params;

/// Text that others wrote: what would steer the terminal is escaped, all else is as it is.
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(self.0.len());
        for character in self.0.chars() {
            if steers(character) {
                write!(text, "{}", character.escape_debug())?;
            } else {
                text.push(character);
            }
        }
        f.pad(&text)
    }
}

/// Whether a character may steer a terminal or make a text look like another.
pub(crate) fn steers(character: char) -> bool {
    match character {
        ' '..='~' => false,
        character => character.escape_debug().len() > 1,
    }
}

/// A text of several lines: the same, and line ends stay line ends.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Shown<'_>> {
    text.lines().map(Shown)
}

/// Whether a header or a parameter of this name has what lets somebody in, or proves something.
pub(crate) fn is_secret(name: &str) -> bool {
    const PARTS: [&str; 8] = [
        "authorization",
        "cookie",
        "signature",
        "secret",
        "token",
        "password",
        "api-key",
        "api_key",
    ];
    let name = name.to_ascii_lowercase();
    // The token of a delivery that comes again tells it apart, and proves nothing.
    PARTS.iter().any(|part| name.contains(part)) && !name.contains("idempotency")
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |digit: u8| char::from(b"0123456789abcdef"[usize::from(digit & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

/// What stands in the place of a secret.
pub(crate) fn hidden(value: &[u8]) -> String {
    format!("(hidden, {} bytes)", value.len())
}

/// The headers in their order, each with its value or what stands in its place.
pub(crate) fn headers(headers: &HeaderMap, reveal: bool) -> impl Iterator<Item = (&str, String)> {
    headers.iter().map(move |(name, value)| {
        let shown = if reveal || !is_secret(name.as_str()) {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        } else {
            hidden(value.as_bytes())
        };
        (name.as_str(), shown)
    })
}

/// Whether JSON has a member of such a name, however deep it is.
pub(crate) fn has_secret(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().any(|(name, value)| is_secret(name) || has_secret(value))
        }
        Value::Array(items) => items.iter().any(has_secret),
        _ => false,
    }
}

/// JSON in which what members of such a name hold is hidden.
pub(crate) fn json(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                let value = if is_secret(name) { veiled(name, value) } else { json(value) };
                (name.clone(), value)
            };
            Value::Object(members.iter().map(member).collect())
        }
        Value::Array(items) => items.iter().map(json).collect(),
        other => other.clone(),
    }
}

/// What stands in the place of a member of such a name.
fn veiled(name: &str, value: &Value) -> Value {
    // What a model has read and written is counted in tokens, too.
    let counts = || ["tokens", "token_count", "token_time"].iter().any(|part| name.contains(part));
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(inner, value)| (inner.clone(), veiled(name, value)));
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(|item| veiled(name, item)).collect(),
        Value::String(text) => hidden(text.as_bytes()).into(),
        Value::Number(number) if !counts() => hidden(number.to_string().as_bytes()).into(),
        other => other.clone(),
    }
}

/// Parameters in which the values of such names are hidden.
pub(crate) fn params(params: &Params) -> Params {
    let pair = |(name, value): (&[u8], &[u8])| {
        let secret = is_secret(&String::from_utf8_lossy(name));
        (name.to_vec(), if secret { hidden(value).into_bytes() } else { value.to_vec() })
    };
    Params::from_pairs(params.iter_bytes().map(pair))
}

/// Path and query, secrets in the query kept back. What a signature covers stays.
pub(crate) fn target(target: &str, reveal: bool) -> String {
    if reveal {
        return target.to_owned();
    }
    let value = |name: &str, value: &str| {
        if is_secret(name) { hidden(value.as_bytes()) } else { value.to_owned() }
    };
    url(target, |query| pairs(query, value))
}

/// A URL, or a path with its query, as others may see it: without a password, and with what
/// `query` makes of its query.
pub(crate) fn url(url: &str, query: impl FnOnce(&str) -> String) -> String {
    let (base, rest) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let mut shown = base.to_owned();
    if let Some(user_info) = user_info(base) {
        shown.replace_range(user_info, "…");
    }
    match rest.strip_prefix('?') {
        Some(rest) => shown.extend(["?", &query(rest)]),
        None => shown.push_str(rest),
    }
    shown
}

/// An origin as others may see it.
pub(crate) fn origin(origin: &str) -> String {
    url(origin, str::to_owned)
}

/// A query or a form with what `value` makes of each value by its name, whose escapes are resolved;
/// a piece without `=` stays.
pub(crate) fn pairs(query: &str, value: impl Fn(&str, &str) -> String) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, is)) => format!("{name}={}", value(&unescaped(name), is)),
        None => pair.to_owned(),
    };
    query.split('&').map(pair).collect::<Vec<_>>().join("&")
}

/// The name that a piece of a query stands for.
fn unescaped(name: &str) -> String {
    let params = Params::parse(name.as_bytes()).unwrap_or_default();
    let decoded = params.iter_bytes().next().map(|(name, _)| String::from_utf8_lossy(name));
    decoded.map_or_else(|| name.to_owned(), std::borrow::Cow::into_owned)
}

/// The URL without user info: what clients send on in a header, and signers leave out.
pub(crate) fn without_user_info(url: &str) -> String {
    let mut url = url.to_owned();
    if let Some(user_info) = user_info(&url) {
        url.replace_range(user_info.start..=user_info.end, "");
    }
    url
}

/// Where the user info of a URL is, up to its `@`.
fn user_info(url: &str) -> Option<Range<usize>> {
    // A path may hold what looks like a URL.
    let start = url.find("://").filter(|_| !url.starts_with('/'))? + 3;
    let rest = &url[start..];
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    Some(start..start + authority.rfind('@')?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        let text = "a\u{1b}[2J\"b\\\u{202e}c\u{9b}é\r\t\u{7}";
        let shown = Shown(text).to_string();
        assert_eq!(shown, "a\\u{1b}[2J\"b\\\\u{202e}c\\u{9b}é\\r\\t\\u{7}");
        assert_eq!(
            lines("a\nb\r\nc\rd").map(|l| l.to_string()).collect::<Vec<_>>(),
            ["a", "b", "c\\rd"]
        );
    }

    #[test]
    fn user_info_is_found_in_urls_alone() {
        for (text, shown, without) in [
            ("https://u:p@h:1/v@w", "https://…@h:1/v@w", "https://h:1/v@w"),
            ("https://u:p@q@h", "https://…@h", "https://h"),
            ("https://@h/", "https://…@h/", "https://h/"),
            ("https://h/?a=x@y", "https://h/?a=x@y", "https://h/?a=x@y"),
            ("https://h?a://b@c", "https://h?a://b@c", "https://h?a://b@c"),
            ("/to/https://u:p@h/", "/to/https://u:p@h/", "/to/https://u:p@h/"),
        ] {
            assert_eq!((origin(text).as_str(), without_user_info(text).as_str()), (shown, without));
        }
    }

    #[test]
    fn bytes_are_written_in_hexadecimal() {
        assert_eq!(hex(&[0x00, 0x7f, 0xa0, 0xff]), "007fa0ff");
    }

    #[test]
    fn secrets_are_kept_back() {
        assert_eq!(
            target("/a?x=1&token=abc&Api_Key=z&To%6ben=abc", false),
            "/a?x=1&token=(hidden, 3 bytes)&Api_Key=(hidden, 1 bytes)&To%6ben=(hidden, 3 bytes)"
        );
        assert_eq!(target("/a?token=abc", true), "/a?token=abc");
        assert_eq!(
            target("https://u:p@h/a?token=abc", false),
            "https://…@h/a?token=(hidden, 3 bytes)"
        );
        let mut map = HeaderMap::new();
        for name in
            ["authorization", "cookie", "x-twilio-signature", "x-signalwire-sha256-signature"]
        {
            map.insert(name, "abc".parse().unwrap());
        }
        assert!(headers(&map, false).all(|(_, value)| value == "(hidden, 3 bytes)"));
        assert!(headers(&map, true).all(|(_, value)| value == "abc"));
        assert!(!is_secret("content-type") && !is_secret("i-twilio-idempotency-token"));
    }

    #[test]
    fn secrets_in_payloads_are_kept_back() {
        let payload = serde_json::json!({
            "call": {"Meta_Data_Token": "abc", "n": [{"api_key": 12, "password": null}]},
            "tokens": 7, "tokens_of": {"a": ["abc", true]}, "texts": ["token", 1],
        });
        let expected = serde_json::json!({
            "call": {
                "Meta_Data_Token": "(hidden, 3 bytes)",
                "n": [{"api_key": "(hidden, 2 bytes)", "password": null}],
            },
            "tokens": 7, "tokens_of": {"a": ["(hidden, 3 bytes)", true]}, "texts": ["token", 1],
        });
        assert_eq!(json(&payload), expected);
        assert!(has_secret(&payload) && !has_secret(&payload["texts"]));
        let form = Params::parse(b"a=1&Pin%54oken=%FF&a=2").unwrap();
        assert_eq!(params(&form).to_form(), "a=1&PinToken=%28hidden%2C+1+bytes%29&a=2");
    }
}
