//! JSON as other programs would have written it.

use switchhook_core::{Json, JsonKind, JsonRef};

use super::cover::Taken;

/// How a program writes JSON.
#[derive(Clone, Copy)]
struct Style {
    taken: Taken,
    /// What stands between values, and between a name and its value.
    comma: &'static str,
    colon: &'static str,
    /// How many blanks a level is worth; `None` writes one line.
    indent: Option<usize>,
    ascii: bool,
    slashes: bool,
    sorted: bool,
}

const COMPACT: Style = Style {
    taken: Taken::JsonCompact,
    comma: ",",
    colon: ":",
    indent: None,
    ascii: false,
    slashes: false,
    sorted: false,
};
const SPACED: Style = Style { taken: Taken::JsonSpaced, comma: ", ", colon: ": ", ..COMPACT };
const TWO: Style = Style { taken: Taken::JsonTwoBlanks, colon: ": ", indent: Some(2), ..COMPACT };
const FOUR: Style = Style { taken: Taken::JsonFourBlanks, colon: ": ", indent: Some(4), ..COMPACT };

const LAYOUTS: [Style; 4] = [COMPACT, SPACED, TWO, FOUR];

/// What the body may have been before a library wrote it as it was received: one way at a time,
/// as languages' usual libraries write JSON.
pub(super) fn each<T>(
    json: &Json,
    received: &str,
    mut see: impl FnMut(Taken, String) -> Option<T>,
) -> Option<T> {
    let ends = [
        json.as_str().to_owned(),
        received.trim().to_owned(),
        format!("{received}\n"),
        format!("{received}\r\n"),
        received.replace("\r\n", "\n"),
        received.replace("\r\n", "\n").replace('\n', "\r\n"),
        format!("\u{feff}{received}"),
    ];
    let ends = ends.into_iter().map(|end| (Taken::JsonLineEnd, end));
    let escaped = LAYOUTS.map(|style| Style { taken: Taken::JsonEscaped, ascii: true, ..style });
    let slashes = [false, true].map(|ascii| Style {
        taken: Taken::JsonSlashes,
        slashes: true,
        ascii,
        ..COMPACT
    });
    let sorted = LAYOUTS.map(|style| Style { taken: Taken::JsonSorted, sorted: true, ..style });
    let sorted_escaped = sorted.map(|style| Style { ascii: true, ..style });
    let styles =
        LAYOUTS.into_iter().chain(escaped).chain(slashes).chain(sorted).chain(sorted_escaped);
    let written = styles.map(|style| (style.taken, style.written(json.as_ref())));
    // A text as others write it may have a line end behind it besides.
    let written = written.flat_map(|(taken, text)| {
        let ended = format!("{text}\n");
        [(taken, text), (taken, ended)]
    });
    let mut all = ends.chain(written).filter(|(_, text)| text != received);
    all.find_map(|(taken, text)| see(taken, text))
}

impl Style {
    fn written(self, value: JsonRef<'_>) -> String {
        let mut out = String::with_capacity(value.raw().len() * 5 / 4);
        self.write(&mut out, value, 0);
        out
    }

    /// Numbers keep their spelling. The depth is bounded by the limits that the text was read
    /// within.
    fn write(self, out: &mut String, value: JsonRef<'_>, level: usize) {
        match value.kind() {
            JsonKind::Text => self.write_text(out, value),
            JsonKind::List => {
                out.push('[');
                let mut items = value.items().peekable();
                let any = items.peek().is_some();
                for (place, item) in items.enumerate() {
                    self.separate(out, place, level + 1);
                    self.write(out, item, level + 1);
                }
                self.close(out, any, level, ']');
            }
            JsonKind::Object => {
                out.push('{');
                let mut members: Vec<_> = value.members().collect();
                if self.sorted {
                    members.sort_by(|(left, _), (right, _)| left.cmp(right));
                }
                for (place, (name, member)) in members.iter().enumerate() {
                    self.separate(out, place, level + 1);
                    self.write_str(out, name);
                    out.push_str(self.colon);
                    self.write(out, *member, level + 1);
                }
                self.close(out, !members.is_empty(), level, '}');
            }
            _ => out.push_str(value.raw()),
        }
    }

    fn separate(self, out: &mut String, place: usize, level: usize) {
        if place > 0 {
            out.push_str(self.comma);
        }
        self.new_line(out, level);
    }

    fn close(self, out: &mut String, any: bool, level: usize, bracket: char) {
        if any {
            self.new_line(out, level);
        }
        out.push(bracket);
    }

    fn new_line(self, out: &mut String, level: usize) {
        if let Some(indent) = self.indent {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent * level));
        }
    }

    fn write_text(self, out: &mut String, text: JsonRef<'_>) {
        match text.as_str() {
            Some(text) => self.write_str(out, &text),
            // Half a surrogate pair has no other spelling.
            None => out.push_str(text.raw()),
        }
    }

    fn write_str(self, out: &mut String, text: &str) {
        out.push('"');
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                '/' if self.slashes => out.push_str("\\/"),
                c if c < ' ' => push_escape(out, u16::try_from(u32::from(c)).unwrap_or(0)),
                c if self.ascii && !c.is_ascii() => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        push_escape(out, *unit);
                    }
                }
                c => out.push(c),
            }
        }
        out.push('"');
    }
}

fn push_escape(out: &mut String, unit: u16) {
    use std::fmt::Write;
    // Writing to a string cannot fail.
    let _ = write!(out, "\\u{unit:04x}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_usual_libraries_write() {
        let received = r#"{"b":[1.50,"é\/"],"a":{}}"#;
        let json = Json::parse(received.as_bytes()).unwrap();
        let mut written = Vec::new();
        each(&json, received, |taken, text| {
            // Every rewriting says the same.
            let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(value(text.trim_start_matches('\u{feff}')), value(received));
            written.push((taken, text));
            None::<()>
        });
        for expected in [
            (Taken::JsonCompact, r#"{"b":[1.50,"é/"],"a":{}}"#),
            (Taken::JsonSpaced, r#"{"b": [1.50, "é/"], "a": {}}"#),
            (Taken::JsonTwoBlanks, "{\n  \"b\": [\n    1.50,\n    \"é/\"\n  ],\n  \"a\": {}\n}"),
            (Taken::JsonEscaped, r#"{"b": [1.50, "\u00e9/"], "a": {}}"#),
            (Taken::JsonSlashes, r#"{"b":[1.50,"\u00e9\/"],"a":{}}"#),
            (Taken::JsonSorted, r#"{"a":{},"b":[1.50,"é/"]}"#),
            (Taken::JsonLineEnd, "{\"b\":[1.50,\"é\\/\"],\"a\":{}}\n"),
        ] {
            let there = written.iter().any(|(taken, text)| (*taken, text.as_str()) == expected);
            assert!(there, "{expected:?} {written:#?}");
        }
    }
}
