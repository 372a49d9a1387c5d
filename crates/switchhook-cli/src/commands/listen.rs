//! `switchhook listen`

use std::{
    io::Write,
    net::{IpAddr, SocketAddr},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::json;
use switchhook::{
    Hosts, PublicUrl, Verifier,
    axum::service,
    dispatch::{Dispatcher, Outcome, Route, notify},
};

use crate::{
    exit::{Exit, usage},
    families::{FAMILIES, FamilyEntry},
    provider::Provider,
    secrets::KeyArgs,
};

/// Receive webhooks, verify them, and print a line for each
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8000)]
    port: u16,

    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,

    /// Public origin that the provider was given, such as https://hooks.example.com; without
    /// it, requests have to name this machine
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// Whose webhooks are taken, as one key checks those of one provider
    #[arg(long, value_enum, default_value_t)]
    provider: Provider,

    #[command(flatten)]
    key: KeyArgs,

    /// Environment variables with further keys, such as the next one of a rotation
    #[arg(long, value_name = "NAME")]
    also_key_env: Vec<String>,

    /// Also accept what official libraries disagree about
    #[arg(long)]
    compatible: bool,

    /// Believe every request, signed or not
    #[arg(long, conflicts_with_all = ["compatible", "also_key_env", "key_file"])]
    trust_without_verification: bool,

    /// Print JSON objects instead of text
    #[arg(long)]
    jsonl: bool,
}

pub(crate) fn run(args: Args) -> anyhow::Result<Exit> {
    let route = route(&args)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(serve(args, route))
}

/// What every path is served by: the verifier, or nobody.
fn route(args: &Args) -> anyhow::Result<impl Fn() -> Route<()> + use<>> {
    let public_url = match &args.public_url {
        Some(origin) => {
            PublicUrl::origin(origin).map_err(|e| usage(format!("--public-url: {e}")))?
        }
        None => PublicUrl::direct(Hosts::only(["localhost", "127.0.0.1", "[::1]"])),
    };
    let trust = args.trust_without_verification;
    let keys = if trust { None } else { Some(args.key.keys(args.provider, &args.also_key_env)?) };
    let verifier = keys.map_or_else(Verifier::trust_without_verification, |keys| {
        args.provider.verifier(keys, public_url)
    });
    let verifier = if args.compatible { verifier.compatible() } else { verifier };
    Ok(move || notify(verifier.clone()))
}

async fn serve(args: Args, route: impl Fn() -> Route<()>) -> anyhow::Result<Exit> {
    let jsonl = args.jsonl;
    let mut hooks = Dispatcher::new(()).observe(move |outcome| print(outcome, jsonl));
    // Where nothing checks a provider's signatures, nothing of it is let in.
    let (trust, provider) = (args.trust_without_verification, args.provider);
    let served = |family: &&FamilyEntry| trust || family.provider == provider;
    for family in FAMILIES.iter().filter(served) {
        hooks = hooks.at(family.path, (family.accept)(route().allow_get()));
    }
    let at = SocketAddr::from((args.host, args.port));
    let listener = tokio::net::TcpListener::bind(at)
        .await
        .map_err(|error| usage(format!("cannot listen on {at}: {error}")))?;
    let at = listener.local_addr()?;
    eprintln!("ready  http://{at}  (^C to quit)");
    for family in FAMILIES.iter().filter(served) {
        eprintln!("       http://{at}{}  {}", family.path, family.name);
    }
    if args.trust_without_verification {
        eprintln!("WARNING: signatures are NOT checked: anybody can send anything");
    }
    let app = axum::Router::new().fallback_service(service(hooks));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, app).with_graceful_shutdown(interrupted());
    tokio::select! {
        served = async { server.await } => served?,
        () = impatience() => {}
    }
    Ok(Exit::Ok)
}

async fn interrupted() {
    // Without a signal handler the default one ends the program, which is as good.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A while after the first ^C, or a second one: a client that stalls must not hold the
/// program up.
async fn impatience() {
    interrupted().await;
    tokio::select! {
        () = interrupted() => {}
        () = tokio::time::sleep(Duration::from_secs(3)) => {}
    }
}

/// One line per delivery: time, event, SID, verified or the reason, status, milliseconds.
fn print(outcome: &Outcome<'_>, jsonl: bool) {
    let event = outcome.read.and_then(|read| read.event);
    let family = outcome.read.map(|read| read.family);
    let subject = outcome.read.and_then(|read| read.subject.as_deref());
    let unknown = outcome.read.and_then(|read| read.unknown.as_deref());
    let signed = match (outcome.signature, outcome.refusal) {
        (_, Some(refusal)) => refusal.to_string(),
        (Some(found), _) => format!("signed ok (key {}, {})", found.key, found.url_variant()),
        (None, None) if outcome.read.is_some() => "not checked".to_owned(),
        (None, None) => "-".to_owned(),
    };
    let trouble = match (outcome.failure, outcome.read.and_then(|read| read.malformed)) {
        (Some(failure), _) => Some(failure.to_string()),
        (None, malformed) => malformed.map(|reason| format!("malformed: {reason}")),
    };
    let (status, ms) = (outcome.status.as_u16(), outcome.elapsed.as_secs_f64() * 1000.0);
    let line = if jsonl {
        json!({
            "at": time_of_day(), "path": outcome.path, "family": family, "event": event.or(unknown),
            "subject": subject, "refusal": outcome.refusal.map(|refusal| refusal.code()),
            "key": outcome.signature.map(|found| found.key),
            "url_variant": outcome.signature.map(|found| found.url_variant().to_string()),
            "trouble": trouble,
            "status": status, "ms": ms,
        })
        .to_string()
    } else {
        let name = match (family, event, unknown) {
            (Some(family), Some(event), _) => format!("{family} {event}"),
            (Some(family), None, Some(name)) => {
                format!("{family} {} (unknown)", name.escape_debug())
            }
            (Some(family), None, None) => format!("{family} (no event named)"),
            (None, ..) => outcome.path.escape_debug().to_string(),
        };
        let subject = subject.unwrap_or("-").escape_debug();
        let trouble = trouble.map(|trouble| format!("  {trouble}")).unwrap_or_default();
        format!("{}  {name}  {subject}  {signed}  {status}  {ms:.1} ms{trouble}", time_of_day())
    };
    // A closed stdout must not stop the receiving.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// The time of day in UTC, to the millisecond.
fn time_of_day() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = since.as_secs() % 86_400;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}.{:03}", seconds % 60, since.subsec_millis())
}
