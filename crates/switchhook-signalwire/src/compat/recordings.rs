//! Recordings and their transcriptions.

use super::CompatWebhook;

switchhook_core::form_webhooks! {
    params form;
    family CompatWebhook;
    each documented [];
    each also [];

    /// A recording has come to another state. Any 2xx acknowledges it.
    ///
    /// While it is being made, its URL and length may be missing.
    RecordingStatusUpdate = "recording.status", group "recording" {
        subject recording_sid;
        documented account_sid, call_sid, recording_duration, recording_url, recording_status,
            recording_channels, recording_source;
        also timestamp, conference_sid, error_code;
        key (recording_sid recording_status);
        order (recording_status of recording_sid);
        events {
            "recording.status"
                sends recording_duration = "94";
        }
    }

    /// A recording was transcribed, for `<Record transcribe>`. Any 2xx acknowledges it.
    RecordingTranscription = "transcription.status", group "transcription" {
        subject transcription_sid;
        documented recording_sid, recording_url, transcription_text, transcription_status,
            transcription_url;
        also account_sid, call_sid, from, to;
        key (transcription_sid transcription_status);
        order ();
        events {
            "transcription.status";
        }
    }
}

call_webhooks! {
    /// The end of `<Record>`. Answer with cXML.
    RecordResult = "record.action", group "voice" {
        subject call_sid;
        documented recording_url;
        also parent_call_sid, recording_duration, recording_sid, digits;
        key (recording_sid | recording_url);
        order ();
        events {
            "record.action"
                sends account_sid, api_version, direction, from, to, call_status,
                    recording_url = "https://files.example.com/r/2", recording_duration,
                    digits = "hangup";
        }
    }
}
