//! The page and what it asks for, over HTTP.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Path, Request, State},
    middleware::{self, Next},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use bytes::Bytes;
use futures_util::stream;
use http::{
    HeaderValue, StatusCode, Uri,
    header::{CONTENT_TYPE, LOCATION},
};
use serde_json::{Value, json};
use switchhook::{dispatch::Endpoint, inbox::Filter};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    Inspector,
    assets::asset,
    capture::Number,
    copies::{self, Form},
    detail::detail,
    exchange::Exchange,
    guard::{Stranger, harden},
    replay,
    ring::News,
    summary::{disposition, summary},
    timeline::timeline,
};

/// The longest that a page waits for a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The most bytes of an edited request: a body, and what JSON adds to it.
const LONGEST_EDIT: usize = 2 * 1024 * 1024;

#[derive(Clone)]
struct Desk {
    inspector: Arc<Inspector>,
    endpoint: Arc<dyn Endpoint>,
    /// Resolves when the listener ends, and with it the streams.
    ended: Arc<dyn Fn() -> switchhook::dispatch::BoxFuture<'static, ()> + Send + Sync>,
}

/// The page under `/_/`. What is sent again goes to the `endpoint`.
pub(crate) fn router<F>(
    inspector: Arc<Inspector>,
    endpoint: Arc<dyn Endpoint>,
    ended: impl Fn() -> F + Send + Sync + 'static,
) -> Router
where
    F: Future<Output = ()> + Send + 'static,
{
    let desk = Desk { inspector, endpoint, ended: Arc::new(move || Box::pin(ended())) };
    let data = Router::new()
        .route("/_/api/about", get(about))
        .route("/_/api/stream", get(live))
        .route("/_/api/deliveries", axum::routing::delete(clear))
        .route("/_/api/deliveries/{number}", get(show))
        .route("/_/api/deliveries/{number}/replay", post(send_again))
        .route("/_/api/deliveries/{number}/edit", post(send_edited))
        .route("/_/api/deliveries/{number}/retry", post(retry))
        .route("/_/api/deliveries/{number}/copy/{form}", get(copy))
        .route("/_/api/search", get(search))
        .route("/_/api/timeline", get(life))
        .route_layer(middleware::from_fn_with_state(desk.clone(), with_token));
    Router::new()
        .route("/_", get(|| async { (StatusCode::PERMANENT_REDIRECT, [(LOCATION, "/_/")]) }))
        .route("/_/", get(page))
        .route("/_/{*name}", get(file))
        .merge(data)
        .route_layer(middleware::from_fn_with_state(desk.clone(), near))
        .with_state(desk)
}

/// Lets nobody in from elsewhere, and says on each answer what a browser must not do with it.
async fn near(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let mut response = match desk.inspector.guard.admit(request.headers(), peer(&request)) {
        Ok(()) => next.run(request).await,
        Err(stranger) => refused(stranger),
    };
    harden(response.headers_mut());
    response
}

async fn with_token(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    match desk.inspector.guard.admit_with_token(request.headers(), peer(&request)) {
        Ok(()) => next.run(request).await,
        Err(stranger) => refused(stranger),
    }
}

fn peer(request: &Request) -> Option<SocketAddr> {
    request.extensions().get().map(|ConnectInfo::<SocketAddr>(peer)| *peer)
}

fn refused(stranger: Stranger) -> Response {
    (stranger.status(), stranger.why()).into_response()
}

async fn page() -> Response {
    file(Path(String::new())).await
}

async fn file(Path(name): Path<String>) -> Response {
    match asset(&name) {
        Some(asset) => ([(CONTENT_TYPE, asset.content_type)], asset.text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn about(State(desk): State<Desk>) -> Response {
    json_of(&json!({
        "about": desk.inspector.about,
        "inbox": desk.inspector.inbox.is_some(),
        "signs": desk.inspector.resigner.signs(),
        "version": env!("CARGO_PKG_VERSION"),
    }))
}

/// The list, then what happens, as server-sent events: `list`, `delivery`, `gone`.
async fn live(State(desk): State<Desk>) -> Response {
    let (exchanges, news) = desk.inspector.ring.watch();
    let ended = (desk.ended)();
    let first = list(&exchanges);
    drop(exchanges);
    let start = Live { desk, news, first: Some(first), ended };
    let events = stream::unfold(start, |mut live| async move {
        let event = live.next().await?;
        Some((Ok::<_, Infallible>(event), live))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response()
}

struct Live {
    desk: Desk,
    news: Receiver<News>,
    first: Option<Event>,
    ended: switchhook::dispatch::BoxFuture<'static, ()>,
}

impl Live {
    async fn next(&mut self) -> Option<Event> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        let ring = &self.desk.inspector.ring;
        loop {
            let news = tokio::select! {
                () = &mut self.ended => return None,
                news = self.news.recv() => news,
            };
            match news {
                Ok(News::Exchange(number)) => {
                    // It may have made room already.
                    if let Some(exchange) = ring.get(number) {
                        return Some(event("delivery", &summary(&exchange)));
                    }
                }
                Ok(News::Gone(number)) => return Some(event("gone", &number.into())),
                // The page was too slow: it gets the whole again.
                Err(RecvError::Lagged(_)) => {
                    let (exchanges, news) = ring.watch();
                    self.news = news;
                    return Some(list(&exchanges));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

fn list(exchanges: &[Arc<Exchange>]) -> Event {
    event("list", &exchanges.iter().map(|exchange| summary(exchange)).collect())
}

fn event(name: &str, data: &Value) -> Event {
    // JSON has its line ends escaped, so it is one line of data.
    Event::default().event(name).data(data.to_string())
}

async fn clear(State(desk): State<Desk>) -> StatusCode {
    desk.inspector.ring.clear();
    StatusCode::NO_CONTENT
}

/// What goes wrong, in words for the page.
struct Trouble(StatusCode, String);

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, format!("{error:#}"))
    }
}

impl Desk {
    fn exchange(&self, number: u64) -> Result<Arc<Exchange>, Trouble> {
        let gone = || Trouble(StatusCode::NOT_FOUND, "it has made room for newer ones".to_owned());
        self.inspector.ring.get(number).ok_or_else(gone)
    }

    /// Sends a request through the endpoint: the number that it is kept under.
    async fn send(&self, request: http::Request<Bytes>) -> Response {
        let answer = self.endpoint.serve(request).await;
        let number = answer.extensions().get().map(|Number(number)| *number);
        let kept = number.and_then(|number| self.inspector.ring.get(number));
        let disposition = kept.map(|kept| disposition(kept.told.disposition));
        json_of(&json!({
            "number": number, "status": answer.status().as_u16(), "disposition": disposition,
        }))
    }
}

async fn show(
    State(desk): State<Desk>,
    Path(number): Path<u64>,
    uri: Uri,
) -> Result<Response, Trouble> {
    let exchange = desk.exchange(number)?;
    let revealed = wants(&uri, "reveal").is_some();
    let kept = match (&desk.inspector.inbox, exchange.told.id) {
        (Some(inbox), Some(id)) => {
            let found = inbox.list(&Filter::new().id(id), None, 1).await;
            found.ok().and_then(|mut found| found.pop())
        }
        _ => None,
    };
    // A search may take long: not on a thread that answers webhooks.
    let shown = tokio::task::spawn_blocking(move || {
        let examined = exchange.examined_by(&desk.inspector.doctor);
        json_of(&detail(&exchange, revealed, examined, kept.as_ref()))
    });
    let failed = |_| Trouble(StatusCode::INTERNAL_SERVER_ERROR, "it cannot be shown".to_owned());
    shown.await.map_err(failed)
}

async fn send_again(
    State(desk): State<Desk>,
    Path(number): Path<u64>,
) -> Result<Response, Trouble> {
    let request = replay::again(&*desk.exchange(number)?)?;
    Ok(desk.send(request).await)
}

async fn send_edited(
    State(desk): State<Desk>,
    Path(number): Path<u64>,
    request: Request,
) -> Result<Response, Trouble> {
    let wrong = |_| Trouble(StatusCode::BAD_REQUEST, "the changes cannot be read".to_owned());
    let body = axum::body::to_bytes(request.into_body(), LONGEST_EDIT).await.map_err(wrong)?;
    let changes = serde_json::from_slice(&body).map_err(|_| {
        Trouble(StatusCode::BAD_REQUEST, "the changes are no JSON object".to_owned())
    })?;
    let exchange = desk.exchange(number)?;
    let request = replay::edited(&exchange, &changes, &desk.inspector.resigner)?;
    Ok(desk.send(request).await)
}

/// Has the inbox's worker take it up again.
async fn retry(State(desk): State<Desk>, Path(number): Path<u64>) -> Result<Response, Trouble> {
    let exchange = desk.exchange(number)?;
    let (Some(inbox), Some(id)) = (&desk.inspector.inbox, exchange.told.id) else {
        return Err(Trouble(StatusCode::CONFLICT, "it is in no inbox".to_owned()));
    };
    let replayed = inbox.replay(&Filter::new().id(id), 1).await;
    let replayed = replayed.map_err(|error| Trouble(StatusCode::BAD_GATEWAY, error.to_string()))?;
    Ok(json_of(&json!({ "replayed": replayed })))
}

async fn copy(
    State(desk): State<Desk>,
    Path((number, form)): Path<(u64, String)>,
    uri: Uri,
) -> Result<Response, Trouble> {
    let exchange = desk.exchange(number)?;
    let form = Form::named(&form)
        .ok_or_else(|| Trouble(StatusCode::NOT_FOUND, "there is no such copy".to_owned()))?;
    let revealed = wants(&uri, "reveal").is_some();
    let text = copies::copy(&exchange, form, revealed, &desk.inspector.resigner)?;
    Ok(text.into_response())
}

/// The numbers of the exchanges whose request or answer has the text, letter case aside.
async fn search(State(desk): State<Desk>, uri: Uri) -> Response {
    let wanted = wants(&uri, "text").unwrap_or_default().to_lowercase();
    let exchanges = desk.inspector.ring.all();
    // All that is kept is read: not on a thread that answers webhooks.
    let found = tokio::task::spawn_blocking(move || -> Vec<u64> {
        let found = exchanges.iter().filter(|exchange| exchange.contains(&wanted));
        found.map(|exchange| exchange.number).collect()
    });
    json_of(&json!(found.await.unwrap_or_default()))
}

async fn life(State(desk): State<Desk>, uri: Uri) -> Response {
    let sid = wants(&uri, "sid").unwrap_or_default();
    json_of(&timeline(&desk.inspector.ring.all(), &sid))
}

/// A parameter of the query.
fn wants(uri: &Uri, name: &str) -> Option<String> {
    let params = switchhook::Params::parse(uri.query()?.as_bytes()).ok()?;
    params.get(name).map(str::to_owned)
}

fn json_of(value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
