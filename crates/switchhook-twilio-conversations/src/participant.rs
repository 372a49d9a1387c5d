//! Participants of conversations.

use crate::ConversationsWebhook;

switchhook_core::form_events! {
    params param;
    family ConversationsWebhook by "EventType";
    /// A participant is about to come or change, or did.
    group ParticipantEvent = "participant",
        common account_sid, conversation_sid, role_sid;
    key (participant_sid);
    order (date_updated of participant_sid | date_created of participant_sid);

    /// A participant is about to join. There is no SID of it yet; either `identity` or the
    /// addresses are there.
    ParticipantAdd = "onParticipantAdd" {
        subject conversation_sid;
        documented account_sid, source, role_sid, attributes;
        also identity, messaging_binding_address, messaging_binding_proxy_address,
            messaging_binding_projected_address, messaging_binding_type, messaging_binding_level,
            messaging_binding_name, chat_service_sid, client_identity, retry_count;
        sample identity, messaging_binding_type, retry_count;
        key (; content except retry_count);
        order ();
    }

    /// A participant is about to be changed.
    ParticipantUpdate = "onParticipantUpdate" {
        subject participant_sid;
        documented account_sid, source, conversation_sid, date_created, date_updated, role_sid,
            attributes;
        also identity, messaging_binding_address, messaging_binding_proxy_address,
            messaging_binding_projected_address, messaging_binding_type, messaging_binding_level,
            messaging_binding_name, chat_service_sid, client_identity, retry_count;
        sample identity, messaging_binding_type, retry_count;
        key (participant_sid; content except retry_count);
        order ();
    }

    /// A participant is about to be taken out.
    ParticipantRemove = "onParticipantRemove" {
        subject participant_sid;
        documented account_sid, source, conversation_sid, date_created, date_updated, role_sid,
            attributes;
        also identity, messaging_binding_address, messaging_binding_proxy_address,
            messaging_binding_projected_address, messaging_binding_type, messaging_binding_level,
            messaging_binding_name, chat_service_sid, client_identity, retry_count;
        sample identity, messaging_binding_type, retry_count;
        key (participant_sid; content except retry_count);
        order ();
    }

    /// A participant joined: with `identity` from chat, with addresses from SMS and the like.
    ParticipantAdded = "onParticipantAdded" {
        subject participant_sid;
        documented account_sid, source, conversation_sid, date_created, role_sid, attributes;
        also identity, messaging_binding_address, messaging_binding_proxy_address,
            messaging_binding_projected_address, messaging_binding_type, messaging_binding_level,
            messaging_binding_name, chat_service_sid, client_identity, retry_count;
        sample identity, messaging_binding_type, retry_count;
    }

    /// A participant was changed, or has read further. Not sent when one comes online or goes.
    ParticipantUpdated = "onParticipantUpdated" {
        subject participant_sid;
        documented account_sid, source, conversation_sid, date_created, date_updated, role_sid,
            attributes;
        also identity, messaging_binding_address, messaging_binding_proxy_address,
            messaging_binding_projected_address, messaging_binding_type, messaging_binding_level,
            messaging_binding_name, last_read_message_index, chat_service_sid, client_identity,
            retry_count;
        sample identity, messaging_binding_type, retry_count;
        key (participant_sid; content except retry_count);
    }

    /// A participant left or was taken out.
    ParticipantRemoved = "onParticipantRemoved" {
        subject participant_sid;
        documented account_sid, source, conversation_sid, date_created, date_updated, date_removed,
            role_sid, attributes;
        also identity, messaging_binding_address, messaging_binding_proxy_address,
            messaging_binding_projected_address, messaging_binding_type, messaging_binding_level,
            messaging_binding_name, chat_service_sid, client_identity, retry_count;
        sample identity, messaging_binding_type, retry_count;
        order (date_removed of participant_sid | date_updated of participant_sid);
    }
}
