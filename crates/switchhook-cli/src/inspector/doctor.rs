//! Why a signature does not fit.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use switchhook::{Keys, Rejection};

use crate::provider::Provider;

/// What the doctor found, in words.
pub(crate) struct Finding {
    pub(crate) code: String,
    pub(crate) words: String,
}

/// The doctor of a listener.
pub(crate) struct ListenDoctor {}

impl ListenDoctor {
    pub(crate) fn new(_: Provider, _: Option<&Keys>, _: Option<&str>) -> Self {
        Self {}
    }

    pub(crate) fn examine(&self, _: Rejection, _: &Request<Bytes>) -> Option<Arc<Finding>> {
        None
    }
}
