//! What is told of the requests: a line each, a bar, a summary.

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use indicatif::ProgressBar;
use serde::Serialize;

use crate::{
    commands::{say, unless_closed},
    exit::Exit,
    jsonl::say_object,
    progress::{bar, beside},
    shown::Shown,
};

/// The longest beginning of an answer that is told, in characters.
const HEAD: usize = 200;

/// What has become of one request.
#[derive(Debug, Default, Serialize)]
pub(super) struct Line<'a> {
    pub(super) scenario: &'a str,
    /// From 1.
    pub(super) run: usize,
    /// The number of the step; of what an answer led to, with a number of its own behind it.
    pub(super) step: &'a str,
    pub(super) family: &'a str,
    pub(super) event: &'a str,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    /// From 1.
    pub(super) attempt: u32,
    pub(super) duplicate: bool,
    pub(super) signed: Signed,
    /// None where nothing was sent.
    pub(super) status: Option<u16>,
    pub(super) expected: &'static str,
    pub(super) ok: bool,
    pub(super) ms: f64,
    /// The beginning of the answer.
    pub(super) body: String,
    /// Of a duplicate, whether it was answered as the first was.
    pub(super) same_answer: Option<bool>,
    /// Why a call cannot go on.
    pub(super) problem: Option<&'a str>,
}

/// How a request was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Signed {
    #[default]
    Good,
    /// By a key that nobody has.
    Bad,
    None,
}

/// The beginning of an answer, as it is told.
pub(super) fn head(body: &[u8]) -> String {
    // Four bytes at most are a character.
    let cut = &body[..body.len().min(HEAD * 4)];
    String::from_utf8_lossy(cut).chars().take(HEAD).collect()
}

/// Tells, and counts.
pub(super) struct Report {
    bar: ProgressBar,
    /// Text for people rather than JSON for programs.
    text: bool,
    started: Instant,
    requests: usize,
    duplicates: usize,
    as_expected: usize,
    /// What was not as expected, by what it was.
    failures: BTreeMap<String, usize>,
    refused: bool,
}

impl Report {
    /// A report on about so many requests.
    pub(super) fn new(count: usize) -> Self {
        Self {
            bar: bar(count),
            text: io::stdout().is_terminal() && io::stderr().is_terminal(),
            started: Instant::now(),
            requests: 0,
            duplicates: 0,
            as_expected: 0,
            failures: BTreeMap::new(),
            refused: false,
        }
    }

    /// One request more is to come than was expected.
    pub(super) fn expect_more(&self) {
        self.bar.inc_length(1);
    }

    /// Tells of a request.
    ///
    /// # Errors
    ///
    /// When stdout cannot be written.
    pub(super) fn tell(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.requests += usize::from(line.status.is_some());
        self.duplicates += usize::from(line.duplicate);
        self.as_expected += usize::from(line.ok);
        if !line.ok {
            let what = line.problem.map_or_else(|| status(line.status), str::to_owned);
            *self.failures.entry(what).or_default() += 1;
            self.refused |= line.status == Some(403);
        }
        let print = || if self.text { say(text(line)) } else { say_object(line) };
        // Without a reader, too, the rest is sent and judged.
        unless_closed(beside(&self.bar, print))?;
        self.bar.inc(1);
        Ok(())
    }

    /// Ends the report: a summary on stderr, and what the program ends with. The seed is told
    /// where it made a difference.
    pub(super) fn end(self, scenario: &str, expected: &str, seed: Option<u64>) -> Exit {
        self.bar.finish_and_clear();
        let Self { requests, duplicates, as_expected, .. } = self;
        let time = seconds(self.started.elapsed());
        let failures = self.failures.iter();
        let failures: Vec<_> =
            failures.map(|(what, count)| format!(", {count} not: {}", Shown(what))).collect();
        let failures = failures.concat();
        let seed = seed.map(|seed| format!("  (--seed {seed})")).unwrap_or_default();
        eprintln!(
            "{scenario}: {requests} requests ({duplicates} duplicates) in {time}, \
             {as_expected} answered {expected}{failures}{seed}"
        );
        match expected {
            _ if self.failures.is_empty() => Exit::Ok,
            "2xx" if self.refused => Exit::SignatureMismatch,
            _ => Exit::CheckFailed,
        }
    }
}

fn status(status: Option<u16>) -> String {
    status.map_or_else(|| "-".to_owned(), |status| status.to_string())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn text(line: &Line<'_>) -> String {
    let Line { run, step, event, path, ms, .. } = line;
    let status = status(line.status);
    let again = match line.same_answer {
        None => "",
        Some(true) => "  duplicate",
        Some(false) => "  duplicate, answered otherwise than before",
    };
    let problem = || {
        let why = line.problem.unwrap_or(&line.body);
        format!("  expected {}: {}", line.expected, Shown(why))
    };
    let problem = if line.ok { String::new() } else { problem() };
    format!("{run}:{step}  {status}  {event}  {}  {ms:.1} ms{again}{problem}", Shown(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_an_answer_is_cut_between_characters() {
        assert_eq!(head(b""), "");
        assert_eq!(head("é".repeat(500).as_bytes()), "é".repeat(200));
        assert_eq!(head(&[0xff; 3]), "\u{fffd}".repeat(3));
        assert_eq!(head("x".repeat(5000).as_bytes()).len(), 200);
    }
}
