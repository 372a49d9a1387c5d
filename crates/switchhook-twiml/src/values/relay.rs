//! Values of `<ConversationRelay>` and `<Language>`.

value_list! {
    /// What interrupts speech: digits, speech, both or nothing.
    RelayInterruptible open {
        None = "none" | "false",
        Dtmf = "dtmf",
        Speech = "speech",
        Any = "any" | "true",
    }
}

value_list! {
    /// Which input is reported while the agent speaks.
    RelayReportInput open {
        None = "none" | "false",
        Dtmf = "dtmf",
        Speech = "speech",
        Any = "any" | "true",
    }
}

value_list! {
    /// How readily a caller interrupts.
    RelayInterruptSensitivity open {
        Low = "low",
        Medium = "medium",
        High = "high",
    }
}

value_list! {
    /// Engine that speaks in a relay session. Other spellings of case are seen too.
    RelayTtsProvider open {
        Google = "Google",
        Amazon = "Amazon",
        ElevenLabs = "ElevenLabs",
    }
}

value_list! {
    /// Engine that recognises speech in a relay session. Other spellings of case are seen too.
    RelayTranscriptionProvider open {
        Google = "Google",
        Deepgram = "Deepgram",
    }
}

value_list! {
    /// Debugging messages of a relay session.
    RelayDebug open {
        Debugging = "debugging",
        SpeakerEvents = "speaker-events",
        TokensPlayed = "tokens-played",
    }
}

value_list! {
    /// Extra events of a relay session.
    RelayEvents open {
        SpeakerEvents = "speaker-events",
        TokensPlayed = "tokens-played",
    }
}

value_list! {
    /// Text normalisation before speech.
    OnAutoOff open {
        On = "on",
        Auto = "auto",
        Off = "off",
    }
}

value_list! {
    /// What a relay session adds to its prompt messages.
    RelayIncludeInPrompt open {
        TurnState = "turn-state",
        PromptSegments = "prompt-segments",
    }
}
