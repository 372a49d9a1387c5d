//! Files: opened again, locked, damaged, in the way, gone.

use std::{fs, path::PathBuf};

use switchhook_core::Position;
use switchhook_dispatch::{Accepted, Claim, Store, StoreErrorKind};
use switchhook_inbox::{Filter, State};

use super::*;

fn kind_of_opening(path: &Path) -> StoreErrorKind {
    SqliteInbox::open(path).expect_err("not opened").kind()
}

#[tokio::test]
async fn what_was_kept_is_there_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let inbox = SqliteInbox::open(&path).unwrap();
    inbox.accept(incoming("leased", "one")).await.unwrap();
    let leased = lease_one(&inbox).await;
    let mut ordered = incoming("pending", "two");
    ordered.order = Some((id("room"), Position::Number(7).to_bytes()));
    inbox.accept(ordered).await.unwrap();
    inbox.bury(incoming("dead", "three"), "no").await.unwrap();
    let Claim::New { fence } = inbox.claim(id("reply"), MINUTE).await.unwrap() else { panic!() };
    inbox.answer(id("reply"), fence, &http::Response::new("x".into()), MINUTE).await.unwrap();
    drop(inbox);

    let inbox = SqliteInbox::open(&path).unwrap();
    let list = inbox.list(&Filter::new(), None, 9).await.unwrap();
    assert_eq!(
        list.iter().map(|summary| (summary.id, summary.state)).collect::<Vec<_>>(),
        [(id("dead"), State::Dead), (id("pending"), State::Pending), (id("leased"), State::Leased)]
    );
    let Claim::Answered(reply) = inbox.claim(id("reply"), MINUTE).await.unwrap() else { panic!() };
    assert_eq!(reply.body(), "x");
    // The worker of before still holds its lease, and no fence is given twice.
    assert_eq!(done(&inbox, &leased, vec![]).await.unwrap(), Settled::Yes);
    let next = lease_one(&inbox).await;
    assert_eq!((next.id, next.request.body()), (id("pending"), &"two".into()));
    assert!(next.fence > leased.fence && next.fence > fence);
    assert_eq!(inbox.accept(incoming("leased", "one")).await.unwrap(), Accepted::Known);
}

#[tokio::test]
async fn what_is_no_store_of_this_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "My notes. ".repeat(500)).unwrap();
    assert_eq!(kind_of_opening(&text), StoreErrorKind::Incompatible);
    assert_eq!(fs::read_to_string(&text).unwrap(), "My notes. ".repeat(500));

    let newer = folder.path().join("newer.db");
    drop(SqliteInbox::open(&newer).unwrap());
    other(&newer)
        .execute("update switchhook_meta set value = 99 where name = 'version'", [])
        .unwrap();
    let error = SqliteInbox::open(&newer).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Incompatible);
    assert!(error.to_string().contains("version 99"), "{error}");

    // The tables of others are no obstacle, tables of the same name are.
    let theirs = folder.path().join("theirs.db");
    other(&theirs).execute_batch("create table notes (text); pragma user_version = 7").unwrap();
    drop(SqliteInbox::open(&theirs).unwrap());
    let taken = folder.path().join("taken.db");
    other(&taken).execute_batch("create table switchhook_deliveries (text)").unwrap();
    assert_eq!(kind_of_opening(&taken), StoreErrorKind::Incompatible);
    let mode: String =
        other(&taken).query_row("pragma journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
}

#[test]
fn what_cannot_be_opened_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing").join("inbox.db");
    for path in [folder.path(), &missing] {
        assert_eq!(kind_of_opening(path), StoreErrorKind::Unavailable, "{}", path.display());
    }
    let path = folder.path().join("inbox.db");
    let options = SqliteInbox::options().create(false);
    assert_eq!(options.open(&path).unwrap_err().kind(), StoreErrorKind::Unavailable);
    assert!(!path.exists());
}

#[cfg(unix)]
#[test]
fn a_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let inbox = SqliteInbox::open(&path).unwrap();
    for name in ["inbox.db", "inbox.db-wal", "inbox.db-shm"] {
        let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    drop(inbox);

    let locked = folder.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).unwrap();
    // Root may write everywhere, so that there is nothing to see.
    if fs::write(locked.join("probe"), "").is_err() {
        assert_eq!(kind_of_opening(&locked.join("inbox.db")), StoreErrorKind::Unavailable);
    }
    // Here not even root may.
    #[cfg(target_os = "linux")]
    assert_eq!(
        kind_of_opening(Path::new("/proc/switchhook-inbox.db")),
        StoreErrorKind::Unavailable
    );
}

#[tokio::test]
async fn odd_paths_are_files() {
    let folder = tempfile::tempdir().unwrap();
    for name in [":memory:", "file:inbox.db?mode=memory", "in box%20#1.db"] {
        let path = folder.path().join(name);
        let inbox = SqliteInbox::open(&path).unwrap();
        inbox.accept(incoming("a", "")).await.unwrap();
        assert_eq!(inbox.stats().await.unwrap().total(), 1, "{name}");
        assert!(path.exists(), "{name}");
    }
}

#[tokio::test]
async fn a_locked_file_is_unavailable_until_it_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let options = SqliteInbox::options().busy_timeout(Duration::from_millis(100));
    let inbox = options.open(&path).unwrap();
    inbox.accept(incoming("a", "")).await.unwrap();

    let lock = other(&path);
    lock.execute_batch("begin immediate").unwrap();
    let (accepted, listed) = tokio::join!(
        inbox.accept(incoming("b", "")),
        // Who reads does not wait for who writes.
        tokio::time::timeout(Duration::from_millis(50), inbox.stats()),
    );
    assert_eq!(accepted.unwrap_err().kind(), StoreErrorKind::Unavailable);
    assert_eq!(listed.expect("at once").unwrap().total(), 1);
    assert!(inbox.claim(id("b"), MINUTE).await.is_err());
    lock.execute_batch("commit").unwrap();
    assert_eq!(inbox.accept(incoming("b", "")).await.unwrap(), Accepted::New);
}

#[tokio::test]
async fn damaged_rows_are_dead_letters_and_stop_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let inbox = SqliteInbox::open(&path).unwrap();
    let damages = [
        "update switchhook_requests set headers = x'00ff' where number = ?",
        "update switchhook_requests set target = 'not a uri' where number = ?",
        "update switchhook_requests set method = '' where number = ?",
        "update switchhook_requests set peer = 'nobody' where number = ?",
        "update switchhook_requests set target = cast(x'ff' as text) where number = ?",
        "delete from switchhook_requests where number = ?",
        "update switchhook_deliveries set attempts = 1 << 40 where number = ?",
    ];
    for n in 0..damages.len() {
        // The next one about the same thing has its turn at once.
        let mut delivery = incoming(&n.to_string(), "canary");
        delivery.order = Some((id("room"), Position::Number(n as u64).to_bytes()));
        inbox.accept(delivery).await.unwrap();
    }
    inbox.accept(incoming("whole", "")).await.unwrap();
    let connection = other(&path);
    for (n, damage) in damages.iter().enumerate() {
        assert_eq!(connection.execute(damage, [n + 1]).unwrap(), 1, "{damage}");
    }
    assert_eq!(lease_one(&inbox).await.id, id("whole"));
    for (n, damage) in damages.iter().enumerate() {
        let shown = inbox.show(id(&n.to_string())).await;
        assert_eq!(shown.unwrap_err().kind(), StoreErrorKind::Other, "{damage}");
    }
    assert_eq!(inbox.stats().await.unwrap().count(State::Dead), damages.len() as u64);
    let readable = Filter::new().until(std::time::SystemTime::now() + MINUTE);
    assert!(inbox.list(&readable, None, 9).await.is_err());
    let list = inbox.list(&Filter::new(), Some(7), 9).await.unwrap();
    assert!(list.iter().all(|row| row.error.as_ref().unwrap().starts_with("damaged: ")));
    assert_eq!(inbox.remove(&Filter::new().state(State::Dead), 99).await.unwrap(), damages.len());

    connection
        .execute(
            "insert into switchhook_replies values (?, 1, 1 << 60, 7, null, null)",
            [id("r").to_bytes()],
        )
        .unwrap();
    assert_eq!(inbox.claim(id("r"), MINUTE).await.unwrap_err().kind(), StoreErrorKind::Other);
}

#[tokio::test]
async fn who_only_looks_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let looking = || SqliteInbox::options().existing_only(true);
    assert_eq!(looking().open(&path).unwrap_err().kind(), StoreErrorKind::Unavailable);
    assert!(!path.exists());

    let theirs = folder.path().join("theirs.db");
    other(&theirs).execute_batch("create table notes (text)").unwrap();
    let before = fs::read(&theirs).unwrap();
    let tables = "create table mine (a)";
    let error = looking().tables(tables).open(&theirs).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Incompatible);
    assert!(error.to_string().contains("no inbox"), "{error}");
    assert_eq!(fs::read(&theirs).unwrap(), before);

    // A copy that is kept as a backup has no write-ahead log.
    let inbox = SqliteInbox::open(&path).unwrap();
    inbox.bury(incoming("dead", "one"), "no").await.unwrap();
    let copy = folder.path().join("copy.db");
    other(&path).execute("vacuum into ?", [copy.to_str().unwrap()]).unwrap();
    let before = fs::read(&copy).unwrap();
    let looked_at = looking().tables(tables).open(&copy).unwrap();
    assert_eq!(looked_at.stats().await.unwrap().count(State::Dead), 1);
    assert_eq!(fs::read(&copy).unwrap(), before);
    // What is asked for is done.
    assert_eq!(looked_at.remove(&Filter::new().id(id("dead")), 1).await.unwrap(), 1);
    assert_eq!(inbox.stats().await.unwrap().count(State::Dead), 1);

    // The same beside the program that keeps deliveries in it.
    let looked_at = looking().open(&path).unwrap();
    inbox.accept(incoming("new", "two")).await.unwrap();
    assert_eq!(looked_at.stats().await.unwrap().total(), 2);
}

/// Where a file was moved to.
fn move_away(path: &Path) -> PathBuf {
    let away = path.with_extension("away");
    for end in ["", "-wal"] {
        let name = |path: &Path| format!("{}{end}", path.display());
        fs::rename(name(path), name(&away)).unwrap();
    }
    fs::remove_file(format!("{}-shm", path.display())).unwrap();
    away
}

#[cfg(unix)]
#[tokio::test]
async fn nothing_is_written_to_a_file_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let inbox = SqliteInbox::open(&path).unwrap();
    inbox.accept(incoming("a", "")).await.unwrap();
    let away = move_away(&path);
    for _ in 0..2 {
        let error = inbox.accept(incoming("b", "")).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Unavailable);
        assert!(inbox.stats().await.is_err());
    }
    // A copy comes back, and all goes on.
    drop(SqliteInbox::open(&away).unwrap());
    let copy = other(&away);
    copy.execute("vacuum into ?", [path.to_str().unwrap()]).unwrap();
    assert_eq!(inbox.accept(incoming("b", "")).await.unwrap(), Accepted::New);
    assert_eq!(inbox.accept(incoming("a", "")).await.unwrap(), Accepted::Known);
    assert_eq!(inbox.stats().await.unwrap().total(), 2);
}

#[cfg(unix)]
#[tokio::test]
async fn the_log_of_a_file_is_not_written_to_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inbox.db");
    let backup = folder.path().join("backup.db");
    let inbox = SqliteInbox::open(&path).unwrap();
    inbox.accept(incoming("a", "")).await.unwrap();
    other(&path).execute("vacuum into ?", [backup.to_str().unwrap()]).unwrap();
    let content = fs::read(&backup).unwrap();
    for n in 0..20 {
        inbox.accept(incoming(&n.to_string(), vec![b'x'; 9_000])).await.unwrap();
    }
    fs::rename(&backup, &path).unwrap();
    for end in ["-wal", "-shm"] {
        let error = inbox.accept(incoming("b", "")).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Unavailable);
        assert!(error.to_string().contains("-wal"), "{error}");
        assert_eq!(inbox.stats().await.unwrap_err().kind(), StoreErrorKind::Unavailable);
        assert_eq!(fs::read(&path).unwrap(), content);
        let beside = format!("{}{end}", path.display());
        fs::rename(&beside, format!("{beside}.old")).unwrap();
    }
    assert_eq!(inbox.accept(incoming("b", "")).await.unwrap(), Accepted::New);
    assert_eq!(inbox.accept(incoming("a", "")).await.unwrap(), Accepted::Known);
    assert_eq!(inbox.stats().await.unwrap().total(), 2);
    drop(inbox);
    let whole: String =
        other(&path).query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
}

#[tokio::test]
async fn a_vacuum_gives_the_room_back() {
    let folder = tempfile::tempdir().unwrap();
    let theirs = folder.path().join("theirs.db");
    other(&theirs).execute_batch("create table notes (text)").unwrap();
    for path in [folder.path().join("inbox.db"), theirs] {
        let inbox = SqliteInbox::open(&path).unwrap();
        for n in 0..40 {
            inbox.accept(incoming(&n.to_string(), vec![b'x'; 200_000])).await.unwrap();
        }
        let before = inbox.stats().await.unwrap().bytes.unwrap();
        assert!(before > 8_000_000);
        assert_eq!(inbox.remove(&Filter::new(), 39).await.unwrap(), 39);
        inbox.vacuum().await.unwrap();
        assert!(inbox.stats().await.unwrap().bytes.unwrap() < 500_000);
        assert!(fs::metadata(&path).unwrap().len() < 500_000);
        assert_eq!(fs::metadata(format!("{}-wal", path.display())).unwrap().len(), 0);
        assert_eq!(lease_one(&inbox).await.id, id("39"));
    }
}
