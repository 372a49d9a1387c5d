//! The media of messages: a JSON list in a parameter.

use std::fmt;

use serde_core::{Deserialize, Deserializer, de::Error};
use switchhook_core::{Json, JsonError, JsonRef, JsonText, WireValue};

use crate::{
    ConversationAdd, MediaSid, MessageAdd, MessageAdded, MessageRemove, MessageRemoved,
    MessageUpdate, MessageUpdated,
};

/// One file of a message.
///
/// Its content is fetched by SID from the service's media resource.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MediaItem {
    /// The SID of the media. In the JSON: `Sid`.
    pub sid: MediaSid,
    /// The file's name, as the sender has it. In the JSON: `Filename`.
    pub filename: Option<String>,
    /// The size in bytes. In the JSON: `Size`.
    pub size: Option<u64>,
    /// The media type, such as `image/png`. In the JSON: `ContentType`.
    pub content_type: Option<String>,
}

impl<'de> Deserialize<'de> for MediaItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let item = Json::deserialize(deserializer)?;
        let item = item.as_ref();
        Ok(Self {
            sid: member(item, "Sid")?.ok_or_else(|| D::Error::missing_field("Sid"))?,
            filename: member(item, "Filename")?,
            size: member(item, "Size")?,
            content_type: member(item, "ContentType")?,
        })
    }
}

/// `None` where it is absent or null.
fn member<'a, T: Deserialize<'a>, E: Error>(item: JsonRef<'a>, name: &str) -> Result<Option<T>, E> {
    item.get(name).map_or(Ok(None), JsonRef::to).map_err(E::custom)
}

/// Shows of a file's name and type the lengths.
impl fmt::Debug for MediaItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaItem")
            .field("sid", &self.sid)
            .field("filename", &self.filename.as_deref().map(WireValue::Text))
            .field("size", &self.size)
            .field("content_type", &self.content_type.as_deref().map(WireValue::Text))
            .finish()
    }
}

/// One that is no file costs the others nothing.
fn items(media: Option<&JsonText>) -> Result<Vec<Result<MediaItem, JsonError>>, JsonError> {
    let items: Vec<Json> = media.map_or(Ok(Vec::new()), JsonText::parse)?;
    Ok(items.iter().map(Json::to).collect())
}

macro_rules! with_media {
    ($($event:ident),*) => {$(
        impl $event {
            /// The files of the message, from `Media`; none where it has no media. An item that
            /// is no file is an error in its place: `items.into_iter().flatten()` are those
            /// that are.
            ///
            /// # Errors
            ///
            /// [`JsonError`] when `Media` is no list; the text stays in `media`.
            pub fn media_items(&self) -> Result<Vec<Result<MediaItem, JsonError>>, JsonError> {
                items(self.media.as_ref())
            }
        }
    )*};
}

with_media!(
    MessageAdd,
    MessageUpdate,
    MessageRemove,
    MessageAdded,
    MessageUpdated,
    MessageRemoved,
    ConversationAdd
);
