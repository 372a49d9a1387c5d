//! Twilio asks what to do with a call.

use crate::VoiceWebhook;

call_webhooks! {
    /// Twilio asks what to do with a call: one that comes in, one that was answered, one that was
    /// redirected. Answer with TwiML, within 15 s.
    ///
    /// The parameters that a Voice SDK client adds are in [`extra`](Self::extra).
    IncomingCall = "voice-request" {
        subject call_sid;
        documented account_sid, from, call_status, api_version, direction;
        also to, parent_call_sid, call_token, stir_verstat, stir_passport_token, sip_domain,
            sip_domain_sid, sip_username, sip_call_id, sip_source_ip, answered_by,
            machine_detection_duration, digits;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "incoming-sip-call" when (sip_domain)
                sends to = "sip:desk@acme.sip.example.com", sip_domain, sip_call_id, sip_source_ip,
                    from = "sip:alice@acme.sip.example.com";
            "incoming-client-call" when (from starts "client:")
                sends application_sid, from = "client:alice";
            "outbound-call-url" when (direction = "outbound-api") & (call_status = "in-progress")
                sends to, direction = "outbound-api", call_status = "in-progress";
            "redirect" when (call_status = "in-progress") sends to, call_status = "in-progress";
            "incoming-call" sends to;
        }
    }

    /// The primary URL failed, and Twilio asks the fallback URL. Answer with TwiML.
    CallFallback = "voice-fallback" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, error_code,
            error_url;
        also parent_call_sid, call_token, stir_verstat, stir_passport_token, sip_domain,
            sip_domain_sid, sip_username, sip_call_id, sip_source_ip;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "voice-fallback";
        }
    }

    /// What the called party hears before it is connected. Answer with TwiML.
    DialWhisper = "dial-whisper" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, parent_call_sid;
        also sip_domain, sip_domain_sid, sip_username, sip_call_id, sip_source_ip;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "dial-whisper" sends direction = "outbound-dial", call_status = "in-progress";
        }
    }

    /// The dialled SIP party asks to be referred to somebody else. Answer with TwiML.
    ReferRequest = "refer-url" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction,
            refer_transfer_target;
        also parent_call_sid, sip_domain, sip_domain_sid, sip_username, sip_call_id, sip_source_ip;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "refer-url" sends call_status = "in-progress";
        }
    }
}
