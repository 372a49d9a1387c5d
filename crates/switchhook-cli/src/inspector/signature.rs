//! The tab about the signature: what was signed, what was tried, what to change.

use serde_json::{Value, json};
use switchhook::doctor::{Diagnosis, Matched, Part, SignedText};

use super::{
    doctor::{self, Examined, argument},
    exchange::Exchange,
    privacy::Privacy,
    summary::verdict,
};

/// What is known of an exchange's signature.
pub(crate) fn signature(
    exchange: &Exchange,
    privacy: Privacy,
    examined: Option<&Examined>,
) -> Value {
    let told = &exchange.told;
    let found = told.signature.as_ref();
    let advice = found.map_or(&[][..], |found| &found.findings);
    let advice: Vec<_> =
        advice.iter().map(|f| json!({ "code": f.code(), "advice": f.advice() })).collect();
    json!({
        "verdict": verdict(exchange),
        "refusal": told.refusal.map(|refusal| refusal.to_string()),
        "proof": found.map(|found| json!({
            "key": found.key,
            "algorithm": found.algorithm.as_str(),
            "coverage": found.coverage.code(),
            "url": found.url_variant().to_string(),
            "advice": advice,
        })),
        "diagnosis": examined.map(|examined| shown(&examined.diagnosis, exchange, privacy)),
    })
}

fn shown(diagnosis: &Diagnosis, exchange: &Exchange, privacy: Privacy) -> Value {
    let step = |step: &switchhook::doctor::Step| {
        json!({
            "stage": step.stage.as_str(),
            "texts": step.texts,
            "macs": step.macs,
            "cut_short": step.cut_short,
        })
    };
    json!({
        "cause": diagnosis.cause().as_str(),
        "causes": diagnosis.causes().iter().map(|cause| cause.as_str()).collect::<Vec<_>>(),
        "advice": doctor::advice(diagnosis.cause()),
        "argument": argument(diagnosis, &exchange.request),
        "setting": diagnosis.setting(),
        "matched": diagnosis.matched().map(|matched| matching(matched, privacy)),
        "received": diagnosis.received().map(|text| pieces(text, privacy)),
        "steps": diagnosis.steps().iter().map(step).collect::<Vec<_>>(),
        "macs": diagnosis.macs(),
    })
}

fn matching(matched: &Matched, privacy: Privacy) -> Value {
    json!({
        "url": privacy.target(matched.url()),
        "source": matched.source(),
        "key": matched.key_label(),
        "algorithm": matched.algorithm().as_str(),
        "taken": matched.taken().as_str(),
        "header": matched.header(),
        "text": pieces(matched.signed_text(), privacy),
    })
}

/// The pieces of a signed text: joined they are the text, where nothing is hidden.
fn pieces(text: &SignedText, privacy: Privacy) -> Value {
    let mut name = String::new();
    let mut pieces = Vec::new();
    for segment in text.segments() {
        let bytes = String::from_utf8_lossy(segment.bytes);
        let shown = match segment.part {
            Part::Url => privacy.target(&bytes),
            Part::Value => privacy.text(&name, &bytes),
            Part::Name => {
                name = bytes.clone().into_owned();
                bytes.into_owned()
            }
            // JSON is hidden as a whole: its spelling is what counts here.
            _ => privacy.text("", &bytes),
        };
        pieces.push(json!({ "part": segment.part.as_str(), "text": shown }));
    }
    pieces.into()
}
