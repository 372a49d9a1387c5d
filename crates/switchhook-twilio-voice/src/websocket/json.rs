//! JSON as text: walked without a tree, each value as the text that it has.

use std::{borrow::Cow, fmt};

use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
pub(crate) use switchhook_core::__private::write_text;

/// Calls `entry` with each key of the object `json` and the text of its value. `false`,
/// perhaps after some calls, when the text is not one JSON object.
pub(crate) fn entries<'a>(json: &'a str, entry: impl FnMut(Cow<'a, str>, &'a str)) -> bool {
    let mut reader = serde_json::Deserializer::from_str(json);
    reader.deserialize_map(Entries(entry)).is_ok() && reader.end().is_ok()
}

/// Calls `element` with the text of each element of the list `json`. `false` when the text is
/// not one JSON list.
pub(crate) fn elements<'a>(json: &'a str, element: impl FnMut(&'a str)) -> bool {
    let mut reader = serde_json::Deserializer::from_str(json);
    reader.deserialize_seq(Elements(element)).is_ok() && reader.end().is_ok()
}

/// The text of a JSON text, number or truth value. `None` for anything else, and for a text
/// that escapes half a character.
pub(crate) fn scalar(json: &str) -> Option<Cow<'_, str>> {
    match json.as_bytes().first()? {
        b'"' => {
            let inner = json.strip_prefix('"')?.strip_suffix('"')?;
            if inner.as_bytes().contains(&b'\\') {
                serde_json::from_str(json).ok().map(Cow::Owned)
            } else {
                Some(Cow::Borrowed(inner))
            }
        }
        b'{' | b'[' | b'n' => None,
        _ => Some(Cow::Borrowed(json)),
    }
}

/// Whether more than `limit` objects and lists are inside each other, of text that need not
/// be JSON yet.
pub(crate) fn is_deeper(json: &str, limit: usize) -> bool {
    // Counting alone tells it of nearly every message, many bytes at a time: the counts of
    // 255 bytes fit into one.
    let opens = |byte: &u8| u8::from(matches!(byte, b'{' | b'['));
    let count = |chunk: &[u8]| usize::from(chunk.iter().map(opens).sum::<u8>());
    let opened: usize = json.as_bytes().chunks(255).map(count).sum();
    opened > limit && deepest(json) > limit
}

fn deepest(json: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut bytes = json.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'"' => break,
                        b'\\' => _ = bytes.next(),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    deepest
}

struct Entries<F>(F);

impl<'a, F: FnMut(Cow<'a, str>, &'a str)> Visitor<'a> for Entries<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            let value: &'a RawValue = map.next_value()?;
            (self.0)(key, value.get());
        }
        Ok(())
    }
}

struct Elements<F>(F);

impl<'a, F: FnMut(&'a str)> Visitor<'a> for Elements<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<&'a RawValue>()? {
            (self.0)(value.get());
        }
        Ok(())
    }
}

/// A key, borrowed where it has no escapes; serde's own `Cow` is always a copy.
struct Key;

impl<'a> DeserializeSeed<'a> for Key {
    type Value = Cow<'a, str>;

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<Cow<'a, str>, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'a> Visitor<'a> for Key {
    type Value = Cow<'a, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Cow<'a, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'a, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_keys_and_texts_of_values() {
        let mut seen = Vec::new();
        let json = r#" {"a" : [1, {"b":2}] ,"\u0063":"x\"y", "a":null} "#;
        assert!(entries(json, |key, value| seen.push((key, value))));
        let seen: Vec<_> = seen.iter().map(|(key, value)| (key.as_ref(), *value)).collect();
        assert_eq!(seen, [("a", r#"[1, {"b":2}]"#), ("c", r#""x\"y""#), ("a", "null")]);
        for json in ["", "[]", "1", "{", "{}x", r#"{"a":}"#, r#"{"a":1,}"#, "{1:2}", "\u{feff}{}"] {
            assert!(!entries(json, |_, _| ()), "{json}");
        }
        let mut count = 0;
        assert!(elements("[1,[2,3],{}]", |_| count += 1));
        assert_eq!(count, 3);
        assert!(!elements("{}", |_| ()));
    }

    #[test]
    fn scalars_are_text() {
        for (json, text) in [
            (r#""a b""#, Some("a b")),
            (r#""a\/\u00e9\n""#, Some("a/é\n")),
            (r#""""#, Some("")),
            ("12.50", Some("12.50")),
            ("true", Some("true")),
            ("null", None),
            ("{}", None),
            ("[]", None),
            (r#""\ud800""#, None),
            ("", None),
        ] {
            assert_eq!(scalar(json).as_deref(), text, "{json}");
        }
    }

    #[test]
    fn texts_are_written_as_json() {
        let every: String = ('\0'..='\u{ff}').chain(['\u{2028}', '😀']).collect();
        let mut out = String::new();
        write_text(&mut out, &every);
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), every);
    }

    #[test]
    fn depth_is_counted_outside_of_texts() {
        for (json, depth) in [
            ("1", 0),
            (r#"{"a":[{}]}"#, 3),
            (r#"["[[[[\"[[", {}]"#, 2),
            ("]]]][", 1),
            (r#"["\"#, 1),
        ] {
            assert_eq!(deepest(json), depth, "{json}");
        }
        let deep = "[".repeat(1000);
        assert!(is_deeper(&deep, 999) && !is_deeper(&deep, 1000));
        assert!(!is_deeper(&format!("\"{deep}\""), 1));
    }
}
