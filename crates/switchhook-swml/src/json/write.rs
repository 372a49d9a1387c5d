//! Compact JSON.

use super::{Json, Object};

/// Appends a value.
pub(crate) fn write(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(number) => number.write(out),
        Json::Text(text) => write_text(text, out),
        Json::List(list) => {
            out.push('[');
            for (at, entry) in list.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(entry, out);
            }
            out.push(']');
        }
        Json::Object(object) => write_object(object, out),
    }
}

fn write_object(object: &Object, out: &mut String) {
    out.push('{');
    for (at, (name, value)) in object.entries.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_text(name, out);
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    loop {
        let plain = plain_length(rest.as_bytes());
        out.push_str(&rest[..plain]);
        let Some(byte) = rest.as_bytes().get(plain) else { break };
        rest = &rest[plain + 1..];
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                out.push_str("\\u00");
                out.push(hex(control >> 4));
                out.push(hex(control & 15));
            }
        }
    }
    out.push('"');
}

/// How many bytes need no escape.
fn plain_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(eight) = bytes[at..].first_chunk::<8>() {
        if may_need_escape(u64::from_le_bytes(*eight)) {
            break;
        }
        at += 8;
    }
    let rest = &bytes[at..];
    let special = |byte: &u8| matches!(byte, 0..b' ' | b'"' | b'\\');
    at + rest.iter().position(special).unwrap_or(rest.len())
}

/// Eight bytes at a time: a byte is below another, or equal to it, when subtracting borrows
/// into its high bit. May say yes too often, and never no.
fn may_need_escape(eight: u64) -> bool {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(ONES * u64::from(limit)) & !bytes;
    let equal = |byte: u8| below(eight ^ (ONES * u64::from(byte)), 1);
    (below(eight, b' ') | equal(b'"') | equal(b'\\')) & HIGH != 0
}

fn hex(nibble: u8) -> char {
    char::from(b"0123456789abcdef"[usize::from(nibble & 15)])
}

/// An upper bound for most documents: quotes, colons and commas counted, escapes not.
pub(crate) fn capacity(json: &Json) -> usize {
    match json {
        Json::Null | Json::Bool(_) => 6,
        Json::Number(_) => 10,
        Json::Text(text) => text.len() + 3,
        Json::List(list) => 3 + list.iter().map(capacity).sum::<usize>(),
        Json::Object(object) => {
            3 + object.iter().map(|(name, value)| name.len() + 4 + capacity(value)).sum::<usize>()
        }
    }
}
