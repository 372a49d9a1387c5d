//! What goes on in calls, and messages on the socket, in envelopes.

use switchhook_core::{DecimalSeconds, EpochSeconds, Json, JsonOf, Milliseconds};

use crate::{
    CallDirection, CollectResult, ControlState, DetectEvent, DetectType, DeviceType, FaxDirection,
    FaxEvent, HttpMethod, MediaDirection, MessageState, PauseBehavior, PayErrorType, PayFor,
    RecordFormat, SignalWireEvent,
};

switchhook_core::json_events! {
    params envelope;
    family SignalWireEvent by "event_type" in rpc "signalwire.event";
    account "project_id";

    /// A playback in a call changed.
    CallPlay = "calling.call.play", group "call" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, control_id, state;
        key (control_id state timestamp | control_id state);
        order (timestamp of control_id);
    }

    /// Digits or speech were collected. A prompt shares its control id with the playback.
    CallCollect = "calling.call.collect", group "call" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, control_id;
        also result_type, result_digits, result_terminator, result_text, result_confidence,
            is_final, state, segment_id;
        key (control_id; content);
        order (timestamp of control_id);
    }

    /// A recording of a call changed. The address may be there before the file is whole.
    CallRecord = "calling.call.record", group "recording" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, control_id, state;
        also segment_id, tag, url, duration, size, recording_id, recording_start_time,
            recording_end_time, pause_behavior, record_audio_format, record_audio_direction,
            record_audio_stereo, record_url, record_duration, record_size, record_format;
        key (control_id state; content);
        order (timestamp of control_id);
    }

    /// Something was detected on a call: a person, a machine, a fax, digits.
    CallDetect = "calling.call.detect", group "call" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, control_id,
            detect_type;
        also segment_id, detect_event, detect_beep;
        key (control_id; content);
        order (timestamp of control_id);
    }

    /// A fax got on or is done.
    CallFax = "calling.call.fax", group "fax" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, control_id, fax_type;
        also fax_direction, fax_identity, fax_remote_identity, fax_document, fax_pages,
            fax_success, fax_result, fax_result_text, fax_format, fax_number;
        key (control_id fax_type; content);
        order (timestamp of control_id);
    }

    /// The tap of a call changed.
    CallTap = "calling.call.tap", group "media" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, control_id, state;
        also segment_id, tag, tap_type, tap_direction, device_type, device_addr, device_port,
            device_codec, device_ptime, device_uri, device_rate;
        key (control_id state);
        order (timestamp of control_id);
    }

    /// The media stream of a call changed.
    CallStream = "calling.call.stream", group "media" {
        subject control_id;
        documented event_channel, timestamp, project_id, space_id, state, url;
        also call_id, node_id, segment_id, tag, name;
        key (control_id state);
        order (timestamp of control_id);
    }

    /// A payment in a call got on. Card data is masked, and yet nothing for a log.
    ///
    /// On the socket it has the control id and the state alone.
    CallPay = "calling.call.pay", group "pay" {
        subject control_id;
        documented event_channel, timestamp, project_id, space_id, node_id, call_id;
        also stage, error_type, payment_method, payment_card_number, payment_card_type,
            security_code, expiration_date, payment_card_postal_code, status_url,
            status_url_method, state;
        key (control_id; content);
        order (timestamp of control_id);
    }

    /// Noise reduction was switched, on the socket.
    CallDenoise = "calling.call.denoise", group "media" {
        subject call_id;
        documented node_id, denoised;
        also event_channel, timestamp, project_id, space_id;
        key ();
        order ();
    }

    /// A transcription changed, on the socket.
    CallTranscribe = "calling.call.transcribe", group "transcription" {
        subject call_id;
        documented node_id, control_id, state;
        also event_channel, timestamp, project_id, space_id, url, recording_id, duration, size,
            status_url, transcription_start_time, transcription_end_time;
        key (control_id state);
        order ();
    }

    /// A transcript is done.
    TranscriptCompleted = "calling.transcript.completed", group "transcription" {
        subject id;
        documented timestamp, project_id, space_id, call_id, segment_id;
        also event_channel, text;
        key (id);
        order ();
    }

    /// A call could not be transcribed.
    TranscriptFailed = "calling.transcript.failed", group "transcription" {
        subject id;
        documented timestamp, project_id, space_id, call_id, segment_id;
        also event_channel, text;
        key (id);
        order ();
    }

    /// A message came in, on the socket.
    MessagingReceive = "messaging.receive", group "messaging" {
        subject message_id;
        documented direction, from_number, to_number;
        also event_channel, timestamp, project_id, space_id, context, body, media, segments,
            message_state, tags, tag;
        key (message_id);
        order ();
    }

    /// A message changed its state, on the socket.
    MessagingStateChanged = "messaging.state", group "messaging" {
        subject message_id;
        documented message_state;
        also event_channel, timestamp, project_id, space_id, context, direction, from_number,
            to_number, body, media, segments, reason, tags, tag;
        key (message_id message_state);
        order (message_state of message_id);
    }

    /// What a sidecar posts, on the socket.
    SidecarRelayed = "calling.ai.sidecar", group "ai" {
        documented;
        also event_channel, timestamp, project_id, space_id, call_id, sidecar_event;
        key ();
        order ();
    }

    /// What a live transcription has written, on the socket.
    ConversationLog = "calling.ai.transcribe.conversation_log", group "ai" {
        documented;
        also event_channel, timestamp, project_id, space_id, call_id, conversation_log;
        key ();
        order ();
    }
}
