//! The ends of `<Connect>`, and virtual agents.

use crate::VoiceWebhook;

call_webhooks! {
    /// The end of `<Connect>` with a stream or another noun that has no result of its own. Answer
    /// with TwiML.
    ConnectResult = "connect-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction;
        also parent_call_sid, call_token, stir_verstat, stir_passport_token, sip_domain,
            sip_domain_sid, sip_username, sip_call_id, sip_source_ip;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "connect-action.stream" sends call_status = "in-progress";
        }
    }

    /// The end of a `ConversationRelay` session. Answer with TwiML.
    ConversationRelayResult = "conversation-relay-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, direction, session_id, session_status,
            session_duration;
        also api_version, parent_call_sid, error_code, error_message, handoff_data;
        key (session_id session_status);
        order ();
        events {
            "conversation-relay-action.ended" when (session_status = "ended")
                sends call_status = "in-progress";
            "conversation-relay-action.completed" when (session_status = "completed")
                sends session_status = "completed", call_status = "in-progress";
            "conversation-relay-action.failed" when (session_status = "failed")
                sends session_status = "failed", error_code = "64105", call_status = "in-progress";
        }
    }

    /// The end of `<Connect><VirtualAgent>`. Answer with TwiML.
    VirtualAgentResult = "virtual-agent-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction,
            virtual_agent_status, virtual_agent_provider;
        also parent_call_sid, virtual_agent_provider_data, virtual_agent_error,
            virtual_agent_error_code;
        key (call_sid; content);
        order ();
        events {
            "virtual-agent-action.live-agent-handoff"
                when (virtual_agent_status = "live-agent-handoff")
                sends call_status = "in-progress";
            "virtual-agent-action.failed" when (virtual_agent_status = "failed")
                sends virtual_agent_status = "failed", call_status = "in-progress";
        }
    }
}

switchhook_core::form_webhooks! {
    params param;
    family VoiceWebhook;
    each documented [];
    each also [];
    /// A turn between a caller and a virtual agent. Any 2xx acknowledges it.
    VirtualAgentStatusUpdate = "virtual-agent-status" {
        subject call_sid;
        documented virtual_agent_provider_data;
        also account_sid, timestamp, virtual_agent_event, virtual_agent_provider;
        key (call_sid; content);
        order (timestamp of call_sid in "virtual agent");
        events {
            "virtual-agent-status";
        }
    }
}
