//! What a delivery costs, in instructions and allocations.
//!
//! `cargo run --release -p switchhook-benches` prints the table; `--json` one object per
//! step; `--check` fails when a step is over its gate. Clocks are left alone: each step runs
//! 10 and 210 times under valgrind, and a 200th of the difference is its cost, the same on
//! every run. The unit is one keyed HMAC-SHA1 over the signed text of a 33-parameter,
//! 828-byte voice callback.

mod measure;
mod steps;
mod voice;

use std::process::ExitCode;

use clap::Parser;
use serde_json::json;

use crate::{measure::Cost, steps::STEPS};

/// Count instructions and allocations of the hot path.
#[derive(Parser)]
struct Args {
    /// Print one JSON object per step.
    #[arg(long)]
    json: bool,

    /// Fail when a step is over its gate.
    #[arg(long)]
    check: bool,

    /// Run one step so many times and print nothing: what the measuring process starts.
    #[arg(long, hide = true, num_args = 2, value_names = ["STEP", "TIMES"])]
    run: Option<Vec<String>>,
}

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    if let Some([step, times]) = args.run.as_deref() {
        steps::run(step, times.parse()?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let costs = STEPS
        .iter()
        .map(|step| Ok((step, measure::cost(step.name)?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let unit = costs[0].1.instructions;
    let mut over = 0;
    if !args.json {
        println!("{:<22}{:>14}{:>9}{:>13}   gate", "step", "instructions", "units", "allocations");
    }
    for (step, Cost { instructions, allocations }) in costs {
        let units = instructions / unit;
        let fits = units <= step.most_units && allocations <= step.most_allocations;
        over += u32::from(!fits);
        if args.json {
            let row = json!({
                "step": step.name, "instructions": instructions.round(),
                "allocations": allocations, "units": (units * 1000.0).round() / 1000.0,
            });
            println!("{row}");
        } else {
            let verdict = if fits { "ok" } else { "OVER" };
            println!(
                "{:<22}{instructions:>14.0}{units:>9.2}{allocations:>13.1}   {:.2} units, {} allocations: {verdict}",
                step.name, step.most_units, step.most_allocations,
            );
        }
    }
    Ok(if args.check && over > 0 {
        eprintln!("{over} steps are over their gate");
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
