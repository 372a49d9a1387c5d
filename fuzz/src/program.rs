//! Programs that replay an input.

use std::fmt::Write;

use crate::Target;

/// The manifest that the dependencies of programs are taken from.
const MANIFEST: &str = include_str!("../Cargo.toml");

impl Target {
    /// A program without arguments that checks this input and needs neither libFuzzer nor this
    /// crate; `None` where the bytes are no input. For `examples/` or a crate of its own.
    pub fn program(&self, bytes: &[u8]) -> Option<String> {
        let arguments = (self.arguments)(bytes)?;
        let mut source = self.source.to_owned();
        for (part, text) in self.parts {
            // A part is a module of the target, or one of this crate that several targets need.
            let declared = format!("mod {part};");
            let whole = format!("mod {part} {{\n{}}}", indented(text));
            if source.contains(&declared) {
                source = source.replace(&declared, &whole);
            } else {
                source = source.replace(&format!("crate::{part}"), &format!("self::{part}"));
                source = format!("{source}\n{whole}\n");
            }
        }
        let (about, source) = source.split_at(source.find("\n\n").unwrap_or_default());
        let mut program = format!(
            "{about}\n//!\n//! This replays an input of the fuzz target `{}`. It depends on:\n//!\n//! ```toml\n",
            self.name
        );
        for dependency in dependencies(source) {
            let _ = writeln!(program, "//! {dependency}");
        }
        let _ = write!(
            program,
            "//! ```\n\nfn main() {{\n    check({arguments});\n}}\n{}",
            source.strip_prefix('\n').unwrap_or(source),
        );
        Some(program)
    }
}

/// The lines of the manifest for the crates that a source names.
fn dependencies(source: &str) -> impl Iterator<Item = &'static str> {
    let lines = MANIFEST.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    lines.take_while(|line| !line.starts_with('[')).filter(move |line| {
        let name = line.split(' ').next().unwrap_or_default().replace('-', "_");
        !name.is_empty() && source.contains(&format!("{name}::"))
    })
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| if line.is_empty() { "\n".into() } else { format!("    {line}\n") })
        .collect()
}
