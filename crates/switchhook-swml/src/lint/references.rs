//! What steps refer to: labels, sections, embedded documents.

use super::{Lint, MAX_EMBEDDED, Spot, hints};
use crate::{Json, Limits, json, walk};

/// Whether a text is a document in YAML: one of its lines begins as a document's do.
fn is_yaml(text: &str) -> bool {
    const KEYS: &[&str] =
        &["sections", "version", "\"sections\"", "\"version\"", "'sections'", "'version'"];
    let begins = |line: &str| {
        let key = line.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
        key.is_some_and(|(key, _)| KEYS.contains(&key.trim()))
    };
    text.trim_start().starts_with("---") || text.lines().any(begins)
}

impl Lint {
    /// Learns the labels of a section. Steps inside cases and branches belong to it.
    pub(super) fn labels(&mut self, spot: &Spot<'_>, section: &Json) {
        let mut labels = Vec::new();
        walk::section_steps(section, &mut |step| {
            if let (Some("label"), Some(Json::Text(name))) = (step.name(), step.argument()) {
                labels.push(name.to_string());
            }
        });
        labels.sort_unstable();
        if labels.windows(2).any(|pair| pair[0] == pair[1]) {
            let instead = Some("a name of its own for each".to_owned());
            self.warn(spot, "a label that stands in the section twice", instead);
        }
        self.scope.labels = labels;
    }

    pub(super) fn label(&mut self, spot: &Spot<'_>, name: &str) {
        if self.only_problems
            || self.has_variable(name)
            || self.scope.labels.binary_search_by(|label| (**label).cmp(name)).is_ok()
        {
            return;
        }
        let instead = hints::nearest(name, self.scope.labels.iter().map(|label| &**label));
        let instead = instead.or(Some("{\"label\": NAME} in the same section".to_owned()));
        let code = "method_parameter_invalid_value";
        self.error(spot, code, "the section has no such label", instead);
    }

    pub(super) fn section(&mut self, spot: &Spot<'_>, name: &str) {
        if self.only_problems
            || self.has_variable(name)
            || self.scope.sections.binary_search_by(|section| (**section).cmp(name)).is_ok()
        {
            return;
        }
        let instead = hints::nearest(name, self.scope.sections.iter().map(|section| &**section));
        let instead = instead.or(Some("the name of a section of this document".to_owned()));
        // It may be a part of a document that is checked.
        self.warn(spot, "the document has no such section", instead);
    }

    /// A section, a URL, or a whole document as text.
    pub(super) fn destination(&mut self, spot: &Spot<'_>, text: &str, sections: bool) {
        if text.trim_start().starts_with('{') {
            return self.embedded(spot, text);
        }
        if hints::is_http(text) {
            return;
        }
        if is_yaml(text) {
            // Without the feature `yaml` nobody could look, and no check depends on a feature.
            let instead = Some("the same document as JSON".to_owned());
            return self.warn(
                spot,
                "a document in YAML: the provider's pages have JSON here; not checked",
                instead,
            );
        }
        if self.has_variable(text) {
            return;
        }
        if text.starts_with("relay:") {
            return self.warn(spot, "the platform does not go to `relay:` yet", None);
        }
        if sections {
            self.section(spot, text);
        } else {
            let instead = Some("a URL, or a document as text".to_owned());
            self.warn(spot, "neither a URL nor a document", instead);
        }
    }

    fn embedded(&mut self, spot: &Spot<'_>, text: &str) {
        if self.embedded >= MAX_EMBEDDED {
            return self.warn(spot, "documents are nested too deeply to be checked", None);
        }
        match json::parse(text.as_bytes(), &Limits::default()) {
            Ok(document) => {
                let outer = std::mem::take(&mut self.scope);
                self.embedded += 1;
                self.document(spot, &document, None);
                self.embedded -= 1;
                self.scope = outer;
            }
            // A text that a variable completes can be anything.
            Err(_) if self.has_variable(text) => {
                self.note(spot, "a document that only its variables complete: not checked", None);
            }
            Err(error) => {
                self.error(spot, "parse_error", format!("an embedded document: {error}"), None);
            }
        }
    }
}
