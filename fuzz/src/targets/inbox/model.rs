//! What an inbox promises, in maps.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant, SystemTime},
};

use switchhook_dispatch::{Accepted, Claim, StoreError};
use switchhook_inbox::{Filter, Inbox, Settled, State};

use super::{Answer, Asked, Call, Call::*, End, End::*, Leased, Pick, Pick::*, body, id};

/// Hours that have passed, and the place among the calls of the hour.
type Time = (u64, u64);

struct Row {
    key: u8,
    body: String,
    about: Option<(u8, u8)>,
    state: State,
    attempts: u32,
    due: Option<Time>,
    settled: Option<Time>,
    error: Option<&'static str>,
    fence: u64,
    /// The inbox's own, once it was seen.
    number: Option<u64>,
}

struct Reply {
    fence: u64,
    until: Time,
    body: Option<String>,
}

pub struct Model {
    /// In the order of their arrival.
    rows: Vec<Row>,
    /// The newest place that is done, by what it is about.
    newest: BTreeMap<u8, u8>,
    replies: BTreeMap<u8, Reply>,
    /// Of leases that were settled so: the key and the fence.
    pub effects: Vec<(u8, u64)>,
    /// All that were ever given away.
    leases: Vec<(u8, u64)>,
    claims: Vec<(u8, u64)>,
    last_number: u64,
    now: Time,
    is_file: bool,
    started: SystemTime,
}

impl Model {
    pub fn new(is_file: bool) -> Self {
        Self {
            rows: Vec::new(),
            newest: BTreeMap::new(),
            replies: BTreeMap::new(),
            effects: Vec::new(),
            leases: Vec::new(),
            claims: Vec::new(),
            last_number: 0,
            now: (0, 0),
            is_file,
            started: SystemTime::now(),
        }
    }

    pub fn pass(&mut self, hours: u8) {
        self.now.0 += u64::from(hours);
    }

    /// The call with small numbers and with the lease or claim that it is about, where there is
    /// one.
    pub fn ask(&mut self, call: Call) -> Option<Asked> {
        self.now.1 += 1;
        let small = |about: Option<(u8, u8)>| about.map(|(thing, place)| (thing % 2, place % 4));
        let pick = |pick| match pick {
            One { key } => One { key: key % 6 },
            pick => pick,
        };
        let end = |end| match end {
            Failed { hours } => Failed { hours: hours % 3 },
            end => end,
        };
        let call = match call {
            Accept { key, about, long } => Accept { key: key % 6, about: small(about), long },
            Bury { key, about } => Bury { key: key % 6, about: small(about) },
            Lease { most, hours } => Lease { most: most % 4, hours: hours % 3 },
            Extend { lease, hours } => Extend { lease, hours: hours % 3 },
            Settle { lease, end: how } => Settle { lease, end: end(how) },
            ClaimReply { key, hours } => ClaimReply { key: key % 3, hours: hours % 3 },
            SaveReply { claim, hours } => SaveReply { claim, hours: hours % 3 },
            Replay { pick: which, most } => Replay { pick: pick(which), most: most % 4 },
            Remove { pick: which, most } => Remove { pick: pick(which), most: most % 4 },
            Sweep { done, dead } => Sweep { done: done % 3, dead: dead % 3 },
            GiveUpReply { .. } | Vacuum => call,
        };
        // The last ones are asked for most.
        let of = |list: &[(u8, u64)], back: u8| {
            list.iter().rev().cycle().nth(usize::from(back)).copied()
        };
        let (key, fence) = match call {
            Extend { lease, .. } | Settle { lease, .. } => of(&self.leases, lease)?,
            SaveReply { claim, .. } | GiveUpReply { claim } => of(&self.claims, claim)?,
            _ => (0, 0),
        };
        Some(Asked { call, key, fence, serial: u32::try_from(self.now.1).unwrap() })
    }

    /// The inbox has done what it was asked for, and says so.
    pub fn happened(&mut self, asked: &Asked, answer: Answer, in_trouble: bool) {
        self.now.1 += 1;
        let Asked { call, key, fence, serial } = *asked;
        match (call, answer) {
            (Accept { key, about, long }, Answer::Accepted(accepted)) => {
                let known = self.row(key).is_some();
                assert_eq!(accepted, if known { Accepted::Known } else { Accepted::New });
                self.keep(key, about, body(key, serial, long), None);
            }
            (Bury { key, about }, Answer::Nothing) => {
                self.keep(key, about, body(key, serial, false), Some("buried"));
            }
            (Lease { most, hours }, Answer::Leased(leased)) => self.lease(most, hours, leased),
            (Extend { hours, .. }, Answer::Held(held)) => {
                let holds = self.extends(key, fence);
                assert_eq!(held, holds, "{asked:?}");
                if holds {
                    let until = self.later(hours);
                    self.row(key).unwrap().due = Some(until);
                }
            }
            (Settle { end, .. }, Answer::Settled(settled)) => {
                self.settle(key, fence, end, settled, in_trouble);
            }
            (ClaimReply { key, hours }, Answer::Claimed(claim)) => self.claim(key, hours, claim),
            (SaveReply { hours, .. }, Answer::Held(held)) => {
                let (now, until) = (self.now, self.later(hours));
                let claimed = self.replies.get_mut(&key).filter(|reply| reply.fence == fence);
                match claimed {
                    None => assert!(!held, "{asked:?}"),
                    // One whose time is over may be forgotten, or taken up again.
                    Some(reply) if !held => assert!(reply.until <= now, "{asked:?}"),
                    Some(reply) => {
                        (reply.until, reply.body) = (until, Some(body(key, serial, false)));
                    }
                }
            }
            (GiveUpReply { .. }, Answer::Nothing) => {
                let held = |reply: &Reply| reply.fence == fence && reply.body.is_none();
                if self.replies.get(&key).is_some_and(held) {
                    self.replies.remove(&key);
                }
            }
            (Replay { pick, most }, Answer::Counted(count)) => {
                let now = self.now;
                let idle = |row: &&mut Row| !matches!(row.state, State::Pending | State::Leased);
                let rows = self.rows.iter_mut().filter(|row| picks(pick, row)).filter(idle);
                let mut replayed = 0;
                for row in rows.take(most.into()) {
                    (row.state, row.attempts, row.error) = (State::Pending, 0, None);
                    (row.due, row.settled) = (Some(now), None);
                    replayed += 1;
                }
                assert_eq!(count, replayed, "{asked:?}");
            }
            (Remove { pick, most }, Answer::Counted(count)) => {
                let idle = |row: &&Row| picks(pick, row) && row.state != State::Leased;
                let keys = self.rows.iter().filter(idle).map(|row| row.key);
                let keys: Vec<_> = keys.take(most.into()).collect();
                assert_eq!(count, keys.len(), "{asked:?}");
                self.delete(&keys);
                // Memory and PostgreSQL do so when they sweep.
                if self.is_file {
                    self.forget_newest();
                }
            }
            (Sweep { done, dead }, Answer::Counted(count)) => {
                let over = |row: &&Row| {
                    let keep = if row.state == State::Done { done } else { dead };
                    let end = |(hour, tick)| (hour + u64::from(keep), tick);
                    row.settled.is_some_and(|settled| end(settled) <= self.now)
                };
                let keys: Vec<_> = self.rows.iter().filter(over).map(|row| row.key).collect();
                assert_eq!(count, keys.len(), "{asked:?}");
                self.delete(&keys);
                self.forget_newest();
                self.replies.retain(|_, reply| reply.until > self.now);
            }
            (Vacuum, Answer::Nothing) => {}
            _ => unreachable!("another call's answer"),
        }
    }

    fn later(&self, hours: u8) -> Time {
        (self.now.0 + u64::from(hours), self.now.1)
    }

    fn row(&mut self, key: u8) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.key == key)
    }

    fn is_outdated(&self, about: Option<(u8, u8)>) -> bool {
        about.is_some_and(|(thing, place)| self.newest.get(&thing) > Some(&place))
    }

    /// What leases that hold are about.
    fn busy(&self) -> Vec<u8> {
        let held = |row: &&Row| row.state == State::Leased && row.due > Some(self.now);
        self.rows.iter().filter(held).filter_map(|row| row.about).map(|about| about.0).collect()
    }

    fn keep(&mut self, key: u8, about: Option<(u8, u8)>, body: String, dead: Option<&'static str>) {
        if self.row(key).is_some() {
            return;
        }
        let is_dead = dead.is_some();
        self.rows.push(Row {
            key,
            body,
            about,
            state: if is_dead { State::Dead } else { State::Pending },
            attempts: is_dead.into(),
            due: (!is_dead).then_some(self.now),
            settled: is_dead.then_some(self.now),
            error: dead,
            fence: 0,
            number: None,
        });
    }

    fn lease(&mut self, most: u8, hours: u8, leased: Vec<Leased>) {
        let (now, until) = (self.now, self.later(hours));
        let mut due: Vec<_> = (0..self.rows.len())
            .filter(|at| self.rows[*at].due.is_some_and(|due| due <= now))
            .collect();
        due.sort_by_key(|at| self.rows[*at].due);
        let mut busy = self.busy();
        due.retain(|at| {
            let Some((thing, _)) = self.rows[*at].about else { return true };
            let is_free = !busy.contains(&thing);
            busy.push(thing);
            is_free
        });
        due.truncate(most.into());
        let ids: Vec<_> = leased.iter().map(|leased| leased.id).collect();
        assert_eq!(ids, due.iter().map(|at| id(self.rows[*at].key)).collect::<Vec<_>>());
        for (at, leased) in due.into_iter().zip(leased) {
            let outdated = self.is_outdated(self.rows[at].about);
            let row = &mut self.rows[at];
            row.attempts += 1;
            assert_eq!((leased.attempt, leased.outdated), (row.attempts, outdated));
            assert_eq!(leased.body, row.body);
            let before = self.leases.iter().filter(|(key, _)| *key == row.key);
            assert!(before.map(|lease| lease.1).all(|before| before < leased.fence));
            self.leases.push((row.key, leased.fence));
            (row.state, row.due, row.fence) = (State::Leased, Some(until), leased.fence);
        }
    }

    /// Whether a lease holds, or may be taken up again.
    fn extends(&mut self, key: u8, fence: u64) -> bool {
        let (now, busy) = (self.now, self.busy());
        let Some(row) = self.row(key) else { return false };
        let ended = row.due <= Some(now);
        let taken = row.about.is_some_and(|(thing, _)| ended && busy.contains(&thing));
        let (holds, about) =
            (row.fence == fence && row.state == State::Leased && !taken, row.about);
        holds && !self.is_outdated(about)
    }

    fn settle(&mut self, key: u8, fence: u64, end: End, settled: Settled, in_trouble: bool) {
        let (now, tables) = (self.now, self.is_file);
        let about = self.row(key).and_then(|row| row.about);
        let outdated = self.is_outdated(about);
        let Some(row) = self.row(key).filter(|row| row.fence == fence) else {
            return assert_eq!(settled, Settled::Lost);
        };
        let is_done = matches!(end, Handled | WithEffect | WithRefusal | WithRefusedCommit);
        if row.state != State::Leased {
            return assert_eq!(settled, Settled::Yes, "settled before");
        }
        if is_done && outdated {
            return assert_eq!(settled, Settled::Lost, "outdated");
        }
        if matches!(settled, Settled::Refused(_)) {
            let refused = matches!(end, WithRefusal | WithRefusedCommit);
            return assert!(tables && is_done && (refused || in_trouble), "{settled:?}");
        }
        assert_eq!(settled, Settled::Yes);
        let due = |hours: u8| Some((now.0 + u64::from(hours), now.1));
        (row.due, row.settled) = (None, Some(now));
        (row.state, row.error) = match end {
            Late => (State::Done, Some("outdated: not handled")),
            FailedForGood => (State::Dead, Some("never")),
            Failed { hours } => {
                (row.due, row.settled) = (due(hours), None);
                (State::Retry, Some("not yet"))
            }
            GivenBack => {
                (row.due, row.settled) = (due(0), None);
                row.attempts -= 1;
                (State::Pending, row.error)
            }
            _ => (State::Done, None),
        };
        if is_done && let Some((thing, place)) = about {
            let newest = self.newest.entry(thing).or_insert(place);
            *newest = place.max(*newest);
        }
        match end {
            WithEffect => self.effects.push((key, fence)),
            WithRefusal | WithRefusedCommit => {
                assert!(!tables, "{end:?}");
                self.effects.push((key, fence));
            }
            _ => {}
        }
    }

    fn claim(&mut self, key: u8, hours: u8, claim: Claim) {
        let (now, until) = (self.now, self.later(hours));
        let held = self.replies.get(&key).filter(|reply| reply.until > now);
        match (held.map(|reply| &reply.body), claim) {
            (Some(None), Claim::InFlight) => {}
            (Some(Some(body)), Claim::Answered(reply)) => assert_eq!(reply.body(), body),
            (None, Claim::New { fence }) => {
                let before = self.claims.iter().filter(|claim| claim.0 == key);
                assert!(before.map(|claim| claim.1).all(|before| before < fence));
                self.claims.push((key, fence));
                self.replies.insert(key, Reply { fence, until, body: None });
            }
            (held, claim) => panic!("{claim:?}, {held:?}"),
        }
    }

    fn delete(&mut self, keys: &[u8]) {
        self.rows.retain(|row| !keys.contains(&row.key));
    }

    /// What is newest matters for as long as there is something that it may outdate.
    fn forget_newest(&mut self) {
        let about = |thing| self.rows.iter().any(|row| row.about.is_some_and(|it| it.0 == thing));
        self.newest.retain(|thing, _| about(*thing));
    }

    /// All that an operator sees is what it should be.
    pub async fn compare<I: Inbox>(&mut self, inbox: &I) {
        let all = Filter::new();
        let list = read(|| inbox.list(&all, None, 100)).await;
        let stats = read(|| inbox.stats()).await;
        let ids: Vec<_> = list.iter().map(|summary| summary.id).collect();
        let rows = self.rows.iter().rev().map(|row| id(row.key));
        assert_eq!(ids, rows.collect::<Vec<_>>());
        assert!(list.is_sorted_by(|one, next| one.number > next.number));
        // A run takes less than half an hour.
        let (started, passed) = (self.started, self.now.0);
        let hour = |time: SystemTime| match time.duration_since(started) {
            Ok(since) => passed + (since.as_secs() + 1800) / 3600,
            Err(before) => passed - (before.duration().as_secs() + 1800) / 3600,
        };
        for (row, summary) in self.rows.iter_mut().zip(list.iter().rev()) {
            assert_eq!((summary.state, summary.attempts), (row.state, row.attempts));
            assert_eq!(summary.error.as_deref(), row.error);
            assert_eq!(summary.due_at.map(hour), row.due.map(|due| due.0));
            assert_eq!(summary.settled_at.map(hour), row.settled.map(|settled| settled.0));
            let last = self.last_number;
            match row.number {
                Some(number) => assert_eq!(summary.number, number),
                None => assert!(summary.number > last, "{} after {last}", summary.number),
            }
            row.number = Some(summary.number);
            self.last_number = last.max(summary.number);
        }
        for state in State::ALL {
            let rows = self.rows.iter().filter(|row| row.state == state);
            assert_eq!(stats.count(state), rows.count() as u64, "{state}");
        }
        let kept = |reply: &&Reply| reply.body.is_some() && reply.until > self.now;
        assert_eq!(stats.replies, self.replies.values().filter(kept).count() as u64);
        let waits = self.rows.iter().any(|row| row.due.is_some());
        assert_eq!(stats.oldest_waiting.is_some(), waits);
    }

    /// The requests themselves, and that there are no others.
    pub async fn compare_requests<I: Inbox>(&mut self, inbox: &I) {
        for key in 0..6 {
            let shown = read(|| inbox.show(id(key))).await;
            let body = shown.map(|record| record.request.into_body());
            assert_eq!(body, self.row(key).map(|row| row.body.clone().into()));
        }
    }
}

/// What is read while nothing is wrong. The threads of an inbox that was closed may hold a lock
/// for a moment.
async fn read<T, F>(ask: impl Fn() -> F) -> T
where
    F: Future<Output = Result<T, StoreError>>,
{
    let started = Instant::now();
    loop {
        match ask().await {
            Ok(value) => return value,
            Err(error) => assert!(started.elapsed().as_secs() < 20, "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn picks(pick: Pick, row: &Row) -> bool {
    match pick {
        Everything => true,
        TheDead => row.state == State::Dead,
        TheDone => row.state == State::Done,
        TheWaiting => matches!(row.state, State::Pending | State::Retry),
        One { key } => row.key == key,
    }
}
