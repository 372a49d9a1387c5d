//! Law 6: no key, signature, phone number or body in `Debug`, `Display`, errors, spans or logs.
//!
//! One canary of each kind goes the whole way, well and badly, over a real socket and every
//! store, while everything that anybody logs at `TRACE` is listened to.

#[path = "../../../switchhook-inbox/tests/support/postgres.rs"]
mod postgres;

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock},
};

use axum::{Router, routing::post};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use switchhook::{
    Delivery, Guard, Json, Key, Keys, Params, PublicUrl, SIGNATURE_HEADER, Signer, Verified,
    Verifier,
    axum::{Webhook, service},
    dispatch::{DeliveryId, Dispatcher, Outcome, Permanent, interactive, notify},
    inbox::{Filter, Inbox, MemoryInbox, PostgresInbox, SqliteInbox, Transaction, Worker},
    twilio::{
        messaging::{IncomingMessage, MessagingWebhook},
        voice::IncomingCall,
    },
    twiml::{Say, voice},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tracing_subscriber::fmt::MakeWriter;

use crate::{ORIGIN, of_forms, of_json};

of_forms!(debug_shows_nothing_of_free_text);
of_json!(debug_shows_nothing_of_json_texts);

const KEY: &str = "canarykey0123456789";
const PASSWORD: &str = "canarypassword";
/// What a person wrote and from where, as it stands in bodies and as text.
const MESSAGE: &str = "MessageSid=SM1&CallSid=CA1&SmsStatus=received&From=%2B15550009911&To=%2B15550009922\
                       &Body=canarytext&NewThing=canarything";

/// Whatever anybody logs in this process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// The log of this process, which listens from the first call on.
    fn listen() -> &'static Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let levels = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
            let spans = tracing_subscriber::fmt::format::FmtSpan::FULL;
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

/// The keys, texts, numbers and signatures that must not be seen, as text and as other things
/// write them.
fn canaries() -> Vec<String> {
    let mut all = Vec::new();
    for text in [KEY, PASSWORD, "canarytext", "canarything", "15550009911", "15550009922"] {
        all.push(text.to_owned());
        all.push(STANDARD.encode(text).trim_end_matches('=').to_owned());
        all.push(format!("{:?}", text.as_bytes()).trim_matches(['[', ']']).to_owned());
    }
    all.push(signature());
    all
}

/// What a sender would have to know to forge.
fn signature() -> String {
    request("/mounted/sms").headers()[SIGNATURE_HEADER].to_str().unwrap().to_owned()
}

fn assert_clean(what: &str, shown: &str) {
    for canary in canaries() {
        if let Some(at) = shown.find(&canary) {
            let start = shown[..at].char_indices().rev().nth(200).map_or(0, |(at, _)| at);
            panic!("{what} shows {canary}: {}", &shown[start..at + canary.len()]);
        }
    }
}

fn verifier() -> Verifier {
    let verifier = Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::origin(ORIGIN).unwrap());
    verifier.guard(Guard::basic("user", PASSWORD).unwrap())
}

fn request(path: &str) -> http::Request<bytes::Bytes> {
    let params = Params::parse(MESSAGE.as_bytes()).unwrap();
    Signer::twilio(Key::new(KEY).unwrap()).form(&format!("{ORIGIN}{path}"), &params).unwrap()
}

/// The request as text, with the guard's credentials.
fn wire(path: &str) -> String {
    let credentials = STANDARD.encode(format!("user:{PASSWORD}"));
    let signature = request(path).headers()[SIGNATURE_HEADER].to_str().unwrap().to_owned();
    format!(
        "POST {path} HTTP/1.1\r\nhost: hooks.example.com\r\nconnection: close\r\n\
         authorization: Basic {credentials}\r\nx-twilio-signature: {signature}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{MESSAGE}",
        MESSAGE.len(),
    )
}

async fn send(to: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// Fails once, then notes what it got in an effect.
async fn received(message: IncomingMessage, id: DeliveryId, effects: Transaction) {
    tracing::info!(?message, %id, "received");
    let values = (message.message_sid.as_str(), message.body.clone());
    effects.execute("INSERT INTO received (sid, body) VALUES ($1, $2)", values);
    tracing::debug!(?effects);
}

fn refused(_: IncomingMessage) -> Result<(), Permanent> {
    Err(Permanent::new("it will never do"))
}

fn observe(outcome: &Outcome<'_>) {
    tracing::info!(?outcome);
}

/// Every kind of request through every way in, with this store.
async fn play(inbox: Arc<dyn Inbox>) {
    let hooks = Arc::new(
        Dispatcher::new(())
            .at("/sms", notify(verifier()).on(received))
            .at("/bad", notify(verifier()).on(refused))
            .at("/call", interactive(verifier()).handle(answer))
            .inbox(Arc::clone(&inbox))
            .observe(observe),
    );
    tracing::info!(?hooks);
    let native = Router::new()
        .route(
            "/native",
            post(async |Webhook(message): Webhook<IncomingMessage>| {
                tracing::info!(?message);
            }),
        )
        .with_state(verifier());
    let app = native.nest_service("/mounted", service(Arc::clone(&hooks)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });

    let ways = [
        ("/native", "200"),
        ("/mounted/sms", "204"),
        ("/mounted/bad", "204"),
        ("/mounted/call", "200"),
    ];
    for (path, status) in ways {
        let genuine = wire(path);
        let credentials = STANDARD.encode(format!("user:{PASSWORD}"));
        for (request, status) in [
            (genuine.clone(), status),
            (genuine.replace("SM1", "SM2"), "403"),
            (genuine.replace(&credentials, &STANDARD.encode("user:canarypassword2")), "401"),
            (genuine.replace("x-twilio-signature", "x-other"), "403"),
            (genuine.replace("urlencoded", "canarytext"), "415"),
            (genuine.replace("POST", "PATCH"), "405"),
            (genuine.replace(" HTTP/1.1", "?canarytext=%2B15550009911 HTTP/1.1"), "403"),
            (genuine.replace("canarything", "canarything".repeat(30_000).as_str()), ""),
        ] {
            let answer = send(to, &request).await;
            assert!(answer.contains(status), "{answer}");
            assert_clean("an answer", &answer);
        }
    }
    let worker = Worker::new(Arc::clone(&hooks), Arc::clone(&inbox));
    tracing::info!(?worker);
    worker.run_until_idle().await.unwrap();
    let kept = inbox.list(&Filter::new(), None, 10).await.unwrap();
    assert!(kept.len() >= 2, "{kept:?}");
    for summary in kept {
        let record = inbox.show(summary.id).await.unwrap();
        assert_clean("a kept delivery", &format!("{summary:?} {record:?}"));
    }
}

async fn answer(call: IncomingCall) -> voice::Response {
    tracing::info!(?call);
    voice::Response::new().with(Say::new("Hello"))
}

#[tokio::test]
async fn no_log_shows_a_canary_on_any_way() {
    let log = Log::listen();
    let folder = tempfile::tempdir().unwrap();
    let table = "CREATE TABLE received (sid text, body text)";
    let file = folder.path().join("hooks.db");
    let sqlite = SqliteInbox::open(&file).unwrap();
    rusqlite::Connection::open(&file).unwrap().execute_batch(table).unwrap();
    play(Arc::new(MemoryInbox::new())).await;
    play(Arc::new(sqlite)).await;
    if let Some(server) = postgres::shared() {
        let url = server.database();
        let inbox = PostgresInbox::connect(&url).await.unwrap();
        let (client, connection) =
            tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute(table).await.unwrap();
        play(Arc::new(inbox)).await;
    }
    let text = log.text();
    // It does listen, and to more than us.
    for heard in ["received", "outcome", "TRACE", "axum"] {
        assert!(text.contains(heard), "nobody logged {heard}");
    }
    assert_clean("the log", &text);
}

#[test]
fn nothing_public_shows_a_canary() {
    let params = Params::parse(MESSAGE.as_bytes()).unwrap();
    let mut request = request("/sms");
    let credentials = format!("Basic {}", STANDARD.encode(format!("user:{PASSWORD}")));
    request.headers_mut().insert("authorization", credentials.parse().unwrap());
    let verified: Verified<Delivery> = verifier().verify_request(request.clone()).unwrap();
    let event: MessagingWebhook = verified.event();
    let json = Json::parse(br#"{"canarytext":"canarything","a":["+15550009911"]}"#).unwrap();
    let mut forged = request;
    *forged.body_mut() = bytes::Bytes::from_static(b"Body=canarytext");
    let rejection = verifier().verify_request(forged).unwrap_err();
    let key = Key::new(KEY).unwrap();
    for (what, shown) in [
        ("a key", format!("{key:?} {:?} {:?}", Keys::new(KEY), Keys::from(key.clone()))),
        ("a signer", format!("{:?}", Signer::twilio(key.clone()))),
        ("a verifier", format!("{:?}", verifier())),
        ("a guard", format!("{:?}", Guard::basic("user", PASSWORD))),
        ("a delivery", format!("{verified:?}")),
        ("parameters", format!("{params:?}")),
        ("JSON", format!("{json:?}")),
        ("an event", format!("{event:?}")),
        ("a rejection", format!("{rejection:?} {rejection}")),
        ("a dispatcher", format!("{:?}", Dispatcher::new(()).at("/", notify::<()>(verifier())))),
    ] {
        assert_clean(what, &shown);
        assert!(!shown.is_empty());
    }
}
