use std::net::SocketAddr;

use anyhow::{Context, ensure};

use crate::{
    Shell, Started,
    markdown::{self, Command},
};

/// The lines of a README that are for a shell, in their order.
///
/// What is read are its blocks of `sh`. Each command is typed as it stands, in one shell, so that
/// variables hold for the lines below; the answer is in the comments directly under it.
///
/// | in the README | meaning |
/// |---|---|
/// | `cargo run … -p PACKAGE` | starts the application, which takes the place of the one before |
/// | `cargo run … -p switchhook-cli -- …` | runs [`switchhook`](Shell::switchhook) |
/// | `switchhook …` | nothing, unless the README has made it an alias of that |
/// | the README's own origin | the address of the application that was started last |
/// | `# …` under a command | what it prints; nothing of that under the start of an application |
/// | `…` in an answer | anything |
/// | `# HTTP/1.1 204 No Content` | of `curl -i`: the status, then the headers that matter, an empty line, the body |
///
/// A command has to end well, unless a status is shown. JSON is compared without its white space.
/// A curl line that sends nothing is typed again for a while when its answer is another one: what a
/// worker does takes its time.
#[derive(Debug)]
pub struct Readme(Vec<Command>);

impl Readme {
    /// Reads a README.
    ///
    /// # Errors
    ///
    /// When a block or a command in it has no end.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        Ok(Self(markdown::commands(text)?))
    }

    /// Types every command and compares what it prints; how many there were. Blocks the thread.
    ///
    /// `start` starts an application and keeps it alive; where it listens.
    ///
    /// Where this machine lacks a program that is typed, such as curl, nothing is typed: that is
    /// told, and `None`.
    ///
    /// # Errors
    ///
    /// At the first command that does otherwise than the README says, with its line.
    pub fn run(
        &self,
        shell: Shell,
        mut start: impl FnMut(&Started) -> anyhow::Result<SocketAddr>,
    ) -> anyhow::Result<Option<usize>> {
        let typed = |tool: &&str| self.0.iter().any(|command| command.runs(tool));
        if let Some(tool) =
            ["curl", "openssl"].iter().filter(|tool| typed(tool)).find(|tool| !is_there(tool))
        {
            eprintln!("left out: there is no {tool}");
            return Ok(None);
        }
        ensure!(!self.0.is_empty(), "the README has no command");
        let mut session = shell.open()?;
        for command in &self.0 {
            session
                .run(command, &mut start)
                .with_context(|| format!("line {} of the README", command.line))?;
        }
        Ok(Some(self.0.len()))
    }
}

fn is_there(tool: &str) -> bool {
    std::process::Command::new(tool).arg("--help").output().is_ok()
}
