//! Law 4: what is not proven is refused, with a reason for the operator and none for the sender.

mod functions;
mod kept;
mod schemes;
mod upgrades;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use switchhook::{
    Guard, Hosts, Json, Key, Keys, PublicUrl, SessionTokens, Signer, Verifier,
    dispatch::{Dispatcher, Endpoint, notify},
    signalwire::SignalWireEvent,
    twilio::video::{RoomEnded, VideoEvent},
};

use crate::{KEY, ORIGIN, signed, verifier};

const FORM: &str = "StatusCallbackEvent=room-ended&RoomSid=RM1";

#[test]
fn keys_urls_and_guards_that_cannot_protect_are_errors() {
    assert!(Key::new("").is_err() && Keys::new("").is_err());
    assert!(Key::new(" \n").is_err() && Keys::new("\t").is_err());
    for url in ["", "hooks.example.com", "ftp://hooks.example.com", "https://", "https://a b"] {
        assert!(PublicUrl::origin(url).is_err(), "{url:?}");
    }
    for (user, password) in [("", "password"), ("user", ""), ("", ""), ("us:er", "password")] {
        assert!(Guard::basic(user, password).is_err(), "{user:?} {password:?}");
    }
    assert!(Guard::query_secret("secret", "").is_err() && Guard::query_secret("", "s").is_err());
    assert!(Guard::path_secret("/hooks/", "").is_err());
    assert!(Guard::addresses([]).is_err() && Guard::addresses(["300.0.0.1"]).is_err());
    assert!(SessionTokens::new("").is_err());
    // A host that nobody expects is not one to build a URL with.
    let direct =
        Verifier::twilio(Keys::new(KEY).unwrap(), PublicUrl::direct(Hosts::only(["a.example"])));
    let rejection = direct.verify_request(signed("/hook", FORM)).expect_err("another host");
    assert_eq!(rejection.code(), "public-url");
}

#[test]
fn a_signature_of_one_provider_or_scheme_proves_nothing_to_another() {
    let url = format!("{ORIGIN}/hook");
    let body = br#"{"event_type":"calling.call.state","params":{"call_id":"c1"}}"#;
    let signalwire = Signer::signalwire(Key::new(KEY).unwrap());
    let json = signalwire.json(&url, body.as_slice()).unwrap();
    let verify = Verifier::signalwire(Keys::new(KEY).unwrap(), PublicUrl::origin(ORIGIN).unwrap());
    let event: SignalWireEvent = verify.verify_request(json.clone()).unwrap().event();
    assert!(event.name().is_some());
    assert!(verifier().verify_request(json.clone()).is_err());
    // The scheme of a form over a body of JSON, and the other way round.
    let params = Json::parse(body).map(|_| switchhook::Params::parse(FORM.as_bytes()).unwrap());
    let form = signalwire.form(&url, &params.unwrap()).unwrap();
    for (from, to) in [(&json, &form), (&form, &json)] {
        let mut mixed = to.clone();
        *mixed.headers_mut() = from.headers().clone();
        mixed.headers_mut().insert("content-type", to.headers()["content-type"].clone());
        assert!(verify.verify_request(mixed).is_err());
    }
}

#[tokio::test]
async fn a_form_that_was_cut_anew_is_never_another_event() {
    // Names and values stand without a mark between them, and pairs in the order of their names:
    // all of these have the signature of the genuine one.
    let ended = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&ended);
    let route = notify(verifier()).on(move |_: RoomEnded| _ = seen.fetch_add(1, Ordering::SeqCst));
    let hooks = Dispatcher::new(()).at("/hook", route);
    for cut in [
        "StatusCallbackEventr=oom-ended&RoomSid=RM1",
        "StatusCallbackEvent=room-ended&RoomSi=dRM1",
        "RoomSidRM1StatusCallbackEvent=room-ended",
        "RoomSid=RM1StatusCallbackEventroom-ended",
        "RoomSid=RM1StatusCallbackEvent&room-ended=",
    ] {
        let mut request = signed("/hook", FORM);
        *request.body_mut() = Bytes::from(cut);
        let delivery = verifier().verify_request(request.clone()).expect("the same signed text");
        let event: VideoEvent = delivery.event();
        assert!(matches!(event, VideoEvent::Unknown(_) | VideoEvent::Malformed(_)), "{cut}");
        assert_ne!(hooks.serve(request).await.status(), 500, "{cut}");
    }
    assert_eq!(ended.load(Ordering::SeqCst), 0);
    assert_eq!(hooks.serve(signed("/hook", FORM)).await.status(), 204);
    assert_eq!(ended.load(Ordering::SeqCst), 1);
}
