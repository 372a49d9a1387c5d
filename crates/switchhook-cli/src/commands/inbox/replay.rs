//! `switchhook inbox replay`

use switchhook::inbox::{Filter, Inbox};

use super::select::{Changes, Selected, progress};
use crate::{
    client::Reach,
    commands::tell,
    exit::{Exit, unreachable},
    forward::Target,
    progress::beside,
    store::failed,
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
    changes: Changes,

    /// Send them to this application now. A URL that ends in its host or in a slash goes before
    /// the path of each delivery; another is where all go. Its host has to be this machine
    #[arg(long, value_name = "URL")]
    to: Option<String>,

    /// Let --to name another machine
    #[arg(long, requires = "to")]
    forward_anywhere: bool,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let reach = Reach::of(args.forward_anywhere);
    let target = args.to.as_deref().map(|url| Target::new(url, reach)).transpose()?;
    let what = target.as_ref().map_or("replay", |_| "send");
    let Some((inbox, selected)) = args.changes.find(what).await? else {
        return Ok(Exit::CheckFailed);
    };
    let Some(target) = target else {
        let replay = async |filter: &Filter, count| inbox.replay(filter, count).await;
        return selected.change("replayed", "are pending or leased,", replay).await;
    };
    send(&*inbox, &selected, &target).await
}

/// Sends each; ends when the application does not answer at all.
async fn send(inbox: &dyn Inbox, selected: &Selected, target: &Target) -> anyhow::Result<Exit> {
    let bar = progress(selected.deliveries.len());
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
        beside(&bar, || tell(line))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(exit)
}
