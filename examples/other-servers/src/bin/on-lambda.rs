//! The webhooks on AWS Lambda.

use lambda_http::{Error, service_fn};
use other_servers::{hooks, on_lambda};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let hooks = &hooks()?;
    lambda_http::run(service_fn(async |event| {
        Ok::<_, Error>(on_lambda::answer(hooks, event).await)
    }))
    .await
}
