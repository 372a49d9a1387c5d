//! An application with a route of each kind, in both servers, and the requests that are for it.

use std::{io, net::SocketAddr, sync::Arc, thread, time::Duration};

use axum::Router;
use bytes::Bytes;
use http::{Request, StatusCode};
use switchhook::{
    Delivery, Key, Params, Signer, Verified, actix,
    axum::{Webhook, service},
    dispatch::{
        Attempt, DeliveryId, Dispatcher, Incoming, Outbox, Outcome, Outgoing, Permanent, Sessions,
        State, Store, StoreError, follow_up, interactive, notify, outgoing,
    },
    inbox::{Inbox, Review, Transaction},
    signalwire::{CallStateChanged, SwaigFunction, compat, swaig::Output},
    swml,
    twilio::{
        conversations::{MessageAdd, MessageChanges, MessageDecision},
        messaging::IncomingMessage,
        voice::IncomingCall,
    },
    twiml::{Say, voice},
};
use tokio::{net::TcpListener, sync::oneshot};

use super::{KEY, MESSAGE, PASSWORD, canaries, guard, signalwire, twilio, unsigned};
use crate::ORIGIN;

/// What an application of ours is in.
#[derive(Clone, Copy)]
pub(super) enum Server {
    Axum,
    Actix,
}

/// Whom SWAIG's functions ask, and where what is left to do is put.
#[derive(Clone)]
struct Application {
    sessions: Sessions,
    inbox: Arc<dyn Inbox>,
}

pub(super) fn sessions() -> Sessions {
    Sessions::new(PASSWORD, Duration::from_secs(3600)).unwrap()
}

/// Fails at first, then notes what it got in an effect and leaves two things to be done.
async fn received(
    message: IncomingMessage,
    Attempt(attempt): Attempt,
    id: DeliveryId,
    effects: Transaction,
    outbox: Outbox,
    State(application): State<Application>,
) -> Result<(), StoreErrorOr> {
    tracing::info!(?message, %id, attempt, "received");
    if attempt == 1 {
        return Err(StoreErrorOr::NotYet(io::Error::other("not yet")));
    }
    let values = (message.message_sid.as_str(), message.body.clone());
    effects.execute("INSERT INTO received (sid, body) VALUES ($1, $2)", values);
    outbox.post("/told", "{\"canarytext\":\"+15550009911\"}").await?;
    let left = Incoming::follow_up("/left", &message);
    tracing::debug!(?effects, ?outbox, ?left);
    application.inbox.accept(left).await?;
    Ok(())
}

/// Why a handler failed.
#[derive(Debug)]
enum StoreErrorOr {
    Store(StoreError),
    NotYet(io::Error),
}

impl std::fmt::Display for StoreErrorOr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::NotYet(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StoreErrorOr {}

impl From<StoreError> for StoreErrorOr {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

async fn told(outgoing: Outgoing) -> Result<StatusCode, io::Error> {
    tracing::info!(?outgoing, "told");
    let request = outgoing.request("https://archive.example.com/").map_err(io::Error::other)?;
    tracing::debug!(status = request.headers().len());
    Ok(StatusCode::ACCEPTED)
}

async fn left(message: IncomingMessage, Attempt(attempt): Attempt) -> Result<(), io::Error> {
    tracing::info!(?message, "left");
    if attempt == 1 { Err(io::Error::other("not yet")) } else { Ok(()) }
}

fn refused(_: IncomingMessage) -> Result<(), Permanent> {
    Err(Permanent::new("it will never do"))
}

async fn panics(message: IncomingMessage) {
    assert_eq!(message.message_sid.as_str(), "SM0", "it is another one");
}

async fn answer(call: IncomingCall) -> voice::Response {
    tracing::info!(?call);
    let reply = voice::Response::new().with(Say::new(call.from.unwrap_or_default()));
    tracing::info!(?reply);
    reply
}

async fn call(event: CallStateChanged, Attempt(attempt): Attempt) -> Result<(), io::Error> {
    tracing::info!(?event, "call");
    if attempt == 1 { Err(io::Error::other("not yet")) } else { Ok(()) }
}

async fn compatible(message: compat::IncomingMessage) {
    tracing::info!(?message, "compatible");
}

/// A function of an AI, which asks for a token of its call.
async fn function(
    call: SwaigFunction,
    delivery: Arc<Verified<Delivery>>,
    State(application): State<Application>,
) -> Output {
    let called = call.function.as_str();
    let id = call.call_id.as_deref().unwrap_or_default();
    let verdict = application.sessions.check(delivery.url(), called, id);
    let arguments = call.arguments::<u32>();
    tracing::info!(?call, ?delivery, ?verdict, ?arguments, sessions = ?application.sessions);
    let said = match (&verdict, &arguments) {
        (Err(why), _) => format!("refused: {why}"),
        (Ok(()), Err(why)) => format!("not understood: {why}"),
        (Ok(()), Ok(_)) => "canarytext".to_owned(),
    };
    let output = Output::new().response(said);
    tracing::info!(?output);
    output
}

async fn decide(message: MessageAdd) -> MessageDecision {
    let decision = MessageDecision::modify(MessageChanges::new().body("canarytext"));
    tracing::info!(?message, ?decision);
    decision
}

async fn document(call: compat::CallRequest) -> swml::Document {
    let said =
        format!(r#"{{"sections":{{"main":[{{"play":{{"url":"say:{}"}}}}]}}}}"#, "canarytext");
    let document = swml::read(said).unwrap();
    tracing::info!(?call, ?document);
    document
}

fn observe(outcome: &Outcome<'_>) {
    tracing::info!(?outcome);
}

pub(super) fn hooks(
    inbox: &Arc<dyn Inbox>,
) -> Arc<
    impl switchhook::dispatch::Endpoint + switchhook::dispatch::Redeliver + std::fmt::Debug + use<>,
> {
    let application = Application { sessions: sessions(), inbox: Arc::clone(inbox) };
    Arc::new(
        Dispatcher::new(application)
            .at("/sms", notify(twilio()).on(received))
            .at("/told", outgoing(told))
            .at("/left", follow_up().on(left))
            .at("/bad", notify(twilio()).on(refused))
            .at("/panics", notify(twilio()).on(panics))
            .at("/call", interactive(twilio()).handle(answer))
            .at("/decide", interactive(twilio()).handle(decide))
            .at("/relay", notify(signalwire()).on(call))
            .at("/compat", notify(signalwire()).on(compatible))
            .at("/document", interactive(signalwire()).handle(document))
            .at("/function", interactive(unsigned()).handle(function))
            .inbox(Arc::clone(inbox))
            .observe(observe),
    )
}

/// Serves the application, until the process ends.
pub(super) async fn serve(
    server: Server,
    hooks: Arc<impl switchhook::dispatch::Endpoint + 'static>,
    inbox: &Arc<dyn Inbox>,
) -> SocketAddr {
    let review = Review::new(Arc::clone(inbox), guard());
    tracing::info!(?review);
    match server {
        Server::Axum => {
            let native = async |Webhook(message): Webhook<IncomingMessage>| {
                tracing::info!(?message);
            };
            let app = Router::new()
                .route("/native", axum::routing::post(native))
                .with_state(twilio())
                .nest_service("/mounted", service(hooks))
                .nest_service("/review", service(review));
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            tokio::spawn(async move { axum::serve(listener, app).await });
            address
        }
        Server::Actix => {
            let (ready, address) = oneshot::channel();
            thread::spawn(move || actix_web::rt::System::new().block_on(run(hooks, review, ready)));
            address.await.unwrap()
        }
    }
}

/// actix-web, on a thread with a system of its own.
async fn run(
    hooks: Arc<impl switchhook::dispatch::Endpoint + 'static>,
    review: Review,
    ready: oneshot::Sender<SocketAddr>,
) {
    use actix_web::{App, HttpResponse, HttpServer, web};

    async fn native(actix::Webhook(message): actix::Webhook<IncomingMessage>) -> HttpResponse {
        tracing::info!(?message);
        HttpResponse::Ok().finish()
    }

    let (hooks, review) = (actix::service(hooks), actix::service(review));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(twilio()))
            .service(web::resource("/native").route(web::post().to(native)))
            .service(web::scope("/mounted").default_service(web::to(hooks.clone())))
            .service(web::scope("/review").default_service(web::to(review.clone())))
    });
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    ready.send(server.addrs()[0]).unwrap();
    server.run().await.unwrap();
}

fn signed(signer: fn(Key) -> Signer, path: &str, form: &str) -> Request<Bytes> {
    let params = Params::parse(form.as_bytes()).unwrap();
    signer(Key::new(KEY).unwrap()).form(&format!("{ORIGIN}{path}"), &params).unwrap()
}

pub(super) fn twilio_form(path: &str) -> Request<Bytes> {
    signed(Signer::twilio, path, MESSAGE)
}

/// A message that lacks what it is about.
pub(super) fn twilio_form_without_a_subject(path: &str) -> Request<Bytes> {
    signed(Signer::twilio, path, &MESSAGE.replace("SM1", ""))
}

pub(super) fn twilio_decision(path: &str) -> Request<Bytes> {
    let form = "EventType=onMessageAdd&ConversationSid=CH1&Author=%2B15550009911&Body=canarytext&NewThing=canarything";
    signed(Signer::twilio, path, form)
}

/// Twilio's JSON, which its URL covers.
pub(super) fn twilio_json(path: &str) -> Request<Bytes> {
    let body = r#"{"MessageSid":"SM1","Body":"canarytext","NewThing":"canarything"}"#;
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    signer.json(&format!("{ORIGIN}{path}"), body).unwrap()
}

pub(super) fn signalwire_form(path: &str) -> Request<Bytes> {
    signed(Signer::signalwire, path, MESSAGE)
}

pub(super) fn signalwire_json(path: &str) -> Request<Bytes> {
    let body = r#"{"event_type":"calling.call.state","params":{"call_id":"c1","call_state":"canarything",
        "device":{"type":"phone","params":{"from_number":"+15550009911","to_number":"+15550009922"}},
        "tag":"canarytext"}}"#;
    let signer = Signer::signalwire(Key::new(KEY).unwrap());
    signer.json(&format!("{ORIGIN}{path}"), body).unwrap()
}

/// A call of a function, with the token that it goes by, whose text is another canary.
pub(super) fn function_call(path: &str, token_of: &str, argument: &str) -> Request<Bytes> {
    let url = sessions().url(&format!("{ORIGIN}{path}"), token_of, "c1");
    canaries::hide(url.split_once("__token=").unwrap().1.trim_end_matches("%3D"));
    let body = format!(
        r#"{{"function":"weather","call_id":"c1","caller_id_num":"+15550009911",
            "argument":{{"parsed":[{argument}],"raw":"canarytext"}},"global_data":{{"a":"canarything"}}}}"#
    );
    let request = Request::post(url).header("content-type", "application/json");
    request.body(Bytes::from(body)).unwrap()
}
