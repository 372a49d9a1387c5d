//! Counting by valgrind, which gives the same numbers whatever else the machine does.

use std::process::Command;

use anyhow::{Context, ensure};

/// What one run of a step costs.
pub(crate) struct Cost {
    pub(crate) instructions: f64,
    pub(crate) allocations: f64,
}

const FEW: u32 = 10;
const MANY: u32 = 210;

pub(crate) fn cost(step: &str) -> anyhow::Result<Cost> {
    let tool = (&["--tool=memcheck", "--leak-check=no"][..], "total heap usage:");
    Ok(Cost {
        instructions: instructions(step, FEW, MANY)?,
        allocations: difference(step, FEW, MANY, tool)?,
    })
}

/// The instructions of one run, by the difference of a few runs and many.
pub(crate) fn instructions(step: &str, few: u32, many: u32) -> anyhow::Result<f64> {
    let tool = (&["--tool=callgrind", "--callgrind-out-file=/dev/null"][..], "Collected :");
    difference(step, few, many, tool)
}

/// A tool of valgrind with its options, and what stands before the number in its report.
type Tool = (&'static [&'static str], &'static str);

/// The cost of one run: start-up and tear-down are in both counts and fall out.
fn difference(step: &str, few: u32, many: u32, tool: Tool) -> anyhow::Result<f64> {
    Ok((count(step, many, tool)? - count(step, few, tool)?) / f64::from(many - few))
}

fn count(step: &str, times: u32, (options, label): Tool) -> anyhow::Result<f64> {
    let output = Command::new("valgrind")
        .args(options)
        .arg(std::env::current_exe()?)
        .args(["--run", step, &times.to_string()])
        .output()
        .context("valgrind counts the instructions and is not installed")?;
    let report = String::from_utf8_lossy(&output.stderr);
    let tool = options[0];
    ensure!(output.status.success(), "{step} fails under {tool}: {report}");
    let (_, rest) = report.split_once(label).with_context(|| format!("{tool} says no {label}"))?;
    let digits: String = rest
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().with_context(|| format!("{tool} says no number after {label}"))
}
