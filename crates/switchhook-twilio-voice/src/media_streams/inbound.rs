//! What Twilio sends over a media stream.

use switchhook_core::{AccountSid, Milliseconds, open_enum};

use super::{Payload, StreamSidRef};
use crate::{
    CallSid, StreamSid,
    websocket::{Parameters, messages, wire_values},
};

messages! {
    /// Every message that Twilio sends over a media stream.
    pub enum Inbound<'a> = "media-streams/in" by "event" {
        /// The connection stands: the first message.
        Connected: connected = "connected" {
            required {}
            optional {
                /// The protocol: `Call`.
                protocol: String = "protocol";
                /// Its version: `1.0.0`, `0.2.0` in older captures.
                version: String = "version";
            }
        }

        /// The stream begins: the second message, with all that is known about it.
        Start: start = "start" {
            required {
                /// The stream. Answers name it.
                stream_sid: StreamSid = "start.streamSid";
                /// The call whose audio it is: `CA` and 32 hex digits.
                call_sid: CallSid = "start.callSid";
            }
            optional {
                /// The place among the messages of the stream, from 1; `connected` does not
                /// count.
                sequence_number: u64 as text = "sequenceNumber";
                /// The stream, as all later messages name it.
                message_stream_sid: StreamSid = "streamSid";
                /// The account that the call belongs to: `AC` and 32 hex digits.
                account_sid: AccountSid = "start.accountSid";
                /// The format of the audio: `audio/x-mulaw`.
                encoding: String = "start.mediaFormat.encoding";
                /// Samples per second: 8000.
                sample_rate: u64 = "start.mediaFormat.sampleRate";
                /// Channels of each track: 1.
                channels: u64 = "start.mediaFormat.channels";
            }
            collected {
                /// The tracks that will come: inbound alone of a `<Connect><Stream>`.
                tracks: Vec<MediaTrack> = "start.tracks";
                /// One entry per `<Parameter>` of the TwiML: the only way to hand data over.
                custom_parameters: Parameters = "start.customParameters";
            }
        }

        /// A piece of audio, usually 20 ms: every 20 ms for each track.
        Media<'a>: media = "media" {
            required {
                /// The audio: µ-law, 8 kHz, mono, usually 160 bytes.
                payload: Payload<'a> = "media.payload";
            }
            optional {
                /// The place among the messages of the stream.
                sequence_number: u64 as text = "sequenceNumber";
                /// The stream that the message belongs to: `MZ` and 32 hex digits.
                stream_sid: StreamSidRef<'a> = "streamSid";
                /// Who is heard.
                track: MediaTrack = "media.track";
                /// The place among the pieces of audio, from 1. Whether two tracks share the
                /// count is not documented.
                chunk: u64 as text = "media.chunk";
                /// The time in the stream, not on a clock. A gap means lost audio.
                timestamp: Milliseconds as text = "media.timestamp";
            }
        }

        /// The caller pressed a key; of a `<Connect><Stream>` alone.
        Dtmf: dtmf = "dtmf" {
            required {
                /// The key: `0` to `9`, `*`, `#`, `A` to `D`.
                digit: String = "dtmf.digit";
            }
            optional {
                /// The place among the messages of the stream.
                sequence_number: u64 as text = "sequenceNumber";
                /// The stream that the message belongs to: `MZ` and 32 hex digits.
                stream_sid: StreamSid = "streamSid";
                /// The track, in a spelling of its own: `inbound_track`.
                track: String = "dtmf.track";
            }
        }

        /// The audio before a mark was played, or dropped by a `clear`; of a
        /// `<Connect><Stream>` alone.
        Mark: mark = "mark" {
            required {
                /// The label that the mark was sent with.
                name: String = "mark.name";
            }
            optional {
                /// The place among the messages of the stream.
                sequence_number: u64 as text = "sequenceNumber";
                /// The stream that the message belongs to: `MZ` and 32 hex digits.
                stream_sid: StreamSid = "streamSid";
            }
        }

        /// The stream is over: the last message.
        Stop: stop = "stop" {
            required {}
            optional {
                /// The place among the messages of the stream.
                sequence_number: u64 as text = "sequenceNumber";
                /// The stream that the message belongs to: `MZ` and 32 hex digits.
                stream_sid: StreamSid = "streamSid";
                /// The account that the call belongs to: `AC` and 32 hex digits.
                account_sid: AccountSid = "stop.accountSid";
                /// The call whose audio it is: `CA` and 32 hex digits.
                call_sid: CallSid = "stop.callSid";
            }
        }
    }
}

open_enum! {
    /// Who is heard on a track.
    ///
    /// TwiML has other words for it (`inbound_track`, `both_tracks`), and so has `dtmf`.
    pub enum MediaTrack {
        /// What Twilio gets from the caller.
        Inbound = "inbound",
        /// What Twilio plays to the caller.
        Outbound = "outbound",
    }
}

wire_values!(MediaTrack);
