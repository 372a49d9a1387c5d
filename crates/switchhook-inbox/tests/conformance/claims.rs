//! Promises about claims: who may answer a request, and what the others get.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use switchhook_dispatch::Claim;
use switchhook_inbox::Inbox;

use crate::suite::{MINUTE, id};

fn reply() -> Response<Bytes> {
    let mut reply = Response::new(Bytes::from_static(b"<Response/>"));
    *reply.status_mut() = http::StatusCode::ACCEPTED;
    reply.headers_mut().insert("content-type", "text/xml; charset=utf-8".parse().unwrap());
    reply
}

pub(crate) async fn a_claim_is_answered_once<I: Inbox>(inbox: I) {
    let claim = inbox.claim(id("a"), MINUTE).await.unwrap();
    let Claim::New { fence } = claim else { panic!("{claim:?}") };
    assert!(matches!(inbox.claim(id("a"), MINUTE).await.unwrap(), Claim::InFlight));
    assert!(matches!(inbox.claim(id("b"), MINUTE).await.unwrap(), Claim::New { .. }));
    assert!(!inbox.answer(id("a"), fence + 7, &reply(), MINUTE).await.unwrap());
    assert!(inbox.answer(id("a"), fence, &reply(), MINUTE).await.unwrap());
    for _ in 0..2 {
        let claim = inbox.claim(id("a"), MINUTE).await.unwrap();
        let Claim::Answered(saved) = claim else { panic!("{claim:?}") };
        assert_eq!(saved.status(), reply().status());
        assert_eq!(saved.headers(), reply().headers());
        assert_eq!(saved.body(), reply().body());
    }
    // Once answered it is not given back.
    inbox.release(id("a"), fence).await.unwrap();
    assert!(matches!(inbox.claim(id("a"), MINUTE).await.unwrap(), Claim::Answered(_)));
}

pub(crate) async fn a_claim_can_be_given_back<I: Inbox>(inbox: I) {
    let Claim::New { fence } = inbox.claim(id("a"), MINUTE).await.unwrap() else { panic!("new") };
    inbox.release(id("a"), fence + 7).await.unwrap();
    assert!(matches!(inbox.claim(id("a"), MINUTE).await.unwrap(), Claim::InFlight));
    inbox.release(id("a"), fence).await.unwrap();
    let Claim::New { fence: next } = inbox.claim(id("a"), MINUTE).await.unwrap() else {
        panic!("new")
    };
    assert!(next > fence);
    inbox.release(id("never"), 1).await.unwrap();
}

pub(crate) async fn a_claim_ends_with_its_lease<I: Inbox>(inbox: I) {
    let short = Duration::from_millis(30);
    let Claim::New { fence } = inbox.claim(id("a"), short).await.unwrap() else { panic!("new") };
    tokio::time::sleep(short * 2).await;
    let Claim::New { fence: next } = inbox.claim(id("a"), MINUTE).await.unwrap() else {
        panic!("new")
    };
    assert!(next > fence);
    assert!(!inbox.answer(id("a"), fence, &Response::default(), MINUTE).await.unwrap());
    assert!(inbox.answer(id("a"), next, &reply(), short).await.unwrap());
    tokio::time::sleep(short * 2).await;
    assert!(matches!(inbox.claim(id("a"), MINUTE).await.unwrap(), Claim::New { .. }));
}

pub(crate) async fn a_claim_that_nobody_hears_is_given_back<I: Inbox>(inbox: I) {
    // For how long the future lies there after it was polled once: who waits for it leaves before
    // the store has done anything, while it does, and when its answer is there.
    for (number, lies) in [None, Some(0), Some(1), Some(5), Some(300)].into_iter().enumerate() {
        let id = id(&format!("reply {number}"));
        let mut claim = inbox.claim(id, MINUTE);
        if let Some(lies) = lies {
            if let Ok(claim) = tokio::time::timeout(Duration::ZERO, &mut claim).await {
                // It was heard at once.
                let Claim::New { fence } = claim.unwrap() else { panic!("nobody had it") };
                inbox.release(id, fence).await.unwrap();
            } else {
                tokio::time::sleep(Duration::from_millis(lies)).await;
            }
        }
        drop(claim);
        let left = Instant::now();
        while !matches!(inbox.claim(id, MINUTE).await.unwrap(), Claim::New { .. }) {
            assert!(left.elapsed() < MINUTE / 2, "{lies:?}: in the way of the next try");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
