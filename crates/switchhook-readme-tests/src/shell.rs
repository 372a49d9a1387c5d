//! As much of a shell as a README's curl lines need: words, quotes, variables, pipes.

use std::{collections::HashMap, iter::Peekable, str::Chars};

use anyhow::{Context, bail};

/// The variables of a script.
pub(crate) type Variables = HashMap<String, String>;

/// Whether the next line belongs to this command: a quote is open, or a `\` stands at its end.
pub(crate) fn is_open(text: &str) -> anyhow::Result<bool> {
    let mut lexer = Lexer { rest: text.chars().peekable(), variables: None };
    while let Some(token) = lexer.token()? {
        if token == Token::Open {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The commands of a pipeline, each as its words.
pub(crate) fn pipeline(text: &str, variables: &Variables) -> anyhow::Result<Vec<Vec<String>>> {
    let mut lexer = Lexer { rest: text.chars().peekable(), variables: Some(variables) };
    let mut commands = vec![Vec::new()];
    while let Some(token) = lexer.token()? {
        match token {
            Token::Pipe => commands.push(Vec::new()),
            Token::Word(word) => commands.last_mut().context("no command")?.push(word),
            Token::Open => bail!("a quote or line has no end"),
        }
    }
    Ok(commands)
}

/// The name and value of an assignment.
pub(crate) fn assignment(words: &[String]) -> Option<(&str, &str)> {
    let word = match words {
        [word] => word,
        [export, word] if export == "export" => word,
        _ => return None,
    };
    let (name, value) = word.split_once('=')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!name.is_empty() && name.chars().all(is_name)).then_some((name, value))
}

#[derive(PartialEq)]
enum Token {
    Word(String),
    Pipe,
    /// The text ends within a quote, or behind a `\`.
    Open,
}

struct Lexer<'a> {
    rest: Peekable<Chars<'a>>,
    /// `None` where the values do not matter.
    variables: Option<&'a Variables>,
}

impl Lexer<'_> {
    fn token(&mut self) -> anyhow::Result<Option<Token>> {
        self.skip_space();
        match self.rest.peek() {
            None => return Ok(None),
            Some('|') => {
                self.rest.next();
                return Ok(Some(Token::Pipe));
            }
            Some('#') => {
                while self.rest.next_if(|c| *c != '\n').is_some() {}
                return self.token();
            }
            Some(_) => {}
        }
        let mut word = String::new();
        while let Some(c) = self.rest.next_if(|c| !c.is_whitespace() && *c != '|') {
            let ended = match c {
                '\'' => self.single(&mut word),
                '"' => self.double(&mut word)?,
                '\\' => match self.rest.next() {
                    Some('\n') => true,
                    Some(c) => {
                        word.push(c);
                        true
                    }
                    None => false,
                },
                '$' => {
                    self.variable(&mut word)?;
                    true
                }
                // Of a command that nobody runs, any character may be there.
                '&' | ';' | '<' | '>' | '(' | ')' | '`' | '*' | '?' if self.variables.is_some() => {
                    bail!("`{c}` has to be quoted")
                }
                c => {
                    word.push(c);
                    true
                }
            };
            if !ended {
                return Ok(Some(Token::Open));
            }
        }
        Ok(Some(Token::Word(word)))
    }

    /// Skips white space, and the ends of lines that go on.
    fn skip_space(&mut self) {
        loop {
            let mut ahead = self.rest.clone();
            match (ahead.next(), ahead.next()) {
                (Some('\\'), Some('\n')) => self.rest = ahead,
                (Some(c), _) if c.is_whitespace() => drop(self.rest.next()),
                _ => break,
            }
        }
    }

    /// Whether the quote ended.
    fn single(&mut self, word: &mut String) -> bool {
        for c in self.rest.by_ref() {
            if c == '\'' {
                return true;
            }
            word.push(c);
        }
        false
    }

    /// Whether the quote ended.
    fn double(&mut self, word: &mut String) -> anyhow::Result<bool> {
        while let Some(c) = self.rest.next() {
            match c {
                '"' => return Ok(true),
                '$' => self.variable(word)?,
                '`' if self.variables.is_some() => bail!("commands within commands"),
                '\\' => match self.rest.next() {
                    Some('\n') => {}
                    Some(c) => {
                        if !matches!(c, '"' | '\\' | '$' | '`') {
                            word.push('\\');
                        }
                        word.push(c);
                    }
                    None => return Ok(false),
                },
                c => word.push(c),
            }
        }
        Ok(false)
    }

    fn variable(&mut self, word: &mut String) -> anyhow::Result<()> {
        let braces = self.rest.next_if_eq(&'{').is_some();
        let mut name = String::new();
        while let Some(c) = self.rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
            name.push(c);
        }
        let Some(variables) = self.variables else { return Ok(()) };
        if name.is_empty() || braces && self.rest.next_if_eq(&'}').is_none() {
            bail!("`$` without the name of a variable");
        }
        word.push_str(variables.get(&name).with_context(|| format!("${name} is not set"))?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> anyhow::Result<Vec<Vec<String>>> {
        pipeline(text, &Variables::from([("A".to_owned(), "x y".to_owned())]))
    }

    #[test]
    fn words_are_quoted_as_in_a_shell() {
        for (text, expected) in [
            ("curl  -d 'a b'\"c d\"e", vec!["curl", "-d", "a bc de"]),
            (r#""a\"b\n$A${A}" '$A' $A\ z"#, vec!["a\"b\\nx yx y", "$A", "x y z"]),
            ("a \\\n  b 'c\nd' '' # e", vec!["a", "b", "c\nd", ""]),
            ("http://h/#a b#c", vec!["http://h/#a", "b#c"]),
        ] {
            assert_eq!(words(text).unwrap(), [expected], "{text}");
        }
        assert_eq!(words("printf %s a | curl 'b|c'").unwrap()[1], ["curl", "b|c"]);
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for text in ["a && b", "a > b", "$(a)", "\"`a`\"", "$B", "${A", "a *", "'a", "a \\"] {
            assert!(words(text).is_err(), "{text}");
        }
    }

    #[test]
    fn open_ends_ask_for_more() {
        for (text, open) in
            [("a 'b", true), ("a \\", true), ("a \"b", true), ("a 'b' $(c) &", false)]
        {
            assert_eq!(is_open(text).unwrap(), open, "{text}");
        }
    }

    #[test]
    fn assignments_have_names() {
        let found = |text| {
            let words = words(text).unwrap();
            assignment(&words[0]).map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        assert_eq!(found("B='c d'"), Some(("B".into(), "c d".into())));
        assert_eq!(found("export B=1"), Some(("B".into(), "1".into())));
        for other in ["B=1 cargo run", "curl -d=1", "a.b=1", "=1", "make"] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
