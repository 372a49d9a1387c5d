//! Calls: what to do with them, what becomes of them.

use super::CompatWebhook;

switchhook_core::form_webhooks! {
    params form;
    family CompatWebhook;
    each documented [];
    each also [];

    /// SignalWire asks what to do with a call: one that comes in, one that was answered, one that
    /// was redirected, one whose primary URL failed. Answer with cXML.
    ///
    /// By GET the parameters are in the query.
    CallRequest = "voice.request", group "voice" {
        subject call_sid;
        documented account_sid, from, to;
        also api_version, call_status, direction, parent_call_sid, timestamp, caller_name,
            forwarded_from, sip_call_id, sip_user, answered_by;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "voice.request"
                sends api_version, direction, call_status = "ringing";
        }
    }

    /// A call has come to another state. Any 2xx acknowledges it.
    ///
    /// The state is in `call_status`: an answered call arrives as `in-progress`. Numbers may be
    /// missing on some updates of a call, so that its states are what orders them.
    CallStatusUpdate = "voice.status", group "voice" {
        subject call_sid;
        documented account_sid, api_version, call_status, direction, from, to;
        also parent_call_sid, timestamp, callback_source, sequence_number, call_duration,
            caller_name, forwarded_from, hangup_by, hangup_direction, recording_duration,
            recording_sid, recording_url, sip_result_code, sip_invite_result_phrase, sip_call_id,
            audio_in_mos, audio_in_average_ptime, audio_in_jitter_max_variance,
            audio_in_jitter_min_variance, audio_in_dtmf_packet_count, audio_in_flush_packet_count,
            audio_in_largest_jb_size, audio_in_media_packet_count, audio_in_skip_packet_count,
            audio_out_dtmf_packet_count, audio_out_media_packet_count, audio_out_lost, answered_by;
        key (call_sid sequence_number | call_sid call_status);
        order (call_status of call_sid | sequence_number of call_sid);
        events {
            "voice.status"
                sends direction = "outbound-api", call_status = "initiated", callback_source,
                    sequence_number, timestamp;
        }
    }

    /// A call to a number has ended, told to the number's own callback. Any 2xx acknowledges it.
    IncomingCallStatusUpdate = "voice.incoming_status", group "voice" {
        subject call_sid;
        documented account_sid, call_status, from, to;
        also api_version, direction, timestamp, call_duration, audio_in_mos;
        key (call_sid call_status);
        order (call_status of call_sid);
        events {
            "voice.incoming_status"
                sends timestamp = "Tue, 04 Aug 2026 09:16:42 +0000", call_status = "completed",
                    call_duration, audio_in_mos;
        }
    }
}

call_webhooks! {
    /// Who or what has answered, found out while the call goes on. Any 2xx acknowledges it.
    ///
    /// The pages have `AnsweredBy` alone. Where partial results were asked for, several come for one
    /// call.
    MachineDetectionResult = "voice.amd", group "voice" {
        subject call_sid;
        documented answered_by;
        also machine_detection_duration;
        key (call_sid; content);
        order ();
        events {
            "voice.amd"
                sends account_sid, api_version, direction = "outbound-api", from, to, call_status,
                    answered_by = "human";
        }
    }

    /// The end of `<Dial>`. Answer with cXML.
    DialResult = "dial.action", group "voice" {
        subject dial_call_status;
        documented;
        also call_sid, parent_call_sid, hangup_direction, recording_url, dial_call_sid,
            dial_call_duration, dial_sip_call_id, dial_sip_response_code,
            dial_sip_hangup_direction;
        prefixed dial_sip_headers;
        key (call_sid dial_call_sid);
        order ();
        events {
            "dial.action"
                sends call_sid, account_sid, api_version, direction, from, to, call_status,
                    dial_call_sid, dial_call_duration,
                    recording_url = "https://files.example.com/r/1";
        }
    }

    /// The end of `<Refer>`. Answer with cXML.
    ReferResult = "refer.action", group "voice" {
        subject refer_call_status;
        documented;
        also call_sid, parent_call_sid, refer_sip_response_code, notify_sip_response_code;
        key (call_sid; content);
        order ();
        events {
            "refer.action"
                sends call_sid, account_sid, api_version, direction, from, to, call_status,
                    refer_sip_response_code, notify_sip_response_code;
        }
    }

    /// The end of `<Gather>`. Answer with cXML.
    ///
    /// A caller may type the same digits twice: only a mark of your own in the action URL tells the
    /// second turn from a second delivery of the first.
    GatherResult = "gather.action", group "voice" {
        subject call_sid;
        documented;
        also parent_call_sid, digits, speech_result, confidence, unstable_speech_result;
        key (call_sid; content);
        order ();
        events {
            "gather.action"
                sends account_sid, api_version, direction, from, to, call_status, digits;
        }
    }

    /// The end of `<Connect><VirtualAgent>`. Answer with cXML.
    VirtualAgentResult = "virtual_agent.action", group "voice" {
        subject virtual_agent_status;
        documented;
        also call_sid, parent_call_sid, virtual_agent_error, virtual_agent_error_code,
            virtual_agent_provider, virtual_agent_provider_data;
        key (call_sid; content);
        order ();
        events {
            "virtual_agent.action"
                sends call_sid, account_sid, api_version, direction, from, to, call_status,
                    virtual_agent_provider, virtual_agent_provider_data;
        }
    }
}
