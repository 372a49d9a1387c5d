//! The voice callback as a user's own borrowed type.

/// Every parameter of the fixture.
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
