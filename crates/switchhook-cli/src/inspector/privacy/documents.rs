//! Documents of the application's own, in which something of a delivery may stand.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{FEWEST_PRIVATE_DIGITS, VEIL, veil};

/// A document with dots in the places of these spellings, of addresses, and of runs of digits that
/// may be somebody's number.
pub(super) fn without(document: &str, private: &[String]) -> String {
    let mut text = document.to_owned();
    for private in private {
        if text.contains(private.as_str()) {
            text = text.replace(private.as_str(), &veil(private));
        }
    }
    without_addresses(&without_numbers(&text))
}

/// Fewer characters say nothing, and are everywhere.
const FEWEST_PRIVATE_CHARACTERS: usize = 4;

/// How a document spells these values, line by line: as they are, and as XML and JSON write them.
/// The longest come first.
pub(crate) fn spellings(values: &[String], document: &str) -> Vec<String> {
    let (resolved, places) = resolved(document);
    let pieces = values.iter().flat_map(|value| value.lines()).map(str::trim);
    let pieces: BTreeSet<&str> =
        pieces.filter(|piece| piece.chars().count() >= FEWEST_PRIVATE_CHARACTERS).collect();
    let mut found = BTreeSet::new();
    for piece in pieces {
        let json = Value::from(piece).to_string();
        for spelling in [piece, &json[1..json.len() - 1]] {
            if document.contains(spelling) {
                found.insert(spelling.to_owned());
            }
        }
        for (at, _) in resolved.match_indices(piece) {
            found.insert(document[places[at]..places[at + piece.len()]].to_owned());
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
    found
}

/// XML with its references resolved, and where each byte of that begins in the document.
fn resolved(document: &str) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(document.len());
    let mut places = Vec::with_capacity(document.len() + 1);
    let mut at = 0;
    while let Some(character) = document[at..].chars().next() {
        let (character, length) =
            reference(&document[at..]).unwrap_or((character, character.len_utf8()));
        text.push(character);
        places.resize(text.len(), at);
        at += length;
    }
    places.push(at);
    (text, places)
}

/// The character that a reference stands for at the beginning of a text, and how long it is.
fn reference(text: &str) -> Option<(char, usize)> {
    let name = text.strip_prefix('&')?;
    // None is longer.
    let end = name.bytes().take(10).position(|byte| byte == b';')?;
    let name = &name[..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, end + 2))
}

/// Hides runs of seven digits and more, blanks and signs as in numbers between them.
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let is_part = |c: char| c.is_ascii_digit() || " +-().".contains(c);
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let run = &rest[..end];
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        // In a SID the digits stand among letters.
        let inside = out.bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric())
            || rest[end..].bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
        if digits >= FEWEST_PRIVATE_DIGITS && !inside {
            out.push_str(VEIL);
        } else {
            out.push_str(run);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Hides what has an `@` in it.
fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let ends = |c: char| c.is_whitespace() || "<>\"'&;,()".contains(c);
    for word in text.split_inclusive(ends) {
        let end = word.rfind(ends).unwrap_or(word.len());
        let (word, end) = word.split_at(end);
        out.push_str(if word.contains('@') { VEIL } else { word });
        out.push_str(end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspector::privacy::Privacy;

    #[test]
    fn documents_lose_numbers_and_addresses_and_what_was_hidden() {
        let privacy = Privacy::new(false, None);
        let text = "<Say>Hello Ann, write to a.b@example.com</Say><Dial timeout=\"20\">+1 (555) 000-1111</Dial>\
            <Play>/CA77000000000000000000000000000001.mp3</Play>";
        let shown = privacy.prose(text, &["Hello Ann".to_owned()]);
        assert_eq!(
            shown,
            "<Say>•••••••••, write to ••••••••••••</Say><Dial timeout=\"20\">••••••••••••</Dial>\
             <Play>/CA77000000000000000000000000000001.mp3</Play>"
        );
        assert_eq!(Privacy::new(true, None).prose(text, &[]), text);
    }

    #[test]
    fn what_was_hidden_is_found_in_each_spelling() {
        let values = ["Tom & Jerry are ill", "a \"b\"\nsecond line", "abc", "5 < 6 'x'"];
        let values = values.map(str::to_owned);
        for (document, shown) in [
            ("<Say>Tom &amp; Jerry are ill</Say>", "<Say>••••••••••••</Say>"),
            ("<Say>Tom &#x26; Jerry are ill</Say>", "<Say>••••••••••••</Say>"),
            (
                "<Say a='a &quot;b&#34;&#10;second line'/>",
                "<Say a='••••••••••••&#10;•••••••••••'/>",
            ),
            ("a \"b\"", "•••••"),
            (
                r#"{"x":"a \"b\"\nsecond line","y":"abc"}"#,
                r#"{"x":"•••••••\n•••••••••••","y":"abc"}"#,
            ),
            ("5 &lt; 6 &apos;x&#39; & &unknown; &#xD800;", "•••••••••••• & &unknown; &#xD800;"),
        ] {
            let found = spellings(&values, document);
            assert_eq!(Privacy::new(false, None).prose(document, &found), shown);
        }
    }
}
