//! What the webhooks that ask about a call have in common.

/// [`form_webhooks!`](switchhook_core::form_webhooks) with the parameters that every request
/// about a call may have.
macro_rules! call_webhooks {
    ($($webhooks:tt)+) => {
        switchhook_core::form_webhooks! {
            params param;
            family VoiceWebhook;
            each documented [];
            each also [
                called, caller, called_via, forwarded_from, caller_name, application_sid, add_ons,
                from_city, from_state, from_zip, from_country, to_city, to_state, to_zip,
                to_country, caller_city, caller_state, caller_zip, caller_country, called_city,
                called_state, called_zip, called_country
            ];
            $($webhooks)+
        }
    };
}
