//! Conversations with the AI: its functions, and what is posted at the end.

use switchhook_core::{EpochMicroseconds, Json, JsonOf};

use crate::{
    AiAction, AiContentType, AiErrorReason, ContentDisposition, ConversationType, ResponseTime,
    SignalWireEvent, SwaigLogEntry,
};

switchhook_core::params! { ai {
    /// Which function the model calls, by the name that it was given.
    function: String = "function", sample "get_weather";
    /// What the function is called with, mostly an object with `parsed` and `raw`; see `arguments`.
    argument: Json = "argument", sample r#"{"parsed":[{"city":"Zürich","days":2}],"raw":"{\"city\": \"Z\\u00fcrich\", \"days\": 2}","substituted":""}"#;
    /// The call that the model talks in, a UUID; in a chat the id of the conversation.
    call_id: String = "call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// What the function is called with, as a list of objects, mostly one. Empty where the model
    /// wrote no JSON.
    argument_parsed: Json = "argument.parsed", sample r#"[{"city":"Zürich","days":2}]"#;
    /// What the function is called with, as the text that the model wrote.
    argument_raw: String = "argument.raw", sample r#"{"city": "Z\u00fcrich", "days": 2}"#;
    /// What the model wrote around the JSON. Absent where it wrote nothing else, which is usual.
    argument_substituted: String = "argument.substituted", sample "text";
    /// What the function is called with, as older handlers knew it: one object. No page confirms
    /// it.
    arguments: Json = "arguments", sample "{}";
    /// What the function takes, as it was declared: a JSON schema, on older pages a text.
    argument_desc: Json = "argument_desc", sample r#"{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}"#;
    /// What the function was declared to do.
    description: String = "description", sample "weather lookup";
    /// What `description` was called in older versions.
    purpose: String = "purpose", sample "text";
    /// The session of the model in the call; with Bedrock it is the call's id.
    ai_session_id: String = "ai_session_id", sample "93e372a3-9879-44a2-a73c-5f481c0ae9ed";
    /// The conversation as the application has named it, across calls. Absent where it has not; in
    /// a chat it is `call_id`.
    conversation_id: String = "conversation_id", sample "conv-88";
    /// Which application talks, such as `swml app`, `ai`, `ai_chat`, `bedrock`, or a name of your
    /// own.
    app_name: String = "app_name", sample "swml app";
    /// The data that the whole conversation shares.
    global_data: Json = "global_data", sample r#"{"tier":"gold"}"#;
    /// What `meta_data` is kept under: functions with the same token share it. Made by SignalWire
    /// where none was set.
    meta_data_token: String = "meta_data_token", sample "5f4dcc3b5aa765d61d8327deb882cf99";
    /// What functions with the same `meta_data_token` have noted. An empty object where nothing
    /// was.
    meta_data: Json = "meta_data", sample "{}";
    /// What the caller is called. Absent where it is not known.
    caller_id_name: String = "caller_id_name", sample "text";
    /// The number of the caller, as functions get it. Absent where it is not known.
    caller_id_num: String = "caller_id_num", sample "+15551234567";
    /// Whether the call is still up.
    channel_active: bool = "channel_active", sample "true";
    /// Whether the call is answered.
    channel_offhook: bool = "channel_offhook", sample "true";
    /// Whether the model can take actions now.
    channel_ready: bool = "channel_ready", sample "true";
    /// What kind of request it is: `text/swaig` to functions, `text/json` otherwise.
    content_type: AiContentType = "content_type", sample "text/swaig";
    /// The version of the SWAIG protocol, such as `2.0`.
    version: String = "version", sample "2.0";
    /// What the request is for, in the provider's words.
    content_disposition: ContentDisposition = "content_disposition", sample "SWAIG Function";
    /// Whether the model talks in a call or in a chat. Missing in older bodies.
    conversation_type: ConversationType = "conversation_type", sample "voice";
    /// The id of the project: whose event it is.
    project_id: String = "project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// The space that the project belongs to: a UUID. Absent where it is not known.
    space_id: String = "space_id", sample "0f095388-9cd7-4adb-a112-488b1b7b3685";
    /// Whether the conversation failed for good.
    fatal_error: bool = "fatal_error", sample "true";
    /// Why the conversation failed for good. Sent only with `fatal_error`.
    error_reason: AiErrorReason = "error_reason", sample "token_exhaustion";
    /// The variables of the script. A function gets them only with `swaig_post_swml_vars`.
    swml_vars: Json = "SWMLVars", sample r#"{"record_call_start":"1785312001","answer_result":"success"}"#;
    /// The call that the script runs in. A function gets it only with `swaig_post_swml_vars`.
    swml_call: Json = "SWMLCall", sample r#"{"call_id":"b4faa0d5-a764-4dd9-adfa-e95de14fe3b4","node_id":"da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west","segment_id":"2ed014a4-cd4b-4e4f-a278-da26481d99c9","call_state":"created","direction":"inbound","type":"phone","from":"+15551234567","to":"+15559876543","from_number":"+15551234567","to_number":"+15559876543","project_id":"6e9f5b46-9c3b-468e-a6e2-9b4a8888245f","space_id":"0f095388-9cd7-4adb-a112-488b1b7b3685"}"#;
    /// The conversation as the caller heard it: a list of turns. A function gets it only with
    /// `swaig_post_conversation`.
    call_log: Json = "call_log", sample r#"[{"role":"system","content":"Be brief."},{"role":"user","content":"Book a table","timestamp":1785312003000000,"confidence":0.97,"lang":"en"},{"role":"assistant","content":"Done.","timestamp":1785312005000000,"latency":812,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"book","arguments":"{}"}}]}]"#;
    /// All of the conversation, also what was cut off or reset: a list of turns. A function gets it
    /// only with `swaig_post_conversation`.
    raw_call_log: Json = "raw_call_log", sample r#"[{"role":"system","content":"Be brief."}]"#;
    /// The number of the caller, as functions of Bedrock get it; an empty text where there is none.
    caller_id: String = "caller_id", sample "+15551234567";
    /// What is asked for: the functions, a stored conversation, or that one be stored.
    action: AiAction = "action", sample "fetch_conversation";
    /// The number of the caller, as reports and Bedrock have it. Absent where it is not known.
    caller_id_number: String = "caller_id_number", sample "+15551234567";
    /// When the call started, in microseconds since 1970; 0 where it has not happened.
    call_start_date: EpochMicroseconds = "call_start_date", sample "1785312000000000";
    /// When the call was answered, in microseconds since 1970; 0 where it has not happened.
    call_answer_date: EpochMicroseconds = "call_answer_date", sample "1785312001000000";
    /// When the call ended, in microseconds since 1970; 0 where it has not happened.
    call_end_date: EpochMicroseconds = "call_end_date", sample "0";
    /// When the AI started, in microseconds since 1970; 0 where it has not happened.
    ai_start_date: EpochMicroseconds = "ai_start_date", sample "1785312002000000";
    /// When the AI ended, in microseconds since 1970. Absent or 0 while it goes on.
    ai_end_date: EpochMicroseconds = "ai_end_date", sample "1785312060000000";
    /// How long each answer of the model took.
    times: JsonOf<Vec<ResponseTime>> = "times", sample r#"[{"response":"Done.","response_word_count":1,"answer_time":0.81,"token_time":0.4,"tokens":5,"avg_tps":12.5,"tps":12.5}]"#;
    /// The call that the sidecar listens to.
    channel_call_id: String = "channel_data.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// What the caller is called. Absent where it is not known.
    channel_caller_id_name: String = "channel_data.caller_id_name", sample "Guest";
    /// The number of the caller. Absent where it is not known.
    channel_caller_id_number: String = "channel_data.caller_id_number", sample "+15551234567";
    /// The number that was called.
    channel_destination_number: String = "channel_data.destination_number", sample "+15559876543";
    /// Which functions are asked for, by name. An empty list asks for all.
    functions: JsonOf<Vec<String>> = "functions", sample r#"["get_weather"]"#;
    /// A mark of the model, the same for all calls that used it. It does not tell the model's name.
    ai_id_tag: String = "ai_id_tag", sample "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    /// What happened in the call: a list of objects with `type` and, in microseconds since 1970,
    /// `ts`.
    call_timeline: Json = "call_timeline", sample r#"[{"ts":1785312002000000,"type":"session_start","model":"model-a"},{"ts":1785312003000000.5,"type":"user_input"}]"#;
    /// What was said before each change of the context, the oldest first: a list of lists of turns.
    previous_contexts: Json = "previous_contexts", sample "{}";
    /// Whether the conversation ran out of time; sent only when so.
    hard_timeout: bool = "hard_timeout", sample "true";
    /// Who or what ended the call, such as `assistant`. Absent where nothing noted it.
    call_ended_by: String = "call_ended_by", sample "caller";
    /// What the model answered to the post prompt, in one of three shapes; see `summary`.
    post_prompt_data: Json = "post_prompt_data", sample r#"{"parsed":[{"party":4}],"raw":"{\"party\": 4}","substituted":""}"#;
    /// The calls of functions, in their order.
    swaig_log: JsonOf<Vec<SwaigLogEntry>> = "swaig_log", sample r#"[{"command_name":"book","command_arg":"{\"party\":4}","epoch_time":1785312004,"active_count":"endless","url":"https://example.com/swaig","post_data":{"function":"book"},"post_response":{"response":"ok"}}]"#;
    /// The minutes that are charged, at least 1. Like the other totals: with `enable_accounting`
    /// alone, of Bedrock always.
    total_minutes: f64 = "total_minutes", sample "2";
    /// How many tokens the model was given.
    total_input_tokens: u64 = "total_input_tokens", sample "1500";
    /// How many tokens the model wrote.
    total_output_tokens: u64 = "total_output_tokens", sample "90";
    /// How many tokens were charged as input; differs where the conversation was cut short.
    total_wire_input_tokens: u64 = "total_wire_input_tokens", sample "1200";
    /// `total_wire_input_tokens` for each of the `total_minutes`.
    total_wire_input_tokens_per_minute: f64 = "total_wire_input_tokens_per_minute", sample "600";
    /// How many tokens were charged as output.
    total_wire_output_tokens: u64 = "total_wire_output_tokens", sample "90";
    /// `total_wire_output_tokens` for each of the `total_minutes`.
    total_wire_output_tokens_per_minute: f64 = "total_wire_output_tokens_per_minute", sample "45";
    /// How many characters were spoken by text to speech.
    total_tts_chars: u64 = "total_tts_chars", sample "220";
    /// `total_tts_chars` for each of the `total_minutes`.
    total_tts_chars_per_min: f64 = "total_tts_chars_per_min", sample "110.0";
    /// How many minutes of sound went to speech recognition.
    total_asr_minutes: f64 = "total_asr_minutes", sample "1.5";
    /// The part of `total_minutes` that went to speech recognition: 0.8 is four of five; of Bedrock
    /// always 1.
    total_asr_cost_factor: f64 = "total_asr_cost_factor", sample "1";
    /// The conversation in a few sentences, to be stored under `conversation_id` and given back
    /// when it is asked for.
    conversation_summary: String = "conversation_summary", sample "short chat";
    /// The turns of a chat, as one handler in public reads them. No page confirms it.
    raw_messages: Json = "raw_messages", sample r#"[{"role":"user","content":"hi"}]"#;
} }

switchhook_core::json_events! {
    params ai;
    family SignalWireEvent;
    account "project_id";

    /// The model calls a function. Answer with a
    /// [`Output`](crate::swaig::Output).
    SwaigFunction = "swaig.function", group "ai" {
        subject function;
        documented argument, call_id;
        also project_id, space_id, argument_parsed, argument_raw, argument_substituted,
            arguments, argument_desc, description, purpose, ai_session_id, conversation_id,
            app_name, global_data, meta_data_token, meta_data, caller_id_name, caller_id_num,
            channel_active, channel_offhook, channel_ready, content_type, version,
            content_disposition, conversation_type, fatal_error, error_reason, swml_vars,
            swml_call, call_log, raw_call_log;
        key (call_id function; content);
        order ();
    }

    /// A Bedrock model calls a function.
    SwaigFunctionBedrock = "swaig.function.bedrock", group "ai" {
        subject function;
        documented argument, call_id, app_name;
        also project_id, space_id, argument_parsed, argument_raw, ai_session_id, caller_id,
            global_data, content_type, content_disposition, conversation_type, action,
            conversation_id, caller_id_name, caller_id_number, call_start_date,
            call_answer_date, call_end_date, ai_start_date, ai_end_date, times, swml_vars,
            swml_call, meta_data_token, meta_data;
        key (call_id function; content);
        order ();
        events { "swaig.function.bedrock" sends app_name = "bedrock"; }
    }

    /// A sidecar calls a function.
    SwaigFunctionSidecar = "swaig.function.sidecar", group "ai" {
        subject function;
        documented argument;
        also argument_parsed, argument_raw, argument_substituted, call_id, global_data,
            channel_call_id, channel_caller_id_name, channel_caller_id_number,
            channel_destination_number;
        key (function; content);
        order ();
        events { "swaig.function.sidecar" sends channel_call_id; }
    }

    /// The platform asks which functions there are.
    SwaigSignature = "swaig.signature", group "ai" {
        documented action, functions;
        also project_id, space_id, meta_data, meta_data_token, content_type,
            content_disposition, version;
        key ();
        order ();
        events { "swaig.signature" sends action = "get_signature"; }
    }

    /// A conversation asks whether there is input for it. The body does not tell the event: the
    /// route does.
    CheckForInput = "swaig.check_for_input", group "ai" {
        subject conversation_id;
        documented;
        also function, action, call_id;
        key ();
        order ();
    }

    /// A conversation is to go on: the platform asks for its summary.
    FetchConversation = "ai.fetch_conversation", group "ai" {
        subject call_id;
        documented action, content_disposition;
        also project_id, space_id, conversation_id, app_name, ai_session_id, content_type,
            conversation_type, caller_id_name, caller_id_number, swml_vars, swml_call,
            global_data, call_start_date, call_answer_date, ai_start_date, ai_id_tag;
        key (call_id ai_session_id action);
        order ();
        events { "ai.fetch_conversation" sends action = "fetch_conversation",
            content_disposition = "agent.load_conversation"; }
    }

    /// A conversation with the AI is over: what was said, and what the last prompt made of it.
    /// Bodies of several hundred kB are normal.
    PostPrompt = "ai.post_prompt", group "ai" {
        subject call_id;
        documented app_name, ai_session_id, action, content_disposition;
        also project_id, space_id, content_type, conversation_type, ai_id_tag, conversation_id,
            call_log, raw_call_log, call_timeline, previous_contexts, hard_timeout,
            call_start_date, call_answer_date, call_end_date, ai_start_date, ai_end_date,
            call_ended_by, caller_id_name, caller_id_number, times, swml_vars, swml_call,
            post_prompt_data, global_data, swaig_log, total_minutes, total_input_tokens,
            total_output_tokens, total_wire_input_tokens, total_wire_input_tokens_per_minute,
            total_wire_output_tokens, total_wire_output_tokens_per_minute, total_tts_chars,
            total_tts_chars_per_min, total_asr_minutes, total_asr_cost_factor,
            conversation_summary, raw_messages, version;
        key (call_id ai_session_id action);
        order ();
        events { "ai.post_prompt" sends app_name = "swml app", action = "post_conversation",
            content_disposition = "agent.summary"; }
    }

    /// A conversation with a Bedrock model is over.
    PostPromptBedrock = "ai.post_prompt.bedrock", group "ai" {
        subject call_id;
        documented app_name, ai_session_id, action, content_disposition;
        also project_id, space_id, content_type, conversation_type, conversation_id, call_log,
            raw_call_log, call_start_date, call_answer_date, call_end_date, ai_start_date,
            ai_end_date, caller_id_name, caller_id_number, times, swml_vars, swml_call,
            post_prompt_data, global_data, swaig_log, total_minutes, total_input_tokens,
            total_output_tokens, total_wire_input_tokens, total_wire_input_tokens_per_minute,
            total_wire_output_tokens, total_wire_output_tokens_per_minute, total_tts_chars,
            total_tts_chars_per_min, total_asr_minutes, total_asr_cost_factor,
            conversation_summary;
        key (call_id ai_session_id action);
        order ();
        events { "ai.post_prompt.bedrock" sends app_name = "bedrock", action = "post_conversation",
            content_disposition = "agent.summary"; }
    }
}
