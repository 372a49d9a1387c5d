use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, ChildStdin, Command as Process, Stdio},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use tempfile::TempDir;

use crate::{PATIENCE, answer, markdown::Command};

/// Where the lines of a README are typed: a POSIX shell with an empty environment, in a folder of
/// its own.
#[derive(Debug)]
pub struct Shell {
    origin: String,
    switchhook: Option<PathBuf>,
}

/// An application that a README starts.
#[derive(Debug)]
pub struct Started {
    /// The package.
    pub package: String,
    /// The program, where one is named.
    pub bin: Option<String>,
    /// The environment that it is started with.
    pub variables: Vec<(String, String)>,
    /// The folder that it is started in, which stays the same.
    pub folder: PathBuf,
}

impl Shell {
    /// A shell for a README whose application listens at `origin`, such as
    /// `http://127.0.0.1:8000`.
    pub fn new(origin: impl Into<String>) -> Self {
        Self { origin: origin.into(), switchhook: None }
    }

    /// Runs this program where the README has cargo run `switchhook-cli`.
    #[must_use]
    pub fn switchhook(mut self, path: impl Into<PathBuf>) -> Self {
        self.switchhook = Some(path.into());
        self
    }

    pub(crate) fn open(self) -> anyhow::Result<Session> {
        let folder = tempfile::tempdir()?;
        // What a person sees as an error of curl is one here.
        fs::write(folder.path().join(".curlrc"), "silent\nshow-error\nfail-with-body\n")?;
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{PROGRAMS}:{path}");
        let errors = File::create(folder.path().join(ERRORS))?;
        let mut sh = Process::new("sh")
            .env_clear()
            .envs([("PATH", path.as_str()), ("NO_COLOR", "1")])
            .env("HOME", folder.path())
            .envs(self.switchhook.map(|path| ("SWITCHHOOK_PROGRAM", path)))
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .context("there is no sh")?;
        let stdin = sh.stdin.take().context("no stdin")?;
        let stdout = BufReader::new(sh.stdout.take().context("no stdout")?);
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stdout.split(b'\n').map_while(Result::ok) {
                if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                    break;
                }
            }
        });
        Ok(Session { origin: self.origin, sh, stdin, lines, folder, address: None })
    }
}

/// What plays cargo, and refuses `switchhook` where a README has no alias for it.
const PROGRAMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/programs");

const STARTED: &str = ".started";
const ERRORS: &str = ".errors";

/// What stands between the output of two commands.
const END: &str = "-- end of a line of the README --";

/// A shell in which lines are typed.
#[derive(Debug)]
pub(crate) struct Session {
    origin: String,
    sh: Child,
    stdin: ChildStdin,
    lines: Receiver<String>,
    folder: TempDir,
    /// Where the application listens that was started last.
    address: Option<SocketAddr>,
}

impl Session {
    /// Types a command and compares what it prints.
    pub(crate) fn run(
        &mut self,
        command: &Command,
        start: &mut impl FnMut(&Started) -> anyhow::Result<SocketAddr>,
    ) -> anyhow::Result<()> {
        let since = Instant::now();
        loop {
            let printed = self.printed(&command.text)?;
            if let Some(started) = self.started()? {
                self.address = Some(start(&started)?);
                return Ok(());
            }
            let checked = answer::check(&printed, &command.answer);
            let waits = command.only_asks() && since.elapsed() < PATIENCE;
            if checked.is_ok() || !waits {
                let errors = self.errors();
                return if errors.is_empty() { checked } else { checked.context(errors) };
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Types it: what it prints.
    fn printed(&mut self, command: &str) -> anyhow::Result<Printed> {
        let mut command = command.to_owned();
        if command.contains(&self.origin) {
            let address = self.address.context("no application has been started")?;
            command = command.replace(&self.origin, &format!("http://{address}"));
        }
        // In the shell itself, so that variables stay.
        write!(self.stdin, "{{\n{command}\n}} </dev/null\nprintf '\\n%s %s\\n' '{END}' $?\n")?;
        self.stdin.flush()?;
        let mut lines = Vec::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                bail!("the command does not end, or ends the shell\n{}", self.errors())
            };
            if let Some(code) = line.strip_prefix(END) {
                let text = lines.join("\n").trim_end_matches('\n').to_owned();
                return Ok(Printed { text, code: code.trim().parse()? });
            }
            lines.push(line);
        }
    }

    /// The application that the last command has started.
    fn started(&self) -> anyhow::Result<Option<Started>> {
        let note = self.folder.path().join(STARTED);
        let Ok(text) = fs::read_to_string(&note) else { return Ok(None) };
        fs::remove_file(note)?;
        let mut lines = text.lines();
        let package = lines.next().unwrap_or_default().to_owned();
        ensure!(!package.is_empty(), "which package cargo is to run is not said");
        let bin = lines.next().filter(|bin| !bin.is_empty()).map(str::to_owned);
        let variables = lines.filter_map(|line| line.split_once('='));
        let variables =
            variables.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Some(Started { package, bin, variables, folder: self.folder.path().to_owned() }))
    }

    /// What was printed as errors until now.
    fn errors(&self) -> String {
        fs::read_to_string(self.folder.path().join(ERRORS)).unwrap_or_default()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.sh.kill();
        let _ = self.sh.wait();
    }
}

/// What a command has printed.
#[derive(Debug)]
pub(crate) struct Printed {
    /// Its standard output, without the newline at the end.
    pub(crate) text: String,
    /// Its exit code.
    pub(crate) code: i32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(commands: &[&str]) -> anyhow::Result<Vec<(String, i32)>> {
        let mut session = Shell::new("http://h").switchhook("/bin/echo").open()?;
        commands
            .iter()
            .map(|command| session.printed(command).map(|printed| (printed.text, printed.code)))
            .collect()
    }

    #[test]
    fn variables_and_aliases_hold_for_the_lines_below() {
        let printed = typed(&[
            "A='x  y'\nexport B=2",
            "printf '%s' \"$A\" && sh -c 'echo \" $B\"'",
            "alias twice='echo a; echo'",
            "twice b",
            "cat; false",
        ]);
        let printed = printed.unwrap();
        let of = |text: &str, code| (text.to_owned(), code);
        let expected = [of("", 0), of("x  y 2", 0), of("", 0), of("a\nb", 0), of("", 1)];
        assert_eq!(printed, expected);
    }

    #[test]
    fn a_readme_has_to_say_what_it_types() {
        for command in ["switchhook sign", "switchhock sign"] {
            let printed = typed(&[command]).unwrap();
            assert_eq!(printed, [(String::new(), 127)], "{command}");
        }
    }

    #[test]
    fn cargo_runs_the_program_or_starts_an_application() {
        let printed = typed(&[
            "alias switchhook='cargo run -q --release -p switchhook-cli --'",
            "switchhook a 'b c'",
            "TOKEN=1 cargo run -q --release -p switchhook-cli -- sign -p x -- y",
        ]);
        let of = |text: &str| (text.to_owned(), 0);
        assert_eq!(printed.unwrap(), [of(""), of("a b c"), of("sign -p x -- y")]);

        let mut session = Shell::new("http://h").open().unwrap();
        session.printed("export A=1; B='2 =3' cargo run --release -p desk --bin on-desk").unwrap();
        let started = session.started().unwrap().unwrap();
        assert_eq!((started.package.as_str(), started.bin.as_deref()), ("desk", Some("on-desk")));
        for (name, value) in [("A", "1"), ("B", "2 =3")] {
            assert!(started.variables.contains(&(name.into(), value.into())), "{started:?}");
        }
        assert!(session.started().unwrap().is_none());
        session.printed("A=1 env -u A cargo run -p desk").unwrap();
        let started = session.started().unwrap().unwrap();
        assert!(started.variables.iter().all(|variable| variable.0 != "A"), "{started:?}");
    }

    #[test]
    fn a_command_that_ends_the_shell_is_an_error() {
        for command in ["exit 3", "echo )"] {
            let error = typed(&[command]).unwrap_err().to_string();
            assert!(error.contains("ends the shell"), "{command}: {error}");
        }
        let error = typed(&["curl http://h/"]).unwrap_err().to_string();
        assert_eq!(error, "no application has been started");
    }
}
