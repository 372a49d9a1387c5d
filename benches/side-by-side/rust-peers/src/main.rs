//! Other crates' side of the comparison: signature checks of `twilio`, TwiML of `twiml-rust`.

mod checks;
#[path = "../../shared/operations.rs"]
mod operations;
mod replies;
#[path = "../../shared/requests.rs"]
mod requests;

use std::hint::black_box;

use anyhow::{Context, bail};
use serde_json::json;

use crate::{
    operations::Operation,
    replies::{menu_reply, stream_reply},
    requests::Requests,
};

fn main() -> anyhow::Result<()> {
    let file = std::env::args().nth(1).context("usage: rust-peers FILE")?;
    let requests = Requests::read(&file)?;
    operations::answer(|name| operation(name, &requests))
}

fn operation(name: &str, requests: &Requests) -> anyhow::Result<Operation> {
    Ok(match name {
        "versions" => {
            Operation::Here(json!({ "twilio": "1.1.0", "twiml-rust": "0.1.0" }), Box::new(|| {}))
        }
        "check-26" | "check-33" | "own-parse-check-26" | "own-parse-check-33" => {
            Operation::Missing(
                "the crate twilio checks whole requests, as it does in parse + check",
            )
        }
        "parse-check-26" => checks::parsing(&requests.incoming_call)?,
        "parse-check-33" => checks::parsing(&requests.call_status)?,
        "twiml-stream" => {
            let sid = "CA00112233445566778899aabbccddeeff";
            writing(move || stream_reply(black_box("+15550001111"), "+15550002222", sid))
        }
        "twiml-20" => writing(menu_reply),
        "swml-10" => Operation::Missing("neither twilio nor twiml-rust writes SWML"),
        _ => bail!("no operation {name}"),
    })
}

fn writing(reply: impl Fn() -> String + 'static) -> Operation {
    Operation::Here(reply().into(), Box::new(move || drop(black_box(reply()))))
}
