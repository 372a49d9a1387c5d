//! `switchhook trigger`

mod event;
mod payload;
mod request;
mod scenario;

use crate::{commands::pair, exit::Exit, secrets::KeyArgs};

/// Send a correctly signed event, or a whole lifecycle of them, as the provider would
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Family of the event, such as twilio.video
    #[arg(required_unless_present_any = ["name", "list"], conflicts_with_all = ["name", "list"])]
    family: Option<String>,

    /// Name of the event, such as room-ended
    #[arg(required_unless_present_any = ["name", "list"])]
    event: Option<String>,

    /// Where to send it; of a scenario, what goes before the path of each event
    #[arg(long, value_name = "URL", required_unless_present = "list")]
    to: Option<String>,

    /// URL to sign where it differs from --to: what the receiver believes to be its own
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// Set a parameter of the event, or of all events of a scenario that have it; an empty value
    /// blanks it
    #[arg(short, long = "data", value_name = "NAME=VALUE", value_parser = pair)]
    data: Vec<(String, String)>,

    /// Add a parameter that the event does not have, as a provider may tomorrow
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    extra: Vec<(String, String)>,

    /// Send the parameters in the query of a GET
    #[arg(long, conflicts_with = "name")]
    get: bool,

    #[command(flatten)]
    seal: SealArgs,

    #[command(flatten)]
    scenario: scenario::ScenarioArgs,
}

/// How requests are signed.
#[derive(clap::Args)]
struct SealArgs {
    /// Sign nothing, for routes that are guarded in another way
    #[arg(long)]
    unsigned: bool,

    /// Sign with a key that nobody has: the receiver has to answer 403
    #[arg(long, conflicts_with = "unsigned")]
    bad_signature: bool,

    #[command(flatten)]
    key: KeyArgs,
}

impl Args {
    /// Where to send, which clap asks for.
    fn to(&self) -> &str {
        self.to.as_deref().unwrap_or_default()
    }
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    if args.scenario.list {
        return scenario::list();
    }
    match &args.scenario.name {
        Some(name) => scenario::run(args, name),
        None => event::run(args),
    }
}
