//! What a server sends over a media stream.

use super::{Payload, StreamSidRef};
use crate::websocket::messages;

messages! {
    /// Every message that a server sends over a `<Connect><Stream>`. A `<Start><Stream>`
    /// takes none.
    ///
    /// ```
    /// use switchhook_twilio_voice::media_streams::{Outbound, StreamSid};
    ///
    /// let stream = StreamSid::from("MZ1");
    /// let silence = vec![0xFF; 160];
    /// for message in [
    ///     Outbound::media(&stream, &silence),
    ///     Outbound::mark(&stream, "end of greeting"),
    ///     Outbound::clear(&stream),
    /// ] {
    ///     println!("{}", message.to_json());
    /// }
    /// ```
    pub enum Outbound<'a> = "media-streams/out" by "event" {
        /// Audio to play. Twilio queues it and plays it in order.
        ///
        /// It is encoded when the message is written, straight into its text.
        Media<'a>: media = "media" {
            required {
                /// The stream that the message belongs to: `MZ` and 32 hex digits.
                stream_sid: StreamSidRef<'a> = "streamSid";
                /// The audio: µ-law, 8 kHz, mono, of any length, without a file's header.
                payload: Payload<'a> = "media.payload";
            }
            optional {}
        }

        /// Asks for a `mark` in return when the audio before it was played.
        Mark<'a>: mark = "mark" {
            required {
                /// The stream that the message belongs to: `MZ` and 32 hex digits.
                stream_sid: StreamSidRef<'a> = "streamSid";
                /// Any label.
                name: String = "mark.name";
            }
            optional {}
        }

        /// Drops the audio that is not yet played. The marks in it come back at once.
        Clear<'a>: clear = "clear" {
            required {
                /// The stream that the message belongs to: `MZ` and 32 hex digits.
                stream_sid: StreamSidRef<'a> = "streamSid";
            }
            optional {}
        }
    }
}
