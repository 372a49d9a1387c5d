//! How many webhooks a second a receiver acknowledges: HTTP on loopback, signature, durable
//! store, 2xx.
//!
//! `cargo bench -p switchhook-inbox --features postgres --bench load -- sqlite [FILE]`, or
//! `-- postgres postgres://…`; `--seconds` and `--connections` change the load. Clocks are noisy:
//! read the ratio to what the store takes without HTTP, measured in the same run. At the end
//! every acknowledged event is compared with those that were handled.

use std::{
    collections::HashSet,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use axum::Router;
use bytes::Bytes;
use http::Request;
use switchhook_axum::service;
use switchhook_core::{IdempotencyKey, Params};
use switchhook_dispatch::{DeliveryId, Dispatcher, Incoming, State, notify};
use switchhook_inbox::{Filter, Inbox, State as Stage, Worker};
use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verifier};
use switchhook_twilio_video::RoomEnded;

const KEY: &str = "0123456789abcdef0123456789abcdef";
const URL: &str = "https://hooks.example.com/hook";

type Handled = Arc<Mutex<HashSet<String>>>;

/// What to load, and how.
struct Load {
    store: String,
    address: Option<String>,
    seconds: u64,
    connections: usize,
}

impl Load {
    fn from_args() -> anyhow::Result<Self> {
        let mut load = Self { store: "sqlite".into(), address: None, seconds: 5, connections: 64 };
        // Cargo adds an argument of its own.
        let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
        let mut named = false;
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--seconds" => load.seconds = args.next().context("--seconds N")?.parse()?,
                "--connections" => {
                    load.connections = args.next().context("--connections N")?.parse()?;
                }
                _ if !named => (load.store, named) = (arg, true),
                _ => load.address = Some(arg),
            }
        }
        Ok(load)
    }

    fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

fn main() -> anyhow::Result<()> {
    let load = Load::from_args()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let folder = tempfile::tempdir()?;
    let inbox: Arc<dyn Inbox> = match load.store.as_str() {
        #[cfg(feature = "sqlite")]
        "sqlite" => {
            let file =
                load.address.clone().map_or_else(|| folder.path().join("load.db"), Into::into);
            Arc::new(switchhook_inbox::SqliteInbox::open(file)?)
        }
        #[cfg(feature = "postgres")]
        "postgres" => {
            let url = load.address.clone().context("postgres needs postgres://…")?;
            Arc::new(runtime.block_on(switchhook_inbox::PostgresInbox::connect(&url))?)
        }
        other => bail!("{other} is no store, or its feature is off"),
    };
    let started = runtime.block_on(inbox.stats())?;
    ensure!(started.total() == 0, "the store is not empty");

    let bare = runtime.block_on(bare(&load, &inbox))?;
    let bare_rate = rate(bare, load.time());
    let of_bare = Filter::new().route("/none");
    while runtime.block_on(inbox.remove(&of_bare, 10_000))? > 0 {}
    println!("store alone, {} callers:       {bare_rate:>8.0} a second", load.connections);

    let handled = Handled::default();
    let verifier =
        Verifier::twilio(Keys::new(KEY)?, PublicUrl::origin("https://hooks.example.com")?);
    let hooks = Arc::new(
        Dispatcher::new(Arc::clone(&handled))
            .at(
                "/hook",
                notify(verifier).on(|ended: RoomEnded, State(handled): State<Handled>| {
                    handled.lock().expect("no panic").insert(ended.room_sid.to_string());
                }),
            )
            .inbox(Arc::clone(&inbox)),
    );
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let app = Router::new().fallback_service(service(Arc::clone(&hooks)));
    runtime.spawn(async move { axum::serve(listener, app).await });
    let (acknowledged, mut times) = over_http(&load, address)?;
    times.sort_unstable();
    let http_rate = rate(acknowledged.len(), load.time());
    let at = |part: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place")]
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let place = (times.len() as f64 * part) as usize;
        times.get(place).copied().unwrap_or_default().as_secs_f64() * 1000.0
    };
    println!(
        "HTTP, signature, store, 2xx: {http_rate:>8.0} a second, p50 {:.1} ms, p99 {:.1} ms",
        at(0.5),
        at(0.99)
    );
    println!("ratio:                       {:>8.2}", http_rate / bare_rate);

    // The checking pass.
    let started = Instant::now();
    runtime.block_on(async {
        let worker = Worker::new(hooks, Arc::clone(&inbox)).concurrency(64);
        worker
            .run_until(async {
                while handled.lock().expect("no panic").len() < acknowledged.len()
                    && started.elapsed() < Duration::from_secs(600)
                {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            })
            .await;
    });
    let handled = handled.lock().expect("no panic");
    let lost = acknowledged.iter().filter(|sid| !handled.contains(*sid)).count();
    let handled_rate = rate(handled.len(), started.elapsed());
    println!("handled afterwards:          {handled_rate:>8.0} a second");
    println!("{} acknowledged, {} handled, {lost} lost", acknowledged.len(), handled.len());
    let done = runtime.block_on(inbox.stats())?.count(Stage::Done);
    ensure!(lost == 0 && done >= handled.len() as u64, "acknowledged events were not handled");
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

/// How many deliveries the store takes from as many callers.
async fn bare(load: &Load, inbox: &Arc<dyn Inbox>) -> anyhow::Result<usize> {
    let signed = request("RM-bare")?;
    let end = Instant::now() + load.time();
    let callers = (0..load.connections).map(|caller| {
        let (inbox, signed) = (Arc::clone(inbox), signed.clone());
        tokio::spawn(async move {
            let mut count = 0;
            while Instant::now() < end {
                let id = DeliveryId::of(&IdempotencyKey::of([format!("{caller}-{count}")]));
                let incoming = Incoming::new(id, "/none", "twilio.video", signed.clone());
                inbox.accept(incoming).await?;
                count += 1;
            }
            anyhow::Ok(count)
        })
    });
    let mut count = 0;
    for caller in callers.collect::<Vec<_>>() {
        count += caller.await??;
    }
    Ok(count)
}

fn request(sid: &str) -> anyhow::Result<Request<Bytes>> {
    let form =
        format!("StatusCallbackEvent=room-ended&RoomSid={sid}&AccountSid=AC1&RoomDuration=42");
    Ok(Signer::twilio(Key::new(KEY)?).form(URL, &Params::parse(form.as_bytes())?)?)
}

/// Sends over as many connections, one request after the other on each: what was acknowledged,
/// and how long each took.
fn over_http(load: &Load, address: SocketAddr) -> anyhow::Result<(Vec<String>, Vec<Duration>)> {
    let next = AtomicUsize::new(0);
    let end = Instant::now() + load.time();
    thread::scope(|scope| {
        let threads: Vec<_> =
            (0..load.connections).map(|_| scope.spawn(|| send(address, end, &next))).collect();
        let (mut sids, mut times) = (Vec::new(), Vec::new());
        for sent in threads {
            for (sid, time) in sent.join().map_err(|_| anyhow::anyhow!("a sender panicked"))?? {
                sids.push(sid);
                times.push(time);
            }
        }
        Ok((sids, times))
    })
}

fn send(
    address: SocketAddr,
    end: Instant,
    next: &AtomicUsize,
) -> anyhow::Result<Vec<(String, Duration)>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut sent = Vec::new();
    while Instant::now() < end {
        use std::fmt::Write as _;
        let sid = format!("RM{}", next.fetch_add(1, Relaxed));
        let signed = request(&sid)?;
        let mut wire = String::from("POST /hook HTTP/1.1\r\nhost: hooks.example.com\r\n");
        for (name, value) in signed.headers() {
            write!(wire, "{name}: {}\r\n", value.to_str()?)?;
        }
        write!(wire, "content-length: {}\r\n\r\n", signed.body().len())?;
        let mut wire = wire.into_bytes();
        wire.extend_from_slice(signed.body());
        let started = Instant::now();
        stream.write_all(&wire)?;
        // A 204 has no body: the empty line is the end.
        let mut answer = Vec::with_capacity(256);
        while !answer.ends_with(b"\r\n\r\n") {
            let mut part = [0; 512];
            let read = stream.read(&mut part)?;
            ensure!(read > 0, "the connection was closed");
            answer.extend_from_slice(&part[..read]);
        }
        ensure!(answer.starts_with(b"HTTP/1.1 204"), "{}", String::from_utf8_lossy(&answer));
        sent.push((sid, started.elapsed()));
    }
    Ok(sent)
}
