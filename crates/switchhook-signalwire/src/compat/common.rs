//! What the webhooks that ask about a call have in common.

/// [`form_webhooks!`](switchhook_core::form_webhooks) with the parameters that requests about a
/// call may have.
macro_rules! call_webhooks {
    ($($webhooks:tt)+) => {
        switchhook_core::form_webhooks! {
            params form;
            family CompatWebhook;
            each documented [];
            each also [account_sid, api_version, call_status, direction, from, to];
            $($webhooks)+
        }
    };
}
