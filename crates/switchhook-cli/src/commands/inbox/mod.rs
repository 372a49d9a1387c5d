//! `switchhook inbox`

mod export;
mod list;
mod record;
mod remove;
mod replay;
mod select;
mod show;
mod stats;

use clap::Subcommand;

use crate::exit::Exit;

/// Look at kept deliveries, try them again, delete them
///
/// An inbox is a file or a database in which `switchhook listen --inbox`, or an application, keeps
/// deliveries until they are handled. A delivery is
///
///   pending   it waits for a worker
///   leased    a worker has it
///   retry     it failed, and waits for its next try
///   done      it was handled; kept so that a duplicate is known
///   dead      it failed for good: a dead letter, which waits for you
///
/// and is known by its id, ev_ and 32 hexadecimal digits, of which the first few do where no other
/// has the same.
///
///   # what has failed, and why
///   switchhook inbox dead
///   # one delivery as it came
///   switchhook inbox show ev_7f3c
///   # try dead letters again
///   switchhook inbox replay --event room-ended --confirm
///   # send one to an application now
///   switchhook inbox replay ev_7f3c --to http://127.0.0.1:3000
///   # take what came in the last two hours away
///   switchhook inbox export --since 2h > hooks.jsonl
///
/// The inbox is named by --inbox or by the variable SWITCHHOOK_INBOX.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Ls(list::Args),
    Dead(list::DeadArgs),
    Show(show::Args),
    Stats(stats::Args),
    Replay(replay::Args),
    Drop(remove::DropArgs),
    Vacuum(remove::VacuumArgs),
    Export(export::Args),
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.command {
            Command::Ls(args) => list::run(args).await,
            Command::Dead(args) => list::run_dead(args).await,
            Command::Show(args) => show::run(args).await,
            Command::Stats(args) => stats::run(args).await,
            Command::Replay(args) => replay::run(args).await,
            Command::Drop(args) => remove::run_drop(args).await,
            Command::Vacuum(args) => remove::run_vacuum(args).await,
            Command::Export(args) => export::run(args).await,
        }
    })
}
