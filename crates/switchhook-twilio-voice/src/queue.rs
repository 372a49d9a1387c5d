//! Queues.

use crate::VoiceWebhook;

call_webhooks! {
    /// A call left the queue. Answer with TwiML.
    EnqueueResult = "enqueue-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, queue_result;
        also parent_call_sid, call_token, stir_verstat, stir_passport_token, sip_domain,
            sip_domain_sid, sip_username, sip_call_id, sip_source_ip, queue_sid, queue_time;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "enqueue-action.bridged" when (queue_result = "bridged")
                sends call_status = "in-progress";
            "enqueue-action.bridging-in-process" when (queue_result = "bridging-in-process")
                sends queue_result = "bridging-in-process", call_status = "in-progress";
            "enqueue-action.error" when (queue_result = "error")
                sends queue_result = "error", call_status = "in-progress";
            "enqueue-action.hangup" when (queue_result = "hangup")
                sends queue_result = "hangup", call_status = "in-progress";
            "enqueue-action.leave" when (queue_result = "leave")
                sends queue_result = "leave", call_status = "in-progress";
            "enqueue-action.redirected" when (queue_result = "redirected")
                sends queue_result = "redirected", call_status = "in-progress";
            "enqueue-action.redirected-from-bridged"
                when (queue_result = "redirected-from-bridged")
                sends queue_result = "redirected-from-bridged", call_status = "in-progress";
            "enqueue-action.queue-full" when (queue_result = "queue-full")
                sends queue_result = "queue-full", call_status = "in-progress";
            "enqueue-action.system-error" when (queue_result = "system-error")
                sends queue_result = "system-error", call_status = "in-progress";
        }
    }

    /// What to play while a call waits; asked again when it has run out. Answer with TwiML.
    QueueWait = "queue-wait" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, queue_sid,
            queue_time, queue_position, avg_queue_time, current_queue_size;
        also parent_call_sid, call_token, stir_verstat, stir_passport_token, sip_domain,
            sip_domain_sid, sip_username, sip_call_id, sip_source_ip, digits, speech_result,
            max_queue_size;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "queue-wait" sends call_status = "in-progress";
        }
    }

    /// What a queued caller hears just before being connected. Answer with TwiML.
    DequeueRequest = "dequeue-url" {
        subject call_sid;
        documented queue_sid, queue_time, dequeing_call_sid;
        also account_sid, from, to, call_status, api_version, direction, parent_call_sid;
        key (call_sid; content);
        order ();
        events {
            "dequeue-url";
        }
    }
}
