//! Each server, by the suite of all adapters.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use other_servers::{on_hyper, on_lambda, on_poem, on_warp};
use serde_json::{Map, Value, json};
use switchhook_adapter_suite::{Adapter, Reach, Way, run};
use tokio::net::TcpListener;

const HYPER: Adapter = Adapter { name: "hyper", way: Way::Endpoint, http2: true, nests: false };

async fn listener() -> (TcpListener, Reach) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, Reach::Socket(address))
}

#[tokio::test]
async fn hyper_holds_the_suite() {
    run(HYPER, async |world| {
        let (listener, reach) = listener().await;
        tokio::spawn(on_hyper::serve(listener, world.hooks));
        reach
    })
    .await;
}

#[tokio::test]
async fn warp_holds_the_suite() {
    let warp = Adapter { name: "warp", ..HYPER };
    run(warp, async |world| {
        let (listener, reach) = listener().await;
        let server = warp::serve(on_warp::hooks(world.hooks)).incoming(listener);
        tokio::spawn(server.run());
        reach
    })
    .await;
}

#[tokio::test]
async fn poem_holds_the_suite() {
    use poem::{Route, Server, listener::TcpAcceptor};

    let poem = Adapter { name: "poem", nests: true, ..HYPER };
    run(poem, async |world| {
        let (listener, reach) = listener().await;
        let hooks = on_poem::Hooks::new(world.hooks);
        let app = Route::new().nest("/nested", hooks.clone()).nest("/", hooks);
        let acceptor = TcpAcceptor::from_tokio(listener).unwrap();
        tokio::spawn(Server::new_with_acceptor(acceptor).run(app));
        reach
    })
    .await;
}

#[tokio::test]
async fn lambda_holds_the_suite() {
    let lambda = Adapter { name: "lambda", http2: false, ..HYPER };
    run(lambda, async |world| {
        Reach::Call(Arc::new(move |request| {
            let hooks = world.hooks.clone();
            Box::pin(async move {
                let event = lambda_http::request::from_str(&event(&request)).unwrap();
                let (head, body) = on_lambda::answer(&hooks, event).await.into_parts();
                Response::from_parts(head, body.collect().await.unwrap().to_bytes())
            })
        }))
    })
    .await;
}

/// The event that an HTTP API makes of a request, payload format 2.0.
fn event(request: &Request<Bytes>) -> String {
    let mut headers = Map::new();
    for name in request.headers().keys() {
        let values: Vec<_> =
            request.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        headers.insert(name.to_string(), values.join(",").into());
    }
    let method = request.method().as_str();
    let path = request.uri().path();
    let body = Value::from(STANDARD.encode(request.body()));
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": request.uri().query().unwrap_or_default(),
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "domainName": "hooks.example.com",
            "domainPrefix": "hooks",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "suite"
            },
            "requestId": "id",
            "routeKey": "$default",
            "stage": "$default",
            "time": "12/Mar/2026:19:03:58 +0000",
            "timeEpoch": 1_773_342_238_000_u64
        },
        "body": body,
        "isBase64Encoded": true
    })
    .to_string()
}
