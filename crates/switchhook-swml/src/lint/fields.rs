//! The rules of fields: ranges, lengths, forms.

use std::collections::HashSet;

use super::{Lint, Spot, hints};
use crate::{
    Json,
    grammar::{FieldInfo, Form},
    value::stands_for_value,
};

/// How many characters of a condition the platform takes.
const MOST_OF_EXPRESSION: usize = 1024;

impl Lint {
    pub(super) fn rules(&mut self, spot: &Spot<'_>, field: &FieldInfo, value: &Json) {
        match value {
            Json::Number(number) => self.range(spot, field, number.as_f64()),
            // The most is one of entries.
            Json::Text(text) if !text.is_empty() => {}
            Json::Text(_) => self.length(spot, field, 0),
            Json::List(list) => self.length(spot, field, list.len()),
            Json::Object(object) => self.length(spot, field, object.len()),
            _ => {}
        }
        if let Some(form) = field.rules.form {
            self.form(spot, form, value);
        }
    }

    fn range(&mut self, spot: &Spot<'_>, field: &FieldInfo, number: f64) {
        let unit = field.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        let (min, max) = field.range();
        let low = min.is_some_and(|min| number < min);
        let high = max.is_some_and(|max| number > max);
        if !(low || high) || (field.rules.or_zero && number == 0.0) {
            return;
        }
        let range = match (min, max) {
            (Some(min), Some(max)) => format!("a number from {min} to {max}{unit}"),
            (Some(min), None) => format!("a number from {min}{unit} up"),
            (None, Some(max)) => format!("a number up to {max}{unit}"),
            (None, None) => return,
        };
        let zero = if field.rules.or_zero { ", or 0" } else { "" };
        let code = "method_parameter_invalid_value";
        self.error(spot, code, "out of range", Some(format!("{range}{zero}")));
    }

    fn length(&mut self, spot: &Spot<'_>, field: &FieldInfo, length: usize) {
        let code = "method_parameter_invalid_value";
        if length < field.rules.shortest {
            let message = if length == 0 { "empty" } else { "too short" };
            self.error(spot, code, message, Some(format!("{} at least", field.rules.shortest)));
        } else if length > field.rules.longest {
            self.error(spot, code, "too many", Some(format!("{} at most", field.rules.longest)));
        }
    }

    fn form(&mut self, spot: &Spot<'_>, form: Form, value: &Json) {
        match (form, value) {
            (Form::Uniform, Json::List(list)) => {
                let variables =
                    list.iter().filter(|entry| entry.as_str().is_some_and(stands_for_value));
                let variables = variables.count();
                if variables != 0 && variables != list.len() {
                    let message = "the provider's schema takes sounds or variables, not both";
                    let instead = Some("a step of its own for each".to_owned());
                    for (at, entry) in list.iter().enumerate() {
                        if entry.as_str().is_some_and(stands_for_value) {
                            self.warn(&spot.at(at), message, instead.clone());
                        }
                    }
                }
            }
            (Form::Unique, Json::List(list)) => {
                let mut seen = HashSet::new();
                for (at, entry) in list.iter().enumerate() {
                    if entry.as_str().is_some_and(|text| !seen.insert(text)) {
                        self.warn(&spot.at(at), "an entry that stands here twice", None);
                    }
                }
            }
            (_, Json::Text(text)) => self.text_form(spot, form, text),
            _ => {}
        }
    }

    fn text_form(&mut self, spot: &Spot<'_>, form: Form, text: &str) {
        let code = "method_parameter_invalid_value";
        match form {
            Form::Span if !self.has_variable(text) && !is_span(text) => {
                self.error(spot, code, "not a span of time", Some("like \"1h45m30s\"".to_owned()));
            }
            Form::StepName if text == "next" => {
                self.error(
                    spot,
                    code,
                    "`next` is a word of the platform",
                    Some("another name".to_owned()),
                );
            }
            Form::Http if !self.has_variable(text) && !hints::is_http(text) => {
                self.warn(spot, "not a http or https URL", None);
            }
            Form::Destination => self.destination(spot, text, true),
            Form::Remote => self.destination(spot, text, false),
            Form::Section => self.section(spot, text),
            Form::Label => self.label(spot, text),
            Form::Expression if text.chars().nth(MOST_OF_EXPRESSION).is_some() => {
                self.warn(spot, format!("longer than {MOST_OF_EXPRESSION} characters"), None);
            }
            _ => {}
        }
    }
}

/// Hours, minutes and seconds, in this order and each at most once.
fn is_span(text: &str) -> bool {
    let mut rest = text;
    for unit in ['h', 'm', 's'] {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0
            && let Some(after) = rest[digits..].strip_prefix(unit)
        {
            rest = after;
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_span;

    #[test]
    fn spans() {
        for span in ["", "1h", "1h45m30s", "45m", "30s", "1h30s"] {
            assert!(is_span(span), "{span}");
        }
        for other in ["1", "h", "30s1h", "1h1h", "1 h", "1.5h"] {
            assert!(!is_span(other), "{other}");
        }
    }
}
