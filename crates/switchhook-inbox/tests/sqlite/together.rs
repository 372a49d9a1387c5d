//! Many at once: few commits, no loss.

use std::time::Instant;

use switchhook_dispatch::{Accepted, Store};
use switchhook_inbox::State;
use tokio::task::JoinSet;

use super::*;

const TASKS: u32 = 64;
const EACH: u32 = 25;
const ALL: u32 = TASKS * EACH;

/// A delivery of the usual size.
fn body() -> Vec<u8> {
    vec![b'x'; 1000]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_once_are_committed_together() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = SqliteInbox::open(folder.path().join("inbox.db")).unwrap();
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let inbox = inbox.clone();
        tasks.spawn(async move {
            for n in 0..EACH {
                let accepted = inbox.accept(incoming(&format!("{task} {n}"), body())).await;
                assert_eq!(accepted.unwrap(), Accepted::New);
            }
        });
    }
    tasks.join_all().await;
    let rate = rate(ALL, started);
    let commits = u32::try_from(inbox.commits()).unwrap();
    assert_eq!(inbox.stats().await.unwrap().count(State::Pending), u64::from(ALL));
    // The first may come alone; then a commit takes so long that nearly all others come with
    // the next.
    assert!(commits <= ALL / 4, "{commits} commits");

    // One at a time, by the same way and by the barest there is.
    let started = Instant::now();
    for n in 0..200 {
        inbox.accept(incoming(&format!("alone {n}"), body())).await.unwrap();
    }
    let alone = self::rate(200, started);
    assert_eq!(inbox.commits(), u64::from(commits) + 200);

    let bare = other(&folder.path().join("bare.db"));
    bare.query_row("pragma journal_mode = wal", [], |_| Ok(())).unwrap();
    bare.execute_batch("pragma synchronous = full; create table t (id blob primary key, body)")
        .unwrap();
    let mut insert = bare.prepare("insert into t values (?, ?)").unwrap();
    let started = Instant::now();
    for n in 0..200 {
        insert.execute((id(&format!("{n}")).to_bytes(), body())).unwrap();
    }
    let bare = self::rate(200, started);
    println!(
        "{TASKS} tasks: {rate:.0}/s in {commits} commits of {:.1}; one at a time: {alone:.0}/s; \
         bare inserts: {bare:.0}/s",
        f64::from(ALL) / f64::from(commits),
    );
}

fn rate(count: u32, started: Instant) -> f64 {
    f64::from(count) / started.elapsed().as_secs_f64()
}
