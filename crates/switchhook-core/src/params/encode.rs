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
            form.extend(form_urlencoded::byte_serialize(name));
            form.push('=');
            form.extend(form_urlencoded::byte_serialize(value));
        }
        form
    }
}
