//! The program as it runs: what its log says, and what survives a kill.

use std::{
    fs::{self, File},
    process::{Child, Command},
    thread::sleep,
    time::{Duration, Instant},
};

use switchhook::{Family, Params, twilio::conversations::ConversationsWebhook};

struct Program {
    child: Child,
    dir: tempfile::TempDir,
}

impl Program {
    fn start(vars: &[(&str, &str)]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), vars)
    }

    fn start_in(dir: tempfile::TempDir, vars: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_conversations-desk"));
        for var in ["TWILIO_AUTH_TOKEN", "PUBLIC_URL", "OUTBOUND_URL", "STAFF", "HOST"] {
            command.env_remove(var);
        }
        command.env("NO_COLOR", "1").env("RUST_LOG", "trace").envs(vars.iter().copied());
        command.env("PORT", "0").env("DATABASE", dir.path().join("desk.db"));
        let log = File::create(dir.path().join("log")).unwrap();
        Self { child: command.stderr(log).spawn().unwrap(), dir }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap()
    }

    /// The first line with this text, when it is there.
    fn line_with(&self, text: &str) -> String {
        let started = Instant::now();
        loop {
            let log = self.log();
            if let Some(line) = log.lines().find(|line| line.contains(text)) {
                return line.to_owned();
            }
            assert!(started.elapsed() < Duration::from_secs(90), "no {text} in\n{log}");
            sleep(Duration::from_millis(20));
        }
    }

    /// The address that it listens on.
    fn address(&self) -> String {
        self.line_with("ready on http://").rsplit_once("http://").unwrap().1.to_owned()
    }

    fn sql(&self) -> rusqlite::Connection {
        let connection = rusqlite::Connection::open(self.dir.path().join("desk.db")).unwrap();
        connection.busy_timeout(Duration::from_secs(60)).unwrap();
        connection
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

fn post(address: &str, path: &str, form: &str) -> u16 {
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
    let request = ureq::Agent::new_with_config(config).post(format!("http://{address}{path}"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    request.send(form).unwrap().status().as_u16()
}

/// Waits until the number that a query tells is there.
fn wait_for(sql: &rusqlite::Connection, query: &str, wanted: u32) {
    let started = Instant::now();
    loop {
        let found: u32 = sql.query_row(query, [], |row| row.get(0)).unwrap();
        if found == wanted {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(90), "{found} of {wanted}: {query}");
        sleep(Duration::from_millis(50));
    }
}

fn form(pairs: &[(String, String)]) -> String {
    Params::from_pairs(pairs.iter().map(|(name, value)| (name, value))).to_form()
}

const EVENT: &str = "/api/webhooks/twilio-event";
const MODERATION: &str = "/api/webhooks/moderation";

#[test]
fn the_log_has_a_line_for_each_delivery_and_nothing_of_what_was_written() {
    // Nobody listens there: what fails is logged, too.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://desk:canary@{nobody}/canary");
    let program = Program::start(&[("STAFF", "canary-agent"), ("OUTBOUND_URL", &url)]);
    assert!(program.line_with("SIGNATURES ARE NOT CHECKED").contains("WARN"));
    let address = program.address();
    let private = [
        ("Author", "canary-agent"),
        ("Body", "canary"),
        ("MessageBody", "canary"),
        ("Identity", "canary-agent"),
        ("ClientIdentity", "canary-agent"),
        ("FriendlyName", "canary"),
        ("UniqueName", "canary"),
        ("Attributes", r#"{"from":"canary","more":"canary"}"#),
        ("Media", r#"[{"Filename":"canary"}]"#),
        ("MessagingBinding.Address", "+15550100001"),
        ("MessagingBinding.ProxyAddress", "+15550100001"),
        ("ChannelMetadata", r#"{"x":"canary"}"#),
    ];
    let mut names = Vec::new();
    for info in ConversationsWebhook::events() {
        let mut pairs: Vec<_> =
            info.sample().iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        for pair in &mut pairs {
            if let Some(change) = private.iter().find(|change| change.0 == pair.0) {
                change.1.clone_into(&mut pair.1);
            }
        }
        pairs.push(("Extra".into(), "canary".into()));
        let whole = form(&pairs);
        assert_eq!(post(&address, EVENT, &whole), 200);
        assert_eq!(post(&address, MODERATION, &whole), 200);
        // Without any SID it cannot be used.
        pairs.retain(|pair| !pair.0.ends_with("Sid"));
        assert_eq!(post(&address, EVENT, &form(&pairs)), 200);
        names.push(info.name);
    }
    let sql = program.sql();
    wait_for(&sql, "select count(*) > 0 from messages", 1);
    sql.execute("drop table contacts", []).unwrap();
    let asked = "EventType=onMessageAdd&ConversationSid=CH1&Author=canary-agent&Body=canary";
    assert_eq!(post(&address, MODERATION, asked), 200);
    // Statements that are refused, requests that are.
    sql.execute("drop table messages", []).unwrap();
    let told = "EventType=onMessageAdded&ConversationSid=CH1&MessageSid=IM9&Body=canary";
    assert_eq!(post(&address, EVENT, told), 200);
    assert_eq!(post(&address, &format!("{EVENT}?canary=canary"), "Body=%zz%FFcanary"), 200);
    assert_eq!(post(&address, "/api/canary", "Body=canary"), 404);
    program.line_with("the hook does not answer");

    let log = program.log();
    for name in &names {
        assert!(log.contains(&format!(" /twilio-event {name} ")), "no line of {name} in\n{log}");
    }
    assert!(!log.contains("canary") && !log.contains("15550100001"), "{log}");
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let program = Program::start(&[]);
    let address = program.address();
    let messages = 30;
    for index in 0..messages {
        let form = format!(
            "EventType=onMessageAdded&ConversationSid=CH1&MessageSid=IM{index}&Index={index}&Body=x"
        );
        assert_eq!(post(&address, EVENT, &form), 200);
    }
    let program = Program::start_in(program.kill(), &[]);
    program.address();
    // What was leased when the program was killed waits for the end of its lease.
    wait_for(&program.sql(), "select count(*) from messages", messages);
}

#[test]
fn an_empty_token_does_not_turn_the_checks_off() {
    let program = Program::start(&[("TWILIO_AUTH_TOKEN", "")]);
    program.line_with("TWILIO_AUTH_TOKEN: it is set and empty");
}
