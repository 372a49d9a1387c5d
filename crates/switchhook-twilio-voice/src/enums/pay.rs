//! Values of payments.

use switchhook_core::open_enum;

open_enum! {
    /// How a payment ended.
    pub enum PayResult {
        /// It was made.
        Success = "success",
        /// The caller could not give the data.
        TooManyFailedAttempts = "too-many-failed-attempts",
        /// The processor refused it.
        PaymentConnectorError = "payment-connector-error",
        /// The caller pressed the star.
        CallerInterruptedWithStar = "caller-interrupted-with-star",
        /// The call ended before the payment was made.
        CallerHungUp = "caller-hung-up",
        /// The data is not valid.
        ValidationError = "validation-error",
        /// The provider failed.
        InternalError = "internal-error",
    }
}

open_enum! {
    /// What is paid with.
    pub enum PaymentMethod {
        /// A card, for credit or for debit.
        CreditCard = "credit-card",
        /// A bank account in the USA.
        AchDebit = "ach-debit",
    }
}

open_enum! {
    /// The kind of a card.
    pub enum PaymentCardType {
        /// A card of Visa.
        Visa = "visa",
        /// A card of Mastercard.
        Mastercard = "mastercard",
        /// A card of American Express.
        Amex = "amex",
        /// A card of Maestro.
        Maestro = "maestro",
        /// A card of Discover.
        Discover = "discover",
        /// A card of American Express's Optima.
        Optima = "optima",
        /// A card of JCB.
        Jcb = "jcb",
        /// A card of Diners Club.
        DinersClub = "diners-club",
        /// A card of enRoute.
        Enroute = "enroute",
    }
}

open_enum! {
    /// The kind of a bank account.
    pub enum BankAccountType {
        /// A person's checking account.
        ConsumerChecking = "consumer-checking",
        /// A person's savings account.
        ConsumerSavings = "consumer-savings",
        /// A company's checking account.
        CommercialChecking = "commercial-checking",
    }
}

open_enum! {
    /// What a payment asks for.
    pub enum PayFor {
        /// The digits on the front of the card.
        PaymentCardNumber = "payment-card-number",
        /// When the card ends.
        ExpirationDate = "expiration-date",
        /// The code on the card, of three or four digits.
        SecurityCode = "security-code",
        /// The postal code of the card's owner.
        PostalCode = "postal-code",
        /// The number by which banks know the caller's bank.
        BankRoutingNumber = "bank-routing-number",
        /// The number of the caller's account.
        BankAccountNumber = "bank-account-number",
        /// Nothing: the payment is being made.
        PaymentProcessing = "payment-processing",
        /// The number of the card once more.
        PaymentCardNumberMatcher = "payment-card-number-matcher",
        /// When the card ends, once more.
        ExpirationDateMatcher = "expiration-date-matcher",
        /// The security code once more.
        SecurityCodeMatcher = "security-code-matcher",
        /// The postal code once more.
        PostalCodeMatcher = "postal-code-matcher",
    }
}

open_enum! {
    /// Why a caller is asked again.
    pub enum PayErrorType {
        /// Nothing was typed in time.
        InputTimeout = "input-timeout",
        /// There is no such card.
        InvalidCardNumber = "invalid-card-number",
        /// The card is of a kind that is not taken.
        InvalidCardType = "invalid-card-type",
        /// There is no such date, or it is past.
        InvalidDate = "invalid-date",
        /// There is no such code.
        InvalidSecurityCode = "invalid-security-code",
        /// There is no such code.
        InvalidPostalCode = "invalid-postal-code",
        /// There is no such bank.
        InvalidBankRoutingNumber = "invalid-bank-routing-number",
        /// There is no such account.
        InvalidBankAccountNumber = "invalid-bank-account-number",
        /// There is no such kind of account.
        InvalidBankAccountType = "invalid-bank-account-type",
        /// The code was taken before the number.
        InvalidCardNumberSecurityCodeCaptureSequence = "invalid-card-number-security-code-capture-sequence",
        /// It was not the same when typed again.
        InputMatchingFailed = "input-matching-failed",
        /// There is a session already.
        SessionInProgress = "session-in-progress",
        /// The provider failed.
        InternalError = "internal-error",
    }
}
