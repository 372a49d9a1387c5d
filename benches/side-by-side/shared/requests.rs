//! What all parties are asked to check: one file, which each of them reads.

use std::fs;

use serde::{Deserialize, Serialize};

/// The webhooks by name.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Requests {
    /// 26 parameters in 508 bytes.
    pub(crate) incoming_call: Webhook,
    /// 33 parameters in 828 bytes.
    pub(crate) call_status: Webhook,
}

/// A webhook of Twilio's, as it is sent and as forgers send it.
#[derive(Deserialize, Serialize)]
pub(crate) struct Webhook {
    pub(crate) url: String,
    pub(crate) key: String,
    /// The first is genuine, the others are not.
    pub(crate) cases: Vec<Case>,
}

/// A body and its signature.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Case {
    pub(crate) body: String,
    pub(crate) signature: String,
}

impl Requests {
    pub(crate) fn read(file: &str) -> anyhow::Result<Self> {
        Ok(serde_json::from_reader(fs::File::open(file)?)?)
    }
}

impl Webhook {
    /// Path and query, as a server gets them.
    pub(crate) fn target(&self) -> String {
        self.url.replacen("https://hooks.example.com", "", 1)
    }
}
