//! Recordings and their transcriptions.

use crate::VoiceWebhook;

call_webhooks! {
    /// The end of `<Record>`. Answer with TwiML.
    RecordResult = "record-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, recording_url,
            recording_duration;
        also parent_call_sid, call_token, stir_verstat, stir_passport_token, sip_domain,
            sip_domain_sid, sip_username, sip_call_id, sip_source_ip, digits, recording_sid;
        prefixed sip_headers;
        key (recording_sid | recording_url);
        order ();
        events {
            "record-action" sends call_status = "in-progress";
        }
    }
}

switchhook_core::form_webhooks! {
    params param;
    family VoiceWebhook;
    each documented [];
    each also [];
    /// A recording has come to another state. Any 2xx acknowledges it.
    RecordingStatusUpdate = "recording-status" {
        subject recording_sid;
        documented account_sid, recording_status, recording_source;
        also call_sid, error_code, recording_url, recording_duration, recording_channels,
            recording_start_time, recording_track, conference_sid;
        key (recording_sid recording_status);
        order (recording_status of recording_sid);
        events {
            "recording-status.in-progress" when (recording_status = "in-progress")
                sends recording_status = "in-progress";
            "recording-status.completed" when (recording_status = "completed")
                sends recording_url, recording_duration, recording_channels, error_code = "0";
            "recording-status.absent" when (recording_status = "absent")
                sends recording_status = "absent";
            "recording-status.failed" when (recording_status = "failed")
                sends recording_status = "failed";
        }
    }

    /// A recording was transcribed, for `<Record transcribe>`. Any 2xx acknowledges it.
    RecordingTranscription = "transcribe-callback" {
        subject transcription_sid;
        documented call_sid, account_sid, from, to, call_status, api_version, direction,
            recording_sid, recording_url, transcription_status, transcription_url;
        also called, caller, forwarded_from, transcription_text, transcription_type, url;
        key (transcription_sid transcription_status);
        order ();
        events {
            "transcribe-callback.completed" when (transcription_status = "completed")
                sends call_status = "in-progress";
            "transcribe-callback.failed" when (transcription_status = "failed")
                sends transcription_status = "failed", call_status = "in-progress";
        }
    }
}
