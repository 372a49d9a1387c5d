//! Elements of SignalWire's dialect, cXML.

crate::table::elements! {
    /// Turns noise reduction `on` or `off` (SignalWire).
    Denoise = "Denoise" in [VoiceResponse], text required, new(text) [signalwire()] {}

    /// A Verto client to call (SignalWire): `name@space-domain.verto.signalwire.com`.
    Verto = "Verto" in [Dial], text required, new(text) [signalwire()] {}

    /// Declines a fax (SignalWire).
    FaxReject = "Reject" in [FaxResponse], text none, new() [signalwire()] {}

    /// Streams the audio of a conference (SignalWire).
    ConferenceStream = "Stream" in [Conference], text none, new(name, url) [signalwire()] {
        /// Name of the stream.
        name: text = "name" [required()];
        /// URL of the WebSocket server.
        url: wss = "url" [required()];
        /// Whether audio flows both ways.
        bidir: flag = "bidir";
        /// Codec and rate of the audio.
        codec: text = "codec";
        /// Whether audio is sent as it comes.
        realtime: flag = "realtime";
        /// URL that gets the status.
        status_callback: url = "statusCallback";
        /// Method of the requests that tell the status.
        status_callback_method: one<HttpMethod> = "statusCallbackMethod";
        /// Whether the certificate of the server is checked.
        stream_ssl_validate_certificate: flag = "streamSslValidateCertificate";
        /// Whether the conference starts with the stream.
        stream_start_conference_on_enter: flag = "streamStartConferenceOnEnter";
        /// Which side of the call.
        track: one<StreamTrack> = "track";
    }

    /// Connects an AI agent (SignalWire, not on its pages).
    Ai = "AI" in [Connect], text none, new() [signalwire()] {
        /// Engine of the voice.
        engine: text = "engine";
        /// Who speaks, as the engine names it.
        voice: text = "voice";
        /// URL that gets the summary.
        post_prompt_url: url = "postPromptURL";
        /// User for that URL.
        post_prompt_auth_user: text = "postPromptAuthUser";
        /// Password for that URL.
        post_prompt_auth_password: text = "postPromptAuthPassword";
        /// Words and phrases to expect.
        hints: text = "hints";
    }

    /// What an AI agent is told to be.
    AiPrompt = "Prompt" in [Ai], text required, new(text) [signalwire()] {
        /// Randomness of the model.
        temperature: decimal = "temperature";
        /// Share of likely tokens to choose from.
        top_p: decimal = "topP";
        /// Confidence that ends an utterance.
        confidence: decimal = "confidence";
        /// Confidence that interrupts the agent.
        barge_confidence: decimal = "bargeConfidence";
        /// Penalty for topics used already.
        presence_penalty: decimal = "presencePenalty";
        /// Penalty for words used often.
        frequency_penalty: decimal = "frequencyPenalty";
    }

    /// What an AI agent is asked when the call is over.
    PostPrompt = "PostPrompt" in [Ai], text required, new(text) [signalwire()] {
        /// Randomness of the model.
        temperature: decimal = "temperature";
        /// Share of likely tokens to choose from.
        top_p: decimal = "topP";
        /// Confidence that ends an utterance.
        confidence: decimal = "confidence";
        /// Confidence that interrupts the agent.
        barge_confidence: decimal = "bargeConfidence";
        /// Penalty for topics used already.
        presence_penalty: decimal = "presencePenalty";
        /// Penalty for words used often.
        frequency_penalty: decimal = "frequencyPenalty";
    }

    /// Languages of an AI agent.
    Languages = "Languages" in [Ai], text none, new() [signalwire()] {}

    /// One language of an AI agent.
    AiLanguage = "Language" in [Languages], text none, new() [signalwire()] {
        /// Code of the language.
        code: text = "code";
        /// Name of the language.
        name: text = "name";
        /// Who speaks, as the engine names it.
        voice: text = "voice";
    }

    /// Functions of an AI agent.
    Swaig = "SWAIG" in [Ai], text none, new() [signalwire()] {}

    /// What the functions of an AI agent have in common. Metadata go in as
    /// [`Custom`](crate::Custom).
    Defaults = "Defaults" in [Swaig], text none, new() [signalwire()] {
        /// URL of the function.
        web_hook_url: url = "webHookURL";
        /// User for that URL.
        web_hook_auth_user: text = "webHookAuthUser";
        /// Password for that URL.
        web_hook_auth_pass: text = "webHookAuthPass";
    }

    /// A function of an AI agent. Metadata go in as [`Custom`](crate::Custom).
    Function = "Function" in [Swaig], text none, new() [signalwire()] {
        /// Name of the function.
        name: text = "name";
        /// Argument of the function.
        argument: text = "argument";
        /// What the function is for.
        purpose: text = "purpose";
        /// URL of the function.
        web_hook_url: url = "webHookURL";
        /// User for that URL.
        web_hook_auth_user: text = "webHookAuthUser";
        /// Password for that URL.
        web_hook_auth_pass: text = "webHookAuthPass";
    }
}
