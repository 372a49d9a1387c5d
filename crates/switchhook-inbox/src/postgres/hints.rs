//! Waking those who wait, in this process and in others.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::{
    sync::{Notify, mpsc},
    time::{Instant, sleep, sleep_until},
};
use tokio_postgres::{Client, Notification};

use super::{error::Failure, server::Server};

const CHANNEL: &str = "switchhook_inbox";

/// How often other inboxes are told at most.
const BETWEEN_HINTS: Duration = Duration::from_millis(20);

/// Who waits in this process, and what is to be told to the others.
#[derive(Default)]
pub(super) struct Hints {
    /// Something may be due.
    pub(super) changed: Notify,
    news: Notify,
    count: AtomicU32,
}

impl Hints {
    /// Something may have become due.
    pub(super) fn stir(&self) {
        self.changed.notify_one();
        self.count.fetch_add(1, Relaxed);
        self.news.notify_one();
    }

    /// Wakes as many waiting workers as there may be work for.
    fn wake(&self, count: u32) {
        for _ in 0..count.clamp(1, 16) {
            self.changed.notify_one();
        }
    }
}

/// Listens and tells over a connection of its own, for ever. A hint that gets lost meanwhile is
/// no loss: workers look for work by themselves.
pub(super) async fn listen(server: Server, hints: Arc<Hints>, table: u32) {
    let voice = Voice { hints, table, own: fastrand::u64(..) };
    let mut pause = Duration::from_millis(100);
    loop {
        if let Ok((client, told)) = server.open().await {
            let started = Instant::now();
            // Its error says what the next connection will say as well.
            let _ = voice.talk(&client, told).await;
            if started.elapsed() > Duration::from_secs(10) {
                pause = Duration::from_millis(100);
            }
        }
        sleep(pause.mul_f64(0.5 + fastrand::f64() / 2.0)).await;
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}

/// An inbox among those on the same tables.
struct Voice {
    hints: Arc<Hints>,
    /// The table's number, which tells schemas apart.
    table: u32,
    /// Tells its own hints from those of others.
    own: u64,
}

impl Voice {
    async fn talk(
        &self,
        client: &Client,
        mut told: mpsc::Receiver<Notification>,
    ) -> Result<(), Failure> {
        // A hint need not survive a crash, and its commit holds up others that send one.
        let begin = format!("SET synchronous_commit = off; LISTEN {CHANNEL}");
        client.batch_execute(&begin).await?;
        let tell = client.prepare("SELECT pg_notify($1, $2)").await?;
        // Something may have come while nobody listened.
        self.hints.wake(1);
        let mut silent_until = Instant::now();
        loop {
            let silent = Instant::now() < silent_until;
            tokio::select! {
                notification = told.recv() => match notification {
                    Some(notification) => self.hear(notification.payload()),
                    None => return Ok(()),
                },
                () = sleep_until(silent_until), if silent => {}
                () = self.hints.news.notified(), if !silent => {
                    let payload = self.payload(self.hints.count.swap(0, Relaxed));
                    client.query(&tell, &[&CHANNEL, &payload]).await?;
                    silent_until = Instant::now() + BETWEEN_HINTS;
                }
            }
        }
    }

    fn payload(&self, count: u32) -> String {
        format!("{} {:016x} {count}", self.table, self.own)
    }

    /// Anybody can send anything: what is not ours says nothing.
    fn hear(&self, payload: &str) {
        let mut words = payload.split(' ');
        let table = words.next().and_then(|word| word.parse::<u32>().ok());
        let from = words.next().and_then(|word| u64::from_str_radix(word, 16).ok());
        let count = words.next().and_then(|word| word.parse::<u32>().ok());
        if let (Some(table), Some(from), Some(count)) = (table, from, count)
            && self.table == table
            && self.own != from
        {
            self.hints.wake(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_hints_of_others_on_the_same_tables_wake() {
        let voice = |table, own| Voice { hints: Arc::default(), table, own };
        let waits = async |payload: String| {
            let here = voice(7, 1);
            here.hear(&payload);
            let woken = here.hints.changed.notified();
            tokio::time::timeout(Duration::from_millis(10), woken).await.is_err()
        };
        assert!(!waits(voice(7, 2).payload(3)).await);
        assert!(!waits(voice(7, 2).payload(u32::MAX)).await);
        assert!(waits(voice(7, 1).payload(3)).await);
        assert!(waits(voice(8, 2).payload(3)).await);
        for text in ["", "7", "7 x 1", "7 2", "7 2 -1"] {
            assert!(waits(text.into()).await, "{text}");
        }
    }
}
