//! The commands of a README's blocks, with what stands under them.

use std::process::Command as Process;

use anyhow::{Context, ensure};

/// A command as it stands in a README.
#[derive(Debug, PartialEq)]
pub(crate) struct Command {
    /// The line of the README that it begins on, from 1.
    pub(crate) line: usize,
    /// The command, its lines joined by newlines.
    pub(crate) text: String,
    /// What stands under it.
    pub(crate) answer: Vec<String>,
}

impl Command {
    fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace()
    }

    /// Whether this program has a part in it.
    pub(crate) fn runs(&self, program: &str) -> bool {
        self.words().any(|word| word == program)
    }

    /// Whether it is a curl line that sends nothing, so that it can be typed twice.
    pub(crate) fn only_asks(&self) -> bool {
        let sends = |word: &str| {
            ["-X", "-d", "--data", "--json"].iter().any(|option| word.starts_with(option))
        };
        self.text.starts_with("curl ") && !self.words().any(sends)
    }
}

/// Every command of every block of `sh`, in their order.
pub(crate) fn commands(readme: &str) -> anyhow::Result<Vec<Command>> {
    let mut commands: Vec<Command> = Vec::new();
    // The language of the block, `None` between blocks.
    let mut block = None;
    // Whether the last command goes on, and whether an answer may follow it.
    let (mut open, mut answered) = (false, false);
    for (index, line) in readme.lines().enumerate() {
        let Some(language) = block else {
            block = line.trim_start().strip_prefix("```").map(str::trim);
            continue;
        };
        let number = index + 1;
        if line.trim() == "```" {
            ensure!(!open, "line {number}: the block ends within a command");
            (block, answered) = (None, false);
            continue;
        }
        if language != "sh" {
            continue;
        }
        match commands.last_mut() {
            Some(command) if open => {
                command.text.push('\n');
                command.text.push_str(line);
                open = is_open(&command.text)?;
            }
            Some(command) if answered && line.starts_with('#') => {
                let text = &line[1..];
                command.answer.push(text.strip_prefix(' ').unwrap_or(text).to_owned());
            }
            _ if line.starts_with('#') || line.trim().is_empty() => answered = false,
            _ => {
                open = is_open(line)?;
                answered = true;
                commands.push(Command { line: number, text: line.to_owned(), answer: Vec::new() });
            }
        }
    }
    ensure!(block.is_none(), "a block has no end");
    Ok(commands)
}

/// Whether the next line belongs to this command, as a shell reads it.
fn is_open(text: &str) -> anyhow::Result<bool> {
    // A shell takes a `\` at the end of all for one that stands for itself.
    if text.ends_with('\\') {
        return Ok(true);
    }
    let read = Process::new("sh").args(["-n", "-c", text]).output().context("there is no sh")?;
    Ok(!read.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_have_their_lines_and_answers() {
        let readme = "# A\n```sh\n# a remark\ncurl a \\\n  b\n# one\n#\n# two\n\n# a remark\ncurl 'c\n# d'\n```\n\
            ## B b\n```json\n{}\n```\n```sh\nA=$(b \"c'\" \\\n  | d)\ncurl e\n# {}\n```\n";
        let found: Vec<_> = commands(readme)
            .unwrap()
            .into_iter()
            .map(|command| (command.line, command.text, command.answer.join("|")))
            .collect();
        let expected = [
            (4, "curl a \\\n  b", "one||two"),
            (11, "curl 'c\n# d'", ""),
            (19, "A=$(b \"c'\" \\\n  | d)", ""),
            (21, "curl e", "{}"),
        ];
        assert_eq!(found, expected.map(|(line, text, answer)| (line, text.into(), answer.into())));
    }

    #[test]
    fn what_has_no_end_is_an_error() {
        for readme in ["```sh\ncurl 'a\n```\n", "```sh\ncurl a\n", "```sh\ncurl a \\\n```\n"] {
            assert!(commands(readme).is_err(), "{readme}");
        }
    }

    #[test]
    fn what_sends_is_typed_once() {
        for (text, only_asks) in [
            ("curl http://h/a", true),
            ("curl -i -u a:b 'http://h/?d=1'", true),
            ("curl -i -X PUT http://h/a", false),
            ("curl http://h/a \\\n  -d a=1", false),
            ("curl http://h/a --data-raw a", false),
            ("switchhook inbox ls", false),
        ] {
            let command = Command { line: 1, text: text.into(), answer: Vec::new() };
            assert_eq!(command.only_asks(), only_asks, "{text}");
        }
    }
}
