//! Paths into a document, as diagnostics show them.

/// A name as a message may show it: one that came from outside may be anything, also a
/// phone number.
pub(crate) fn shown(name: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let fits = !name.is_empty() && name.len() <= 60 && digits <= 6;
    if fits && name.bytes().all(plain) { name } else { "?" }
}
