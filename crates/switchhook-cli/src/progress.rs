//! Bars on stderr, and the lines of stdout beside them.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for so many steps, where stderr is a terminal.
pub(crate) fn bar(count: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len}  {per_sec}  {eta} left");
    let bar = ProgressBar::new(count as u64);
    style.map_or_else(|_| ProgressBar::hidden(), |style| bar.with_style(style))
}

/// Prints beside the bar, which must not get between the lines of a terminal.
pub(crate) fn beside(bar: &ProgressBar, print: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    if io::stdout().is_terminal() { bar.suspend(print) } else { print() }
}
