//! The lines on their way to stdout. Nobody waits for them: a terminal that is held, or a reader
//! that has stopped reading, must not stop the receiver.

use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// How many bytes of lines wait at most.
const MOST: usize = 4 * 1024 * 1024;

/// Lines that wait for their printer, a thread of its own.
#[derive(Clone)]
pub(super) struct Lines(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    lines: Vec<u8>,
    /// How many had no room.
    dropped: u64,
    /// Whether the printer is at it.
    writing: bool,
}

impl Waiting {
    fn is_idle(&self) -> bool {
        self.lines.is_empty() && self.dropped == 0 && !self.writing
    }
}

impl Lines {
    /// Starts the printer.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub(super) fn start(
        output: impl Write + Send + 'static,
        told: impl Write + Send + 'static,
    ) -> io::Result<Self> {
        let lines = Self(Arc::default());
        let printed = lines.clone();
        thread::Builder::new().name("lines".into()).spawn(move || printed.print(output, told))?;
        Ok(lines)
    }

    /// Adds a line with its end; one that finds no room is counted, and that is told.
    pub(super) fn add(&self, line: &[u8]) {
        let mut waiting = self.waiting();
        if waiting.lines.len() + line.len() > MOST {
            waiting.dropped += 1;
        } else {
            waiting.lines.extend_from_slice(line);
        }
        drop(waiting);
        self.0.changed.notify_all();
    }

    /// Waits until all is printed, at most so long. Whether it is.
    pub(super) fn flush(&self, longest: Duration) -> bool {
        let (changed, waiting) = (&self.0.changed, self.waiting());
        let waited = changed.wait_timeout_while(waiting, longest, |waiting| !waiting.is_idle());
        waited.unwrap_or_else(PoisonError::into_inner).0.is_idle()
    }

    /// Prints as long as the program runs.
    fn print(&self, mut output: impl Write, mut told: impl Write) {
        loop {
            let waiting = self.waiting();
            let waited = self.0.changed.wait_while(waiting, |waiting| waiting.is_idle());
            let mut waiting = waited.unwrap_or_else(PoisonError::into_inner);
            let Waiting { lines, dropped, .. } = mem::take(&mut *waiting);
            waiting.writing = true;
            drop(waiting);
            // A closed stdout is no reason to end.
            let _ = output.write_all(&lines).and_then(|()| output.flush());
            if dropped > 0 {
                let _ = writeln!(told, "{dropped} lines are left out: stdout is read too slowly");
            }
            self.waiting().writing = false;
            self.0.changed.notify_all();
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    /// A stream whose writes end when the test says so.
    struct Held {
        held: Option<Receiver<()>>,
        written: Sender<Vec<u8>>,
    }

    impl Write for Held {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if let Some(held) = &self.held {
                // The other end is dropped, and all goes through.
                let _ = held.recv();
            }
            let _ = self.written.send(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nobody_waits_for_a_stream_that_is_held() {
        let (hold, held) = channel();
        let (written, output) = channel();
        let (warned, warnings) = channel();
        let held = Held { held: Some(held), written };
        let lines = Lines::start(held, Held { held: None, written: warned }).unwrap();
        let line = [&[b'x'; 1023][..], b"\n"].concat();
        // As many as may wait: while they are written as many again, and three.
        let most = MOST / line.len();
        lines.add(&line);
        while !lines.waiting().writing {
            thread::yield_now();
        }
        for _ in 0..most + 3 {
            lines.add(&line);
        }
        assert!(!lines.flush(Duration::ZERO));
        drop(hold);
        assert!(lines.flush(Duration::from_secs(60)));
        assert_eq!(output.try_iter().map(|bytes| bytes.len()).sum::<usize>(), (most + 1) * 1024);
        let warning = warnings.try_iter().collect::<Vec<_>>().concat();
        assert_eq!(warning, b"3 lines are left out: stdout is read too slowly\n");
    }
}
