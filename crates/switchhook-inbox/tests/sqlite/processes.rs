//! Several who have opened one file.

use std::{
    env, fs,
    process::{Command, Stdio},
    time::Instant,
};

use switchhook_dispatch::{Accepted, Store};
use switchhook_inbox::{Filter, State};

use super::*;

const FOLDER: &str = "SWITCHHOOK_INBOX_TEST_FOLDER";
const KEYS: usize = 60;

#[tokio::test]
async fn two_handles_are_one_inbox() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let (one, two) = (SqliteInbox::open(&path).unwrap(), SqliteInbox::open(&path).unwrap());
    assert_eq!(one.accept(incoming("a", "")).await.unwrap(), Accepted::New);
    assert_eq!(two.accept(incoming("a", "")).await.unwrap(), Accepted::Known);
    let leased = lease_one(&two).await;
    assert!(one.lease(1, MINUTE).await.unwrap().is_empty());
    assert_eq!(done(&one, &leased, vec![]).await.unwrap(), Settled::Yes);
    assert_eq!(two.stats().await.unwrap().count(State::Done), 1);
    assert_eq!(two.remove(&Filter::new(), 9).await.unwrap(), 1);
    assert!(one.show(id("a")).await.unwrap().is_none());
}

/// What each process does: opens the file that none has made yet, accepts what all accept,
/// handles what it can lease. How many were new to it, and how many it has handled.
async fn share(folder: &Path) -> (usize, usize) {
    // All are there before one begins.
    fs::write(folder.join(format!("ready {}", std::process::id())), "").unwrap();
    let started = Instant::now();
    while fs::read_dir(folder).unwrap().count() < 3 {
        assert!(started.elapsed() < MINUTE, "the others do not come");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let inbox = SqliteInbox::open(folder.join("inbox.db")).unwrap();
    let (mut new, mut handled) = (0, 0);
    for n in 0..KEYS {
        let accepted = inbox.accept(incoming(&n.to_string(), "")).await.unwrap();
        new += usize::from(accepted == Accepted::New);
        for leased in inbox.lease(2, MINUTE).await.unwrap() {
            assert_eq!(done(&inbox, &leased, vec![]).await.unwrap(), Settled::Yes);
            handled += 1;
        }
    }
    (new, handled)
}

/// The life of a process; without one's folder it is no test.
#[tokio::test]
async fn a_process() {
    if let Some(folder) = env::var_os(FOLDER) {
        let (new, handled) = share(Path::new(&folder)).await;
        println!("\nshare {new} {handled}");
    }
}

#[test]
fn processes_share_a_file_that_one_of_them_makes() {
    let folder = tempfile::tempdir().unwrap();
    let processes: Vec<_> = (0..3)
        .map(|_| {
            Command::new(env::current_exe().unwrap())
                .args(["processes::a_process", "--exact", "--nocapture"])
                .env(FOLDER, folder.path())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let (mut new, mut handled) = (0, 0);
    for process in processes {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        let share = text.lines().find_map(|line| line.strip_prefix("share ")).expect("its share");
        let (its_new, its_handled) = share.split_once(' ').unwrap();
        new += its_new.parse::<usize>().unwrap();
        handled += its_handled.parse::<usize>().unwrap();
    }
    assert_eq!((new, handled), (KEYS, KEYS));
}
