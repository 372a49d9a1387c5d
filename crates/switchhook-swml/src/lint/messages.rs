//! What holds for messages alone, and the variables of both.

use super::{Lint, Spot};
use crate::{Json, Object, steps::Step};

/// How many steps, and how many requests among them, the platform makes for a message.
const MOST_STEPS: usize = 100;
const MOST_REQUESTS: usize = 10;

impl Lint {
    /// Whether a text holds a variable anywhere, so that what it will be is not known here.
    pub(super) fn has_variable(&self, text: &str) -> bool {
        text.contains("%{") || (!self.messages && text.contains("${"))
    }

    /// The spelling of calls in a message.
    pub(super) fn variables_of_calls(&mut self, spot: &Spot<'_>, text: &str) {
        if text.contains("${") {
            let instead = Some("%{...}".to_owned());
            self.warn(spot, "`${` is text in a message: its variables have another mark", instead);
        }
    }

    /// The document alone cannot tell what comes from other sections, so that this is about ways
    /// through one.
    pub(super) fn message_limits(&mut self, spot: &Spot<'_>, steps: &[Json]) {
        if most(steps, &|_| true) > MOST_STEPS {
            self.warn(spot, format!("more than {MOST_STEPS} steps for a message"), None);
        }
        if most(steps, &|step| step.name() == Some("request")) > MOST_REQUESTS {
            self.warn(spot, format!("more than {MOST_REQUESTS} requests for a message"), None);
        }
    }
}

/// How many such steps a way through these can meet at most: of a switch one branch is taken.
fn most(steps: &[Json], counts: &dyn Fn(Step<'_>) -> bool) -> usize {
    let inside = |step: Step<'_>| {
        let switch = step.argument().filter(|_| step.name() == Some("switch"))?.as_object()?;
        let cases = switch.get("case").and_then(Json::as_object);
        let cases = cases.into_iter().flat_map(Object::iter).map(|(_, steps)| steps);
        let branches = cases.chain(switch.get("default")).filter_map(Json::as_list);
        branches.map(|steps| most(steps, counts)).max()
    };
    let each = |json| {
        let step = Step::of(json);
        usize::from(counts(step)) + inside(step).unwrap_or(0)
    };
    steps.iter().map(each).sum()
}
