//! AWS Lambda without AWS: the events that its two front doors send.

use bytes::Bytes;
use http_body_util::BodyExt;
use other_servers::on_lambda;
use serde_json::{Value, json};
use switchhook::{
    Guard, Key, Keys, Params, PublicUrl, SIGNATURE_HEADER, Signer, Verifier,
    dispatch::{Dispatcher, interactive},
    twilio::voice::IncomingCall,
    twiml::{Say, voice},
};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const FORM: &str = "CallSid=CA1&From=%2B15550001111&CallStatus=ringing";

fn hooks() -> Dispatcher {
    let origin = PublicUrl::origin("https://hooks.example.com").unwrap();
    let verifier = Verifier::twilio(Keys::new(KEY).unwrap(), origin);
    let here = Guard::addresses(["192.0.2.7"]).unwrap();
    let greet = |call: IncomingCall| {
        voice::Response::new().with(Say::new(format!("Hello {}", call.call_sid)))
    };
    Dispatcher::new(())
        .at("/voice", interactive(verifier.clone()).handle(greet))
        .at("/guarded", interactive(verifier).guard(here).handle(greet))
}

fn signature(path: &str) -> String {
    let params = Params::parse(FORM.as_bytes()).unwrap();
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    let request = signer.form(&format!("https://hooks.example.com{path}"), &params).unwrap();
    request.headers()[SIGNATURE_HEADER].to_str().unwrap().to_owned()
}

async fn answer(event: &Value) -> (u16, String) {
    let event = lambda_http::request::from_str(&event.to_string()).unwrap();
    let (head, body) = on_lambda::answer(&hooks(), event).await.into_parts();
    let body: Bytes = body.collect().await.unwrap().to_bytes();
    (head.status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
}

/// An event of an HTTP API, payload format 2.0.
fn gateway(stage: &str, path: &str, query: &str, signed: &str) -> Value {
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {
            "content-type": "application/x-www-form-urlencoded",
            "host": "api-id.execute-api.eu-central-1.amazonaws.com",
            "x-forwarded-proto": "https",
            "x-twilio-signature": signature(signed)
        },
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "domainName": "api-id.execute-api.eu-central-1.amazonaws.com",
            "http": {
                "method": "POST", "path": path, "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.7", "userAgent": "TwilioProxy/1.1"
            },
            "requestId": "id",
            "routeKey": "$default",
            "stage": stage,
            "timeEpoch": 1_773_342_238_000_u64
        },
        "body": FORM,
        "isBase64Encoded": false
    })
}

const GREETING: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>Hello CA1</Say></Response>";

#[tokio::test]
async fn an_http_api_keeps_the_path_and_the_query() {
    let greeting = (200, GREETING.to_owned());
    assert_eq!(answer(&gateway("$default", "/voice", "", "/voice")).await, greeting);
    let query = "b=2&a=1&q=a+b%20c%2f'&&e=";
    let with_query = format!("/voice?{query}");
    assert_eq!(answer(&gateway("$default", "/voice", query, &with_query)).await, greeting);
    assert_eq!(answer(&gateway("$default", "/voice", "b=3", "/voice?b=2")).await.0, 403);
    assert_eq!(answer(&gateway("$default", "/guarded", "", "/guarded")).await, greeting);
}

#[tokio::test]
async fn a_stage_is_part_of_the_url_and_not_of_the_route() {
    let event = gateway("prod", "/prod/voice", "a=1", "/prod/voice?a=1");
    assert_eq!(answer(&event).await, (200, GREETING.to_owned()));
    assert_eq!(answer(&gateway("prod", "/prod/voice", "", "/voice")).await.0, 403);
    assert_eq!(answer(&gateway("prod", "/prod/nowhere", "", "/prod/nowhere")).await.0, 404);
    assert_eq!(answer(&gateway("prod", "/prod", "", "/prod")).await.0, 404);
}

#[tokio::test]
async fn a_body_in_base64_is_the_body() {
    use base64::{Engine, engine::general_purpose::STANDARD};

    let mut event = gateway("$default", "/voice", "", "/voice");
    event["body"] = STANDARD.encode(FORM).into();
    event["isBase64Encoded"] = true.into();
    assert_eq!(answer(&event).await.0, 200);
    event["body"] = STANDARD.encode("CallSid=CA2").into();
    assert_eq!(answer(&event).await.0, 403);
}

/// An event of an application load balancer.
fn balancer(query: &Value, signed: &str) -> Value {
    json!({
        "requestContext": { "elb": {
            "targetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/hooks/0"
        } },
        "httpMethod": "POST",
        "path": "/voice",
        "queryStringParameters": query,
        "headers": {
            "content-type": "application/x-www-form-urlencoded",
            "host": "hooks.example.com",
            "x-forwarded-for": "192.0.2.7",
            "x-forwarded-proto": "https",
            "x-twilio-signature": signature(signed)
        },
        "body": FORM,
        "isBase64Encoded": false
    })
}

#[tokio::test]
async fn a_load_balancer_sends_the_same_delivery() {
    assert_eq!(answer(&balancer(&json!({}), "/voice")).await, (200, GREETING.to_owned()));
    let one = balancer(&json!({"tenant": "7"}), "/voice?tenant=7");
    assert_eq!(answer(&one).await.0, 200);
    assert_eq!(answer(&balancer(&json!({"tenant": "8"}), "/voice?tenant=7")).await.0, 403);
}
