//! `switchhook encode`

use serde_json::{Map, Value, json};
use switchhook::{EventInfo, Format};

use super::{body_of, pair, say};
use crate::{
    exit::{Exit, usage},
    families::{check_path, family},
    input::{self, Object},
    jsonl,
};

/// Write webhook bodies from typed values
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Family of the event, such as twilio.video
    #[arg(required_unless_present = "jsonl")]
    family: Option<String>,

    /// Name of the event, such as room-ended
    #[arg(required_unless_present = "jsonl")]
    event: Option<String>,

    /// Parameters; any name is taken
    #[arg(short, long = "data", value_name = "NAME=VALUE", value_parser = pair)]
    data: Vec<(String, String)>,

    /// Answer one JSON object per line of stdin instead
    #[arg(long, conflicts_with_all = ["family", "event", "data"])]
    jsonl: bool,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    if args.jsonl {
        return jsonl::answer_each_line(line);
    }
    let family = family(args.family.as_deref().unwrap_or_default())?;
    let event = family.event(args.event.as_deref().unwrap_or_default())?;
    let data =
        if event.format == Format::Json { values(event, &args.data)? } else { repeats(&args.data) };
    let payload = (family.encode)(event, data).map_err(usage)?;
    say(body_of(&payload).1)?;
    Ok(Exit::Ok)
}

/// The pairs as a map, in which a repeated name has the list of its values.
fn repeats(pairs: &[(String, String)]) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in pairs {
        match map.entry(name).or_insert_with(|| json!([])) {
            Value::Array(values) => values.push(value.as_str().into()),
            other => *other = value.as_str().into(),
        }
    }
    map
}

/// The pairs as paths and values, each of the kind that the event has there.
fn values(event: &EventInfo, pairs: &[(String, String)]) -> anyhow::Result<Map<String, Value>> {
    let mut map = Map::new();
    for (path, value) in pairs {
        check_path(path).map_err(usage)?;
        let pair = [(path.as_str(), value.as_str())];
        let json = event.json_of(pair);
        let value =
            json.as_ref().at(path).map_or_else(|| Ok(json!(value)), serde_json::to_value)?;
        map.insert(path.clone(), value);
    }
    Ok(map)
}

fn line(request: &Object) -> anyhow::Result<Map<String, Value>> {
    let family = family(input::required(request, "family")?)?;
    let event = family.event(input::required(request, "event")?)?;
    let typed = match request.get("typed") {
        None => Map::new(),
        Some(Value::Object(typed)) => typed.clone(),
        Some(_) => anyhow::bail!("typed is not an object"),
    };
    let payload = (family.encode)(event, typed).map_err(anyhow::Error::msg)?;
    let (content_type, body) = body_of(&payload);
    let fields = [("content_type", json!(content_type)), ("body", json!(body))];
    Ok(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
