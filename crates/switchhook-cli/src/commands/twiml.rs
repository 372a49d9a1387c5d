//! `switchhook twiml`

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;
use serde_json::{Map, Value, json};
use switchhook::twiml::{
    Dialect, Linter, ReadError, ReplyKind, Severity, dynamic::Tree, pretty, pretty_fault, read,
};

use super::{file, say, stdin, tell};
use crate::{
    exit::{Exit, usage},
    input::{self, Object},
    jsonl, shown,
};

/// Build and check TwiML and cXML
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(BuildArgs),
    Check(CheckArgs),
}

/// Write a reply from a tree ["Response", {attributes}, [children]] on stdin
#[derive(clap::Args)]
struct BuildArgs {
    /// What the reply is to: voice, messaging or fax
    #[arg(default_value = "voice", value_parser = reply_kind)]
    response: ReplyKind,

    /// Answer one JSON object per line of stdin instead
    #[arg(long, conflicts_with = "response")]
    jsonl: bool,
}

/// Show a document with marks at what the provider would object to
#[derive(clap::Args)]
struct CheckArgs {
    /// File with the document; stdin where it is left out
    file: Option<PathBuf>,

    /// What the document is to: voice, messaging or fax; its verbs tell where it is left out
    #[arg(long, value_parser = reply_kind)]
    response: Option<ReplyKind>,

    /// Whose dialect: twilio or signalwire
    #[arg(long, default_value = "twilio", value_parser = dialect)]
    dialect: Dialect,

    /// Answer one JSON object per line of stdin instead
    #[arg(long, conflicts_with_all = ["file", "response", "dialect"])]
    jsonl: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    match &args.command {
        Command::Build(args) => build(args),
        Command::Check(args) => check(args),
    }
}

fn build(args: &BuildArgs) -> anyhow::Result<Exit> {
    if args.jsonl {
        return jsonl::answer_each_line(build_line);
    }
    let tree: Tree = serde_json::from_slice(&stdin()?)
        .map_err(|error| usage(format!("stdin is no tree: {error}")))?;
    let built = tree.build(&args.response);
    for what in &built.custom {
        eprintln!("not in the grammar: {what}");
    }
    say(format_args!("{}", built.document.to_xml()?))?;
    Ok(Exit::Ok)
}

fn build_line(request: &Object) -> anyhow::Result<Map<String, Value>> {
    let kind = reply_kind(input::text(request, "response")?.unwrap_or("voice"));
    let builder = request.get("builder").context("builder is missing")?.clone();
    let tree: Tree = serde_json::from_value(builder).context("builder is no tree")?;
    let built = tree.build(&kind.map_err(anyhow::Error::msg)?);
    let xml = built.document.to_xml()?;
    Ok(Map::from_iter([("xml".to_owned(), xml.into()), ("custom".to_owned(), built.custom.into())]))
}

fn check(args: &CheckArgs) -> anyhow::Result<Exit> {
    if args.jsonl {
        return jsonl::answer_each_line(check_line);
    }
    let bytes = args.file.as_deref().map_or_else(stdin, file)?;
    match read(&bytes) {
        Ok(document) => {
            let found = linter(args.dialect.clone(), args.response.clone()).lint(&document);
            show(&pretty(&document, &found))?;
            let faults = found.iter().filter(|found| found.severity == Severity::Error).count();
            eprintln!("findings: {}, errors: {faults}", found.len());
            Ok(if faults == 0 { Exit::Ok } else { Exit::CheckFailed })
        }
        Err(error) => {
            show(&pretty_fault(&String::from_utf8_lossy(&bytes), &error))?;
            Ok(Exit::CheckFailed)
        }
    }
}

fn show(page: &str) -> std::io::Result<()> {
    shown::lines(page.trim_end()).try_for_each(tell)
}

fn check_line(request: &Object) -> anyhow::Result<Map<String, Value>> {
    let xml = match input::text(request, "xml_b64")? {
        Some(_) if request.contains_key("xml") => bail!("xml and xml_b64 are both there"),
        Some(encoded) => input::base64(encoded).context("xml_b64 is not base64")?,
        None => input::required(request, "xml")?.as_bytes().to_vec(),
    };
    let kind = input::text(request, "response")?.map(reply_kind).transpose();
    let dialect = dialect(input::text(request, "dialect")?.unwrap_or("twilio"));
    let linter = linter(dialect.map_err(anyhow::Error::msg)?, kind.map_err(anyhow::Error::msg)?);
    Ok(match read(&xml) {
        Ok(document) => {
            let found = linter.lint(&document);
            let ok = found.iter().all(|found| found.severity != Severity::Error);
            answer(ok, document.to_xml().ok(), json!(found))
        }
        Err(error) => answer(false, None, json!([unread(&error)])),
    })
}

fn answer(ok: bool, xml: Option<String>, diagnostics: Value) -> Map<String, Value> {
    Map::from_iter([
        ("ok".to_owned(), ok.into()),
        ("xml".to_owned(), xml.into()),
        ("diagnostics".to_owned(), diagnostics),
    ])
}

/// A document that cannot be read, in the form of a diagnostic.
fn unread(error: &ReadError) -> Value {
    json!({
        "code": error.code(), "severity": Severity::Error, "path": "", "message": error.to_string(),
    })
}

fn linter(dialect: Dialect, reply: Option<ReplyKind>) -> Linter {
    match reply {
        Some(kind) => Linter::new(dialect).reply(kind),
        None => Linter::new(dialect),
    }
}

fn reply_kind(name: &str) -> Result<ReplyKind, String> {
    let kind = ReplyKind::from(name);
    if kind.is_recognized() { Ok(kind) } else { Err("expected voice, messaging or fax".into()) }
}

fn dialect(name: &str) -> Result<Dialect, String> {
    let dialect = Dialect::from(name);
    if dialect.is_recognized() { Ok(dialect) } else { Err("expected twilio or signalwire".into()) }
}
