//! Compact JSON.

use switchhook_core::__private::write_text;

use super::{Json, Object};

/// Appends a value.
pub(crate) fn write(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(number) => number.write(out),
        Json::Text(text) => write_text(out, text),
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
        write_text(out, name);
        out.push(':');
        write(value, out);
    }
    out.push('}');
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
