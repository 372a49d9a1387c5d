//! Documents, sections and steps.

use super::{Lint, Scope, Spot, hints};
use crate::{
    Json, Object,
    grammar::{Kind, MethodInfo, StepSet, method},
    path::shown,
    steps::Step,
    walk,
};

impl Lint {
    pub(super) fn document(&mut self, spot: &Spot<'_>, root: &Json, set: Option<StepSet>) {
        let Json::Object(root) = root else {
            let message = "the document is not an object";
            return self.error(spot, "sections_missing", message, Some(hints::document()));
        };
        self.repeated(spot, root);
        for (name, value) in root.iter() {
            if self.is_full() {
                return;
            }
            let spot = spot.name(name);
            match (name, value) {
                ("sections", _) => {}
                ("version", Json::Text(version)) if version == "1.0.0" => {}
                ("version", _) => {
                    let instead = Some("\"version\": \"1.0.0\"".to_owned());
                    self.error(&spot, "version_invalid", "the version is not \"1.0.0\"", instead);
                }
                _ => {
                    let message = format!("a document has no `{}`", shown(name));
                    self.error(&spot, "element_undefined", message, Some(hints::top_level(name)));
                }
            }
        }
        let spot = spot.name("sections");
        match root.get("sections") {
            None => {
                self.error(&spot, "sections_missing", "no sections", Some(hints::document()));
            }
            Some(Json::Object(sections)) => self.sections(&spot, sections, set),
            Some(_) => {
                self.wrong(&spot, "an object", "element_wrong_type", Some(hints::document()));
            }
        }
    }

    fn sections(&mut self, spot: &Spot<'_>, sections: &Object, set: Option<StepSet>) {
        self.repeated(spot, sections);
        if !sections.contains("main") {
            let instead = Some("\"main\": [...]".to_owned());
            self.error(spot, "main_section_missing", "no section `main`", instead);
        }
        let set = set.unwrap_or_else(|| guess(sections));
        let mut names: Vec<_> = sections.iter().map(|(name, _)| name.to_owned()).collect();
        names.sort_unstable();
        let outer = std::mem::replace(&mut self.scope, Scope { sections: names, labels: vec![] });
        for (name, steps) in sections.iter() {
            let spot = spot.name(name);
            self.labels(&spot, steps);
            match steps {
                Json::List(list) if list.is_empty() => {
                    let instead = Some("at least one step".to_owned());
                    self.warn(&spot, "a section without steps", instead);
                }
                Json::List(list) => {
                    if set == StepSet::Messaging {
                        self.message_limits(&spot, list);
                    }
                    self.steps(&spot, list, set);
                }
                _ => self.wrong(&spot, "a list of steps", "element_wrong_type", None),
            }
        }
        self.scope = outer;
    }

    pub(super) fn steps(&mut self, spot: &Spot<'_>, steps: &[Json], set: StepSet) {
        let outer = std::mem::replace(&mut self.messages, set == StepSet::Messaging);
        let mut ended = false;
        for (at, json) in steps.iter().enumerate() {
            if self.is_full() {
                break;
            }
            let spot = spot.at(at);
            let step = Step::of(json);
            // A `goto` reaches what comes after a label.
            ended &= step.name() != Some("label");
            if ended {
                self.note(&spot, "nothing reaches this step", None);
            }
            ended |= self.step(&spot, json, set).is_some_and(MethodInfo::ends_section);
        }
        self.messages = outer;
    }

    fn step(&mut self, spot: &Spot<'_>, json: &Json, set: StepSet) -> Option<&'static MethodInfo> {
        let Json::Object(step) = json else {
            let instead = hints::bare_step(set, json);
            self.wrong(spot, "a step: an object with one method", "element_wrong_type", instead);
            return None;
        };
        let mut entries = step.iter();
        let Some((name, argument)) = entries.next() else {
            self.error(spot, "method_missing_name", "a step without a method", None);
            return None;
        };
        // `on_success` and such beside a method; a second method is one too many as well.
        let known = method(set, name);
        for (beside, _) in entries {
            let message = if beside == name {
                "a method that is repeated".to_owned()
            } else {
                format!("a step has one method, and `{}` stands beside it", shown(beside))
            };
            let instead = Some(hints::beside(set, name, beside));
            self.error(&spot.name(beside), "element_undefined", message, instead);
        }
        let spot = spot.name(name);
        if let Some(info) = known {
            self.argument(&spot, info, argument, set);
        } else {
            self.stranger(&spot, name, argument, set);
        }
        known
    }

    fn argument(&mut self, spot: &Spot<'_>, info: &MethodInfo, argument: &Json, set: StepSet) {
        self.value(spot, info.argument, argument, hints::argument(info, argument));
        if info.name == "cond" {
            self.branches(spot, argument);
        }
        if info.name == "sleep" {
            self.sleep(spot, argument);
        }
        if info.name == "connect" {
            self.queue(spot, argument);
        }
        if info.name == "switch" && argument.get("default").is_none() {
            let message = if set == StepSet::Messaging {
                "a value of no case stops the script"
            } else {
                "a value of no case ends the call with an error"
            };
            self.note(spot, message, Some("\"default\": [...]".to_owned()));
        }
    }

    /// A method that the set does not have.
    fn stranger(&mut self, spot: &Spot<'_>, name: &str, argument: &Json, set: StepSet) {
        let elsewhere = walk::any_method(set, name);
        let message = match (set, elsewhere) {
            (StepSet::Confirming, Some(_)) => format!("`{name}` may not stand in `confirm`"),
            (StepSet::Messaging, Some(_)) => {
                format!("`{name}` is a method of calls, not of messages")
            }
            (_, Some(_)) => format!("`{name}` is a method of messages, not of calls"),
            (_, None) => format!("there is no method `{}`", shown(name)),
        };
        let instead = hints::stranger(set, name);
        self.error(spot, "method_undefined", message, instead);
        // What it takes may still be right in itself.
        if let Some(info) = elsewhere {
            self.value(spot, info.argument, argument, None);
        }
    }

    fn branches(&mut self, spot: &Spot<'_>, argument: &Json) {
        let branches = argument.as_list().unwrap_or_default();
        for (at, branch) in branches.iter().enumerate() {
            let bare_else = branch.get("else").is_some() && branch.get("when").is_none();
            if bare_else && at + 1 < branches.len() {
                let message = "branches after the one without a condition never run";
                self.warn(&spot.at(at), message, Some("this branch last".to_owned()));
            }
        }
    }

    /// The bare form of `sleep` has the range of its object.
    fn sleep(&mut self, spot: &Spot<'_>, argument: &Json) {
        let Kind::Either([object, ..]) = <crate::Sleep as crate::Field>::KIND else { return };
        let duration = object.object().and_then(|info| info.field("duration"));
        if let (Some(duration), Json::Number(_)) = (duration, argument) {
            self.rules(spot, duration, argument);
        }
    }

    fn queue(&mut self, spot: &Spot<'_>, argument: &Json) {
        let to_queue =
            argument.get("to").and_then(Json::as_str).is_some_and(|to| to.starts_with("queue:"));
        if to_queue && argument.get("transfer_after_bridge").is_none() {
            let message = "a `queue:` destination needs `transfer_after_bridge`";
            self.warn(spot, message, Some("\"transfer_after_bridge\": URL".to_owned()));
        }
    }

    /// Names that stand twice in an object.
    pub(super) fn repeated(&mut self, spot: &Spot<'_>, object: &Object) {
        let mut names: Vec<_> = object.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        for pair in names.windows(2).filter(|pair| pair[0] == pair[1]) {
            self.repeats += 1;
            if self.is_full() {
                return;
            }
            let message = format!("`{}` stands here more than once", shown(pair[0]));
            self.add(
                &spot.name(pair[0]),
                "element_duplicated",
                super::Severity::Warning,
                message,
                None,
            );
        }
    }
}

/// Whose methods the steps have most of.
fn guess(sections: &Object) -> StepSet {
    let (mut calling, mut messaging) = (0, 0);
    for (_, section) in sections.iter() {
        walk::section_steps(section, &mut |step| {
            let has = |set| step.name().is_some_and(|name| method(set, name).is_some());
            match (has(StepSet::Calling), has(StepSet::Messaging)) {
                (true, false) => calling += 1,
                (false, true) => messaging += 1,
                _ => {}
            }
        });
    }
    if messaging > calling { StepSet::Messaging } else { StepSet::Calling }
}
