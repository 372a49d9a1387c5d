//! The newest exchanges, as many as fit.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use switchhook::dispatch::DeliveryId;
use tokio::sync::broadcast;

use super::{
    doctor::Examined,
    exchange::{Exchange, Try},
};

/// How many exchanges are kept.
const MOST: usize = 1000;

/// How much memory they may take, in bytes, roughly.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// How far a page may fall behind before it has to ask for the whole list again.
const MOST_NEWS: usize = 256;

/// The newest exchanges; older ones make room by number and by bytes.
pub(crate) struct Ring {
    kept: Mutex<Kept>,
    news: broadcast::Sender<News>,
    most: usize,
    most_bytes: usize,
}

#[derive(Default)]
struct Kept {
    exchanges: VecDeque<Arc<Exchange>>,
    bytes: usize,
    last: u64,
}

/// What a page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// There is a new exchange, or one has been tried again or examined.
    Exchange(u64),
    /// All exchanges up to this one are gone.
    Gone(u64),
}

impl Default for Ring {
    fn default() -> Self {
        Self::within(MOST, MOST_BYTES)
    }
}

impl Ring {
    fn within(most: usize, most_bytes: usize) -> Self {
        let (news, _) = broadcast::channel(MOST_NEWS);
        Self { kept: Mutex::default(), news, most, most_bytes }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an exchange under the next number, and tells the pages.
    pub(crate) fn keep(&self, mut exchange: Exchange) -> u64 {
        let size = exchange.size();
        let mut kept = self.kept();
        kept.last += 1;
        let number = kept.last;
        exchange.number = number;
        kept.bytes += size;
        kept.exchanges.push_back(Arc::new(exchange));
        let mut gone = None;
        while kept.exchanges.len() > self.most
            || kept.bytes > self.most_bytes && kept.exchanges.len() > 1
        {
            let Some(oldest) = kept.exchanges.pop_front() else { break };
            kept.bytes -= oldest.size();
            gone = Some(News::Gone(oldest.number));
        }
        // Nobody may be listening. In the lock, so that pages hear in order.
        for news in gone.into_iter().chain([News::Exchange(number)]) {
            let _ = self.news.send(news);
        }
        number
    }

    /// Adds a try to the exchange that brought the delivery, if it is still here.
    pub(crate) fn tried(&self, id: DeliveryId, again: Try) {
        let kept = self.kept();
        // The one that was kept, not its duplicates.
        let brought = |exchange: &&Arc<Exchange>| {
            let told = &exchange.told;
            told.id == Some(id) && told.disposition == switchhook::dispatch::Disposition::Accepted
        };
        if let Some(exchange) = kept.exchanges.iter().rev().find(brought) {
            exchange.tried(again);
            let _ = self.news.send(News::Exchange(exchange.number));
        }
    }

    /// Adds what the doctor found to an exchange, if it is still here.
    pub(crate) fn examined(&self, number: u64, examined: &Arc<Examined>) {
        if let Some(exchange) = self.get(number) {
            exchange.was_examined(examined);
            let _ = self.news.send(News::Exchange(number));
        }
    }

    /// Forgets all.
    pub(crate) fn clear(&self) {
        let mut kept = self.kept();
        kept.exchanges.clear();
        kept.bytes = 0;
        let _ = self.news.send(News::Gone(kept.last));
    }

    pub(crate) fn get(&self, number: u64) -> Option<Arc<Exchange>> {
        let kept = self.kept();
        let at = kept.exchanges.binary_search_by_key(&number, |exchange| exchange.number).ok()?;
        kept.exchanges.get(at).cloned()
    }

    /// All that are kept, the oldest first.
    pub(crate) fn all(&self) -> Vec<Arc<Exchange>> {
        self.kept().exchanges.iter().cloned().collect()
    }

    /// All that are kept, and what comes after them.
    pub(crate) fn watch(&self) -> (Vec<Arc<Exchange>>, broadcast::Receiver<News>) {
        let kept = self.kept();
        (kept.exchanges.iter().cloned().collect(), self.news.subscribe())
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use bytes::Bytes;
    use http::{Request, Response};

    use super::*;
    use crate::inspector::exchange::{Arrived, Origin, Told};

    fn exchange(body: usize) -> Exchange {
        let arrived = Arrived {
            at: SystemTime::UNIX_EPOCH,
            origin: Origin::Network,
            request: Request::post("/").body(Bytes::from(vec![b'a'; body])).unwrap(),
            response: Response::default(),
            elapsed: Duration::ZERO,
            told: Told::default(),
        };
        Exchange::new(0, arrived, None)
    }

    fn numbers(ring: &Ring) -> Vec<u64> {
        ring.all().iter().map(|exchange| exchange.number).collect()
    }

    #[test]
    fn the_oldest_make_room_by_number() {
        let ring = Ring::within(3, usize::MAX);
        let (_, mut news) = ring.watch();
        for _ in 0..5 {
            ring.keep(exchange(0));
        }
        assert_eq!(numbers(&ring), [3, 4, 5]);
        assert!(ring.get(2).is_none() && ring.get(4).unwrap().number == 4);
        let heard: Vec<_> = std::iter::from_fn(|| news.try_recv().ok()).collect();
        assert_eq!(heard[2..5], [News::Exchange(3), News::Gone(1), News::Exchange(4)]);
    }

    #[test]
    fn the_oldest_make_room_by_bytes_and_the_newest_stays() {
        let ring = Ring::within(100, 50_000);
        for _ in 0..10 {
            ring.keep(exchange(10_000));
        }
        assert_eq!(numbers(&ring), [7, 8, 9, 10]);
        ring.keep(exchange(200_000));
        assert_eq!(numbers(&ring), [11]);
        assert!(ring.kept().bytes > 200_000);
        ring.clear();
        assert_eq!((numbers(&ring).len(), ring.kept().bytes), (0, 0));
        assert_eq!(ring.keep(exchange(1)), 12);
    }

    #[test]
    fn a_long_answer_is_cut_and_its_length_is_kept() {
        let mut arrived = Arrived {
            at: SystemTime::UNIX_EPOCH,
            origin: Origin::Network,
            request: Request::default(),
            response: Response::new(Bytes::from(vec![b'a'; 300 * 1024])),
            elapsed: Duration::ZERO,
            told: Told::default(),
        };
        arrived.origin = Origin::Replay(7);
        let exchange = Exchange::new(1, arrived, None);
        assert_eq!((exchange.response.body().len(), exchange.answer_length), (262_144, 307_200));
    }
}
