//! The requests of all parties, made of the fixtures.

use anyhow::{Context, ensure};
use bytes::Bytes;
use http::Method;
use serde_json::Value;
use switchhook::{Key, SIGNATURE_HEADER, Signer};

use crate::requests::{Case, Requests, Webhook};

/// The content type that Twilio sends.
pub(crate) const CONTENT_TYPE: &str = "application/x-www-form-urlencoded; charset=UTF-8";

/// Signed by switchhook's signer, which agrees with the signature that came with a fixture.
pub(crate) fn requests() -> anyhow::Result<Requests> {
    let mut lines = include_str!("../../../voice-body.txt").lines();
    let mut line = || lines.next().context("the fixture has three lines");
    let call_status = webhook(line()?, line()?, line()?)?;
    let vectors: Value = serde_json::from_str(include_str!(
        "../../../../crates/switchhook-signature/tests/fixtures/twilio-signature-vectors.json"
    ))?;
    let mut vectors = vectors["vectors"].as_array().context("vectors")?.iter();
    let inbound = vectors.find(|vector| vector["id"] == "a01-voice-inbound");
    let inbound = inbound.context("the call that comes in")?;
    let text = |name: &str| inbound[name].as_str().context("a text");
    let incoming_call = webhook(text("url")?, text("auth_token")?, text("body")?)?;
    ensure!(incoming_call.cases[0].signature == text("signature")?, "signed differently");
    Ok(Requests { incoming_call, call_status })
}

fn webhook(url: &str, key: &str, body: &str) -> anyhow::Result<Webhook> {
    let genuine = Case { body: body.into(), signature: signature(url, key, body)? };
    let other_key = signature(url, "another auth token", body)?;
    let other_body = body.replace("inbound", "outbound-api");
    ensure!(other_body != body, "nothing was changed");
    let cases = vec![
        genuine.clone(),
        Case { signature: other_key, ..genuine.clone() },
        Case { body: other_body, ..genuine.clone() },
        Case { signature: String::from("bm90IGEgc2lnbmF0dXJl"), ..genuine },
    ];
    Ok(Webhook { url: url.into(), key: key.into(), cases })
}

fn signature(url: &str, key: &str, body: &str) -> anyhow::Result<String> {
    let signer = Signer::twilio(Key::new(key)?);
    let body = Bytes::from(body.to_owned());
    let signed = signer.sign(&Method::POST, url, Some(CONTENT_TYPE), &body)?;
    let signature = signed.headers.get(SIGNATURE_HEADER).context("a signature")?;
    Ok(signature.to_str()?.into())
}
