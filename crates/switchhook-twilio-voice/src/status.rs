//! The state of calls.

use crate::VoiceWebhook;

call_webhooks! {
    /// A call has come to another state. Any 2xx acknowledges it.
    ///
    /// The state is in `call_status`: an answered call arrives as `in-progress`, an ended one under
    /// the way in which it ended.
    CallStatusUpdate = "call-status" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, timestamp,
            callback_source, sequence_number;
        also parent_call_sid, call_token, stir_verstat, stir_passport_token, stir_status,
            sip_domain, sip_call_id, sip_response_code, error_code, error_message, call_duration,
            duration, answered_by, machine_detection_duration, recording_sid, recording_url,
            recording_duration;
        prefixed sip_headers;
        key (call_sid sequence_number | call_sid call_status);
        order (sequence_number of call_sid | call_status of call_sid);
        events {
            "call-status.initiated" when (call_status = "initiated")
                sends call_status = "initiated", direction = "outbound-api";
            "call-status.ringing" when (call_status = "ringing")
                sends sequence_number = "1", direction = "outbound-api";
            "call-status.answered" when (call_status = "in-progress")
                sends call_status = "in-progress", sequence_number = "2",
                    direction = "outbound-api";
            "call-status.completed"
                when (call_status = "completed" | "busy" | "no-answer" | "failed" | "canceled")
                sends call_duration, duration, call_status = "completed", sequence_number = "3",
                    direction = "outbound-api";
        }
    }

    /// A leg that `<Dial>` made has come to another state. Any 2xx acknowledges it.
    DialLegStatusUpdate = "dial-leg-status" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, parent_call_sid,
            timestamp, callback_source, sequence_number;
        also call_token, stir_verstat, stir_passport_token, stir_status, sip_domain, sip_call_id,
            sip_response_code, error_code, error_message, call_duration, duration, answered_by,
            machine_detection_duration, recording_sid, recording_url, recording_duration;
        prefixed sip_headers;
        key (call_sid sequence_number | call_sid call_status);
        order (sequence_number of call_sid | call_status of call_sid);
        events {
            "dial-leg-status.initiated" when (call_status = "initiated")
                sends call_status = "initiated", direction = "outbound-dial";
            "dial-leg-status.ringing" when (call_status = "ringing")
                sends direction = "outbound-dial", sequence_number = "1";
            "dial-leg-status.answered" when (call_status = "in-progress")
                sends call_status = "in-progress", direction = "outbound-dial",
                    sequence_number = "2";
            "dial-leg-status.completed"
                when (call_status = "completed" | "busy" | "no-answer" | "failed" | "canceled")
                sends call_duration, duration, call_status = "completed",
                    direction = "outbound-dial", sequence_number = "3";
        }
    }
}

switchhook_core::form_webhooks! {
    params param;
    family VoiceWebhook;
    each documented [];
    each also [];
    /// Who or what has answered, found out while the call goes on. Any 2xx acknowledges it.
    MachineDetectionResult = "amd-status" {
        subject call_sid;
        documented account_sid, answered_by, machine_detection_duration;
        key (call_sid);
        order ();
        events {
            "amd-status";
        }
    }
}
