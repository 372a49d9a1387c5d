//! The value lists of the AI.

use switchhook_core::open_enum;

open_enum! {
    /// Content type that the body states of itself.
    pub enum AiContentType {
        /// A request of SWAIG, to functions.
        TextSwaig = "text/swaig",
        /// Plain JSON: reports, and what Bedrock asks of functions.
        TextJson = "text/json",
    }
}

open_enum! {
    /// What the body says that it is.
    pub enum ContentDisposition {
        /// A function is called.
        SwaigFunction = "SWAIG Function",
        /// A function is called, by Bedrock.
        AgentFunction = "agent.function",
        /// It is asked which functions there are.
        FunctionSignatureRequest = "function signature request",
        /// The report at the end.
        AgentSummary = "agent.summary",
        /// It is asked for a conversation that was stored.
        AgentLoadConversation = "agent.load_conversation",
        /// An event while the conversation goes on.
        PostData = "post_data",
    }
}

open_enum! {
    /// Kind of a conversation.
    pub enum ConversationType {
        /// In a call.
        Voice = "voice",
        /// In writing.
        Chat = "chat",
    }
}

open_enum! {
    /// Why a conversation failed.
    pub enum AiErrorReason {
        /// The conversation has more tokens than it may.
        TokenExhaustion = "token_exhaustion",
        /// The model failed in a way that no other try mends.
        LlmFatal = "llm_fatal",
        /// The model failed at every try.
        LlmMaxRetries = "llm_max_retries",
    }
}

open_enum! {
    /// What is asked of the server.
    pub enum AiAction {
        /// Which functions are there?
        GetSignature = "get_signature",
        /// The conversation is over: here is the report.
        PostConversation = "post_conversation",
        /// Give back a stored conversation. Bedrock sends it with calls of functions, too.
        FetchConversation = "fetch_conversation",
    }
}

open_enum! {
    /// Why a session ended.
    pub enum SessionEndReason {
        /// The conversation came to its end.
        Normal = "normal",
        /// The time for the conversation was up.
        HardTimeout = "hard_timeout",
        /// The call was hung up. Only in speech-to-speech sessions.
        EndCall = "end_call",
        /// The session failed. Only in speech-to-speech sessions.
        Error = "error",
    }
}

open_enum! {
    /// How the caller broke in.
    pub enum BargeType {
        /// The model keeps what it has said so far.
        Transparent = "transparent",
        /// The model drops what it has said so far.
        Normal = "normal",
    }
}

open_enum! {
    /// How an answer ended.
    pub enum CompletionType {
        /// The answer was heard to its end.
        Normal = "normal",
        /// The caller broke in.
        Barged = "barged",
    }
}

open_enum! {
    /// What a filler covers.
    pub enum FillerType {
        /// A function is running.
        Function = "function",
        /// The model is still at it.
        Thinking = "thinking",
    }
}

open_enum! {
    /// Whether a call was put on hold or taken off.
    pub enum HoldEvent {
        /// The model was put on hold.
        Hold = "hold",
        /// The model was taken off hold.
        Unhold = "unhold",
    }
}

open_enum! {
    /// How a function was called again and again.
    pub enum LoopType {
        /// Too many calls in a row.
        Consecutive = "consecutive",
        /// Too many calls with the same arguments.
        Repeated = "repeated",
    }
}

open_enum! {
    /// What moved the conversation on.
    pub enum FlowTrigger {
        /// The model asked for it, by `next_step` or `change_context`.
        AiFunction = "ai_function",
        /// A function's answer asked for it.
        WebhookAction = "webhook_action",
        /// All questions of a gather were asked.
        GatherComplete = "gather_complete",
        /// The step's own condition came true.
        AutoAdvance = "auto_advance",
    }
}

open_enum! {
    /// Why an answer was not taken.
    pub enum GatherRejectReason {
        /// There was no answer.
        MissingAnswer = "missing_answer",
        /// The caller has yet to confirm the answer.
        ConfirmationRequired = "confirmation_required",
    }
}

open_enum! {
    /// What went wrong with the model.
    pub enum LlmErrorEvent {
        /// The conversation has more tokens than it may. Ends the session.
        TokenExhaustion = "token_exhaustion",
        /// The model failed in a way that no other try mends. Ends the session.
        LlmFatal = "llm_fatal",
        /// The model failed at every try and is given up.
        LlmMaxRetries = "llm_max_retries",
        /// The model thought and said nothing; it is asked once more.
        ReasoningOnlyRetry = "reasoning_only_retry",
        /// The model said nothing; it is asked once more, with a reminder.
        EmptyResponseNudgeRetry = "empty_response_nudge_retry",
        /// The model said nothing; it is asked once more, to think harder.
        EmptyResponseEffortBumpRetry = "empty_response_effort_bump_retry",
        /// The model failed; it is asked once more.
        LlmRetry = "llm_retry",
    }
}

open_enum! {
    /// Which way a text is normalised.
    pub enum NormalizeDirection {
        /// From written to spoken.
        Tn = "tn",
        /// From spoken to written.
        Itn = "itn",
    }
}

open_enum! {
    /// What went wrong with a voice.
    pub enum VoiceErrorEvent {
        /// There is no such voice.
        VoiceConfigError = "voice_config_error",
        /// The voice failed in the call.
        VoiceRuntimeError = "voice_runtime_error",
    }
}

open_enum! {
    /// What a sidecar did.
    pub enum SidecarEventType {
        /// The sidecar began to listen to the call.
        Start = "start",
        /// The customer has said something; the model will look at it.
        Turn = "turn",
        /// The model is asked.
        Request = "request",
        /// The model wrote something while it was not done.
        Thought = "thought",
        /// The model's advice for the agent.
        Insight = "insight",
        /// The model says nothing to this turn.
        Skip = "skip",
        /// The model calls a function.
        ToolCall = "tool_call",
        /// The function has answered.
        ToolResult = "tool_result",
        /// A function answered with an action, which may have been carried out.
        Action = "action",
        /// An action changed the shared data.
        GlobalDataChange = "global_data_change",
        /// The history was cut to the tokens that it may have.
        HistoryPruned = "history_pruned",
        /// Something failed, or a loop was stopped.
        Error = "error",
        /// A question over the REST API is waiting to be answered.
        AskRequest = "ask_request",
        /// The answer to that question.
        AskAnswer = "ask_answer",
        /// The sidecar is about to stop.
        Stop = "stop",
        /// The last event: all that is known about the session.
        Final = "final",
    }
}

open_enum! {
    /// Who said it.
    pub enum UtteranceRole {
        /// The other side of the call.
        RemoteCaller = "remote-caller",
        /// This side of the call.
        LocalCaller = "local-caller",
    }
}
