//! What becomes of messages that go out.

use crate::MessagingWebhook;

switchhook_core::form_webhooks! {
    params param;
    family MessagingWebhook;
    each documented [];
    each also [];

    /// A message that was sent got further: on its way, at its recipient, or not at all.
    ///
    /// Updates come in any order and carry no time: keep the one that is last by `order()`, which
    /// is the rank of its [`MessageStatus`](crate::MessageStatus). Any 2xx acknowledges one.
    MessageStatusUpdate = "message-status" {
        subject message_sid;
        documented message_status, account_sid, from, sms_sid, sms_status;
        also messaging_service_sid, to, body, api_version, error_code, error_message,
            raw_dlr_done_date, channel_prefix, channel_install_sid, channel_to_address,
            channel_status_message, event_type, structured_message;
        key (message_sid message_status error_code | message_sid message_status);
        order (message_status of message_sid);
        events {
            "message-status.accepted" when (message_status = "accepted")
                sends to, message_status = "accepted", sms_status = "accepted", api_version;
            "message-status.scheduled" when (message_status = "scheduled")
                sends to, message_status = "scheduled", sms_status = "scheduled", api_version;
            "message-status.queued" when (message_status = "queued")
                sends to, message_status = "queued", sms_status = "queued", api_version;
            "message-status.sending" when (message_status = "sending")
                sends to, message_status = "sending", sms_status = "sending", api_version;
            "message-status.sent" when (message_status = "sent")
                sends to, message_status = "sent", sms_status = "sent", api_version;
            "message-status.delivered" when (message_status = "delivered")
                sends to, message_status = "delivered", sms_status = "delivered", api_version,
                    raw_dlr_done_date;
            "message-status.undelivered" when (message_status = "undelivered")
                sends to, message_status = "undelivered", sms_status = "undelivered", api_version,
                    error_code = "30003", raw_dlr_done_date;
            "message-status.failed" when (message_status = "failed")
                sends to, message_status = "failed", sms_status = "failed", api_version,
                    error_code = "30003";
            "message-status.read" when (message_status = "read")
                sends from = "whatsapp:+15550100100", to = "whatsapp:+15550100200",
                    message_status = "read", sms_status = "read", api_version, channel_prefix,
                    channel_install_sid, channel_to_address, event_type;
            "message-status.canceled" when (message_status = "canceled")
                sends to, message_status = "canceled", sms_status = "canceled", api_version;
            "message-status.partially_delivered" when (message_status = "partially_delivered")
                sends to, message_status = "partially_delivered",
                    sms_status = "partially_delivered", api_version;
        }
    }

    /// What became of a TwiML `<Message>`, sent to its `action`.
    ///
    /// Answered with messaging TwiML. Beside its status it has what an incoming message has.
    MessageAction = "message-action" {
        subject message_sid;
        documented message_status;
        also sms_sid, sms_message_sid, account_sid, messaging_service_sid, from, to, body,
            num_media, num_segments, api_version, sms_status, from_city, from_state, from_zip,
            from_country, to_city, to_state, to_zip, to_country, add_ons, opt_out_type, error_code;
        indexed media_url, media_content_type;
        key (message_sid message_status);
        order (message_status of message_sid);
        events {
            "message-action"
                sends account_sid, from, to, body, num_media, num_segments, sms_sid,
                    sms_message_sid, sms_status, api_version;
        }
    }
}
