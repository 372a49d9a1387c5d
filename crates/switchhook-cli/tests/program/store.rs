//! Inboxes of tests, and the program on them.

use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::{listen::Listener, postgres, support::run};

/// A new inbox.
pub(crate) struct Store {
    /// Deletes the file at the end.
    _folder: Option<TempDir>,
    pub(crate) name: String,
}

impl Store {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = format!("sqlite:{}", folder.path().join("hooks.db").display());
        Self { _folder: Some(folder), name }
    }

    /// One in a database, where this machine has PostgreSQL.
    pub(crate) fn in_a_database() -> Option<Self> {
        let name = postgres::shared()?.database();
        Some(Self { _folder: None, name })
    }

    /// Another one in the same database.
    pub(crate) fn in_schema(&self, schema: &str) -> Self {
        Self { _folder: None, name: format!("{}?schema={schema}", self.name) }
    }

    /// The file.
    pub(crate) fn path(&self) -> &str {
        self.name.strip_prefix("sqlite:").unwrap()
    }

    pub(crate) fn listen(&self, more: &[&str]) -> Listener {
        let args = ["--key-env", "KEY", "--inbox", &self.name];
        Listener::start(&[&args[..], more].concat())
    }

    /// `switchhook inbox …` on this inbox.
    pub(crate) fn inbox(&self, args: &[&str]) -> (i32, String, String) {
        let (verb, more) = args.split_first().unwrap();
        run(&[&["inbox", verb, "--inbox", &self.name], more].concat(), "")
    }

    /// The same, which has to go well: its lines.
    pub(crate) fn lines(&self, args: &[&str]) -> Vec<String> {
        let (code, stdout, stderr) = self.inbox(args);
        assert_eq!(code, 0, "{args:?}: {stderr}");
        stdout.lines().map(str::to_owned).collect()
    }

    pub(crate) fn objects(&self, args: &[&str]) -> Vec<Value> {
        let lines = self.lines(args);
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Waits until so many are in this state: a line is printed before its delivery is settled.
    pub(crate) fn wait(&self, state: &str, count: u64) {
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.count(state) != count {
            assert!(
                Instant::now() < deadline,
                "{count} never {state}: {:?}",
                self.lines(&["stats"])
            );
        }
    }

    /// How many are in this state.
    pub(crate) fn count(&self, state: &str) -> u64 {
        self.objects(&["stats", "--jsonl"])[0][state].as_u64().unwrap()
    }
}

pub(crate) fn video(listener: &Listener, event: &str, more: &[&str]) {
    let args = [&["twilio.video", event, "--key-env", "KEY"], more].concat();
    assert_eq!(listener.trigger_at("/twilio/video", &args), 0);
}

/// Reads lines up to one that has this in it; the worker and the receiver take no turns.
pub(crate) fn line_with(listener: &mut Listener, part: &str) -> String {
    let mut lines = Vec::new();
    // No test waits for more; a line that never comes fails while others still do.
    while lines.len() < 8 {
        let line = listener.line();
        if line.contains(part) {
            return line;
        }
        lines.push(line);
    }
    panic!("no line with {part}: {lines:#?}");
}
