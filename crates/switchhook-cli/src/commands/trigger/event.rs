//! One event.

use switchhook::EventInfo;

use super::{
    Args,
    payload::{Pairs, payload, sample, set},
    request::{Answer, Sealer, Sender, is_get, target},
};
use crate::{
    commands::say,
    exit::{Exit, unreachable, usage},
    families::{family, unknown},
};

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let family = family(args.family.as_deref().unwrap_or_default())?;
    let event = family.event(args.event.as_deref().unwrap_or_default())?;
    let payload = payload(event, &pairs(event, args)?);
    let url = args.public_url.as_deref().unwrap_or(args.to());
    let sealer = Sealer::new(&args.seal, family.provider)?;
    let mut request = sealer.seal(url, &payload, args.get || is_get(event))?;
    *request.uri_mut() = target(args.to(), &request)?;

    let sent = Sender::new(request.uri()).send(&request);
    let Answer { status, body, elapsed, .. } =
        sent.map_err(|error| unreachable(error.to_string()))?;
    let elapsed = elapsed.as_millis();
    say(format_args!("{status}  {} {}  {elapsed} ms", family.name, event.name))?;
    if !body.is_empty() {
        say(String::from_utf8_lossy(&body))?;
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
