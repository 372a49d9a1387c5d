//! Signature checks.

use std::hint::black_box;

use bytes::Bytes;
use http::request::{Parts, Request};
use serde_json::Value;
use switchhook::{Keys, PublicUrl, SIGNATURE_HEADER, Verifier};

use crate::{
    made::CONTENT_TYPE,
    operations::Operation,
    requests::{Case, Webhook},
};

/// From head and raw body to verified parameters.
pub(crate) fn verifying(webhook: &Webhook) -> anyhow::Result<Operation> {
    let url = PublicUrl::origin("https://hooks.example.com")?;
    let verifier = Verifier::twilio(Keys::new(webhook.key.as_str())?, url);
    let requests = webhook
        .cases
        .iter()
        .map(|case| Ok((head(webhook, case)?, Bytes::from(case.body.clone()))))
        .collect::<Result<Vec<_>, http::Error>>()?;
    let verdicts: Value =
        requests.iter().map(|(head, body)| verifier.verify(head, body).is_ok()).collect();
    let run = move || {
        let (head, body) = black_box(&requests[0]);
        let verified = verifier.verify(head, body);
        let params = verified.as_ref().ok().and_then(|delivery| delivery.params());
        assert!(black_box(params).is_some(), "a valid signature was refused");
    };
    Ok(Operation::Here(verdicts, Box::new(run)))
}

/// The head as a server hands it over.
fn head(webhook: &Webhook, case: &Case) -> http::Result<Parts> {
    let request = Request::post(webhook.target())
        .header("host", "hooks.example.com")
        .header("content-type", CONTENT_TYPE)
        .header("user-agent", "TwilioProxy/1.1")
        .header(SIGNATURE_HEADER, &case.signature)
        .body(())?;
    Ok(request.into_parts().0)
}
