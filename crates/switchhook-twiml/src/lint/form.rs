//! Forms of values that a list or a range does not describe. The table names them.
#![allow(non_upper_case_globals, reason = "they read as words in the rows of the table")]

use crate::grammar::Check;

pub(crate) const tones: Check = Check {
    form: "tones: 0-9, A-D, *, # and w",
    holds: |text| {
        text.bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'D' | b'*' | b'#' | b'w' | b'W' | b','))
    },
};

pub(crate) const keys: Check =
    Check { form: "keys: 0-9, * and #", holds: |text| text.bytes().all(is_key) };

pub(crate) const key: Check = Check {
    form: "one key of 0-9, * and #, or empty",
    holds: |text| text.len() <= 1 && text.bytes().all(is_key),
};

pub(crate) const pause: Check = Check {
    form: "a number and s or ms, up to ten seconds",
    holds: |text| {
        let (number, most) = match text.strip_suffix("ms") {
            Some(number) => (number, 10_000.0),
            None => (text.strip_suffix('s').unwrap_or(""), 10.0),
        };
        number.parse().is_ok_and(|number: f64| (0.0..=most).contains(&number))
    },
};

pub(crate) const json: Check = Check {
    form: "JSON",
    holds: |text| serde_json::from_str::<serde_core::de::IgnoredAny>(text).is_ok(),
};

pub(crate) const phone: Check = Check { form: "a phone number", holds: is_phone };

pub(crate) const caller: Check =
    Check { form: "a caller ID", holds: |text| !text.trim().is_empty() };

pub(crate) const date: Check = Check {
    form: "a version of the API",
    holds: |text| matches!(text, "2008-08-01" | "2010-04-01"),
};

pub(crate) const stream_codec: Check = Check {
    form: "PCMU@8000h, L16@16000h or L16@24000h",
    holds: |text| matches!(text, "PCMU@8000h" | "L16@16000h" | "L16@24000h"),
};

pub(crate) const sip_codecs: Check = Check {
    form: "codecs of PCMU, PCMA, G722, G729 and OPUS",
    holds: |text| {
        let known =
            |codec: &str| matches!(codec.trim(), "PCMU" | "PCMA" | "G722" | "G729" | "OPUS");
        text.split(',').all(known)
    },
};

fn is_key(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'*' | b'#')
}

/// Lenient: digits with the marks that people put between them, or an address with a
/// scheme such as `sip:`, `client:` or `whatsapp:`.
pub(crate) fn is_phone(text: &str) -> bool {
    let text = text.trim();
    if text.contains(':') {
        return !text.contains(char::is_whitespace);
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marks =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '(' | ')' | ' ' | '*' | '#');
    digits > 0 && text.chars().all(marks)
}
