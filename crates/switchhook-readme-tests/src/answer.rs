//! Whether an answer is what a README says.

use anyhow::{Context, ensure};
use http::Response;

use crate::curl::Shown;

/// What stands for anything.
const ANYTHING: char = '…';

/// Compares what curl would print with what the README says it prints.
pub(crate) fn check(
    shown: &Shown,
    answer: &Response<String>,
    lines: &[String],
) -> anyhow::Result<()> {
    let mut lines = lines;
    while let [rest @ .., last] = lines
        && last.trim().is_empty()
    {
        lines = rest;
    }
    let status = answer.status();
    let says_status =
        shown.head || shown.write_out.as_ref().is_some_and(|w| w.contains("http_code"));
    ensure!(says_status || status.is_success(), "answered {status}, and no -i shows it");
    if shown.head && !lines.is_empty() {
        lines = check_head(answer, lines)?;
    }
    if lines.is_empty() && !shown.head {
        return Ok(());
    }
    let mut printed = if shown.no_body { String::new() } else { compact(answer.body()) };
    if let Some(text) = &shown.write_out {
        printed.push_str(&text.replace("%{http_code}", status.as_str()).replace("\\n", "\n"));
    }
    let (said, printed) = (lines.join("\n"), printed.trim_end());
    let is_json = serde_json::from_str::<serde_json::Value>(answer.body()).is_ok();
    let said = if is_json { squeezed(&said) } else { said };
    ensure!(is_like(&said, printed), "printed\n{printed}\nand not\n{said}");
    Ok(())
}

/// Checks the status and the headers that are said; the lines of the body.
fn check_head<'a>(answer: &Response<String>, lines: &'a [String]) -> anyhow::Result<&'a [String]> {
    let status = format!("{:?} {}", answer.version(), answer.status());
    ensure!(lines[0].trim() == status, "answered {status} and not {}", lines[0]);
    let end = lines.iter().position(|line| line.trim().is_empty());
    for line in &lines[1..end.unwrap_or(lines.len())] {
        if line.trim() == ANYTHING.to_string() {
            continue;
        }
        let (name, value) = line.split_once(':').context("a header without a colon")?;
        let mut found = answer.headers().get_all(name.trim()).iter().map(http::HeaderValue::to_str);
        ensure!(
            found.any(|found| found.is_ok_and(|found| is_like(value.trim(), found))),
            "no header {line}"
        );
    }
    Ok(end.map_or(&[], |end| &lines[end + 1..]))
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

    fn answer(status: u16, body: &str) -> Response<String> {
        let answer = Response::builder().status(status).header("content-type", "text/plain");
        answer.body(body.to_owned()).unwrap()
    }

    fn said(shown: &Shown, answer: &Response<String>, text: &str) -> bool {
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        check(shown, answer, &lines).is_ok()
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
        let plain = Shown::default();
        let json = answer(200, "{\"a\": [1, 2],\n \"b\": \"x  \\\" y\"}\n");
        for (text, is) in [
            ("{\"a\":[1,2],\"b\":\"x  \\\" y\"}", true),
            ("{\n  \"a\": [1, …],\n  \"b\": \"x  \\\" y\"\n}", true),
            ("{\"a\":[1,2],…}", true),
            ("", true),
            ("{\"a\":[1,2],\"b\":\"x \\\" y\"}", false),
            ("{\"a\":[1,2]}", false),
        ] {
            assert_eq!(said(&plain, &json, text), is, "{text}");
        }
        assert!(said(&plain, &answer(200, "one  two\n"), "one  two"));
        assert!(!said(&plain, &answer(200, "one  two\n"), "one two"));
        assert!(!said(&plain, &answer(404, ""), ""), "a failure has to be shown");
    }

    #[test]
    fn heads_are_compared_where_they_are_shown() {
        let head = Shown { head: true, ..Shown::default() };
        let refused = answer(403, "");
        for (text, is) in [
            ("HTTP/1.1 403 Forbidden", true),
            ("HTTP/1.1 403 Forbidden\ncontent-type: text/…", true),
            ("HTTP/1.1 403 Forbidden\ncontent-type: text/html", false),
            ("HTTP/1.1 403 Forbidden\nserver: x", false),
            ("HTTP/1.1 403", false),
            ("HTTP/1.1 200 OK", false),
            ("HTTP/1.1 403 Forbidden\n\nbody", false),
        ] {
            assert_eq!(said(&head, &refused, text), is, "{text}");
        }
        assert!(!said(&head, &answer(200, "body"), "HTTP/1.1 200 OK"), "the body is not said");
        assert!(said(&head, &answer(200, "body"), "HTTP/1.1 200 OK\n…\n\nb…"));
        let code = Shown { no_body: true, write_out: Some("%{http_code}\\n".into()), ..head };
        let code = Shown { head: false, ..code };
        assert!(said(&code, &answer(403, "body"), "403"));
        assert!(!said(&code, &answer(404, "body"), "403"));
    }
}
