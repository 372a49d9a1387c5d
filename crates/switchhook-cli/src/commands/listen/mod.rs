//! `switchhook listen`

mod args;
mod foreign;
mod hooks;
mod line;
mod lines;

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::middleware::from_fn_with_state;
use switchhook::{
    Hosts, Keys, PublicUrl, Signer, Verifier,
    axum::{Serving, interrupted, serve, service},
    dispatch::{Endpoint, Outcome},
    inbox::{Backoff, Inbox, Worker},
};
use tokio::net::TcpListener;

pub(crate) use self::args::Args;
use self::{
    foreign::Named,
    hooks::{Hooks, Paths},
    line::Printer,
    lines::Lines,
};
use crate::{
    exit::{Exit, usage},
    families::{FAMILIES, FamilyEntry, Sent, family},
    inspector::{self, Guard, Inspector, ListenDoctor, Observer, Resigner, Watched},
    store::{Location, Open},
};

/// How long a crashed worker's deliveries wait for the next one.
const LEASE: Duration = Duration::from_secs(10);

/// How long one try to hand a kept delivery on may take; the sender gives up before.
const TIME_LIMIT: Duration = Duration::from_secs(40);

/// How long the program stays for what is under way after ^C. The worker has half of it, and then
/// the time that it takes to give its deliveries back.
const FAREWELL: Duration = Duration::from_secs(3);

/// How many connections there are at once: fewer than most systems let a program have files.
const CONNECTIONS: usize = 500;

/// How long the last lines may take to be printed.
const LAST_LINES: Duration = Duration::from_secs(1);

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let keys = keys(args)?;
    let verifier = verifier(args, keys.clone())?;
    let paths = paths(args)?;
    let target = args.forward.target()?;
    let location = args.inbox.location()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let exit = runtime.block_on(listen(args, verifier, keys, paths, target, location));
    // An application that does not answer must not hold the end up.
    runtime.shutdown_background();
    exit
}

/// The keys, where signatures are checked.
fn keys(args: &Args) -> anyhow::Result<Option<Keys>> {
    if args.trust_without_verification {
        return Ok(None);
    }
    args.key.keys(args.provider, &args.also_key_env).map(Some)
}

fn verifier(args: &Args, keys: Option<Keys>) -> anyhow::Result<Verifier> {
    let public_url = match &args.public_url {
        Some(origin) => {
            PublicUrl::origin(origin).map_err(|e| usage(format!("--public-url: {e}")))?
        }
        None => PublicUrl::direct(Hosts::only(["localhost", "127.0.0.1", "[::1]"])),
    };
    let Some(keys) = keys else { return Ok(Verifier::trust_without_verification()) };
    let verifier = args.provider.verifier(keys, public_url);
    Ok(if args.compatible { verifier.compatible() } else { verifier })
}

/// The families' own paths and those that were asked for.
fn paths(args: &Args) -> anyhow::Result<Paths> {
    // Where nothing checks a provider's signatures, nothing of it is let in.
    let (trust, provider) = (args.trust_without_verification, args.provider);
    let served = |family: &FamilyEntry| trust || family.provider == provider;
    let own = FAMILIES.iter().filter(|family| served(family));
    let mut paths: Paths = own.map(|family| (family.path.to_owned(), family)).collect();
    for (path, name) in &args.routes {
        let family = family(name)?;
        if !path.starts_with('/') || path.contains(['?', '#']) {
            return Err(usage(format!("--route: {path:?} is no path such as /voice/incoming")));
        }
        let shares = args.ui.is_on(args.host) && args.ui.ui_port.is_none();
        if shares && (path == "/_" || path.starts_with("/_/")) {
            return Err(usage(format!("--route: {path} is the inspector's: --no-ui or --ui-port")));
        }
        if !served(family) {
            return Err(usage(format!("--route: {name} is not signed by --provider's key")));
        }
        paths.retain(|(known, _)| known != path);
        paths.push((path.clone(), family));
    }
    Ok(paths)
}

async fn listen(
    args: &Args,
    verifier: Verifier,
    keys: Option<Keys>,
    paths: Paths,
    target: Sent,
    location: Option<Location>,
) -> anyhow::Result<Exit> {
    let inbox = match &location {
        Some(location) => Some(location.open(Open::OrMake).await?),
        None => None,
    };
    let (listener, at) = bind(args.host, args.port).await?;
    let labels = args.key.labels(args.provider, &args.also_key_env);
    let doctor = Arc::new(ListenDoctor::new(&verifier, labels));
    let kept = location.map(|location| format!("  inbox {location}")).unwrap_or_default();
    let sent = target.as_ref().map(|target| format!("  forwards to {target}")).unwrap_or_default();
    let ui = if args.ui.is_on(args.host) {
        let about = format!("http://{at}{kept}{sent}");
        let signer = keys.as_ref().and_then(|keys| keys.iter().next());
        let signer = signer.map(|key| args.provider.signer(key.clone()));
        Some(Ui::new(args, at, &paths, signer, &doctor, inbox.as_ref(), about).await?)
    } else {
        None
    };
    let shown = ui.as_ref().map(|ui| format!("  inspector {}", ui.url)).unwrap_or_default();
    eprintln!("ready  http://{at}{kept}{sent}{shown}  (^C to quit)");
    for (path, family) in &paths {
        eprintln!("       http://{at}{path}  {}", family.name);
    }
    if args.trust_without_verification {
        eprintln!("WARNING: signatures are NOT checked: anybody can send anything");
    }

    let lines = Lines::start(io::stdout(), io::stderr())?;
    let printer = Printer {
        lines: lines.clone(),
        jsonl: args.jsonl,
        forwards: target.is_some(),
        attempts: args.attempts,
    };
    let inspector = ui.as_ref().map(|ui| Arc::clone(&ui.inspector));
    let print = move |outcome: &Outcome<'_>| printer.line(outcome);
    let observer = Observer::new(print, Arc::clone(&doctor), inspector.clone());
    let hooks = Hooks::new(paths, &verifier, &target, inbox.as_ref(), &observer);
    let worker = inbox.map(|inbox| worker(args, &hooks, inbox));
    let watched: Arc<dyn Endpoint> = Arc::new(Watched::new(hooks, doctor, inspector));
    let mut app = axum::Router::new().fallback_service(service(Arc::clone(&watched)));
    if args.trust_without_verification {
        let named = if args.public_url.is_some() { Named::Any } else { Named::Fixed };
        app = app.layer(from_fn_with_state(named, foreign::refuse));
    }
    let mut page = None;
    if let Some(Ui { inspector, listener, .. }) = ui {
        let router = inspector::router(inspector, watched, interrupted);
        match listener {
            Some(listener) => page = Some((listener, router)),
            None => app = app.merge(router),
        }
    }
    let mut server = serving(listener, app);
    if let Some(worker) = worker {
        server = server.beside(|stop| worker.run_until(stop));
    }
    let page = async move {
        match page {
            Some((listener, router)) => serving(listener, router).until_interrupted().await,
            None => Ok(()),
        }
    };
    let served = tokio::select! {
        served = async { tokio::try_join!(server.until_interrupted(), page) } => served.map(drop),
        () = impatience() => Ok(()),
    };
    if !lines.flush(LAST_LINES) {
        eprintln!("not all lines are printed: nobody reads stdout");
    }
    served?;
    Ok(Exit::Ok)
}

async fn bind(host: IpAddr, port: u16) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let at = SocketAddr::from((host, port));
    let listener = TcpListener::bind(at)
        .await
        .map_err(|error| usage(format!("cannot listen on {at}: {error}")))?;
    let at = listener.local_addr()?;
    Ok((listener, at))
}

fn serving(listener: TcpListener, app: axum::Router) -> Serving {
    serve(listener, app).connections(CONNECTIONS).grace(FAREWELL)
}

/// The inspector and where it is served.
struct Ui {
    inspector: Arc<Inspector>,
    /// Its own, where it does not share that of the webhooks.
    listener: Option<TcpListener>,
    url: String,
}

impl Ui {
    async fn new(
        args: &Args,
        at: SocketAddr,
        paths: &Paths,
        signer: Option<Signer>,
        doctor: &Arc<ListenDoctor>,
        inbox: Option<&Arc<dyn Inbox>>,
        about: String,
    ) -> anyhow::Result<Self> {
        let (listener, page) = match args.ui.ui_port {
            Some(port) => {
                let (listener, page) = bind(args.host, port).await?;
                (Some(listener), page)
            }
            None => (None, at),
        };
        let guard = Guard::new(page.port(), !args.host.to_canonical().is_loopback())?;
        // Where all addresses are listened on, this one is among them.
        let near = |at: SocketAddr| {
            if at.ip().is_unspecified() {
                format!("127.0.0.1:{}", at.port())
            } else {
                at.to_string()
            }
        };
        let host = near(at);
        let own = format!("http://{host}");
        let origin = args.public_url.as_deref().unwrap_or(&own);
        let resigner = Resigner::new(signer, origin, host);
        let families = paths.iter().cloned().collect();
        let inspector =
            Inspector::new(families, guard, resigner, Arc::clone(doctor), inbox.cloned(), about);
        let url = format!("http://{}{}", near(page), inspector.link());
        Ok(Self { inspector: Arc::new(inspector), listener, url })
    }
}

/// Takes kept deliveries from the inbox.
fn worker(args: &Args, hooks: &Hooks, inbox: Arc<dyn Inbox>) -> Worker {
    Worker::new(hooks.kept(), inbox)
        .backoff(Backoff { attempts: args.attempts, ..Backoff::default() })
        .lease(LEASE)
        .time_limit(TIME_LIMIT)
        .grace(FAREWELL / 2)
}

/// The second ^C: who asks twice waits for nothing.
async fn impatience() {
    interrupted().await;
    interrupted().await;
}
