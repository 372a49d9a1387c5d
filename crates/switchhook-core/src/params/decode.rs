//! The decoder: one pass, eight bytes a step where nothing needs decoding.

use super::{ParamsError, Span};

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The value of each hexadecimal digit, 0xff for any other byte.
static HEX: [u8; 256] = {
    let mut table = [0xff; 256];
    let mut digit = 0;
    while digit < 10 {
        table[b'0' as usize + digit as usize] = digit;
        digit += 1;
    }
    while digit < 16 {
        table[b'a' as usize + digit as usize - 10] = digit;
        table[b'A' as usize + digit as usize - 10] = digit;
        digit += 1;
    }
    table
};

/// A form, decoded.
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    pub(super) spans: Vec<Span>,
    /// Whether all of the bytes are ASCII.
    pub(super) is_ascii: bool,
}

/// Decodes `form` into one buffer and the spans of its pairs. Empty pairs (`&&`) are skipped,
/// only the first `=` separates, an escape that is not valid stays as it is.
///
/// The caller has checked that `form` is shorter than 4 GiB, so positions fit into `u32`.
pub(super) fn decode(form: &[u8], most: usize) -> Result<Decoded, ParamsError> {
    // Decoded, a form is never longer. Not `vec![0; …]`, whose `calloc` takes the long way
    // past the blocks that were freed just now.
    let mut bytes = form.to_vec();
    let mut spans = Vec::with_capacity((form.len() / 16 + 8).min(most));
    let mut text = Text { form, free: &mut bytes, seen: 0 };

    #[expect(clippy::cast_possible_truncation, reason = "the caller checked the length")]
    let position = |text: &Text<'_>| (form.len() - text.free.len()) as u32;
    loop {
        let start = position(&text);
        let mut end = text.copy(Part::Name);
        let value = position(&text);
        let has_value = end == End::Equals;
        if has_value {
            end = text.copy(Part::Value);
        }
        let span = Span { start, value, end: position(&text) };
        if has_value || span.start < span.end {
            if spans.len() == most {
                return Err(ParamsError::TooMany { limit: most });
            }
            spans.push(span);
        }
        if end == End::Form {
            let is_ascii = text.seen.is_ascii();
            bytes.truncate(span.end as usize);
            return Ok(Decoded { bytes, spans, is_ascii });
        }
    }
}

/// What is left to decode, and what is left of the room for it, which is never less.
struct Text<'a> {
    form: &'a [u8],
    free: &'a mut [u8],
    /// The bits of all bytes that were put one by one, as every one beyond ASCII is.
    seen: u8,
}

/// A half of a pair: an `=` ends the name, and is a part of the value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Value,
}

/// What a half of a pair ended at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Equals,
    Ampersand,
    Form,
}

impl Text<'_> {
    /// Decodes one half of a pair, and takes what ends it.
    #[expect(clippy::inline_always, reason = "its two calls keep the state in registers")]
    #[inline(always)]
    fn copy(&mut self, part: Part) -> End {
        loop {
            self.copy_plain();
            let Some((&byte, rest)) = self.form.split_first() else { return End::Form };
            self.form = rest;
            match byte {
                b'&' => return End::Ampersand,
                b'=' if part == Part::Name => return End::Equals,
                b'+' => self.put(b' '),
                b'%' => match escape(rest) {
                    Some(byte) => {
                        self.put(byte);
                        self.form = &rest[2..];
                    }
                    None => self.put(b'%'),
                },
                plain => self.put(plain),
            }
        }
    }

    /// Copies what needs no decoding, a word at a time, up to the next special byte or the
    /// last few.
    #[inline]
    fn copy_plain(&mut self) {
        while let Some(word) = self.form.first_chunk::<8>()
            && let Some(free) = self.free.first_chunk_mut::<8>()
        {
            // The whole word, though the next one may go over a part of it.
            *free = *word;
            let marks = special_bytes(u64::from_le_bytes(*word));
            if marks != 0 {
                return self.pass((marks.trailing_zeros() / 8) as usize);
            }
            self.pass(8);
        }
    }

    #[inline]
    fn pass(&mut self, count: usize) {
        self.form = &self.form[count..];
        self.free = &mut std::mem::take(&mut self.free)[count..];
    }

    #[inline]
    fn put(&mut self, byte: u8) {
        self.seen |= byte;
        self.free[0] = byte;
        self.free = &mut std::mem::take(&mut self.free)[1..];
    }
}

/// The byte that two hexadecimal digits at the start of `digits` stand for.
#[inline]
fn escape(digits: &[u8]) -> Option<u8> {
    let &[high, low] = digits.first_chunk::<2>()?;
    let (high, low) = (HEX[high as usize], HEX[low as usize]);
    (high | low < 16).then_some(high << 4 | low)
}

/// Marks with its high bit each byte of `word` that is `=` or below `,`, which `%`, `&` and
/// `+` are. Other bytes that are marked as well (`*`, `!`, whatever is not ASCII) take the
/// slow step and come out the same. Bytes above the lowest marked one may be marked wrongly,
/// which is why only the lowest is used.
#[inline]
fn special_bytes(word: u64) -> u64 {
    let low = word.wrapping_sub(LOW * u64::from(b','));
    let equals = (word ^ (LOW * u64::from(b'='))).wrapping_sub(LOW);
    (low | equals) & HIGH
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::decode;

    proptest! {
        #[test]
        fn ascii_is_told_from_what_is_not(
            form in prop::collection::vec(prop_oneof![0x20..0x80_u8, any::<u8>()], 0..40),
            escape in proptest::option::of("%[0-9A-F]{2}"),
        ) {
            for form in [form.clone(), [&form, escape.unwrap_or_default().as_bytes()].concat()] {
                let decoded = decode(&form, 100).unwrap();
                prop_assert_eq!(decoded.is_ascii, decoded.bytes.is_ascii());
            }
        }
    }
}
