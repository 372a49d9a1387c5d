//! Signature checks by the crate `twilio`.

use std::{collections::BTreeMap, hint::black_box};

use hyper::{Body, Request};
use tokio::runtime::Builder;
use twilio::{Client, FromMap, TwilioError};

use crate::{
    operations::Operation,
    requests::{Case, Webhook},
};

/// All parameters of a request.
struct Params(BTreeMap<String, String>);

impl FromMap for Params {
    fn from_map(params: BTreeMap<String, String>) -> Result<Box<Self>, TwilioError> {
        Ok(Box::new(Self(params)))
    }
}

/// From head and raw body to verified parameters.
pub(crate) fn parsing(webhook: &Webhook) -> anyhow::Result<Operation> {
    let runtime = Builder::new_current_thread().build()?;
    let client = Client::new("AC00112233445566778899aabbccddeeff", &webhook.key);
    let (target, cases) = (webhook.target(), webhook.cases.clone());
    let verified = move |case: &Case| -> anyhow::Result<Params> {
        let request = request(&target, case)?;
        Ok(*runtime.block_on(client.parse_request::<Params>(request))?)
    };
    let verdicts: Vec<_> = cases.iter().map(|case| verified(case).is_ok()).collect();
    if !verdicts[0] {
        // The query of the URL is not in what it signs.
        return Ok(Operation::Missing(
            "the crate twilio refuses this webhook, whose URL has a query",
        ));
    }
    let run = move || {
        let params = verified(black_box(&cases[0])).map(|params| params.0.len());
        assert!(params.is_ok_and(|len| len > 0), "a valid signature was refused");
    };
    Ok(Operation::Here(verdicts.into(), Box::new(run)))
}

/// A request takes what is checked along, so each time one is made.
fn request(target: &str, case: &Case) -> http::Result<Request<Body>> {
    Request::post(target)
        .header("host", "hooks.example.com")
        .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
        .header("user-agent", "TwilioProxy/1.1")
        .header("x-twilio-signature", &case.signature)
        .body(Body::from(case.body.clone()))
}
