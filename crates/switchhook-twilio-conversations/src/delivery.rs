//! Delivery receipts: one for each recipient and state.

use crate::ConversationsWebhook;

switchhook_core::form_events! {
    params param;
    family ConversationsWebhook by "EventType";
    /// A delivery got further.
    group DeliveryEvent = "delivery",
        common account_sid, conversation_sid, message_sid;
    key (delivery_receipt_sid status, except retry_count);
    order (status of delivery_receipt_sid);

    /// The delivery of a message to one recipient got further. May come before the message itself.
    DeliveryUpdated = "onDeliveryUpdated" {
        subject delivery_receipt_sid;
        documented account_sid, conversation_sid, chat_service_sid, message_sid,
            channel_message_sid, participant_sid, status, date_created, date_updated;
        also error_code, source, client_identity, retry_count;
        sample retry_count;
    }
}
