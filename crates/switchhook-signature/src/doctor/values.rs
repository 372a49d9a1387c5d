//! What frameworks and proxies do to values, undone.

use super::{cover::Taken, paths::decoded};

/// The value before the change; `None` where it cannot have been changed so.
type Undo = fn(&[u8]) -> Option<Vec<u8>>;

/// Each change, undone in all values at once.
pub(super) const CHANGES: [(Taken, Undo); 8] = [
    (Taken::PlusRestored, plus_restored),
    (Taken::CarriageReturnsAdded, carriage_returns_added),
    (Taken::CarriageReturnsRemoved, carriage_returns_removed),
    (Taken::DecodedAgain, decoded_again),
    (Taken::EntitiesDecoded, entities_decoded),
    (Taken::LatinUndone, latin_undone),
    (Taken::Latin, latin),
    (Taken::NullAsEmpty, null_as_empty),
];

/// `+1555…` that was not escaped, and so became a blank.
fn plus_restored(value: &[u8]) -> Option<Vec<u8>> {
    match value {
        [b' ', digit, ..] if digit.is_ascii_digit() => {
            let mut value = value.to_vec();
            value[0] = b'+';
            Some(value)
        }
        _ => None,
    }
}

fn carriage_returns_added(value: &[u8]) -> Option<Vec<u8>> {
    if !value.contains(&b'\n') || value.contains(&b'\r') {
        return None;
    }
    let lines: Vec<&[u8]> = value.split(|byte| *byte == b'\n').collect();
    Some(lines.join(&b"\r\n"[..]))
}

fn carriage_returns_removed(value: &[u8]) -> Option<Vec<u8>> {
    let cut: Vec<u8> = value.iter().copied().filter(|byte| *byte != b'\r').collect();
    (cut.len() < value.len()).then_some(cut)
}

fn decoded_again(value: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(value).ok()?;
    let decoded = decoded(text);
    (decoded != text).then(|| decoded.into_bytes())
}

fn entities_decoded(value: &[u8]) -> Option<Vec<u8>> {
    const ENTITIES: [(&str, &str); 7] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#039;", "'"),
        // The last: `&amp;lt;` stands for `&lt;`.
        ("&amp;", "&"),
    ];
    let text = std::str::from_utf8(value).ok()?;
    let plain = ENTITIES.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c));
    (plain != text).then(|| plain.into_bytes())
}

/// UTF-8 that was read as Latin-1, or Latin-1 that was read as what it is: the bytes before.
fn latin_undone(value: &[u8]) -> Option<Vec<u8>> {
    if value.is_ascii() {
        return None;
    }
    let text = std::str::from_utf8(value).ok()?;
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// Bytes of Latin-1 as the UTF-8 that was signed.
fn latin(value: &[u8]) -> Option<Vec<u8>> {
    let text: String = value.iter().map(|byte| char::from(*byte)).collect();
    (!value.is_ascii()).then(|| text.into_bytes())
}

/// What some languages make of a value that is not there.
fn null_as_empty(value: &[u8]) -> Option<Vec<u8>> {
    matches!(value, b"null" | b"undefined" | b"None" | b"nil").then(Vec::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_undone() {
        let undone = |taken, value: &str| {
            let (_, undo) = CHANGES.iter().find(|(name, _)| *name == taken).unwrap();
            undo(value.as_bytes())
        };
        for (taken, changed, before) in [
            (Taken::PlusRestored, " 15550001", &b"+15550001"[..]),
            (Taken::CarriageReturnsAdded, "a\nb", b"a\r\nb"),
            (Taken::CarriageReturnsRemoved, "a\r\nb", b"a\nb"),
            (Taken::DecodedAgain, "a%2Bb", b"a+b"),
            (Taken::EntitiesDecoded, "&amp;lt;&#39;", b"&lt;'"),
            (Taken::LatinUndone, "\u{c3}\u{a9}", "\u{e9}".as_bytes()),
            (Taken::Latin, "\u{e9}", "\u{c3}\u{a9}".as_bytes()),
            (Taken::NullAsEmpty, "null", b""),
        ] {
            assert_eq!(undone(taken, changed).as_deref(), Some(before), "{taken:?}");
            assert_eq!(undone(taken, "plain"), None, "{taken:?}");
        }
    }
}
