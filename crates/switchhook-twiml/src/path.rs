//! Paths into a document, as errors and diagnostics show them.

use crate::{Element, Node};

/// The first step.
pub(crate) fn root(element: &Element) -> String {
    format!("/{}", shown(element.tag()))
}

/// The step to a node of an element, counted among its namesakes where there are several.
pub(crate) fn step(parent: &Element, at: usize) -> String {
    let Some(Node::Element(child)) = parent.nodes().get(at) else { return "/?".to_owned() };
    let same = |nodes: &[Node]| {
        nodes.iter().filter_map(Node::as_element).filter(|e| e.tag() == child.tag()).count()
    };
    let before = same(&parent.nodes()[..at]);
    if before == 0 && same(parent.nodes()) == 1 {
        format!("/{}", shown(child.tag()))
    } else {
        format!("/{}[{}]", shown(child.tag()), before + 1)
    }
}

/// A name as a message may show it: one that came from outside may be anything.
pub(crate) fn shown(name: &str) -> &str {
    if name.len() <= 60 && crate::name::is_name(name) { name } else { "?" }
}
