//! A webhook in axum, as the documentation has it.

use axum::{Router, routing::post};
use switchhook::{
    Keys, PublicUrl, Verifier, axum::Webhook, twilio::voice::IncomingCall, twiml::voice,
};
use tokio::net::TcpListener;

use crate::replies::stream_reply;

#[tokio::main]
pub(crate) async fn serve(port: u16, token: &str) -> anyhow::Result<()> {
    let url = PublicUrl::origin("https://hooks.example.com")?;
    let verifier = Verifier::twilio(Keys::new(token)?, url);
    let app = Router::new().route("/twilio/voice", post(incoming)).with_state(verifier);
    Ok(axum::serve(TcpListener::bind(("127.0.0.1", port)).await?, app).await?)
}

async fn incoming(Webhook(call): Webhook<IncomingCall>) -> voice::Response {
    let (from, to) = (call.from.unwrap_or_default(), call.to.unwrap_or_default());
    stream_reply(&from, &to, call.call_sid.as_str())
}
