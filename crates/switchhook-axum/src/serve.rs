//! A router, and what runs beside it, until the program is told to end.

use std::{
    fmt,
    future::{Future, pending},
    io,
    time::Duration,
};

use axum::Router;
use switchhook_dispatch::BoxFuture;
use tokio::{net::TcpListener, sync::watch, task::JoinSet, time::timeout};

use crate::connections::{self, Bounds};

/// Serves a router, and lets jobs such as an inbox's worker run beside it: see [`Serving`].
///
/// ```no_run
/// use axum::Router;
/// use switchhook_axum::{serve, service};
/// # use switchhook_dispatch::Dispatcher;
/// # use std::future::Future;
/// # #[derive(Clone)]
/// # struct Worker;
/// # impl Worker { async fn run_until(self, stop: impl Future<Output = ()>) { stop.await } }
/// # async fn run(hooks: Dispatcher, worker: Worker) -> std::io::Result<()> {
///
/// let router = Router::new().nest_service("/hooks", service(hooks));
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:8000").await?;
/// serve(listener, router).beside(|stop| worker.run_until(stop)).until_interrupted().await
/// # }
/// ```
pub fn serve(listener: TcpListener, router: Router) -> Serving {
    Serving {
        listener,
        router,
        jobs: Vec::new(),
        bounds: Bounds { connections: 1000, head_timeout: Duration::from_secs(75) },
        grace: Duration::from_secs(3),
        grace_for_jobs: Duration::from_secs(40),
    }
}

/// A server that is about to run, made by [`serve`].
///
/// It speaks HTTP/1.1. Requests carry axum's `ConnectInfo<SocketAddr>`, which guards of addresses
/// and trusted proxies ask for.
///
/// Clients that stall hold up nobody: there are so many [`connections`](Self::connections) at
/// most, a new one takes the place of that which has waited for its client the longest, and one
/// on which no request comes is [closed](Self::head_timeout) in any case.
///
/// At the end it takes no connection any more, and lets what is under way be answered and the jobs
/// come to their end, each within a grace of its own: [`grace`](Self::grace) and
/// [`grace_for_jobs`](Self::grace_for_jobs). What an inbox holds then is handled the next time.
pub struct Serving {
    listener: TcpListener,
    router: Router,
    jobs: Vec<Job>,
    bounds: Bounds,
    grace: Duration,
    grace_for_jobs: Duration,
}

type Job = Box<dyn FnOnce(BoxFuture<'static, ()>) -> BoxFuture<'static, ()> + Send>;

impl Serving {
    /// Lets a job run beside the server, such as a worker: it gets a future that is ready when it
    /// is to stop. Several run at once.
    #[must_use]
    pub fn beside<F>(
        mut self,
        job: impl FnOnce(BoxFuture<'static, ()>) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.jobs.push(Box::new(|stop| Box::pin(job(stop))));
        self
    }

    /// Has at most this many connections at once: 1000 unless told otherwise, at least 1. One
    /// that has become a WebSocket counts no more.
    #[must_use]
    pub fn connections(mut self, most: usize) -> Self {
        self.bounds.connections = most;
        self
    }

    /// Closes a connection on which no whole head of a request has come for this long: 75 seconds
    /// unless told otherwise.
    ///
    /// That is also how long an idle connection is kept. It should be longer than a proxy keeps
    /// its own, a minute with most: else a request may come just when its connection is closed.
    #[must_use]
    pub fn head_timeout(mut self, limit: Duration) -> Self {
        self.bounds.head_timeout = limit;
        self
    }

    /// Waits at most this long at the end for what is under way to be answered: three seconds
    /// unless told otherwise.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// Waits at most this long at the end for the jobs: 40 seconds unless told otherwise.
    ///
    /// An inbox's worker needs its own grace, half a minute unless told otherwise, and up to five
    /// seconds to give back what has not come to its end; a worker that is cut off before gives
    /// nothing back, and other workers wait until its leases end. Service managers have their
    /// patience, too (Docker 10 seconds, Kubernetes 30): give the worker a shorter grace.
    #[must_use]
    pub fn grace_for_jobs(mut self, grace: Duration) -> Self {
        self.grace_for_jobs = grace;
        self
    }

    /// Runs until the program is [`interrupted`].
    ///
    /// # Errors
    ///
    /// As [`until`](Self::until).
    pub async fn until_interrupted(self) -> io::Result<()> {
        self.until(interrupted()).await
    }

    /// Runs until `shutdown` is ready.
    ///
    /// # Errors
    ///
    /// When a job ends or panics before it was told to: a server whose inbox nobody empties must
    /// not look healthy.
    pub async fn until(self, shutdown: impl Future<Output = ()>) -> io::Result<()> {
        let (stop, stopped) = watch::channel(());
        let stopping = || {
            let mut stopped = stopped.clone();
            // An error is the end of this function, by whatever way.
            async move { drop(stopped.changed().await) }
        };
        let mut jobs = JoinSet::new();
        for job in self.jobs {
            jobs.spawn(job(Box::pin(stopping())));
        }
        let mut server =
            Box::pin(connections::serve(self.listener, self.router, self.bounds, stopping()));
        let early = tokio::select! {
            () = &mut server => return Ok(()),
            Some(_) = jobs.join_next() => Err(io::Error::other("a job beside the server ended")),
            () = shutdown => Ok(()),
        };
        stop.send_replace(());
        let answered = async {
            let _ = timeout(self.grace, &mut server).await;
            // Connections that stall are closed.
            drop(server);
        };
        let done =
            timeout(self.grace_for_jobs, async { while jobs.join_next().await.is_some() {} });
        let _ = tokio::join!(answered, done);
        early
    }
}

/// Ready when the program is told to end: by ^C, or by the `SIGTERM` that service managers and
/// containers send.
///
/// From its first call on neither ends the program by itself.
pub async fn interrupted() {
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => drop(signals.recv().await),
            Err(_) => pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = pending::<()>();
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

impl fmt::Debug for Serving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serving")
            .field("listener", &self.listener)
            .field("jobs", &self.jobs.len())
            .field("bounds", &self.bounds)
            .field("grace", &self.grace)
            .field("grace_for_jobs", &self.grace_for_jobs)
            .finish_non_exhaustive()
    }
}
