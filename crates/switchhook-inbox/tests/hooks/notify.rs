//! Routes that acknowledge, and the worker that handles.

use switchhook_core::{IdempotencyKey, Malformed, Unknown};
use switchhook_dispatch::{
    Attempt, DeliveryId, Disposition, Incoming, NoInbox, State as Of, Store, notify,
};
use switchhook_inbox::Worker;
use switchhook_signature::SIGNATURE_HEADER;
use switchhook_twilio_conversations::MessageAdded;
use switchhook_twilio_video::{RoomEnded, VideoEvent};

use super::*;

#[tokio::test]
async fn a_delivery_is_acknowledged_when_it_is_kept_and_handled_later() {
    let (log, inbox, seen) = (Log::default(), MemoryInbox::new(), Log::default());
    let route = notify(verifier()).on(
        |ended: RoomEnded, Of(log): Of<Log>, id: DeliveryId, Attempt(attempt): Attempt| {
            say(&log, format!("{} {id} {attempt}", ended.room_sid));
        },
    );
    let observed = Arc::clone(&seen);
    let hooks = Dispatcher::new(log.clone()).at("/hook", route).inbox(inbox.clone()).observe(
        move |outcome| say(&observed, format!("{:?} {}", outcome.disposition, outcome.status)),
    );
    let hooks = Arc::new(hooks);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    assert_eq!(said(&log), [""; 0]);
    let kept = all(&inbox).await;
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].route.as_str(), kept[0].family.as_str()), ("/hook", "twilio.video"));
    assert_eq!(kept[0].event.as_deref(), Some("room-ended"));
    assert_eq!(kept[0].subject.as_deref(), Some("RM1"));

    let worker = Worker::new(Arc::clone(&hooks), inbox.clone());
    worker.clone().run_until_idle().await.unwrap();
    assert_eq!(said(&log), [format!("RM1 {} 1", kept[0].id)]);
    assert_eq!(states(&inbox).await, [State::Done]);
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    worker.clone().run_until_idle().await.unwrap();
    assert_eq!(said(&log), [""; 0]);
    assert_eq!(worker.counters().done, 1);
    let (duplicate, redelivered) = (Disposition::Duplicate, Disposition::Redelivered(1));
    assert_eq!(
        said(&seen),
        [
            format!("{:?} 204 No Content", Disposition::Accepted),
            format!("{duplicate:?} 204 No Content"),
            format!("{redelivered:?} 204 No Content"),
            format!("{duplicate:?} 204 No Content"),
        ]
    );
}

#[tokio::test]
async fn one_url_can_take_all_events_and_others_one_each() {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let all_events = notify(verifier())
        .on(|_: RoomEnded, Of(log): Of<Log>| say(&log, "ended"))
        .otherwise(|event: VideoEvent, Of(log): Of<Log>| {
            say(&log, format!("other {:?}", event.name()));
        });
    let specific =
        notify(verifier()).handle(|_: RoomEnded, Of(log): Of<Log>| say(&log, "ended, at its own"));
    let hooks = Arc::new(
        Dispatcher::new(log.clone())
            .at("/hook", all_events)
            .at("/ended", specific)
            .inbox(inbox.clone()),
    );
    assert_eq!(send(&hooks, ROOM_ENDED).await, 204);
    assert_eq!(send(&hooks, "StatusCallbackEvent=room-created&RoomSid=RM1").await, 204);
    // The same event at another URL is another delivery, and may lack its name.
    let unnamed = request("/ended", "RoomSid=RM1", None);
    assert_eq!(hooks.serve(unnamed).await.status(), 204);
    Worker::new(hooks, inbox.clone()).concurrency(1).run_until_idle().await.unwrap();
    assert_eq!(said(&log), ["ended", "other Some(\"room-created\")", "ended, at its own"]);
}

#[tokio::test]
async fn a_second_try_by_get_is_a_duplicate_and_another_url_is_not() {
    let inbox = MemoryInbox::new();
    let route = notify(verifier()).allow_get().on(|_: MessageAdded| ());
    let hooks = hooks((), route, &inbox);
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    for (target, retry_count, kept) in [
        ("/hook?tenant=a%20b", "0", 1),
        ("/hook?tenant=a%20b", "1", 1),
        ("/hook?tenant=c", "0", 2),
        ("/hook?tenant=c", "2", 2),
        ("/hook", "0", 3),
        ("/hook", "1", 3),
    ] {
        let params = Params::from_pairs([
            ("EventType", "onMessageAdded"),
            ("ConversationSid", "CH1"),
            ("MessageSid", "IM1"),
            ("RetryCount", retry_count),
        ]);
        let url = format!("https://hooks.example.com{target}");
        let response = hooks.serve(signer.get(&url, &params).unwrap()).await;
        assert_eq!(response.status(), 204);
        assert_eq!(all(&inbox).await.len(), kept, "{target} {retry_count}");
    }
}

#[tokio::test]
async fn what_is_no_event_is_kept_as_well() {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let unknown = "StatusCallbackEvent=room-exploded&RoomSid=RM1";
    let malformed = "StatusCallbackEvent=room-ended";
    let unhandled = "StatusCallbackEvent=room-created&RoomSid=RM1";
    let bare = hooks(log.clone(), notify(verifier()).on(|_: RoomEnded| ()), &inbox);
    for form in [unknown, unknown, malformed, malformed, unhandled] {
        assert_eq!(send(&bare, form).await, 204);
    }
    Worker::new(bare, inbox.clone()).run_until_idle().await.unwrap();
    let kept = all(&inbox).await;
    let kept: Vec<_> = kept
        .iter()
        .map(|kept| (kept.event.as_deref(), kept.state, kept.error.as_deref()))
        .collect();
    assert_eq!(
        kept,
        [
            (Some("room-exploded"), State::Done, None),
            (Some("room-ended"), State::Dead, Some("malformed event: RoomSid is missing")),
            (Some("room-created"), State::Done, None),
        ]
    );

    // A handler that is added later can have them again.
    let route = notify(verifier())
        .on(|event: Unknown<VideoEvent>, Of(log): Of<Log>| say(&log, format!("{:?}", event.name())))
        .on(|event: Malformed<VideoEvent>, Of(log): Of<Log>| say(&log, event.info().name));
    assert_eq!(inbox.replay(&Filter::new(), 10).await.unwrap(), 3);
    let hooks = hooks(log.clone(), route, &inbox);
    Worker::new(hooks, inbox.clone()).concurrency(1).run_until_idle().await.unwrap();
    assert_eq!(said(&log), ["Some(\"room-exploded\")", "room-ended"]);
    assert_eq!(states(&inbox).await, [State::Done; 3]);
}

#[tokio::test]
async fn a_kept_delivery_is_verified_again() {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let route =
        |key| notify(verifier_of(key)).on(|_: RoomEnded, Of(log): Of<Log>| say(&log, "handled"));
    let received = hooks(log.clone(), route(KEY), &inbox);
    assert_eq!(send(&received, ROOM_ENDED).await, 204);
    let rotated = hooks(log.clone(), route("another key"), &inbox);
    Worker::new(rotated, inbox.clone()).run_until_idle().await.unwrap();
    assert_eq!(said(&log), [""; 0]);
    let kept = all(&inbox).await.remove(0);
    assert_eq!(kept.state, State::Retry);
    let error = kept.error.unwrap();
    assert!(error.starts_with("refused when it was to be handled: "), "{error}");
    assert!(!error.contains("RM1") && !error.contains("another key"), "{error}");
}

#[tokio::test]
async fn what_somebody_else_wrote_into_the_store_is_handled_nowhere() {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let route = notify(verifier()).on(|_: RoomEnded, Of(log): Of<Log>| say(&log, "handled"));
    let hooks = hooks(log.clone(), route, &inbox);
    let unsigned = || {
        let mut request = request("/hook", ROOM_ENDED, None);
        request.headers_mut().remove(SIGNATURE_HEADER);
        request
    };
    let changed = || {
        request("/hook", ROOM_ENDED, None)
            .map(|_| "StatusCallbackEvent=room-ended&RoomSid=RM2".into())
    };
    let elsewhere = || request("/other", ROOM_ENDED, None);
    for (at, request) in [unsigned(), changed(), elsewhere()].into_iter().enumerate() {
        let id = DeliveryId::of(&IdempotencyKey::of([at.to_string()]));
        inbox.accept(Incoming::new(id, "/hook", "twilio.video", request)).await.unwrap();
    }
    Worker::new(hooks, inbox.clone()).run_until_idle().await.unwrap();
    assert_eq!(said(&log), [""; 0]);
    for kept in all(&inbox).await {
        let error = kept.error.unwrap();
        assert!(error.starts_with("refused when it was to be handled: "), "{error}");
    }
}

#[tokio::test]
async fn an_acknowledgement_can_have_a_body() {
    let route = || {
        notify(verifier())
            .acknowledge_with("{\"status\":\"received\"}", "application/json")
            .on(|_: RoomEnded| ())
    };
    let received = (200, "{\"status\":\"received\"}".to_owned());
    let kept = hooks((), route(), &MemoryInbox::new());
    assert_eq!(ask(&kept, "/hook", None).await, received);
    assert_eq!(ask(&kept, "/hook", None).await, received);
    let direct = Dispatcher::new(()).at("/hook", route());
    assert_eq!(ask(&direct, "/hook", None).await, received);
    let unhandled = request("/hook", "StatusCallbackEvent=room-created&RoomSid=RM1", None);
    assert_eq!(shown(&direct.serve(unhandled).await), received);
}

#[tokio::test]
async fn what_needs_an_inbox_says_so() {
    let seen = Log::default();
    let log = Arc::clone(&seen);
    let asks = notify(verifier()).on(|_: RoomEnded, _: DeliveryId| ());
    let skips = notify(verifier()).skip_outdated().on(|_: RoomEnded| ());
    let hooks = Dispatcher::new(()).at("/hook", asks).at("/skips", skips).observe(move |outcome| {
        say(&log, outcome.failure.map(ToString::to_string).unwrap_or_default());
    });
    assert_eq!(ask(&hooks, "/hook", None).await.0, 500);
    assert_eq!(ask(&hooks, "/skips", None).await.0, 503);
    assert_eq!(
        said(&seen),
        [
            NoInbox.to_string(),
            "the store cannot do this: a route that skips outdated deliveries needs an inbox"
                .into(),
        ]
    );
}

#[tokio::test]
async fn a_receiver_needs_no_handlers() {
    let (log, inbox) = (Log::default(), MemoryInbox::new());
    let receiver = hooks((), notify(verifier()), &inbox);
    assert_eq!(send(&receiver, ROOM_ENDED).await, 204);
    assert_eq!(send(&receiver, ROOM_ENDED).await, 204);
    assert_eq!(states(&inbox).await, [State::Pending]);
    // A worker without handlers must not end it unseen.
    Worker::new(receiver, inbox.clone()).run_until_idle().await.unwrap();
    assert_eq!(all(&inbox).await[0].error.as_deref(), Some("the route has no handlers"));
    assert_eq!(inbox.replay(&Filter::new(), 10).await.unwrap(), 1);
    let route = notify(verifier()).on(|_: RoomEnded, Of(log): Of<Log>| say(&log, "handled"));
    Worker::new(hooks(log.clone(), route, &inbox), inbox.clone()).run_until_idle().await.unwrap();
    assert_eq!((said(&log).len(), states(&inbox).await), (1, vec![State::Done]));
}

#[tokio::test]
async fn unknown_events_are_kept_for_review_where_the_route_says_so() {
    for (reviews, state) in [(true, State::Dead), (false, State::Done)] {
        let inbox = MemoryInbox::new();
        let mut route = notify(verifier()).on(|_: RoomEnded| ());
        if reviews {
            route = route.review_unknown();
        }
        let hooks = hooks((), route, &inbox);
        assert_eq!(send(&hooks, "StatusCallbackEvent=room-repainted&RoomSid=RM1").await, 204);
        // Known events are what a URL may get, also without a handler.
        assert_eq!(send(&hooks, "StatusCallbackEvent=room-created&RoomSid=RM1").await, 204);
        Worker::new(hooks, inbox.clone()).run_until_idle().await.unwrap();
        assert_eq!(states(&inbox).await, [state, State::Done]);
        let error = all(&inbox).await[0].error.clone();
        let why = "not to be tried again: no event that this URL is for";
        assert_eq!(error.as_deref(), reviews.then_some(why));
    }
}
