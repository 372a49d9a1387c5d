//! Rows that somebody else has written into an inbox's file: a request, a reply, the path of a
//! report. What is whole is read as it stands there, what is damaged is an error that shows nothing
//! of it and a dead letter.

use std::{fs, net::IpAddr, path::PathBuf, str, sync::LazyLock, time::Duration};

use arbitrary::Arbitrary;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri};
use rusqlite::{Connection, params};
use switchhook_core::IdempotencyKey;
use switchhook_dispatch::{Claim, DeliveryId, Endpoint, Incoming, Store, StoreErrorKind};
use switchhook_inbox::{Filter, Inbox, Reports, Settlement, SqliteInbox, State};
use switchhook_signature::{Connection as Peer, Guard, PublicTarget};
use tokio::runtime::Runtime;

use crate::inbox_file::{FILE, connect, empty_file, new_folder, open, remove};

/// The columns of a request and of a reply, and a segment of a path.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub struct Row<'a> {
    pub tls: bool,
    pub status: u16,
    pub has_public_target: bool,
    pub has_peer: bool,
    pub method: &'a [u8],
    pub target: &'a [u8],
    pub public_target: &'a [u8],
    pub peer: &'a [u8],
    pub segment: &'a str,
    pub headers: &'a [u8],
    pub body: &'a [u8],
}

/// What a request's row says.
#[derive(Debug, PartialEq)]
struct Whole {
    method: Method,
    target: Uri,
    public_target: Option<Uri>,
    peer: Option<IpAddr>,
    tls: bool,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

const HOUR: Duration = Duration::from_secs(60 * 60);

pub fn check(row: Row<'_>) {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
    });

    RUNTIME.block_on(async {
        let file = File::new();
        request(&file, &row).await;
        reply(&file, &row).await;
        report(&file, row.segment).await;
    });
}

async fn request(file: &File, row: &Row<'_>) {
    let id = id("request");
    let request = Request::post("/video").body(Bytes::from_static(b"a=1")).unwrap();
    file.inbox.accept(Incoming::new(id, "/video", "twilio.video", request)).await.unwrap();
    let sql = "update switchhook_requests set method = cast(?1 as text), target = cast(?2 as text),
                   public_target = cast(?3 as text), tls = ?4, peer = cast(?5 as text),
                   headers = ?6, body = ?7";
    let public_target = row.has_public_target.then_some(row.public_target);
    let peer = row.has_peer.then_some(row.peer);
    let (method, target) = (row.method, row.target);
    let values = params![method, target, public_target, row.tls, peer, row.headers, row.body];
    assert_eq!(file.other.execute(sql, values).unwrap(), 1);

    let whole = whole(row);
    match (file.inbox.show(id).await, &whole) {
        (Ok(Some(record)), Some(whole)) => assert_eq!(&read(&record.request), whole),
        (Err(error), None) => {
            assert_eq!(error.kind(), StoreErrorKind::Other);
            assert!(error.to_string().ends_with("of a row cannot be read"), "{error}");
        }
        (shown, whole) => panic!("{shown:?} {whole:?}"),
    }
    let leased = file.inbox.lease(2, HOUR).await.unwrap();
    match (&leased[..], &whole) {
        ([leased], Some(whole)) => {
            assert_eq!(&read(&leased.request), whole);
            let settlement = Settlement::Done(Vec::new());
            file.inbox.settle(leased.id, leased.fence, settlement).await.unwrap();
        }
        ([], None) => {
            let dead = file.inbox.list(&Filter::new().id(id), None, 2).await.unwrap();
            assert_eq!(dead[0].state, State::Dead);
        }
        _ => panic!("{} {whole:?}", leased.len()),
    }
}

async fn reply(file: &File, row: &Row<'_>) {
    let id = id("reply");
    let Claim::New { fence, .. } = file.inbox.claim(id, HOUR).await.unwrap() else { panic!() };
    let response = Response::new(Bytes::from_static(b"<Response/>"));
    assert!(file.inbox.answer(id, fence, &response, HOUR).await.unwrap());
    let sql = "update switchhook_replies set status = ?1, headers = ?2, body = ?3";
    let changed = file.other.execute(sql, params![row.status, row.headers, row.body]);
    assert_eq!(changed.unwrap(), 1);

    let status = StatusCode::from_u16(row.status).ok();
    match (file.inbox.claim(id, HOUR).await, status.zip(headers(row.headers))) {
        (Ok(Claim::Answered(reply)), Some((status, headers))) => {
            assert_eq!((reply.status(), &reply.body()[..]), (status, row.body));
            assert_eq!(pairs(reply.headers()), headers);
        }
        (Err(error), None) => assert_eq!(error.kind(), StoreErrorKind::Other),
        (claimed, whole) => panic!("{} {whole:?}", claimed.is_ok()),
    }
}

/// The segment that stands for a value is that value, decoded.
async fn report(file: &File, segment: &str) {
    let path = format!("/x/{segment}");
    let Ok(uri) = path.parse::<Uri>() else { return };
    if uri.path() != path || segment.contains('/') {
        return;
    }
    let guard = Guard::basic("a", "b").unwrap();
    let reports = Reports::new(file.inbox.clone(), guard)
        .at("/x/{value}", "select json_object('hex', hex($1))");
    let request = Request::get(uri).header("authorization", "Basic YTpi");
    let response = reports.serve(request.body(Bytes::new()).unwrap()).await;
    match decoded(segment).filter(|text| !text.is_empty()) {
        Some(text) => {
            let hex: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
            assert_eq!(response.body(), &format!("{{\"hex\":\"{hex}\"}}"));
        }
        None => assert_eq!(response.status(), 404),
    }
}

/// The request that the columns are, by their rules.
fn whole(row: &Row<'_>) -> Option<Whole> {
    let public_target = row.has_public_target.then_some(row.public_target);
    let peer = row.has_peer.then_some(row.peer);
    Some(Whole {
        method: str::from_utf8(row.method).ok()?.parse().ok()?,
        target: str::from_utf8(row.target).ok()?.parse().ok()?,
        public_target: match public_target {
            Some(target) => Some(str::from_utf8(target).ok()?.parse().ok()?),
            None => None,
        },
        peer: match peer {
            Some(peer) => Some(str::from_utf8(peer).ok()?.parse().ok()?),
            None => None,
        },
        tls: row.tls,
        headers: headers(row.headers)?,
        body: row.body.to_vec(),
    })
}

/// A header a line, its name up to the first colon with a blank behind it.
fn headers(bytes: &[u8]) -> Option<Vec<(HeaderName, HeaderValue)>> {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let colon = (0..line.len()).find(|at| line[*at..].starts_with(b": "))?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        headers.append(name, HeaderValue::from_bytes(&line[colon + 2..]).ok()?);
    }
    Some(pairs(&headers))
}

fn pairs(headers: &HeaderMap) -> Vec<(HeaderName, HeaderValue)> {
    headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn read(request: &Request<Bytes>) -> Whole {
    let peer = request.extensions().get::<Peer>().expect("it is kept");
    Whole {
        method: request.method().clone(),
        target: request.uri().clone(),
        public_target: request.extensions().get().map(|target: &PublicTarget| target.0.clone()),
        peer: peer.peer,
        tls: peer.tls,
        headers: pairs(request.headers()),
        body: request.body().to_vec(),
    }
}

/// A part of a path without its escapes; `None` where one is broken or it is no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        bytes.push(*first);
        if *first == b'%' {
            let digit = |at: usize| char::from(*tail.get(at)?).to_digit(16);
            *bytes.last_mut()? = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
            rest = &tail[2..];
        }
    }
    String::from_utf8(bytes).ok()
}

fn id(name: &str) -> DeliveryId {
    DeliveryId::of(&IdempotencyKey::of([name.to_owned()]))
}

/// An inbox, and another program's connection to its file.
struct File {
    inbox: SqliteInbox,
    other: Connection,
    folder: PathBuf,
}

impl File {
    fn new() -> Self {
        static EMPTY: LazyLock<Vec<u8>> = LazyLock::new(|| empty_file(""));

        let folder = new_folder();
        let path = folder.join(FILE);
        fs::write(&path, &*EMPTY).unwrap();
        Self { inbox: open(&path, ""), other: connect(&path), folder }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        remove(&self.folder);
    }
}
