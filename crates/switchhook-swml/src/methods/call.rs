//! The call itself: answering, ending, digits, SIP, messages, fax.

use super::FlagOrText;
use crate::{
    DecimalSeconds, FaxTone, HangupReason, List, PayActionKind, PayInput, PaymentMethod, Seconds,
    TokenType, Value, grammar::Group,
};

crate::table::objects! {
    /// Answers the inbound leg.
    Answer of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Longest time of the call; 4 hours by default.
        max_duration: Value<Seconds> = "max_duration";
        /// Codecs to offer, joined by commas: `PCMU`, `PCMA`, `G722`, `G729`, `AMR-WB`, `OPUS`,
        /// `VP8`, `H264`.
        codecs: String = "codecs";
        /// User name for SIP authentication.
        username: String = "username";
        /// Password for SIP authentication.
        password: String = "password";
    }

    /// Ends the call.
    Hangup of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// What the other side is told; `busy` and `decline` before the call is answered.
        reason: HangupReason = "reason";
    }

    /// Sends DTMF.
    SendDigits of []
    make {
        /// Sends these digits.
        new(digits: String = "digits");
    }
    fields {
        /// Digits: `0-9*#A-D`, `w` for half a second, `W` for one.
        digits: String = "digits" [required()];
    }

    /// Sends a SIP REFER.
    SipRefer of []
    make {
        /// To that `sip:` URI.
        new(to_uri: String = "to_uri");
    }
    fields {
        /// Where to: a `sip:` URI.
        to_uri: String = "to_uri" [required()];
        /// URL that gets the status.
        status_url: String = "status_url";
        /// User name, where the other side asks for one.
        username: String = "username";
        /// Password, where the other side asks for one.
        password: String = "password";
    }

    /// Sends a text message, or one with media.
    SendSms of ["SMSWithBody", "SMSWithMedia"] [groups(&[Group::Some(&["body", "media"])])]
    make {
        /// A message with text.
        text(to_number: String = "to_number", from_number: String = "from_number", body: String = "body");
        /// A message with media.
        media(to_number: String = "to_number", from_number: String = "from_number", media: List<String> = "media");
    }
    shapes {
        /// URLs of media.
        media: List<String> = "media";
    }
    fields {
        /// Receiver, E.164.
        to_number: String = "to_number" [required()];
        /// Sender, E.164.
        from_number: String = "from_number" [required()];
        /// Region that it is sent from.
        region: String = "region";
        /// Tags to search the logs by.
        tags: List<String> = "tags";
        /// URL that gets the status.
        status_callback: String = "status_callback";
        /// Text.
        body: String = "body";
    }

    /// Takes a fax.
    ReceiveFax of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// URL that gets the status.
        status_url: String = "status_url";
    }

    /// Sends a fax.
    SendFax of []
    make {
        /// Sends the PDF at that URL.
        new(document: String = "document");
    }
    fields {
        /// URL of a PDF.
        document: String = "document" [required()];
        /// Line at the head of each page.
        header_info: String = "header_info";
        /// Identity of the sender.
        identity: String = "identity";
        /// URL that gets the status.
        status_url: String = "status_url";
    }

    /// Tells people from answering machines and fax machines.
    DetectMachine of []
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Whether to wait for the end of a machine's message.
        detect_message_end: Value<bool> = "detect_message_end";
        /// What to detect, joined by commas: `amd`, `fax`.
        detectors: String = "detectors";
        /// Silence that ends an utterance.
        end_silence_timeout: Value<DecimalSeconds> = "end_silence_timeout" [min(0.0)];
        /// Longest wait for speech.
        initial_timeout: Value<DecimalSeconds> = "initial_timeout" [min(0.0)];
        /// Silence after which a machine counts as ready.
        machine_ready_timeout: Value<DecimalSeconds> = "machine_ready_timeout" [min(0.0)];
        /// Length of speech that makes a machine.
        machine_voice_threshold: Value<DecimalSeconds> = "machine_voice_threshold" [min(0.0)];
        /// Number of words that makes a machine.
        machine_words_threshold: Value<i64> = "machine_words_threshold" [min(0.0)];
        /// URL that gets the status.
        status_url: String = "status_url";
        /// How long detection may take; 30 seconds by default.
        timeout: Value<DecimalSeconds> = "timeout" [min(0.0)];
        /// Tone of a fax to detect.
        tone: FaxTone = "tone";
        /// Whether to wait for the result; true by default.
        wait: Value<bool> = "wait";
    }

    /// Takes a card by keypad and hands it to your connector.
    Pay of []
    make {
        /// With the connector at that URL.
        new(payment_connector_url: String = "payment_connector_url");
    }
    fields {
        /// URL that gets the card and answers with a charge or a token.
        payment_connector_url: String = "payment_connector_url" [required()];
        /// Amount, like `9.99`; without it, or with 0, only a token is made.
        charge_amount: String = "charge_amount";
        /// Currency, ISO 4217; `usd` by default.
        currency: String = "currency";
        /// Description of the payment.
        description: String = "description";
        /// How the card is entered.
        input: PayInput = "input";
        /// Language of the prompts.
        language: String = "language";
        /// Most attempts.
        max_attempts: Value<i64> = "max_attempts";
        /// Shortest postal code.
        min_postal_code_length: Value<i64> = "min_postal_code_length";
        /// Parameters of your own for the connector.
        parameters: List<PayParameter> = "parameters";
        /// Means of payment.
        payment_method: PaymentMethod = "payment_method";
        /// Whether to ask for the postal code, or the code itself where it is known.
        postal_code: FlagOrText = "postal_code";
        /// What the caller hears, case by case.
        prompts: List<PayPrompt> = "prompts";
        /// Whether to ask for the security code; true by default.
        security_code: Value<bool> = "security_code";
        /// URL that gets the status.
        status_url: String = "status_url";
        /// Longest pause between digits; 5 seconds by default.
        timeout: Value<Seconds> = "timeout";
        /// Whether the token is good once or more often.
        token_type: TokenType = "token_type";
        /// Cards to take, joined by blanks.
        valid_card_types: String = "valid_card_types";
        /// Voice of the prompts.
        voice: String = "voice";
    }

    /// A parameter of your own for the connector.
    PayParameter of ["PayParameters"]
    make {
        /// A parameter of that name.
        new(name: String = "name", value: String = "value");
    }
    fields {
        /// Name of the parameter.
        name: String = "name" [required()];
        /// What stands under the name.
        value: String = "value" [required()];
    }

    /// What the caller hears at a stage of the payment.
    PayPrompt of ["PayPrompts"]
    make {
        /// For that stage, like `payment-card-number`.
        new(stage: String = "for", actions: List<PayAction> = "actions");
    }
    fields {
        /// What is said or played.
        actions: List<PayAction> = "actions" [required()];
        /// Stage of the payment.
        stage: String = "for" [required()];
        /// Attempts that it is for, joined by blanks.
        attempts: String = "attempts";
        /// Cards that it is for, joined by blanks.
        card_type: String = "card_type";
        /// Errors that it is for, joined by blanks.
        error_type: String = "error_type";
    }

    /// Something that is said or played.
    PayAction of ["PayPromptSayAction", "PayPromptPlayAction", "PayPromptAction"]
    make {
        /// Of that kind; [`say`](Self::say) and [`play`](Self::play) are shorter.
        new(kind: PayActionKind = "type", phrase: String = "phrase");
    }
    fields {
        /// Whether text is said or a file is played.
        kind: PayActionKind = "type" [required()];
        /// Text that is said, or URL that is played.
        phrase: String = "phrase" [required()];
    }
}
