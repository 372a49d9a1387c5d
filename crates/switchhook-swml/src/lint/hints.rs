//! What to write instead.

use crate::{
    Json,
    grammar::{FieldInfo, Kind, MethodInfo, ObjectInfo, StepSet, method, methods},
};

/// Names that people and models write, and what the platform has: type, name, instead.
/// A type of `*` stands for all.
const FIELDS: &[(&str, &str, &str)] = &[
    ("Prompt", "say", "\"play\": \"say:TEXT\""),
    ("Prompt", "text", "\"play\": \"say:TEXT\""),
    ("Prompt", "url", "\"play\": URL"),
    ("Prompt", "urls", "\"play\": [...]"),
    ("Prompt", "timeout", "\"initial_timeout\": SECONDS"),
    ("Play", "say", "\"url\": \"say:TEXT\""),
    ("Play", "text", "\"url\": \"say:TEXT\""),
    ("Connect", "caller_id", "\"from\": NUMBER"),
    ("Connect", "whisper", "\"confirm\": [{\"play\": {\"url\": \"say:TEXT\"}}]"),
    ("Ai", "functions", "\"SWAIG\": {\"functions\": [...]}"),
    ("Ai", "swaig", "\"SWAIG\": {...}"),
    ("Ai", "voice", "\"languages\": [{\"name\": ..., \"code\": ..., \"voice\": ...}]"),
    ("Ai", "language", "\"languages\": [{\"name\": ..., \"code\": ..., \"voice\": ...}]"),
    ("Ai", "post_prompt_auth_user", "\"post_prompt_url\": \"https://USER:PASSWORD@HOST/...\""),
    ("Ai", "post_prompt_auth_password", "\"post_prompt_url\": \"https://USER:PASSWORD@HOST/...\""),
    ("Function", "name", "\"function\": NAME"),
    ("Function", "web_hook", "\"web_hook_url\": URL"),
    ("Function", "webhook", "\"web_hook_url\": URL"),
    ("SendSms", "to", "\"to_number\": NUMBER"),
    ("SendSms", "from", "\"from_number\": NUMBER"),
    ("Request", "save", "\"save_variables\": true"),
    ("*", "on_success", "a step after it: \"cond\" or \"switch\" on its result variable"),
    ("*", "on_failure", "a step after it: \"cond\" or \"switch\" on its result variable"),
];

/// The same for methods.
const METHODS: &[(&str, &str)] = &[
    ("say", "{\"play\": {\"url\": \"say:TEXT\"}}"),
    ("pause", "{\"sleep\": MILLISECONDS}"),
    ("wait", "{\"sleep\": MILLISECONDS}"),
    ("silence", "{\"play\": {\"url\": \"silence:SECONDS\"}}"),
    ("ring", "{\"play\": {\"url\": \"ring:SECONDS:us\"}}"),
    ("gather", "{\"prompt\": {\"play\": ...}}"),
    ("dial", "{\"connect\": {\"to\": ...}}"),
    ("reject", "{\"hangup\": {\"reason\": \"decline\"}}"),
    ("redirect", "{\"transfer\": {\"dest\": ...}}"),
    ("conference", "{\"join_conference\": {\"name\": ...}}"),
    ("stop_transcribe", "{\"transcribe_stop\": {}}"),
    ("if", "{\"cond\": [{\"when\": ..., \"then\": [...]}]}"),
];

pub(super) fn document() -> String {
    "{\"version\": \"1.0.0\", \"sections\": {\"main\": [...]}}".to_owned()
}

pub(super) fn top_level(name: &str) -> String {
    match name {
        "main" => "\"sections\": {\"main\": [...]}".to_owned(),
        _ => "nothing: \"version\" and \"sections\" are all".to_owned(),
    }
}

/// A step that is a text: the method without its object.
pub(super) fn bare_step(set: StepSet, json: &Json) -> Option<String> {
    let name = json.as_str()?;
    let known = methods(set).find(|method| method.name == name)?;
    Some(format!("{{\"{}\": {{}}}}", known.name))
}

pub(super) fn beside(set: StepSet, name: &str, beside: &str) -> String {
    let known = |name: &str| method(set, name).is_some();
    match beside {
        _ if known(beside) => "a step of its own for each method".to_owned(),
        "on_success" | "on_failure" if known(name) => {
            format!("a step after it: \"cond\" or \"switch\" on \"{name}_result\"")
        }
        "on_success" | "on_failure" => {
            "a step after it: \"cond\" or \"switch\" on its result".to_owned()
        }
        _ => "nothing: a step is an object with one method".to_owned(),
    }
}

pub(super) fn argument(info: &MethodInfo, argument: &Json) -> Option<String> {
    let name = info.name;
    let written = match (name, argument) {
        ("play", Json::Text(_)) => "{\"play\": {\"url\": ...}}",
        ("prompt", Json::Text(_)) => "{\"prompt\": {\"play\": ...}}",
        ("ai", Json::Text(_)) => "{\"ai\": {\"prompt\": {\"text\": ...}}}",
        ("cond", Json::Object(_)) => {
            "{\"cond\": [{\"when\": ..., \"then\": [...]}, {\"else\": [...]}]}"
        }
        ("label", Json::Object(_)) => "{\"label\": NAME}",
        _ => match (info.argument, argument) {
            (Kind::Object(object), _) => {
                let required = object().fields().iter().filter(|field| field.is_required());
                let required: Vec<_> = required.map(example).collect();
                return Some(format!("{{\"{name}\": {{{}}}}}", required.join(", ")));
            }
            _ => return None,
        },
    };
    Some(written.to_owned())
}

pub(super) fn stranger(set: StepSet, name: &str) -> Option<String> {
    match METHODS.iter().find(|(wrong, _)| *wrong == name) {
        Some((_, instead)) if set == StepSet::Calling => Some((*instead).to_owned()),
        _ => nearest(name, methods(set).map(|method| method.name)),
    }
}

pub(super) fn unknown_field(info: &ObjectInfo, name: &str) -> Option<String> {
    let known =
        FIELDS.iter().find(|(of, wrong, _)| *wrong == name && (*of == "*" || *of == info.name()));
    match known {
        Some((_, _, instead)) => Some((*instead).to_owned()),
        None => nearest(name, info.fields().iter().map(|field| field.name)),
    }
}

/// A prompt of an agent that is a text alone.
pub(super) fn field(field: &FieldInfo, value: &Json) -> Option<String> {
    let is_prompt = matches!(field.name, "prompt" | "post_prompt");
    (is_prompt && value.as_str().is_some())
        .then(|| format!("\"{}\": {{\"text\": ...}}", field.name))
}

/// A field as it may be written.
pub(super) fn example(field: &FieldInfo) -> String {
    let value = match field.kind {
        Kind::Text => "\"...\"",
        Kind::List(_) | Kind::Steps(_) => "[...]",
        Kind::Map(_) | Kind::Object(_) => "{...}",
        Kind::One(list) if list.values().len() == 1 => {
            return format!("\"{}\": {list}", field.name);
        }
        _ => "...",
    };
    format!("\"{}\": {value}", field.name)
}

/// A value whose type is all that is wrong with it.
pub(super) fn value(kind: &Kind, json: &Json) -> Option<String> {
    let takes = |json: Json| kind.fits(&json);
    match json {
        Json::Number(_) if takes(Json::from("1")) => Some("the same in quotes".to_owned()),
        Json::Text(text) if matches!(&**text, "true" | "false") && takes(Json::from(true)) => {
            Some(format!("{text} without quotes"))
        }
        Json::Text(text) if text.parse::<f64>().is_ok() && takes(Json::from(1)) => {
            Some("the same without quotes".to_owned())
        }
        Json::Text(text) => {
            closed_values(kind).and_then(|values| nearest(text, values.iter().copied()))
        }
        Json::Bool(flag) if takes(Json::from(if *flag { "true" } else { "false" })) => {
            Some(format!("\"{flag}\" in quotes"))
        }
        Json::Object(_) | Json::List(_) | Json::Bool(_) | Json::Null | Json::Number(_) => None,
    }
    .or_else(|| sound(kind, json))
}

fn sound(kind: &Kind, json: &Json) -> Option<String> {
    let has_sound = matches!(kind, Kind::Sound)
        || matches!(kind, Kind::Either(kinds) if kinds.iter().any(|kind| matches!(kind, Kind::Sound | Kind::Either([Kind::Sound, ..]))));
    match json {
        Json::Text(text) if has_sound && text.contains('\n') => Some("one line".to_owned()),
        Json::Text(_) if has_sound => Some(
            "a http or https URL, \"say:TEXT\", \"silence:SECONDS\" or \"ring:SECONDS:us\""
                .to_owned(),
        ),
        _ => None,
    }
}

fn closed_values(kind: &Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::One(list) => Some(list.values()),
        Kind::Either(kinds) => kinds.iter().find_map(closed_values),
        _ => None,
    }
}

/// The known name that somebody meant: other case, other marks, one letter off.
pub(super) fn nearest<'n>(given: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    if given.len() > 60 {
        return None;
    }
    let given = plain(given);
    let near = |name: &&str| {
        let name = plain(name);
        name == given || is_one_off(&name, &given)
    };
    known
        .filter(|name| crate::path::shown(name) == *name)
        .find(near)
        .map(|name| format!("\"{name}\""))
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether one letter is missing, too many or another. Short names are too alike for that.
fn is_one_off(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let front = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    let back = short.bytes().rev().zip(long.bytes().rev()).take_while(|(a, b)| a == b).count();
    front + back + 1 >= long.len()
}

pub(super) fn is_http(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}
