//! `switchhook inbox show`

use std::io::Write;

use bytes::Bytes;
use http::Request;
use serde_json::{Map, Value};
use switchhook::{Payload, inbox::Summary};

use super::{list::event, record, select::resolve};
use crate::{
    commands::say,
    exit::Exit,
    families::FAMILIES,
    jsonl::say_object,
    received::{self, payload},
    shown::{self, Shown},
    store::{InboxArgs, failed},
    when::{ago, utc_exactly},
};

/// Show one delivery: where it stands, its request, and what it is read as
///
/// Headers and parameters that let somebody in or prove something (Authorization, Cookie,
/// signatures, tokens) are hidden unless --reveal asks for them. What the sender wrote is shown,
/// phone numbers and messages included.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Id of the delivery, or its first digits
    id: String,

    #[command(flatten)]
    inbox: InboxArgs,

    /// Show credentials, tokens and signatures, too
    #[arg(long)]
    reveal: bool,

    /// Print a JSON object instead of text
    #[arg(long)]
    jsonl: bool,

    /// Write the body alone, byte for byte
    #[arg(long, conflicts_with_all = ["jsonl", "reveal"])]
    body: bool,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let inbox = args.inbox.open().await?;
    let id = resolve(&*inbox, &args.id).await?;
    let record = inbox.show(id).await.map_err(|e| failed(&e))?;
    let record = record.ok_or_else(|| anyhow::anyhow!("there is no delivery {}", args.id))?;
    if args.body {
        std::io::stdout().lock().write_all(record.request.body())?;
        return Ok(Exit::Ok);
    }
    let payload = payload(&record.request);
    let read = payload.as_ref().and_then(|payload| read(&record.summary, payload));
    if args.jsonl {
        let read = read.map(Value::from);
        let read = if args.reveal { read } else { read.as_ref().map(shown::json) };
        let mut members = record::whole(&record, args.reveal);
        members.insert("read".into(), read.into());
        say_object(&members)?;
        return Ok(Exit::Ok);
    }
    standing(&record.summary, read.as_ref())?;
    say("")?;
    request(&record.request, args.reveal)?;
    body(&record.request, payload.as_ref(), args.reveal)?;
    Ok(Exit::Ok)
}

/// What `decode` would say.
fn read(delivery: &Summary, payload: &Payload) -> Option<Map<String, Value>> {
    let family = FAMILIES.iter().find(|family| family.name == delivery.family)?;
    (family.describe)(payload, delivery.event.as_deref()).ok()
}

fn standing(delivery: &Summary, read: Option<&Map<String, Value>>) -> anyhow::Result<()> {
    let line = |name: &str, value: &str| say(format_args!("{name:9} {}", Shown(value)));
    let time = |at| format!("{} ({})", utc_exactly(at), ago(at));
    line("id", &delivery.id.to_string())?;
    line("state", &format!("{}, attempts: {}", delivery.state, delivery.attempts))?;
    if let Some(error) = &delivery.error {
        line("error", error)?;
    }
    line("received", &time(delivery.received_at))?;
    for (name, at) in [("due", delivery.due_at), ("settled", delivery.settled_at)] {
        if let Some(at) = at {
            line(name, &time(at))?;
        }
    }
    line("route", &delivery.route)?;
    say(format_args!("{:9} {}", "event", event(delivery)))?;
    line("subject", delivery.subject.as_deref().unwrap_or("-"))?;
    let Some(read) = read else { return Ok(()) };
    if read["known"] == false {
        line("read as", "an event that is not in the tables")?;
    }
    if let Some(why) = read["malformed"].as_str() {
        line("malformed", why)?;
    }
    for problem in read["problems"].as_array().into_iter().flatten() {
        let text = |name: &str| problem[name].as_str().unwrap_or_default();
        line("problem", &format!("{} {}", text("param"), text("why")))?;
    }
    Ok(())
}

fn request(request: &Request<Bytes>, reveal: bool) -> anyhow::Result<()> {
    let target = shown::target(&received::target(request).to_string(), reveal);
    say(format_args!("{} {}", request.method(), Shown(&target)))?;
    for (name, value) in shown::headers(request.headers(), reveal) {
        say(format_args!("{name}: {}", Shown(&value)))?;
    }
    Ok(())
}

fn body(request: &Request<Bytes>, payload: Option<&Payload>, reveal: bool) -> anyhow::Result<()> {
    let body = request.body();
    if body.is_empty() {
        return Ok(());
    }
    say("")?;
    if let Some(params) = payload.and_then(Payload::params) {
        let params = if reveal { params.clone() } else { shown::params(params) };
        for (name, value) in &params.replace_invalid_text() {
            say(format_args!("{} = {}", Shown(name), Shown(value)))?;
        }
        return Ok(());
    }
    let length = body.len();
    let shown = if reveal { Some(body.clone()) } else { record::redacted(request) };
    match shown.as_deref().map(std::str::from_utf8) {
        Some(Ok(text)) => {
            for line in shown::lines(text) {
                say(line)?;
            }
        }
        Some(Err(_)) => {
            say(format_args!("({length} bytes that are no text: --body writes them)"))?;
        }
        None => {
            say(format_args!("({length} bytes that may hold a secret: --reveal shows them)"))?;
        }
    }
    Ok(())
}
