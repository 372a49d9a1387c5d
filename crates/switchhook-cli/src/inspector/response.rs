//! What was answered, line by line: TwiML and SWML with marks at what the provider would object
//! to.

use http::header::CONTENT_TYPE;
use serde_json::{Value, json};
use switchhook::{
    swml,
    twiml::{self, Dialect, Linter},
};

use super::{
    exchange::Exchange,
    privacy::{self, Privacy},
};
use crate::provider::Provider;

/// The longest document that Twilio and SignalWire read, in bytes.
const LONGEST_DOCUMENT: usize = 64 * 1024;

/// The most lines that the page is sent.
const MOST_LINES: usize = 3000;

/// The answer's status, headers and body.
pub(crate) fn response(exchange: &Exchange, privacy: Privacy, private: &[String]) -> Value {
    let response = &exchange.response;
    let body = response.body();
    let whole = exchange.answer_length == body.len();
    let shown = match std::str::from_utf8(body) {
        Ok("") => Shown::plain("empty", ""),
        Ok(text) => document(exchange, text),
        Err(_) => Shown::plain("binary", ""),
    };
    let lines: Vec<_> = shown.lines.iter().take(MOST_LINES).collect();
    let whole_text: String = lines.iter().flat_map(|(_, text)| [text, "\n"]).collect();
    let private = privacy::spellings(private, &whole_text);
    // Marks, too, repeat names and values.
    let line = |(mark, text): &&(Option<&str>, String)| json!({ "mark": mark, "text": privacy.prose(text, &private) });
    let lines: Vec<_> = lines.iter().map(line).collect();
    json!({
        "status": response.status().as_u16(),
        "reason": response.status().canonical_reason(),
        "headers": privacy.headers(response.headers()),
        "kind": shown.kind,
        "bytes": exchange.answer_length,
        "limit": LONGEST_DOCUMENT,
        "whole": whole && shown.lines.len() <= MOST_LINES,
        "errors": shown.errors,
        "warnings": shown.warnings,
        "lines": lines,
    })
}

/// A body in lines, each with its mark where it is one.
struct Shown {
    kind: &'static str,
    lines: Vec<(Option<&'static str>, String)>,
    errors: usize,
    warnings: usize,
}

impl Shown {
    fn plain(kind: &'static str, text: &str) -> Self {
        let lines = text.lines().map(|line| (None, line.to_owned())).collect();
        Self { kind, lines, errors: 0, warnings: 0 }
    }

    fn counted(kind: &'static str, lines: Vec<(Option<&'static str>, String)>) -> Self {
        let count = |mark| lines.iter().filter(|line| line.0 == Some(mark)).count();
        let (errors, warnings) = (count("error"), count("warning"));
        Self { kind, lines, errors, warnings }
    }
}

fn document(exchange: &Exchange, text: &str) -> Shown {
    let content_type = exchange.response.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signalwire = exchange.family.is_some_and(|family| family.provider == Provider::SignalWire);
    if content_type.contains("xml") || text.trim_start().starts_with('<') {
        let dialect = if signalwire { Dialect::SignalWire } else { Dialect::Twilio };
        return markup(text, dialect);
    }
    if signalwire && let Some(document) = swml_of(text) {
        return script(&document);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(json) => Shown::plain("json", &format!("{json:#}")),
        Err(_) => Shown::plain("text", text),
    }
}

/// SWML has sections; the answer of an AI's function and other JSON has none.
fn swml_of(text: &str) -> Option<swml::Document> {
    let document = swml::read(text).ok()?;
    let json: Value = serde_json::from_str(&document.to_json()).ok()?;
    json.get("sections").is_some().then_some(document)
}

fn markup(text: &str, dialect: Dialect) -> Shown {
    let pretty = match twiml::read(text) {
        Ok(document) => twiml::pretty(&document, &Linter::new(dialect).lint(&document)),
        Err(error) => twiml::pretty_fault(text, &error),
    };
    let mark = |line: &str| {
        let rest = line.trim_start().strip_prefix('^')?.trim_start_matches('^').trim_start();
        ["error", "warning", "note"].into_iter().find(|severity| rest.starts_with(severity))
    };
    Shown::counted("twiml", pretty.lines().map(|line| (mark(line), line.to_owned())).collect())
}

/// SWML, the findings under the lines that they are about.
fn script(document: &swml::Document) -> Shown {
    let found = document.lint();
    let json: Value = serde_json::from_str(&document.to_json()).unwrap_or_default();
    let mut page = Page { lines: Vec::new(), findings: &found };
    page.value(&json, "", "", "", 0);
    Shown::counted("swml", page.lines)
}

struct Page<'a> {
    lines: Vec<(Option<&'static str>, String)>,
    findings: &'a [swml::Diagnostic],
}

impl Page<'_> {
    fn value(&mut self, value: &Value, path: &str, name: &str, comma: &str, depth: usize) {
        let indent = "  ".repeat(depth);
        let (open, close, inside): (_, _, Vec<(String, String, &Value)>) = match value {
            Value::Object(members) if !members.is_empty() => {
                let member = |(name, value)| {
                    (format!("{path}/{name}"), format!("{}: ", Value::from(name as &str)), value)
                };
                ("{", "}", members.iter().map(|(name, value)| member((name, value))).collect())
            }
            Value::Array(items) if !items.is_empty() => {
                let item = |(at, value)| (format!("{path}/{at}"), String::new(), value);
                ("[", "]", items.iter().enumerate().map(item).collect())
            }
            _ => {
                self.lines.push((None, format!("{indent}{name}{value}{comma}")));
                self.marks(path, indent.len());
                return;
            }
        };
        self.lines.push((None, format!("{indent}{name}{open}")));
        self.marks(path, indent.len());
        let last = inside.len() - 1;
        for (at, (path, name, value)) in inside.into_iter().enumerate() {
            self.value(value, &path, &name, if at == last { "" } else { "," }, depth + 1);
        }
        self.lines.push((None, format!("{indent}{close}{comma}")));
    }

    fn marks(&mut self, path: &str, indent: usize) {
        for found in self.findings.iter().filter(|found| found.path == path) {
            let instead = found.instead.as_ref().map(|instead| format!("; write {instead}"));
            let (severity, message) = (found.severity.as_str(), &found.message);
            let text =
                format!("{:indent$}^ {severity}: {message}{}", "", instead.unwrap_or_default());
            self.lines.push((Some(severity), text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspector::exchange::{Arrived, Origin, Told};

    #[test]
    fn swml_has_its_marks_under_the_lines_they_are_about() {
        let text =
            r#"{"version":"1.0.0","sections":{"main":[{"answer":{}},{"plays":{"url":"a"}}]}}"#;
        let shown = script(&swml::read(text).unwrap());
        let lines: Vec<_> = shown.lines.iter().map(|(mark, text)| (*mark, text.trim())).collect();
        let at = lines.iter().position(|(_, text)| text.starts_with("\"plays\"")).unwrap();
        let marked = lines.iter().filter(|(mark, _)| mark.is_some()).count();
        assert!(shown.errors + shown.warnings > 0 && marked >= shown.errors, "{lines:?}");
        assert!(lines[at - 1..=at + 1].iter().any(|(mark, _)| mark.is_some()), "{lines:?}");
        // Without the marks it is the document.
        let json: String = shown
            .lines
            .iter()
            .filter(|line| line.0.is_none())
            .map(|line| line.1.as_str())
            .collect();
        assert_eq!(
            serde_json::from_str::<Value>(&json).unwrap(),
            serde_json::from_str::<Value>(text).unwrap()
        );
    }

    #[test]
    fn json_of_signalwire_is_swml_where_it_has_sections() {
        let family = crate::families::family("signalwire").unwrap();
        for (text, kind) in [
            (r#"{"response":"The desk is open.","action":[{"hangup":true}]}"#, "json"),
            (r#"{"response":"ok"}"#, "json"),
            (r#"{"version":"1.0.0","sections":{"main":[{"answer":{}}]}}"#, "swml"),
            ("ok", "text"),
        ] {
            let arrived = Arrived {
                at: std::time::SystemTime::UNIX_EPOCH,
                origin: Origin::Network,
                request: http::Request::default(),
                response: http::Response::new(text.into()),
                elapsed: std::time::Duration::ZERO,
                told: Told::default(),
            };
            let exchange = Exchange::new(1, arrived, Some(family));
            let shown = response(&exchange, Privacy::new(false, None), &[]);
            assert_eq!((&shown["kind"], &shown["errors"]), (&json!(kind), &json!(0)), "{shown}");
        }
    }

    #[test]
    fn twiml_is_marked_in_its_dialect_and_faults_are_told() {
        let shown = markup("<Response><Pause length='long'/></Response>", Dialect::Twilio);
        assert_eq!((shown.kind, shown.errors, shown.warnings), ("twiml", 0, 1));
        let fault = markup("<Response><Say>5 & 6</Say></Response>", Dialect::Twilio);
        assert_eq!((fault.errors, fault.lines[1].0), (1, Some("error")));
    }
}
