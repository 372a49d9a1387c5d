//! A strict JSON reader that bounds what it takes.
//!
//! `serde_json` is the oracle of the tests; it is not the reader, because it makes floats of
//! numbers that they do not hold.

use std::borrow::Cow;

use super::{Json, Number, Object};
use crate::{
    Limits, ReadError,
    ReadErrorKind::{self, NotJson},
};

pub(crate) fn parse(bytes: &[u8], limits: &Limits) -> Result<Json, ReadError> {
    limits.check_bytes(bytes.len())?;
    // A byte order mark is not JSON, yet editors write it.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ReadError::new(ReadErrorKind::NotUtf8, error.valid_up_to()))?;
    let mut reader = Reader { text, at: 0, nodes: limits.nodes, depth: limits.depth };
    reader.blanks();
    let json = reader.value()?;
    reader.blanks();
    if reader.at == text.len() { Ok(json) } else { Err(reader.fault(NotJson)) }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// How many more values, and levels, may come.
    nodes: usize,
    depth: usize,
}

impl Reader<'_> {
    fn fault(&self, kind: ReadErrorKind) -> ReadError {
        ReadError::new(kind, self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), ReadError> {
        if self.peek() != Some(byte) {
            return Err(self.fault(NotJson));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self) -> Result<Json, ReadError> {
        self.nodes = self.nodes.checked_sub(1).ok_or(self.fault(ReadErrorKind::TooManyNodes))?;
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => Ok(Json::Text(Cow::Owned(self.string()?))),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    fn nested(
        &mut self,
        inside: fn(&mut Self) -> Result<Json, ReadError>,
    ) -> Result<Json, ReadError> {
        self.depth = self.depth.checked_sub(1).ok_or(self.fault(ReadErrorKind::TooDeep))?;
        self.at += 1;
        self.blanks();
        let json = inside(self)?;
        self.depth += 1;
        Ok(json)
    }

    fn object(&mut self) -> Result<Json, ReadError> {
        let mut object = Object::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(object));
        }
        loop {
            let name = self.string()?;
            self.blanks();
            self.expect(b':')?;
            self.blanks();
            object.push(Cow::Owned(name), self.value()?);
            if self.ends(b'}')? {
                return Ok(Json::Object(object));
            }
        }
    }

    fn list(&mut self) -> Result<Json, ReadError> {
        let mut list = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::List(list));
        }
        loop {
            list.push(self.value()?);
            if self.ends(b']')? {
                return Ok(Json::List(list));
            }
        }
    }

    /// After an entry: whether that was the last.
    fn ends(&mut self, end: u8) -> Result<bool, ReadError> {
        self.blanks();
        if self.peek() == Some(end) {
            self.at += 1;
            return Ok(true);
        }
        self.expect(b',')?;
        self.blanks();
        Ok(false)
    }

    fn word(&mut self) -> Result<Json, ReadError> {
        let words = [("null", Json::Null), ("true", true.into()), ("false", false.into())];
        for (word, json) in words {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(json);
            }
        }
        Err(self.fault(NotJson))
    }

    fn number(&mut self) -> Result<Json, ReadError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Json::Number(Number::spelled(&self.text[start..self.at])))
    }

    fn digits(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.fault(NotJson)) } else { Ok(()) }
    }

    fn string(&mut self) -> Result<String, ReadError> {
        self.expect(b'"')?;
        let mut whole = String::new();
        loop {
            let start = self.at;
            while let Some(byte) = self.peek() {
                if byte < b' ' || byte == b'"' || byte == b'\\' {
                    break;
                }
                self.at += 1;
            }
            whole.push_str(&self.text[start..self.at]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(whole);
                }
                Some(b'\\') => {
                    self.at += 1;
                    let escaped = self.escape()?;
                    whole.push(escaped);
                }
                _ => return Err(self.fault(NotJson)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ReadError> {
        let escaped = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(self.fault(NotJson)),
        };
        self.at += 1;
        Ok(escaped)
    }

    /// `\u`, and a second one where the first is half a character.
    fn unicode(&mut self) -> Result<char, ReadError> {
        let first = self.hex()?;
        let code = if (0xD800..0xDC00).contains(&first) {
            self.expect(b'\\')?;
            self.expect(b'u')?;
            let second = self.hex()?;
            if !(0xDC00..0xE000).contains(&second) {
                return Err(self.fault(NotJson));
            }
            0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        } else {
            first
        };
        char::from_u32(code).ok_or(self.fault(NotJson))
    }

    fn hex(&mut self) -> Result<u32, ReadError> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let code = code.ok_or(self.fault(NotJson))?;
        self.at += 4;
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, ReadErrorKind> {
        parse(text.as_bytes(), &Limits::default())
            .map(|json| json.to_string())
            .map_err(|error| error.kind())
    }

    #[test]
    fn what_goes_in_comes_out() {
        for text in [
            r#"{"b":1,"a":[true,false,null],"":{"x":[]}}"#,
            r#"{"a":1,"a":2}"#,
            "[-0,1.50,1e400,123456789012345678901234567890]",
            "\"\\\"\\\\\\n\\u0001\u{7f}é\u{2028}\"",
        ] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
        assert_eq!(read(r#" "\u00e9\ud83d\ude00\/\b\f" "#).unwrap(), "\"é😀/\\u0008\\u000c\"");
    }

    #[test]
    fn takes_what_serde_json_takes() {
        for text in [
            "",
            " ",
            "nul",
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "[1,]",
            "[,1]",
            "{\"a\"}",
            "{a:1}",
            "{\"a\":1,}",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "\"\t\"",
            "\"open",
            "[1 2]",
            "1 2",
            "[",
            "}",
            "truefalse",
            "'a'",
            "NaN",
            "\u{feff}",
            "[\"a\\u0000\"]",
            "1E+5",
            "-1.5e-3",
            "{\"a\":{\"b\":[{}]}}",
            "\u{a0}1",
        ] {
            let ours = read(text).is_ok();
            assert_eq!(ours, serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn takes_no_more_than_the_limits_say() {
        let bomb = "[".repeat(100_000);
        assert_eq!(read(&bomb), Err(ReadErrorKind::TooDeep));
        assert_eq!(read(&format!("[{}0]", "0,".repeat(100_000))), Err(ReadErrorKind::TooManyNodes));
        assert_eq!(read(&" ".repeat(5_000_000)), Err(ReadErrorKind::TooLarge));
        let deep = format!("{}{}", "[".repeat(64), "]".repeat(64));
        assert_eq!(read(&deep).unwrap(), deep);
    }
}
