//! The decoder: one pass, eight bytes a step where nothing needs decoding.

use super::{ParamsError, Span};

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// What a byte means inside an encoded form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Percent,
    Plus,
    Equals,
    Ampersand,
}

static CLASSES: [Class; 256] = {
    let mut table = [Class::Plain; 256];
    table[b'%' as usize] = Class::Percent;
    table[b'+' as usize] = Class::Plus;
    table[b'=' as usize] = Class::Equals;
    table[b'&' as usize] = Class::Ampersand;
    table
};

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

/// Decodes `form` into one buffer and the spans of its pairs. Empty pairs (`&&`) are skipped,
/// only the first `=` separates, an escape that is none stays as it is.
///
/// The caller has checked that `form` is shorter than 4 GiB, so positions fit into `u32`.
pub(super) fn decode(form: &[u8], most: usize) -> Result<(Vec<u8>, Vec<Span>), ParamsError> {
    // Eight bytes of slack let the fast step store a whole word at any position.
    let mut out = vec![0u8; form.len() + 8];
    let mut spans = Vec::with_capacity((form.len() / 16 + 8).min(most));
    let mut read = 0;
    let mut written = 0;
    let mut start = 0;
    let mut value = None;

    while read < form.len() {
        if let Some(word) = form[read..].first_chunk::<8>() {
            let marks = special_bytes(u64::from_le_bytes(*word));
            out[written..written + 8].copy_from_slice(word);
            let plain = (marks.trailing_zeros() / 8) as usize;
            read += plain;
            written += plain;
            if plain == 8 {
                continue;
            }
        }
        match CLASSES[form[read] as usize] {
            Class::Plain => {
                out[written] = form[read];
                written += 1;
            }
            Class::Percent => {
                if let Some(byte) = escape(&form[read + 1..]) {
                    out[written] = byte;
                    read += 2;
                } else {
                    out[written] = b'%';
                }
                written += 1;
            }
            Class::Plus => {
                out[written] = b' ';
                written += 1;
            }
            Class::Equals if value.is_none() => value = Some(written),
            Class::Equals => {
                out[written] = b'=';
                written += 1;
            }
            Class::Ampersand => {
                push(&mut spans, most, start, value.take(), written)?;
                start = written;
            }
        }
        read += 1;
    }
    push(&mut spans, most, start, value, written)?;
    out.truncate(written);
    Ok((out, spans))
}

#[inline]
fn push(
    spans: &mut Vec<Span>,
    most: usize,
    start: usize,
    value: Option<usize>,
    end: usize,
) -> Result<(), ParamsError> {
    if start == end && value.is_none() {
        return Ok(());
    }
    if spans.len() == most {
        return Err(ParamsError::TooMany { limit: most });
    }
    #[expect(clippy::cast_possible_truncation, reason = "the caller checked the length")]
    let at = |position: usize| position as u32;
    spans.push(Span { start: at(start), value: at(value.unwrap_or(end)), end: at(end) });
    Ok(())
}

/// The byte that two hexadecimal digits at the start of `digits` stand for.
#[inline]
fn escape(digits: &[u8]) -> Option<u8> {
    let &[high, low] = digits.first_chunk::<2>()?;
    let (high, low) = (HEX[high as usize], HEX[low as usize]);
    (high | low < 16).then_some(high << 4 | low)
}

/// Marks with its high bit each byte of `word` that is `=` or below `,`, which `%`, `&` and
/// `+` are. Plain bytes that are marked as well (`*`, `!`) take the slow step and come out
/// the same. Bytes above the lowest marked one may be marked wrongly, which is why only the
/// lowest is used.
#[inline]
fn special_bytes(word: u64) -> u64 {
    let low = word.wrapping_sub(LOW * u64::from(b','));
    let difference = word ^ (LOW * u64::from(b'='));
    let equals = difference.wrapping_sub(LOW) & !difference;
    (low & !word | equals) & HIGH
}
