//! axum's service and its extractors, by the suite of all adapters.

use std::net::SocketAddr;

use axum::{
    Router,
    body::Body,
    extract::{FromRef, Request, State},
    http::StatusCode,
    response::IntoResponse,
    routing::{any, get, post},
};
use switchhook_adapter_suite::{Adapter, Log, Reach, Way, World, run};
use switchhook_axum::{VerifiedDelivery, VerifiedUpgrade, Webhook, service};
use switchhook_signature::{Keys, PublicUrl, Verifier};
use switchhook_twilio_conversations::MessageAdd;
use switchhook_twilio_video::{RoomEnded, VideoEvent};
use switchhook_twilio_voice::IncomingCall;
use tower_service::Service;

#[derive(Clone, FromRef)]
struct App {
    verifier: Verifier,
    log: Log,
}

async fn ended(State(log): State<Log>, Webhook(ended): Webhook<RoomEnded>) -> StatusCode {
    log.ended(&ended);
    StatusCode::NO_CONTENT
}

async fn any_event(State(log): State<Log>, Webhook(event): Webhook<VideoEvent>) -> StatusCode {
    log.any(&event);
    StatusCode::NO_CONTENT
}

async fn url(State(log): State<Log>, VerifiedDelivery(delivery): VerifiedDelivery) -> String {
    log.url(&delivery)
}

async fn media(VerifiedUpgrade(request): VerifiedUpgrade, State(log): State<Log>) -> String {
    log.url(&request)
}

async fn raw(_: VerifiedDelivery) -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn call(State(log): State<Log>, Webhook(call): Webhook<IncomingCall>) -> impl IntoResponse {
    log.call(&call)
}

async fn swml(State(log): State<Log>, Webhook(call): Webhook<IncomingCall>) -> impl IntoResponse {
    log.document(&call)
}

async fn message(State(log): State<Log>, Webhook(new): Webhook<MessageAdd>) -> impl IntoResponse {
    log.message(&new)
}

fn native(world: World) -> Router {
    let routes = Router::new()
        .route("/video", post(ended))
        .route("/any", post(any_event))
        .route("/url", post(url))
        .route("/get", get(url))
        .route("/media", get(media))
        .route("/raw", post(raw))
        .route("/voice", post(call))
        .route("/swml", post(swml))
        .route("/message", post(message))
        .with_state(App { verifier: world.verifier, log: world.log });
    Router::new().nest("/nested", routes.clone()).merge(routes)
}

async fn serve(app: Router) -> Reach {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await });
    Reach::Socket(address)
}

const SERVICE: Adapter =
    Adapter { name: "axum's service", way: Way::Endpoint, http2: true, nests: true };

#[tokio::test]
async fn the_service_holds_the_suite() {
    run(SERVICE, async |world| {
        let hooks = service(world.hooks);
        serve(Router::new().nest_service("/nested", hooks.clone()).fallback_service(hooks)).await
    })
    .await;
}

#[tokio::test]
async fn the_service_as_a_handler_holds_the_suite() {
    let handler = Adapter { name: "axum's handler", ..SERVICE };
    run(handler, async |world| {
        let hooks = service(world.hooks);
        let nested = Router::new().fallback(hooks.clone());
        let app = Router::new().nest("/nested", nested).route("/video", any(hooks.clone()));
        serve(app.fallback(hooks)).await
    })
    .await;
}

#[tokio::test]
async fn the_extractors_hold_the_suite() {
    let extractors = Adapter { name: "axum's extractors", way: Way::Extractor, ..SERVICE };
    run(extractors, async |world| serve(native(world)).await).await;
}

#[tokio::test]
async fn an_optional_event_is_none_for_another_and_never_for_a_forgery() {
    async fn maybe(event: Option<Webhook<RoomEnded>>) -> &'static str {
        if event.is_some() { "ended" } else { "another" }
    }
    let key = "0123456789abcdef0123456789abcdef";
    let origin = PublicUrl::origin("https://hooks.example.com").unwrap();
    let verifier = Verifier::twilio(Keys::new(key).unwrap(), origin);
    let mut app = Router::new().route("/video", post(maybe)).with_state(verifier);
    let signer = switchhook_signature::Signer::twilio(switchhook_signature::Key::new(key).unwrap());
    for (body, forged, expected) in [
        ("StatusCallbackEvent=room-ended&RoomSid=RM1", false, (200, "ended")),
        ("StatusCallbackEvent=room-created&RoomSid=RM1", false, (200, "another")),
        ("StatusCallbackEvent=room-ended&RoomName=x", false, (422, "")),
        ("StatusCallbackEvent=room-ended&RoomSid=RM1", true, (403, "")),
    ] {
        let params = switchhook_core::Params::parse(body.as_bytes()).unwrap();
        let mut request = signer.form("https://hooks.example.com/video", &params).unwrap();
        *request.uri_mut() = "/video".parse().unwrap();
        if forged {
            *request.body_mut() = "StatusCallbackEvent=room-ended&RoomSid=RM2".into();
        }
        let request: Request = request.map(Body::from);
        let response = app.call(request).await.unwrap_or_else(|never| match never {});
        let status = response.status().as_u16();
        let text = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
        assert_eq!((status, &text[..]), (expected.0, expected.1.as_bytes()), "{body}");
    }
}
