//! The thread that writes.

use crate::store::{StoreError, StoreResult};
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// Calls that may wait for the thread; further callers wait for a place.
const QUEUE: usize = 256;
/// Most calls in one transaction, and how long it may take on more of them.
const GROUP: usize = 64;
const GROUP_TIME: Duration = Duration::from_millis(40);

/// Tells a caller what became of the commit.
type Reply = Box<dyn FnOnce(StoreResult<()>) + Send>;
/// A caller's work. It gets a connection within a savepoint, or the reason why there is none, and says
/// whether to keep what it did.
type Job = Box<dyn FnOnce(StoreResult<&Connection>) -> (bool, Reply) + Send>;

/// The way to the thread. Dropped, it waits until all queued work is done.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connection: Connection) -> StoreResult<Self> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || work_off(&connection, receiver))
            .map_err(StoreError::backend)?;
        Ok(Self {
            jobs: Some(sender),
            thread: Some(thread),
        })
    }

    /// Runs `work` in a write transaction; returns after the commit.
    pub(super) async fn run<R, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let outcome = connection.map_err(E::from).and_then(work);
            let keep = outcome.is_ok();
            let reply: Reply = Box::new(move |committed| {
                let outcome = outcome.and_then(|result| {
                    committed?;
                    Ok(result)
                });
                // The caller may have gone; what is committed stays.
                let _ = answer.send(outcome);
            });
            (keep, reply)
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Stopped)?;
        jobs.send(job).await.map_err(|_| StoreError::Stopped)?;
        answered.await.map_err(|_| StoreError::Stopped)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work_off(connection: &Connection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let mut replies = Vec::new();
        let committed = group(connection, first, &mut jobs, &mut replies);
        if let Err(error) = &committed {
            tracing::error!(%error, "a commit failed");
        }
        for reply in replies {
            reply(committed.clone());
        }
    }
    // Leaves one file behind where nobody else has it open.
    let _ = connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
}

/// One transaction with all that is queued, within limits.
fn group(
    connection: &Connection,
    first: Job,
    jobs: &mut mpsc::Receiver<Job>,
    replies: &mut Vec<Reply>,
) -> StoreResult<()> {
    let begun = Instant::now();
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        let error = StoreError::backend(error);
        let (_, reply) = first(Err(error.clone()));
        replies.push(reply);
        return Err(error);
    }
    let mut next = Some(first);
    while let Some(job) = next.take() {
        replies.extend(in_savepoint(connection, job));
        // A full disk or the like rolls the whole transaction back at once.
        if connection.is_autocommit() {
            return Err(StoreError::Stopped);
        }
        if replies.len() < GROUP && begun.elapsed() < GROUP_TIME {
            next = jobs.try_recv().ok();
        }
    }
    connection.execute_batch("COMMIT").map_err(|error| {
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        StoreError::backend(error)
    })
}

/// Runs a job so that neither its failure nor its panic touches what others did. A job that panics
/// drops its caller's channel, which tells the caller.
fn in_savepoint(connection: &Connection, job: Job) -> Option<Reply> {
    if let Err(error) = connection.execute_batch("SAVEPOINT job") {
        return Some(job(Err(StoreError::backend(error))).1);
    }
    let ran = catch_unwind(AssertUnwindSafe(|| job(Ok(connection))));
    let keep = matches!(ran, Ok((true, _)));
    let end = if keep {
        "RELEASE job"
    } else {
        "ROLLBACK TO job; RELEASE job"
    };
    if let Err(error) = connection.execute_batch(end) {
        tracing::error!(%error, "a savepoint could not be ended");
        if !connection.is_autocommit() {
            // Nothing of this group may be committed with an unknown part in it.
            let _ = connection.execute_batch("ROLLBACK");
        }
    }
    if ran.is_err() {
        tracing::error!("a write panicked and was rolled back");
    }
    ran.ok().map(|(_, reply)| reply)
}
