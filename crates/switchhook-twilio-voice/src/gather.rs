//! What callers type and say.

use crate::VoiceWebhook;

call_webhooks! {
    /// The end of `<Gather>`. Answer with TwiML.
    ///
    /// A caller may type the same digits twice: only the provider's token, or a mark of your own in
    /// the action URL, tells the second turn from a second delivery of the first.
    GatherResult = "gather-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction;
        also parent_call_sid, call_token, stir_verstat, stir_passport_token, sip_domain,
            sip_domain_sid, sip_username, sip_call_id, sip_source_ip, digits, finished_on_key,
            speech_result, confidence, language, msg;
        prefixed sip_headers;
        key (call_sid; content);
        order ();
        events {
            "gather-action.dtmf" when (digits) sends digits, call_status = "in-progress";
            "gather-action.speech" when (speech_result)
                sends speech_result, call_status = "in-progress";
            "gather-action.empty" sends call_status = "in-progress";
        }
    }

    /// What a caller said so far. Any 2xx acknowledges it.
    GatherPartialResult = "gather-partial" {
        subject call_sid;
        documented account_sid, unstable_speech_result;
        also from, to, call_status, api_version, direction, parent_call_sid, sequence_number,
            language, stable_speech_result, stability;
        key (call_sid; content);
        order ();
        events {
            "gather-partial";
        }
    }
}
