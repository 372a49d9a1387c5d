//! Reading events from JSON, and writing them again.

use std::borrow::Cow;

use super::{EventData, EventInfo, Field, Problem, ProblemKind, Reason};
use crate::{
    FromJson, Json, JsonKind, JsonRef, JsonType, Member, Payload,
    json::{Edit, is_absent, quoted},
};

/// The name that a JSON value gives itself, for what no event of the family is. A name that the
/// family has is none of these: the forms that go by it are no JSON.
#[doc(hidden)]
pub fn stranger<F: super::Family>(name: JsonRef<'_>) -> Option<&str> {
    // A name with escapes is no name that anybody has.
    let Cow::Borrowed(name) = name.as_str()? else { return None };
    let known = F::events().any(|info| info.name == name || info.group == name);
    (!known && !name.is_empty()).then_some(name)
}

/// What an event keeps beside its fields.
#[doc(hidden)]
#[derive(Clone)]
pub struct ReceivedJson {
    pub info: &'static EventInfo,
    /// All that was received.
    pub json: Json,
    /// The event: the same, or what is in it.
    pub event: Json,
    pub problems: Vec<Problem>,
}

/// The row follows from the value.
impl PartialEq for ReceivedJson {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json && self.problems == other.problems
    }
}

/// Reads fields for the code that [`json_events!`](crate::json_events) writes.
#[doc(hidden)]
pub struct JsonReader<'a> {
    json: &'a Json,
    root: JsonRef<'a>,
    /// The object that the last field was in: those of one object follow each other.
    last: (&'static str, Option<JsonRef<'a>>),
    problems: Vec<Problem>,
}

impl<'a> JsonReader<'a> {
    /// # Errors
    ///
    /// [`Reason::NoObject`] for a payload that is no object.
    pub fn of(payload: &'a Payload, rpc: Option<&'static str>) -> Result<Self, Reason> {
        let json = payload.json().ok_or(Reason::NoObject)?;
        let root = json.without_rpc(rpc);
        if root.kind() != JsonKind::Object {
            return Err(Reason::NoObject);
        }
        Ok(Self { json, root, last: ("", Some(root)), problems: Vec::new() })
    }

    fn find(&mut self, path: &'static str) -> Option<JsonRef<'a>> {
        let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
        if self.last.0 != parent {
            let object = if parent.is_empty() { Some(self.root) } else { self.root.at(parent) };
            self.last = (parent, object);
        }
        self.last.1?.get(name).filter(|value| !is_absent(*value))
    }

    #[inline]
    pub fn optional<T: JsonType>(
        &mut self,
        path: &'static str,
        aliases: &'static [&'static str],
    ) -> Option<T> {
        let value = self.find(path).or_else(|| aliases.iter().find_map(|path| self.find(path)))?;
        let read = T::from_json(value);
        if read.is_none() {
            self.problems.push(Problem { param: path, kind: unreadable::<T>(value) });
        } else {
            T::check(value, path, &mut self.problems);
        }
        read
    }

    /// # Errors
    ///
    /// [`Reason`] for a subject that is missing or cannot be read.
    #[inline]
    pub fn subject<T: JsonType>(&mut self, path: &'static str) -> Result<T, Reason> {
        let value = self.find(path).ok_or(Reason::SubjectMissing { param: path })?;
        T::from_json(value).ok_or_else(|| match unreadable::<T>(value) {
            ProblemKind::NotText => Reason::SubjectNotText { param: path },
            _ => Reason::SubjectUnreadable { param: path, expected: T::KIND.expected() },
        })
    }

    pub fn finish(mut self, info: &'static EventInfo) -> ReceivedJson {
        if self.json.has_repeats() {
            find_repeats(self.root, "", info, &mut self.problems);
        }
        let (json, event) = (self.json.clone(), self.root.to_json());
        ReceivedJson { info, json, event, problems: self.problems }
    }
}

fn unreadable<T: FromJson>(value: JsonRef<'_>) -> ProblemKind {
    if value.kind() == JsonKind::Text && value.as_str().is_none() {
        return ProblemKind::NotText;
    }
    ProblemKind::Unreadable { expected: T::KIND.expected() }
}

/// Notes every name that comes twice in one object: those of fields by the field, those
/// inside of a field's value by the field around them.
fn find_repeats(
    object: JsonRef<'_>,
    path: &str,
    info: &'static EventInfo,
    problems: &mut Vec<Problem>,
) {
    for (name, value, repeated) in object.members().with_repeats() {
        let path = join(path, &name);
        let field = path.as_deref().and_then(|path| info.field(path));
        let param = field.map_or("the body", |field| field.wire);
        if repeated {
            // Of a field the first repeat tells; to look for each would take as long as there
            // are repeats times members.
            let told = |param| problems.iter().any(|problem| problem.param == param);
            let kind = match field {
                None => ProblemKind::RepeatedMember,
                Some(field) if told(field.wire) => continue,
                Some(_) if object.get(&name).is_some_and(|first| first == value) => {
                    ProblemKind::Repeated
                }
                Some(_) => ProblemKind::Conflicting,
            };
            note(problems, Problem { param, kind });
        }
        match path.filter(|path| field.is_none() && is_on_the_way(info, path)) {
            Some(path) => find_repeats(value, &path, info, problems),
            None if repeats_inside(value) => {
                note(problems, Problem { param, kind: ProblemKind::RepeatedMember });
            }
            None => {}
        }
    }
}

fn repeats_inside(value: JsonRef<'_>) -> bool {
    value.members().with_repeats().any(|(_, value, repeat)| repeat || repeats_inside(value))
        || value.items().any(repeats_inside)
}

fn note(problems: &mut Vec<Problem>, problem: Problem) {
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}

/// Whether fields are below this path.
fn is_on_the_way(info: &EventInfo, path: &str) -> bool {
    let below = |name: &str| name.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    info.discriminator.is_some_and(below)
        || info
            .fields
            .iter()
            .any(|field| below(field.wire) || field.aliases.iter().any(|alias| below(alias)))
}

/// The path of a member, for looking it up; `None` for a name that has a dot itself and would
/// pass for a path.
fn join(path: &str, name: &str) -> Option<String> {
    (!name.contains('.')).then(|| shown(path, name))
}

/// The path of a member, for showing it.
fn shown(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The members that an event's model does not name: the path of each, the topmost of what is
/// not known, and the value. A name that has a dot itself stands in its path as it came.
#[derive(Clone, Debug)]
pub struct JsonExtra<'a> {
    found: std::vec::IntoIter<(String, JsonRef<'a>)>,
}

impl<'a> JsonExtra<'a> {
    /// For the events' own `extra`.
    #[doc(hidden)]
    pub fn new(info: &'static EventInfo, json: &'a Json) -> Self {
        let mut found = Vec::new();
        unknown_below(json.as_ref(), "", info, &mut found);
        Self { found: found.into_iter() }
    }
}

impl<'a> Iterator for JsonExtra<'a> {
    type Item = (String, JsonRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.found.next()
    }
}

fn unknown_below<'a>(
    object: JsonRef<'a>,
    path: &str,
    info: &'static EventInfo,
    found: &mut Vec<(String, JsonRef<'a>)>,
) {
    for (name, value) in object.members().counting() {
        let Some(path) = join(path, &name) else {
            found.push((shown(path, &name), value));
            continue;
        };
        if let Some(field) = info.field(&path) {
            unknown_members(value, &path, field.members, found);
        } else if info.discriminator == Some(&path) {
        } else if is_on_the_way(info, &path)
            && matches!(value.kind(), JsonKind::Object | JsonKind::Null)
        {
            unknown_below(value, &path, info, found);
        } else {
            found.push((path, value));
        }
    }
}

/// What is not known inside of a field's value. Below a value of any shape nothing is unknown.
fn unknown_members<'a>(
    value: JsonRef<'a>,
    path: &str,
    members: &'static [Member],
    found: &mut Vec<(String, JsonRef<'a>)>,
) {
    if members.is_empty() {
        return;
    }
    for (at, item) in value.items().enumerate() {
        unknown_members(item, &format!("{path}[{at}]"), members, found);
    }
    for (name, value) in value.members().counting() {
        let path = shown(path, &name);
        match members.iter().find(|member| member.name == name) {
            Some(member) => unknown_members(value, &path, member.members, found),
            None => found.push((path, value)),
        }
    }
}

#[doc(hidden)]
pub fn json_extra_names(
    info: &'static EventInfo,
    json: &Json,
) -> Vec<std::borrow::Cow<'static, str>> {
    JsonExtra::new(info, json).map(|(path, _)| path.into()).collect()
}

/// Writes the fields into the value that was received. A member whose field still has the
/// value that it was read as stays to the letter; a changed one gets the new value, as a text
/// where it was one; a field set since is appended to its object.
#[doc(hidden)]
pub fn to_json(event: &dyn EventData, received: &ReceivedJson) -> Json {
    let info = event.info();
    let root = received.event.as_ref();
    // Changes of what a JSON-RPC request holds are changes of the request.
    let is_whole = received.event == received.json;
    let edit = |path: &'static str, text| {
        let path = if is_whole { path.into() } else { format!("params.{path}").into() };
        Edit { path, text }
    };
    let mut edits: Vec<Edit<'_>> = Vec::new();
    if let Some(name) = info.discriminator.filter(|name| root.at(name).is_none()) {
        // The name of a type is no event's name.
        if info.listed {
            edits.push(edit(name, Some(quoted(info.name))));
        }
    }
    event.visit(&mut |field, value| {
        let (path, old) = place(root, field);
        let was = old.and_then(field.rewrite);
        let is = value.map(|value| value.to_string());
        if was != is {
            let is_text = old.is_some_and(|old| old.kind() == JsonKind::Text);
            let text = value.zip(is).map(|(value, text)| match value {
                crate::WireValue::Json(_) => text,
                _ if value.as_str().is_some() || is_text => quoted(&text),
                _ => text,
            });
            edits.push(edit(path, text));
        }
    });
    received.json.with(&edits)
}

/// The path that a field was read from, and what is there.
fn place<'a>(root: JsonRef<'a>, field: &'static Field) -> (&'static str, Option<JsonRef<'a>>) {
    let paths = std::iter::once(field.wire).chain(field.aliases.iter().copied());
    let mut there = paths.filter_map(|path| Some((path, root.at(path)?)));
    let found = there.clone().find(|(_, value)| !is_absent(*value)).or_else(|| there.next());
    found.map_or((field.wire, None), |(path, value)| (path, Some(value)))
}

#[cfg(test)]
mod tests;
