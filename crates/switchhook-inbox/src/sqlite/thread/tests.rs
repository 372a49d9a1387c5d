use std::{path::Path, sync::mpsc as blocking, time::Duration};

use super::*;

fn queue(folder: &Path) -> (Queue, Signals) {
    let location =
        Location::new(&folder.join("inbox.db"), Duration::from_secs(5), "", false).unwrap();
    location.create().unwrap();
    let signals = Signals::default();
    let database = location.writer().unwrap();
    database.execute_batch("create table if not exists t (a integer primary key)").unwrap();
    let queue = start(database, location, Location::writer, signals.clone()).unwrap();
    (queue, signals)
}

type Done = Result<(), Failure>;

fn insert(number: i64) -> Step<(), impl FnMut(&Database) -> Done> {
    Step::new(move |database| {
        database.execute("insert into t values (?)", [number])?;
        Ok(())
    })
}

/// Keeps the thread busy until something is sent, so that what is asked for meanwhile comes
/// together.
fn pause() -> (blocking::Sender<()>, Step<(), impl FnMut(&Database) -> Done>) {
    let (go, wait) = blocking::channel();
    let pause = move |_: &Database| {
        wait.recv().unwrap();
        Ok(())
    };
    (go, Step::new(pause))
}

async fn numbers(queue: &Queue) -> Vec<i64> {
    let step = Step::new(|database: &Database| {
        let mut statement = database.prepare("select a from t order by a")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    });
    queue.apart(step).await.unwrap()
}

/// What becomes of steps that come together with one which does this.
async fn with(bad: impl FnMut(&Database) -> Done + Send + 'static) -> (u64, bool) {
    let folder = tempfile::tempdir().unwrap();
    let (queue, signals) = queue(folder.path());
    let (go, paused) = pause();
    let (_, one, bad, two, ()) = tokio::join!(
        queue.apart(paused),
        queue.together(insert(1)),
        queue.together(Step::new(bad)),
        queue.together(insert(2)),
        async { go.send(()).unwrap() },
    );
    one.unwrap();
    two.unwrap();
    assert_eq!(numbers(&queue).await, [1, 2]);
    (signals.commits.load(Relaxed), bad.is_ok())
}

fn error() -> Failure {
    StoreError::new(StoreErrorKind::Other, "").into()
}

#[tokio::test]
async fn a_step_that_fails_is_undone_alone() {
    let end = with(|database| {
        database.execute("insert into t values (7)", [])?;
        Err(error())
    });
    assert_eq!(end.await, (1, false));
}

#[tokio::test]
async fn what_is_lost_together_is_done_alone() {
    // Each of the two others in one of its own.
    let rolled_back = with(|database| {
        database.execute_batch("insert into t values (7); rollback")?;
        Err(error())
    });
    assert_eq!(rolled_back.await, (2, false));
    // A success that was rolled back is none.
    let unnoticed = with(|database| {
        database.execute_batch("insert into t values (7); rollback")?;
        Ok(())
    });
    assert_eq!(unnoticed.await, (2, false));
    // The commit fails.
    let deferred = with(|database| {
        database.execute_batch(
            "create table u (a references t (a) deferrable initially deferred);
             insert into u values (9)",
        )?;
        Ok(())
    });
    assert_eq!(deferred.await, (2, false));
}

#[tokio::test]
async fn a_thread_that_dies_is_an_error_and_no_silence() {
    let folder = tempfile::tempdir().unwrap();
    let (queue, _) = queue(folder.path());
    let (go, paused) = pause();
    let dies = Step::new(|_: &Database| -> Done { panic!("for the test") });
    let (_, died, behind, ()) = tokio::join!(
        queue.apart(paused),
        queue.together(dies),
        queue.apart(Step::new(|_| Ok(()))),
        async { go.send(()).unwrap() },
    );
    for result in [died, behind, queue.together(insert(1)).await] {
        let Err(Failure::Store(error)) = result else { panic!("{result:?}") };
        assert_eq!(error.kind(), StoreErrorKind::Unavailable);
    }
}

#[tokio::test]
async fn what_was_handed_in_is_done_after_the_last_handle() {
    let folder = tempfile::tempdir().unwrap();
    let (queue, _) = queue(folder.path());
    let (go, paused) = pause();
    let (_, ()) = tokio::join!(tokio::time::timeout(Duration::ZERO, queue.apart(paused)), async {
        let asked = queue.together(insert(3));
        assert!(tokio::time::timeout(Duration::ZERO, asked).await.is_err());
        // Nobody would give back what this one was given.
        let asked = queue.together(insert(4).for_caller());
        assert!(tokio::time::timeout(Duration::ZERO, asked).await.is_err());
    });
    drop(queue);
    go.send(()).unwrap();
    let (queue, _) = self::queue(folder.path());
    for _ in 0..500 {
        if !numbers(&queue).await.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(numbers(&queue).await, [3]);
}
