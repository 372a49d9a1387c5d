//! A voice callback as a typed event: every parameter of the fixture, typed as its table says.

use switchhook_core::{form_events, form_family, open_enum, params, sid};

sid! {
    /// The SID of a call.
    pub(crate) struct CallSid = "CA";
}

open_enum! {
    /// State of a call.
    pub(crate) enum CallStatus {
        /// Ended after it was answered.
        Completed = "completed",
        /// Being rung.
        Ringing = "ringing",
    }
}

open_enum! {
    /// Who started a call.
    pub(crate) enum Direction {
        /// The caller.
        Inbound = "inbound",
        /// The API.
        OutboundApi = "outbound-api",
    }
}

params! { param {
    /// The parameter.
    called: String = "Called", sample "+15550001111";
    /// The parameter.
    to_state: String = "ToState", sample "CA";
    /// The parameter.
    caller_country: String = "CallerCountry", sample "US";
    /// The parameter.
    direction: Direction = "Direction", sample "inbound";
    /// The parameter.
    timestamp: switchhook_core::Timestamp = "Timestamp", sample "Fri, 21 Nov 2025 10:11:12 +0000";
    /// The parameter.
    callback_source: String = "CallbackSource", sample "call-progress-events";
    /// The parameter.
    sip_response_code: u64 = "SipResponseCode", sample "200";
    /// The parameter.
    caller_state: String = "CallerState", sample "NY";
    /// The parameter.
    to_zip: String = "ToZip", sample "94016";
    /// The parameter.
    sequence_number: u64 = "SequenceNumber", sample "3";
    /// The parameter.
    call_sid: CallSid = "CallSid", sample "CA00112233445566778899aabbccddeeff";
    /// The parameter.
    to: String = "To", sample "+15550001111";
    /// The parameter.
    caller_zip: String = "CallerZip", sample "10001";
    /// The parameter.
    to_country: String = "ToCountry", sample "US";
    /// The parameter.
    called_zip: String = "CalledZip", sample "94016";
    /// The parameter.
    api_version: String = "ApiVersion", sample "2010-04-01";
    /// The parameter.
    called_city: String = "CalledCity", sample "SAN FRANCISCO";
    /// The parameter.
    call_status: CallStatus = "CallStatus", sample "completed";
    /// The parameter.
    duration: u64 = "Duration", sample "1";
    /// The parameter.
    from: String = "From", sample "+15550002222";
    /// The parameter.
    call_duration: switchhook_core::Seconds = "CallDuration", sample "42";
    /// The parameter.
    account_sid: switchhook_core::AccountSid = "AccountSid", sample "ACffeeddccbbaa99887766554433221100";
    /// The parameter.
    called_country: String = "CalledCountry", sample "US";
    /// The parameter.
    caller_city: String = "CallerCity", sample "NEW YORK";
    /// The parameter.
    to_city: String = "ToCity", sample "SAN FRANCISCO";
    /// The parameter.
    from_country: String = "FromCountry", sample "US";
    /// The parameter.
    caller: String = "Caller", sample "+15550002222";
    /// The parameter.
    from_city: String = "FromCity", sample "NEW YORK";
    /// The parameter.
    called_state: String = "CalledState", sample "CA";
    /// The parameter.
    from_zip: String = "FromZip", sample "10001";
    /// The parameter.
    from_state: String = "FromState", sample "NY";
    /// The parameter.
    stir_verstat: String = "StirVerstat", sample "TN-Validation-Passed-A";
    /// The parameter.
    recording_url: String = "RecordingUrl", sample "https://api.example.com/2010-04-01/Accounts/ACffeeddccbbaa99887766554433221100/Recordings/RE0123456789abcdef0123456789abcdef";
} }

form_events! {
    params param;
    family Voice by "BenchEvent";
    /// Calls.
    group CallEvent = "call", common call_sid;
    key (call_sid);
    order ();

    /// A call was completed.
    CallCompleted = "completed" {
        subject call_sid;
        documented called, to_state, caller_country, direction, timestamp, callback_source, sip_response_code, caller_state, to_zip, sequence_number, to, caller_zip, to_country, called_zip, api_version, called_city, call_status, duration, from, call_duration, account_sid, called_country, caller_city, to_city, from_country, caller, from_city, called_state, from_zip, from_state, stir_verstat, recording_url;
    }
}

form_family! {
    params param;
    /// The one event of the bench.
    pub enum Voice = "bench.voice" by "BenchEvent", common call_sid { CallCompleted }
}

/// The same as a user's own borrowed type.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only reading it is counted")]
pub(crate) struct Borrowed<'a> {
    pub(crate) call_sid: &'a str,
    pub(crate) called: Option<&'a str>,
    pub(crate) to_state: Option<&'a str>,
    pub(crate) caller_country: Option<&'a str>,
    pub(crate) direction: Option<&'a str>,
    pub(crate) timestamp: Option<&'a str>,
    pub(crate) callback_source: Option<&'a str>,
    pub(crate) sip_response_code: Option<&'a str>,
    pub(crate) caller_state: Option<&'a str>,
    pub(crate) to_zip: Option<&'a str>,
    pub(crate) sequence_number: Option<&'a str>,
    pub(crate) to: Option<&'a str>,
    pub(crate) caller_zip: Option<&'a str>,
    pub(crate) to_country: Option<&'a str>,
    pub(crate) called_zip: Option<&'a str>,
    pub(crate) api_version: Option<&'a str>,
    pub(crate) called_city: Option<&'a str>,
    pub(crate) call_status: Option<&'a str>,
    pub(crate) duration: Option<&'a str>,
    pub(crate) from: Option<&'a str>,
    pub(crate) call_duration: Option<&'a str>,
    pub(crate) account_sid: Option<&'a str>,
    pub(crate) called_country: Option<&'a str>,
    pub(crate) caller_city: Option<&'a str>,
    pub(crate) to_city: Option<&'a str>,
    pub(crate) from_country: Option<&'a str>,
    pub(crate) caller: Option<&'a str>,
    pub(crate) from_city: Option<&'a str>,
    pub(crate) called_state: Option<&'a str>,
    pub(crate) from_zip: Option<&'a str>,
    pub(crate) from_state: Option<&'a str>,
    pub(crate) stir_verstat: Option<&'a str>,
    pub(crate) recording_url: Option<&'a str>,
}
