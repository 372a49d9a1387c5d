//! Queues.

use super::CompatWebhook;

call_webhooks! {
    /// A call left the queue. Answer with cXML.
    EnqueueResult = "queue.action", group "queue" {
        subject queue_result;
        documented;
        also call_sid, parent_call_sid, queue_sid, queue_time;
        key (call_sid; content);
        order ();
        events {
            "queue.action"
                sends call_sid, account_sid, api_version, direction, from, to, call_status,
                    queue_sid, queue_time;
        }
    }

    /// What to play while a call waits; asked again when it has run out. Answer with cXML.
    QueueWait = "queue.wait", group "queue" {
        subject queue_sid;
        documented;
        also call_sid, parent_call_sid, queue_time, avg_queue_time, current_queue_size,
            queue_position;
        key (call_sid; content);
        order ();
        events {
            "queue.wait"
                sends call_sid, account_sid, api_version, direction, from, to, call_status,
                    queue_time = "5", queue_position, current_queue_size, avg_queue_time;
        }
    }

    /// What a queued caller hears just before being connected. Answer with cXML.
    DequeueRequest = "queue.url", group "queue" {
        subject call_sid;
        documented queue_sid;
        also parent_call_sid, queue_time, dequeing_call_sid;
        key (call_sid; content);
        order ();
        events {
            "queue.url"
                sends account_sid, api_version, direction, from, to, call_status,
                    dequeing_call_sid, queue_time = "60";
        }
    }
}
