//! Media streams.

use switchhook_core::{Json, JsonOf, Milliseconds};

use super::CompatWebhook;

switchhook_core::form_webhooks! {
    params form;
    family CompatWebhook;
    each documented [];
    each also [];

    /// A media stream began, stopped or failed. Any 2xx acknowledges it.
    StreamStatusUpdate = "stream.status", group "media" {
        subject stream_sid;
        documented stream_event;
        also account_sid, call_sid, timestamp, conference_sid, stream_name, stream_error,
            stream_track, unique_id;
        key (stream_sid stream_event);
        order (timestamp of stream_sid);
        events {
            "stream.status"
                sends account_sid, call_sid, stream_name, timestamp = "2026-08-04T09:15:00Z";
        }
    }
}

switchhook_core::params! { frame {
    /// What the message is.
    event: super::StreamMessage = "event", sample "media";
    /// The place among the messages of the stream; text on the wire.
    sequence_number: u64 = "sequenceNumber", sample "3";
    /// The stream that the message belongs to: a UUID.
    stream_sid: String = "streamSid", sample "ea93b373-c4dd-492a-acf2-30197662047d";
    /// The protocol: `Call`.
    protocol: String = "protocol", sample "Call";
    /// The version of the protocol: `0.2.0`.
    version: String = "version", sample "0.2.0";
    /// The stream that starts: a UUID.
    start_stream_sid: String = "start.streamSid", sample "ea93b373-c4dd-492a-acf2-30197662047d";
    /// The project that the call belongs to: a UUID.
    start_account_sid: String = "start.accountSid", sample "e3e02379-1e4a-4c8d-a0e4-acdb49c54fd7";
    /// The call whose audio comes: a UUID.
    start_call_sid: String = "start.callSid", sample "bee0b64b-46d3-46c7-ab01-31f7768c0e33";
    /// The tracks that will come.
    tracks: JsonOf<Vec<String>> = "start.tracks", sample r#"["inbound"]"#;
    /// One entry per `<Parameter>` of the cXML.
    custom_parameters: Json = "start.customParameters", sample r#"{"lang":"de"}"#;
    /// How the audio is written down.
    encoding: super::Encoding = "start.mediaFormat.encoding", sample "audio/x-L16";
    /// Samples per second: 8000, 16000 or 24000.
    sample_rate: u64 = "start.mediaFormat.sampleRate", sample "16000";
    /// Channels of each track.
    channels: u64 = "start.mediaFormat.channels", sample "1";
    /// Who is heard.
    track: String = "media.track", sample "inbound";
    /// The place among the pieces of audio, from 1.
    chunk: u64 = "media.chunk", sample "1";
    /// The time in the stream, in milliseconds; not on a clock.
    timestamp: Milliseconds = "media.timestamp", sample "20";
    /// The audio in base64.
    payload: String = "media.payload", sample "fn5+fn5+";
    /// The key: `0` to `9`, `*`, `#`, `A` to `D`.
    digit: String = "dtmf.digit", sample "1";
    /// How long it was pressed, in milliseconds.
    duration: Milliseconds = "dtmf.duration", sample "100";
    /// On which track.
    dtmf_track: String = "dtmf.track", sample "inbound_track";
    /// The label that the mark was sent with.
    name: String = "mark.name", sample "m1";
    /// The project that the call belongs to: a UUID.
    stop_account_sid: String = "stop.accountSid", sample "e3e02379-1e4a-4c8d-a0e4-acdb49c54fd7";
    /// The call whose audio came: a UUID.
    stop_call_sid: String = "stop.callSid", sample "bee0b64b-46d3-46c7-ab01-31f7768c0e33";
} }

switchhook_core::json_events! {
    params frame;
    family CompatWebhook;
    account "start.accountSid", "stop.accountSid";

    /// The connection of a stream stands: its first message.
    StreamConnected = "stream.ws.connected", group "media" {
        subject event;
        documented;
        also protocol, version;
        key (; content);
        order ();
        events { "stream.ws.connected" sends event = "connected", protocol, version; }
    }

    /// A stream begins: its second message, with all that is known about it.
    ///
    /// The audio need not be µ-law at 8 kHz.
    StreamStarted = "stream.ws.start", group "media" {
        subject event;
        documented start_stream_sid, start_call_sid;
        also sequence_number, stream_sid, start_account_sid, tracks, custom_parameters, encoding,
            sample_rate, channels;
        key (start_stream_sid);
        order (sequence_number of start_stream_sid);
        events {
            "stream.ws.start"
                sends event = "start", sequence_number = "1", stream_sid, start_account_sid,
                    tracks, custom_parameters, encoding, sample_rate, channels;
        }
    }

    /// A piece of audio, usually 20 ms.
    StreamMedia = "stream.ws.media", group "media" {
        subject event;
        documented payload;
        also sequence_number, stream_sid, track, chunk, timestamp;
        key (stream_sid sequence_number);
        order (sequence_number of stream_sid);
        events { "stream.ws.media" sends sequence_number, stream_sid, track, chunk, timestamp; }
    }

    /// The caller pressed a key. The stream is named where it goes both ways.
    StreamDigit = "stream.ws.dtmf", group "media" {
        subject event;
        documented digit;
        also sequence_number, stream_sid, duration, dtmf_track;
        key (stream_sid sequence_number);
        order (sequence_number of stream_sid);
        events { "stream.ws.dtmf" sends event = "dtmf", sequence_number, duration; }
    }

    /// The audio before a mark was played, or dropped.
    StreamMark = "stream.ws.mark", group "media" {
        subject event;
        documented name;
        also sequence_number, stream_sid;
        key (stream_sid sequence_number);
        order (sequence_number of stream_sid);
        events { "stream.ws.mark" sends event = "mark", sequence_number, stream_sid; }
    }

    /// A stream is over: its last message.
    StreamStopped = "stream.ws.stop", group "media" {
        subject event;
        documented;
        also sequence_number, stream_sid, stop_account_sid, stop_call_sid;
        key (stream_sid);
        order (sequence_number of stream_sid);
        events {
            "stream.ws.stop"
                sends event = "stop", sequence_number, stream_sid, stop_account_sid, stop_call_sid;
        }
    }
}
