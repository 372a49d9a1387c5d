//! The media of messages: numbered parameters.

use std::fmt;

use switchhook_core::{Params, WireValue};

use crate::{IncomingMessage, MessageAction, MessageFallback};

/// One file of a message, as its webhook has it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Media<'a> {
    /// The number of the parameters, from 0.
    pub index: u32,
    /// Where it is; fetching it needs the account's credentials. On the wire: `MediaUrl{index}`.
    pub url: &'a str,
    /// The media type, such as `image/jpeg`. On the wire: `MediaContentType{index}`.
    pub content_type: Option<&'a str>,
}

/// Shows the lengths of the texts.
impl fmt::Debug for Media<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media")
            .field("index", &self.index)
            .field("url", &WireValue::Text(self.url))
            .field("content_type", &self.content_type.map(WireValue::Text))
            .finish()
    }
}

impl<'a> Media<'a> {
    /// The media of a message in the order of their numbers, by its numbered parameters.
    pub fn of(params: &'a Params) -> Vec<Self> {
        // Both lists are in the order of their numbers.
        let types = params.indexed("MediaContentType");
        let type_of = |index: u32| {
            let found = types.binary_search_by_key(&index, |of| of.0).ok()?;
            Some(types[found].1).filter(|text| !text.is_empty())
        };
        let urls = params.indexed("MediaUrl").into_iter().filter(|(_, url)| !url.is_empty());
        urls.map(|(index, url)| Media { index, url, content_type: type_of(index) }).collect()
    }
}

macro_rules! with_media {
    ($($webhook:ident),*) => {$(
        impl $webhook {
            /// The media of the message in the order of their numbers. What counts are the numbered
            /// parameters; `num_media` may say something else.
            pub fn media(&self) -> Vec<Media<'_>> {
                Media::of(self.params())
            }
        }
    )*};
}

with_media!(IncomingMessage, MessageFallback, MessageAction);
