//! Transcripts of Voice Intelligence, the one webhook of Voice whose body is JSON.

use switchhook_core::{AccountSid, Payload};

use crate::{TranscriptSid, VoiceWebhook, classify};

switchhook_core::params! { intelligence {
    /// The account, or the subaccount, that owns the transcript.
    account_sid: AccountSid = "account_sid", sample "AC07ca36756e3594406917764baaa992d3";
    /// The service that has made the transcript.
    service_sid: crate::IntelligenceServiceSid = "service_sid", sample "GA14a168cac6e1bb204054246ae2276913";
    /// The transcript that it is about: `GT` and 32 hex digits.
    transcript_sid: TranscriptSid = "transcript_sid", sample "GTb8a5dc9e8f63f286040d632ba5b822b8";
    /// What the application gave when it asked for the transcript.
    customer_key: String = "customer_key", sample "call-42";
    /// What the transcript is encrypted with.
    encryption_credential_sid: String = "encryption_credential_sid", sample "CR00112233445566778899aabbccddeeff";
} }

switchhook_core::json_events! {
    params intelligence;
    family VoiceWebhook by "event_type";
    account "account_sid";

    /// A transcript can be fetched. Any 2xx acknowledges it.
    ///
    /// The body is JSON, signed by its digest in the URL.
    TranscriptAvailable = "voice_intelligence_transcript_available", group "voice-intelligence" {
        subject transcript_sid;
        documented account_sid, service_sid;
        also customer_key, encryption_credential_sid;
        key (transcript_sid);
        order ();
    }
}

/// What a delivery goes by: JSON says it, the rest is classified.
pub(crate) fn name(payload: &Payload) -> Option<&str> {
    let Some(json) = payload.json() else { return classify::group(payload) };
    let event = json.as_ref().get("event_type")?;
    if event.as_str()? == TranscriptAvailable::NAME {
        return Some(TranscriptAvailable::NAME);
    }
    switchhook_core::__private::stranger::<VoiceWebhook>(event)
}
