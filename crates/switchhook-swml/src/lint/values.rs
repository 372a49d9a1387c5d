//! Values against their form.

use super::{Lint, Problem, Spot, hints};
use crate::{
    Json, Object,
    grammar::{Age, FieldInfo, Group, Kind, ObjectInfo, Presence},
    path::shown,
    value::is_variable,
};

impl Lint {
    /// Reports a value of another form: to the linter, and as a problem of reading.
    pub(super) fn wrong(
        &mut self,
        spot: &Spot<'_>,
        expected: impl Into<String>,
        code: &'static str,
        instead: Option<String>,
    ) {
        let expected = expected.into();
        if !self.only_problems {
            self.error(spot, code, format!("not {expected}"), instead);
        } else if !self.is_full() {
            self.problems.push(Problem { path: spot.path(), expected });
        }
    }

    pub(super) fn value(
        &mut self,
        spot: &Spot<'_>,
        kind: Kind,
        json: &Json,
        instead: Option<String>,
    ) {
        if self.is_full() {
            return;
        }
        if !kind.fits(json) {
            let instead = instead.or_else(|| hints::value(&kind, json));
            return self.wrong(spot, kind.to_string(), "element_wrong_type", instead);
        }
        match (kind, json) {
            (Kind::Either(kinds), json) => {
                if let Some(kind) = kinds.iter().find(|kind| kind.fits(json)) {
                    self.value(spot, *kind, json, None);
                }
            }
            (Kind::List(kind), Json::List(list)) => {
                for (at, entry) in list.iter().enumerate() {
                    self.value(&spot.at(at), *kind, entry, None);
                }
            }
            (Kind::Map(kind), Json::Object(object)) => {
                self.repeated(spot, object);
                for (name, value) in object.iter() {
                    self.value(&spot.name(name), *kind, value, None);
                }
            }
            (Kind::Object(info), Json::Object(object)) => self.object(spot, info(), object),
            (Kind::Steps(set), Json::List(steps)) => self.steps(spot, steps, set),
            (Kind::Document, json) => self.document(spot, json, None),
            (Kind::Any, Json::List(list)) if self.messages => {
                for (at, entry) in list.iter().enumerate() {
                    self.value(&spot.at(at), Kind::Any, entry, None);
                }
            }
            (Kind::Any, Json::Object(object)) if self.messages => {
                for (name, value) in object.iter() {
                    self.value(&spot.name(name), Kind::Any, value, None);
                }
            }
            (_, Json::Text(text)) if self.messages => self.variables_of_calls(spot, text),
            (Kind::Variable, Json::Text(text)) if !is_variable(text) => {
                let message = "more than one reference: what they make together is not checked";
                self.note(spot, message, None);
            }
            _ => {}
        }
    }

    fn object(&mut self, spot: &Spot<'_>, info: &'static ObjectInfo, object: &Object) {
        self.repeated(spot, object);
        for (name, value) in object.iter() {
            // Each look at a field goes through the object: this bounds how many there are.
            if self.is_full() {
                return;
            }
            let at = spot.name(name);
            match (info.field(name), info.others()) {
                (Some(field), _) => self.field(&at, info, field, object, value),
                (None, Some(kind)) => self.value(&at, kind, value, None),
                (None, None) => self.unknown_field(&at, info, name),
            }
        }
        for field in info.fields() {
            if object.contains(field.name) {
                continue;
            }
            let message = format!("`{}` is missing", field.name);
            let instead = Some(hints::example(field));
            match field.rules.presence {
                Presence::Free => {}
                Presence::Expected => self.warn(spot, message, instead),
                Presence::Required => {
                    self.error(spot, "method_parameter_missing", message, instead);
                }
            }
        }
        self.groups(spot, info, object);
    }

    fn field(
        &mut self,
        spot: &Spot<'_>,
        info: &ObjectInfo,
        field: &'static FieldInfo,
        object: &Object,
        value: &Json,
    ) {
        let name = field.name;
        self.value(spot, field.kind, value, hints::field(field, value));
        self.rules(spot, field, value);
        if let Some(other) = field.rules.only_with
            && !object.contains(other)
        {
            let message = format!("`{name}` goes with `{other}` only");
            if field.rules.advised {
                self.warn(spot, message, None);
            } else {
                self.error(spot, "method_parameter_conflict", message, None);
            }
        }
        let by_type = info.rules.by_type;
        if by_type.iter().any(|(_, fields)| fields.contains(&name))
            && let Some(kind) = object.get("type").and_then(Json::as_str)
            && let Some((kind, fields)) = by_type.iter().find(|(of, _)| *of == kind)
            && !fields.contains(&name)
        {
            let message = format!("a value of type `{kind}` has no `{name}`");
            self.error(spot, "method_parameter_undefined", message, None);
        }
        match field.rules.age {
            Age::Current => {}
            Age::Deprecated => self.note(spot, format!("`{name}` is deprecated"), None),
            Age::Older => {
                self.warn(spot, format!("the newest pages do not have `{name}` any more"), None);
            }
            Age::Unlisted => {
                let message = format!("`{name}` is in no schema of the provider");
                self.warn(spot, message, None);
            }
        }
    }

    fn unknown_field(&mut self, spot: &Spot<'_>, info: &ObjectInfo, name: &str) {
        let message = format!("there is no field `{}` here", shown(name));
        let instead = hints::unknown_field(info, name);
        if info.rules.lenient {
            self.warn(spot, message, instead);
        } else {
            self.error(spot, "method_parameter_undefined", message, instead);
        }
    }

    fn groups(&mut self, spot: &Spot<'_>, info: &ObjectInfo, object: &Object) {
        let mut least = Vec::new();
        for group in info.groups() {
            let (Group::One(fields) | Group::Some(fields) | Group::Most(fields)) = group;
            let there: Vec<_> = fields.iter().filter(|field| object.contains(field)).collect();
            let shown =
                fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ");
            if there.is_empty() && !matches!(group, Group::Most(_)) {
                least.push(shown);
            } else if let ([_, second, ..], Group::One(_) | Group::Most(_)) = (&*there, group) {
                let message = format!("only one of {shown} may be here");
                self.error(&spot.name(second), "method_parameter_conflict", message, None);
                break;
            }
        }
        for shown in least {
            let message = format!("one of {shown} is missing");
            self.error(spot, "method_parameter_missing", message, None);
        }
    }
}
