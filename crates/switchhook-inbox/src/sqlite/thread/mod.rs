//! The threads that have a connection each: steps come in by a queue, results go out when they
//! are committed.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
};

use switchhook_dispatch::{StoreError, StoreErrorKind};
use tokio::sync::{Notify, mpsc, oneshot};

use super::{
    database::{Database, Location},
    error::Failure,
};

/// How many steps are committed together at most.
const MOST_TOGETHER: usize = 256;

/// How many steps may wait; whoever comes then waits in front of the queue.
const MOST_WAITING: usize = 1024;

/// The way to a thread. It ends when the last way to it is gone, after what was handed in.
pub(super) struct Queue(mpsc::Sender<Task>);

/// What a thread is asked to do.
enum Task {
    /// In a transaction, with others.
    Together(Box<dyn Job>),
    /// By itself, in no transaction.
    Apart(Box<dyn Job>),
}

/// Something to do with the database, and somebody who waits for the result.
trait Job: Send {
    /// Does it. Called again when the transaction was lost.
    fn run(&mut self, database: &Database);

    /// Whether it was done the last time.
    fn is_done(&self) -> bool;

    /// It was not done after all.
    fn fail(&mut self, failure: Failure);

    /// Tells who waits. Whether something may have become due.
    fn answer(self: Box<Self>) -> bool;
}

/// A piece of work, which can be done again where its transaction is lost.
pub(super) struct Step<T, F> {
    work: F,
    wakes: fn(&T) -> bool,
    for_caller: bool,
    unheard: Option<Unheard<T>>,
}

/// What is done with a result that nobody hears.
type Unheard<T> = Box<dyn FnOnce(T) + Send>;

impl<T, F: FnMut(&Database) -> Result<T, Failure> + Send + 'static> Step<T, F> {
    pub(super) fn new(work: F) -> Self {
        Self { work, wakes: |_| false, for_caller: false, unheard: None }
    }

    /// With such a result something may have become due.
    pub(super) fn wakes(self, wakes: fn(&T) -> bool) -> Self {
        Self { wakes, ..self }
    }

    /// It is not done for a caller who has left: nobody would give back what he was given.
    pub(super) fn for_caller(self) -> Self {
        Self { for_caller: true, ..self }
    }

    /// What to do with the result where the caller has left when it is there.
    pub(super) fn unheard(self, unheard: impl FnOnce(T) + Send + 'static) -> Self {
        Self { unheard: Some(Box::new(unheard)), ..self }
    }
}

struct Asked<T, F> {
    step: Step<T, F>,
    result: Result<T, Failure>,
    reply: oneshot::Sender<Answer<T>>,
}

/// A result on its way to who waits for it.
struct Answer<T> {
    /// `None` when it was heard.
    result: Option<Result<T, Failure>>,
    unheard: Option<Unheard<T>>,
}

impl<T> Answer<T> {
    fn hear(mut self) -> Result<T, Failure> {
        self.result.take().unwrap_or_else(|| Err(gone()))
    }
}

impl<T> Drop for Answer<T> {
    fn drop(&mut self) {
        if let (Some(Ok(value)), Some(unheard)) = (self.result.take(), self.unheard.take()) {
            unheard(value);
        }
    }
}

impl<T: Send, F: FnMut(&Database) -> Result<T, Failure> + Send> Job for Asked<T, F> {
    fn run(&mut self, database: &Database) {
        if !(self.step.for_caller && self.reply.is_closed()) {
            self.result = (self.step.work)(database);
        }
    }

    fn is_done(&self) -> bool {
        self.result.is_ok()
    }

    fn fail(&mut self, failure: Failure) {
        self.result = Err(failure);
    }

    fn answer(self: Box<Self>) -> bool {
        let Self { step, result, reply } = *self;
        let wakes = result.as_ref().is_ok_and(step.wakes);
        // Where nobody waits any more it is dropped.
        let _ = reply.send(Answer { result: Some(result), unheard: step.unheard });
        wakes
    }
}

/// The error of steps whose end nobody will hear of.
fn gone() -> Failure {
    StoreError::new(StoreErrorKind::Unavailable, "its thread has ended").into()
}

impl Queue {
    /// Does it in a transaction, which is committed when this resolves with success.
    pub(super) async fn together<T, F>(&self, step: Step<T, F>) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnMut(&Database) -> Result<T, Failure> + Send + 'static,
    {
        self.ask(Task::Together, step).await
    }

    /// Does it by itself, in no transaction.
    pub(super) async fn apart<T, F>(&self, step: Step<T, F>) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnMut(&Database) -> Result<T, Failure> + Send + 'static,
    {
        self.ask(Task::Apart, step).await
    }

    async fn ask<T, F>(
        &self,
        task: fn(Box<dyn Job>) -> Task,
        step: Step<T, F>,
    ) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnMut(&Database) -> Result<T, Failure> + Send + 'static,
    {
        let (reply, result) = oneshot::channel();
        let asked = Asked { step, result: Err(gone()), reply };
        self.0.send(task(Box::new(asked))).await.map_err(|_| gone())?;
        result.await.map_err(|_| gone())?.hear()
    }

    /// Has a step done that nobody waits for, unless too many wait already.
    pub(super) fn post<T, F>(&self, step: Step<T, F>)
    where
        T: Send + 'static,
        F: FnMut(&Database) -> Result<T, Failure> + Send + 'static,
    {
        let (reply, _) = oneshot::channel();
        let asked = Asked { step, result: Err(gone()), reply };
        let _ = self.0.try_send(Task::Together(Box::new(asked)));
    }
}

/// What a thread tells those outside of it.
#[derive(Clone, Default)]
pub(super) struct Signals {
    /// How many transactions were committed.
    pub(super) commits: Arc<AtomicU64>,
    /// Something may have become due.
    pub(super) changed: Arc<Notify>,
}

/// Starts a thread with this connection, which `reopen` replaces should it become unusable.
pub(super) fn start(
    database: Database,
    location: Location,
    reopen: fn(&Location) -> Result<Database, Failure>,
    signals: Signals,
) -> Result<Queue, StoreError> {
    let (sender, tasks) = mpsc::channel(MOST_WAITING);
    let worker = Worker { database, location, reopen, signals };
    thread::Builder::new()
        .name("switchhook-inbox".to_owned())
        .spawn(move || worker.work(tasks))
        .map_err(|error| StoreError::new(StoreErrorKind::Unavailable, error))?;
    Ok(Queue(sender))
}

struct Worker {
    database: Database,
    location: Location,
    reopen: fn(&Location) -> Result<Database, Failure>,
    signals: Signals,
}

/// How a transaction came to its end.
enum End {
    /// Each of its steps has its result.
    Clear,
    /// It was not begun.
    NotBegun(Failure),
    /// It was rolled back with all its steps; with the reason, where it was the commit.
    Lost(Option<Failure>),
}

impl Worker {
    fn work(mut self, mut tasks: mpsc::Receiver<Task>) {
        while let Some(first) = tasks.blocking_recv() {
            let mut together = Vec::new();
            let mut apart = None;
            let mut next = Some(first);
            while let Some(task) = next {
                match task {
                    Task::Together(job) => together.push(job),
                    Task::Apart(job) => apart = Some(job),
                }
                let more = together.len() < MOST_TOGETHER && apart.is_none();
                next = if more { tasks.try_recv().ok() } else { None };
            }
            self.commit(&mut together);
            self.answer(together);
            if let Some(mut job) = apart {
                match self.stay_in_place() {
                    Ok(()) => job.run(&self.database),
                    Err(failure) => job.fail(failure),
                }
                self.end();
                self.answer(vec![job]);
            }
        }
    }

    fn answer(&self, jobs: Vec<Box<dyn Job>>) {
        for job in jobs {
            if job.answer() {
                self.signals.changed.notify_one();
            }
        }
    }

    /// Does all in one transaction; where that is lost, each in one of its own, so that one
    /// who fails takes nobody along.
    fn commit(&mut self, jobs: &mut [Box<dyn Job>]) {
        match self.transaction(jobs) {
            End::Lost(_) if jobs.len() > 1 => {}
            end => return settle(end, jobs),
        }
        for at in 0..jobs.len() {
            match self.transaction(&mut jobs[at..=at]) {
                // What is locked now is so for the others, too: they need not wait as long.
                end @ End::NotBegun(_) => return settle(end, &mut jobs[at..]),
                end => settle(end, &mut jobs[at..=at]),
            }
        }
    }

    fn transaction(&mut self, jobs: &mut [Box<dyn Job>]) -> End {
        if jobs.is_empty() {
            return End::Clear;
        }
        let begun = self
            .stay_in_place()
            .and_then(|()| execute(&self.database, "begin immediate").map_err(Failure::from));
        let end = match begun {
            Ok(()) => match self.steps(jobs) {
                Ok(()) => End::Clear,
                Err(failure) => End::Lost(failure),
            },
            Err(failure) => End::NotBegun(failure),
        };
        self.end();
        end
    }

    /// Does the steps and commits those that were done.
    fn steps(&self, jobs: &mut [Box<dyn Job>]) -> Result<(), Option<Failure>> {
        let database = &self.database;
        let failed = |error: rusqlite::Error| Some(error.into());
        let alone = jobs.len() == 1;
        for job in jobs {
            if !alone {
                execute(database, "savepoint step").map_err(failed)?;
            }
            job.run(database);
            if database.is_autocommit() {
                // SQLite has rolled back all, not the step alone.
                return Err(None);
            }
            match (alone, job.is_done()) {
                (true, true) => {}
                // There is nothing to commit.
                (true, false) => return Ok(()),
                (false, done) => {
                    if !done {
                        execute(database, "rollback to step").map_err(failed)?;
                    }
                    execute(database, "release step").map_err(failed)?;
                }
            }
        }
        // Constraints that are deferred are checked here, and are a handler's.
        execute(database, "commit").map_err(|error| Some(Failure::of_statement(&error)))?;
        self.signals.commits.fetch_add(1, Relaxed);
        Ok(())
    }

    /// Opens the file that is in the place of the one that was open, should there be another.
    fn stay_in_place(&mut self) -> Result<(), Failure> {
        if !self.database.is_in_place(&self.location) {
            self.open_again()?;
        }
        Ok(())
    }

    fn open_again(&mut self) -> Result<(), Failure> {
        self.database.may_be_replaced(&self.location)?;
        self.database = (self.reopen)(&self.location)?;
        Ok(())
    }

    /// Leaves no transaction open, whatever has happened.
    fn end(&mut self) {
        if !self.database.is_autocommit() {
            // Whether it worked is seen below.
            let _ = execute(&self.database, "rollback");
        }
        if !self.database.is_autocommit() {
            // Until it can be, each step fails at its beginning.
            let _ = self.open_again();
        }
    }
}

/// Gives the steps of a transaction that was not committed their result.
fn settle(end: End, jobs: &mut [Box<dyn Job>]) {
    match end {
        End::Clear => {}
        End::NotBegun(failure) | End::Lost(Some(failure)) => {
            for job in jobs {
                job.fail(failure.clone());
            }
        }
        End::Lost(None) => {
            for job in jobs.iter_mut().filter(|job| job.is_done()) {
                let text = "the transaction was rolled back";
                job.fail(StoreError::new(StoreErrorKind::Unavailable, text).into());
            }
        }
    }
}

fn execute(database: &Database, sql: &str) -> rusqlite::Result<()> {
    database.prepare_cached(sql)?.execute([]).map(|_| ())
}

#[cfg(test)]
mod tests;
