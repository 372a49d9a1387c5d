use http::{Method, Request};
use serde_json::json;
use signalwire_desk::app;
use switchhook::{Key, Params, Signer, settings::Settings};
use switchhook_example_tests::JSON;

use crate::App;

const KEY: &str = "PSK_local_test_key";
const PUBLIC: &str = "https://hooks.example.com";

fn status() -> String {
    json!({ "call_id": "c1", "call_state": "ended" }).to_string()
}

/// The headers of a request that SignalWire has signed.
fn signed(request: &Request<bytes::Bytes>) -> Vec<(&str, &str)> {
    let headers = request.headers().iter();
    headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect()
}

fn signs(key: &str, path: &str, body: &str) -> Request<bytes::Bytes> {
    let signer = Signer::signalwire(Key::new(key).unwrap());
    signer.json(&format!("{PUBLIC}{path}"), body.as_bytes().to_vec()).unwrap()
}

const SIGNING: [(&str, &str); 2] = [("SIGNALWIRE_SIGNING_KEY", KEY), ("PUBLIC_URL", PUBLIC)];

#[tokio::test]
async fn signatures_are_asked_for_where_there_is_a_key() {
    let app = App::start_with(&SIGNING).await;
    let body = status();
    for path in ["/call-status", "/message-status", "/incoming-sms", "/swml", "/video/room-ended"] {
        assert_eq!(app.post(path, &body).await.0, 403, "{path}");
        let request = signs("another key", path, &body);
        assert_eq!(app.call("POST", path, &signed(&request), &body).await.0, 403, "{path}");
        let request = signs(KEY, "/elsewhere", &body);
        assert_eq!(app.call("POST", path, &signed(&request), &body).await.0, 403, "{path}");
    }
    let request = signs(KEY, "/call-status", &body);
    let other = body.replace("c1", "c2");
    assert_eq!(app.call("POST", "/call-status", &signed(&request), &other).await.0, 403);
    assert_eq!(app.call("POST", "/call-status", &signed(&request), &body).await.0, 200);
    assert_eq!(app.get("/api/calls/c1/").await["state"], "ended");
    // A document by GET, its parameters in the URL that is signed.
    let signer = Signer::signalwire(Key::new(KEY).unwrap());
    let query = Params::from_pairs([("From", "+15550000000"), ("CallSid", "c1")]);
    let request = signer.get(&format!("{PUBLIC}/swml"), &query).unwrap();
    let path = request.uri().path_and_query().unwrap().as_str().to_owned();
    assert_eq!(app.call("GET", &path, &signed(&request), "").await.0, 200);
    assert_eq!(app.call("GET", &format!("{path}&x=1"), &signed(&request), "").await.0, 403);
    // A message of the compatibility API.
    let form = Params::from_pairs([("MessageSid", "m1"), ("From", "+15550000000"), ("Body", "?")]);
    let request = signer.form(&format!("{PUBLIC}/incoming-sms"), &form).unwrap();
    assert_eq!(request.method(), Method::POST);
    let answer = app.call("POST", "/incoming-sms", &signed(&request), &form.to_form()).await;
    assert_eq!(answer.0, 200);
}

#[tokio::test]
async fn callbacks_may_come_unsigned_behind_another_guard() {
    let [key, url] = SIGNING;
    let unsigned = [key, url, ("UNSIGNED_STATUS", "trust"), ("WEBHOOK_SECRET", "sesame")];
    let app = App::start_with(&unsigned).await;
    let body = status();
    assert_eq!(app.post("/call-status?secret=sesame", &body).await.0, 200);
    assert_eq!(app.post("/call-status", &body).await.0, 403);
    let request = signs("another key", "/call-status?secret=sesame", &body);
    let answer = app.call("POST", "/call-status?secret=sesame", &signed(&request), &body).await;
    assert_eq!(answer.0, 403);
    // Documents are signed always.
    assert_eq!(app.post("/swml?secret=sesame", &body).await.0, 403);
}

#[tokio::test]
async fn each_guard_is_switched_on_alone() {
    let body = status();
    let open = App::start().await;
    assert_eq!(open.post("/call-status", &body).await.0, 200);

    let app = App::start_with(&[("WEBHOOK_LOGIN", "signalwire:open")]).await;
    let login = |value| [JSON, ("authorization", value)];
    for (headers, expected) in [
        (&login("Basic c2lnbmFsd2lyZTpvcGVu")[..], 200),
        (&login("Basic c2lnbmFsd2lyZTpzaHV0"), 401),
        (&[JSON], 401),
    ] {
        assert_eq!(app.call("POST", "/call-status", headers, &body).await.0, expected);
    }

    let app = App::start_with(&[("WEBHOOK_SECRET", "sesame")]).await;
    for (path, expected) in [
        ("/call-status?secret=sesame", 200),
        ("/call-status?secret=sesame&secret=sesame", 403),
        ("/call-status?secret=Sesame", 403),
        ("/call-status", 403),
        ("/swaig/create-ticket", 403),
    ] {
        assert_eq!(app.post(path, &body).await.0, expected, "{path}");
    }

    for (addresses, expected) in [("127.0.0.0/8", 200), ("192.0.2.7, 2001:db8::/32", 403)] {
        let app = App::start_with(&[("WEBHOOK_ADDRESSES", addresses)]).await;
        assert_eq!(app.post("/call-status", &body).await.0, expected);
    }
}

#[test]
fn settings_that_let_anybody_in_by_mistake_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let database = dir.path().join("desk.db");
    let signed = ("SIGNALWIRE_SIGNING_KEY", KEY);
    for (set, why) in [
        (vec![("UNSIGNED_STATUS", "trust")], "UNSIGNED_STATUS"),
        (vec![("UNSIGNED_STATUS", "yes")], "UNSIGNED_STATUS"),
        (vec![("UNSIGNED_STATUS", "")], "UNSIGNED_STATUS"),
        (vec![("SIGNALWIRE_SIGNING_KEY", "")], "SIGNALWIRE_SIGNING_KEY"),
        (vec![("WEBHOOK_LOGIN", "no colon")], "WEBHOOK_LOGIN"),
        (vec![("WEBHOOK_LOGIN", "signalwire:")], "WEBHOOK_LOGIN"),
        (vec![("WEBHOOK_LOGIN", "")], "WEBHOOK_LOGIN"),
        (vec![("WEBHOOK_SECRET", "")], "WEBHOOK_SECRET"),
        (vec![("WEBHOOK_ADDRESSES", "example.com")], "WEBHOOK_ADDRESSES"),
        (vec![("WEBHOOK_ADDRESSES", "")], "WEBHOOK_ADDRESSES"),
        (vec![("SWAIG_SECRET", "")], "SWAIG_SECRET"),
        (vec![("API_PASSWORD", "")], "API_PASSWORD"),
        (vec![("EMAIL_HOOK_URL", "")], "EMAIL_HOOK_URL"),
        (vec![signed, ("PUBLIC_URL", "http://hooks.example.com")], "PUBLIC_URL"),
    ] {
        let set = set.into_iter().chain([("DATABASE", database.to_str().unwrap())]);
        let error = app(&Settings::of(set)).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}
