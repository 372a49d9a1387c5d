//! The log of the program as it runs: a line for each delivery, and a loud warning.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStderr, Command, Stdio},
    time::{Duration, Instant},
};

struct Program {
    child: Child,
    log: BufReader<ChildStderr>,
    dir: tempfile::TempDir,
}

impl Program {
    fn start(token: Option<&str>) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), token)
    }

    fn start_in(dir: tempfile::TempDir, token: Option<&str>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_video-appointments"));
        command.env_remove("TWILIO_AUTH_TOKEN").env_remove("PUBLIC_URL").env("NO_COLOR", "1");
        command.env("PORT", "0").env("DATABASE", dir.path().join("a.db")).stderr(Stdio::piped());
        if let Some(token) = token {
            command.env("TWILIO_AUTH_TOKEN", token);
        }
        let mut child = command.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log, dir }
    }

    fn line_with(&mut self, text: &str) -> String {
        let mut line = String::new();
        while self.log.read_line(&mut line).unwrap() > 0 {
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

    /// As `kill -9` does; what is left.
    fn kill(mut self) -> tempfile::TempDir {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::mem::replace(&mut self.dir, tempfile::tempdir().unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn post(address: &str, body: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        socket,
        "POST /api/appointments/twilio-status-callback/ HTTP/1.1\r\nhost: {address}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn each_delivery_has_its_line() {
    let mut program = Program::start(None);
    assert!(program.line_with("SIGNATURES ARE NOT CHECKED").contains("WARN"));
    let address = program.address();

    let created = "StatusCallbackEvent=room-created&RoomName=apt-48-test-room\
        &RoomSid=RMxxxxxxxxxxxxxxxxxxxxxxxxxx&AccountSid=AC1&Timestamp=2025-11-16T10:00:00Z";
    assert_eq!(post(&address, created), "204");
    let expected = "Twilio Status Callback: room-created | Room: apt-48-test-room | \
        Account: AC1 | Timestamp: 2025-11-16T10:00:00Z";
    assert!(program.line_with("Twilio Status Callback").ends_with(expected));

    assert_eq!(post(&address, "StatusCallbackEvent=room-exploded&RoomName=a%0Ab"), "204");
    let expected =
        "Twilio Status Callback: room-exploded | Room: a\\nb | Account: - | Timestamp: -";
    assert!(program.line_with("Twilio Status Callback").ends_with(expected));
    assert_eq!(post(&address, "StatusCallbackEvent=room-ended"), "204");
    assert!(program.line_with("Twilio Status Callback").contains("room-ended | Room: -"));
}

#[test]
fn an_empty_token_does_not_turn_the_checks_off() {
    let mut program = Program::start(Some(""));
    program.line_with("TWILIO_AUTH_TOKEN: it is set and empty");
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut program = Program::start(None);
    let address = program.address();
    let rooms = 30;
    for room in 0..rooms {
        let body = format!("StatusCallbackEvent=room-created&RoomName=apt-1-x&RoomSid=RM{room}");
        assert_eq!(post(&address, &body), "204");
    }
    let mut program = Program::start_in(program.kill(), None);
    program.address();
    let database = program.dir.path().join("a.db");
    let handled = || -> u32 {
        let connection = rusqlite::Connection::open(&database).unwrap();
        connection.query_row("select count(*) from events", [], |row| row.get(0)).unwrap()
    };
    // What was leased when the program was killed waits for the end of its lease.
    let started = Instant::now();
    while handled() < rooms {
        assert!(started.elapsed() < Duration::from_secs(90), "{} of {rooms}", handled());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(handled(), rooms);
}
