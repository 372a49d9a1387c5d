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
        /// The response of the times.
        response: String = "response";
        /// The response word count of the times.
        response_word_count: u64 = "response_word_count";
        /// When it was answered, in seconds.
        answer_time: DecimalSeconds = "answer_time";
        /// The token time of the times, in seconds.
        token_time: DecimalSeconds = "token_time";
        /// The tokens of the times.
        tokens: u64 = "tokens";
        /// The avg tokens per second of the times.
        avg_tps: f64 = "avg_tps";
        /// The tokens per second of the times.
        tps: f64 = "tps";
    }

    /// A call of a function, as it was logged.
    pub struct SwaigLogEntry {
        /// The command name of the swaig log.
        command_name: String = "command_name";
        /// The command arg of the swaig log.
        command_arg: String = "command_arg";
        /// The epoch time of the swaig log, in seconds since 1970.
        epoch_time: EpochSeconds = "epoch_time";
        /// Whether the swaig log is native.
        native: bool = "native";
        /// The active count of the swaig log.
        active_count: Json = "active_count";
        /// The address of the swaig log.
        url: String = "url";
        /// The post data of the swaig log.
        post_data: Json = "post_data";
        /// The post response of the swaig log.
        post_response: Json = "post_response";
        /// The delayed post response of the swaig log.
        delayed_post_response: Json = "delayed_post_response";
        /// The MCP address of the swaig log.
        mcp_url: String = "mcp_url";
        /// The MCP tool of the swaig log.
        mcp_tool: String = "mcp_tool";
        /// The MCP response of the swaig log.
        mcp_response: String = "mcp_response";
        /// Whether the swaig log is MCP error.
        mcp_error: bool = "mcp_error";
    }
}
