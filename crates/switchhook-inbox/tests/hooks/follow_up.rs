//! What a handler leaves for later.

use std::sync::Arc;

use switchhook_core::{FromFamily, Json, Params, Payload};
use switchhook_dispatch::{
    Attempt, DeliveryId, Dispatcher, Endpoint, Incoming, State as With, Store, follow_up, notify,
};
use switchhook_inbox::{Backoff, Inbox, MemoryInbox, State, Worker};
use switchhook_twilio_video::RoomEnded;

use super::{Log, all, millis, request, said, say, send, verifier};

/// What handlers share.
#[derive(Clone)]
struct App {
    inbox: MemoryInbox,
    log: Log,
}

async fn ended(room: RoomEnded, With(app): With<App>) -> anyhow::Result<()> {
    app.inbox.accept(Incoming::follow_up("/tell", &room)).await?;
    say(&app.log, "ended");
    Ok(())
}

async fn tell(
    room: RoomEnded,
    id: DeliveryId,
    tried: Attempt,
    app: With<App>,
) -> anyhow::Result<()> {
    say(&app.0.log, format!("tell {} {id} {}", room.room_sid, room.params().to_form()));
    anyhow::ensure!(tried.0 == 3, "nobody listens");
    Ok(())
}

fn hooks(app: &App) -> Arc<Dispatcher<App>> {
    let hooks = Dispatcher::new(app.clone())
        .at("/hook", notify(verifier()).on(ended))
        .at("/other", notify(verifier()).handle(ended))
        .at("/tell", follow_up().on(tell));
    Arc::new(hooks.inbox(app.inbox.clone()))
}

#[tokio::test]
async fn a_follow_up_is_kept_once_and_tried_until_it_succeeds() {
    let app = App { inbox: MemoryInbox::new(), log: Log::default() };
    let hooks = hooks(&app);
    let form = "StatusCallbackEvent=room-ended&AccountSid=AC1&RoomSid=RM1&Extra=%2B1";
    assert_eq!(send(&*hooks, form).await, 204);
    // The same event once more, at another route.
    assert_eq!(hooks.serve(request("/other", form, None)).await.status(), 204);
    let backoff = Backoff { first: millis(0), ..Backoff::default() };
    let worker = Worker::new(hooks, app.inbox.clone()).backoff(backoff);
    worker.run_until_idle().await.unwrap();

    let told =
        all(&app.inbox).await.into_iter().find(|delivery| delivery.route == "/tell").unwrap();
    assert_eq!((told.state, told.attempts), (State::Done, 3));
    assert_eq!((told.event.as_deref(), told.subject.as_deref()), (Some("room-ended"), Some("RM1")));
    let mut log = said(&app.log);
    log.sort();
    let line = format!("tell RM1 {} {form}", told.id);
    assert_eq!(log, ["ended", "ended", &line, &line, &line]);
    assert_eq!(app.inbox.stats().await.unwrap().total(), 3);
}

#[tokio::test]
async fn no_request_reaches_it() {
    let app = App { inbox: MemoryInbox::new(), log: Log::default() };
    let hooks = hooks(&app);
    let asked = request("/tell", super::ROOM_ENDED, None);
    let (head, _) = asked.into_parts();
    assert_eq!(hooks.check(&head).unwrap_err().status(), 404);
    assert_eq!(hooks.serve(request("/tell", super::ROOM_ENDED, None)).await.status(), 404);
    assert_eq!(app.inbox.stats().await.unwrap().total(), 0);
}

#[test]
fn a_follow_up_of_a_delivery_is_known_by_it() {
    let payload = Payload::from(Params::parse(b"RoomSid=RM1").unwrap());
    let event = RoomEnded::read(&payload).unwrap();
    let delivery = |number| DeliveryId::from_bytes([number; 16]);
    let of = |number| Incoming::follow_up_of(delivery(number), "/tell", &event);
    assert_eq!(of(1).id, of(1).id);
    assert_ne!(of(1).id, of(2).id);
    assert_ne!(of(1).id, Incoming::follow_up_of(delivery(1), "/call", &event).id);
    assert_ne!(of(1).id, Incoming::follow_up("/tell", &event).id);
    let (one, other) = (of(1), Incoming::follow_up("/tell", &event));
    assert_eq!(one.request.body(), other.request.body());
    assert_eq!((one.event, one.subject, one.route), (other.event, other.subject, other.route));
    assert_eq!(one.request.headers()["idempotency-key"], one.id.to_string());
}

#[test]
fn a_name_is_added_where_a_route_stood_for_it() {
    let payload = Payload::from(Params::parse(b"RoomSid=RM1").unwrap());
    let follow_up = Incoming::follow_up("/tell", &RoomEnded::read(&payload).unwrap());
    assert_eq!(follow_up.request.body(), "StatusCallbackEvent=room-ended&RoomSid=RM1");
    assert_eq!((follow_up.route.as_str(), follow_up.family), ("/tell", "twilio.video"));
}

/// A family whose events come in JSON.
mod phone {
    #![allow(unreachable_pub, unexpected_cfgs, reason = "what a model crate exports")]

    use switchhook_core::{Payload, form_family, json_events, params};

    params! { param {
        /// The call.
        call_id: String = "call_id", sample "c1";
    } }

    json_events! {
        params param;
        family PhoneWebhook by "event_type";
        account "project_id";

        /// A call ended.
        CallEnded = "call.ended", group "call" {
            subject call_id;
            documented;
            key (call_id);
            order ();
        }
    }

    form_family! {
        params param;
        /// Whatever the telephone does.
        pub enum PhoneWebhook = "example.phone" in Json classified by |_: &Payload| {
            Some("call.ended")
        }, common call_id { CallEnded }
    }
}

#[tokio::test]
async fn json_stays_json() {
    let inbox = MemoryInbox::new();
    let log = Log::default();
    let route = follow_up().on(|ended: phone::CallEnded, log: With<Log>| {
        say(&log.0, ended.to_json().as_str());
    });
    let hooks = Arc::new(Dispatcher::new(log.clone()).at("/tell", route).inbox(inbox.clone()));
    let body = r#"{"event_type":"call.ended","call_id":"c1","more":[1, 2]}"#;
    let payload = Payload::from(Json::parse(body.as_bytes()).unwrap());
    let ended = phone::CallEnded::read(&payload).unwrap();
    inbox.accept(Incoming::follow_up("/tell", &ended)).await.unwrap();
    Worker::new(hooks, inbox).run_until_idle().await.unwrap();
    assert_eq!(said(&log), [body]);
}
