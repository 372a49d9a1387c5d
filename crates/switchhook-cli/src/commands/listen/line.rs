//! The lines that tell what became of a delivery.

use serde_json::{Value, json};
use switchhook::dispatch::{DeliveryId, Disposition, Outcome};

use super::lines::Lines;
use crate::{inspector::Say, jsonl::on_one_line, shown::Shown, when::time_of_day};

/// Makes a line for each request, and one for each try to hand a kept delivery on.
#[derive(Clone)]
pub(crate) struct Printer {
    pub(super) lines: Lines,
    /// JSON objects instead of text.
    pub(crate) jsonl: bool,
    /// Whether there is an application that deliveries are sent on to.
    pub(crate) forwards: bool,
    /// How often a kept delivery is tried.
    pub(crate) attempts: u32,
}

impl Printer {
    /// The line, which lacks the doctor's finding and is printed with it.
    pub(crate) fn line(&self, outcome: &Outcome<'_>) -> Say {
        let lines = self.lines.clone();
        if self.jsonl {
            let mut line = self.json(outcome);
            return Box::new(move |finding| {
                line["finding"] = finding
                    .map(|finding| json!({ "code": finding.code, "advice": finding.words }))
                    .into();
                if let Ok(line) = on_one_line(&line) {
                    lines.add(&line);
                }
            });
        }
        let (before, after) = (self.text(outcome), trouble(outcome));
        Box::new(move |finding| {
            let finding = finding.map(|finding| format!("  {}", finding.words));
            let after = after.map(|after| format!("  {}", Shown(&after)));
            let (finding, after) = (finding.unwrap_or_default(), after.unwrap_or_default());
            lines.add(format!("{before}{finding}{after}\n").as_bytes());
        })
    }

    /// Time, event, SID, then of a request: verified or the reason, status, milliseconds, what
    /// became of it; of a kept delivery: what became of it, milliseconds.
    fn text(&self, outcome: &Outcome<'_>) -> String {
        let subject = outcome.read.and_then(|read| read.subject.as_deref());
        let mut line =
            format!("{}  {}  {}", time_of_day(), name(outcome), Shown(subject.unwrap_or("-")));
        let mut add = |text: &str| {
            line.push_str("  ");
            line.push_str(text);
        };
        let ms = format!("{:.1} ms", outcome.elapsed.as_secs_f64() * 1000.0);
        let what = self.what(outcome);
        if let Disposition::Redelivered(_) = outcome.disposition {
            add(&what.unwrap_or_default());
            add(&ms);
        } else {
            add(&signed(outcome));
            add(outcome.status.as_str());
            add(&ms);
            if let Some(what) = what {
                add(&what);
            }
        }
        if let Some(id) = kept(outcome) {
            // As much of it as other commands need.
            add(&id.to_string()[..11]);
        }
        line
    }

    fn json(&self, outcome: &Outcome<'_>) -> Value {
        let read = outcome.read;
        let unknown = read.and_then(|read| read.unknown.as_deref());
        let attempt = match outcome.disposition {
            Disposition::Redelivered(attempt) => Some(attempt),
            _ => None,
        };
        json!({
            "at": time_of_day(), "path": outcome.path, "family": read.map(|read| read.family),
            "event": read.and_then(|read| read.event).or(unknown),
            "subject": read.and_then(|read| read.subject.as_deref()),
            "refusal": outcome.refusal.map(|refusal| refusal.code()),
            "finding": null,
            "key": outcome.signature.map(|found| found.key),
            "url_variant": outcome.signature.map(|found| found.url_variant().to_string()),
            "trouble": trouble(outcome),
            "status": outcome.status.as_u16(), "ms": outcome.elapsed.as_secs_f64() * 1000.0,
            "id": kept(outcome).map(|id| id.to_string()), "what": self.what(outcome), "attempt": attempt,
        })
    }

    /// What became of it, where there is more to say than the status.
    fn what(&self, outcome: &Outcome<'_>) -> Option<String> {
        let what = match (outcome.disposition, outcome.failure) {
            (Disposition::Accepted, _) => "stored",
            (Disposition::Duplicate, _) => "duplicate",
            (Disposition::Repeated, _) => "repeated",
            (Disposition::Handled | Disposition::Redelivered(_), None) if self.forwards => {
                "forwarded"
            }
            (Disposition::Redelivered(_), None) => "handled",
            (Disposition::Redelivered(attempt), Some(_)) if attempt < self.attempts => {
                return Some(format!("failed ({attempt} of {})", self.attempts));
            }
            (Disposition::Redelivered(_), Some(_)) => "dead",
            _ => return None,
        };
        Some(what.to_owned())
    }
}

/// What the delivery is known by, where the inbox has it: of what was asked it has the answer at
/// most.
fn kept(outcome: &Outcome<'_>) -> Option<DeliveryId> {
    use Disposition::{Accepted, Duplicate, Redelivered};
    outcome.id.filter(|_| matches!(outcome.disposition, Accepted | Duplicate | Redelivered(_)))
}

fn name(outcome: &Outcome<'_>) -> String {
    let Some(read) = outcome.read else { return Shown(outcome.path).to_string() };
    match (read.event, read.unknown.as_deref()) {
        (Some(event), _) => format!("{} {event}", read.family),
        (None, Some(name)) => format!("{} {} (unknown)", read.family, Shown(name)),
        (None, None) => format!("{} (no event named)", read.family),
    }
}

fn signed(outcome: &Outcome<'_>) -> String {
    match (outcome.signature, outcome.refusal) {
        (_, Some(refusal)) => refusal.to_string(),
        (Some(found), _) => format!("signed ok (key {}, {})", found.key, found.url_variant()),
        (None, None) if outcome.read.is_some() => "not checked".to_owned(),
        (None, None) => "-".to_owned(),
    }
}

fn trouble(outcome: &Outcome<'_>) -> Option<String> {
    let malformed = outcome.read.and_then(|read| read.malformed);
    match (outcome.failure, outcome.store_error) {
        (Some(failure), _) => Some(failure.to_string()),
        (None, Some(error)) => Some(error.to_string()),
        (None, None) => malformed.map(|reason| format!("malformed: {reason}")),
    }
}
