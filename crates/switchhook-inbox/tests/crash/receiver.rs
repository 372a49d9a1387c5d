//! A receiver in a process of its own: a server, an inbox, a worker.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use switchhook_axum::service;
use switchhook_dispatch::{Dispatcher, notify};
use switchhook_inbox::{Transaction, Worker};
use switchhook_signature::{Keys, PublicUrl, Verifier};
use switchhook_twilio_video::RoomEnded;

use crate::{sender, store::TestStore};

/// Where a receiver finds its store.
const STORE: &str = "SWITCHHOOK_TEST_STORE";

/// A running receiver, killed at the latest when it is dropped.
pub(crate) struct Receiver {
    process: Child,
    port: u16,
}

impl Receiver {
    /// Starts this program again as a receiver on the store with this address, and waits until
    /// it listens.
    pub(crate) fn start(store: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["receiver", "--exact", "--nocapture"])
            .env(STORE, store)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            Some(line.split_once("listening on ")?.1.parse().unwrap())
        });
        Self { process, port: port.expect("the receiver listens") }
    }

    pub(crate) fn port(&mut self) -> u16 {
        self.port
    }

    /// As `kill -9` does.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Is the receiver, for ever, where the environment says so.
pub(crate) fn run_if_asked() {
    let Ok(store) = std::env::var(STORE) else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let inbox = TestStore::at(&store).await;
        let origin = PublicUrl::origin(sender::ORIGIN).unwrap();
        let verifier = Verifier::twilio(Keys::new(sender::KEY).unwrap(), origin);
        let hooks = Arc::new(
            Dispatcher::new(())
                .at(sender::PATH, notify(verifier).on(handle))
                .inbox(Arc::clone(&inbox)),
        );
        let worker = Worker::new(Arc::clone(&hooks), inbox).lease(Duration::from_millis(500));
        tokio::spawn(worker.run_until(std::future::pending()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("listening on {}", listener.local_addr().unwrap().port());
        let app = Router::new().fallback_service(service(hooks));
        axum::serve(listener, app).await.unwrap();
    });
}

async fn handle(ended: RoomEnded, effects: Transaction) {
    // So that some are killed in the middle.
    tokio::time::sleep(Duration::from_millis(2)).await;
    effects.execute("insert into effects (sid) values ($1)", (ended.room_sid.as_str(),));
}
