//! A dispatcher seen from an HTTP server: requests in, responses and effects out.

mod admission;
mod replies;

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use switchhook_core::{Delivery, Limits, Malformed, Params, Unknown};
use switchhook_dispatch::{
    Context, Dispatcher, Endpoint, FailurePolicy, FromContext, FromRef, IdempotencyToken,
    Interactive, Notify, Refusal, Route, RouteKind, State, interactive, notify,
};
use switchhook_signature::{
    Connection, Guard, Key, Keys, Match, PublicTarget, PublicUrl, Signer, Verified, Verifier,
};
use switchhook_twilio_video::{
    ParticipantConnected, ParticipantEvent, RoomCreated, RoomEnded, RoomEvent, VideoEvent,
};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const URL: &str = "https://hooks.example.com/video";

type Log = Arc<Mutex<Vec<String>>>;

fn verifier() -> Verifier {
    let origin = PublicUrl::origin("https://hooks.example.com").unwrap();
    Verifier::twilio(Keys::new(KEY).unwrap(), origin)
}

fn form(body: &str) -> Request<Bytes> {
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    signer.form(URL, &Params::parse(body.as_bytes()).unwrap()).unwrap()
}

async fn answer<S: Send + Sync + 'static, K: RouteKind>(
    state: S,
    route: Route<S, K>,
    request: Request<Bytes>,
) -> Response<Bytes> {
    Dispatcher::new(state).at("/video", route).serve(request).await
}

fn say(log: &Log, what: impl Into<String>) {
    log.lock().unwrap().push(what.into());
}

fn said(log: &Log) -> Vec<String> {
    std::mem::take(&mut log.lock().unwrap())
}

async fn created(created: RoomCreated, State(log): State<Log>) {
    say(&log, format!("created {}", created.room_sid));
}

#[tokio::test]
async fn the_closest_handler_takes_an_event() {
    let log = Log::default();
    let route = || {
        notify(verifier())
            .otherwise(|event: VideoEvent, State(log): State<Log>| {
                say(&log, format!("other {:?}", event.name()));
            })
            .on(|event: RoomEvent, State(log): State<Log>| {
                say(&log, format!("room {}", event.data().name()));
            })
            .on(created)
            .on(async |unknown: Unknown<VideoEvent>, State(log): State<Log>| {
                say(&log, format!("unknown {:?}", unknown.name()));
            })
            .on(|malformed: Malformed<VideoEvent>, State(log): State<Log>| {
                say(&log, format!("malformed {}", malformed.reason()));
            })
    };
    for (body, expected) in [
        ("StatusCallbackEvent=room-created&RoomSid=RM1", "created RM1"),
        ("StatusCallbackEvent=room-ended&RoomSid=RM1", "room room-ended"),
        ("StatusCallbackEvent=track-added&TrackSid=MT1", "other Some(\"track-added\")"),
        ("StatusCallbackEvent=room-exploded&RoomSid=RM1", "unknown Some(\"room-exploded\")"),
        ("RoomSid=RM1", "unknown None"),
        ("StatusCallbackEvent=room-ended", "malformed RoomSid is missing"),
    ] {
        let response = answer(log.clone(), route(), form(body)).await;
        assert_eq!(
            (response.status(), response.body().len()),
            (StatusCode::NO_CONTENT, 0),
            "{body}"
        );
        assert_eq!(said(&log), [expected]);
    }
}

#[tokio::test]
async fn an_event_without_a_handler_is_acknowledged_and_a_malformed_one_is_not() {
    for (body, status) in [
        ("StatusCallbackEvent=room-created&RoomSid=RM1", 204),
        ("StatusCallbackEvent=room-exploded", 204),
        ("StatusCallbackEvent=room-ended", 422),
    ] {
        let route = interactive(verifier()).on(|_: ParticipantEvent| "never called");
        assert_eq!(answer((), route, form(body)).await.status(), status, "{body}");
    }
    let nobody: Route<()> = notify(verifier());
    assert_eq!(
        answer((), nobody, form("StatusCallbackEvent=room-ended&RoomSid=R")).await.status(),
        204
    );
}

#[tokio::test]
async fn replies_are_what_handlers_return() {
    async fn reply<H, M>(handler: H) -> (u16, Bytes)
    where
        H: switchhook_dispatch::Handler<RoomEnded, (), Interactive, M>,
        M: 'static,
    {
        let request = form("StatusCallbackEvent=room-ended&RoomSid=RM1");
        let response = answer((), interactive(verifier()).on(handler), request).await;
        (response.status().as_u16(), response.into_body())
    }
    async fn told<H, M>(handler: H) -> u16
    where
        H: switchhook_dispatch::Handler<RoomEnded, (), Notify, M>,
        M: 'static,
    {
        let request = form("StatusCallbackEvent=room-ended&RoomSid=RM1");
        answer((), notify(verifier()).on(handler), request).await.status().as_u16()
    }

    assert_eq!(reply(|_: RoomEnded| StatusCode::ACCEPTED).await, (202, Bytes::new()));
    assert_eq!(reply(|e: RoomEnded| e.room_sid.to_string()).await, (200, "RM1".into()));
    assert_eq!(reply(async |_: RoomEnded| "ok").await, (200, "ok".into()));
    assert_eq!(reply(|_: RoomEnded| Response::new(Bytes::from("x"))).await, (200, "x".into()));
    assert_eq!(reply(|_: RoomEnded| Ok::<_, std::fmt::Error>("ok")).await, (200, "ok".into()));
    assert_eq!(reply(|_: RoomEnded| Err::<String, _>("canary")).await, (500, Bytes::new()));
    assert_eq!(
        reply(async |_: RoomEnded| Err::<String, _>(anyhow::anyhow!("canary"))).await,
        (500, Bytes::new())
    );
    assert_eq!(told(|_: RoomEnded| ()).await, 204);
    assert_eq!(told(|_: RoomEnded| StatusCode::ACCEPTED).await, 202);
    assert_eq!(told(async |_: RoomEnded| anyhow::Ok(())).await, 204);
    assert_eq!(told(async |_: RoomEnded| Err::<(), _>(anyhow::anyhow!("canary"))).await, 500);
}

/// An application's state with parts.
#[derive(Clone)]
struct App {
    log: Log,
}

impl FromRef<App> for Log {
    fn from_ref(app: &App) -> Log {
        app.log.clone()
    }
}

/// An extractor of the application's own.
struct UserAgent(String);

impl<S> FromContext<S> for UserAgent {
    type Error = &'static str;

    fn from_context(context: &Context<'_, S>) -> Result<Self, &'static str> {
        let agent = context.head().headers.get("user-agent").ok_or("no user agent")?;
        Ok(Self(agent.to_str().map_err(|_| "not text")?.into()))
    }
}

async fn everything(
    event: ParticipantConnected,
    State(app): State<App>,
    State(log): State<Log>,
    IdempotencyToken(token): IdempotencyToken,
    delivery: Arc<Verified<Delivery>>,
    UserAgent(agent): UserAgent,
) -> Result<(), std::io::Error> {
    tokio::task::yield_now().await;
    assert!(Arc::ptr_eq(&app.log, &log));
    let key = delivery.signature().map(|found| found.key);
    say(&log, format!("{} {token:?} {agent} {key:?} {}", event.participant_sid, delivery.url()));
    Ok(())
}

#[tokio::test]
async fn extractors_follow_the_event() {
    let app = App { log: Log::default() };
    let route = || notify(verifier()).on(everything);
    let mut request = form("StatusCallbackEvent=participant-connected&ParticipantSid=PA1");
    request.headers_mut().insert("i-twilio-idempotency-token", "t-1".parse().unwrap());
    request.headers_mut().insert("user-agent", "TwilioProxy/1.1".parse().unwrap());
    assert_eq!(answer(app.clone(), route(), request).await.status(), 204);
    assert_eq!(said(&app.log), [format!("PA1 Some(\"t-1\") TwilioProxy/1.1 Some(0) {URL}")]);

    let request = form("StatusCallbackEvent=participant-connected&ParticipantSid=PA1");
    assert_eq!(answer(app.clone(), route(), request).await.status(), 500);
    assert_eq!(said(&app.log), [""; 0]);
}

#[tokio::test]
async fn panics_and_errors_follow_the_failure_policy() {
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1";
    let routes: [fn() -> Route<()>; 3] = [
        || notify(verifier()).on(|e: RoomEnded| assert_eq!(e.room_sid, "", "not async")),
        || {
            notify(verifier()).on(async |e: RoomEnded| {
                tokio::task::yield_now().await;
                assert_eq!(e.room_sid, "", "async");
            })
        },
        || notify(verifier()).on(|_: RoomEnded| Err::<(), _>("an error")),
    ];
    for route in routes {
        assert_eq!(answer((), route(), form(body)).await.status(), 500);
        let lenient = route().on_failure(FailurePolicy::AckAlways);
        assert_eq!(answer((), lenient, form(body)).await.status(), 204);
    }
    let lenient = notify(verifier()).on(|_: RoomCreated| ()).on_failure(FailurePolicy::AckAlways);
    assert_eq!(answer((), lenient, form("StatusCallbackEvent=room-ended")).await.status(), 204);
}

#[tokio::test]
async fn requests_are_refused_before_any_handler_runs() {
    let log = Log::default();
    let route = |_: &Log| {
        notify(verifier()).on(|_: VideoEvent, State(log): State<Log>| say(&log, "called"))
    };
    let change = |change: &dyn Fn(&mut Request<Bytes>)| {
        let mut request = form("StatusCallbackEvent=room-ended&RoomSid=RM1");
        change(&mut request);
        request
    };
    let header = |name: &'static str, value: &'static str| {
        change(&|request| {
            request.headers_mut().insert(name, value.parse().unwrap());
        })
    };
    let many = format!("StatusCallbackEvent=room-ended{}", "&a=1".repeat(512));
    for (why, request, status) in [
        ("other path", change(&|r| *r.uri_mut() = "/audio".parse().unwrap()), 404),
        ("slash", change(&|r| *r.uri_mut() = "/video/".parse().unwrap()), 404),
        ("method", change(&|r| *r.method_mut() = Method::PUT), 405),
        ("GET", change(&|r| *r.method_mut() = Method::GET), 405),
        ("type", header("content-type", "text/plain"), 415),
        ("JSON", header("content-type", "application/json"), 415),
        (
            "no type",
            change(&|r| {
                r.headers_mut().remove("content-type");
            }),
            415,
        ),
        ("gzip", header("content-encoding", "gzip"), 415),
        ("long", change(&|r| *r.body_mut() = Bytes::from(vec![b'a'; 257 * 1024])), 413),
        ("many", change(&|r| *r.body_mut() = many.clone().into()), 413),
        (
            "forged",
            change(&|r| *r.body_mut() = "StatusCallbackEvent=room-ended&RoomSid=RM2".into()),
            403,
        ),
        (
            "unsigned",
            change(&|r| {
                r.headers_mut().remove("x-twilio-signature");
            }),
            403,
        ),
        ("other key", header("x-twilio-signature", "AQM25alwhHN04RUM59r69fs9JFk="), 403),
        ("empty", change(&|r| *r.body_mut() = Bytes::new()), 403),
    ] {
        let response = answer(log.clone(), route(&log), request).await;
        assert_eq!(response.status(), status, "{why}");
        assert!(response.body().is_empty(), "{why}");
        if status == 405 {
            assert_eq!(response.headers()["allow"], "POST");
        }
    }
    assert_eq!(said(&log), [""; 0]);
}

#[tokio::test]
async fn a_route_may_allow_more() {
    let get = Signer::twilio(Key::new(KEY).unwrap())
        .get(URL, &Params::parse(b"StatusCallbackEvent=room-ended&RoomSid=RM9").unwrap())
        .unwrap();
    let route = interactive(verifier()).allow_get().on(|e: RoomEnded| e.room_sid.to_string());
    assert_eq!(answer((), route, get).await.body(), "RM9");

    let narrow =
        notify(verifier()).limits(Limits::default().with_parameters(2)).on(|_: RoomEnded| ());
    let request = form("StatusCallbackEvent=room-ended&RoomSid=RM9&a=1");
    assert_eq!(answer((), narrow, request).await.status(), 413);

    let mut unsigned = form("StatusCallbackEvent=room-ended&RoomSid=RM9");
    unsigned.headers_mut().remove("x-twilio-signature");
    let open = interactive(Verifier::trust_without_verification())
        .on(|e: RoomEnded| e.room_sid.to_string());
    assert_eq!(answer((), open, unsigned).await.body(), "RM9");
}

mod doors {
    //! A second family, to share a path with the first.
    #![allow(unexpected_cfgs, missing_docs, reason = "a model without samples")]

    switchhook_core::params! { param {
        /// The door.
        door_sid: String = "DoorSid", sample "DR1";
    } }

    switchhook_core::form_events! {
        params param;
        family DoorWebhook by "DoorEvent";
        /// Doors.
        group DoorEvent = "door", common door_sid;
        key (door_sid);
        order ();
        /// A door was opened.
        DoorOpened = "door-opened" { subject door_sid; documented; }
    }

    switchhook_core::form_family! {
        params param;
        /// Doors.
        pub enum DoorWebhook = "example.door" by "DoorEvent", common door_sid { DoorOpened }
    }
}

#[tokio::test]
async fn families_can_share_a_path() {
    let log = Log::default();
    let route = || {
        interactive(verifier())
            .on(|e: RoomEnded| format!("room {}", e.room_sid))
            .on(|_: Unknown<VideoEvent>, State(log): State<Log>| {
                say(&log, "never asked");
                "never asked"
            })
            .on(|e: doors::DoorOpened| format!("door {}", e.door_sid))
            .on(|_: Unknown<doors::DoorWebhook>| "neither")
    };
    for (body, expected) in [
        ("StatusCallbackEvent=room-ended&RoomSid=RM1", "room RM1"),
        ("DoorEvent=door-opened&DoorSid=DR1", "door DR1"),
        ("Nothing=1", "neither"),
    ] {
        assert_eq!(answer(log.clone(), route(), form(body)).await.body(), expected);
    }
    // A family that does not know a delivery leaves it to the next one untouched.
    assert_eq!(said(&log), [""; 0]);
}

#[tokio::test]
async fn the_observer_sees_what_became_of_a_request_and_no_content() {
    let log = Log::default();
    let seen = log.clone();
    let hooks = Dispatcher::new(())
        .at("/video", notify(verifier()).on(|_: RoomEnded| Err::<(), _>("the database is gone")))
        .observe(move |outcome| {
            let read = outcome.read.cloned().unwrap_or_default();
            let failure = outcome.failure.map(ToString::to_string);
            let refusal = outcome.refusal.map(|r| r.code());
            say(
                &seen,
                format!(
                    "{} {:?} {:?} {refusal:?} {failure:?} {}",
                    outcome.path,
                    read.event,
                    read.subject,
                    outcome.status.as_u16()
                ),
            );
            say(&seen, format!("{outcome:?}"));
        });
    hooks.serve(form("StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=canary")).await;
    let mut forged = form("StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=canary");
    *forged.body_mut() = Bytes::from("RoomName=canary");
    hooks.serve(forged).await;
    let said = said(&log);
    assert_eq!(
        said[0],
        "/video Some(\"room-ended\") Some(\"RM1\") None Some(\"the database is gone\") 500"
    );
    assert_eq!(said[2], "/video None None Some(\"signature-mismatch\") None 403");
    assert!(said.iter().all(|line| !line.contains("canary")), "{said:?}");
}

#[tokio::test]
async fn an_outcome_is_a_line_without_content() {
    let log = Log::default();
    let seen = log.clone();
    let hooks = Dispatcher::new(())
        .at("/video", notify(verifier()).on(|_: RoomEnded| Err::<(), _>("the database is gone")))
        .observe(move |outcome| say(&seen, outcome.to_string()));
    for text in ["room-ended&RoomSid=RM1&RoomName=canary", "canary", "room-ended&RoomName=canary"] {
        hooks.serve(form(&format!("StatusCallbackEvent={text}"))).await;
    }
    let mut elsewhere = form("StatusCallbackEvent=room-ended");
    *elsewhere.uri_mut() = "/canary".parse().unwrap();
    hooks.serve(elsewhere).await;
    let mut forged = form("StatusCallbackEvent=room-ended");
    *forged.body_mut() = Bytes::from("RoomName=canary");
    hooks.serve(forged).await;
    assert_eq!(
        said(&log),
        [
            "/video room-ended Handled: the database is gone",
            "/video - 204 Handled",
            "/video room-ended Handled: malformed event: RoomSid is missing",
            "refused with 404: no route has the path",
            "/video refused with 403: signature mismatch",
        ]
    );
}

#[tokio::test]
async fn heads_can_be_refused_before_the_body_is_read() {
    let log = Log::default();
    let seen = log.clone();
    let hooks = Dispatcher::new(())
        .at("/video", notify(verifier()).on(|_: RoomEnded| ()))
        .observe(move |outcome| say(&seen, outcome.refusal.map_or("-", |refusal| refusal.code())));
    let check = |change: &dyn Fn(&mut Request<Bytes>)| {
        let mut request = form("StatusCallbackEvent=room-ended&RoomSid=RM1");
        change(&mut request);
        let head = request.into_parts().0;
        let refusal = hooks.check(&head).err()?;
        Some((hooks.refuse(&head, refusal).status().as_u16(), refusal.code()))
    };
    assert_eq!(check(&|_| ()), None);
    assert_eq!(check(&|r| *r.uri_mut() = "/x".parse().unwrap()), Some((404, "no-route")));
    assert_eq!(check(&|r| *r.method_mut() = Method::DELETE), Some((405, "method")));
    let without = |name: &'static str| {
        check(&|r| {
            r.headers_mut().remove(name);
        })
    };
    assert_eq!(without("content-type"), Some((415, "content-type")));
    assert_eq!(without("x-twilio-signature"), Some((403, "signature-missing")));
    assert_eq!(said(&log), ["no-route", "method", "content-type", "signature-missing"]);
    let head = form("").into_parts().0;
    assert_eq!(hooks.check(&head).unwrap(), 256 * 1024);
    assert_eq!(hooks.refuse(&head, Refusal::BodyTooLong).status(), 413);
    assert_eq!(said(&log), ["body-too-long"]);
}

#[tokio::test]
async fn a_panicking_observer_costs_no_response() {
    let hooks = Dispatcher::new(())
        .at("/video", interactive(verifier()).on(|_: RoomEnded| "handled"))
        .observe(|outcome| assert_ne!(outcome.status, 200, "an observer's own fault"));
    let response = hooks.serve(form("StatusCallbackEvent=room-ended&RoomSid=RM1")).await;
    assert_eq!(response.body(), "handled");
}

#[tokio::test]
async fn a_context_shows_no_content() {
    struct Shown(String);
    impl<S> FromContext<S> for Shown {
        type Error = std::convert::Infallible;
        fn from_context(context: &Context<'_, S>) -> Result<Self, Self::Error> {
            Ok(Self(format!("{context:?}")))
        }
    }
    let route = interactive(verifier()).on(|_: RoomEnded, Shown(shown): Shown| shown);
    let request = form("StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=canary");
    let signature = request.headers()["x-twilio-signature"].to_str().unwrap().to_owned();
    let shown = answer((), route, request).await.into_body();
    let shown = std::str::from_utf8(&shown).unwrap();
    assert!(!shown.contains("canary") && !shown.contains(&signature), "{shown}");
}

#[test]
fn endpoints_are_objects_that_cross_threads() {
    fn check<T: Send + Sync + 'static>(_: &T) {}
    let hooks = Dispatcher::new(()).at("/video", notify(verifier()).on(|_: RoomEnded| ()));
    check(&hooks);
    let endpoint: Box<dyn Endpoint> = Box::new(hooks);
    let _ = endpoint;
}

#[cfg(feature = "tower")]
#[tokio::test]
async fn a_dispatcher_is_a_tower_service() {
    use tower_service::Service;
    let hooks = Dispatcher::new(())
        .at("/video", interactive(verifier()).on(|e: RoomEnded| e.room_sid.to_string()));
    let mut service = hooks.into_service();
    let response = service.call(form("StatusCallbackEvent=room-ended&RoomSid=RM1")).await.unwrap();
    assert_eq!(response.body(), "RM1");
}

#[test]
fn mistakes_are_explained() {
    // The texts are those of one compiler: `.ci/run` asks for them, others need not.
    if std::env::var_os("SWITCHHOOK_COMPILE_TESTS").is_none() {
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile/*.rs");
}

#[tokio::test]
async fn a_route_that_gets_one_thing_names_it() {
    let route = || interactive(verifier()).handle(|ended: RoomEnded| ended.room_sid.to_string());
    let response = answer((), route(), form("RoomSid=RM7")).await;
    assert_eq!(response.body(), "RM7");
    // A name is believed before the route.
    let other = form("StatusCallbackEvent=room-created&RoomSid=RM7");
    assert_eq!(answer((), route(), other).await.status(), 204);
    assert_eq!(answer((), route(), form("RoomName=x")).await.status(), 422);
}
