//! Starts the program, for tests that look at it from outside.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part of it")]

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde_json::Value;

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

pub(crate) fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchhook"));
    command
        .args(args)
        .env_remove("TWILIO_AUTH_TOKEN")
        .env_remove("SIGNALWIRE_SIGNING_KEY")
        .env_remove("SWITCHHOOK_INBOX")
        .env_remove("PGPASSWORD")
        .env("KEY", KEY);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Exit code, stdout and stderr.
pub(crate) fn run(args: &[&str], input: impl AsRef<[u8]>) -> (i32, String, String) {
    let mut child = program(args).spawn().unwrap();
    // A program that refuses its arguments does not read what it is sent.
    let _ = child.stdin.take().unwrap().write_all(input.as_ref());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

pub(crate) fn answers(args: &[&str], lines: &[Value]) -> Vec<Value> {
    let input = lines.iter().map(Value::to_string).collect::<Vec<_>>().join("\n") + "\n";
    let (code, stdout, stderr) = run(&[args, &["--jsonl"]].concat(), input);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let answers: Vec<Value> = stdout.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(answers.len(), lines.len());
    answers
}
