//! What a provider does: many connections, each sends one event after the other.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use switchhook_core::Params;
use switchhook_signature::{Key, Signer};
use ureq::Agent;

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const ORIGIN: &str = "https://hooks.example.com";
pub(crate) const PATH: &str = "/hook";

pub(crate) struct Sender {
    connections: usize,
    /// So that each run sends other events.
    next: Arc<AtomicUsize>,
}

/// Threads that send.
pub(crate) struct Sending {
    threads: Vec<JoinHandle<Vec<String>>>,
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
}

impl Sender {
    pub(crate) fn new(connections: usize) -> Self {
        Self { connections, next: Arc::default() }
    }

    /// Sends to the receivers at these ports in turn: without end, each event once, or this many
    /// requests for so many events.
    pub(crate) fn start(&mut self, ports: &[u16], limit: Option<(usize, usize)>) -> Sending {
        let stop = Arc::<AtomicBool>::default();
        let acknowledged = Arc::<AtomicUsize>::default();
        let threads = (0..self.connections).map(|connection| {
            let (next, stop) = (Arc::clone(&self.next), Arc::clone(&stop));
            let (acknowledged, port) = (Arc::clone(&acknowledged), ports[connection % ports.len()]);
            std::thread::spawn(move || send(port, &next, &stop, &acknowledged, limit))
        });
        Sending { threads: threads.collect(), stop, acknowledged }
    }
}

impl Sending {
    /// Waits until so many were acknowledged, and a moment longer.
    pub(crate) async fn wait_for(&self, most: usize) {
        let started = Instant::now();
        while self.acknowledged.load(SeqCst) < most {
            assert!(started.elapsed() < Duration::from_secs(30), "nothing is acknowledged");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(most as u64 % 10)).await;
    }

    /// Ends the sending; the SIDs of what was acknowledged.
    pub(crate) fn stop(self) -> Vec<String> {
        self.stop.store(true, SeqCst);
        self.finish()
    }

    /// Waits for the end; the SIDs of what was acknowledged, one for each request.
    pub(crate) fn finish(self) -> Vec<String> {
        self.threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    }
}

fn send(
    port: u16,
    next: &AtomicUsize,
    stop: &AtomicBool,
    count: &AtomicUsize,
    limit: Option<(usize, usize)>,
) -> Vec<String> {
    let timeout = Some(Duration::from_secs(10));
    let agent: Agent = Agent::config_builder().timeout_global(timeout).build().into();
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    let mut acknowledged = Vec::new();
    while !stop.load(SeqCst) {
        let number = next.fetch_add(1, SeqCst);
        let sid = match limit {
            Some((requests, _)) if number >= requests => break,
            Some((_, events)) => format!("RM{}", number % events),
            None => format!("RM{number}"),
        };
        let form = format!("StatusCallbackEvent=room-ended&RoomSid={sid}");
        let params = Params::parse(form.as_bytes()).unwrap();
        let signed = signer.form(&format!("{ORIGIN}{PATH}"), &params).unwrap();
        let mut request = agent.post(format!("http://127.0.0.1:{port}{PATH}"));
        for (name, value) in signed.headers() {
            request = request.header(name, value);
        }
        match request.send(&signed.body()[..]) {
            Ok(response) if response.status().is_success() => {
                acknowledged.push(sid);
                count.fetch_add(1, SeqCst);
            }
            // Killed: what was not acknowledged may be kept or not.
            _ if limit.is_none() => std::thread::sleep(Duration::from_millis(5)),
            _ => {}
        }
    }
    acknowledged
}
