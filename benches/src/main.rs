//! What a delivery costs, in instructions and allocations.
//!
//! `cargo run --release -p switchhook-benches` prints the table; `--json` one object per
//! step; `--check` fails when a step is over its gate. Clocks are left alone: each step runs
//! 10 and 210 times under valgrind, and a 200th of the difference is its cost, the same on
//! every run. The unit is one keyed HMAC-SHA1 over the signed text of a 33-parameter,
//! 828-byte voice callback. `--growth` prints, and `--check` holds as well, what readers take
//! for four times as much.

mod growth;
mod measure;
mod steps;
mod voice;

use std::process::ExitCode;

use anyhow::bail;
use clap::Parser;
use serde_json::json;

use crate::{
    growth::GROWTHS,
    measure::Cost,
    steps::{MOST_OF_THE_UNIT, STEPS},
};

/// What runs a step, or reads an input, once.
type Runner = Box<dyn Fn()>;

/// Count instructions and allocations of the hot path.
#[derive(Parser)]
struct Args {
    /// Print one JSON object per step.
    #[arg(long)]
    json: bool,

    /// Fail when a step is over its gate.
    #[arg(long)]
    check: bool,

    /// Print how costs grow with what is read, instead of the steps.
    #[arg(long, conflicts_with = "json")]
    growth: bool,

    /// Run one step so many times and print nothing: what the measuring process starts.
    #[arg(long, hide = true, num_args = 2, value_names = ["STEP", "TIMES"])]
    run: Option<Vec<String>>,
}

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    if let Some([step, times]) = args.run.as_deref() {
        run(step, times.parse()?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut over = 0;
    if !args.growth {
        over += steps(args.json)?;
    }
    if args.growth || args.check {
        over += growth()?;
    }
    Ok(if args.check && over > 0 {
        eprintln!("{over} steps are over their gate");
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Runs one step so many times: one of the table, or `NAME x1` or `NAME x4` of those that grow.
fn run(name: &str, times: u32) -> anyhow::Result<()> {
    let step = STEPS.iter().find(|step| step.name == name);
    let growth = || {
        let (name, size) = name.split_once(" x")?;
        Some((GROWTHS.iter().find(|growth| growth.name == name)?, size.parse().ok()?))
    };
    let runner = match (step, growth()) {
        (Some(step), _) => step.runner()?,
        (None, Some((growth, size))) => growth.runner(size)?,
        (None, None) => bail!("no such step: {name}"),
    };
    for _ in 0..times {
        runner();
    }
    Ok(())
}

/// Prints what each step costs; how many are over their gates.
fn steps(as_json: bool) -> anyhow::Result<u32> {
    let costs = STEPS
        .iter()
        .map(|step| Ok((step, measure::cost(step.name)?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let unit = costs[0].1.instructions;
    let mut over = 0;
    if unit > MOST_OF_THE_UNIT {
        eprintln!("the unit takes {unit:.0} instructions, its gate is {MOST_OF_THE_UNIT:.0}");
        over += 1;
    }
    if !as_json {
        println!("{:<26}{:>14}{:>9}{:>13}   gate", "step", "instructions", "units", "allocations");
    }
    for (step, Cost { instructions, allocations }) in costs {
        let units = instructions / unit;
        let fits = units <= step.most_units && allocations <= step.most_allocations;
        over += u32::from(!fits);
        if as_json {
            let row = json!({
                "step": step.name, "instructions": instructions.round(),
                "allocations": allocations, "units": (units * 1000.0).round() / 1000.0,
            });
            println!("{row}");
        } else {
            println!(
                "{:<26}{instructions:>14.0}{units:>9.2}{allocations:>13.1}   {:.2} units, {} allocations: {}",
                step.name,
                step.most_units,
                step.most_allocations,
                verdict(fits),
            );
        }
    }
    Ok(over)
}

/// Prints what each reader takes, and for four times as much; how many grow faster than they may.
fn growth() -> anyhow::Result<u32> {
    println!("{:<26}{:>14}{:>14}{:>9}   gate", "reader", "instructions", "of 4 times", "times");
    let mut over = 0;
    for reader in GROWTHS {
        let instructions = |size| measure::instructions(&format!("{} x{size}", reader.name), 1, 3);
        let (small, large) = (instructions(1)?, instructions(4)?);
        let times = large / small;
        let fits = times <= growth::MOST;
        over += u32::from(!fits);
        println!(
            "{:<26}{small:>14.0}{large:>14.0}{times:>9.2}   {} times: {}",
            reader.name,
            growth::MOST,
            verdict(fits),
        );
    }
    Ok(over)
}

fn verdict(fits: bool) -> &'static str {
    if fits { "ok" } else { "OVER" }
}
