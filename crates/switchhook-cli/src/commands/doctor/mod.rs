//! `switchhook doctor`

mod inbox;
mod keys;
mod online;
mod report;
mod way;

use std::time::Duration;

use switchhook::{Keys, PublicUrl};

use self::report::Report;
use crate::{exit::Exit, provider::Provider, secrets::KeyArgs, store::InboxArgs};

/// How long an answer over the network may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Check that webhooks can be received, before they come
///
/// It looks at the key, the public URL and the inbox, and sends signed events through a receiver of
/// its own on this machine. Nothing leaves the machine without --online. Each check says what to do
/// where it fails; the first failure decides the exit code.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Whose webhooks are to be received
    #[arg(long, value_enum, default_value_t)]
    provider: Provider,

    #[command(flatten)]
    key: KeyArgs,

    /// Public origin that the provider is given, such as https://hooks.example.com
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    #[command(flatten)]
    inbox: InboxArgs,

    /// Also send requests to the public URL: whether it answers, and what the clock says there
    #[arg(long, requires = "public_url")]
    online: bool,

    /// Port of this machine that the public URL leads to. A listener waits there for a request
    /// that is sent through the public URL, and tells what proxies made of it. Stop your own
    /// receiver before
    #[arg(long, value_name = "PORT", requires = "online", conflicts_with = "send_event")]
    through: Option<u16>,

    /// Send a signed sample event through the public URL to the receiver that runs there. It is
    /// taken for a genuine one
    #[arg(long, requires = "online")]
    send_event: bool,

    /// Answer with a JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let mut report = Report::default();
    let keys = keys::check(&mut report, &args.key, args.provider);
    let url = online::check_url(&mut report, args.public_url.as_deref());
    let origin = args.public_url.as_deref().filter(|_| url.is_some());
    let receiver = Receiver { provider: args.provider, keys, url, origin };
    let location = args.inbox.location()?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(inbox::check(&mut report, location));
    way::check(&mut report, &runtime, &receiver);
    if args.online {
        online::check(&mut report, &runtime, args, &receiver)?;
    } else {
        report.skipped("online", "nothing was sent over the network: --online does");
    }
    runtime.shutdown_background();
    report.finish(args.json)
}

/// How webhooks are to be received.
struct Receiver<'a> {
    provider: Provider,
    keys: Option<Keys>,
    /// The public URL, and the text that it was made of.
    url: Option<PublicUrl>,
    origin: Option<&'a str>,
}
