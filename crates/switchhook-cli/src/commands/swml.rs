//! `switchhook swml`

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;
use serde_json::{Map, Value, json};
use switchhook::swml::{
    Diagnostic, Document, Findings, ReadError, Severity,
    grammar::{self, StepSet},
    read, read_yaml,
};

use super::{file, stdin, tell};
use crate::{
    exit::Exit,
    input::{self, Object},
    jsonl,
};

/// Check SWML
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(CheckArgs),
}

/// Say what the platform would object to in a document, and what to write instead
#[derive(clap::Args)]
struct CheckArgs {
    /// File with the document, JSON or YAML; stdin where it is left out
    file: Option<PathBuf>,

    /// What the document is to: a call or a message; its methods tell where it is left out
    #[arg(long, value_parser = step_set)]
    to: Option<StepSet>,

    /// Answer one JSON object per line of stdin instead
    #[arg(long, conflicts_with_all = ["file", "to"])]
    jsonl: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let Command::Check(args) = &args.command;
    check(args)
}

fn check(args: &CheckArgs) -> anyhow::Result<Exit> {
    if args.jsonl {
        return jsonl::answer_each_line(check_line);
    }
    let bytes = args.file.as_deref().map_or_else(stdin, file)?;
    match read_either(&bytes) {
        Ok(document) => {
            let found = lint(&document, args.to);
            for found in found.iter() {
                show(found)?;
            }
            let faults = found.errors().count();
            eprintln!("findings: {}, errors: {faults}", found.len());
            Ok(if faults == 0 { Exit::Ok } else { Exit::CheckFailed })
        }
        Err(error) => {
            tell(format_args!("error    {error}"))?;
            Ok(Exit::CheckFailed)
        }
    }
}

fn show(found: &Diagnostic) -> std::io::Result<()> {
    let path = if found.path.is_empty() { "/" } else { &found.path };
    tell(format_args!("{:<9}{path}\n         {}", found.severity.as_str(), found.message))?;
    match &found.instead {
        Some(instead) => tell(format_args!("         write {instead}")),
        None => Ok(()),
    }
}

fn lint(document: &Document, set: Option<StepSet>) -> Findings {
    match set {
        Some(set) => document.lint_as(set),
        None => document.lint(),
    }
}

/// Nearly all YAML in flow style is JSON, and no other YAML begins with a brace.
fn read_either(bytes: &[u8]) -> Result<Document, ReadError> {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && byte.is_ascii());
    match (first, read(bytes)) {
        (_, Ok(document)) => Ok(document),
        (Some(b'{' | b'['), Err(error)) => read_yaml(bytes).map_err(|_| error),
        (_, Err(_)) => read_yaml(bytes),
    }
}

fn check_line(request: &Object) -> anyhow::Result<Map<String, Value>> {
    let document = match (request.get("doc"), input::text(request, "yaml")?) {
        (Some(_), Some(_)) => bail!("doc and yaml are both there"),
        (Some(doc), None) => read(doc.to_string()),
        (None, Some(yaml)) => read_yaml(yaml),
        (None, None) => bail!("doc is missing"),
    };
    let document = match document {
        Ok(document) => document,
        Err(error) => return Ok(unread(&error)),
    };
    let found = document.lint();
    let (mut methods, mut untyped) = (Vec::new(), Vec::new());
    for step in document.all_steps() {
        let Some(name) = step.name() else { continue };
        let known = [StepSet::Calling, StepSet::Messaging]
            .into_iter()
            .filter_map(|set| grammar::method(set, name))
            .any(|method| step.argument().is_some_and(|argument| method.argument().fits(argument)));
        if known { &mut methods } else { &mut untyped }.push(name);
    }
    let doc: Value =
        serde_json::from_str(&document.to_json()).context("what was written is JSON")?;
    Ok(answer([
        ("ok", json!(found.errors().next().is_none())),
        ("doc", doc),
        ("methods", json!(methods)),
        ("untyped", json!(untyped)),
        ("diagnostics", json!(found)),
    ]))
}

/// A document that cannot be read, in the form of a diagnostic.
fn unread(error: &ReadError) -> Map<String, Value> {
    let diagnostic = json!({
        "code": "parse_error", "severity": Severity::Error, "path": "",
        "message": error.to_string(), "instead": null,
    });
    answer([
        ("ok", false.into()),
        ("doc", Value::Null),
        ("methods", json!([])),
        ("untyped", json!([])),
        ("diagnostics", json!([diagnostic])),
    ])
}

fn answer<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn step_set(name: &str) -> Result<StepSet, String> {
    match name {
        "call" => Ok(StepSet::Calling),
        "message" => Ok(StepSet::Messaging),
        _ => Err("expected call or message".into()),
    }
}
