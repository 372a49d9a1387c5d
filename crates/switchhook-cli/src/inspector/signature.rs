//! The tab about the signature: what was signed, what was tried, what to change.

use serde_json::{Value, json};

use super::{doctor::ListenDoctor, exchange::Exchange, summary::verdict};

/// What is known of an exchange's signature.
pub(crate) fn signature(exchange: &Exchange, revealed: bool, doctor: &ListenDoctor) -> Value {
    let _ = (revealed, doctor);
    let told = &exchange.told;
    let found = told.signature.as_ref();
    json!({
        "verdict": verdict(exchange),
        "refusal": told.refusal.map(|refusal| refusal.to_string()),
        "key": found.map(|found| found.key),
        "algorithm": found.map(|found| found.algorithm.as_str()),
        "coverage": found.map(|found| found.coverage.code()),
        "url_variant": found.map(|found| found.url_variant().to_string()),
        "advice": found.map(|found| found.findings.iter().map(|f| json!({"code": f.code(), "advice": f.advice()})).collect::<Vec<_>>()),
    })
}
