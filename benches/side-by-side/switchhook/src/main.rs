//! switchhook's side of the comparison with the providers' own libraries: `benches/README.md`.
//!
//! `requests` prints what all parties are asked, `operations FILE` answers and measures what is
//! asked on stdin, `serve PORT TOKEN` is a webhook in axum.

mod checks;
mod made;
#[path = "../../shared/operations.rs"]
mod operations;
mod replies;
#[path = "../../shared/requests.rs"]
mod requests;
mod server;

use std::{hint::black_box, io};

use anyhow::{bail, ensure};
use serde_json::json;

use crate::{
    operations::Operation,
    replies::{document, menu_reply, stream_reply},
    requests::Requests,
};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["requests"] => Ok(serde_json::to_writer(io::stdout(), &made::requests()?)?),
        ["operations", file] => {
            let requests = Requests::read(file)?;
            operations::answer(|name| operation(name, &requests))
        }
        ["serve", port, token] => server::serve(port.parse()?, token),
        _ => bail!("usage: switchhook-side-by-side requests | operations FILE | serve PORT TOKEN"),
    }
}

fn operation(name: &str, requests: &Requests) -> anyhow::Result<Operation> {
    Ok(match name {
        "versions" => {
            Operation::Here(json!({ "switchhook": env!("CARGO_PKG_VERSION") }), Box::new(|| {}))
        }
        // Nothing is checked that somebody else has parsed: both read the raw body.
        "check-26" | "parse-check-26" | "own-parse-check-26" => {
            checks::verifying(&requests.incoming_call)?
        }
        "check-33" | "parse-check-33" | "own-parse-check-33" => {
            checks::verifying(&requests.call_status)?
        }
        "twiml-stream" => {
            let sid = "CA00112233445566778899aabbccddeeff";
            let reply = || stream_reply(black_box("+15550001111"), "+15550002222", black_box(sid));
            reply().to_xml()?;
            writing(move || reply().to_xml().unwrap_or_default())
        }
        "twiml-20" => {
            menu_reply().to_xml()?;
            writing(|| menu_reply().to_xml().unwrap_or_default())
        }
        "swml-10" => {
            ensure!(document().all_steps().count() == 10, "another document");
            ensure!(document().lint().is_empty(), "{}", document().lint());
            writing(|| document().to_json())
        }
        _ => bail!("no operation {name}"),
    })
}

fn writing(reply: impl Fn() -> String + 'static) -> Operation {
    Operation::Here(reply().into(), Box::new(move || drop(black_box(reply()))))
}
