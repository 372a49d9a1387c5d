//! Whole lifecycles of events.

mod call;
mod events;
mod order;
mod play;
mod reference;
mod report;
mod routes;
mod table;
mod values;

use std::time::Duration;

use self::{
    events::Events,
    play::{Manner, play},
    report::Signed,
    routes::{Routes, route},
    table::{scenario, scenarios},
};
use super::request::Sealer;
use crate::{commands::say, exit::Exit, when::pause};

/// Which lifecycle, and how.
#[derive(clap::Args)]
pub(super) struct ScenarioArgs {
    /// Send all events of a lifecycle, such as video-room: SIDs, numbers and times belong
    /// together, and are new ones each time. Where the TwiML of an answer leads on, as in ivr, the
    /// call goes on there
    #[arg(id = "name", long = "scenario", value_name = "NAME")]
    pub(super) name: Option<String>,

    /// List the scenarios
    #[arg(long, conflicts_with = "name")]
    pub(super) list: bool,

    /// Where the application takes a family, an event or a group of events, behind --to, such as
    /// /voice/incoming=twilio.voice:incoming-call; the paths of `switchhook listen` without it
    #[arg(long = "route", value_name = "PATH=FAMILY[:EVENT]", conflicts_with = "family")]
    routes: Vec<String>,

    /// How often the lifecycle happens, each time to another thing
    #[arg(long, value_name = "NUMBER", default_value_t = 1, conflicts_with = "family",
        value_parser = clap::value_parser!(u32).range(1..=10_000))]
    repeat: u32,

    /// Send what tells something late and in any order, across all repetitions. What asks
    /// something is asked in its order
    #[arg(long, conflicts_with = "family")]
    shuffle: bool,

    /// Wait between two requests, such as 200ms or 2s
    #[arg(long, value_name = "TIME", value_parser = pause, conflicts_with = "family")]
    delay: Option<Duration>,

    /// Send so many of a hundred requests twice, to the byte
    #[arg(long, value_name = "PERCENT", default_value_t = 0, conflicts_with = "family",
        value_parser = clap::value_parser!(u32).range(..=100))]
    duplicate: u32,

    /// Shuffle and duplicate as another time; the last line tells the number
    #[arg(long, value_name = "NUMBER", conflicts_with = "family")]
    seed: Option<u64>,
}

/// Lists the scenarios.
pub(super) fn list() -> anyhow::Result<Exit> {
    let longest = scenarios().iter().map(|scenario| scenario.name.len()).max().unwrap_or_default();
    for scenario in scenarios() {
        say(format_args!("{:longest$}  {}: {}", scenario.name, scenario.family, scenario.about))?;
    }
    Ok(Exit::Ok)
}

/// Plays the scenario of this name.
pub(super) fn run(args: &super::Args, name: &str) -> anyhow::Result<Exit> {
    let ScenarioArgs { repeat, shuffle, duplicate, .. } = args.scenario;
    let events = Events::new(scenario(name)?, args)?;
    let routes = args.scenario.routes.iter().map(|text| route(text));
    let routes = routes.collect::<anyhow::Result<_>>()?;
    let routes = Routes::new(args.to(), args.public_url.as_deref(), routes)?;
    let sealer = Sealer::new(&args.seal, events.family.provider)?;
    let manner = Manner {
        repeat,
        shuffle,
        percent: duplicate,
        delay: args.scenario.delay.unwrap_or_default(),
        seed: args.scenario.seed.unwrap_or_else(|| fastrand::u64(..=u64::from(u32::MAX))),
        signed: match &args.seal {
            seal if seal.bad_signature => Signed::Bad,
            seal if seal.unsigned => Signed::None,
            _ => Signed::Good,
        },
    };
    play(&events, &routes, &sealer, &manner)
}
