//! The program as it runs: what it logs, what a kill leaves, what it refuses to start with.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStderr, Command, Stdio},
    time::{Duration, Instant},
};

struct Program {
    child: Child,
    log: BufReader<ChildStderr>,
    /// What of the log was read.
    seen: String,
    dir: tempfile::TempDir,
}

impl Program {
    fn start(settings: &[(&str, &str)]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), settings)
    }

    fn start_in(dir: tempfile::TempDir, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_signalwire-desk"));
        command.env_clear().env("NO_COLOR", "1").env("PORT", "0").envs(settings.iter().copied());
        command.env("DATABASE", dir.path().join("desk.db")).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log, seen: String::new(), dir }
    }

    fn line_with(&mut self, text: &str) -> String {
        let mut line = String::new();
        while self.log.read_line(&mut line).unwrap() > 0 {
            self.seen += &line;
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

    /// As `kill -9` does; the whole log, and what is left.
    fn kill(mut self) -> (String, tempfile::TempDir) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.log.read_to_string(&mut self.seen).unwrap();
        (
            std::mem::take(&mut self.seen),
            std::mem::replace(&mut self.dir, tempfile::tempdir().unwrap()),
        )
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn send(address: &str, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        socket,
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\n{headers}content-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer.split(' ').nth(1).unwrap().to_owned()
}

fn post(address: &str, path: &str, body: &str) -> String {
    send(address, "POST", path, "content-type: application/json\r\n", body)
}

#[test]
fn the_log_has_a_line_for_each_delivery_and_nothing_of_what_was_sent() {
    let canaries = ["4915550", "canary", "Canary", "c2VzYW1l"];
    let mut program = Program::start(&[
        ("WEBHOOK_SECRET", "canary-secret"),
        ("SWAIG_SECRET", "canary-swaig"),
        ("API_PASSWORD", "canary-password"),
        ("VIP_NUMBERS", "+49155500001"),
        ("EMAIL_HOOK_URL", "http://127.0.0.1:9/canary-hook"),
        ("EMAIL_TO", "canary@example.com"),
    ]);
    let address = program.address();
    let secret = "?secret=canary-secret";
    let numbers = r#""from":"+49155500001","to":"+49155500002","member_name":"Canary""#;
    for (path, body, status) in [
        ("/call-status", r#"{"call_id":"c1","call_state":"canary""#, "200"),
        ("/call-status", r#"{"call_id":"c1","call_state":"ended""#, "200"),
        ("/call-status", r#"{"event_type":"canary.event""#, "200"),
        ("/call-status", r#"{"call_id":"","call_state":"ended""#, "200"),
        ("/incoming-sms", r#"{"message_id":"m1","body":"canary""#, "200"),
        ("/incoming-sms", r#"{"message_id":"","body":"canary""#, "422"),
        ("/swml", r#"{"call":{"call_id":"c1","from":"+49155500001"}"#, "200"),
        ("/swml", r#"{"canary":1"#, "422"),
        ("/video/room-started", r#"{"room_id":"r1","room_name":"canary""#, "200"),
        ("/video/recording-ready", r#"{"room_id":"r1","recording_url":"http://canary/""#, "200"),
        ("/swaig/create-ticket", r#"{"function":"canary","call_id":"c1""#, "200"),
    ] {
        let body = format!("{body},{numbers}}}");
        assert_eq!(post(&address, &format!("{path}{secret}"), &body), status, "{path} {body}");
        assert_eq!(post(&address, &format!("{path}?secret=canary"), &body), "403");
    }
    assert_eq!(post(&address, "/video/canary", "{}"), "404");
    let get = format!("/swml{secret}&From=%2B49155500001&CallSid=c1");
    assert_eq!(send(&address, "GET", &get, "", ""), "200");
    let token = format!("/swaig/create-ticket{secret}&__token=canary");
    let call = r#"{"function":"create_ticket","call_id":"c1","argument":{"raw":"canary"}}"#;
    assert_eq!(post(&address, &token, call), "200");
    let last = r#"{"message_id":"m1","status":"canary"}"#;
    let wrong = "authorization: Basic c2VzYW1lOmNhbmFyeQ==\r\n";
    assert_eq!(send(&address, "GET", "/api/failures/canary/", wrong, ""), "401");

    // A worker tells as well, and that the mail hook is not there.
    let line = program.line_with("the mail hook cannot be reached");
    assert!(line.contains("ERROR") && line.contains("/mail - Redelivered(1)"), "{line}");
    // The last delivery is handled after the others.
    assert_eq!(post(&address, &format!("/message-status{secret}"), last), "200");
    program.line_with("/message-status message.status.flat 204 Redelivered(1)");
    let (log, _) = program.kill();
    assert!(log.contains("/call-status call.status.flat 204 Redelivered(1)"), "{log}");
    assert!(log.contains("/call-status refused with 403: wrong secret"), "{log}");
    for canary in canaries {
        assert!(!log.contains(canary), "{canary} in {log}");
    }
}

#[test]
fn an_empty_key_does_not_turn_the_checks_off() {
    let mut program = Program::start(&[("SIGNALWIRE_SIGNING_KEY", "")]);
    program.line_with("SIGNALWIRE_SIGNING_KEY");
    assert!(!program.child.wait().unwrap().success());
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut program = Program::start(&[]);
    assert!(program.line_with("SIGNATURES ARE NOT CHECKED").contains("WARN"));
    let address = program.address();
    let calls = 30;
    for call in 0..calls {
        let body = format!(r#"{{"call_id":"c{call}","call_state":"ended"}}"#);
        assert_eq!(post(&address, "/call-status", &body), "200");
    }
    let mut program = Program::start_in(program.kill().1, &[]);
    program.address();
    let database = program.dir.path().join("desk.db");
    let handled = || -> u32 {
        let connection = rusqlite::Connection::open(&database).unwrap();
        let sql = "select count(*) from call_states where state = 'ended'";
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    // What was leased when the program was killed waits for the end of its lease.
    let started = Instant::now();
    while handled() < calls {
        assert!(started.elapsed() < Duration::from_secs(90), "{} of {calls}", handled());
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(handled(), calls);
}
