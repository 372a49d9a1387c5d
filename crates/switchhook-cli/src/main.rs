//! The `switchhook` program. See `switchhook --help`.
//!
//! stdout is data, stderr is talk. Exit codes: 0 ok, 1 a check failed, 2 usage, 3 signature
//! mismatch, 4 unreachable.

#![allow(clippy::doc_markdown, rustdoc::bare_urls, reason = "help texts are no Markdown")]

mod asking;
mod client;
mod commands;
mod exit;
mod families;
mod forward;
mod host;
mod input;
mod inspector;
mod jsonl;
mod progress;
mod provider;
mod received;
mod secrets;
mod shown;
mod store;
mod when;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::exit::Exit;

/// Provider webhooks in a terminal: receive, send, decode, sign and verify them.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Listen(commands::listen::Args),
    Inbox(commands::inbox::Args),
    Trigger(commands::trigger::Args),
    Decode(commands::decode::Args),
    Encode(commands::encode::Args),
    Sign(commands::sign::Args),
    Verify(commands::verify::Args),
    Doctor(commands::doctor::Args),
    Twiml(commands::twiml::Args),
    Ws(commands::ws::Args),
    Swml(commands::swml::Args),
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Listen(args) => commands::listen::run(&args),
        Command::Inbox(args) => commands::inbox::run(&args),
        Command::Trigger(args) => commands::trigger::run(&args),
        Command::Decode(args) => commands::decode::run(&args),
        Command::Encode(args) => commands::encode::run(&args),
        Command::Sign(args) => commands::sign::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Doctor(args) => commands::doctor::run(&args),
        Command::Twiml(args) => commands::twiml::run(&args),
        Command::Ws(args) => commands::ws::run(&args),
        Command::Swml(args) => commands::swml::run(&args),
    };
    let exit = result.unwrap_or_else(|error| {
        let exit = Exit::of(&error);
        if exit != Exit::Ok {
            eprintln!("error: {error:#}");
        }
        exit
    });
    exit.into()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Args;

    #[test]
    fn the_readme_has_each_command() {
        let rows = include_str!("../README.md").lines().filter_map(|line| line.strip_prefix("| `"));
        let listed: Vec<_> = rows.filter_map(|row| Some(row.split_once("` | ")?.0)).collect();
        let program = Args::command();
        let there: Vec<_> = program.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(listed, there);
    }
}
