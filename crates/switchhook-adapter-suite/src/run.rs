//! Running the table against an adapter.

use std::{
    collections::{HashMap, hash_map::Entry},
    future::Future,
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use switchhook_dispatch::BoxFuture;
use tokio::{net::TcpStream, time::timeout};

use crate::{
    case::{Case, Exchange, Flow, NOT_TAKEN, Setup, Way, Wire},
    cases, http1,
    request::Sent,
    world::World,
};

/// An adapter, and what of the table is meant for it.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs)]
pub struct Adapter {
    /// The name, as the report has it.
    pub name: &'static str,
    /// What of it is run.
    pub way: Way,
    /// Whether it also speaks HTTP/2, without TLS.
    pub http2: bool,
    /// Whether it mounts the application under `/nested` as well.
    pub nests: bool,
}

/// Where an application is reached.
pub enum Reach {
    /// Over a socket.
    Socket(SocketAddr),
    /// By a call, as functions in a cloud are.
    Call(Call),
}

/// A call in place of a socket.
pub type Call = Arc<dyn Fn(Request<Bytes>) -> BoxFuture<'static, Response<Bytes>> + Send + Sync>;

impl std::fmt::Debug for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Socket(address) => f.debug_tuple("Socket").field(address).finish(),
            Self::Call(_) => f.write_str("Call"),
        }
    }
}

/// Runs each case that is meant for the adapter; `start` mounts an application, once for each
/// setup of the table.
///
/// # Panics
///
/// When a case fails: with all that failed, each by its name. When fewer than 40 cases were run:
/// then the table or the adapter's description is wrong.
pub async fn run<F: Future<Output = Reach>>(adapter: Adapter, start: impl Fn(World) -> F) {
    let mut running = HashMap::<Setup, (World, Reach)>::new();
    let (mut ran, mut failures) = (0, Vec::new());
    for case in cases::all().filter(|case| adapter.is_meant_by(case)) {
        for protocol in adapter.protocols(case.wire) {
            let (world, reach) = &*match running.entry(case.setup) {
                Entry::Occupied(running) => running.into_mut(),
                Entry::Vacant(place) => {
                    let world = World::new(case.setup);
                    place.insert((world.clone(), start(world).await))
                }
            };
            // What an earlier case has left behind is not this one's.
            world.log.take();
            let limit = Duration::from_secs(60);
            let shown = match (reach, case.wire) {
                (Reach::Call(_), wire) if wire != Wire::Any => continue,
                _ => timeout(limit, protocol.run(case, world, reach)).await,
            };
            ran += 1;
            if let Err(why) = shown.unwrap_or_else(|_| Err("no answer in a minute".into())) {
                failures.push(format!("{} on {}{protocol}: {why}", case.name, adapter.name));
            }
            if case.setup == Setup::Inbox {
                // What is kept would be known the next time.
                running.remove(&Setup::Inbox);
            }
        }
    }
    assert!(failures.is_empty(), "{} of {ran}:\n{}", failures.len(), failures.join("\n"));
    assert!(ran >= 40, "only {ran} cases were run");
    println!("{}: {ran} cases", adapter.name);
}

impl Adapter {
    fn is_meant_by(&self, case: &Case) -> bool {
        let nested = case.exchanges.iter().any(|exchange| exchange.target.starts_with("/nested"));
        case.way.is_none_or(|way| way == self.way)
            && (self.nests || !nested)
            && (self.http2 || case.wire != Wire::Http2)
    }

    fn protocols(&self, wire: Wire) -> &'static [Protocol] {
        match wire {
            Wire::Http2 => &[Protocol::Http2],
            Wire::Any | Wire::Socket if self.http2 => &[Protocol::Http1, Protocol::Http2],
            _ => &[Protocol::Http1],
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Protocol {
    /// Or a call.
    Http1,
    Http2,
}

impl std::fmt::Display for Protocol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if *self == Self::Http2 { " over HTTP/2" } else { "" })
    }
}

type Shown = Result<(), String>;

impl Protocol {
    async fn run(self, case: &Case, world: &World, reach: &Reach) -> Shown {
        if let (Self::Http1, Reach::Socket(address)) = (self, reach)
            && case.flow != Flow::Apart
        {
            return on_one_connection(*address, case, world).await;
        }
        for (number, exchange) in case.exchanges.iter().enumerate() {
            let sent = Sent::of(exchange);
            let answer = match (self, reach) {
                (Self::Http1, Reach::Socket(address)) => by_http1(*address, &sent).await,
                (Self::Http2, Reach::Socket(address)) => by_http2(*address, &sent).await,
                (_, Reach::Call(call)) => {
                    Ok(Some(call(sent.request(&sent.target, sent.hosts)).await))
                }
            };
            let answer = answer.map_err(|error| error.to_string());
            judge(exchange, answer, world).map_err(|why| format!("{number}: {why}"))?;
        }
        Ok(())
    }
}

type Answer = Result<Option<Response<Bytes>>, Box<dyn std::error::Error + Send + Sync>>;

async fn by_http1(address: SocketAddr, sent: &Sent) -> Answer {
    let mut connection = http1::Connection::open(address).await?;
    Ok(connection.exchange(sent).await?)
}

async fn by_http2(address: SocketAddr, sent: &Sent) -> Answer {
    let io = TokioIo::new(TcpStream::connect(address).await?);
    let (mut client, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await?;
    let driving = tokio::spawn(connection);
    // The first host is the `:authority`, the others are headers.
    let (authority, hosts) = sent.hosts.split_first().expect("there is a host");
    let request = sent.request(&format!("http://{authority}{}", sent.target), hosts);
    let answer = client.send_request(request.map(Full::new)).await?;
    let (head, body) = answer.into_parts();
    let body = body.collect().await?.to_bytes();
    driving.abort();
    Ok(Some(Response::from_parts(head, body)))
}

/// A server may close a connection after a request that it refuses unread; it must not take
/// the rest of that request for another.
async fn on_one_connection(address: SocketAddr, case: &Case, world: &World) -> Shown {
    let fault = |error: std::io::Error| error.to_string();
    let mut connection = http1::Connection::open(address).await.map_err(fault)?;
    let mut unread = false;
    let all: Vec<_> =
        case.exchanges.iter().map(|exchange| (exchange, Sent::of(exchange))).collect();
    if case.flow == Flow::Pipelined {
        for (_, sent) in &all {
            connection.send(sent).await.map_err(fault)?;
        }
    }
    let mut seen = Vec::new();
    for (number, (exchange, sent)) in all.iter().enumerate() {
        let answer = match case.flow {
            Flow::Pipelined => connection.answer(sent.method).await,
            _ => connection.exchange(sent).await,
        };
        if unread && matches!(answer, Ok(None) | Err(_)) {
            return Ok(());
        }
        let answer = answer.map_err(|error| error.to_string());
        judge_answer(exchange, answer).map_err(|why| format!("{number}: {why}"))?;
        unread |= exchange.expected.status >= 400;
        seen.extend_from_slice(exchange.expected.seen);
    }
    judge_log(&seen, world)
}

fn judge(
    exchange: &Exchange,
    answer: Result<Option<Response<Bytes>>, String>,
    world: &World,
) -> Shown {
    judge_answer(exchange, answer)?;
    judge_log(exchange.expected.seen, world)
}

fn judge_log(expected: &[&str], world: &World) -> Shown {
    let seen = world.log.take();
    if seen == expected { Ok(()) } else { Err(format!("handlers saw {seen:?}, not {expected:?}")) }
}

fn judge_answer(exchange: &Exchange, answer: Result<Option<Response<Bytes>>, String>) -> Shown {
    let expected = &exchange.expected;
    let answer = match answer {
        Ok(Some(answer)) => answer,
        Ok(None) | Err(_) if expected.status == NOT_TAKEN => return Ok(()),
        Ok(None) => return Err("the connection was closed without an answer".into()),
        Err(error) => return Err(error),
    };
    let status = answer.status().as_u16();
    if expected.status == NOT_TAKEN {
        let refused = matches!(status, 400 | 403 | 408);
        return if refused { Ok(()) } else { Err(format!("status {status}")) };
    }
    if status != expected.status {
        return Err(format!("status {status}, not {}", expected.status));
    }
    for (name, value) in expected.headers {
        let found: Vec<_> = answer.headers().get_all(*name).iter().collect();
        let right = if value.is_empty() { found.is_empty() } else { found == [*value] };
        if !right {
            return Err(format!("{name}: {found:?}, not {value:?}"));
        }
    }
    match expected.body {
        Some(text) if answer.body() != text => {
            Err(format!("body {:?}, not {text:?}", answer.body()))
        }
        _ => Ok(()),
    }
}
