//! The arguments of `listen`.

use std::net::IpAddr;

use switchhook::inbox::Backoff;

use crate::{
    client::Reach, commands::pair, families::Sent, forward::Target, provider::Provider,
    secrets::KeyArgs, store::InboxArgs,
};

/// Receive webhooks, verify them, and print a line for each
///
/// With --inbox a delivery is kept before it is answered, and one that comes twice is kept once.
/// With --forward-to it is sent on to an application, byte for byte: method, query, body, and all
/// headers but Host and those of the connection, so that the application can check the signature
/// itself.
///
/// With both, what only tells something (the end of a room, the status of a call) is answered 204
/// as soon as it is kept, and sent on until the application answers 2xx: again after a pause that
/// grows, and after the last try it is a dead letter (see `switchhook inbox`). What asks something
/// (what to do with a call, whether a message may pass) is sent on at once, and the provider gets
/// the application's answer; when it asks again it gets the same answer.
///
/// With --forward-to alone everything is sent on at once, and answered by the application. When
/// that does not answer, the provider gets 502.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8000)]
    pub(super) port: u16,

    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub(super) host: IpAddr,

    /// Public origin that the provider was given, such as https://hooks.example.com; without
    /// it, requests have to name this machine
    #[arg(long, value_name = "URL")]
    pub(super) public_url: Option<String>,

    /// Whose webhooks are taken, as one key checks those of one provider
    #[arg(long, value_enum, default_value_t)]
    pub(super) provider: Provider,

    #[command(flatten)]
    pub(super) key: KeyArgs,

    /// Environment variables with further keys, such as the next one of a rotation
    #[arg(long, value_name = "NAME")]
    pub(super) also_key_env: Vec<String>,

    /// Also accept what official libraries disagree about
    #[arg(long)]
    pub(super) compatible: bool,

    /// Believe every request, signed or not, but none of a page in a browser. Without --public-url
    /// requests have to name an address or localhost
    #[arg(long, conflicts_with_all = ["compatible", "also_key_env", "key_file"])]
    pub(super) trust_without_verification: bool,

    /// Also take the webhooks of a family at this path, such as
    /// /voice/incoming=twilio.voice, where the application has its own
    #[arg(long = "route", value_name = "PATH=FAMILY", value_parser = pair)]
    pub(super) routes: Vec<(String, String)>,

    #[command(flatten)]
    pub(super) inbox: InboxArgs,

    #[command(flatten)]
    pub(super) forward: ForwardArgs,

    #[command(flatten)]
    pub(super) ui: UiArgs,

    /// How often a kept delivery is tried before it is a dead letter
    #[arg(long, value_name = "NUMBER", default_value_t = Backoff::default().attempts,
        value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) attempts: u32,

    /// Print JSON objects instead of text
    #[arg(long)]
    pub(super) jsonl: bool,
}

/// The inspector.
#[derive(clap::Args)]
pub(super) struct UiArgs {
    /// Serve the inspector: a page that shows what is received, as it comes, and sends it again.
    /// On unless told otherwise where --host is this machine's own loopback; on another host this
    /// lets other machines look, who know the page's token
    #[arg(long, overrides_with = "no_ui")]
    ui: bool,

    /// Serve no inspector
    #[arg(long)]
    no_ui: bool,

    /// Port of the inspector, where it is not to share that of the webhooks; 0 takes a free one.
    /// With a tunnel to the webhooks' port, the inspector is out of its reach there
    #[arg(long, value_name = "PORT", conflicts_with = "no_ui")]
    pub(super) ui_port: Option<u16>,
}

impl UiArgs {
    /// Whether there is an inspector.
    pub(super) fn is_on(&self, host: IpAddr) -> bool {
        self.ui || !self.no_ui && (self.ui_port.is_some() || host.to_canonical().is_loopback())
    }
}

/// Where deliveries are sent on to.
#[derive(clap::Args)]
pub(super) struct ForwardArgs {
    /// Send deliveries on to this application. A URL that ends in its host or in a slash, such as
    /// http://127.0.0.1:3000, goes before the path of each delivery; another, such as
    /// http://127.0.0.1:3000/hook, is where all go. Its host has to be this machine, and
    /// redirects are not followed
    #[arg(long, value_name = "URL")]
    forward_to: Option<String>,

    /// Let --forward-to name another machine
    #[arg(long, requires = "forward_to")]
    forward_anywhere: bool,
}

impl ForwardArgs {
    /// The application, where there is one.
    pub(super) fn target(&self) -> anyhow::Result<Sent> {
        let reach = Reach::of(self.forward_anywhere);
        self.forward_to.as_deref().map(|url| Target::new(url, reach)).transpose()
    }
}
