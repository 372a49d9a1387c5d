//! How the Rust parties are asked, and how they measure.

use std::{
    io::{self, Write},
    time::{Duration, Instant},
};

use anyhow::bail;
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

/// What is compared with the other parties, and what is measured.
pub(crate) enum Operation {
    /// The answer, and what gives it.
    Here(Value, Box<dyn Fn()>),
    /// Why there is none.
    #[allow(dead_code, reason = "one party has all operations")]
    Missing(&'static str),
}

/// Answers stdin line by line: `show NAME`, `measure NAME SECONDS`.
pub(crate) fn answer(operation: impl Fn(&str) -> anyhow::Result<Operation>) -> anyhow::Result<()> {
    for line in io::stdin().lines() {
        let line = line?;
        let words: Vec<_> = line.split(' ').collect();
        let Some(name) = words.get(1) else { bail!("not understood: {line}") };
        let said = match (operation(name)?, &words[..]) {
            (Operation::Here(_, run), ["measure", _, seconds]) => measure(&run, seconds.parse()?),
            (Operation::Here(answer, _), _) => json!({ "answer": answer }),
            (Operation::Missing(why), _) => json!({ "missing": why }),
        };
        writeln!(io::stdout(), "{said}")?;
    }
    Ok(())
}

/// Runs for so many seconds of CPU time, after as much as it takes to find out how often that is.
fn measure(run: &dyn Fn(), seconds: f64) -> Value {
    let mut batch = 1;
    while timed(run, batch).0 < seconds / 20.0 {
        batch *= 2;
    }
    let (mut count, mut spent, mut passed) = (0, 0.0, 0.0);
    while spent < seconds {
        let (cpu, wall) = timed(run, batch);
        count += batch;
        spent += cpu;
        passed += wall;
    }
    json!({ "count": count, "cpu": spent, "wall": passed })
}

/// What so many runs take: of the CPU, and by the clock.
fn timed(run: &dyn Fn(), times: u64) -> (f64, f64) {
    let (cpu, start) = (cpu_seconds(), Instant::now());
    for _ in 0..times {
        run();
    }
    (cpu_seconds() - cpu, start.elapsed().as_secs_f64())
}

/// How long this process has had a core.
fn cpu_seconds() -> f64 {
    let spent = Duration::try_from(clock_gettime(ClockId::ProcessCPUTime));
    spent.unwrap_or_default().as_secs_f64()
}
