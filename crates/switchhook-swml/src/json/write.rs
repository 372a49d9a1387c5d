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
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[from..at]);
        from = at + 1;
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
    out.push_str(&text[from..]);
    out.push('"');
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
