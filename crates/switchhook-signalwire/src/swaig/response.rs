use bytes::Bytes;
use http::{HeaderValue, Response, header::CONTENT_TYPE};
use serde::{Serialize, Serializer, ser::SerializeMap};
use switchhook_core::Json;

use super::Action;

/// The answer to a function of the AI.
///
/// It goes out with status 200 whatever has become of the function: what went wrong is said
/// in the text, so that the model hears it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionResponse {
    response: Option<String>,
    actions: Vec<Action>,
    post_process: Option<bool>,
}

impl FunctionResponse {
    /// An answer that tells the model this text.
    pub fn new(response: impl Into<String>) -> Self {
        Self { response: Some(response.into()), ..Self::default() }
    }

    /// An answer without a text.
    pub fn silent() -> Self {
        Self::default()
    }

    /// The same answer and one action more; they run in order.
    #[must_use]
    pub fn with(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }

    /// Lets the model talk once more before the actions run.
    #[must_use]
    pub fn post_process(mut self, first: bool) -> Self {
        self.post_process = Some(first);
        self
    }

    /// The answer as JSON.
    pub fn to_json(&self) -> Json {
        // Texts, truth values and JSON are all that there is to write.
        Json::of(self).unwrap_or_default()
    }

    /// The answer as HTTP sends it: 200, JSON.
    pub fn to_response(&self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from(self.to_json().to_string()));
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }
}

impl Serialize for FunctionResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(response) = &self.response {
            map.serialize_entry("response", response)?;
        }
        if !self.actions.is_empty() {
            map.serialize_entry("action", &self.actions)?;
        }
        if let Some(first) = self.post_process {
            map.serialize_entry("post_process", &first)?;
        }
        map.end()
    }
}

/// A text is an answer.
impl From<&str> for FunctionResponse {
    fn from(response: &str) -> Self {
        Self::new(response)
    }
}

/// A text is an answer.
impl From<String> for FunctionResponse {
    fn from(response: String) -> Self {
        Self::new(response)
    }
}
