//! The way through all steps of a document.

use crate::{
    Json, Object,
    grammar::{Kind, MethodInfo, StepSet, method},
    steps::Step,
};

/// Calls `found` with each step of a document, at any depth, in document order.
pub(crate) fn steps<'a>(document: &'a Json, found: &mut dyn FnMut(Step<'a>)) {
    Walk { found, into_documents: true }.value(Kind::Document, document);
}

/// The same for one section, and not into documents inside.
pub(crate) fn section_steps<'a>(section: &'a Json, found: &mut dyn FnMut(Step<'a>)) {
    Walk { found, into_documents: false }.value(Kind::Steps(StepSet::Calling), section);
}

/// The method of that name in the set, or else in another.
pub(crate) fn any_method(set: StepSet, name: &str) -> Option<&'static MethodInfo> {
    let sets = [set, StepSet::Calling, StepSet::Messaging];
    sets.into_iter().find_map(|set| method(set, name))
}

struct Walk<'f, 'a> {
    found: &'f mut dyn FnMut(Step<'a>),
    into_documents: bool,
}

impl<'a> Walk<'_, 'a> {
    fn value(&mut self, kind: Kind, json: &'a Json) {
        match (kind, json) {
            (Kind::Either(kinds), json) => {
                if let Some(kind) = kinds.iter().find(|kind| kind.fits(json)) {
                    self.value(*kind, json);
                }
            }
            (Kind::List(kind), Json::List(list)) => {
                for entry in list {
                    self.value(*kind, entry);
                }
            }
            (Kind::Map(kind), Json::Object(object)) => {
                object.iter().for_each(|(_, value)| self.value(*kind, value));
            }
            (Kind::Object(info), Json::Object(object)) => {
                let info = info();
                for (name, value) in object.iter() {
                    let kind = info.field(name).map(|field| field.kind).or(info.others());
                    if let Some(kind) = kind {
                        self.value(kind, value);
                    }
                }
            }
            (Kind::Steps(set), Json::List(steps)) => {
                for json in steps {
                    let step = Step::of(json);
                    (self.found)(step);
                    let info = step.name().and_then(|name| any_method(set, name));
                    if let (Some(info), Some(argument)) = (info, step.argument()) {
                        self.value(info.argument, argument);
                    }
                }
            }
            (Kind::Document, json) if self.into_documents => {
                let sections = json.get("sections").and_then(Json::as_object);
                for (_, steps) in sections.into_iter().flat_map(Object::iter) {
                    self.value(Kind::Steps(StepSet::Calling), steps);
                }
            }
            _ => {}
        }
    }
}
