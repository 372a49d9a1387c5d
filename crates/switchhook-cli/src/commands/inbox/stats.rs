//! `switchhook inbox stats`

use serde_json::{Map, Value};
use switchhook::inbox::State;

use crate::{
    commands::say,
    exit::Exit,
    jsonl::say_object,
    store::{InboxArgs, failed},
    when::{ago, utc, utc_exactly},
};

/// Tell how many deliveries there are in each state, and since when the oldest waits
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    inbox: InboxArgs,

    /// Print a JSON object instead of text
    #[arg(long)]
    jsonl: bool,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let inbox = args.inbox.open().await?;
    let stats = inbox.stats().await.map_err(|e| failed(&e))?;
    if args.jsonl {
        let mut members = Map::new();
        for state in State::ALL {
            members.insert(state.as_str().into(), stats.count(state).into());
        }
        members.insert("total".into(), stats.total().into());
        members.insert("oldest_waiting".into(), stats.oldest_waiting.map(utc_exactly).into());
        members.insert("replies".into(), stats.replies.into());
        members.insert("bytes".into(), stats.bytes.map_or(Value::Null, Value::from));
        say_object(&members)?;
        return Ok(Exit::Ok);
    }
    for state in State::ALL {
        say(format_args!("{state:8} {}", stats.count(state)))?;
    }
    say(format_args!("{:8} {}", "total", stats.total()))?;
    say(format_args!("{:8} {}, kept for what is asked twice", "replies", stats.replies))?;
    if let Some(at) = stats.oldest_waiting {
        say(format_args!(
            "the oldest that is neither done nor dead came {} ({})",
            utc(at),
            ago(at)
        ))?;
    }
    if let Some(bytes) = stats.bytes {
        say(format_args!("{bytes} bytes"))?;
    }
    Ok(Exit::Ok)
}
