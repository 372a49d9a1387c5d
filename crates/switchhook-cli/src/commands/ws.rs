//! `switchhook ws`

use std::{cmp::Reverse, io};

use anyhow::Context;
use clap::Subcommand;
use serde_json::{Map, Value, json};
use switchhook::{
    WireValue,
    twilio::voice::{
        conversation_relay, media_streams,
        websocket::{Decoded, FieldKind, FieldValue, Message, Messages},
    },
};

use super::say;
use crate::{
    exit::{Exit, usage},
    families::unknown,
    input::{self, Object},
    jsonl,
    shown::Shown,
};

/// Read the messages of WebSocket protocols
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Decode(DecodeArgs),
}

/// Show what is in messages on stdin, one per line
#[derive(clap::Args)]
struct DecodeArgs {
    /// Family of the messages: twilio.media-streams or twilio.conversation-relay
    #[arg(required_unless_present = "jsonl")]
    family: Option<String>,

    /// Whose messages they are: in (the provider's) or out; each tells by itself where left out
    #[arg(long, value_name = "in|out", value_parser = ["in", "out"])]
    direction: Option<String>,

    /// Answer one JSON object per line of stdin instead
    #[arg(long, conflicts_with_all = ["family", "direction"])]
    jsonl: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let Command::Decode(args) = &args.command;
    if args.jsonl {
        return jsonl::answer_each_line(line);
    }
    let family = family(args.family.as_deref().unwrap_or_default())?;
    let mut exit = Exit::Ok;
    jsonl::each_line(io::stdin().lock(), |line| {
        let text = line.map(String::from_utf8_lossy);
        let Some(text) = text.as_deref().map(str::trim) else {
            exit = Exit::CheckFailed;
            return say("the line is too long");
        };
        if text.is_empty() {
            return Ok(());
        }
        let reading = family.read(text, args.direction.as_deref());
        if !reading.usable {
            exit = Exit::CheckFailed;
        }
        say(Shown(&reading.for_people()))
    })?;
    Ok(exit)
}

fn line(request: &Object) -> anyhow::Result<Map<String, Value>> {
    let family = family(input::required(request, "family")?)?;
    let direction = input::text(request, "direction")?;
    anyhow::ensure!(
        matches!(direction, None | Some("in" | "out")),
        "direction is neither in nor out"
    );
    let text = match request.get("message").context("message is missing")? {
        Value::String(text) => text.clone(),
        message => message.to_string(),
    };
    Ok(family.read(&text, direction).described)
}

/// One protocol, read in both directions.
struct Protocol {
    family: &'static str,
    inbound: fn(&str) -> Reading,
    outbound: fn(&str) -> Reading,
}

/// The protocols, one row each.
static PROTOCOLS: [Protocol; 2] = [
    Protocol {
        family: "twilio.media-streams",
        inbound: |text| {
            let message = media_streams::Inbound::parse(text);
            Reading::new(media_streams::Inbound::NAME, message.decoded())
        },
        outbound: |text| {
            let message = media_streams::Outbound::parse(text);
            Reading::new(media_streams::Outbound::NAME, message.decoded())
        },
    },
    Protocol {
        family: "twilio.conversation-relay",
        inbound: |text| {
            let message = conversation_relay::Inbound::parse(text);
            Reading::new(conversation_relay::Inbound::NAME, message.decoded())
        },
        outbound: |text| {
            let message = conversation_relay::Outbound::parse(text);
            Reading::new(conversation_relay::Outbound::NAME, message.decoded())
        },
    },
];

fn family(name: &str) -> anyhow::Result<&'static Protocol> {
    let names = PROTOCOLS.iter().map(|protocol| protocol.family);
    let found = PROTOCOLS.iter().find(|protocol| protocol.family == name);
    found.ok_or_else(|| usage(unknown("family", name, names)))
}

impl Protocol {
    /// Reads a message. One whose direction nobody tells is read in both, and the direction
    /// that knows more of it is right. A message that fits both alike is a server's: in one of
    /// the provider there would be a sequence number.
    fn read(&self, text: &str, direction: Option<&str>) -> Reading {
        match direction {
            Some("in") => (self.inbound)(text),
            Some(_) => (self.outbound)(text),
            None => {
                let (inbound, outbound) = ((self.inbound)(text), (self.outbound)(text));
                let tie = outbound.usable && outbound.fit() == inbound.fit();
                if tie || outbound.fit() > inbound.fit() { outbound } else { inbound }
            }
        }
    }
}

/// What one direction makes of a message.
struct Reading {
    usable: bool,
    described: Map<String, Value>,
    /// The values and what is said about them, for people.
    short: Vec<String>,
}

impl Reading {
    fn new(direction: &str, decoded: Decoded<'_>) -> Self {
        let (mut event, mut malformed, mut known) = (decoded.name().map(str::to_owned), None, true);
        let mut parts = Parts::default();
        match decoded {
            Decoded::Message(message) => parts = Parts::of(message),
            Decoded::Malformed(text) => {
                known = text.info().is_some();
                malformed = Some(text.reason().to_string());
            }
            _ => known = false,
        }
        if known {
            event = event.map(|name| format!("{direction}/{name}"));
        }
        let described = json!({
            "event": event, "known": known, "malformed": malformed, "typed": parts.typed,
            "extra": parts.extra, "unrecognized": parts.unrecognized, "problems": parts.problems,
        });
        let Value::Object(described) = described else { unreachable!("it is one") };
        Self { usable: known && malformed.is_none(), described, short: parts.short }
    }

    fn fit(&self) -> (bool, bool, Reverse<usize>) {
        let extra = self.described["extra"].as_array().map_or(0, Vec::len);
        (self.usable, self.described["known"] == true, Reverse(extra))
    }

    /// One line: the event, its values, and what is the matter with it.
    fn for_people(&self) -> String {
        let event = &self.described["event"];
        let name = event.as_str().unwrap_or("no message");
        let mut words = match self.described["malformed"].as_str() {
            Some(reason) => vec![format!("{name}: malformed: {reason}")],
            None if self.usable => vec![name.to_owned()],
            None => vec![format!("unknown: {event}")],
        };
        words.extend(self.short.iter().cloned());
        words.join("  ")
    }
}

/// What the model makes of a known message.
#[derive(Default)]
struct Parts {
    typed: Map<String, Value>,
    unrecognized: Map<String, Value>,
    extra: Vec<String>,
    problems: Vec<Value>,
    short: Vec<String>,
}

impl Parts {
    fn of(message: &dyn Message) -> Self {
        let info = message.info();
        let mut parts = Self::default();
        parts.typed.insert(info.tag.into(), info.name.into());
        message.visit(&mut |field, value| {
            let Some(value) = value else { return };
            let json = value.to_json();
            if let FieldValue::One(WireValue::Token { text, recognized: false }) = value {
                parts.unrecognized.insert(field.path.into(), text.into());
            }
            parts.short.push(match field.kind {
                FieldKind::Base64 => format!("{}={value:?}", field.path),
                _ => format!("{}={json}", field.path),
            });
            // What the model writes is JSON.
            parts.typed.insert(field.path.into(), serde_json::from_str(&json).unwrap_or_default());
        });
        for (path, json) in message.extra() {
            parts.short.push(format!("extra {path:?}={json}"));
            if !parts.extra.iter().any(|seen| *seen == path) {
                parts.extra.push(path.into_owned());
            }
        }
        for problem in message.problems() {
            parts.short.push(format!("problem: {problem}"));
            let why = format!("is not {}", problem.expected);
            parts.problems.push(json!({ "param": problem.path, "why": why }));
        }
        parts
    }
}
