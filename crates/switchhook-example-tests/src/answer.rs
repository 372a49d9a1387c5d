//! Whether what a command prints is what a README says.

use anyhow::{Context, ensure};

use crate::shell::Printed;

/// What stands for anything.
const ANYTHING: char = '…';

/// Compares what a command has printed with what the README says it prints.
pub(crate) fn check(printed: &Printed, lines: &[String]) -> anyhow::Result<()> {
    let mut lines = lines;
    while let [rest @ .., last] = lines
        && last.trim().is_empty()
    {
        lines = rest;
    }
    let shows_head = lines.first().is_some_and(|line| line.starts_with("HTTP/"));
    let code = printed.code;
    ensure!(code == 0 || shows_head, "it ended with {code}, and printed\n{}", printed.text);
    if lines.is_empty() {
        return Ok(());
    }
    let mut text = printed.text.as_str();
    if shows_head {
        (lines, text) = check_head(text, lines)?;
    }
    let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
    let (said, printed) = (lines.join("\n"), compact(text));
    let said = if is_json { squeezed(&said) } else { said };
    ensure!(is_like(&said, printed.trim_end()), "printed\n{printed}\nand not\n{said}");
    Ok(())
}

/// Checks the status and the headers that are said; what is said of the body, and the body.
fn check_head<'a>(text: &'a str, lines: &'a [String]) -> anyhow::Result<(&'a [String], &'a str)> {
    // Of an answer without a body the empty line at its end is trimmed.
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let mut head = head.lines().map(str::trim);
    let status = head.next().unwrap_or_default();
    ensure!(lines[0].trim() == status, "answered {status} and not {}", lines[0]);
    let headers: Vec<_> = head.filter_map(|line| line.split_once(':')).collect();
    let end = lines.iter().position(|line| line.trim().is_empty());
    for line in &lines[1..end.unwrap_or(lines.len())] {
        if line.trim() == ANYTHING.to_string() {
            continue;
        }
        let (name, value) = line.split_once(':').context("a header without a colon")?;
        let is_it = |header: &&(&str, &str)| {
            header.0.eq_ignore_ascii_case(name.trim()) && is_like(value.trim(), header.1.trim())
        };
        ensure!(headers.iter().any(|header| is_it(&header)), "no header {line}");
    }
    Ok((end.map_or(&[], |end| &lines[end + 1..]), body))
}

/// JSON without its white space; anything else as it is.
fn compact(body: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(body) {
        Ok(json) => json.to_string(),
        Err(_) => body.to_owned(),
    }
}

/// Without the white space outside of strings.
fn squeezed(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let keeps = |c: &char| {
        match (quoted, escaped, *c) {
            (true, true, _) => escaped = false,
            (true, false, '\\') => escaped = true,
            (_, _, '"') => quoted = !quoted,
            _ => {}
        }
        quoted || !c.is_whitespace()
    };
    json.chars().filter(keeps).collect()
}

/// Whether a text is the pattern, where `…` stands for anything.
fn is_like(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once(ANYTHING) else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once(ANYTHING).unwrap_or(("", rest));
    for piece in middle.split(ANYTHING) {
        let Some(place) = text.find(piece) else { return false };
        text = &text[place + piece.len()..];
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(printed: &str, code: i32, text: &str) -> bool {
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        check(&Printed { text: printed.to_owned(), code }, &lines).is_ok()
    }

    #[test]
    fn anything_stands_for_anything() {
        for (pattern, text, is) in [
            ("a…d", "abcd", true),
            ("a…d", "ad", true),
            ("a…", "abcd", true),
            ("…", "", true),
            ("a…c…e…", "abcdef", true),
            ("ab…ba", "aba", false),
            ("a…c…e", "aecx", false),
            ("b…", "ab", false),
            ("a", "ab", false),
        ] {
            assert_eq!(is_like(pattern, text), is, "{pattern} {text}");
        }
    }

    #[test]
    fn bodies_are_compared_whole_and_json_without_its_white_space() {
        let json = "{\"a\": [1, 2],\n \"b\": \"x  \\\" y\"}";
        for (text, is) in [
            ("{\"a\":[1,2],\"b\":\"x  \\\" y\"}", true),
            ("{\n  \"a\": [1, …],\n  \"b\": \"x  \\\" y\"\n}", true),
            ("{\"a\":[1,2],…}", true),
            ("", true),
            ("{\"a\":[1,2],\"b\":\"x \\\" y\"}", false),
            ("{\"a\":[1,2]}", false),
        ] {
            assert_eq!(said(json, 0, text), is, "{text}");
        }
        assert!(said("one  two", 0, "one  two"));
        assert!(!said("one  two", 0, "one two"));
        assert!(!said("", 22, ""), "a failure has to be shown");
        assert!(!said("{}", 22, "{}"), "a failure has to be shown");
    }

    #[test]
    fn heads_are_compared_where_they_are_shown() {
        let refused = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\n\r";
        for (text, is) in [
            ("HTTP/1.1 403 Forbidden", true),
            ("HTTP/1.1 403 Forbidden\ncontent-type: text/…", true),
            ("HTTP/1.1 403 Forbidden\ncontent-type: text/html", false),
            ("HTTP/1.1 403 Forbidden\nserver: x", false),
            ("HTTP/1.1 403", false),
            ("HTTP/1.1 200 OK", false),
            ("HTTP/1.1 403 Forbidden\n\nbody", false),
            ("", false),
        ] {
            assert_eq!(said(refused, 22, text), is, "{text}");
        }
        let found = "HTTP/1.1 200 OK\r\nserver: x\r\n\r\nbody";
        assert!(!said(found, 0, "HTTP/1.1 200 OK"), "the body is not said");
        assert!(said(found, 0, "HTTP/1.1 200 OK\n…\n\nb…"));
        assert!(said("403", 0, "403"));
        assert!(!said("403", 0, "404"));
    }
}
