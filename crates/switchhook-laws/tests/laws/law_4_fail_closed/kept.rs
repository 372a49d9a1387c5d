//! What an inbox kept: a row that somebody has changed is no delivery of a provider.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use switchhook::{
    dispatch::{Dispatcher, Endpoint, notify},
    inbox::{Backoff, Filter, Inbox as _, State, Worker},
    twilio::video::RoomEnded,
};

use crate::{signed, stores, verifier};

#[tokio::test]
async fn a_row_that_somebody_changed_is_not_handled_as_proven() {
    for store in stores::all().await {
        let handled = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&handled);
        let handler = move |ended: RoomEnded| log.lock().unwrap().push(ended.room_sid.to_string());
        let hooks = Dispatcher::new(()).at("/hook", notify(verifier()).on(handler));
        let hooks = Arc::new(hooks.inbox(Arc::clone(&store.inbox)));
        let once = Backoff { first: Duration::ZERO, longest: Duration::ZERO, attempts: 1 };
        let worker = Worker::new(Arc::clone(&hooks), Arc::clone(&store.inbox)).backoff(once);

        let form = |sid: &str| format!("StatusCallbackEvent=room-ended&RoomSid={sid}");
        let genuine = hooks.serve(signed("/hook", &form("RM1"))).await;
        assert_eq!(genuine.status(), 204, "{}", store.name);
        worker.clone().run_until_idle().await.unwrap();
        assert_eq!(*handled.lock().unwrap(), ["RM1"], "{}", store.name);

        assert_eq!(hooks.serve(signed("/hook", &form("RM2"))).await.status(), 204);
        let Some(changed) = store.rewrite_bodies(form("RM3").as_bytes()).await else {
            // Nobody reaches into the memory of the process.
            continue;
        };
        assert_eq!(changed, 2, "{}", store.name);
        worker.run_until_idle().await.unwrap();
        assert_eq!(*handled.lock().unwrap(), ["RM1"], "{}", store.name);
        let dead = Filter::new().state(State::Dead);
        let dead = store.inbox.list(&dead, None, 10).await.unwrap();
        assert_eq!(dead.len(), 1, "{}", store.name);
        let error = dead[0].error.as_deref().unwrap();
        assert!(error.starts_with("refused when it was to be handled: "), "{error}");
    }
}
