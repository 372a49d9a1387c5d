//! Law 6: no key, signature, phone number or body in `Debug`, `Display`, errors, spans or logs.
//!
//! One canary of each kind goes every way, well and badly, over real sockets and every store,
//! while everything that anybody logs at `TRACE` is listened to. What a request should have been
//! signed with is a canary like what it was signed with.

mod canaries;
mod doctor;
mod request;
mod routes;
mod shown;
mod sockets;
mod ways;

use std::{
    io,
    sync::{Arc, Mutex, OnceLock},
};

use switchhook::{Guard, Keys, PublicUrl, Verifier};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::{ORIGIN, of_forms, of_json, stores};

of_forms!(debug_shows_nothing_of_free_text);
of_json!(debug_shows_nothing_of_json_texts);

const KEY: &str = "canarykey0123456789";
const PASSWORD: &str = "canarypassword";
/// What a person wrote and from where, as it stands in bodies and as text.
const MESSAGE: &str = "MessageSid=SM1&CallSid=CA1&SmsStatus=received&From=%2B15550009911&To=%2B15550009922\
                       &Body=canarytext&NewThing=canarything";

fn twilio() -> Verifier {
    guarded(Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::origin(ORIGIN).unwrap()))
}

fn signalwire() -> Verifier {
    guarded(Verifier::signalwire(Keys::new(KEY).unwrap(), PublicUrl::origin(ORIGIN).unwrap()))
}

/// Of what comes without a signature.
fn unsigned() -> Verifier {
    guarded(Verifier::trust_without_verification())
}

fn guarded(verifier: Verifier) -> Verifier {
    verifier.guard(guard())
}

fn guard() -> Guard {
    Guard::basic("user", PASSWORD).unwrap()
}

/// Whatever anybody logs in this process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// The log of this process, which listens from the first call on.
    ///
    /// The library of axum's sockets logs whole frames at `TRACE`, which nobody but who sets
    /// the filter can keep it from: it is listened to as the pages of `MediaSocket` say.
    fn listen() -> &'static Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let filter = EnvFilter::new("trace,tungstenite=debug");
            let spans = tracing_subscriber::fmt::format::FmtSpan::FULL;
            let levels = tracing_subscriber::fmt().with_env_filter(filter);
            levels.with_ansi(false).with_span_events(spans).with_writer(log.clone()).init();
            log
        })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_log_shows_a_canary_on_any_way() {
    let log = Log::listen();
    for store in stores::all().await {
        store.execute("CREATE TABLE received (sid text, body text)").await;
        ways::play(&store, routes::Server::Axum).await;
    }
    for store in stores::all().await.into_iter().take(1) {
        ways::play(&store, routes::Server::Actix).await;
    }
    sockets::play().await;
    let text = log.text();
    // It does listen, and to more than us: to what went well, to second tries, to what was
    // refused, to both servers and to sockets.
    for heard in [
        "received",
        "outcome",
        "TRACE",
        "axum",
        "actix",
        "not yet",
        "Redelivered(2)",
        "transcript",
        "compatible",
    ] {
        assert!(text.contains(heard), "nobody logged {heard}");
    }
    for refused in ["Mismatch", "SignatureMissing", "Guard(", "BodyTooLong", "OtherFunction"] {
        assert!(text.contains(refused), "nobody logged {refused}");
    }
    canaries::assert_clean("the log", &text);
}
