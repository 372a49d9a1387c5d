//! Objects in lists.

use switchhook_core::{DecimalSeconds, EpochSeconds, Json};

switchhook_core::json_object! {
    /// A SIP header of a call. Names can repeat.
    pub struct SipHeader {
        /// The name of the headers.
        name: String = "name";
        /// The value of the headers.
        value: String = "value";
    }

    /// A file of a message.
    pub struct Media {
        /// The address of the media.
        url: String = "url";
        /// The content type of the media.
        content_type: String = "content_type";
        /// How large it is: of a recording in bytes, of a queue or a conference in callers.
        size: u64 = "size";
    }

    /// How long the model took for an answer.
    pub struct ResponseTime {
        /// The response.
        response: String = "response";
        /// The response word count.
        response_word_count: u64 = "response_word_count";
        /// When it was answered, in seconds.
        answer_time: DecimalSeconds = "answer_time";
        /// The token time, in seconds.
        token_time: DecimalSeconds = "token_time";
        /// The tokens.
        tokens: u64 = "tokens";
        /// The avg tokens per second.
        avg_tps: f64 = "avg_tps";
        /// The tokens per second.
        tps: f64 = "tps";
    }

    /// A call of a function, as it was logged.
    pub struct SwaigLogEntry {
        /// The command name.
        command_name: String = "command_name";
        /// The command arg.
        command_arg: String = "command_arg";
        /// The epoch time, in seconds since 1970.
        epoch_time: EpochSeconds = "epoch_time";
        /// Whether the function is one of the platform itself.
        native: bool = "native";
        /// The active count.
        active_count: Json = "active_count";
        /// The address.
        url: String = "url";
        /// The post data.
        post_data: Json = "post_data";
        /// The post response.
        post_response: Json = "post_response";
        /// The delayed post response.
        delayed_post_response: Json = "delayed_post_response";
        /// The MCP address.
        mcp_url: String = "mcp_url";
        /// The MCP tool.
        mcp_tool: String = "mcp_tool";
        /// The MCP response.
        mcp_response: String = "mcp_response";
        /// Whether the MCP server answered with an error.
        mcp_error: bool = "mcp_error";
    }
}
