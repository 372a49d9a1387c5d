use std::{task::Poll, time::Duration};

use bytes::Bytes;
use http::{Request, StatusCode};
use switchhook_signature::{Connection, Guard, Key, Keys, PublicTarget, PublicUrl, Verifier};

use super::{body::read_pieces_within, *};
use crate::Refusal;

fn pieces(of: &[&'static str]) -> impl Iterator<Item = Result<Bytes, ()>> {
    of.iter().map(|piece| Ok(Bytes::from_static(piece.as_bytes())))
}

#[tokio::test]
async fn a_body_is_read_up_to_its_limit_and_no_further() {
    for (sent, announced, expected) in [
        (&[][..], None, Ok("")),
        (&[""], None, Ok("")),
        (&["abcd"], Some(4), Ok("abcd")),
        (&["ab", "cd"], None, Ok("abcd")),
        (&["", "a", "", "bc", "d"], None, Ok("abcd")),
        (&["abcde"], None, Err(Refusal::BodyTooLong)),
        (&["abcd", "e"], None, Err(Refusal::BodyTooLong)),
        (&["ab", "cd", "e"], None, Err(Refusal::BodyTooLong)),
        (&["a"], Some(5), Err(Refusal::BodyTooLong)),
    ] {
        let mut left = pieces(sent);
        let body = read_pieces(4, announced, |_| Poll::Ready(left.next())).await;
        let expected = expected.map(|text: &str| Bytes::from_static(text.as_bytes()));
        assert_eq!(body, expected, "{sent:?} of {announced:?}");
    }
    let mut cut = pieces(&["ab"]).chain([Err(())]);
    let body = read_pieces(4, None, |_| Poll::Ready(cut.next())).await;
    assert_eq!(body, Err(Refusal::BodyIncomplete));
}

#[tokio::test]
async fn one_piece_is_not_copied() {
    let sent = Bytes::from(vec![b'a'; 100]);
    let mut left = [Bytes::new(), sent.clone()].into_iter().map(Ok::<_, ()>);
    let body = read_pieces(100, None, |_| Poll::Ready(left.next())).await.unwrap();
    assert_eq!((body.as_ptr(), body.len()), (sent.as_ptr(), 100));
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let mut left = pieces(&["ab"]);
    let never = |_: &mut std::task::Context<'_>| match left.next() {
        Some(piece) => Poll::Ready(Some(piece)),
        None => Poll::Pending,
    };
    let body = read_pieces_within(Duration::from_millis(10), 4, None, never).await;
    assert_eq!(body, Err(Refusal::BodyOverdue));
    assert_eq!(Refusal::BodyOverdue.status(), StatusCode::REQUEST_TIMEOUT);
}

fn verifier() -> Verifier {
    Verifier::twilio(
        Keys::new("a key").unwrap(),
        PublicUrl::origin("https://hooks.example.com").unwrap(),
    )
}

fn head(request: http::request::Builder) -> Parts {
    request.body(()).unwrap().into_parts().0
}

/// What Twilio signs of a WebSocket's URL.
fn signature(url: &str) -> String {
    let key = switchhook_signature::Signer::twilio(Key::new("a key").unwrap());
    let signed = key.sign(&Method::GET, url, None, &Bytes::new()).unwrap();
    signed.headers["x-twilio-signature"].to_str().unwrap().to_owned()
}

#[test]
fn an_upgrade_is_proven_by_the_url_of_the_socket() {
    let request = |signed: &str| {
        Request::get("/media?call=1")
            .header("upgrade", "WebSocket")
            .header("connection", "Upgrade")
            .header("x-twilio-signature", signature(signed))
    };
    let delivery =
        upgrade(&verifier(), &head(request("wss://hooks.example.com/media?call=1"))).unwrap();
    assert_eq!(delivery.url(), "wss://hooks.example.com/media?call=1");
    for (why, request, expected) in [
        ("another URL", request("wss://hooks.example.com/media?call=2"), 403),
        ("the URL of a page", request("https://hooks.example.com/media?call=1"), 403),
        ("no upgrade", Request::get("/media?call=1"), 426),
        ("another upgrade", Request::get("/media").header("upgrade", "h2c"), 426),
        ("a POST", Request::post("/media").header("upgrade", "websocket"), 426),
        ("no signature", Request::get("/media").header("upgrade", "websocket"), 403),
    ] {
        let refusal = upgrade(&verifier(), &head(request)).unwrap_err();
        assert_eq!(refusal.status(), expected, "{why}");
    }
    let guarded = verifier().guard(Guard::basic("u", "p").unwrap());
    let refusal = upgrade(&guarded, &head(request("wss://hooks.example.com/media?call=1")));
    assert_eq!(refusal.unwrap_err().status(), 401);
}

#[test]
fn a_rejection_is_a_status_and_what_belongs_to_it() {
    let challenge = {
        let guarded = verifier().guard(Guard::basic("u", "p").unwrap());
        let refusal = guarded.precheck(&head(Request::post("/"))).unwrap_err();
        WebhookRejection::from(refusal).response()
    };
    assert_eq!(challenge.status(), 401);
    assert!(challenge.headers().contains_key("www-authenticate"));
    let upgrade = WebhookRejection::from(Refusal::NotUpgrade).response();
    assert_eq!(
        (upgrade.status().as_u16(), &upgrade.headers()["upgrade"]),
        (426, &"websocket".parse().unwrap())
    );
    for (rejection, status) in [
        (WebhookRejection::OtherEvent, 204),
        (WebhookRejection::NoVerifier, 500),
        (Refusal::BodyTooLong.into(), 413),
    ] {
        let response = rejection.response();
        assert_eq!((response.status().as_u16(), response.body().len()), (status, 0));
        assert!(response.headers().is_empty());
    }
}

#[test]
fn what_a_head_says_already_stays() {
    let mut arrived = head(Request::post("/cut"));
    let (tls, plain) = (Connection { tls: true, peer: None }, Connection::default());
    locate(&mut arrived, Some("/whole/cut".parse().unwrap()), tls);
    locate(&mut arrived, Some("/other".parse().unwrap()), plain);
    assert_eq!(arrived.extensions.get(), Some(&tls));
    assert_eq!(arrived.extensions.get::<PublicTarget>().unwrap().0.path(), "/whole/cut");
}
