//! `switchhook inbox export`

use switchhook::inbox::State;

use super::{
    record,
    select::{Selection, progress},
};
use crate::{
    exit::Exit,
    jsonl::say_object,
    progress::beside,
    store::{InboxArgs, failed},
};

/// Write deliveries with everything, one JSON object on a line, the oldest first
///
/// Each has what `ls --jsonl` tells, the request line, the headers as pairs and the body as
/// base64: `switchhook decode --jsonl` reads it. CREDENTIALS AND SIGNATURES ARE IN IT, unless
/// --redact hides them (a body in which they cannot be told from the rest is null then); phone
/// numbers and messages are in it in any case.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    inbox: InboxArgs,

    /// Hide credentials, tokens and signatures, in bodies, too, as `show` does
    #[arg(long)]
    redact: bool,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let inbox = args.inbox.open().await?;
    let selected = args.selection.find(&*inbox, &State::ALL).await?;
    let bar = progress(selected.deliveries.len());
    for found in &selected.deliveries {
        // What was deleted meanwhile is not there.
        if let Some(record) = inbox.show(found.id).await.map_err(|e| failed(&e))? {
            let line = record::whole(&record, !args.redact);
            beside(&bar, || say_object(&line))?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(Exit::Ok)
}
