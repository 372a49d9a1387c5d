//! One JSON object per input line, one per output line, in order and at once.

use std::io::{self, BufRead, Write};

use serde::Serialize;
use serde_json::{
    Map, Serializer, Value, json,
    ser::{CompactFormatter, Formatter, PrettyFormatter},
};

use crate::{exit::Exit, shown::steers};

/// A longer line is an error of that line, so that no input can take all memory.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

/// Answers each line of stdin on stdout. A bad line gets an answer with its error and never
/// stops the run.
///
/// # Errors
///
/// When stdin cannot be read or stdout not be written.
pub(crate) fn answer_each_line(
    answer: impl Fn(&Map<String, Value>) -> anyhow::Result<Map<String, Value>>,
) -> anyhow::Result<Exit> {
    answer_lines(io::stdin().lock(), io::stdout().lock(), LONGEST_LINE, answer)?;
    Ok(Exit::Ok)
}

/// Calls `see` with each line of `input`; with none for one that is too long.
///
/// # Errors
///
/// When the input cannot be read, and those of `see`.
pub(crate) fn each_line(
    input: impl BufRead,
    see: impl FnMut(Option<&[u8]>) -> io::Result<()>,
) -> io::Result<()> {
    each_line_within(input, LONGEST_LINE, see)
}

fn each_line_within(
    mut input: impl BufRead,
    longest: u64,
    mut see: impl FnMut(Option<&[u8]>) -> io::Result<()>,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        io::Read::take(&mut input, longest).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(());
        }
        if line.ends_with(b"\n") || (line.len() as u64) < longest {
            see(Some(&line))?;
        } else {
            input.skip_until(b'\n')?;
            see(None)?;
        }
    }
}

fn answer_lines(
    input: impl BufRead,
    mut output: impl Write,
    longest: u64,
    answer: impl Fn(&Map<String, Value>) -> anyhow::Result<Map<String, Value>>,
) -> io::Result<()> {
    each_line_within(input, longest, |line| {
        let answer = match line {
            Some(line) => answer_line(line, &answer),
            None => error(&Value::Null, "the line is too long"),
        };
        // One write and a flush a line: a program that waits for its answer gets it.
        output.write_all(&on_one_line(&answer)?)?;
        output.flush()
    })
}

fn answer_line(
    line: &[u8],
    answer: impl Fn(&Map<String, Value>) -> anyhow::Result<Map<String, Value>>,
) -> Value {
    let request: Map<String, Value> = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(_) => return error(&Value::Null, "the line is not a JSON object"),
    };
    let id = request.get("id").cloned().unwrap_or_default();
    match answer(&request) {
        Ok(fields) => {
            let mut whole = Map::new();
            whole.insert("id".into(), id);
            whole.extend(fields);
            whole.into()
        }
        Err(why) => error(&id, &format!("{why:#}")),
    }
}

/// Writes an object as a line of its own on stdout.
///
/// # Errors
///
/// When stdout cannot be written.
pub(crate) fn say_object(object: &impl Serialize) -> io::Result<()> {
    io::stdout().lock().write_all(&on_one_line(object)?)
}

/// The answer as a line.
pub(crate) fn on_one_line(answer: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    written(answer, CompactFormatter)
}

/// The same for people, on many lines.
pub(crate) fn on_many_lines(answer: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    written(answer, PrettyFormatter::new())
}

fn written(answer: &impl Serialize, form: impl Formatter) -> serde_json::Result<Vec<u8>> {
    let mut text = Vec::with_capacity(256);
    answer.serialize(&mut Serializer::with_formatter(&mut text, Escaped(form)))?;
    text.push(b'\n');
    Ok(text)
}

/// JSON in this form, in which characters that some readers take for line ends, and those that
/// steer some terminals or make a text look like another, are escaped.
struct Escaped<F>(F);

/// Hands on what is between the values.
macro_rules! hand_on {
    ($($method:ident $(($first:ident))?),*) => {$(
        fn $method<W: Write + ?Sized>(&mut self, output: &mut W $(, $first: bool)?) -> io::Result<()> {
            self.0.$method(output $(, $first)?)
        }
    )*};
}

impl<F: Formatter> Formatter for Escaped<F> {
    hand_on! {
        begin_array, end_array, begin_array_value(first), end_array_value,
        begin_object, end_object, begin_object_key(first), end_object_key,
        begin_object_value, end_object_value
    }

    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        output: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(steers) {
            let (before, after) = rest.split_at(at);
            output.write_all(before.as_bytes())?;
            let mut characters = after.chars();
            if let Some(character) = characters.next() {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(output, "\\u{unit:04x}")?;
                }
            }
            rest = characters.as_str();
        }
        output.write_all(rest.as_bytes())
    }
}

fn error(id: &Value, why: &str) -> Value {
    json!({ "id": id, "error": why })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &[u8]) -> Vec<Value> {
        let mut output = Vec::new();
        answer_lines(input, &mut output, 40, |request| {
            anyhow::ensure!(request.contains_key("ok"), "not ok");
            Ok(Map::from_iter([("echo".to_owned(), request["ok"].clone())]))
        })
        .unwrap();
        output
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect()
    }

    #[test]
    fn every_line_has_an_answer_in_order() {
        let long = format!("{{\"id\":4,\"ok\":\"{}\"}}\n", "x".repeat(60));
        let input = format!(
            "{{\"id\":1,\"ok\":2}}\nnonsense\n\n{{\"id\":3}}\n{long}{{\"id\":\"e\",\"ok\":5}}"
        );
        let mut bytes = input.into_bytes();
        bytes.extend_from_slice(b"\n\xff\xfe\n");
        assert_eq!(
            run(&bytes),
            [
                json!({"id": 1, "echo": 2}),
                json!({"id": null, "error": "the line is not a JSON object"}),
                json!({"id": null, "error": "the line is not a JSON object"}),
                json!({"id": 3, "error": "not ok"}),
                json!({"id": null, "error": "the line is too long"}),
                json!({"id": "e", "echo": 5}),
                json!({"id": null, "error": "the line is not a JSON object"}),
            ]
        );
        assert_eq!(run(b""), [Value::Null; 0]);
    }

    #[test]
    fn an_answer_is_one_line_for_every_reader() {
        let line = on_one_line(&json!({"a": "x\u{2028}y\u{85}\nz\u{9b}"})).unwrap();
        assert_eq!(line, b"{\"a\":\"x\\u2028y\\u0085\\nz\\u009b\"}\n");
    }

    #[test]
    fn nothing_in_json_steers_a_terminal() {
        let value = json!({"\u{202e}a": ["\u{7f}\u{e0001}é\"\\", 1.5], "b": {}, "c": [null, []]});
        let expected = r#"{
  "\u202ea": [
    "\u007f\udb40\udc01é\"\\",
    1.5
  ],
  "b": {},
  "c": [
    null,
    []
  ]
}
"#;
        let text = on_many_lines(&value).unwrap();
        assert_eq!(String::from_utf8(text.clone()).unwrap(), expected);
        assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), value);
        let line = on_one_line(&value).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&line).unwrap(), value);
        assert!(line.starts_with(br#"{"\u202ea":["\u007f\udb40\udc01"#));
    }
}
