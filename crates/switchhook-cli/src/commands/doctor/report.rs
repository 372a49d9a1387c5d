//! What the checks found.

use serde_json::json;

use crate::{
    commands::{tell, unless_closed},
    exit::Exit,
    jsonl::say_object,
    shown::Shown,
};

/// What came of a check.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Ok,
    /// It works, and something is better changed.
    Warn,
    /// It does not work.
    Fail(Exit),
    /// It was not looked at.
    Skipped,
}

impl Status {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail(_) => "fail",
            Self::Skipped => "skip",
        }
    }
}

struct Check {
    name: &'static str,
    status: Status,
    what: String,
    /// What to do.
    advice: Option<String>,
}

/// The checks in the order in which they were made.
#[derive(Default)]
pub(super) struct Report(Vec<Check>);

impl Report {
    pub(super) fn ok(&mut self, name: &'static str, what: impl Into<String>) {
        self.add(name, Status::Ok, what.into(), None);
    }

    pub(super) fn warn(
        &mut self,
        name: &'static str,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.add(name, Status::Warn, what.into(), Some(advice.into()));
    }

    pub(super) fn fail(
        &mut self,
        name: &'static str,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.fail_with(Exit::CheckFailed, name, what, advice);
    }

    /// A failure that ends the program with another code than a failed check's.
    pub(super) fn fail_with(
        &mut self,
        exit: Exit,
        name: &'static str,
        what: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.add(name, Status::Fail(exit), what.into(), Some(advice.into()));
    }

    pub(super) fn skipped(&mut self, name: &'static str, what: impl Into<String>) {
        self.add(name, Status::Skipped, what.into(), None);
    }

    fn add(&mut self, name: &'static str, status: Status, what: String, advice: Option<String>) {
        self.0.push(Check { name, status, what, advice });
    }

    #[cfg(test)]
    pub(super) fn statuses(&self) -> Vec<(&'static str, &'static str)> {
        self.0.iter().map(|check| (check.name, check.status.as_str())).collect()
    }

    /// Says it all. The first failure decides how the program ends.
    pub(super) fn finish(&self, as_json: bool) -> anyhow::Result<Exit> {
        let exit = self.0.iter().find_map(|check| match check.status {
            Status::Fail(exit) => Some(exit),
            _ => None,
        });
        if as_json {
            let checks = self.0.iter().map(|check| {
                json!({
                    "name": check.name, "status": check.status.as_str(), "what": check.what,
                    "advice": check.advice,
                })
            });
            let checks: Vec<_> = checks.collect();
            unless_closed(say_object(&json!({ "ok": exit.is_none(), "checks": checks })))?;
        } else {
            for Check { name, status, what, advice } in &self.0 {
                tell(format_args!("{:<4}  {name:<10}  {}", status.as_str(), Shown(what)))?;
                if let Some(advice) = advice {
                    tell(format_args!("                  do: {}", Shown(advice)))?;
                }
            }
        }
        Ok(exit.unwrap_or(Exit::Ok))
    }
}
