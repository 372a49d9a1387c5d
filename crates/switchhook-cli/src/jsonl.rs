//! One JSON object per input line, one per output line, in order.

use std::io::{self, BufRead, Write};

use serde_json::{Map, Value, json};

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
) -> anyhow::Result<()> {
    let stdout = io::BufWriter::new(io::stdout().lock());
    answer_lines(io::stdin().lock(), stdout, LONGEST_LINE, answer)?;
    Ok(())
}

fn answer_lines(
    mut input: impl BufRead,
    mut output: impl Write,
    longest: u64,
    answer: impl Fn(&Map<String, Value>) -> anyhow::Result<Map<String, Value>>,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        io::Read::take(&mut input, longest).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return output.flush();
        }
        let whole = line.ends_with(b"\n") || (line.len() as u64) < longest;
        let answer = if whole {
            answer_line(&line, &answer)
        } else {
            input.skip_until(b'\n')?;
            error(&Value::Null, "the line is too long")
        };
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
    }
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
}
