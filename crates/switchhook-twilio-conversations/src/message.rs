//! Messages.

use crate::ConversationsWebhook;

switchhook_core::form_events! {
    params param;
    family ConversationsWebhook by "EventType";
    /// A message is about to come or change, or did.
    group MessageEvent = "message",
        common account_sid, conversation_sid;
    key (message_sid);
    order (date_updated of message_sid | date_created of message_sid);

    /// Somebody is about to send a message. It has no SID, index or time yet; `body` is missing
    /// on a message of media alone.
    MessageAdd = "onMessageAdd" {
        subject conversation_sid;
        documented account_sid, source, author, attributes;
        also body, participant_sid, media, chat_service_sid, messaging_service_sid,
            client_identity, retry_count;
        sample body, participant_sid, retry_count;
        key (; content except retry_count);
        order ();
    }

    /// Somebody is about to change a message.
    MessageUpdate = "onMessageUpdate" {
        subject message_sid;
        documented account_sid, source, conversation_sid, index, date_created, date_updated,
            author, attributes;
        also body, participant_sid, media, chat_service_sid, messaging_service_sid,
            client_identity, retry_count;
        sample body, participant_sid, retry_count;
        key (message_sid; content except retry_count);
        order ();
    }

    /// Somebody is about to remove a message.
    MessageRemove = "onMessageRemove" {
        subject message_sid;
        documented account_sid, source, conversation_sid, index, date_created, date_updated,
            author, attributes;
        also body, participant_sid, media, chat_service_sid, messaging_service_sid,
            client_identity, retry_count;
        sample body, participant_sid, retry_count;
        key (message_sid; content except retry_count);
        order ();
    }

    /// A message was sent. `body` is missing on a message of media alone; made by the REST API,
    /// it comes only where the call asked for webhooks.
    MessageAdded = "onMessageAdded" {
        subject message_sid;
        documented account_sid, source, conversation_sid, index, date_created, author, attributes;
        also body, participant_sid, media, chat_service_sid, messaging_service_sid,
            client_identity, retry_count;
        sample body, participant_sid, retry_count;
    }

    /// A message was changed.
    MessageUpdated = "onMessageUpdated" {
        subject message_sid;
        documented account_sid, source, conversation_sid, index, date_created, date_updated,
            author, attributes;
        also body, participant_sid, media, chat_service_sid, messaging_service_sid,
            client_identity, retry_count;
        sample body, participant_sid, retry_count;
        key (message_sid date_updated, except retry_count);
    }

    /// A message was removed. May be the last that is heard of its text.
    MessageRemoved = "onMessageRemoved" {
        subject message_sid;
        documented account_sid, source, conversation_sid, index, date_created, date_updated,
            author, attributes, date_removed;
        also body, participant_sid, media, chat_service_sid, messaging_service_sid,
            client_identity, retry_count;
        sample body, participant_sid, retry_count;
        order (date_removed of message_sid | date_updated of message_sid);
    }
}
