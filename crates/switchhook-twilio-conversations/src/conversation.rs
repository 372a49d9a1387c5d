//! Conversations and their states.

use crate::{ConversationState, ConversationsWebhook};

switchhook_core::form_events! {
    params param;
    family ConversationsWebhook by "EventType";
    /// A conversation is about to come or change, or did.
    group ConversationEvent = "conversation",
        common account_sid, messaging_service_sid, chat_service_sid;
    key (conversation_sid);
    order (date_updated of conversation_sid | date_created of conversation_sid);

    /// A conversation is about to be made. There is no SID yet, and so no subject: nothing but the
    /// name is required. Where an inbound message makes it, `message_body` has its text.
    ConversationAdd = "onConversationAdd" {
        documented account_sid, source, attributes, chat_service_sid, messaging_service_sid, state;
        also friendly_name, unique_name, messaging_binding_address,
            messaging_binding_proxy_address, messaging_binding_projected_address,
            messaging_binding_author_address, message_body, media, date_created, client_identity,
            retry_count;
        sample messaging_binding_address, messaging_binding_proxy_address, message_body,
            state = "initializing", retry_count;
        key (; content except retry_count);
        order ();
    }

    /// A conversation is about to be changed.
    ConversationUpdate = "onConversationUpdate" {
        subject conversation_sid;
        documented account_sid, source, date_created, date_updated, attributes, chat_service_sid,
            messaging_service_sid, state;
        also friendly_name, unique_name, client_identity, retry_count;
        sample friendly_name, retry_count;
        key (conversation_sid; content except retry_count);
        order ();
    }

    /// A conversation is about to be removed.
    ConversationRemove = "onConversationRemove" {
        subject conversation_sid;
        documented account_sid, source, date_created, date_updated, attributes, chat_service_sid,
            messaging_service_sid, state;
        also friendly_name, unique_name, client_identity, retry_count;
        sample friendly_name, retry_count;
        key (conversation_sid; content except retry_count);
        order ();
    }

    /// A conversation was made. Addresses come where an inbound message made it.
    ConversationAdded = "onConversationAdded" {
        subject conversation_sid;
        documented account_sid, source, date_created, attributes, chat_service_sid,
            messaging_service_sid, state;
        also date_updated, friendly_name, unique_name, messaging_binding_address,
            messaging_binding_proxy_address, messaging_binding_projected_address,
            messaging_binding_author_address, channel_metadata, client_identity, retry_count;
        sample friendly_name, retry_count;
    }

    /// A conversation was changed.
    ConversationUpdated = "onConversationUpdated" {
        subject conversation_sid;
        documented account_sid, source, date_created, date_updated, attributes, chat_service_sid,
            messaging_service_sid, state;
        also friendly_name, unique_name, client_identity, retry_count;
        sample friendly_name, retry_count;
        key (conversation_sid date_updated, except retry_count);
    }

    /// A conversation was removed.
    ConversationRemoved = "onConversationRemoved" {
        subject conversation_sid;
        documented account_sid, source, date_created, date_updated, attributes, chat_service_sid,
            messaging_service_sid, state, date_removed;
        also friendly_name, unique_name, client_identity, retry_count;
        sample friendly_name, retry_count, state = "closed";
        order (date_removed of conversation_sid | date_updated of conversation_sid);
    }

    /// A conversation got into another state, by the API, a timer or an event. See
    /// [`new_state`](Self::new_state).
    ConversationStateUpdated = "onConversationStateUpdated" {
        subject conversation_sid;
        documented account_sid, chat_service_sid, messaging_service_sid, state_updated, state_from,
            state_to, reason;
        also source, conversation_state, friendly_name, unique_name, client_identity, retry_count;
        sample retry_count;
        key (conversation_sid state_updated, except retry_count);
        order (state_updated of conversation_sid in "state");
    }
}

impl ConversationStateUpdated {
    /// The state that the conversation is in now: `StateTo`, or `ConversationState` where that
    /// spelling was sent.
    pub fn new_state(&self) -> Option<&ConversationState> {
        self.state_to.as_ref().or(self.conversation_state.as_ref())
    }
}

macro_rules! with_addresses {
    ($($event:ident),*) => {$(
        impl $event {
            /// The addresses of the people that the conversation is made for: one, of a group
            /// several.
            pub fn addresses(&self) -> impl Iterator<Item = &str> {
                let addresses = self.messaging_binding_address.as_deref().unwrap_or_default();
                switchhook_core::CommaList::split(addresses)
            }
        }
    )*};
}

with_addresses!(ConversationAdd, ConversationAdded);
