//! Form parameters: decoded once, kept in order, with every repeat.

mod de;
mod decode;
mod encode;
mod sorted;

use std::fmt;

use self::sorted::Repeats;
pub use self::{de::DeserializeError, sorted::Sorted};
use crate::Limits;

/// The parameters of a form body or a query string.
///
/// One text buffer and one table of spans (two allocations for a usual body), in the order
/// of the input, repeats kept, names and values percent-decoded exactly once. Names are
/// case-sensitive and nothing is trimmed.
///
/// ```
/// use switchhook_core::Params;
///
/// let params = Params::parse(b"RoomName=Daily+Standup&Tag=a&Tag=b&Note=")?;
/// assert_eq!(params.get("RoomName"), Some("Daily Standup"));
/// assert_eq!(params.get_all("Tag").collect::<Vec<_>>(), ["a", "b"]);
/// assert_eq!(params.get("Note"), Some(""));
/// assert_eq!(params.to_form(), "RoomName=Daily+Standup&Tag=a&Tag=b&Note=");
/// # Ok::<(), switchhook_core::ParamsError>(())
/// ```
///
/// # Bytes that are not UTF-8
///
/// A signature covers bytes, a typed field is text. Pairs whose bytes are not UTF-8 are kept
/// exactly for [`iter_bytes`](Self::iter_bytes), [`sorted`](Self::sorted) and
/// [`to_form`](Self::to_form), and withheld from every text accessor, until
/// [`replace_invalid_text`](Self::replace_invalid_text) admits them with U+FFFD in place of
/// what could not be read. [`has_invalid_text`](Self::has_invalid_text) tells.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params {
    text: String,
    spans: Vec<Span>,
    /// Set only when some pair is not UTF-8: the hot path never looks behind it.
    raw: Option<Box<Raw>>,
}

/// Where a pair lies: the name is `start..value`, the value `value..end`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Span {
    start: u32,
    value: u32,
    end: u32,
}

/// The bytes as they came, where they are not text.
#[derive(Clone, PartialEq, Eq)]
struct Raw {
    bytes: Vec<u8>,
    spans: Vec<Span>,
    /// For each pair, whether its name or value is not UTF-8.
    invalid: Vec<bool>,
    replace: bool,
}

impl Params {
    /// Decodes a form body or a query string within the default [`Limits`].
    ///
    /// # Errors
    ///
    /// [`ParamsError`] when the text is too long or has too many parameters. No other
    /// input is refused: a stray `%`, a missing `=` and empty pairs read as browsers and
    /// servers read them.
    pub fn parse(form: &[u8]) -> Result<Self, ParamsError> {
        Self::parse_within(form, &Limits::default())
    }

    /// Decodes a form body or a query string within `limits`.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_within(form: &[u8], limits: &Limits) -> Result<Self, ParamsError> {
        let most = limits.body_bytes.min(u32::MAX as usize);
        if form.len() > most {
            return Err(ParamsError::TooLong { limit: most });
        }
        let decoded = decode::decode(form, limits.parameters)?;
        Ok(Self::from_decoded(decoded.bytes, decoded.spans, decoded.is_ascii))
    }

    /// Makes parameters of pairs that are decoded already, as a simulator or a test does.
    ///
    /// The pairs keep their order and repeats. There is no limit here, since the caller has
    /// them in memory, but one: pairs beyond 4 GiB are left out.
    pub fn from_pairs<K, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Self
    where
        K: AsRef<[u8]>,
        V: AsRef<[u8]>,
    {
        let mut bytes = Vec::new();
        let mut spans = Vec::new();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref());
            let start = bytes.len();
            let (Ok(start), Ok(middle), Ok(end)) = (
                u32::try_from(start),
                u32::try_from(start + name.len()),
                u32::try_from(start + name.len() + value.len()),
            ) else {
                break;
            };
            bytes.extend_from_slice(name);
            bytes.extend_from_slice(value);
            spans.push(Span { start, value: middle, end });
        }
        let is_ascii = bytes.is_ascii();
        Self::from_decoded(bytes, spans, is_ascii)
    }

    fn from_decoded(bytes: Vec<u8>, spans: Vec<Span>, is_ascii: bool) -> Self {
        match String::from_utf8(bytes) {
            // Two invalid halves can join into a valid character (`%C3=%A9`), hence the
            // look at each border.
            Ok(text) if is_ascii || spans.iter().all(|span| span.borders_characters(&text)) => {
                Self { text, spans, raw: None }
            }
            Ok(text) => Self::from_invalid(text.into_bytes(), spans),
            Err(error) => Self::from_invalid(error.into_bytes(), spans),
        }
    }

    #[cold]
    fn from_invalid(bytes: Vec<u8>, spans: Vec<Span>) -> Self {
        let mut text = String::with_capacity(bytes.len());
        let mut text_spans = Vec::with_capacity(spans.len());
        let mut invalid = Vec::with_capacity(spans.len());
        let position = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
        for span in &spans {
            let name = String::from_utf8_lossy(span.name(&bytes));
            let value = String::from_utf8_lossy(span.value(&bytes));
            // `from_utf8_lossy` allocates exactly when it had to replace something.
            invalid.push(
                matches!(name, std::borrow::Cow::Owned(_))
                    || matches!(value, std::borrow::Cow::Owned(_)),
            );
            let start = position(&text);
            text.push_str(&name);
            let middle = position(&text);
            text.push_str(&value);
            text_spans.push(Span { start, value: middle, end: position(&text) });
        }
        let raw = Raw { bytes, spans, invalid, replace: false };
        Self { text, spans: text_spans, raw: Some(Box::new(raw)) }
    }

    /// The number of pairs, repeats and withheld ones included.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no pair at all.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The length of all names and values together, in bytes.
    pub fn decoded_len(&self) -> usize {
        self.as_bytes().0.len()
    }

    /// The first value of `name`, which may be empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// Every value of `name`, in order.
    pub fn get_all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.iter().filter(move |pair| pair.0 == name).map(|pair| pair.1)
    }

    /// The first value that comes under one of these names; `None` also where that pair is
    /// withheld.
    pub(crate) fn first_of(&self, name: &str, aliases: &[&str]) -> Option<&str> {
        if self.raw.is_none() && aliases.is_empty() {
            return self.get(name);
        }
        let is = |given: &[u8]| {
            given == name.as_bytes() || aliases.iter().any(|alias| alias.as_bytes() == given)
        };
        self.iter_all().find(|(given, _)| is(given))?.1
    }

    /// Whether `name` occurs, with or without a value.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Every pair that is text, in order.
    pub fn iter(&self) -> Pairs<'_> {
        Pairs { params: self, next: 0 }
    }

    /// Every pair in order, the name as bytes and the value only where the pair is not withheld:
    /// for events, whose first value counts also when it is not text.
    #[doc(hidden)]
    #[inline]
    pub fn iter_all(&self) -> impl Iterator<Item = (&[u8], Option<&str>)> {
        self.spans.iter().enumerate().filter_map(|(index, span)| {
            let name = self.text.as_bytes().get(span.start as usize..span.value as usize)?;
            let value = self.text.get(span.value as usize..span.end as usize)?;
            let withheld = self.raw.is_some() && self.withholds(index);
            Some((name, (!withheld).then_some(value)))
        })
    }

    /// Every pair as the decoded bytes, in order: what a signature covers.
    pub fn iter_bytes(&self) -> impl ExactSizeIterator<Item = (&[u8], &[u8])> + Clone {
        let (bytes, spans) = self.as_bytes();
        spans.iter().map(move |span| (span.name(bytes), span.value(bytes)))
    }

    /// As [`iter_bytes`](Self::iter_bytes), with whether the pair is withheld from text.
    pub(crate) fn iter_withheld(&self) -> impl Iterator<Item = (&[u8], &[u8], bool)> {
        let pairs = self.iter_bytes().enumerate();
        pairs.map(|(index, (name, value))| (name, value, self.withholds(index)))
    }

    /// Whether the replacement of invalid text was admitted.
    pub(crate) fn replaces_invalid_text(&self) -> bool {
        self.raw.as_deref().is_some_and(|raw| raw.replace)
    }

    /// The distinct pairs as bytes, by name and then by value: the order that signatures use.
    pub fn sorted(&self) -> Sorted<'_> {
        let (bytes, spans) = self.as_bytes();
        Sorted::new(bytes, spans, Repeats::Distinct)
    }

    /// Every pair as text by name, pairs with one name in the order of the input, U+FFFD in
    /// place of what is not UTF-8: the order that SignalWire's signatures use.
    ///
    /// ```
    /// # use switchhook_core::Params;
    /// let params = Params::parse(b"b=2&a=2&a=1&a=2&B=%FF")?;
    /// let joined: Vec<u8> = params.sorted_by_name().joined().flatten().copied().collect();
    /// assert_eq!(joined, "B\u{fffd}a2a1a2b2".as_bytes());
    /// # Ok::<(), switchhook_core::ParamsError>(())
    /// ```
    pub fn sorted_by_name(&self) -> Sorted<'_> {
        Sorted::new(self.text.as_bytes(), &self.spans, Repeats::Kept)
    }

    /// The values of the numbered names `prefix0`, `prefix1` … in the order of their numbers.
    ///
    /// ```
    /// # use switchhook_core::Params;
    /// let params = Params::parse(b"NumMedia=2&MediaUrl1=b&MediaUrl0=a")?;
    /// assert_eq!(params.indexed("MediaUrl"), [(0, "a"), (1, "b")]);
    /// # Ok::<(), switchhook_core::ParamsError>(())
    /// ```
    pub fn indexed(&self, prefix: &str) -> Vec<(u32, &str)> {
        let mut found: Vec<(u32, &str)> = Vec::new();
        for (rest, value) in self.prefixed(prefix) {
            if let Some(index) = index(rest) {
                found.push((index, value));
            }
        }
        found.sort_by_key(|entry| entry.0);
        found.dedup_by_key(|entry| entry.0);
        found
    }

    /// Every pair whose name starts with `prefix`, the rest of the name first, in order.
    pub fn prefixed<'a, 'p>(
        &'a self,
        prefix: &'p str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a, 'p> {
        self.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value)))
    }

    /// Whether some pair is not UTF-8 and was not admitted by
    /// [`replace_invalid_text`](Self::replace_invalid_text).
    pub fn has_invalid_text(&self) -> bool {
        self.raw.as_deref().is_some_and(|raw| !raw.replace)
    }

    /// Admits pairs that are not UTF-8 to the text accessors, with U+FFFD in place of each
    /// unreadable part. The bytes stay as they were.
    #[must_use]
    pub fn replace_invalid_text(mut self) -> Self {
        if let Some(raw) = &mut self.raw {
            raw.replace = true;
        }
        self
    }

    fn as_bytes(&self) -> (&[u8], &[Span]) {
        match &self.raw {
            None => (self.text.as_bytes(), &self.spans),
            Some(raw) => (&raw.bytes, &raw.spans),
        }
    }

    /// The text of the pair at `index`, withheld or not.
    #[inline]
    fn pair(&self, index: usize) -> Option<(&str, &str)> {
        let Span { start, value, end } = *self.spans.get(index)?;
        self.text.get(start as usize..end as usize)?.split_at_checked((value - start) as usize)
    }

    fn withholds(&self, index: usize) -> bool {
        let withheld = |raw: &Raw| !raw.replace && raw.invalid.get(index) == Some(&true);
        self.raw.as_deref().is_some_and(withheld)
    }
}

/// The number of a numbered name, from what comes after its prefix. `+1` and `01` are other names
/// than `1`, and no number.
pub(crate) fn index(rest: &str) -> Option<u32> {
    let canonical = rest == "0" || rest.starts_with(|c: char| matches!(c, '1'..='9'));
    if canonical { rest.parse().ok() } else { None }
}

impl Span {
    fn borders_characters(self, text: &str) -> bool {
        text.is_char_boundary(self.value as usize) && text.is_char_boundary(self.end as usize)
    }

    fn name(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start as usize..self.value as usize]
    }

    fn value(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.value as usize..self.end as usize]
    }
}

/// Shows how much there is, never what: values are phone numbers and message bodies.
impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Params({} pairs, {} bytes)", self.len(), self.decoded_len())
    }
}

impl<K: AsRef<[u8]>, V: AsRef<[u8]>> FromIterator<(K, V)> for Params {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self::from_pairs(pairs)
    }
}

impl<'a> IntoIterator for &'a Params {
    type Item = (&'a str, &'a str);
    type IntoIter = Pairs<'a>;

    fn into_iter(self) -> Pairs<'a> {
        self.iter()
    }
}

/// An iterator over the pairs of [`Params`], made by [`Params::iter`].
#[derive(Clone, Debug)]
pub struct Pairs<'a> {
    params: &'a Params,
    next: usize,
}

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a str, &'a str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.params.raw.is_some() {
            while self.params.withholds(self.next) {
                self.next += 1;
            }
        }
        let pair = self.params.pair(self.next)?;
        self.next += 1;
        Some(pair)
    }
}

/// Why parameters could not be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParamsError {
    /// The encoded text is longer than the limit, in bytes.
    TooLong {
        /// The limit that was in force.
        limit: usize,
    },
    /// There are more pairs than the limit.
    TooMany {
        /// The limit that was in force.
        limit: usize,
    },
}

crate::error_texts! {
    ParamsError:
    Self::TooLong { limit } => "more than {limit} bytes of parameters",
    Self::TooMany { limit } => "more than {limit} parameters",
}

impl ParamsError {
    /// The HTTP status that says so to the sender: 413.
    pub fn status(&self) -> http::StatusCode {
        http::StatusCode::PAYLOAD_TOO_LARGE
    }
}

#[cfg(test)]
mod tests;
