//! A router that is served, and guards before routes.
#![cfg(feature = "serve")]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use axum::{Router, extract::ConnectInfo, middleware::from_fn_with_state, routing::get};
use switchhook_axum::{Serving, guarded, serve};
use switchhook_signature::Guard;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Notify, oneshot},
    task::JoinHandle,
};

/// A server that runs, and how it is stopped.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

async fn start(router: Router, change: impl FnOnce(Serving) -> Serving) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let serving = change(serve(listener, router));
    let server = tokio::spawn(serving.until(async move { drop(stopped.await) }));
    Running { address, stop, server }
}

impl Running {
    async fn send(&self, path: &str, headers: &str) -> TcpStream {
        let mut socket = TcpStream::connect(self.address).await.unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nhost: x\r\n{headers}connection: close\r\n\r\n");
        socket.write_all(head.as_bytes()).await.unwrap();
        socket
    }
}

async fn answer(mut socket: TcpStream) -> String {
    let mut text = String::new();
    socket.read_to_string(&mut text).await.unwrap();
    text
}

#[tokio::test]
async fn at_the_end_requests_are_answered_and_jobs_come_to_their_end() {
    let (asked, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (told, gate) = (Arc::clone(&asked), Arc::clone(&go_on));
    let slow = async move |ConnectInfo(peer): ConnectInfo<SocketAddr>| {
        told.notify_one();
        gate.notified().await;
        peer.ip().to_string()
    };
    let drained = Arc::new(AtomicBool::new(false));
    let done = Arc::clone(&drained);
    let minute = Duration::from_secs(60);
    let router = Router::new().route("/slow", get(slow));
    let running = start(router, |serving| {
        serving.grace(minute).beside(async move |stop| {
            stop.await;
            go_on.notify_one();
            done.store(true, SeqCst);
        })
    })
    .await;
    let socket = running.send("/slow", "").await;
    asked.notified().await;
    running.stop.send(()).unwrap();
    let text = answer(socket).await;
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("127.0.0.1"), "{text}");
    running.server.await.unwrap().unwrap();
    assert!(drained.load(SeqCst));
}

#[tokio::test]
async fn what_stalls_is_not_waited_for() {
    let router = Router::new().route("/never", get(std::future::pending::<()>));
    let running = start(router, |serving| {
        let moment = Duration::from_millis(50);
        let serving = serving.grace(moment).grace_for_jobs(moment);
        serving.beside(|_| std::future::pending())
    })
    .await;
    let _socket = running.send("/never", "").await;
    let started = Instant::now();
    running.stop.send(()).unwrap();
    running.server.await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn a_job_has_a_grace_of_its_own() {
    let (asked, drained) = (Arc::new(Notify::new()), Arc::new(AtomicBool::new(false)));
    let (told, done) = (Arc::clone(&asked), Arc::clone(&drained));
    let never = async move || {
        told.notify_one();
        std::future::pending::<()>().await;
    };
    let running = start(Router::new().route("/never", get(never)), |serving| {
        serving.grace(Duration::from_millis(1)).beside(async move |stop| {
            stop.await;
            tokio::time::sleep(Duration::from_millis(300)).await;
            done.store(true, SeqCst);
        })
    })
    .await;
    let socket = running.send("/never", "").await;
    asked.notified().await;
    running.stop.send(()).unwrap();
    // The connection is closed meanwhile.
    assert_eq!(answer(socket).await, "");
    running.server.await.unwrap().unwrap();
    assert!(drained.load(SeqCst));
}

/// Clients that begin a request and stop.
async fn stalled(address: SocketAddr, many: usize) -> Vec<TcpStream> {
    let mut sockets = Vec::new();
    for _ in 0..many {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(b"POST / HTTP/1.1\r\nhost:").await.unwrap();
        sockets.push(socket);
    }
    sockets
}

/// Waits until the other side closes it.
async fn closed(mut socket: TcpStream) {
    let read = async { while socket.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {} };
    tokio::time::timeout(Duration::from_secs(60), read).await.expect("closed");
}

#[tokio::test]
async fn clients_that_stall_give_way_to_those_who_ask() {
    let hour = Duration::from_secs(3600);
    let router = Router::new().route("/in", get(async || "in"));
    let running = start(router, |serving| serving.connections(4).head_timeout(hour)).await;
    let sockets = stalled(running.address, 20).await;
    for _ in 0..5 {
        assert!(answer(running.send("/in", "").await).await.ends_with("\r\n\r\nin"));
    }
    // The last ones may have kept their places.
    for socket in sockets.into_iter().take(16) {
        closed(socket).await;
    }
}

#[tokio::test]
async fn clients_that_stall_are_closed_in_time() {
    let limit = Duration::from_millis(200);
    let running = start(Router::new(), |serving| serving.head_timeout(limit)).await;
    let silent = TcpStream::connect(running.address).await.unwrap();
    let mut idle = TcpStream::connect(running.address).await.unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    for socket in stalled(running.address, 3).await.into_iter().chain([silent, idle]) {
        closed(socket).await;
    }
}

#[tokio::test]
async fn who_is_answered_is_not_sent_away_before() {
    let (asked, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (told, gate) = (Arc::clone(&asked), Arc::clone(&go_on));
    let slow = async move || {
        told.notify_one();
        gate.notified().await;
        "slow"
    };
    let router = Router::new().route("/slow", get(slow)).route("/in", get(async || "in"));
    let running = start(router, |serving| serving.connections(1)).await;
    // It would stay open for more.
    let mut first = TcpStream::connect(running.address).await.unwrap();
    first.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    asked.notified().await;
    let second = running.send("/in", "").await;
    let mut byte = [0];
    let early = tokio::time::timeout(Duration::from_millis(200), second.peek(&mut byte)).await;
    assert!(early.is_err(), "there is one connection at a time");
    go_on.notify_one();
    assert!(answer(first).await.ends_with("\r\n\r\nslow"));
    assert!(answer(second).await.ends_with("\r\n\r\nin"));
    // There is room again.
    assert!(answer(running.send("/in", "").await).await.ends_with("\r\n\r\nin"));
}

#[tokio::test]
async fn a_job_that_ends_too_early_ends_the_server() {
    let panics = |_| async { panic!("a worker's bug") };
    for end in [start(Router::new(), |serving| serving.beside(|_| async {})).await, {
        start(Router::new(), |serving| serving.beside(panics)).await
    }] {
        let error = end.server.await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "a job beside the server ended");
    }
}

#[tokio::test]
async fn a_guard_stands_before_routes_and_no_others() {
    let operator = Guard::basic("operator", "sesame").unwrap();
    let here = Guard::addresses(["127.0.0.1"]).unwrap();
    let elsewhere = Guard::addresses(["10.0.0.0/8"]).unwrap();
    let behind = |path, guard| {
        Router::new()
            .route(path, get(async || "in"))
            .route_layer(from_fn_with_state(guard, guarded))
    };
    let router = Router::new()
        .merge(behind("/operator", operator))
        .nest("/nested", behind("/here", here))
        .merge(behind("/elsewhere", elsewhere))
        .route("/open", get(async || "in"));
    let running = start(router, |serving| serving).await;
    // `operator:sesame`, and another password.
    let (right, wrong) = ("b3BlcmF0b3I6c2VzYW1l", "b3BlcmF0b3I6Y2FuYXJ5");
    for (path, login, status) in [
        ("/operator", right, "200"),
        ("/operator", wrong, "401"),
        ("/nested/here", wrong, "200"),
        ("/elsewhere", right, "403"),
        ("/open", wrong, "200"),
        ("/none", right, "404"),
    ] {
        let login = format!("authorization: Basic {login}\r\n");
        let text = answer(running.send(path, &login).await).await;
        assert_eq!(text.split(' ').nth(1), Some(status), "{path}: {text}");
        assert_eq!(text.contains("www-authenticate: Basic"), status == "401", "{text}");
        assert_eq!(text.ends_with("\r\n\r\nin"), status == "200", "{text}");
    }
}
