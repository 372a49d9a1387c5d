//! Operations on an inbox against a model of it, with errors of its file between them: what was
//! answered with an error has not happened, nothing that was acknowledged is lost, nothing is
//! done twice.

mod model;
mod store;

use std::{sync::LazyLock, time::Duration};

use arbitrary::Arbitrary;
use bytes::Bytes;
use http::{Request, Response};
use switchhook_core::IdempotencyKey;
use switchhook_dispatch::{Accepted, Claim, DeliveryId, Incoming, StoreError};
use switchhook_inbox::{
    Filter, Inbox, MemoryInbox, Retention, Settled, Settlement, State, Statement, Value,
};
use tokio::{runtime::Runtime, task::JoinSet};

use crate::inbox_file::{FILE, connect, empty_file, new_folder, open, remove};

use self::{
    Call::*,
    End::*,
    Fault::*,
    How::*,
    Pick::*,
    Step::*,
    Table::*,
    Verb::*,
    model::Model,
    store::{Host, SqliteHost},
};

/// What happens to an inbox.
#[derive(Arbitrary, Clone, Debug)]
pub enum Step {
    /// Somebody asks for something.
    Do(Call),
    /// Several ask at the same time.
    Together(Vec<Call>),
    /// They ask while the file is in trouble.
    Failing(Fault, Vec<Call>),
    /// The clock goes on.
    Pass { hours: u8 },
    /// The program ends and starts again: with its file, or with what was on the disk when the
    /// power went.
    Restart { by_power_loss: bool },
}

/// A call of the inbox. What it is about is one of a few.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Call {
    Accept { key: u8, about: Option<(u8, u8)>, long: bool },
    Bury { key: u8, about: Option<(u8, u8)> },
    Lease { most: u8, hours: u8 },
    Extend { lease: u8, hours: u8 },
    Settle { lease: u8, end: End },
    ClaimReply { key: u8, hours: u8 },
    SaveReply { claim: u8, hours: u8 },
    GiveUpReply { claim: u8 },
    Replay { pick: Pick, most: u8 },
    Remove { pick: Pick, most: u8 },
    Sweep { done: u8, dead: u8 },
    Vacuum,
}

/// What has become of a leased delivery.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum End {
    Handled,
    /// With a row in a table of the application.
    WithEffect,
    /// With a statement after it that is refused.
    WithRefusal,
    /// With one that is refused by the commit.
    WithRefusedCommit,
    Late,
    Failed {
        hours: u8,
    },
    FailedForGood,
    GivenBack,
}

/// Which deliveries are meant.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Pick {
    Everything,
    TheDead,
    TheDone,
    TheWaiting,
    One { key: u8 },
}

/// What is wrong with the file.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Fault {
    /// Another program writes.
    Locked,
    /// The disk is full.
    Full,
    /// It was moved away.
    Gone,
    /// Another program reads all the time: no error, yet nothing can be tidied up.
    Watched,
    /// Changes of a table fail, after some that do not.
    Refused { verb: Verb, table: Table, how: How, after: u8 },
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Verb {
    Insert,
    Update,
    Delete,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Table {
    Deliveries,
    Requests,
    Scopes,
    Replies,
    Meta,
    Effects,
}

/// How much of what was done a failure undoes by itself.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum How {
    /// The statement.
    Abort,
    /// Nothing.
    Fail,
    /// The transaction.
    Rollback,
}

/// As many steps as a run takes, and calls at a time.
const MOST: (usize, usize) = (40, 5);

pub fn check(mut steps: Vec<Step>) {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
    });

    steps.truncate(MOST.0);
    RUNTIME.block_on(async {
        run(MemoryInbox::new(), &steps).await;
        run(SqliteHost::new(), &steps).await;
    });
}

/// Does the steps, and compares after each.
async fn run<H: Host>(mut host: H, steps: &[Step]) {
    let mut model = Model::new(H::IS_FILE);
    for step in steps {
        match step {
            Do(call) => calls(&host, &mut model, &[*call], false).await,
            Together(several) => calls(&host, &mut model, several, false).await,
            Failing(fault, several) => {
                host.break_down(*fault).await;
                calls(&host, &mut model, several, H::IS_FILE).await;
                host.repair(*fault).await;
            }
            Pass { hours } if H::IS_FILE => {
                host.pass(hours % 4);
                model.pass(hours % 4);
            }
            Restart { by_power_loss } => host.restart(*by_power_loss),
            Pass { .. } => {}
        }
        model.compare(host.inbox()).await;
    }
    host.inspect();
    model.compare_requests(host.inbox()).await;
    assert_eq!(host.effects(), model.effects);
}

/// A call with what it is about.
#[derive(Clone, Copy, Debug)]
struct Asked {
    call: Call,
    /// Of a lease or a claim.
    key: u8,
    fence: u64,
    /// Tells one request of a key from another.
    serial: u32,
}

/// What the inbox says.
enum Answer {
    Accepted(Accepted),
    Leased(Vec<Leased>),
    Held(bool),
    Settled(Settled),
    Claimed(Claim),
    Counted(usize),
    Nothing,
}

struct Leased {
    id: DeliveryId,
    fence: u64,
    attempt: u32,
    outdated: bool,
    body: Bytes,
}

/// Several calls at once, which come to the inbox in their order.
async fn calls<H: Host>(host: &H, model: &mut Model, calls: &[Call], may_fail: bool) {
    let asked: Vec<_> = calls.iter().take(MOST.1).filter_map(|call| model.ask(*call)).collect();
    let mut tasks = JoinSet::new();
    for (at, asked) in asked.iter().enumerate() {
        let (inbox, asked) = (host.inbox().clone(), *asked);
        tasks.spawn(async move { (at, perform(&inbox, asked).await) });
    }
    let mut answers = tasks.join_all().await;
    answers.sort_by_key(|(at, _)| *at);
    for (asked, (_, answer)) in asked.iter().zip(answers) {
        match answer {
            Ok(answer) => model.happened(asked, answer, may_fail),
            // None of these errors comes after a commit: nothing has happened.
            Err(error) => assert!(may_fail, "{asked:?}: {error}"),
        }
    }
}

/// What a name is kept by.
fn id(name: impl std::fmt::Display) -> DeliveryId {
    DeliveryId::of(&IdempotencyKey::of([name.to_string()]))
}

fn hours(hours: u8) -> Duration {
    Duration::from_secs(u64::from(hours) * 60 * 60)
}

/// The body of a request: a short one, or one that is longer than what is free on a page.
fn body(key: u8, serial: u32, long: bool) -> String {
    format!("Key={key}&Serial={serial}{}", if long { "x".repeat(9000) } else { String::new() })
}

fn incoming(asked: Asked, key: u8, about: Option<(u8, u8)>, long: bool) -> Incoming {
    let request = Request::post("/video").body(body(key, asked.serial, long).into()).unwrap();
    let mut incoming = Incoming::new(id(key), "/video", "twilio.video", request);
    incoming.subject = Some(key.to_string());
    incoming.order = about.map(|(thing, place)| (id(format_args!("about {thing}")), [place; 16]));
    incoming
}

impl Pick {
    fn filter(self) -> Filter {
        let all = Filter::new();
        match self {
            Everything => all,
            TheDead => all.state(State::Dead),
            TheDone => all.state(State::Done),
            TheWaiting => all.state(State::Pending).state(State::Retry),
            One { key } => all.id(id(key)),
        }
    }
}

impl End {
    fn settlement(self, key: u8, fence: u64) -> Settlement {
        let statement = |sql: &str| Statement { sql: sql.into(), values: Vec::new() };
        let effect = Statement {
            sql: "insert into effects values ($1, $2)".into(),
            values: vec![Value::Integer(key.into()), Value::Integer(fence.try_into().unwrap())],
        };
        match self {
            Handled => Settlement::Done(Vec::new()),
            WithEffect => Settlement::Done(vec![effect]),
            WithRefusal => {
                Settlement::Done(vec![effect, statement("insert into nowhere values (1)")])
            }
            WithRefusedCommit => {
                Settlement::Done(vec![effect, statement("insert into children values (1)")])
            }
            Late => Settlement::Outdated,
            Failed { hours } => {
                Settlement::Retry { after: self::hours(hours), error: "not yet".into() }
            }
            FailedForGood => Settlement::Dead { error: "never".into() },
            GivenBack => Settlement::Returned,
        }
    }
}

async fn perform<I: Inbox>(inbox: &I, asked: Asked) -> Result<Answer, StoreError> {
    let Asked { call, key, fence, serial } = asked;
    Ok(match call {
        Accept { key, about, long } => {
            Answer::Accepted(inbox.accept(incoming(asked, key, about, long)).await?)
        }
        Bury { key, about } => {
            inbox.bury(incoming(asked, key, about, false), "buried").await?;
            Answer::Nothing
        }
        Lease { most, hours: length } => {
            let leased = inbox.lease(most.into(), hours(length)).await?;
            let leased = leased.into_iter().map(|leased| {
                let switchhook_inbox::Leased { id, fence, attempt, outdated, request } = leased;
                Leased { id, fence, attempt, outdated, body: request.into_body() }
            });
            Answer::Leased(leased.collect())
        }
        Extend { hours: length, .. } => {
            Answer::Held(inbox.extend(id(key), fence, hours(length)).await?)
        }
        Settle { end, .. } => {
            Answer::Settled(inbox.settle(id(key), fence, end.settlement(key, fence)).await?)
        }
        ClaimReply { key, hours: length } => {
            Answer::Claimed(inbox.claim(id(key), hours(length)).await?)
        }
        SaveReply { hours: length, .. } => {
            let reply = Response::new(body(key, serial, false).into());
            Answer::Held(inbox.answer(id(key), fence, &reply, hours(length)).await?)
        }
        GiveUpReply { .. } => {
            inbox.release(id(key), fence).await?;
            Answer::Nothing
        }
        Replay { pick, most } => Answer::Counted(inbox.replay(&pick.filter(), most.into()).await?),
        Remove { pick, most } => Answer::Counted(inbox.remove(&pick.filter(), most.into()).await?),
        Sweep { done, dead } => {
            let retention = Retention { done: hours(done), dead: hours(dead) };
            Answer::Counted(inbox.sweep(retention).await?)
        }
        Vacuum => {
            inbox.vacuum().await?;
            Answer::Nothing
        }
    })
}
