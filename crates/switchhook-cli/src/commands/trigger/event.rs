//! One event.

use std::io::IsTerminal;

use switchhook::EventInfo;

use super::{
    Args,
    payload::{Pairs, payload, sample, set},
    request::{Answer, Sealer, Sender, is_get, target},
};
use crate::{
    commands::tell,
    exit::{Exit, unreachable, usage},
    families::{family, unknown},
    shown::lines,
};

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let family = family(args.family.as_deref().unwrap_or_default())?;
    let event = family.event(args.event.as_deref().unwrap_or_default())?;
    let payload = payload(event, &pairs(event, args)?)?;
    let url = args.public_url.as_deref().unwrap_or(args.to());
    let sealer = Sealer::new(&args.seal, family.provider)?;
    let mut request = sealer.seal(url, &payload, args.get || is_get(event))?;
    *request.uri_mut() = target(args.to(), &request)?;

    let sent = Sender::new(request.uri()).send(&request);
    let Answer { status, body, elapsed, .. } =
        sent.map_err(|error| unreachable(error.to_string()))?;
    let elapsed = elapsed.as_millis();
    tell(format_args!("{status}  {} {}  {elapsed} ms", family.name, event.name))?;
    if !body.is_empty() {
        tell(answer(&body, std::io::stdout().is_terminal()))?;
    }
    if args.seal.bad_signature {
        if status != 403 {
            eprintln!("the signature is bad: expected 403");
        }
        return Ok(if status == 403 { Exit::Ok } else { Exit::CheckFailed });
    }
    Ok(match status {
        200..=299 => Exit::Ok,
        403 => Exit::SignatureMismatch,
        _ => Exit::CheckFailed,
    })
}

/// What the receiver answered, as it is; a terminal gets nothing that steers it.
fn answer(body: &[u8], terminal: bool) -> String {
    let text = String::from_utf8_lossy(body);
    if !terminal {
        return text.into_owned();
    }
    lines(&text).map(|line| line.to_string()).collect::<Vec<_>>().join("\n")
}

/// The sample of the event with the caller's values.
fn pairs(event: &EventInfo, args: &Args) -> anyhow::Result<Pairs> {
    let mut pairs = sample(event);
    for (name, value) in &args.data {
        if !event.names(name) {
            let known = event.fields.iter().map(|field| field.wire);
            let why = unknown(&format!("parameter of {}", event.name), name, known);
            return Err(usage(format!("{why} (--extra adds any name)")));
        }
        set(&mut pairs, name, value);
    }
    pairs.extend(args.extra.iter().cloned());
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_steers_no_terminal() {
        let body = b"<Say>\x1b[2J</Say>\nb\xff";
        assert_eq!(answer(body, true), "<Say>\\u{1b}[2J</Say>\nb\u{fffd}");
        assert_eq!(answer(body, false), "<Say>\u{1b}[2J</Say>\nb\u{fffd}");
    }
}
