//! A disk that is full, and has room again.

use http::StatusCode;
use switchhook_core::Params;
use switchhook_dispatch::{
    Accepted, Dispatcher, Endpoint, Store, StoreErrorKind, interactive, notify,
};
use switchhook_inbox::{Filter, State, Worker};
use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verifier};
use switchhook_twilio_video::RoomEnded;

use super::*;

#[tokio::test]
async fn a_full_disk_is_an_error_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let inbox = SqliteInbox::options().max_bytes(1 << 20).open(&path).unwrap();
    let large = |n: usize| incoming(&format!("large {n}"), vec![b'x'; 50_000]);
    let mut kept = 0;
    let error = loop {
        match inbox.accept(large(kept)).await {
            Ok(accepted) => assert_eq!(accepted, Accepted::New),
            Err(error) => break error,
        }
        kept += 1;
        assert!(kept < 100);
    };
    assert_eq!(error.kind(), StoreErrorKind::Full);
    assert!(kept > 10);

    // Many at once, large and small: those that are told so are kept, and no other.
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..200 {
        let inbox = inbox.clone();
        let size = if n % 2 == 0 { 50_000 } else { 10 };
        tasks.spawn(async move {
            let name = format!("many {n}");
            (name.clone(), inbox.accept(incoming(&name, vec![b'x'; size])).await)
        });
    }
    let mut refused = 0;
    for (name, accepted) in tasks.join_all().await {
        let shown = inbox.show(id(&name)).await.unwrap();
        match accepted {
            Ok(Accepted::New) => assert!(shown.is_some(), "{name}"),
            Err(error) => {
                assert_eq!(error.kind(), StoreErrorKind::Full);
                assert!(shown.is_none(), "{name}");
                refused += 1;
            }
            Ok(Accepted::Known) => panic!("{name} is new"),
        }
    }
    assert!(refused >= 100);
    let whole: String =
        other(&path).query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    let orphans: i64 = other(&path)
        .query_row(
            "select (select count(*) from switchhook_requests)
                  - (select count(*) from switchhook_deliveries)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(orphans, 0);

    // Room is what is deleted, or what is added.
    assert_eq!(inbox.remove(&Filter::new().id(id("large 0")), 1).await.unwrap(), 1);
    assert_eq!(inbox.accept(large(kept)).await.unwrap(), Accepted::New);
    assert_eq!(inbox.accept(large(kept + 1)).await.unwrap_err().kind(), StoreErrorKind::Full);
    inbox.set_max_bytes(None).await.unwrap();
    assert_eq!(inbox.accept(large(kept + 1)).await.unwrap(), Accepted::New);
}

#[tokio::test]
async fn calls_are_answered_while_the_disk_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let inbox = SqliteInbox::open(&path).unwrap();
    let verifier = || {
        let origin = PublicUrl::origin("https://hooks.example.com").unwrap();
        Verifier::twilio(Keys::new("an auth token").unwrap(), origin)
    };
    let hooks = std::sync::Arc::new(
        Dispatcher::new(())
            .at("/notify", notify(verifier()).on(|_: RoomEnded| ()))
            .at("/ask", interactive(verifier()).on(|_: RoomEnded| "an answer"))
            .inbox(inbox.clone()),
    );
    let ask = async |path: &str, number: usize| {
        // Longer than what is free on pages that are there.
        let filler = "x".repeat(9000);
        let body = format!("StatusCallbackEvent=room-ended&RoomSid=RM{number}&RoomName={filler}");
        let signer = Signer::twilio(Key::new("an auth token").unwrap());
        let url = format!("https://hooks.example.com{path}");
        let request = signer.form(&url, &Params::parse(body.as_bytes()).unwrap()).unwrap();
        hooks.serve(request).await
    };
    assert_eq!(ask("/notify", 1).await.status(), StatusCode::NO_CONTENT);
    let bytes = inbox.stats().await.unwrap().bytes.unwrap();
    inbox.set_max_bytes(Some(bytes)).await.unwrap();

    assert_eq!(ask("/notify", 2).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    let answer = ask("/ask", 3).await;
    assert_eq!((answer.status(), &answer.body()[..]), (StatusCode::OK, &b"an answer"[..]));

    inbox.set_max_bytes(None).await.unwrap();
    assert_eq!(ask("/notify", 2).await.status(), StatusCode::NO_CONTENT);
    Worker::new(hooks.clone(), inbox.clone()).run_until_idle().await.unwrap();
    assert_eq!(inbox.stats().await.unwrap().count(State::Done), 2);
}
