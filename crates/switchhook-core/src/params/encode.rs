//! Writing parameters as a form.

use super::Params;

impl Params {
    /// The pairs as `application/x-www-form-urlencoded` text, in order.
    ///
    /// Parsing it gives exactly these pairs again, bytes that are not UTF-8 included.
    pub fn to_form(&self) -> String {
        let mut form = String::with_capacity(self.as_bytes().0.len() * 3 / 2 + self.len() * 2);
        for (name, value) in self.iter_bytes() {
            if !form.is_empty() {
                form.push('&');
            }
            push_encoded(&mut form, name);
            form.push('=');
            push_encoded(&mut form, value);
        }
        form
    }
}

/// The way back of [`decode`](super::decode): a blank is a plus, and what is neither a letter nor
/// a digit nor one of `*-._` is its two digits.
fn push_encoded(form: &mut String, bytes: &[u8]) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for &byte in bytes {
        match byte {
            b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                form.push(char::from(byte));
            }
            b' ' => form.push('+'),
            _ => {
                let [high, low] = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
                form.extend(['%', high, low]);
            }
        }
    }
}
