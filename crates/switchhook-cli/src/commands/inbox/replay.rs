//! `switchhook inbox replay`

use indicatif::ProgressBar;
use switchhook::inbox::{Inbox, State};

use super::select::{Selected, Selection, done, progress};
use crate::{
    client::Reach,
    commands::say,
    exit::{Exit, unreachable},
    forward::Target,
    progress::beside,
    store::{InboxArgs, failed},
};

/// Try deliveries again
///
/// Makes them pending, their attempts counted from the beginning: the worker of
/// `switchhook listen --inbox`, or of the application, takes them from there. What is pending or
/// leased is left alone.
///
/// With --to they are sent now, by this program, in the order of their arrival, byte for byte as
/// they came, and a line tells the answer to each; where they stand in the inbox stays as it is.
///
/// Without ids and without --state, dead letters are meant. Several deliveries that were not named
/// by their ids need --confirm; without it you are told how many it would be.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: Selection,

    #[command(flatten)]
    inbox: InboxArgs,

    /// Do it with more than one delivery
    #[arg(long)]
    confirm: bool,

    /// Send them to this application now. A URL that ends in its host or in a slash goes before
    /// the path of each delivery; another is where all go. Its host has to be this machine
    #[arg(long, value_name = "URL")]
    to: Option<String>,

    /// Let --to name another machine
    #[arg(long, requires = "to")]
    forward_anywhere: bool,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    args.selection.check()?;
    let reach = Reach::of(args.forward_anywhere);
    let target = args.to.as_deref().map(|url| Target::new(url, reach)).transpose()?;
    let inbox = args.inbox.open().await?;
    let selected = args.selection.find(&*inbox, &[State::Dead]).await?;
    let what = target.as_ref().map_or("replay", |_| "send");
    if !selected.is_confirmed(args.confirm, what) {
        return Ok(Exit::CheckFailed);
    }
    let bar = progress(selected.deliveries.len());
    match target {
        Some(target) => send(&*inbox, &selected, &target, &bar).await,
        None => replay(&*inbox, &selected, &bar).await,
    }
}

async fn replay(inbox: &dyn Inbox, selected: &Selected, bar: &ProgressBar) -> anyhow::Result<Exit> {
    let mut replayed = 0;
    for (filter, count) in selected.portions() {
        replayed += inbox.replay(&filter, count).await.map_err(|e| failed(&e))?;
        bar.inc(count as u64);
    }
    bar.finish_and_clear();
    let left = selected.deliveries.len() - replayed;
    if left > 0 {
        eprintln!("left alone: {left}, which are pending or leased, or have changed meanwhile");
    }
    done(replayed, "replayed")
}

/// Sends each; ends when the application does not answer at all.
async fn send(
    inbox: &dyn Inbox,
    selected: &Selected,
    target: &Target,
    bar: &ProgressBar,
) -> anyhow::Result<Exit> {
    let mut exit = Exit::Ok;
    for found in &selected.deliveries {
        let Some(record) = inbox.show(found.id).await.map_err(|e| failed(&e))? else {
            // Deleted meanwhile.
            continue;
        };
        let event = super::list::event(&record.summary);
        let line = match target.sent(record.request).await {
            Ok(answer) => {
                if !answer.status().is_success() {
                    exit = Exit::CheckFailed;
                }
                format!("{}  {}  {event}", found.id, answer.status().as_u16())
            }
            Err(why) => {
                bar.finish_and_clear();
                return Err(unreachable(format!("{}: {why}", found.id)));
            }
        };
        beside(bar, || say(line))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(exit)
}
