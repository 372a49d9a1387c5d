//! Fuzz targets: functions that hold laws over any input.
//!
//! A target is a module of [`targets`]. libFuzzer runs it by its file in `fuzz_targets/`; the
//! tests run it over its seeds in `corpus/`. For any input it can also print a program that
//! does the same without either of them.

mod families;
mod inbox_file;
mod json_values;
mod literal;
mod program;
#[cfg(test)]
mod seeds;
pub mod targets;
#[cfg(test)]
mod tests;
mod trees;

use arbitrary::{Arbitrary, Unstructured};

/// A fuzz target: what `targets!` makes of a module with a `check`.
pub struct Target {
    pub name: &'static str,
    /// Reads an input and checks it; `false` where the bytes are no input.
    check: fn(&[u8]) -> bool,
    /// The arguments of `check` in Rust.
    arguments: fn(&[u8]) -> Option<String>,
    source: &'static str,
    /// The modules that the source needs, with theirs.
    parts: &'static [(&'static str, &'static str)],
}

impl Target {
    /// Does with an input what the environment asks for: to check it or, with
    /// `SWITCHHOOK_FUZZ_MAIN`, to print the program that does. `false` where the bytes are no
    /// input.
    pub fn run(&self, bytes: &[u8]) -> bool {
        if !asks_for_program() {
            return (self.check)(bytes);
        }
        match self.program(bytes) {
            Some(program) => println!("{program}"),
            None => eprintln!("{} bytes that are no input of {}", bytes.len(), self.name),
        }
        true
    }

    /// Runs the files that are named by the program's arguments.
    pub fn run_files(&self) {
        for path in std::env::args().skip(1) {
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
            self.run(&bytes);
        }
    }
}

fn asks_for_program() -> bool {
    use std::sync::LazyLock;

    static ASKED: LazyLock<bool> =
        LazyLock::new(|| std::env::var_os("SWITCHHOOK_FUZZ_MAIN").is_some());
    *ASKED
}

/// An input as libFuzzer's own macro makes it of bytes.
fn read<'a, T: Arbitrary<'a>>(bytes: &'a [u8]) -> Option<T> {
    if bytes.len() < T::size_hint(0).0 {
        return None;
    }
    T::arbitrary_take_rest(Unstructured::new(bytes)).ok()
}

/// The program of a target: libFuzzer's, or without `--cfg fuzzing` one that runs the files that
/// it is given.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| -> libfuzzer_sys::Corpus {
            match $crate::targets::$name.run(bytes) {
                true => libfuzzer_sys::Corpus::Keep,
                false => libfuzzer_sys::Corpus::Reject,
            }
        });

        #[cfg(not(fuzzing))]
        fn main() {
            $crate::targets::$name.run_files();
        }
    };
}
