//! States that come in any order end in the same state.

use std::collections::HashMap;

use switchhook_dispatch::{Dispatcher, State as Of, notify};
use switchhook_inbox::Worker;
use switchhook_signature::PublicTarget;
use switchhook_twilio_messaging::MessageStatusUpdate;
use switchhook_twilio_voice::{CallStatusUpdate, ConferenceEvent};

use super::*;

/// What an application shows of each call and message.
type Shown = Arc<Mutex<HashMap<String, String>>>;

fn application(inbox: &MemoryInbox, shown: &Shown) -> Arc<Dispatcher<Shown>> {
    let calls = notify(verifier()).skip_outdated().handle(
        async |call: CallStatusUpdate, Of(shown): Of<Shown>| {
            tokio::task::yield_now().await;
            let status = call.call_status.map(|status| status.to_string()).unwrap_or_default();
            shown.lock().unwrap().insert(call.call_sid.to_string(), status);
        },
    );
    let messages = notify(verifier()).skip_outdated().handle(
        |message: MessageStatusUpdate, Of(shown): Of<Shown>| {
            let status = message.message_status.map(|status| status.to_string());
            shown.lock().unwrap().insert(message.message_sid.clone(), status.unwrap_or_default());
        },
    );
    let hooks = Dispatcher::new(shown.clone()).at("/calls", calls).at("/messages", messages);
    Arc::new(hooks.inbox(inbox.clone()))
}

/// All orders of the numbers below `n`.
fn permutations(n: usize) -> Vec<Vec<usize>> {
    let Some(last) = n.checked_sub(1) else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for shorter in permutations(last) {
        for place in 0..n {
            let mut longer = shorter.clone();
            longer.insert(place, last);
            all.push(longer);
        }
    }
    all
}

/// What is shown after the forms have come in this order, handled as they come or all at the
/// end.
async fn end(
    path: &str,
    forms: &[String],
    order: &[usize],
    at_the_end: bool,
) -> HashMap<String, String> {
    let (inbox, shown) = (MemoryInbox::new(), Shown::default());
    let hooks = application(&inbox, &shown);
    let worker = Worker::new(Arc::clone(&hooks), inbox.clone()).concurrency(4);
    for place in order {
        let response = hooks.serve(request(path, &forms[*place], None)).await;
        assert_eq!(response.status(), 204);
        if !at_the_end {
            worker.clone().run_until_idle().await.unwrap();
        }
    }
    worker.run_until_idle().await.unwrap();
    assert_eq!(states(&inbox).await, [State::Done; 6]);
    shown.lock().unwrap().clone()
}

async fn all_orders_end_alike(path: &str, forms: Vec<String>, sid: &str, last: &str) {
    let expected = HashMap::from([(sid.to_owned(), last.to_owned())]);
    let orders = permutations(forms.len());
    assert_eq!(orders.len(), 720);
    for (n, order) in orders.iter().enumerate() {
        assert_eq!(end(path, &forms, order, n % 2 == 0).await, expected, "{order:?}");
    }
}

#[tokio::test]
async fn six_states_of_a_call_end_in_the_last_one() {
    let states = ["queued", "initiated", "ringing", "in-progress", "in-progress", "completed"];
    let form = |(number, state)| {
        format!("CallSid=CA1&AccountSid=AC1&CallStatus={state}&SequenceNumber={number}")
    };
    let forms = states.iter().enumerate().map(form).collect();
    all_orders_end_alike("/calls", forms, "CA1", "completed").await;
}

#[tokio::test]
async fn six_states_of_a_message_end_in_the_last_one() {
    // Without a number: the states have ranks.
    let states = ["accepted", "queued", "sending", "sent", "delivered", "read"];
    let form = |state| format!("MessageSid=SM1&AccountSid=AC1&MessageStatus={state}");
    all_orders_end_alike("/messages", states.map(form).into(), "SM1", "read").await;
}

#[tokio::test]
async fn each_mount_has_an_order_of_its_own() {
    let (inbox, shown) = (MemoryInbox::new(), Shown::default());
    let seen = Log::default();
    let log = seen.clone();
    let calls = notify(Verifier::trust_without_verification()).skip_outdated().handle(
        move |call: CallStatusUpdate| {
            say(&log, call.call_status.map(|status| status.to_string()).unwrap_or_default());
        },
    );
    let hooks = hooks(shown, calls, &inbox);
    let worker = Worker::new(Arc::clone(&hooks), inbox.clone());
    for (mount, status, number) in [
        ("/a/hook", "completed", 5),
        ("/b/hook", "ringing", 2),
        ("/a/hook", "ringing", 2),
        ("/b/hook", "completed", 5),
    ] {
        let form = format!("CallSid=CA1&CallStatus={status}&SequenceNumber={number}");
        let mut request = request("/hook", &form, None);
        request.extensions_mut().insert(PublicTarget(mount.parse().unwrap()));
        assert_eq!(hooks.serve(request).await.status(), 204);
        worker.clone().run_until_idle().await.unwrap();
    }
    assert_eq!(said(&seen), ["completed", "ringing", "completed"]);
    assert_eq!(worker.counters().outdated, 1);
}

#[tokio::test]
async fn what_is_counted_in_another_way_is_not_late() {
    let (inbox, seen) = (MemoryInbox::new(), Log::default());
    let log = seen.clone();
    let route = notify(verifier()).skip_outdated().handle(move |event: ConferenceEvent| {
        say(&log, event.status_callback_event.map(|event| event.to_string()).unwrap_or_default());
    });
    let hooks = hooks((), route, &inbox);
    let worker = Worker::new(Arc::clone(&hooks), inbox.clone());
    for (event, place) in [
        ("conference-start", "Timestamp=Sat,%2021%20Nov%202026%2010:00:00%20%2B0000"),
        ("participant-join", "SequenceNumber=2"),
        ("participant-mute", "SequenceNumber=1"),
        ("conference-end", "Timestamp=Sat,%2021%20Nov%202026%2009:00:00%20%2B0000"),
    ] {
        let form = format!("ConferenceSid=CF1&StatusCallbackEvent={event}&{place}");
        assert_eq!(send(&*hooks, &form).await, 204);
        worker.clone().run_until_idle().await.unwrap();
    }
    // Of two that are counted alike the later one is.
    assert_eq!(said(&seen), ["conference-start", "participant-join"]);
    assert_eq!(worker.counters().outdated, 2);
}
