//! Streams, SIPREC sessions and transcriptions while the call goes on.

use crate::VoiceWebhook;

switchhook_core::form_webhooks! {
    params param;
    family VoiceWebhook;
    each documented [];
    each also [];
    /// A media stream began, stopped or failed. Any 2xx acknowledges it.
    StreamStatusUpdate = "stream-status" {
        subject stream_sid;
        documented call_sid, account_sid, timestamp, stream_event;
        also stream_name, stream_error;
        key (stream_sid stream_event);
        order (timestamp of stream_sid);
        events {
            "stream-started" when (stream_event = "stream-started")
                sends timestamp = "2026-03-04T10:20:00.123456Z";
            "stream-stopped" when (stream_event = "stream-stopped")
                sends stream_event = "stream-stopped", timestamp = "2026-03-04T10:20:00.123456Z";
            "stream-error" when (stream_event = "stream-error")
                sends stream_event = "stream-error", timestamp = "2026-03-04T10:20:00.123456Z";
        }
    }

    /// A SIPREC session began, stopped or failed. Any 2xx acknowledges it.
    SiprecStatusUpdate = "siprec-status" {
        subject siprec_sid;
        documented call_sid, account_sid, timestamp, siprec_name, siprec_event;
        also from, to, call_status, api_version, direction, siprec_error, siprec_error_code;
        key (siprec_sid siprec_event);
        order (timestamp of siprec_sid);
        events {
            "siprec-started" when (siprec_event = "siprec-started")
                sends timestamp = "2026-03-04T10:20:00.123456Z";
            "siprec-stopped" when (siprec_event = "siprec-stopped")
                sends siprec_event = "siprec-stopped", timestamp = "2026-03-04T10:20:00.123456Z";
            "siprec-error" when (siprec_event = "siprec-error")
                sends siprec_event = "siprec-error", timestamp = "2026-03-04T10:20:00.123456Z";
        }
    }

    /// A transcription in real time began, heard something, stopped or failed. Any 2xx
    /// acknowledges it.
    TranscriptionUpdate = "transcription" {
        subject call_sid;
        documented account_sid, timestamp, transcription_event, sequence_id;
        also error_code, error_message, stability, session_sid, transcription_data, is_final,
            track, language_code, partial_results, transcription_engine, provider_configuration,
            session_name, inbound_track_label, outbound_track_label, transcription_provider_data,
            transcription_error_code, transcription_error;
        key (session_sid sequence_id);
        order (sequence_id of session_sid);
        events {
            "transcription-started" when (transcription_event = "transcription-started")
                sends session_sid, transcription_event = "transcription-started",
                    timestamp = "2026-03-04T10:20:00.123456Z";
            "transcription-content" when (transcription_event = "transcription-content")
                sends session_sid,
                    transcription_data = "{\"transcript\":\"Incoming call, connecting now.\",\"confidence\":0.97}",
                    is_final, track = "inbound_track", language_code, sequence_id = "2",
                    timestamp = "2026-03-04T10:20:00.123456Z";
            "transcription-stopped" when (transcription_event = "transcription-stopped")
                sends session_sid, transcription_event = "transcription-stopped",
                    sequence_id = "3", timestamp = "2026-03-04T10:20:00.123456Z";
            "transcription-error" when (transcription_event = "transcription-error")
                sends transcription_error_code, transcription_error,
                    transcription_event = "transcription-error", sequence_id = "2",
                    timestamp = "2026-03-04T10:20:00.123456Z";
        }
    }
}
