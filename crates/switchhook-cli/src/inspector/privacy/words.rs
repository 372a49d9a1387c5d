//! What a text is by its look: a word of the provider, a SID, a short number.

/// Whether a text is one such as `in-progress`, `CA77…`, `calling.call.state`, and no
/// telephone number.
pub(crate) fn is_word(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
    let starts = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    is_sid(text) || starts && text.len() <= 64 && text.bytes().all(plain) && !text.contains("sip:")
}

/// Whether a text is a SID such as Twilio's or a UUID such as SignalWire's: it means nothing to who
/// has no access to the account.
pub(crate) fn is_sid(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes.len() {
        34 => {
            bytes[..2].iter().all(u8::is_ascii_alphabetic)
                && bytes[2..].iter().all(u8::is_ascii_hexdigit)
        }
        36 => bytes.iter().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        }),
        _ => false,
    }
}

/// Whether a text is a word, or a short number such as a version's.
pub(super) fn is_plain(text: &str) -> bool {
    is_word(text)
        || text.len() <= 10
            && text.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte))
}

pub(super) fn is_of_a_time(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" ,:.+-".contains(&byte)
}
