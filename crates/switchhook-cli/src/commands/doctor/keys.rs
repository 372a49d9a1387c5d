//! Is the key there, and is it one?

use switchhook::{Key, Keys};

use super::report::Report;
use crate::{provider::Provider, secrets::KeyArgs};

const NAME: &str = "key";

/// What a text that should be a key looks like. Nothing of it is ever repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    Well,
    Empty,
    /// Blanks, line ends or quotes around it.
    Wrapped,
    Placeholder,
    /// The id of an account or of a key.
    Id,
    /// SignalWire's API token.
    ApiToken,
    Short,
    Unusual,
}

/// The keys, where they can be used at all.
pub(super) fn check(report: &mut Report, args: &KeyArgs, provider: Provider) -> Option<Keys> {
    let source = args.source(provider);
    let secret = match args.secret(provider) {
        Ok(secret) => secret,
        Err(error) => {
            report.fail(NAME, format!("{error:#}"), where_to_find(provider));
            return None;
        }
    };
    let what = |text: &str| format!("{source} {text}");
    match looks(&secret, provider) {
        Looks::Well => report.ok(NAME, what("is set and looks like a key")),
        Looks::Unusual => report.warn(
            NAME,
            what("is set and looks unlike the keys of this provider"),
            where_to_find(provider),
        ),
        Looks::Short => {
            report.warn(NAME, what("is short for a secret"), where_to_find(provider));
        }
        Looks::Empty => report.fail(NAME, what("is empty"), where_to_find(provider)),
        Looks::Wrapped => report.fail(
            NAME,
            what("has blanks, line ends or quotes around it"),
            "take them away: they are signed as a part of the key",
        ),
        Looks::Placeholder => {
            report.fail(NAME, what("is a placeholder"), where_to_find(provider));
        }
        Looks::Id => report.fail(
            NAME,
            what("is the id of an account or of an API key, and no secret"),
            where_to_find(provider),
        ),
        Looks::ApiToken => {
            report.fail(
                NAME,
                what("is an API token, which signs nothing"),
                where_to_find(provider),
            );
        }
    }
    let key = Key::new(secret).ok()?;
    Some(key.with_algorithm(args.algorithm()).into())
}

fn where_to_find(provider: Provider) -> &'static str {
    match provider {
        Provider::Twilio => {
            "set it to the auth token of the account that owns the numbers or services, as the \
             console shows it"
        }
        Provider::SignalWire => {
            "set it to the project's signing key, which starts with PSK: the dashboard shows it \
             under API credentials"
        }
    }
}

fn looks(secret: &str, provider: Provider) -> Looks {
    let trimmed = secret.trim();
    if trimmed.is_empty() {
        return Looks::Empty;
    }
    let quoted =
        |quote| trimmed.len() > 1 && trimmed.starts_with(quote) && trimmed.ends_with(quote);
    if trimmed.len() < secret.len() || quoted('"') || quoted('\'') {
        return Looks::Wrapped;
    }
    let lower = secret.to_ascii_lowercase();
    let placeholder =
        ["your", "xxx", "changeme", "change_me", "replace", "example", "todo", "<", "${"];
    let same = secret.chars().all(|c| secret.starts_with(c));
    if same || placeholder.iter().any(|part| lower.contains(part)) {
        return Looks::Placeholder;
    }
    let hex = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id = ["AC", "SK"].iter().any(|prefix| secret.strip_prefix(prefix).is_some_and(hex));
    match provider {
        _ if id => Looks::Id,
        Provider::Twilio if hex(secret) && secret == lower => Looks::Well,
        Provider::SignalWire if secret.starts_with("PSK") && secret.len() >= 16 => Looks::Well,
        Provider::SignalWire if secret.starts_with("PT") => Looks::ApiToken,
        _ if secret.len() < 16 => Looks::Short,
        // Twilio's shared keys are any text.
        _ => Looks::Unusual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_from_what_stands_in_its_place() {
        let twilio = "0123456789abcdef0123456789abcdef";
        for (secret, provider, expected) in [
            (twilio, Provider::Twilio, Looks::Well),
            ("PSK_0123456789abcdef", Provider::SignalWire, Looks::Well),
            ("", Provider::Twilio, Looks::Empty),
            (" \n", Provider::Twilio, Looks::Empty),
            ("0123456789abcdef0123456789abcdef\n", Provider::Twilio, Looks::Wrapped),
            ("\"0123456789abcdef0123456789abcdef\"", Provider::Twilio, Looks::Wrapped),
            ("your_auth_token", Provider::Twilio, Looks::Placeholder),
            ("${TWILIO_AUTH_TOKEN}", Provider::Twilio, Looks::Placeholder),
            ("00000000000000000000000000000000", Provider::Twilio, Looks::Placeholder),
            ("AC0123456789abcdef0123456789abcdef", Provider::Twilio, Looks::Id),
            ("SK0123456789abcdef0123456789abcdef", Provider::Twilio, Looks::Id),
            ("abc", Provider::Twilio, Looks::Short),
            ("a shared key of some length", Provider::Twilio, Looks::Unusual),
            ("PT0123456789abcdef", Provider::SignalWire, Looks::ApiToken),
            (twilio, Provider::SignalWire, Looks::Unusual),
        ] {
            assert_eq!(looks(secret, provider), expected, "{secret:?}");
        }
    }
}
