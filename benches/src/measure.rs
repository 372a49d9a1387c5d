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
    Ok(Cost {
        instructions: difference(
            step,
            "callgrind",
            &["--callgrind-out-file=/dev/null"],
            "Collected :",
        )?,
        allocations: difference(step, "memcheck", &["--leak-check=no"], "total heap usage:")?,
    })
}

/// The cost of one run: start-up and tear-down are in both counts and fall out.
fn difference(step: &str, tool: &str, options: &[&str], label: &str) -> anyhow::Result<f64> {
    let count = |times| count(step, times, tool, options, label);
    Ok((count(MANY)? - count(FEW)?) / f64::from(MANY - FEW))
}

fn count(step: &str, times: u32, tool: &str, options: &[&str], label: &str) -> anyhow::Result<f64> {
    let output = Command::new("valgrind")
        .arg(format!("--tool={tool}"))
        .args(options)
        .arg(std::env::current_exe()?)
        .args(["--run", step, &times.to_string()])
        .output()
        .context("valgrind counts the instructions and is not installed")?;
    let report = String::from_utf8_lossy(&output.stderr);
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
