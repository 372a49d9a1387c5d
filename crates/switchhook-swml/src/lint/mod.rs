//! What the platform would object to.

use std::{fmt, ops::Deref};

use serde_core::{Serialize, Serializer, ser::SerializeStruct};
use switchhook_core::Severity;

use crate::{Json, grammar::StepSet};

mod document;
mod fields;
mod hints;
mod messages;
mod references;
mod values;

/// Enough for anyone, and a bound for documents made of faults.
const MAX_DIAGNOSTICS: usize = 200;

/// Documents in texts in documents: nobody goes deeper.
const MAX_EMBEDDED: usize = 4;

/// One thing that the platform would object to.
///
/// Says where, and names methods and fields, but shows no values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The platform's code, where it has one for this: `method_undefined` and such, in its
    /// logs with `relay_script_` in front.
    pub code: Option<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    /// Where, like `/sections/main/0/play/url`. A name that may be private is `?`.
    pub path: String,
    /// What is wrong, for people.
    pub message: String,
    /// What to write instead, where that is known.
    pub instead: Option<String>,
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Diagnostic", 5)?;
        fields.serialize_field("code", &self.code)?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("path", &self.path)?;
        fields.serialize_field("message", &self.message)?;
        fields.serialize_field("instead", &self.instead)?;
        fields.end()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.severity, self.path, self.message)?;
        match &self.instead {
            Some(instead) => write!(f, "; write {instead}"),
            None => Ok(()),
        }
    }
}

/// What the linter found, in document order: up to 200 notes and 200 of the others. Where there
/// are more of those, the last one is an error that says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Diagnostic>);

impl Findings {
    /// Fails when there is a warning or worse.
    ///
    /// # Errors
    ///
    /// All findings. Notes alone are no error.
    pub fn into_result(self) -> Result<(), Self> {
        if self.worst() >= Some(Severity::Warning) { Err(self) } else { Ok(()) }
    }

    /// The worst severity that there is.
    pub fn worst(&self) -> Option<Severity> {
        self.0.iter().map(|found| found.severity).max()
    }

    /// Those that the platform refuses.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter().filter(|found| found.severity == Severity::Error)
    }
}

impl Serialize for Findings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Deref for Findings {
    type Target = [Diagnostic];

    fn deref(&self) -> &[Diagnostic] {
        &self.0
    }
}

impl IntoIterator for Findings {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, found) in self.0.iter().enumerate() {
            write!(f, "{}{found}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}

/// A field of a known method that is not of its form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where, like `/sections/main/0/play/url`.
    pub path: String,
    /// What was expected, for people.
    pub expected: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not {}", self.path, self.expected)
    }
}

pub(crate) fn lint(root: &Json, set: Option<StepSet>) -> Findings {
    let mut lint = Lint::default();
    lint.document(&Spot::ROOT, root, set);
    if lint.is_full() {
        // What was not looked at may be anything: a caller must not take it for good.
        let message = "too much to tell: the rest was not looked at".to_owned();
        let (code, severity, path) = (None, Severity::Error, String::new());
        lint.found.push(Diagnostic { code, severity, path, message, instead: None });
    }
    Findings(lint.found)
}

pub(crate) fn problems(root: &Json) -> Vec<Problem> {
    let mut lint = Lint { only_problems: true, ..Lint::default() };
    lint.document(&Spot::ROOT, root, None);
    if lint.is_full() {
        let expected = "looked at to its end: there is too much".to_owned();
        lint.problems.push(Problem { path: String::new(), expected });
    }
    lint.problems
}

#[derive(Default)]
struct Lint {
    found: Vec<Diagnostic>,
    problems: Vec<Problem>,
    /// How many of the findings are notes.
    notes: usize,
    /// Findings are left alone.
    only_problems: bool,
    /// Names that stand twice in an object: what makes looking at its fields slow.
    repeats: usize,
    scope: Scope,
    /// The steps are those of a message, whose variables are spelled another way.
    messages: bool,
    /// How many texts the document stands in.
    embedded: usize,
}

/// What the steps of a section can refer to, sorted.
#[derive(Default)]
struct Scope {
    sections: Vec<String>,
    labels: Vec<String>,
}

/// A place in a document, with the way to it.
#[derive(Clone, Copy)]
struct Spot<'s> {
    above: Option<&'s Spot<'s>>,
    step: Way<'s>,
}

#[derive(Clone, Copy)]
enum Way<'s> {
    Root,
    Name(&'s str),
    At(usize),
}

impl<'s> Spot<'s> {
    const ROOT: Spot<'static> = Spot { above: None, step: Way::Root };

    fn name(&'s self, name: &'s str) -> Spot<'s> {
        Spot { above: Some(self), step: Way::Name(name) }
    }

    fn at(&'s self, at: usize) -> Spot<'s> {
        Spot { above: Some(self), step: Way::At(at) }
    }

    fn path(&self) -> String {
        let mut path = self.above.map(Spot::path).unwrap_or_default();
        match self.step {
            Way::Root => {}
            Way::Name(name) => {
                path.push('/');
                path.push_str(crate::path::shown(name));
            }
            Way::At(at) => {
                path.push('/');
                path.push_str(&at.to_string());
            }
        }
        path
    }
}

impl Lint {
    fn add(
        &mut self,
        spot: &Spot<'_>,
        code: impl Into<Option<&'static str>>,
        severity: Severity,
        message: impl Into<String>,
        instead: Option<String>,
    ) {
        if self.is_full() || self.only_problems {
            return;
        }
        // Notes do not take the place of what is worse.
        if severity == Severity::Note {
            if self.notes == MAX_DIAGNOSTICS {
                return;
            }
            self.notes += 1;
        }
        let (code, message) = (code.into(), message.into());
        self.found.push(Diagnostic { code, severity, path: spot.path(), message, instead });
    }

    fn is_full(&self) -> bool {
        let grave = self.found.len() - self.notes;
        grave.max(self.problems.len()).max(self.repeats) >= MAX_DIAGNOSTICS
    }

    fn error(
        &mut self,
        spot: &Spot<'_>,
        code: &'static str,
        message: impl Into<String>,
        instead: Option<String>,
    ) {
        self.add(spot, code, Severity::Error, message, instead);
    }

    fn warn(&mut self, spot: &Spot<'_>, message: impl Into<String>, instead: Option<String>) {
        self.add(spot, None, Severity::Warning, message, instead);
    }

    fn note(&mut self, spot: &Spot<'_>, message: impl Into<String>, instead: Option<String>) {
        self.add(spot, None, Severity::Note, message, instead);
    }
}
