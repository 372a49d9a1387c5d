//! The commands of a README's blocks, with what stands under them.

use anyhow::{Context, ensure};

use crate::shell;

/// A command as it stands in a README.
#[derive(Debug, PartialEq)]
pub(crate) struct Command {
    /// The heading above it.
    pub(crate) section: String,
    /// The line of the README that it begins on, from 1.
    pub(crate) line: usize,
    /// The command, its lines joined by newlines.
    pub(crate) text: String,
    /// What stands under it.
    pub(crate) answer: Vec<String>,
}

/// How a block is written.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    /// Commands as they are, answers in comments.
    Script,
    /// Commands behind a prompt, answers as they are.
    Console,
    /// Something else.
    Other,
}

impl Block {
    fn of(language: &str) -> Self {
        match language.trim() {
            "sh" | "bash" | "shell" => Self::Script,
            "console" => Self::Console,
            _ => Self::Other,
        }
    }
}

/// Every command of every block, in their order.
pub(crate) fn commands(readme: &str) -> anyhow::Result<Vec<Command>> {
    let mut commands: Vec<Command> = Vec::new();
    let mut section = String::new();
    let mut block = None;
    // Whether the last command goes on, and whether an answer may follow it.
    let (mut open, mut answered) = (false, false);
    for (index, line) in readme.lines().enumerate() {
        let Some(kind) = block else {
            if let Some(language) = line.trim_start().strip_prefix("```") {
                block = Some(Block::of(language));
            } else if let Some(heading) = line.strip_prefix('#') {
                heading.trim_start_matches('#').trim().clone_into(&mut section);
            }
            continue;
        };
        if line.trim() == "```" {
            ensure!(!open, "line {}: the block ends within a command", index + 1);
            (block, answered) = (None, false);
            continue;
        }
        let last = commands.last_mut();
        if let (true, Some(command)) = (open, last) {
            command.text.push('\n');
            command.text.push_str(line);
            open = is_open(command)?;
            continue;
        }
        let started = match kind {
            Block::Other => continue,
            Block::Script => (!line.starts_with('#') && !line.trim().is_empty()).then_some(line),
            Block::Console => line.strip_prefix("$ "),
        };
        if let Some(text) = started {
            let (section, text) = (section.clone(), text.to_owned());
            let command = Command { section, line: index + 1, text, answer: Vec::new() };
            open = is_open(&command)?;
            commands.push(command);
            answered = true;
        } else if let (true, Some(command)) = (answered, commands.last_mut()) {
            match (kind, line.strip_prefix('#')) {
                (Block::Script, None) => answered = false,
                (Block::Script, Some(text)) => {
                    command.answer.push(text.strip_prefix(' ').unwrap_or(text).to_owned());
                }
                _ => command.answer.push(line.to_owned()),
            }
        }
    }
    ensure!(block.is_none(), "a block has no end");
    Ok(commands)
}

fn is_open(command: &Command) -> anyhow::Result<bool> {
    shell::is_open(&command.text).with_context(|| format!("line {}", command.line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_have_their_sections_and_answers() {
        let readme = "# A\n```sh\n# a remark\ncurl a \\\n  b\n# one\n#\n# two\n\n# a remark\ncurl 'c\n# d'\n```\n\
            ## B b\n```json\n{}\n```\n```console\n$ curl e\n\n{}\n$ curl f\n```\n";
        let found = commands(readme).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|c| (c.section.as_str(), c.line, c.text.as_str(), c.answer.join("|")))
            .collect();
        let expected = [
            ("A", 4, "curl a \\\n  b", "one||two"),
            ("A", 11, "curl 'c\n# d'", ""),
            ("B b", 19, "curl e", "|{}"),
            ("B b", 22, "curl f", ""),
        ];
        assert_eq!(found, expected.map(|(s, l, t, a)| (s, l, t, a.to_owned())));
    }

    #[test]
    fn what_has_no_end_is_an_error() {
        for readme in ["```sh\ncurl 'a\n```\n", "```sh\ncurl a\n", "```sh\ncurl a \\\n```\n"] {
            assert!(commands(readme).is_err(), "{readme}");
        }
    }
}
