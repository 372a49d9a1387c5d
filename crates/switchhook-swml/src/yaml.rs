//! Reading YAML into the same tree as JSON.
//!
//! Scalars are resolved as YAML 1.2 says: `no` and `on` are texts, `+15550001111` is a number.

use std::{borrow::Cow, collections::HashMap};

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use crate::{
    Document, Json, Limits, Number, Object, ReadError,
    ReadErrorKind::{self, NotForJson, NotUtf8, NotYaml, TooDeep, TooLarge, TooManyNodes},
};

/// Reads a document from YAML, within the default [`Limits`].
///
/// Keys stay in order and become texts. An alias stands for a copy, which counts against the
/// limits like everything else. What has an anchor is kept for its aliases: all that is kept
/// stays within the same limits, where anchors stand inside each other once for each of them.
///
/// # Errors
///
/// No YAML, YAML that JSON has no form for, or more than the limits allow.
///
/// ```
/// use switchhook_swml::read_yaml;
///
/// let document = read_yaml("
/// version: 1.0.0
/// sections:
///   main:
///     - answer: {}
///     - switch: { variable: digit, case: { 1: [hangup: {}] } }
/// ")?;
/// assert_eq!(
///     document.to_json(),
///     r#"{"version":"1.0.0","sections":{"main":[{"answer":{}},{"switch":{"variable":"digit","case":{"1":[{"hangup":{}}]}}}]}}"#,
/// );
/// # Ok::<(), switchhook_swml::ReadError>(())
/// ```
pub fn read_yaml(text: impl AsRef<[u8]>) -> Result<Document, ReadError> {
    read_yaml_within(text, &Limits::default())
}

/// Reads a document from YAML, within limits of your own.
///
/// # Errors
///
/// No YAML, YAML that JSON has no form for, or more than the limits allow.
pub fn read_yaml_within(text: impl AsRef<[u8]>, limits: &Limits) -> Result<Document, ReadError> {
    let bytes = text.as_ref();
    limits.check_bytes(bytes.len())?;
    let text =
        std::str::from_utf8(bytes).map_err(|error| ReadError::new(NotUtf8, error.valid_up_to()))?;
    let mut builder = Builder { limits: *limits, at: 0, ..Builder::default() };
    let mut offsets = Offsets { rest: text.char_indices(), chars: 0, bytes: 0 };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                builder.at = offsets.byte(span.start.index());
                builder.event(event)?;
            }
            Err(error) => {
                return Err(ReadError::new(NotYaml, offsets.byte(error.marker().index())));
            }
        }
    }
    Ok(Document::from(builder.root.unwrap_or_default()))
}

/// The parser counts characters.
struct Offsets<'t> {
    rest: std::str::CharIndices<'t>,
    chars: usize,
    bytes: usize,
}

impl Offsets<'_> {
    /// The byte of a character. Asked in rising order, the text is walked once.
    fn byte(&mut self, char: usize) -> usize {
        while self.chars < char {
            let Some((at, char)) = self.rest.next() else { break };
            self.bytes = at + char.len_utf8();
            self.chars += 1;
        }
        self.bytes
    }
}

#[derive(Default)]
struct Builder {
    limits: Limits,
    at: usize,
    root: Option<Json>,
    open: Vec<Open>,
    anchors: HashMap<usize, (Json, Size)>,
    total: Size,
    /// What is in `anchors`, which nest: no part of `total` bounds it.
    kept: Size,
    documents: usize,
}

/// What a value counts against the limits.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
    depth: usize,
}

impl Size {
    /// What is too much, if both together are.
    fn over(self, more: Self, limits: &Limits) -> Option<ReadErrorKind> {
        if self.nodes.saturating_add(more.nodes) > limits.nodes {
            return Some(TooManyNodes);
        }
        (self.bytes.saturating_add(more.bytes) > limits.bytes).then_some(TooLarge)
    }

    fn add(&mut self, more: Self) {
        self.nodes += more.nodes;
        self.bytes += more.bytes;
    }
}

/// A list or an object whose end is not there yet.
struct Open {
    value: Container,
    anchor: usize,
    before: Size,
    /// Levels inside.
    depth: usize,
}

enum Container {
    List(Vec<Json>),
    Object(Object, Option<String>),
}

impl Builder {
    fn event(&mut self, event: Event<'_>) -> Result<(), ReadError> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 { Err(self.fault(NotForJson)) } else { Ok(()) }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref())
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(Container::List(Vec::new()), anchor, tag.as_deref(), "seq")
            }
            Event::MappingStart(anchor, tag) => {
                self.open(Container::Object(Object::new(), None), anchor, tag.as_deref(), "map")
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let json = match open.value {
                    Container::List(list) => Json::List(list),
                    Container::Object(object, _) => Json::Object(object),
                };
                let size = Size {
                    nodes: self.total.nodes - open.before.nodes,
                    bytes: self.total.bytes - open.before.bytes,
                    depth: open.depth + 1,
                };
                self.value(json, open.anchor, size)
            }
            Event::Alias(anchor) => {
                // Inside itself it is not known yet.
                let Some((json, size)) = self.anchors.get(&anchor) else {
                    return Err(self.fault(NotForJson));
                };
                let (size, depth) = (*size, self.open.len() + size.depth);
                if depth > self.limits.depth {
                    return Err(self.fault(TooDeep));
                }
                // Counted before it is copied.
                let over = self.total.over(size, &self.limits);
                let json = if over.is_none() { json.clone() } else { Json::Null };
                self.count(size)?;
                self.value(json, 0, size)
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn fault(&self, kind: ReadErrorKind) -> ReadError {
        ReadError::new(kind, self.at)
    }

    /// Counts before anything is copied.
    fn count(&mut self, size: Size) -> Result<(), ReadError> {
        if let Some(kind) = self.total.over(size, &self.limits) {
            return Err(self.fault(kind));
        }
        self.total.add(size);
        Ok(())
    }

    fn open(
        &mut self,
        value: Container,
        anchor: usize,
        tag: Option<&Tag>,
        core: &str,
    ) -> Result<(), ReadError> {
        let is_core = tag.is_none_or(|tag| tag.is_yaml_core_schema() && tag.suffix == core);
        let as_key =
            matches!(self.open.last(), Some(Open { value: Container::Object(_, None), .. }));
        if !is_core || as_key {
            return Err(self.fault(NotForJson));
        }
        if self.open.len() >= self.limits.depth {
            return Err(self.fault(TooDeep));
        }
        let before = self.total;
        self.count(Size { nodes: 1, ..Size::default() })?;
        self.open.push(Open { value, anchor, before, depth: 0 });
        Ok(())
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), ReadError> {
        let is_key =
            matches!(self.open.last(), Some(Open { value: Container::Object(_, None), .. }));
        let size = Size { nodes: usize::from(!is_key), bytes: text.len(), depth: 0 };
        self.count(size)?;
        let json = match tag {
            // A key is a text, whatever it looks like.
            _ if is_key => Json::Text(text.into_owned().into()),
            None if style == ScalarStyle::Plain => plain(text),
            None => Json::Text(text.into_owned().into()),
            Some(tag) => tagged(text, tag).ok_or(self.fault(NotForJson))?,
        };
        self.value(json, anchor, size)
    }

    fn value(&mut self, json: Json, anchor: usize, size: Size) -> Result<(), ReadError> {
        if anchor != 0 {
            // As with aliases: counted before it is copied.
            if let Some(kind) = self.kept.over(size, &self.limits) {
                return Err(self.fault(kind));
            }
            self.kept.add(size);
            self.anchors.insert(anchor, (json.clone(), size));
        }
        let around = self.open.last_mut();
        let around = around.map(|open| {
            open.depth = open.depth.max(size.depth);
            &mut open.value
        });
        match around {
            None => self.root = Some(json),
            Some(Container::List(list)) => list.push(json),
            Some(Container::Object(object, key)) => match (key.take(), json) {
                (Some(key), json) => object.push(key.into(), json),
                (None, Json::Text(text)) => *key = Some(text.into_owned()),
                (None, Json::Number(number)) => *key = Some(number.to_string()),
                (None, _) => return Err(self.fault(NotForJson)),
            },
        }
        Ok(())
    }
}

fn tagged(text: Cow<'_, str>, tag: &Tag) -> Option<Json> {
    // `!` alone says that it is a text.
    if tag.handle.is_empty() && tag.suffix == "!" {
        return Some(Json::Text(text.into_owned().into()));
    }
    if !tag.is_yaml_core_schema() {
        return None;
    }
    let json = match &*tag.suffix {
        "str" => return Some(Json::Text(text.into_owned().into())),
        "null" | "bool" | "int" | "float" => plain(text),
        _ => return None,
    };
    let fits = match &*tag.suffix {
        "null" => json.is_null(),
        "bool" => json.as_bool().is_some(),
        _ => json.as_number().is_some(),
    };
    fits.then_some(json)
}

/// A plain scalar, by the core schema of YAML 1.2.
fn plain(text: Cow<'_, str>) -> Json {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Json::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        other => match number(other) {
            Some(number) => Json::Number(number),
            // Infinity and NaN have no form in JSON and stay texts.
            None => Json::Text(text.into_owned().into()),
        },
    }
}

/// A number, in JSON's spelling.
fn number(text: &str) -> Option<Number> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let digits =
                digits.starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(digits)?;
            return u64::from_str_radix(digits, radix).ok().map(Number::from);
        }
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction_digits = fraction.unwrap_or_default();
    if !digits(whole)
        || !digits(fraction_digits)
        || (whole.is_empty() && fraction_digits.is_empty())
    {
        return None;
    }
    let exponent_digits = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
    if exponent_digits.is_some_and(|text| text.is_empty() || !digits(text)) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let mut spelled = [sign, if whole.is_empty() { "0" } else { whole }].concat();
    if let Some(fraction) = fraction {
        spelled.push('.');
        spelled.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        spelled.push('e');
        spelled.push_str(exponent);
    }
    Some(Number::spelled(&spelled))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, ReadErrorKind> {
        read_yaml(text).map(|document| document.to_json()).map_err(|error| error.kind())
    }

    #[test]
    fn scalars_are_those_of_the_core_schema() {
        for (yaml, json) in [
            ("no", "\"no\""),
            ("on", "\"on\""),
            ("yes", "\"yes\""),
            ("1.0.0", "\"1.0.0\""),
            ("~", "null"),
            ("", "null"),
            ("True", "true"),
            ("'true'", "\"true\""),
            ("+15550001111", "15550001111"),
            ("\"+15550001111\"", "\"+15550001111\""),
            ("007", "7"),
            ("0x1F", "31"),
            ("0o17", "15"),
            ("-0", "-0"),
            (".5", "0.5"),
            ("1.", "1.0"),
            ("1.50", "1.50"),
            ("1e3", "1e3"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("1_000", "\"1_000\""),
            ("12:30", "\"12:30\""),
            (".inf", "\".inf\""),
            ("0x", "\"0x\""),
            ("2024-01-01", "\"2024-01-01\""),
            ("!!str 5", "\"5\""),
            ("!!int 5", "5"),
            (".", "\".\""),
            ("${x}", "\"${x}\""),
            ("-", "[null]"),
            ("|\n a\n b\n", "\"a\\nb\\n\""),
        ] {
            assert_eq!(read(yaml).as_deref(), Ok(json), "{yaml:?}");
        }
    }

    #[test]
    fn keys_are_texts_in_order() {
        assert_eq!(
            read("b: 1\n1: 2\nno: 3\ntrue: 4\n~: 5\nb: 6\n").unwrap(),
            r#"{"b":1,"1":2,"no":3,"true":4,"~":5,"b":6}"#,
        );
        assert_eq!(
            read("a: &x [1, {b: 2}]\nc: *x\n").unwrap(),
            r#"{"a":[1,{"b":2}],"c":[1,{"b":2}]}"#
        );
    }

    #[test]
    fn what_json_has_no_form_for_is_refused() {
        for yaml in [
            "? [a]\n: 1",
            "? {a: 1}\n: 1",
            "--- 1\n--- 2",
            "a: !mine 1",
            "a: !!binary x",
            "a: !!int x",
        ] {
            assert_eq!(read(yaml), Err(NotForJson), "{yaml:?}");
        }
        for yaml in ["a: [", "a: *nobody", "&a [*a]", "'open"] {
            assert!(read(yaml).is_err(), "{yaml:?}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        // The parser may give up before the limits do.
        assert!(read(&"[".repeat(100_000)).is_err());
        assert_eq!(read(&"[\n".repeat(101)), Err(TooDeep));
        assert_eq!(read(&"- ".repeat(100_000)), Err(TooDeep));
        assert_eq!(read(&" ".repeat(5_000_000)), Err(TooLarge));
        assert_eq!(read(&"- 0\n".repeat(100_001)), Err(TooManyNodes));
        let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..12 {
            let above = format!("*a{}", level - 1);
            let line = format!("a{level}: &a{level} [{}]\n", [&*above; 10].join(","));
            laughs.push_str(&line);
        }
        assert_eq!(read(&laughs), Err(TooManyNodes));
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), ["*a"; 20].join(","));
        assert_eq!(read(&long), Err(TooLarge));
        // Anchors inside each other: what is kept for aliases is many times what is there.
        let nested = |open: &str, inside: &str| {
            let open: String = (0..50).map(|level| open.replace('#', &level.to_string())).collect();
            read(&format!("{open}{inside}{}", "]".repeat(50)))
        };
        let many = vec!["x"; 10_000].join(",");
        assert_eq!(nested("&a#[", &many), Err(TooManyNodes));
        assert_eq!(nested("&a#[", &"x".repeat(1_000_000)), Err(TooLarge));
        assert!(nested("[", &many).is_ok());
        assert!(nested("&a#[", "x").is_ok());
        // As deep as may be, by aliases.
        let mut deep = String::from("a0: &a0 []\n");
        for level in 1..200 {
            let line = format!("a{level}: &a{level} [*a{}]\n", level - 1);
            deep.push_str(&line);
        }
        assert_eq!(read(&deep), Err(TooDeep));
    }
}
