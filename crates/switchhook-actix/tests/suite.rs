//! actix-web's handler of an endpoint and its extractors, by the suite of all adapters.

use std::thread;

use actix_web::{
    App, HttpResponse, HttpServer, Responder,
    rt::System,
    web,
    web::{Data, ServiceConfig},
};
use switchhook_actix::{VerifiedDelivery, VerifiedUpgrade, Webhook, WebhookRejection, service};
use switchhook_adapter_suite::{Adapter, Log, Reach, Way, World, run};
use switchhook_twilio_conversations::MessageAdd;
use switchhook_twilio_video::{RoomEnded, VideoEvent};
use switchhook_twilio_voice::IncomingCall;
use tokio::sync::oneshot;

async fn ended(log: Data<Log>, Webhook(ended): Webhook<RoomEnded>) -> impl Responder {
    log.ended(&ended);
    HttpResponse::NoContent()
}

async fn any_event(log: Data<Log>, Webhook(event): Webhook<VideoEvent>) -> impl Responder {
    log.any(&event);
    HttpResponse::NoContent()
}

async fn url(log: Data<Log>, VerifiedDelivery(delivery): VerifiedDelivery) -> impl Responder {
    log.url(&delivery)
}

async fn media(log: Data<Log>, VerifiedUpgrade(request): VerifiedUpgrade) -> impl Responder {
    log.url(&request)
}

async fn raw(_: VerifiedDelivery) -> impl Responder {
    HttpResponse::NoContent()
}

async fn call(log: Data<Log>, Webhook(call): Webhook<IncomingCall>) -> impl Responder {
    log.call(&call)
}

async fn swml(log: Data<Log>, Webhook(call): Webhook<IncomingCall>) -> impl Responder {
    log.document(&call)
}

async fn message(
    log: Data<Log>,
    new: Result<Webhook<MessageAdd>, WebhookRejection>,
) -> Result<impl Responder, WebhookRejection> {
    new.map(|Webhook(new)| log.message(&new))
}

fn native(app: &mut ServiceConfig) {
    for (path, route) in [
        ("/video", web::post().to(ended)),
        ("/any", web::post().to(any_event)),
        ("/url", web::post().to(url)),
        ("/get", web::get().to(url)),
        ("/media", web::get().to(media)),
        ("/raw", web::post().to(raw)),
        ("/voice", web::post().to(call)),
        ("/swml", web::post().to(swml)),
        ("/message", web::post().to(message)),
    ] {
        app.service(web::resource(path).route(route));
    }
}

/// Serves until the process ends, on a thread with a system of its own.
async fn serve(configure: impl Fn(&mut ServiceConfig) + Clone + Send + 'static) -> Reach {
    let (ready, address) = oneshot::channel();
    thread::spawn(move || {
        System::new().block_on(async move {
            let server = HttpServer::new(move || App::new().configure(configure.clone()))
                .workers(1)
                .disable_signals()
                .bind(("127.0.0.1", 0))
                .unwrap();
            ready.send(server.addrs()[0]).unwrap();
            server.run().await.unwrap();
        });
    });
    Reach::Socket(address.await.unwrap())
}

#[tokio::test]
async fn the_handler_holds_the_suite() {
    let handler =
        Adapter { name: "actix-web's handler", way: Way::Endpoint, http2: false, nests: true };
    run(handler, async |world| {
        let hooks = service(world.hooks);
        serve(move |app| {
            let nested = web::scope("/nested").default_service(web::to(hooks.clone()));
            app.service(nested)
                .route("/video", web::to(hooks.clone()))
                .default_service(web::to(hooks.clone()));
        })
        .await
    })
    .await;
}

#[tokio::test]
async fn the_extractors_hold_the_suite() {
    let extractors =
        Adapter { name: "actix-web's extractors", way: Way::Extractor, http2: false, nests: true };
    run(extractors, async |World { verifier, log, .. }| {
        serve(move |app| {
            app.app_data(Data::new(verifier.clone()))
                .app_data(Data::new(log.clone()))
                .service(web::scope("/nested").configure(native))
                .configure(native);
        })
        .await
    })
    .await;
}

#[tokio::test]
async fn without_a_verifier_nobody_is_let_in() {
    use actix_web::FromRequest;
    use actix_web::test::TestRequest;

    let (request, mut payload) = TestRequest::post().to_http_parts();
    let rejection = VerifiedDelivery::from_request(&request, &mut payload).await.unwrap_err();
    assert_eq!((rejection, rejection.status().as_u16()), (WebhookRejection::NoVerifier, 500));
}
