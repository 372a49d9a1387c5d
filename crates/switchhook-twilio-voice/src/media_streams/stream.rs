use std::{borrow::Cow, fmt};

use switchhook_core::{Kind, WireValue};

use crate::{
    StreamSid,
    websocket::{FieldKind, FieldValue, Value, scalar},
};

/// The SID of a stream, borrowed where it can be.
///
/// It stands in each frame of audio, 50 times a second, so that it is not copied there.
/// [`StreamSid`] is the one to keep.
///
/// ```
/// use switchhook_twilio_voice::media_streams::{StreamSid, StreamSidRef};
///
/// let sid = StreamSid::from("MZ1");
/// let frame = StreamSidRef::from(&sid);
/// assert_eq!(frame, sid);
/// assert_eq!(frame.to_sid(), sid);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct StreamSidRef<'a>(Cow<'a, str>);

impl StreamSidRef<'_> {
    /// The SID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A copy to keep.
    pub fn to_sid(&self) -> StreamSid {
        StreamSid::from(self.as_str())
    }
}

impl<'a> From<&'a str> for StreamSidRef<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a StreamSid> for StreamSidRef<'a> {
    fn from(sid: &'a StreamSid) -> Self {
        Self(Cow::Borrowed(sid.as_str()))
    }
}

impl From<StreamSid> for StreamSidRef<'_> {
    fn from(sid: StreamSid) -> Self {
        Self(Cow::Owned(sid.into()))
    }
}

impl PartialEq<StreamSid> for StreamSidRef<'_> {
    fn eq(&self, sid: &StreamSid) -> bool {
        self.0 == sid.as_str()
    }
}

impl PartialEq<str> for StreamSidRef<'_> {
    fn eq(&self, text: &str) -> bool {
        self.0 == text
    }
}

impl PartialEq<&str> for StreamSidRef<'_> {
    fn eq(&self, text: &&str) -> bool {
        self.0 == *text
    }
}

impl fmt::Display for StreamSidRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StreamSidRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        wire(self).fmt(f)
    }
}

fn wire<'a>(sid: &'a StreamSidRef<'_>) -> WireValue<'a> {
    WireValue::Sid { text: sid.as_str(), prefix: StreamSid::PREFIX }
}

impl<'a> Value<'a> for StreamSidRef<'a> {
    const KIND: FieldKind = FieldKind::One(Kind::Sid(StreamSid::PREFIX));

    type Owned = StreamSidRef<'static>;

    fn read(json: &'a str) -> Option<Self> {
        scalar(json).map(Self)
    }

    fn value(&self) -> Option<FieldValue<'_>> {
        Some(FieldValue::One(wire(self)))
    }

    fn into_owned(self) -> StreamSidRef<'static> {
        StreamSidRef(Cow::Owned(self.0.into_owned()))
    }

    fn is(json: &str, value: Option<FieldValue<'_>>) -> bool {
        StreamSidRef::read(json).as_ref().and_then(Value::value) == value
    }
}
