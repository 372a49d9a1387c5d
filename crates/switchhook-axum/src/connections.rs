//! HTTP/1.1 on the connections of a listener: so many at once, none of which stalls for ever.

use std::{
    collections::BTreeMap,
    future::Future,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo, serve::Listener};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    task::JoinSet,
};
use tower_service::Service as _;

/// What a server grants its clients.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// How many connections there are at most.
    pub(crate) connections: usize,
    /// How long one waits for the head of a request.
    pub(crate) head_timeout: Duration,
}

/// Serves a router until `stop` is ready, then lets what is under way be answered. Dropped, it
/// closes all connections.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    bounds: Bounds,
    stop: impl Future<Output = ()>,
) {
    let waiting = Arc::new(Waiting::default());
    let (ending, _) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut stop = pin!(stop);
    'serving: loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => continue,
            // As axum does: an error is waited out.
            accepted = Listener::accept(&mut listener) => accepted,
        };
        while connections.len() >= bounds.connections.max(1) {
            waiting.make_room();
            tokio::select! {
                () = &mut stop => break 'serving,
                _ = connections.join_next() => {}
            }
        }
        waiting.has_room();
        let connection = Connection::new(&waiting);
        let router = router.clone();
        connections.spawn(connection.run(stream, peer, router, bounds, ending.subscribe()));
    }
    drop(listener);
    drop(ending);
    while connections.join_next().await.is_some() {}
}

/// The connections that wait for their clients: for a request, or to take an answer.
#[derive(Default)]
struct Waiting(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    /// By a number that grows: the first one has waited the longest.
    places: BTreeMap<u64, Arc<Notify>>,
    last: u64,
    /// The next one that would wait is to go instead.
    wanted: bool,
}

impl Waiting {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends the connection away that has waited the longest; where none does, the first one
    /// that will.
    fn make_room(&self) {
        let mut queue = self.queue();
        match queue.places.pop_first() {
            Some((_, leave)) => leave.notify_one(),
            None => queue.wanted = true,
        }
    }

    fn has_room(&self) {
        self.queue().wanted = false;
    }
}

/// A connection, and whether it waits.
struct Connection {
    waiting: Arc<Waiting>,
    /// Tells it to go.
    leave: Arc<Notify>,
    /// Its place among those that wait, 0 while a request is handled.
    place: AtomicU64,
}

impl Connection {
    fn new(waiting: &Arc<Waiting>) -> Arc<Self> {
        let waiting = Arc::clone(waiting);
        let connection = Self { waiting, leave: Arc::default(), place: AtomicU64::new(0) };
        connection.wait();
        Arc::new(connection)
    }

    fn wait(&self) {
        let mut queue = self.waiting.queue();
        queue.last += 1;
        self.place.store(queue.last, Relaxed);
        if std::mem::take(&mut queue.wanted) {
            self.leave.notify_one();
        } else {
            let (place, leave) = (queue.last, Arc::clone(&self.leave));
            queue.places.insert(place, leave);
        }
    }

    fn work(&self) {
        let place = self.place.swap(0, Relaxed);
        self.waiting.queue().places.remove(&place);
    }

    /// Answers requests until either side has enough.
    async fn run(
        self: Arc<Self>,
        stream: TcpStream,
        peer: SocketAddr,
        router: Router,
        bounds: Bounds,
        mut ending: watch::Receiver<()>,
    ) {
        let (place, router) = (&self, &router);
        let service = service_fn(move |request: Request<Incoming>| {
            place.work();
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = router.clone().call(request);
            async move {
                let answer = answer.await;
                place.wait();
                answer
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(bounds.head_timeout)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        let mut told = false;
        loop {
            tokio::select! {
                // What is wrong with a connection is its client's business.
                _ = &mut connection => return,
                _ = ending.changed(), if !told => {
                    told = true;
                    connection.as_mut().graceful_shutdown();
                }
                () = self.leave.notified() => {
                    if self.place.load(Relaxed) > 0 {
                        return;
                    }
                    // Its request has just come: another one has to go.
                    self.waiting.make_room();
                }
            }
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.work();
    }
}
