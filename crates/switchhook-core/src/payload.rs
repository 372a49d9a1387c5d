use std::{fmt, sync::Arc};

use bytes::Bytes;

use crate::{Json, Params};

/// What a delivery carries, decoded once and shared by all who look at it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Payload {
    /// The parameters of a form body or of the query of a GET.
    Params(Arc<Params>),
    /// A JSON body.
    Json(Json),
    /// Any other body, as received.
    Other(Bytes),
}

impl Payload {
    /// The parameters, where the payload has some.
    pub fn params(&self) -> Option<&Params> {
        match self {
            Self::Params(params) => Some(params),
            Self::Json(_) | Self::Other(_) => None,
        }
    }

    /// The parameters, shared rather than copied.
    pub fn shared_params(&self) -> Option<Arc<Params>> {
        match self {
            Self::Params(params) => Some(Arc::clone(params)),
            Self::Json(_) | Self::Other(_) => None,
        }
    }

    /// The bytes of a body that is not a form; empty for parameters.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Params(_) => &[],
            Self::Json(json) => json.as_str().as_bytes(),
            Self::Other(body) => body,
        }
    }

    /// The JSON value, where the payload is one.
    pub fn json(&self) -> Option<&Json> {
        match self {
            Self::Json(json) => Some(json),
            Self::Params(_) | Self::Other(_) => None,
        }
    }
}

impl From<Json> for Payload {
    fn from(json: Json) -> Self {
        Self::Json(json)
    }
}

impl From<Params> for Payload {
    fn from(params: Params) -> Self {
        Self::Params(Arc::new(params))
    }
}

/// Shows the kind and the size, never the content.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Params(params) => params.fmt(f),
            Self::Json(json) => json.fmt(f),
            Self::Other(body) => write!(f, "Other({} bytes)", body.len()),
        }
    }
}
