//! The program as it runs: what it refuses at its start, what it logs, what survives a kill.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStderr, Command, Stdio},
    time::{Duration, Instant},
};

struct Program {
    child: Child,
    log: BufReader<ChildStderr>,
    /// What was read of the log.
    seen: String,
    dir: tempfile::TempDir,
}

impl Program {
    fn start(settings: &[(&str, &str)]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), settings)
    }

    fn start_in(dir: tempfile::TempDir, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voice-agent"));
        for name in ["TWILIO_AUTH_TOKEN", "TENANTS", "GREETING", "STREAM_SECRET", "BASE_URL"] {
            command.env_remove(name);
        }
        command.env_remove("CALL_LOG_PASSWORD").env("NO_COLOR", "1");
        command
            .env("PORT", "0")
            .env("DATABASE", dir.path().join("calls.db"))
            .stderr(Stdio::piped());
        command.envs(settings.iter().copied());
        let mut child = command.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log, seen: String::new(), dir }
    }

    fn line_with(&mut self, text: &str) -> String {
        let mut line = String::new();
        while self.log.read_line(&mut line).unwrap() > 0 {
            self.seen.push_str(&line);
            if line.contains(text) {
                return line.trim_end().to_owned();
            }
            line.clear();
        }
        panic!("the log ended without {text}");
    }

    /// The address that it listens on.
    fn address(&mut self) -> String {
        self.line_with("ready on http://").rsplit_once("http://").unwrap().1.to_owned()
    }

    /// As `kill -9` does; what is left, and all that was logged.
    fn kill(mut self) -> (tempfile::TempDir, String) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log.read_to_string(&mut self.seen).unwrap();
        let dir = std::mem::replace(&mut self.dir, tempfile::tempdir().unwrap());
        (dir, std::mem::take(&mut self.seen))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn post(address: &str, path: &str, body: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        socket,
        "POST /api/v1/webhooks/{path} HTTP/1.1\r\nhost: {address}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn a_start_without_a_usable_base_url_says_why_not() {
    for (settings, error) in [
        (&[][..], "BASE_URL is not set"),
        (&[("BASE_URL", "https://your-domain.com/")], "the host is a placeholder"),
        (
            &[("BASE_URL", "agent.acme.com"), ("TWILIO_AUTH_TOKEN", "")],
            "TWILIO_AUTH_TOKEN: it is set",
        ),
    ] {
        let mut program = Program::start(settings);
        let mut log = String::new();
        program.log.read_to_string(&mut log).unwrap();
        assert!(log.contains(error), "{log}");
        assert!(!program.child.wait().unwrap().success());
    }
}

const OPEN: [(&str, &str); 1] = [("BASE_URL", "http://agent.acme.com")];

#[test]
fn the_log_has_a_line_for_a_call_and_nobodys_number() {
    let mut program = Program::start(&OPEN);
    assert!(program.line_with("SIGNATURES ARE NOT CHECKED").contains("WARN"));
    let address = program.address();
    let sid = "CAacc4a5feb8651f016bed89ad9539acb4";
    let call = format!("CallSid={sid}&From=%2B15551230000&To=%2B15559876543&CallerName=Canary");
    assert_eq!(post(&address, "incoming-call", &call), "200");
    assert!(program.line_with("rings at default").contains(sid));
    assert_eq!(post(&address, "call-status", &format!("{call}&CallStatus=ringing")), "200");
    assert_eq!(post(&address, "call-status", "From=%2B15551230000"), "200");
    program.line_with("CallSid is missing");
    assert_eq!(
        post(&address, "incoming-call", "CallSid=CA%0AINFO+Canary&From=%2B15551230000"),
        "200"
    );
    let hostile = program.line_with("rings at default");
    assert!(!hostile.contains("Canary"), "{hostile}");
    let (_dir, log) = program.kill();
    for secret in ["15551230000", "15559876543", "Canary"] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut program = Program::start(&OPEN);
    let address = program.address();
    let calls = 30;
    for call in 0..calls {
        let body = format!("CallSid=CA{call}&CallStatus=completed&CallDuration={call}");
        assert_eq!(post(&address, "call-status", &body), "200");
    }
    let mut program = Program::start_in(program.kill().0, &OPEN);
    program.address();
    let database = program.dir.path().join("calls.db");
    let handled = || -> (u32, u32) {
        let connection = rusqlite::Connection::open(&database).unwrap();
        let sql = "select count(*), coalesce(sum(seconds), 0) from statuses";
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    // What was leased when the program was killed waits for the end of its lease.
    let started = Instant::now();
    while handled().0 < calls {
        assert!(started.elapsed() < Duration::from_secs(90), "{:?} of {calls}", handled());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(handled(), (calls, (0..calls).sum()));
}
