//! Values and statements of handlers.

use std::{borrow::Cow, error::Error};

use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{Format, IsNull, ToSql, Type};

use crate::Value;

/// A value as PostgreSQL writes it, for a place of any type.
#[derive(Debug)]
pub(super) struct AsText<'a>(pub(super) &'a Value);

impl ToSql for AsText<'_> {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Value::Null => return Ok(IsNull::Yes),
            Value::Boolean(value) => out.put_slice(if *value { b"t" } else { b"f" }),
            Value::Integer(number) => out.put_slice(number.to_string().as_bytes()),
            Value::Real(number) => out.put_slice(number.to_string().as_bytes()),
            Value::Text(text) => out.put_slice(text.as_bytes()),
            Value::Bytes(bytes) => {
                out.reserve(2 + 2 * bytes.len());
                out.put_slice(br"\x");
                for byte in bytes {
                    let digit = |four: u8| b"0123456789abcdef"[usize::from(four)];
                    out.put_slice(&[digit(byte >> 4), digit(byte & 15)]);
                }
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    fn to_sql_checked(
        &self,
        place: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.to_sql(place, out)
    }
}

/// The text as the server can keep it: it knows no NUL.
pub(super) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a statement ends the transaction it is in, or changes the session for those that use
/// the connection later. A prepared statement is one command, so its first word tells.
pub(super) fn leaves_its_transaction(sql: &str) -> bool {
    const WORDS: [&str; 17] = [
        "abort",
        "begin",
        "close",
        "commit",
        "deallocate",
        "declare",
        "discard",
        "end",
        "listen",
        "load",
        "prepare",
        "release",
        "reset",
        "rollback",
        "savepoint",
        "set",
        "start",
    ];
    let rest = after_comments(sql);
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let word = rest[..end].to_ascii_lowercase();
    WORDS.contains(&word.as_str()) || word == "unlisten"
}

/// The text from its first word on: without white space, empty commands and comments, which
/// may be nested.
fn after_comments(mut sql: &str) -> &str {
    loop {
        sql = sql.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{b}' || c == ';');
        if sql.starts_with("--") {
            sql = sql.find(['\n', '\r']).map_or("", |end| &sql[end..]);
        } else if sql.starts_with("/*") {
            let (mut depth, mut at) = (0_usize, 0);
            while at < sql.len() {
                match sql.as_bytes().get(at..at + 2) {
                    Some(b"/*") => (depth, at) = (depth + 1, at + 2),
                    Some(b"*/") => (depth, at) = (depth - 1, at + 2),
                    _ => at += 1,
                }
                if depth == 0 {
                    break;
                }
            }
            sql = sql.get(at..).unwrap_or("");
        } else {
            return sql;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_the_server_reads_them() {
        for (value, expected) in [
            (Value::Boolean(true), "t"),
            (Value::Boolean(false), "f"),
            (Value::Integer(i64::MIN), "-9223372036854775808"),
            (Value::Real(2.0), "2"),
            (Value::Real(0.1), "0.1"),
            (Value::Real(f64::NAN), "NaN"),
            (Value::Real(f64::NEG_INFINITY), "-inf"),
            (Value::Text("é".into()), "é"),
            (Value::Bytes(vec![0, 0x7f, 0xff]), r"\x007fff"),
        ] {
            let mut out = BytesMut::new();
            assert!(matches!(AsText(&value).to_sql(&Type::TEXT, &mut out), Ok(IsNull::No)));
            assert_eq!(out, expected.as_bytes());
        }
        let null = AsText(&Value::Null).to_sql(&Type::TEXT, &mut BytesMut::new());
        assert!(matches!(null, Ok(IsNull::Yes)));
    }

    #[test]
    fn the_first_word_of_a_statement_counts() {
        for sql in [
            "commit",
            " COMMIT;",
            ";;Rollback",
            "-- a note\ncommit",
            "/* a /* nested */ note */ end",
            "/**/set search_path = x",
            "unlisten *",
            "prepare transaction 'x'",
        ] {
            assert!(leaves_its_transaction(sql), "{sql}");
        }
        for sql in [
            "",
            "/* never closed",
            "--",
            "/",
            "insert into commits values (1)",
            "with x as (select 1) select 1",
            "settle",
            "(select 1)",
            "/* commit */ select 1",
            "/*é*/ select 1",
        ] {
            assert!(!leaves_its_transaction(sql), "{sql}");
        }
    }

    #[test]
    fn a_nul_is_replaced() {
        assert_eq!(without_nul("a\0b"), "a\u{fffd}b");
        assert!(matches!(without_nul("ab"), Cow::Borrowed("ab")));
    }
}
