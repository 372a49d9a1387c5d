//! Dead letters over HTTP.

use std::{fmt, sync::Arc, time::UNIX_EPOCH};

use bytes::Bytes;
use http::{Method, Response, StatusCode, request::Parts};
use serde_json::{Value, json};
use switchhook_dispatch::{DeliveryId, StoreError};
use switchhook_signature::Guard;

use crate::{
    Filter, Inbox, State, Summary,
    guarded::{empty, guarded_endpoint, shown},
};

/// An endpoint for whoever looks after an inbox: its dead letters, listed, shown, replayed.
///
/// | request | answer |
/// |---|---|
/// | `GET /` | the newest hundred as a JSON list: `id`, `route`, `family`, `event`, `subject`, `attempts`, `error`, `received_at` in seconds since 1970 |
/// | `GET /ID` | one, also with its `method` and its `body` as text |
/// | `POST /ID/replay` | 202: pending again, its attempts counted from the beginning |
///
/// Paths are those below the place where it is mounted; a slash at their end may be there or not.
/// What is no dead letter is 404; when the inbox fails it is 503.
///
/// A letter may hold a whole message, so nobody comes in without fulfilling the guard. Headers and
/// queries, which may hold credentials of the provider's, are not shown.
///
/// ```
/// use switchhook_inbox::{MemoryInbox, Review};
/// use switchhook_signature::Guard;
///
/// let review = Review::new(MemoryInbox::new(), Guard::basic("operator", "a long password")?);
/// // With axum: `Router::new().nest_service("/failures", switchhook_axum::service(review))`
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Review {
    inbox: Arc<dyn Inbox>,
    guard: Guard,
}

/// How many letters are listed.
const MOST: usize = 100;

impl Review {
    /// An endpoint for the dead letters of this inbox, behind a guard.
    pub fn new(inbox: impl Inbox, guard: Guard) -> Self {
        Self { inbox: Arc::new(inbox), guard }
    }

    async fn answer(&self, head: &Parts) -> Response<Bytes> {
        let path = head.uri.path().trim_matches('/');
        let (id, action) = path.split_once('/').unwrap_or((path, ""));
        let done = match (&head.method, id, action) {
            (&Method::GET, "", "") => self.list().await,
            (&Method::GET, id, "") => self.show(id).await,
            (&Method::POST, id, "replay") => self.replay(id).await,
            (_, _, "" | "replay") => Ok(empty(StatusCode::METHOD_NOT_ALLOWED)),
            _ => Ok(empty(StatusCode::NOT_FOUND)),
        };
        done.unwrap_or_else(|_| empty(StatusCode::SERVICE_UNAVAILABLE))
    }

    async fn list(&self) -> Result<Response<Bytes>, StoreError> {
        let dead = self.inbox.list(&Filter::new().state(State::Dead), None, MOST).await?;
        Ok(shown(dead.iter().map(told).collect::<Value>().to_string()))
    }

    async fn show(&self, id: &str) -> Result<Response<Bytes>, StoreError> {
        let Ok(id) = id.parse::<DeliveryId>() else { return Ok(empty(StatusCode::NOT_FOUND)) };
        let Some(letter) = self.inbox.show(id).await? else {
            return Ok(empty(StatusCode::NOT_FOUND));
        };
        if letter.summary.state != State::Dead {
            return Ok(empty(StatusCode::NOT_FOUND));
        }
        let mut told = told(&letter.summary);
        told["method"] = letter.request.method().as_str().into();
        told["body"] = String::from_utf8_lossy(letter.request.body()).into();
        Ok(shown(told.to_string()))
    }

    async fn replay(&self, id: &str) -> Result<Response<Bytes>, StoreError> {
        let Ok(id) = id.parse::<DeliveryId>() else { return Ok(empty(StatusCode::NOT_FOUND)) };
        let replayed = self.inbox.replay(&Filter::new().id(id).state(State::Dead), 1).await?;
        Ok(empty(if replayed == 0 { StatusCode::NOT_FOUND } else { StatusCode::ACCEPTED }))
    }
}

guarded_endpoint!(Review);

impl fmt::Debug for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Review").field("guard", &self.guard).finish_non_exhaustive()
    }
}

fn told(letter: &Summary) -> Value {
    let received_at = letter.received_at.duration_since(UNIX_EPOCH).ok();
    json!({
        "id": letter.id.to_string(), "route": letter.route, "family": letter.family,
        "event": letter.event, "subject": letter.subject, "attempts": letter.attempts,
        "error": letter.error, "received_at": received_at.map(|since| since.as_secs()),
    })
}

#[cfg(test)]
mod tests {
    use http::Request;
    use switchhook_core::IdempotencyKey;
    use switchhook_dispatch::{Endpoint, Incoming, Store};

    use super::*;
    use crate::{MemoryInbox, Settlement};

    /// `operator:sesame`.
    const LOGIN: &str = "Basic b3BlcmF0b3I6c2VzYW1l";

    async fn ask(review: &Review, method: &str, path: &str) -> (u16, Value) {
        let request = Request::builder().method(method).uri(path).header("authorization", LOGIN);
        let response = review.serve(request.body(Bytes::new()).unwrap()).await;
        let body = serde_json::from_slice(response.body()).unwrap_or_default();
        (response.status().as_u16(), body)
    }

    /// An inbox with a dead letter and a delivery that waits; their ids.
    async fn inbox() -> (MemoryInbox, String, String) {
        let inbox = MemoryInbox::new();
        let ids = ["dead", "waits"].map(|name| DeliveryId::of(&IdempotencyKey::of([name])));
        for id in ids {
            let request = Request::post("/video?secret=canary").header("authorization", "canary");
            let request = request.body(Bytes::from("a=1")).unwrap();
            inbox.accept(Incoming::new(id, "/video", "twilio.video", request)).await.unwrap();
            if id == ids[0] {
                let leased = inbox.lease(1, std::time::Duration::from_secs(60)).await.unwrap();
                let settlement = Settlement::Dead { error: "no such room".into() };
                inbox.settle(id, leased[0].fence, settlement).await.unwrap();
            }
        }
        let [dead, waits] = ids.map(|id| id.to_string());
        (inbox, dead, waits)
    }

    #[tokio::test]
    async fn dead_letters_are_listed_shown_and_replayed() {
        let (inbox, dead, waits) = inbox().await;
        let review = Review::new(inbox.clone(), Guard::basic("operator", "sesame").unwrap());
        let (status, list) = ask(&review, "GET", "/").await;
        assert_eq!((status, list.as_array().unwrap().len()), (200, 1));
        assert_eq!(list[0]["id"], *dead);
        assert_eq!(list[0]["error"], "no such room");
        assert!(list[0]["received_at"].as_u64().unwrap() > 1_700_000_000);
        for path in [format!("/{dead}"), format!("/{dead}/")] {
            let (status, letter) = ask(&review, "GET", &path).await;
            assert_eq!((status, &letter["body"]), (200, &json!("a=1")));
            assert_eq!(letter["method"], "POST");
            assert!(!letter.to_string().contains("canary"), "{letter}");
        }
        for (method, path, status) in [
            ("GET", format!("/{waits}"), 404),
            ("POST", format!("/{waits}/replay"), 404),
            ("GET", "/ev_1".into(), 404),
            ("GET", format!("/{dead}/replay"), 405),
            ("DELETE", format!("/{dead}"), 405),
            ("GET", format!("/{dead}/headers"), 404),
            ("POST", format!("/{dead}/replay/"), 202),
            ("POST", format!("/{dead}/replay/"), 404),
        ] {
            assert_eq!(ask(&review, method, &path).await.0, status, "{method} {path}");
        }
        assert_eq!(ask(&review, "GET", "/").await.1, json!([]));
        assert_eq!(inbox.stats().await.unwrap().count(State::Pending), 2);
    }

    #[tokio::test]
    async fn nobody_comes_in_without_the_password() {
        let (inbox, dead, _) = inbox().await;
        let review = Review::new(inbox, Guard::basic("operator", "another").unwrap());
        for (method, path) in [("GET", "/".into()), ("POST", format!("/{dead}/replay"))] {
            assert_eq!(ask(&review, method, &path).await, (401, Value::Null));
        }
        let head = Request::get("/").body(()).unwrap().into_parts().0;
        let refusal = review.check(&head).unwrap_err();
        assert!(review.refuse(&head, refusal).headers().contains_key("www-authenticate"));
        assert!(!format!("{review:?}").contains("another"));
    }
}
