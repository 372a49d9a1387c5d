//! `switchhook inbox ls` and `switchhook inbox dead`

use switchhook::inbox::{Filter, State, Summary};

use super::{
    record,
    select::{Conditions, PORTION, States},
};
use crate::{
    commands::say,
    exit::Exit,
    jsonl::say_object,
    shown::Shown,
    store::{InboxArgs, failed},
    when::{ago, utc},
};

/// List deliveries, the newest first
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    states: States,

    #[command(flatten)]
    list: ListArgs,
}

/// List dead letters, the newest first, and why they failed
#[derive(clap::Args)]
pub(super) struct DeadArgs {
    #[command(flatten)]
    list: ListArgs,
}

#[derive(clap::Args)]
struct ListArgs {
    #[command(flatten)]
    inbox: InboxArgs,

    #[command(flatten)]
    conditions: Conditions,

    /// How many at most; 0 for all
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: usize,

    /// Only those before this number: the next page, as the last line of a page says
    #[arg(long, value_name = "NUMBER")]
    before: Option<u64>,

    /// Print JSON objects, one on a line, instead of a table
    #[arg(long)]
    jsonl: bool,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let filter = args.states.filter(args.list.conditions.filter()?);
    pages(&args.list, &filter, table).await
}

pub(super) async fn run_dead(args: &DeadArgs) -> anyhow::Result<Exit> {
    let filter = args.list.conditions.filter()?.state(State::Dead);
    pages(&args.list, &filter, letters).await
}

async fn pages(
    args: &ListArgs,
    filter: &Filter,
    print: fn(&[Summary], bool) -> anyhow::Result<()>,
) -> anyhow::Result<Exit> {
    let inbox = args.inbox.open().await?;
    let mut left = if args.limit == 0 { usize::MAX } else { args.limit };
    let mut before = args.before;
    let mut first = true;
    loop {
        // One more tells whether there is another page.
        let most = left.min(PORTION);
        let mut page = inbox.list(filter, before, most + 1).await.map_err(|e| failed(&e))?;
        let more = page.len() > most;
        page.truncate(most);
        if args.jsonl {
            for delivery in &page {
                say_object(&record::summary(delivery))?;
            }
        } else {
            print(&page, first)?;
        }
        first = false;
        left -= page.len();
        before = page.last().map(|last| last.number);
        match before {
            Some(number) if more && left == 0 => {
                eprintln!("there are more: --before {number}");
                return Ok(Exit::Ok);
            }
            Some(_) if more => {}
            _ => return Ok(Exit::Ok),
        }
    }
}

/// A line for each delivery, in columns; the first page has a head.
fn table(page: &[Summary], first: bool) -> anyhow::Result<()> {
    const HEAD: [&str; 7] = ["ID", "RECEIVED", "STATE", "TRIES", "EVENT", "SUBJECT", "ERROR"];
    let mut rows: Vec<[String; 7]> = page.iter().map(row).collect();
    if first {
        rows.insert(0, HEAD.map(str::to_owned));
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; 7] = std::array::from_fn(|column| width(column).unwrap_or_default());
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        say(cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

fn row(delivery: &Summary) -> [String; 7] {
    [
        short_id(delivery),
        utc(delivery.received_at),
        delivery.state.to_string(),
        delivery.attempts.to_string(),
        event(delivery),
        Shown(delivery.subject.as_deref().unwrap_or("-")).to_string(),
        // The beginning tells enough for a table.
        Shown(delivery.error.as_deref().unwrap_or_default()).to_string().chars().take(60).collect(),
    ]
}

/// A paragraph for each dead letter.
fn letters(page: &[Summary], _: bool) -> anyhow::Result<()> {
    for delivery in page {
        let subject = Shown(delivery.subject.as_deref().unwrap_or("-")).to_string();
        let died = delivery.settled_at.unwrap_or(delivery.received_at);
        say(format_args!("{}  {}  {subject}", short_id(delivery), event(delivery)))?;
        say(format_args!(
            "    dead since {} ({}), attempts: {}",
            utc(died),
            ago(died),
            delivery.attempts
        ))?;
        say(format_args!(
            "    {}",
            Shown(delivery.error.as_deref().unwrap_or("no reason is kept"))
        ))?;
    }
    Ok(())
}

/// As much of an id as tells it from others in most inboxes.
fn short_id(delivery: &Summary) -> String {
    delivery.id.to_string()[..11].to_owned()
}

/// Family and event.
pub(super) fn event(delivery: &Summary) -> String {
    let event = delivery.event.as_deref().unwrap_or("(no event named)");
    format!("{} {}", Shown(&delivery.family), Shown(event))
}
