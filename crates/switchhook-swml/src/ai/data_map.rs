//! Requests that the platform makes itself, and what comes of them.

use crate::{
    HttpMethod, Json, List, Map, Seconds, Value,
    swaig::{Actions, OneOrMany, Response},
};

crate::table::objects! {
    /// Requests that the platform makes itself instead of calling you.
    DataMap of ["DataMap", "BedrockDataMap"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// What comes of it.
        output: Output = "output";
        /// Patterns to try.
        expressions: List<Expression> = "expressions";
        /// Requests to make, one after another until one succeeds.
        webhooks: List<Webhook> = "webhooks";
    }

    /// A pattern, and what comes of a match.
    Expression of ["Expression", "BedrockExpression"]
    make {
        /// Looks at a text for a pattern.
        new(string: String = "string", pattern: String = "pattern", output: Output = "output");
    }
    fields {
        /// Text that is looked at.
        string: String = "string" [required()];
        /// Regular expression.
        pattern: String = "pattern" [required()];
        /// What comes of it.
        output: Output = "output" [required()];
    }

    /// A request that the platform makes.
    Webhook of ["Webhook", "BedrockWebhook"]
    make {
        /// To that URL.
        new(url: String = "url");
    }
    fields {
        /// Patterns to try.
        expressions: List<Expression> = "expressions";
        /// Keys of an answer that mean failure.
        error_keys: OneOrMany = "error_keys";
        /// URL to ask.
        url: String = "url" [required()];
        /// Builds a text from a list of the answer.
        foreach: Foreach = "foreach";
        /// What is sent in the head of the request, by name.
        headers: Map<Json> = "headers";
        /// Method of the request.
        method: HttpMethod = "method";
        /// Whether the arguments are sent as parameters.
        input_args_as_params: Value<bool> = "input_args_as_params";
        /// Parameters to send.
        params: Map<Json> = "params";
        /// Arguments without which the request is not made.
        require_args: OneOrMany = "require_args";
        /// What comes of it.
        output: Output = "output";
        /// Arguments without which the request is not made, in the spelling of a page.
        required_args: OneOrMany = "required_args" [unlisted()];
    }

    /// Builds a text from a list.
    Foreach of ["WebhookForeach", "BedrockWebhookForeach"]
    make {
        /// From the list of that key.
        new(input_key: String = "input_key", output_key: String = "output_key", append: String = "append");
    }
    fields {
        /// Key of the list.
        input_key: String = "input_key" [required()];
        /// Name of the text that is built.
        output_key: String = "output_key" [required()];
        /// Most entries.
        max: Value<i64> = "max";
        /// Text that each entry adds.
        append: String = "append" [required()];
    }

    /// What a function gives back: also the answer of a SWAIG webhook.
    Output of ["Output", "BedrockOutput"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// What the model gets to read.
        response: Response = "response";
        /// What the platform does: one action, or several.
        action: Actions = "action";
        /// Whether actions run after the agent has spoken.
        post_process: bool = "post_process";
    }

    /// A result with an instruction for the answer.
    ToolResult of ["SwaigToolResult"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// Result of the function.
        tool_result: String = "tool_result";
        /// Instruction for the answer.
        tool_prompt: String = "tool_prompt";
    }

    /// A new prompt.
    ContextSwitch of ["ContextSwitchActionContextSwitch"] [lenient()]
    make {
        /// With that prompt.
        new(system_prompt: String = "system_prompt");
    }
    fields {
        /// The new prompt.
        system_prompt: String = "system_prompt" [required()];
        /// Whether what was said before is summarised.
        consolidate: Value<bool> = "consolidate";
        /// What the user is taken to have said.
        user_prompt: String = "user_prompt";
    }

    /// How long the caller is on hold.
    HoldOptions of ["HoldActionHold"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// How long, up to 900 seconds; 300 by default.
        timeout: Value<Seconds> = "timeout" [max(900.0)];
    }

    /// A recording in the background.
    BackgroundPlayback of ["PlaybackBGActionPlaybackBg"]
    make {
        /// The recording at that URL.
        new(file: String = "file");
    }
    fields {
        /// URL of the recording.
        file: String = "file" [required()];
        /// Whether the agent waits for its end.
        wait: Value<bool> = "wait";
    }

    /// Switches functions on or off.
    FunctionToggle of ["ToggleFunctionsActionToggleFunctionsItem"]
    make {
        /// These functions.
        new(function: OneOrMany = "function", active: Value<bool> = "active");
    }
    fields {
        /// Whether it can be called from now on.
        active: Value<bool> = "active" [required()];
        /// The function, or several.
        function: OneOrMany = "function" [required()];
    }
}
