//! Objects in lists.

use switchhook_core::{DecimalSeconds, EpochSeconds, Json};

switchhook_core::json_object! {
    /// A SIP header of a call. Names can repeat.
    pub struct SipHeader {
        /// What the header is called, such as `X-Ticket`.
        name: String = "name";
        /// What the header says, as text.
        value: String = "value";
    }

    /// A file of a message.
    pub struct Media {
        /// Where the file can be fetched.
        url: String = "url";
        /// The MIME type of the file, such as `image/jpeg`.
        content_type: String = "content_type";
        /// How large the file is, in bytes.
        size: u64 = "size";
    }

    /// How long the model took for an answer.
    pub struct ResponseTime {
        /// What the model answered. Made unreadable with `redact_prompt`.
        response: String = "response";
        /// How many words the answer has.
        response_word_count: u64 = "response_word_count";
        /// How long the answer took, in seconds.
        answer_time: DecimalSeconds = "answer_time";
        /// How long the model wrote, from its first token to the last, in seconds. Of Bedrock an
        /// estimate.
        token_time: DecimalSeconds = "token_time";
        /// How many tokens the answer has.
        tokens: u64 = "tokens";
        /// How many tokens per second the model wrote, on average over the answer.
        avg_tps: f64 = "avg_tps";
        /// How many tokens per second the model wrote for this answer.
        tps: f64 = "tps";
    }

    /// A call of a function, as it was logged.
    pub struct SwaigLogEntry {
        /// Which function was called.
        command_name: String = "command_name";
        /// What it was called with, as the text that the model wrote.
        command_arg: String = "command_arg";
        /// When it was called, in seconds since 1970.
        epoch_time: EpochSeconds = "epoch_time";
        /// Whether the function is one of the platform itself; sent only where it is.
        native: bool = "native";
        /// How often the function may still be called: a number, or `endless`. Sent where it was
        /// limited.
        active_count: Json = "active_count";
        /// Where the function was called. Sent where it was asked over HTTP.
        url: String = "url";
        /// The body that was sent there.
        post_data: Json = "post_data";
        /// The body that came back. Absent where none did.
        post_response: Json = "post_response";
        /// The body that came back after the model had gone on. Sent only where that happened.
        delayed_post_response: Json = "delayed_post_response";
        /// The MCP server that was asked. This and the next ones come only with its tools.
        mcp_url: String = "mcp_url";
        /// What the tool is called on that server.
        mcp_tool: String = "mcp_tool";
        /// What the server answered.
        mcp_response: String = "mcp_response";
        /// Whether the call to the server failed; sent only where it did.
        mcp_error: bool = "mcp_error";
    }
}
