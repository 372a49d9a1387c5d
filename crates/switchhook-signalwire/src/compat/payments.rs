//! Payments.

use switchhook_core::Json;

use super::CompatWebhook;

call_webhooks! {
    /// The end of `<Pay>`. Answer with cXML. The action has to be HTTPS.
    PaymentResult = "pay.action", group "pay" {
        subject result;
        documented;
        also call_sid, parent_call_sid, payment_confirmation_code, payment_token, profile_id,
            payment_card_number, payment_card_type, payment_card_postal_code, expiration_date,
            security_code, payment_method, payment_error, pay_error_code, connector_error,
            bank_account_number, bank_routing_number;
        key (call_sid; content);
        order ();
        events {
            "pay.action"
                sends call_sid, account_sid, api_version, direction, from, to, call_status,
                    payment_token, payment_card_number, payment_card_type, expiration_date,
                    security_code, payment_method, payment_card_postal_code;
        }
    }

    /// What `<Pay>` is asking for. Any 2xx acknowledges it. The key holds no digit of a card: only a
    /// digest.
    PaymentProgress = "pay.status", group "pay" {
        subject stage;
        documented;
        also call_sid, payment_card_number, payment_card_type, payment_card_postal_code,
            expiration_date, security_code, payment_method, bank_account_number,
            bank_routing_number, error_type, attempt;
        key (call_sid stage attempt; content);
        order ();
        events {
            "pay.status"
                sends account_sid, call_sid, error_type, attempt, payment_method;
        }
    }
}

switchhook_core::params! { connector {
    /// The payment, to be told from others and never charged twice: a UUID.
    transaction_id: String = "transaction_id", sample "d7a10936-a2d2-4044-a7b8-6809d878af76";
    /// What is paid with, such as `credit-card`.
    method: String = "method", sample "credit-card";
    /// The number of the card, NOT masked. Never log it.
    cardnumber: String = "cardnumber", sample "4111111111111111";
    /// The security code, NOT masked. Never log it.
    cvv: String = "cvv", sample "123";
    /// The month in which the card ends.
    expiry_month: String = "expiry_month", sample "12";
    /// The year in which the card ends.
    expiry_year: String = "expiry_year", sample "30";
    /// The postal code of the card's owner.
    postal_code: String = "postal_code", sample "10115";
    /// What is charged. A number here, text in the native body.
    charge_amount: f64 = "chargeAmount", sample "12.5";
    /// The currency, such as `usd`.
    currency_code: String = "currency_code", sample "usd";
    /// Whether the token is used once, such as `one-time`.
    token_type: String = "token_type", sample "one-time";
    /// What is paid for.
    description: String = "description", sample "order";
    /// The parameters of the `<Pay>`.
    parameters: Json = "parameters", sample r#"{"order":"A-1009"}"#;
} }

switchhook_core::json_events! {
    params connector;
    family CompatWebhook;
    account;

    /// The processor of a payment is asked for a charge or a token. Answer with JSON: `charge_id` or
    /// `token_id`, `error_code`, `error_message`.
    ///
    /// It is JSON always, with all data of the card: never log it.
    PaymentConnectorRequest = "pay.connector", group "pay" {
        subject transaction_id;
        documented method;
        also cardnumber, cvv, expiry_month, expiry_year, postal_code, charge_amount, currency_code,
            token_type, description, parameters;
        key (transaction_id);
        order ();
        events {
            "pay.connector"
                sends cardnumber, cvv, expiry_month, expiry_year, postal_code, charge_amount,
                    currency_code, token_type, description;
        }
    }
}
