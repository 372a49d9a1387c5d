//! Users of the chat SDK.

use crate::ConversationsWebhook;

switchhook_core::form_events! {
    params param;
    family ConversationsWebhook by "EventType";
    /// A user is about to change, or did.
    group UserEvent = "user",
        common account_sid, chat_service_sid, user_sid;
    key (user_sid);
    order (date_updated of user_sid | date_created of user_sid);

    /// A user is about to be changed.
    UserUpdate = "onUserUpdate" {
        subject user_sid;
        documented account_sid, source, chat_service_sid, date_updated, role_sid, attributes;
        also identity, friendly_name, client_identity, retry_count;
        sample identity, friendly_name, retry_count;
        key (user_sid; content except retry_count);
        order ();
    }

    /// A user was made.
    UserAdded = "onUserAdded" {
        subject user_sid;
        documented account_sid, source, chat_service_sid, date_created, role_sid, attributes;
        also identity, friendly_name, client_identity, retry_count;
        sample identity, friendly_name, retry_count;
    }

    /// A user was changed, came online or went. Coming and going need not change `date_updated`:
    /// the whole content is in the key.
    UserUpdated = "onUserUpdated" {
        subject user_sid;
        documented account_sid, source, chat_service_sid, date_created, date_updated, role_sid,
            attributes;
        also identity, friendly_name, is_online, is_notifiable, client_identity, retry_count;
        sample identity, friendly_name, retry_count, is_online, is_notifiable;
        key (user_sid; content except retry_count);
    }
}
