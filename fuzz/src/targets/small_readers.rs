//! Readers of one value from any bytes: what is read and shown is read again as the same, what no
//! key has made is refused, and a secret lets in whoever has it, to the byte.

mod access;
mod values;

/// A reader, and the laws of what it reads.
type Reader = fn(&[u8]);

/// The first byte of an input chooses one: new ones come last, so that seeds stay what they are.
const READERS: [Reader; 13] = [
    values::timestamp,
    values::sid,
    values::public_host,
    values::public_url,
    values::path_prefix,
    values::settings,
    values::swaig_arguments,
    values::words,
    access::session_token,
    access::session_url,
    access::basic_credentials,
    access::url_secrets,
    access::addresses,
];

pub fn check(reader: u8, bytes: &[u8]) {
    READERS[usize::from(reader) % READERS.len()](bytes);
}

/// The lines of a text, the last one with all that follows; empty ones where there are fewer.
fn lines<const N: usize>(text: &str) -> [&str; N] {
    let mut lines = text.splitn(N, '\n');
    std::array::from_fn(|_| lines.next().unwrap_or_default())
}
