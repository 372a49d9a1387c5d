//! One dispatcher in servers that have no adapter of their own: each module is one server.
//!
//! What all of them do: they tell the dispatcher of the connection, give it the request, and
//! send what it answers. See the README beside this crate.

pub mod on_hyper;
pub mod on_lambda;
pub mod on_poem;
pub mod on_warp;

use std::env;

use anyhow::Context;
use switchhook::{
    Keys, PublicUrl, Verifier,
    dispatch::{Dispatcher, interactive, notify},
    twilio::{video::RoomEnded, voice::IncomingCall},
    twiml::{Say, voice},
};

/// The webhooks that each of the servers has.
///
/// # Errors
///
/// Without `TWILIO_AUTH_TOKEN` and `PUBLIC_URL`, such as `https://hooks.example.com`, in the
/// environment.
pub fn hooks() -> anyhow::Result<Dispatcher> {
    let token = env::var("TWILIO_AUTH_TOKEN").context("TWILIO_AUTH_TOKEN")?;
    let public = env::var("PUBLIC_URL").context("PUBLIC_URL")?;
    let verifier = Verifier::twilio(Keys::new(token)?, PublicUrl::origin(&public)?);
    Ok(Dispatcher::new(())
        .at("/voice/incoming", interactive(verifier.clone()).handle(greet))
        .at("/video", notify(verifier).on(|ended: RoomEnded| println!("{} ended", ended.room_sid))))
}

async fn greet(_: IncomingCall) -> voice::Response {
    voice::Response::new().with(Say::new("Hello from a small server."))
}

/// Where to listen: port 8000 of this machine, or `PORT`, of which 0 is any free one.
///
/// # Errors
///
/// For a `PORT` that is none.
pub fn address() -> anyhow::Result<std::net::SocketAddr> {
    let port: u16 = match env::var("PORT") {
        Ok(port) => port.parse().context("PORT")?,
        Err(_) => 8000,
    };
    Ok(([127, 0, 0, 1], port).into())
}
