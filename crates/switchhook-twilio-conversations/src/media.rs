//! The media of messages: a JSON list in a parameter.

use std::fmt;

use serde::Deserialize;
use switchhook_core::{JsonError, JsonText, WireValue};

use crate::{
    ConversationAdd, MediaSid, MessageAdd, MessageAdded, MessageRemove, MessageRemoved,
    MessageUpdate, MessageUpdated,
};

/// One file of a message.
///
/// Its content is fetched by SID from the service's media resource.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
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

fn items(media: Option<&JsonText>) -> Result<Vec<MediaItem>, JsonError> {
    media.map_or(Ok(Vec::new()), JsonText::parse)
}

macro_rules! with_media {
    ($($event:ident),*) => {$(
        impl $event {
            /// The files of the message, from `Media`; none where it has no media.
            ///
            /// # Errors
            ///
            /// [`JsonError`] when `Media` is not a list of files; the text stays in `media`.
            pub fn media_items(&self) -> Result<Vec<MediaItem>, JsonError> {
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
