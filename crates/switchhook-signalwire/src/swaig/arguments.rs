//! What a model has written, as the caller's type.

use serde_core::de::DeserializeOwned;
use switchhook_core::{Json, JsonError, JsonKind, JsonRef};

use crate::{
    PostPrompt, PostPromptBedrock, SwaigFunction, SwaigFunctionBedrock, SwaigFunctionSidecar,
};

/// Reads what stands in one of the provider's shapes: `{parsed: [value], raw: text}`, the text
/// alone, the value itself. A model may write broken JSON; then `parsed` is empty, or is not
/// what was asked for, and the text is read instead.
fn read<T: DeserializeOwned>(written: JsonRef<'_>) -> Result<T, JsonError> {
    if written.kind() == JsonKind::Text {
        return read_text(written);
    }
    let parsed = written.get("parsed").and_then(|parsed| match parsed.kind() {
        JsonKind::List => parsed.items().next(),
        JsonKind::Object => Some(parsed),
        _ => None,
    });
    let raw = written.get("raw").filter(|raw| raw.kind() == JsonKind::Text);
    let wrapped = match (parsed, raw) {
        (Some(parsed), None) => parsed.to(),
        (Some(parsed), Some(raw)) => parsed.to().or_else(|error| read_text(raw).map_err(|_| error)),
        (None, Some(raw)) => read_text(raw),
        (None, None) => return written.to(),
    };
    // The caller's own type may have members of these names.
    let is_wrapper = written.members().all(|(name, _)| WRAPPER.contains(&&*name));
    if is_wrapper { wrapped.or_else(|error| written.to().map_err(|_| error)) } else { written.to() }
}

/// What stands around arguments.
const WRAPPER: [&str; 3] = ["parsed", "raw", "substituted"];

/// Reads JSON in a text, which models like to put between fences.
fn read_text<T: DeserializeOwned>(text: JsonRef<'_>) -> Result<T, JsonError> {
    let text = text.as_str().unwrap_or_default();
    let text = text.trim();
    let fenced = text.strip_prefix("```").and_then(|text| text.strip_suffix("```"));
    let text = fenced.map_or(text, |text| text.strip_prefix("json").unwrap_or(text));
    // No arguments at all are written as nothing.
    let text = if text.trim().is_empty() { "{}" } else { text };
    Json::parse(text.as_bytes())?.to()
}

macro_rules! arguments {
    ($($function:ident $($flat:ident)?),*) => {$(
        impl $function {
            /// What the function is called with, as the caller's type.
            ///
            /// Read from the first of `argument.parsed`; where that list is empty or does not
            /// fit, from the text that the model wrote, `argument.raw`.
            ///
            /// # Errors
            ///
            /// [`JsonError`] when neither is what the type wants. Answer with a text that says
            /// so: the model may try again.
            pub fn arguments<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
                let written = self.argument.as_ref();
                $( let written = written.or(self.$flat.as_ref()); )?
                match written {
                    Some(written) => read(written.as_ref()),
                    None => Json::parse(b"{}")?.to(),
                }
            }
        }
    )*};
}

arguments!(SwaigFunction arguments, SwaigFunctionBedrock, SwaigFunctionSidecar);

macro_rules! summary {
    ($($report:ident),*) => {$(
        impl $report {
            /// What the last prompt made of the conversation, as the caller's type.
            ///
            /// `post_prompt_data` has one of three shapes: `parsed` and `raw`, the value
            /// itself, or `raw` alone.
            ///
            /// # Errors
            ///
            /// [`JsonError`] when there is none, or none that fits.
            pub fn summary<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
                match &self.post_prompt_data {
                    Some(written) => read(written.as_ref()),
                    None => Json::default().to(),
                }
            }
        }
    )*};
}

summary!(PostPrompt, PostPromptBedrock);
