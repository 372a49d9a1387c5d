//! Messages.

use super::{CompatWebhook, Media};

switchhook_core::form_webhooks! {
    params form;
    family CompatWebhook;
    each documented [];
    each also [];

    /// Somebody sent a message. Answer with cXML: `<Message>` and `<Redirect>`, or nothing.
    IncomingMessage = "message.inbound", group "messaging" {
        subject message_sid;
        documented account_sid, from, to;
        also api_version, sms_sid, body, num_media, num_segments, media_list;
        indexed media_urls, media_content_types;
        key (message_sid);
        order ();
        events {
            "message.inbound"
                sends from = "+15559876543", to = "+15551234567", body, num_media;
        }
    }

    /// A message that was sent got further: on its way, at its recipient, or not at all.
    ///
    /// Any 2xx acknowledges it. Keep the update that is last by `order()`: they come in any order. An
    /// MMS never becomes `delivered`, since carriers give no receipt.
    MessageStatusUpdate = "message.status", group "messaging" {
        subject message_sid;
        documented message_status;
        also account_sid, api_version, from, to, sms_sid, error_code, error_message, body,
            num_media, num_segments;
        key (message_sid message_status error_code | message_sid message_status);
        order (message_status of message_sid);
        events {
            "message.status"
                sends account_sid, from, to, body = "Your code", num_media, num_segments;
        }
    }

    /// What became of a `<Message>`, sent to its `action`. Answer with cXML.
    MessageResult = "message.action", group "messaging" {
        subject message_sid;
        documented message_status;
        also account_sid, from, to, error_code, body, num_media, num_segments;
        key (message_sid message_status);
        order (message_status of message_sid);
        events {
            "message.action"
                sends message_status = "queued", account_sid, from, to;
        }
    }

    /// What became of the message of an `<Sms>`. Any 2xx acknowledges it.
    SmsStatusUpdate = "sms_verb.status", group "messaging" {
        subject sms_sid;
        documented sms_status;
        also account_sid;
        key (sms_sid sms_status);
        order (sms_status of sms_sid);
        events {
            "sms_verb.status"
                sends sms_status = "sent";
        }
    }
}

call_webhooks! {
    /// The end of `<Sms>` in a call. Answer with cXML.
    SmsResult = "sms_verb.action", group "messaging" {
        subject sms_sid;
        documented sms_status;
        also call_sid;
        key (sms_sid sms_status);
        order ();
        events {
            "sms_verb.action"
                sends call_sid, account_sid, api_version, direction, from, to, call_status;
        }
    }
}

impl IncomingMessage {
    /// The media of the message in the order of their numbers. What counts are the numbered
    /// parameters; `num_media` may say something else.
    pub fn media(&self) -> Vec<Media<'_>> {
        Media::of(self.params())
    }
}
