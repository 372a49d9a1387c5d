use std::fmt;

use super::{FieldKind, FieldValue, JsonValue, Value, json};

/// The custom parameters of a call: names and texts, one per `<Parameter>` of the TwiML.
///
/// A value that travels as number or as anything else than text is here as its JSON.
///
/// ```
/// use switchhook_twilio_voice::websocket::Parameters;
///
/// let parameters = Parameters::from([("From", "+15550001111"), ("Plan", "gold")]);
/// assert_eq!(parameters.get("Plan"), Some("gold"));
/// assert_eq!(format!("{parameters:?}"), "2 parameters");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// The value of a name; of a repeated one the last, as with `JSON.parse`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().rfind(|pair| pair.0 == name).map(|pair| pair.1)
    }

    /// The pairs in the order of the wire.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Parameters {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl<N: Into<String>, V: Into<String>, const LEN: usize> From<[(N, V); LEN]> for Parameters {
    fn from(pairs: [(N, V); LEN]) -> Self {
        pairs.into_iter().collect()
    }
}

/// Shows how many there are: names and values are the customer's.
impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} parameters", self.len())
    }
}

impl<'a> Value<'a> for Parameters {
    const KIND: FieldKind = FieldKind::Parameters;

    type Owned = Self;

    fn read(json: &'a str) -> Option<Self> {
        let mut pairs = Vec::new();
        let is_object = json::entries(json, |name, value| {
            if value != "null" {
                let text = json::scalar(value).unwrap_or(value.into());
                pairs.push((name.into_owned(), text.into_owned()));
            }
        });
        is_object.then_some(Self(pairs))
    }

    fn value(&self) -> Option<FieldValue<'_>> {
        (!self.is_empty()).then_some(FieldValue::Json(self))
    }

    fn into_owned(self) -> Self {
        self
    }

    fn is(json: &str, value: Option<FieldValue<'_>>) -> bool {
        <Self as Value<'_>>::read(json).as_ref().and_then(Value::value) == value
    }
}

impl JsonValue for Parameters {
    fn write_json(&self, out: &mut String) {
        out.push('{');
        for (at, (name, value)) in self.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            json::write_text(out, name);
            out.push(':');
            json::write_text(out, value);
        }
        out.push('}');
    }

    fn json_len(&self) -> usize {
        2 + self.iter().map(|(name, value)| name.len() + value.len() + 6).sum::<usize>()
    }
}
