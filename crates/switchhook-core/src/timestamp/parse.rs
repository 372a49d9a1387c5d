//! The two grammars and the calendar.

/// Seconds since the epoch and nanoseconds, from either grammar.
pub(super) fn parse(text: &[u8]) -> Option<(i64, u32)> {
    // Only ISO 8601 has a dash behind a four-digit year.
    if text.get(4) == Some(&b'-') { iso_8601(text) } else { rfc_2822(text) }
}

/// `2023-08-14T20:03:25[.609]Z`, or an offset `+01:00`, `+0100` in place of the `Z`.
fn iso_8601(text: &[u8]) -> Option<(i64, u32)> {
    let (date, rest) = text.split_at_checked(10)?;
    let (separator, rest) = rest.split_first()?;
    let (time, rest) = rest.split_at_checked(8)?;
    if date[7] != b'-' || !matches!(separator, b'T' | b't' | b' ') {
        return None;
    }
    let days = days(number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?)?;
    let (nanos, zone) = match rest.split_first() {
        Some((b'.', rest)) => fraction(rest)?,
        _ => (0, rest),
    };
    let offset = match zone {
        b"Z" | b"z" => 0,
        [sign, hours @ .., b':', tens, ones] | [sign, hours @ .., tens, ones] => {
            offset(*sign, hours, &[*tens, *ones])?
        }
        _ => return None,
    };
    Some((days * 86_400 + clock(time)? - offset, nanos))
}

/// `[Fri, ]21 Nov 2025 10:11:12 +0000`, the seconds optional, `GMT` and `UT` allowed.
fn rfc_2822(text: &[u8]) -> Option<(i64, u32)> {
    let mut parts = text.split(|byte| *byte == b' ').filter(|part| !part.is_empty());
    let mut day = parts.next()?;
    if let Some((b',', name)) = day.split_last() {
        matches(&DAYS, name)?;
        day = parts.next()?;
    }
    let month = matches(&MONTHS, parts.next()?)?;
    let year = parts.next().filter(|year| year.len() == 4)?;
    let time = parts.next()?;
    let zone = parts.next()?;
    if day.len() > 2 || parts.next().is_some() {
        return None;
    }
    let days = days(number(year)?, month, number(day)?)?;
    let seconds = match time.len() {
        5 => clock(&[time, b":00"].concat())?,
        _ => clock(time)?,
    };
    let offset = match zone {
        b"GMT" | b"UT" | b"UTC" | b"Z" => 0,
        [sign, hours @ .., tens, ones] => offset(*sign, hours, &[*tens, *ones])?,
        _ => return None,
    };
    Some((days * 86_400 + seconds - offset, 0))
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The place of `name` in `names`, from 1, compared without case.
fn matches(names: &[&str], name: &[u8]) -> Option<i64> {
    let same = |known: &str| known.as_bytes().eq_ignore_ascii_case(name);
    (1..).zip(names).find(|(_, known)| same(known)).map(|(place, _)| place)
}

/// `hh:mm:ss` in seconds. A leap second counts as the first second of the next minute.
fn clock(text: &[u8]) -> Option<i64> {
    let &[h1, h2, b':', m1, m2, b':', s1, s2] = text else { return None };
    let (hours, minutes, seconds) = (number(&[h1, h2])?, number(&[m1, m2])?, number(&[s1, s2])?);
    (hours < 24 && minutes < 60 && seconds <= 60).then_some(hours * 3600 + minutes * 60 + seconds)
}

/// The offset from UTC in seconds.
fn offset(sign: u8, hours: &[u8], minutes: &[u8]) -> Option<i64> {
    let (hours, minutes) = (number(hours).filter(|_| hours.len() == 2)?, number(minutes)?);
    let seconds = (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)?;
    match sign {
        b'+' => Some(seconds),
        b'-' => Some(-seconds),
        _ => None,
    }
}

/// One to nine digits of a fraction as nanoseconds, and what follows them.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(digits);
    if !(1..=9).contains(&digits.len()) {
        return None;
    }
    let scale = 10u32.pow(9 - u32::try_from(digits.len()).ok()?);
    let value = u32::try_from(number(digits)?).ok()?;
    Some((value * scale, rest))
}

/// A decimal number of at most nine digits.
fn number(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits
        .iter()
        .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
///
/// Counts years from March, so that the leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=longest).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + day_of_year - 719_468)
}
