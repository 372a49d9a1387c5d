//! A server on loopback, an HTTP client, and what each of them sees.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{FromRef, State},
    routing::post,
};
use switchhook_axum::{VerifiedDelivery, Webhook, service};
use switchhook_core::{Limits, Params};
use switchhook_dispatch::{Dispatcher, notify};
use switchhook_signature::{
    Forwarding, Guard, Hosts, Key, Keys, PublicUrl, SIGNATURE_HEADER, Signer, TrustedProxies,
    Verifier,
};
use switchhook_twilio_video::{RoomEnded, VideoEvent};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "https://hooks.example.com";
const FORM: &str = "application/x-www-form-urlencoded";
const ENDED: &str = "StatusCallbackEvent=room-ended&RoomSid=RM1&RoomDuration=42";

type Log = Arc<Mutex<Vec<String>>>;

#[derive(Clone, FromRef)]
struct App {
    verifier: Verifier,
    log: Log,
}

async fn ended(State(log): State<Log>, Webhook(ended): Webhook<RoomEnded>) {
    log.lock().unwrap().push(format!("native {} {:?}", ended.room_sid, ended.room_duration));
}

async fn any(State(log): State<Log>, Webhook(event): Webhook<VideoEvent>) {
    log.lock().unwrap().push(format!("any {:?}", event.name()));
}

async fn raw(State(log): State<Log>, VerifiedDelivery(delivery): VerifiedDelivery) {
    log.lock().unwrap().push(format!("raw {}", delivery.url()));
}

fn app(log: &Log, verifier: &Verifier) -> Router {
    let app = App { verifier: verifier.clone(), log: log.clone() };
    let seen = log.clone();
    let hooks = Dispatcher::new(()).at(
        "/video",
        notify(verifier.clone()).on(move |ended: RoomEnded| {
            seen.lock()
                .unwrap()
                .push(format!("mounted {} {:?}", ended.room_sid, ended.room_duration));
        }),
    );
    let native = Router::new()
        .route("/video", post(ended))
        .route("/any", post(any))
        .route("/raw", post(raw))
        .with_state(app);
    Router::new().nest("/native", native).nest_service("/mounted", service(hooks))
}

async fn serve(app: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Sends over a real socket and gives the status and the body.
async fn send(
    method: &'static str,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
) -> (u16, String) {
    tokio::task::spawn_blocking(move || {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let mut request = http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let agent = ureq::Agent::new_with_config(config);
        let mut response = agent.run(request.body(body).unwrap()).unwrap();
        (response.status().as_u16(), response.body_mut().read_to_string().unwrap())
    })
    .await
    .unwrap()
}

fn sign(key: &str, path: &str, body: &str) -> String {
    let params: Params = body.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let limits = Limits::default().with_parameters(1000).with_body_bytes(1 << 20);
    let signer = Signer::twilio(Key::new(key).unwrap()).with_limits(limits);
    let request = signer.form(&format!("{PUBLIC}{path}"), &params).unwrap();
    request.headers()[SIGNATURE_HEADER].to_str().unwrap().into()
}

fn verifier() -> Verifier {
    Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::origin(PUBLIC).unwrap())
}

#[tokio::test]
async fn a_signed_delivery_reaches_its_typed_handler() {
    let log = Log::default();
    let address = serve(app(&log, &verifier())).await;
    for (path, expected) in [
        ("/native/video", "native RM1 Some(Seconds(42))"),
        ("/native/video?tenant=7", "native RM1 Some(Seconds(42))"),
        ("/native/any", "any Some(\"room-ended\")"),
        ("/native/raw", "raw https://hooks.example.com/native/raw"),
        ("/mounted/video", "mounted RM1 Some(Seconds(42))"),
    ] {
        let headers = vec![
            ("content-type", format!("{FORM}; charset=UTF-8")),
            ("x-twilio-signature", sign(KEY, path, ENDED)),
        ];
        let (status, body) =
            send("POST", format!("http://{address}{path}"), headers, ENDED.into()).await;
        assert!((200..300).contains(&status), "{path}: {status}");
        assert_eq!(body, "");
        assert_eq!(std::mem::take(&mut *log.lock().unwrap()), [expected]);
    }
}

#[tokio::test]
async fn everything_else_is_refused_without_a_word() {
    let log = Log::default();
    let address = serve(app(&log, &verifier())).await;
    let many: String = "a=1&".repeat(512) + ENDED;
    let long = format!("{ENDED}&x={}", "y".repeat(257 * 1024));
    for path in ["/native/video", "/mounted/video"] {
        let signed = |body: &str| {
            vec![("content-type", FORM.to_owned()), ("x-twilio-signature", sign(KEY, path, body))]
        };
        let with = |at: usize, name: &'static str, value: &str| {
            let mut headers = signed(ENDED);
            if at < headers.len() {
                headers.remove(at);
            }
            headers.push((name, value.to_owned()));
            headers
        };
        let other_key = sign("another key", path, ENDED);
        let other_event = "StatusCallbackEvent=room-created&RoomSid=RM1";
        let malformed = "StatusCallbackEvent=room-ended&RoomName=x";
        for (why, method, headers, body, expected) in [
            ("wrong key", "POST", with(1, "x-twilio-signature", &other_key), ENDED, 403),
            ("no signature", "POST", with(1, "x-other", ""), ENDED, 403),
            ("forged", "POST", signed(ENDED), "StatusCallbackEvent=room-ended&RoomSid=RM2", 403),
            ("257 KiB", "POST", signed(&long), long.as_str(), 413),
            ("513 parameters", "POST", signed(&many), many.as_str(), 413),
            ("wrong method", "PUT", signed(ENDED), ENDED, 405),
            ("wrong type", "POST", with(0, "content-type", "application/json"), ENDED, 415),
            ("gzip", "POST", with(9, "content-encoding", "gzip"), ENDED, 415),
            ("another event", "POST", signed(other_event), other_event, 204),
            ("malformed", "POST", signed(malformed), malformed, 422),
        ] {
            let url = format!("http://{address}{path}");
            let (status, text) = send(method, url, headers, body.into()).await;
            assert_eq!((status, text.as_str()), (expected, ""), "{why} at {path}");
        }
    }
    assert_eq!(*log.lock().unwrap(), [""; 0]);
}

#[tokio::test]
async fn a_trusted_proxy_tells_the_public_url() {
    let log = Log::default();
    let proxies = TrustedProxies::new(["127.0.0.0/8"], Forwarding::XForwarded).unwrap();
    let url = PublicUrl::behind(proxies, Hosts::only(["hooks.example.com"]));
    let address = serve(app(&log, &Verifier::twilio(Keys::new(KEY).unwrap(), url))).await;
    let headers = vec![
        ("content-type", FORM.to_owned()),
        ("x-forwarded-proto", "https".to_owned()),
        ("x-forwarded-host", "hooks.example.com".to_owned()),
        ("x-twilio-signature", sign(KEY, "/native/video", ENDED)),
    ];
    let url = format!("http://{address}/native/video");
    assert_eq!(send("POST", url, headers, ENDED.into()).await.0, 200);
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn guards_ask_for_credentials_and_see_the_peer() {
    let log = Log::default();
    let guard = Guard::basic("u", "p").unwrap().and(Guard::addresses(["127.0.0.0/8"]).unwrap());
    let address = serve(app(&log, &verifier().guard(guard))).await;
    let elsewhere = verifier().guard(Guard::addresses(["192.0.2.0/24"]).unwrap());
    let closed = serve(app(&log, &elsewhere)).await;
    for path in ["/native/video", "/mounted/video"] {
        let headers = |authorization: Option<&str>| {
            let mut headers = vec![
                ("content-type", FORM.to_owned()),
                ("x-twilio-signature", sign(KEY, path, ENDED)),
            ];
            headers.extend(authorization.map(|text| ("authorization", text.to_owned())));
            headers
        };
        let url = format!("http://{address}{path}");
        let (status, body) =
            send("POST", url.clone(), headers(Some("Basic dTpw")), ENDED.into()).await;
        assert!((200..300).contains(&status) && body.is_empty(), "{path}: {status}");
        assert_eq!(
            send("POST", url.clone(), headers(None), ENDED.into()).await,
            (401, String::new())
        );
        assert_eq!(
            challenge(url).await.as_deref(),
            Some("Basic realm=\"webhooks\", charset=\"UTF-8\"")
        );
        let url = format!("http://{closed}{path}");
        assert_eq!(send("POST", url.clone(), headers(None), ENDED.into()).await.0, 403);
        assert_eq!(challenge(url).await, None);
    }
    assert_eq!(log.lock().unwrap().len(), 2);
}

/// What an empty form is asked for.
async fn challenge(url: String) -> Option<String> {
    tokio::task::spawn_blocking(move || {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let request = http::Request::post(url).header("content-type", FORM).body(()).unwrap();
        let response = ureq::Agent::new_with_config(config).run(request).unwrap();
        let challenge = response.headers().get("www-authenticate")?;
        Some(challenge.to_str().unwrap().to_owned())
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn an_extractor_shows_whether_a_delivery_was_verified() {
    async fn proof(VerifiedDelivery(delivery): VerifiedDelivery) -> String {
        delivery.signature().map_or("unproven".into(), |found| found.url_variant().to_string())
    }
    let app = Router::new().route("/v", post(proof)).with_state(verifier().trust_unsigned());
    let address = serve(app).await;
    let send = |signature: Option<String>| {
        let mut headers = vec![("content-type", FORM.to_owned())];
        headers.extend(signature.map(|signature| ("x-twilio-signature", signature)));
        send("POST", format!("http://{address}/v"), headers, ENDED.into())
    };
    assert_eq!(send(Some(sign(KEY, "/v", ENDED))).await, (200, "as-configured".into()));
    assert_eq!(send(None).await, (200, "unproven".into()));
    assert_eq!(send(Some(sign("another", "/v", ENDED))).await, (403, String::new()));
}
