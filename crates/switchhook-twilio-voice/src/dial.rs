//! The ends of `<Dial>`, `<Refer>` and the old `<Sms>`.

use crate::VoiceWebhook;

call_webhooks! {
    /// The end of `<Dial>`. Answer with TwiML.
    DialResult = "dial-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, dial_call_status;
        also parent_call_sid, call_token, stir_verstat, stir_passport_token, sip_domain,
            sip_domain_sid, sip_username, sip_call_id, sip_source_ip, recording_sid, recording_url,
            recording_duration, dial_call_sid, dial_call_duration, dial_bridged, dial_sip_call_id,
            dial_sip_response_code, dequeue_result, dequeued_call_sid, dequeued_call_queue_time,
            dequeued_call_duration, queue_sid;
        prefixed sip_headers, dial_sip_headers;
        key (call_sid dial_call_sid);
        order ();
        events {
            "dial-action.queue" when (dequeue_result)
                sends dequeue_result, call_status = "in-progress";
            "dial-action.completed" when (dial_call_status = "completed")
                sends dial_call_sid, call_status = "in-progress";
            "dial-action.answered" when (dial_call_status = "answered")
                sends dial_call_status = "answered", call_status = "in-progress";
            "dial-action.busy" when (dial_call_status = "busy")
                sends dial_call_sid, dial_call_status = "busy", call_status = "in-progress";
            "dial-action.no-answer" when (dial_call_status = "no-answer")
                sends dial_call_sid, dial_call_status = "no-answer", call_status = "in-progress";
            "dial-action.failed" when (dial_call_status = "failed")
                sends dial_call_sid, dial_call_status = "failed", call_status = "in-progress";
            "dial-action.canceled" when (dial_call_status = "canceled")
                sends dial_call_sid, dial_call_status = "canceled", call_status = "in-progress";
        }
    }

    /// The end of `<Refer>`. Answer with TwiML.
    ReferResult = "refer-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction,
            refer_sip_response_code;
        also parent_call_sid, sip_domain, sip_domain_sid, sip_username, sip_call_id, sip_source_ip,
            refer_call_status, notify_sip_response_code;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "refer-action" sends call_status = "in-progress";
        }
    }

    /// The end of the old `<Sms>` in a call. Answer with TwiML.
    SmsResult = "sms-verb-action" {
        subject call_sid;
        documented;
        also account_sid, from, to, call_status, api_version, direction, parent_call_sid, sms_sid,
            sms_status;
        key (sms_sid sms_status);
        order ();
        events {
            "sms-verb-action";
        }
    }
}
