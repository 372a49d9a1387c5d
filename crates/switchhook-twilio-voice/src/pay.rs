//! Payments.

use crate::VoiceWebhook;

call_webhooks! {
    /// The end of `<Pay>`. Answer with TwiML.
    PaymentResult = "pay-action" {
        subject call_sid;
        documented account_sid, from, to, call_status, api_version, direction, result;
        also parent_call_sid, payment_token, payment_confirmation_code, profile_id, payment_method,
            payment_card_number, payment_card_type, expiration_date, security_code,
            payment_card_postal_code, bank_account_number, bank_routing_number, bank_account_type,
            payment_error, pay_error_code, connector_error;
        key (call_sid; content);
        order ();
        events {
            "pay-action.success" when (result = "success") sends call_status = "in-progress";
            "pay-action.too-many-failed-attempts" when (result = "too-many-failed-attempts")
                sends result = "too-many-failed-attempts", call_status = "in-progress";
            "pay-action.payment-connector-error" when (result = "payment-connector-error")
                sends result = "payment-connector-error", call_status = "in-progress";
            "pay-action.caller-interrupted-with-star"
                when (result = "caller-interrupted-with-star")
                sends result = "caller-interrupted-with-star", call_status = "in-progress";
            "pay-action.caller-hung-up" when (result = "caller-hung-up")
                sends result = "caller-hung-up", call_status = "in-progress";
            "pay-action.validation-error" when (result = "validation-error")
                sends result = "validation-error", call_status = "in-progress";
            "pay-action.internal-error" when (result = "internal-error")
                sends result = "internal-error", call_status = "in-progress";
        }
    }
}

switchhook_core::form_webhooks! {
    params param;
    family VoiceWebhook;
    each documented [];
    each also [];
    /// What `<Pay>` is asking for. Any 2xx acknowledges it. The key holds no digit of a card: only a
    /// digest.
    PaymentProgress = "pay-status" {
        subject call_sid;
        documented account_sid, stage;
        also payment_method, payment_card_number, payment_card_type, expiration_date,
            security_code, payment_card_postal_code, bank_account_number, bank_routing_number,
            bank_account_type, error_type, attempt;
        key (call_sid stage attempt; content);
        order ();
        events {
            "pay-status.payment-card-number" when (stage = "payment-card-number");
            "pay-status.expiration-date" when (stage = "expiration-date")
                sends stage = "expiration-date";
            "pay-status.security-code" when (stage = "security-code")
                sends stage = "security-code";
            "pay-status.postal-code" when (stage = "postal-code") sends stage = "postal-code";
            "pay-status.bank-routing-number" when (stage = "bank-routing-number")
                sends stage = "bank-routing-number";
            "pay-status.bank-account-number" when (stage = "bank-account-number")
                sends stage = "bank-account-number";
            "pay-status.payment-processing" when (stage = "payment-processing")
                sends stage = "payment-processing";
        }
    }

    /// A payment that an agent assists went on. Any 2xx acknowledges it.
    PaymentSessionUpdate = "payment-api-status" {
        subject call_sid;
        documented;
        also account_sid, result, payment_token, payment_confirmation_code, profile_id,
            payment_method, payment_card_number, payment_card_type, expiration_date, security_code,
            payment_card_postal_code, bank_account_number, bank_routing_number, bank_account_type,
            payment_error, pay_error_code, connector_error, error_type, payment_sid, capture,
            required, partial_result, charge_amount, date_updated;
        key (payment_sid; content);
        order ();
        events {
            "payment-api-status.update" when (capture) sends capture;
            "payment-api-status.final" when (result) sends result;
        }
    }
}
