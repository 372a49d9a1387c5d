//! Writing a value anew with some members changed, the rest as it came.

use std::borrow::Cow;

use super::{Json, JsonKind, JsonRef, quoted, write_text};
use crate::Limits;

/// A member to be written anew.
pub(crate) struct Edit<'a> {
    /// The names on the way to it, with dots between them.
    pub(crate) path: Cow<'a, str>,
    /// Its new JSON text; `None` takes it away.
    pub(crate) text: Option<String>,
}

impl Edit<'_> {
    /// What is no JSON, such as the `NaN` of a float, or would be nested deeper than any reader
    /// goes, becomes a text. So a form writes it, and it costs the other changes nothing.
    fn to_text(&self) -> Option<Cow<'_, str>> {
        let text = self.text.as_deref()?;
        let around = if is_too_deep(&self.path) { 1 } else { self.path.split('.').count() };
        let json_depth = Limits::DEEPEST.saturating_sub(around);
        let limits = Limits { json_depth, ..Limits::NONE };
        Some(match Json::parse_within(text.as_bytes(), &limits) {
            Ok(_) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(quoted(text)),
        })
    }
}

impl Json {
    /// The value with these members changed: in their places where they are there, else at
    /// the end of their object. Of a repeated name all are changed.
    pub(crate) fn with(&self, edits: &[Edit<'_>]) -> Self {
        if edits.is_empty() {
            return self.clone();
        }
        let texts: Vec<_> = edits.iter().map(|edit| (&*edit.path, edit.to_text())).collect();
        let changes: Vec<_> = texts.iter().map(|(path, text)| (*path, text.as_deref())).collect();
        let mut text = String::with_capacity(self.as_str().len() + 32);
        write_object(&mut text, Some(self.as_ref()), &changes);
        // What was bounded once stays bounded; what the caller has set is the caller's. What
        // could still fail is a text of 4 GiB.
        Self::parse_within(text.as_bytes(), &Limits::NONE).unwrap_or_else(|_| self.clone())
    }
}

type Change<'a> = (&'a str, Option<&'a str>);

fn write_object(out: &mut String, old: Option<JsonRef<'_>>, edits: &[Change<'_>]) {
    let old = old.filter(|old| old.kind() == JsonKind::Object);
    let mut written: Vec<&str> = Vec::new();
    out.push('{');
    let start = out.len();
    for (name, value) in old.into_iter().flat_map(|old| old.members().spelled()) {
        let text = name.as_str().unwrap_or_default();
        let mine = below(edits, &text);
        match &mine[..] {
            [] => {
                separate(out, start);
                out.push_str(name.raw());
                out.push(':');
                out.push_str(value.raw());
            }
            [("", None), ..] => {}
            _ => {
                separate(out, start);
                out.push_str(name.raw());
                out.push(':');
                write_value(out, Some(value), &mine);
            }
        }
        written.extend(edits.iter().map(|edit| head(edit.0)).find(|head| *head == text));
    }
    for (path, _) in edits {
        let name = head(path);
        if written.contains(&name) {
            continue;
        }
        written.push(name);
        let mine = below(edits, name);
        if mine.iter().any(|(_, text)| text.is_some()) {
            separate(out, start);
            write_text(out, name);
            out.push(':');
            write_value(out, None, &mine);
        }
    }
    out.push('}');
}

fn write_value(out: &mut String, old: Option<JsonRef<'_>>, edits: &[Change<'_>]) {
    match edits.iter().find(|edit| edit.0.is_empty()) {
        Some((_, text)) => out.push_str(text.unwrap_or("null")),
        None => write_object(out, old, edits),
    }
}

/// The changes of the member `name`, with the rests of their paths.
fn below<'a>(edits: &[Change<'a>], name: &str) -> Vec<Change<'a>> {
    edits.iter().filter_map(|(path, text)| Some((after(path, name)?, *text))).collect()
}

/// The rest of a path whose first name is `name`: empty at its end. A name with a dot in it
/// begins no path.
pub(crate) fn after<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    let (first, rest) = split(path);
    (first == name).then_some(rest)
}

fn head(path: &str) -> &str {
    split(path).0
}

/// The first name of a path, and the rest. What is too deep is one name.
fn split(path: &str) -> (&str, &str) {
    if is_too_deep(path) { (path, "") } else { path.split_once('.').unwrap_or((path, "")) }
}

/// Whether it would be nested deeper than any reader goes.
fn is_too_deep(path: &str) -> bool {
    path.len() > Limits::DEEPEST && path.split('.').nth(Limits::DEEPEST).is_some()
}

fn separate(out: &mut String, start: usize) {
    if out.len() > start {
        out.push(',');
    }
}
