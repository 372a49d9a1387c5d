//! Every kind of request through every way in.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use http::Method;
use switchhook::inbox::{Backoff, Filter, Inbox, State, Worker};

use super::{
    canaries::assert_clean,
    request::{Answer, Sent, basic},
    routes::{self, Server},
};
use crate::stores::Kept;

/// A request that is let in, and the status that it gets.
type Way = (Sent, u16);

fn ways() -> Vec<Way> {
    vec![
        (Sent::of(routes::twilio_form("/native")), 200),
        (Sent::of(routes::twilio_form_without_a_subject("/native")), 422),
        (Sent::of(routes::twilio_form("/mounted/sms")), 204),
        (Sent::of(routes::twilio_form_without_a_subject("/mounted/sms")), 204),
        (Sent::of(routes::twilio_form("/mounted/bad")), 204),
        (Sent::of(routes::twilio_form("/mounted/panics")), 204),
        (Sent::of(routes::twilio_form("/mounted/call")), 200),
        (Sent::of(routes::twilio_decision("/mounted/decide")), 200),
        (Sent::of(routes::signalwire_json("/mounted/relay")), 204),
        (Sent::of(routes::signalwire_form("/mounted/compat")), 204),
        (Sent::of(routes::signalwire_form("/mounted/document")), 200),
    ]
}

/// A body just over the limit.
fn long() -> String {
    "canarything".repeat(24_000)
}

/// What others make of such a request, and the status that they get.
fn forged(genuine: &Sent) -> Vec<Way> {
    let changed =
        String::from_utf8(genuine.body().to_vec()).unwrap().replace("canarytext", "canarytext ");
    let kind = genuine.content_type().unwrap().to_owned();
    let other = kind.replace("urlencoded", "canarytext").replace("json", "canarytext");
    let query = format!("{}?canarytext=%2B15550009911", genuine.target());
    vec![
        (genuine.clone().with_body(changed), 403),
        (
            genuine.clone().with_body("Body=canarytext"),
            if kind.contains("json") { 400 } else { 403 },
        ),
        (genuine.clone().with("authorization", &basic("canarypassword2")), 401),
        (genuine.clone().without("authorization"), 401),
        (genuine.clone().with_signatures_elsewhere(), 403),
        (genuine.clone().with_made_up_signatures(), 403),
        (genuine.clone().with("content-type", &other), 415),
        (genuine.clone().with_method(Method::PATCH), 405),
        (genuine.clone().with_target(query), 403),
        (genuine.clone().with_body(long()), 413),
    ]
}

/// The functions of an AI, which nobody signs.
fn functions() -> Vec<Way> {
    let path = "/mounted/function";
    let good = Sent::of(routes::function_call(path, "weather", "7"));
    vec![
        (good.clone(), 200),
        // What the model hears of these is a text.
        (Sent::of(routes::function_call(path, "other", "7")), 200),
        (Sent::of(routes::function_call(path, "weather", r#""canarytext""#)), 200),
        (good.clone().with_target(path), 200),
        (good.clone().without("authorization"), 401),
        (good.with_body(long()), 413),
    ]
}

/// Sends all of it, has all of it handled, and looks at what is told of it.
pub(super) async fn play(store: &Kept, server: Server) {
    let inbox = &store.inbox;
    let hooks = routes::hooks(inbox);
    tracing::info!(?hooks);
    let to = routes::serve(server, Arc::clone(&hooks), inbox).await;
    let ask = async |(request, status): Way| {
        let answer = request.send(to).await;
        let what = format!("{} {}", request.method(), request.target().split('?').next().unwrap());
        assert_eq!(answer.status(), status, "{}: {what}: {}", store.name, answer.0);
        answer
    };
    for (genuine, status) in ways() {
        ask((genuine.clone(), status)).await;
        // Those who are answered get it once more, as it was kept.
        ask((genuine.clone(), status)).await;
        for forgery in forged(&genuine) {
            let answer = ask(forgery).await;
            assert_clean("an answer", &answer.0);
            assert_eq!(answer.body(), "");
        }
    }
    // JSON to a form's route: not of its content types, and not a word more.
    ask((Sent::of(routes::twilio_json("/mounted/sms")), 415)).await;
    for function in functions() {
        ask(function).await;
    }

    let backoff = Backoff { first: Duration::ZERO, longest: Duration::ZERO, attempts: 3 };
    let worker = Worker::new(hooks, Arc::clone(inbox)).backoff(backoff);
    tracing::info!(?worker);
    let started = Instant::now();
    while !is_over(inbox).await {
        worker.clone().run_until_idle().await.unwrap();
        assert!(started.elapsed() < Duration::from_secs(60), "{:?}", inbox.stats().await);
    }
    let kept = inbox.list(&Filter::new(), None, 100).await.unwrap();
    assert!(kept.len() >= 6, "{kept:?}");
    // What failed at first was tried again, what never will do is dead, and so is what panics.
    assert!(kept.iter().any(|kept| (kept.state, kept.attempts) == (State::Done, 2)), "{kept:?}");
    assert!(kept.iter().filter(|kept| kept.state == State::Dead).count() >= 3, "{kept:?}");
    for summary in kept {
        let record = inbox.show(summary.id).await.unwrap();
        assert_clean("a kept delivery", &format!("{summary:?} {record:?} {:?}", summary.error));
    }
    review(to).await;
}

async fn is_over(inbox: &Arc<dyn Inbox>) -> bool {
    let kept = inbox.list(&Filter::new(), None, 100).await.unwrap();
    kept.iter().all(|kept| matches!(kept.state, State::Done | State::Dead))
}

/// Whoever looks after the dead letters sees them, and who does not know the password nothing.
async fn review(to: SocketAddr) {
    let list = Sent::of(routes::twilio_form("/review")).with_method(Method::GET).with_body("");
    let list = list.without("content-type").with_signatures_elsewhere();
    let answer: Answer = list.clone().without("authorization").send(to).await;
    assert_eq!((answer.status(), answer.body()), (401, ""));
    let answer = list.send(to).await;
    assert_eq!(answer.status(), 200);
    assert_clean("the list of dead letters", &answer.0);
    let id = answer.body().split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let one = list.clone().with_target(format!("/review/{id}"));
    assert_eq!(one.send(to).await.status(), 200);
    let replay = list.with_target(format!("/review/{id}/replay")).with_method(Method::POST);
    assert_eq!(replay.send(to).await.status(), 202);
}
