//! `switchhook inbox drop` and `switchhook inbox vacuum`

use std::time::{Duration, SystemTime};

use switchhook::inbox::{Filter, Inbox, Retention, State};

use super::select::{Changes, done, each};
use crate::{
    exit::Exit,
    store::{InboxArgs, failed},
    when::{age, rough},
};

/// Delete deliveries
///
/// A duplicate of a deleted delivery is a new one. What is leased is left alone.
///
/// Without ids and without --state, dead letters are meant. Several deliveries that were not named
/// by their ids need --confirm; without it you are told how many it would be.
#[derive(clap::Args)]
pub(super) struct DropArgs {
    #[command(flatten)]
    changes: Changes,
}

pub(super) async fn run_drop(args: &DropArgs) -> anyhow::Result<Exit> {
    let Some((inbox, selected)) = args.changes.find("delete").await? else {
        return Ok(Exit::CheckFailed);
    };
    selected
        .change("deleted", "are leased", async |filter, count| inbox.remove(filter, count).await)
        .await
}

/// Delete what need not be kept any longer, and give its room back
///
/// Workers do the first by themselves now and then. More than one delivery needs --confirm; without
/// it you are told how many it would be.
#[derive(clap::Args)]
pub(super) struct VacuumArgs {
    #[command(flatten)]
    inbox: InboxArgs,

    /// How long what was done is kept, so that a duplicate is known: such as 2h, 7d; a week unless
    /// told otherwise
    #[arg(long, value_name = "AGE", value_parser = age)]
    done_after: Option<Duration>,

    /// How long dead letters are kept; 90 days unless told otherwise
    #[arg(long, value_name = "AGE", value_parser = age)]
    dead_after: Option<Duration>,

    /// Do it with more than one delivery
    #[arg(long)]
    confirm: bool,
}

pub(super) async fn run_vacuum(args: &VacuumArgs) -> anyhow::Result<Exit> {
    let usual = Retention::default();
    let retention = Retention {
        done: args.done_after.unwrap_or(usual.done),
        dead: args.dead_after.unwrap_or(usual.dead),
    };
    let inbox = args.inbox.open().await?;
    let over = over(&*inbox, retention).await?;
    if over > 1 && !args.confirm {
        let (done, dead) = (rough(retention.done), rough(retention.dead));
        eprintln!(
            "would delete {over} deliveries, done for {done} or dead for {dead}; --confirm does it"
        );
        return Ok(Exit::CheckFailed);
    }
    let deleted = inbox.sweep(retention).await.map_err(|e| failed(&e))?;
    inbox.vacuum().await.map_err(|e| failed(&e))?;
    done(deleted, "deleted")
}

/// How many deliveries are over their retention.
async fn over(inbox: &dyn Inbox, retention: Retention) -> anyhow::Result<usize> {
    let mut count = 0;
    for (state, keep) in [(State::Done, retention.done), (State::Dead, retention.dead)] {
        let Some(limit) = SystemTime::now().checked_sub(keep) else { continue };
        // What ended before came before.
        let filter = Filter::new().state(state).until(limit);
        each(inbox, &filter, |delivery| {
            count += usize::from(delivery.settled_at.is_some_and(|at| at < limit));
        })
        .await?;
    }
    Ok(count)
}
