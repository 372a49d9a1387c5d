use std::{borrow::Cow, fmt};

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use crate::websocket::{FieldKind, FieldValue, JsonValue, Value, scalar, write_text};

/// The usual alphabet; writes the padding and does not insist on it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Audio inside a message: base64 as it came, or bytes that are encoded when they are written.
///
/// ```
/// use switchhook_twilio_voice::media_streams::Payload;
///
/// let received = Payload::base64("/3//fw==");
/// let mut audio = Vec::with_capacity(160);
/// received.decode_into(&mut audio)?;
/// assert_eq!(audio, [0xFF, 0x7F, 0xFF, 0x7F]);
/// assert_eq!(Payload::from(&audio), received);
/// # Ok::<(), switchhook_twilio_voice::media_streams::NotBase64>(())
/// ```
#[derive(Clone)]
pub struct Payload<'a>(Content<'a>);

#[derive(Clone)]
enum Content<'a> {
    Base64(Cow<'a, str>),
    Audio(Cow<'a, [u8]>),
}

impl<'a> Payload<'a> {
    /// The payload of a text that is base64 already. Nothing checks it until it is decoded.
    pub fn base64(text: impl Into<Cow<'a, str>>) -> Self {
        Self(Content::Base64(text.into()))
    }

    /// The payload in base64.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Content::Base64(text) => Cow::Borrowed(text),
            Content::Audio(audio) => Cow::Owned(BASE64.encode(audio)),
        }
    }

    /// Appends the audio to `buffer`, decoded straight from the message's text.
    ///
    /// # Errors
    ///
    /// [`NotBase64`]; the buffer is what it was then.
    pub fn decode_into(&self, buffer: &mut Vec<u8>) -> Result<(), NotBase64> {
        match &self.0 {
            Content::Base64(text) => {
                let length = buffer.len();
                BASE64.decode_vec(text.as_bytes(), buffer).map_err(|_| {
                    buffer.truncate(length);
                    NotBase64(())
                })
            }
            Content::Audio(audio) => {
                buffer.extend_from_slice(audio);
                Ok(())
            }
        }
    }

    /// The audio.
    ///
    /// # Errors
    ///
    /// [`NotBase64`].
    pub fn audio(&self) -> Result<Vec<u8>, NotBase64> {
        let mut audio = Vec::new();
        self.decode_into(&mut audio)?;
        Ok(audio)
    }
}

/// The payload of a message is not base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBase64(());

switchhook_core::error_texts! { NotBase64: _ => "the payload is not base64" }

impl<'a> From<&'a [u8]> for Payload<'a> {
    fn from(audio: &'a [u8]) -> Self {
        Self(Content::Audio(Cow::Borrowed(audio)))
    }
}

impl<'a, const LEN: usize> From<&'a [u8; LEN]> for Payload<'a> {
    fn from(audio: &'a [u8; LEN]) -> Self {
        Self::from(audio.as_slice())
    }
}

impl<'a> From<&'a Vec<u8>> for Payload<'a> {
    fn from(audio: &'a Vec<u8>) -> Self {
        Self::from(audio.as_slice())
    }
}

impl From<Vec<u8>> for Payload<'_> {
    fn from(audio: Vec<u8>) -> Self {
        Self(Content::Audio(Cow::Owned(audio)))
    }
}

impl PartialEq for Payload<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Base64(text) => write!(f, "<{} bytes of base64>", text.len()),
            Content::Audio(audio) => write!(f, "<{} bytes>", audio.len()),
        }
    }
}

impl<'a> Value<'a> for Payload<'a> {
    const KIND: FieldKind = FieldKind::Base64;

    type Owned = Payload<'static>;

    fn read(json: &'a str) -> Option<Self> {
        scalar(json).map(Self::base64)
    }

    fn value(&self) -> Option<FieldValue<'_>> {
        Some(FieldValue::Json(self))
    }

    fn into_owned(self) -> Payload<'static> {
        Payload(match self.0 {
            Content::Base64(text) => Content::Base64(text.into_owned().into()),
            Content::Audio(audio) => Content::Audio(audio.into_owned().into()),
        })
    }

    fn is(json: &str, value: Option<FieldValue<'_>>) -> bool {
        Payload::read(json).as_ref().and_then(Value::value) == value
    }
}

impl JsonValue for Payload<'_> {
    fn write_json(&self, out: &mut String) {
        match &self.0 {
            Content::Base64(text) => write_text(out, text),
            Content::Audio(audio) => {
                out.push('"');
                BASE64.encode_string(audio, out);
                out.push('"');
            }
        }
    }

    fn json_len(&self) -> usize {
        match &self.0 {
            Content::Base64(text) => text.len() + 2,
            Content::Audio(audio) => audio.len().div_ceil(3) * 4 + 2,
        }
    }
}
