//! Values of `<Pay>` and `<Prompt>`.

value_list! {
    /// Kind of bank account.
    PayBankAccountType open {
        ConsumerChecking = "consumer-checking",
        ConsumerSavings = "consumer-savings",
        CommercialChecking = "commercial-checking",
        CommercialSavings = "commercial-savings",
    }
}

value_list! {
    /// How payment details are entered.
    PayInput open {
        Dtmf = "dtmf",
    }
}

value_list! {
    /// Kind of payment.
    PayPaymentMethod open {
        AchDebit = "ach-debit",
        CreditCard = "credit-card",
    }
}

value_list! {
    /// Kind of token that the connector returns.
    PayTokenType open {
        OneTime = "one-time",
        Reusable = "reusable",
        PaymentMethod = "payment-method",
    }
}

value_list! {
    /// Cards that a payment accepts.
    PayValidCardTypes open {
        Visa = "visa",
        Mastercard = "mastercard",
        Amex = "amex",
        Maestro = "maestro",
        Discover = "discover",
        Optima = "optima",
        Jcb = "jcb",
        DinersClub = "diners-club",
        Enroute = "enroute",
    }
}

value_list! {
    /// Card that a prompt is for.
    PromptCardType open {
        Visa = "visa",
        Mastercard = "mastercard",
        Amex = "amex",
        Maestro = "maestro",
        Discover = "discover",
        Optima = "optima",
        Jcb = "jcb",
        DinersClub = "diners-club",
        Enroute = "enroute",
    }
}

value_list! {
    /// Failed attempt that a prompt answers.
    PromptErrorType open {
        Timeout = "timeout",
        InvalidCardNumber = "invalid-card-number",
        InvalidCardType = "invalid-card-type",
        InvalidDate = "invalid-date",
        InvalidSecurityCode = "invalid-security-code",
        InternalError = "internal-error",
        InputMatchingFailed = "input-matching-failed",
    }
}

value_list! {
    /// Payment step that a prompt belongs to.
    PromptFor open {
        PaymentCardNumber = "payment-card-number",
        ExpirationDate = "expiration-date",
        SecurityCode = "security-code",
        PostalCode = "postal-code",
        PaymentProcessing = "payment-processing",
        BankAccountNumber = "bank-account-number",
        BankRoutingNumber = "bank-routing-number",
    }
}
