//! Functions that the agent may call.

use super::shapes::{Fillers, SCHEMA_FIELDS};
use crate::{
    Json, List, Map, NativeFunction, ObjectKind, SchemaKind, StringFormat, Value,
    grammar::Group,
    swaig::{DataMap, NumberOrText},
};

crate::table::objects! {
    /// The functions of an agent.
    ///
    /// ```
    /// use switchhook_swml::swaig::{Function, Parameters, Schema, Swaig};
    ///
    /// let swaig = Swaig::new().functions([Function::new("balance", "Tells the balance of an account")
    ///     .parameters(Parameters::new([("account", Schema::string().description("Its number"))]))
    ///     .web_hook_url("https://example.com/swaig")]);
    /// assert_eq!(swaig.view().functions().unwrap()[0].function(), Some("balance"));
    /// ```
    Swaig of ["SWAIG"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// What holds for all functions.
        defaults: Defaults = "defaults";
        /// MCP servers that offer functions.
        mcp_servers: List<McpServer> = "mcp_servers";
        /// Functions of the platform to switch on.
        native_functions: List<NativeFunction> = "native_functions";
        /// Functions that a URL offers.
        includes: List<Include> = "includes";
        /// What the agent may call.
        functions: List<Function> = "functions";
        /// What is said while the platform's own functions run.
        internal_fillers: InternalFillers = "internal_fillers";
    }

    /// A function that the agent may call.
    Function of ["UserSWAIGFunction", "StartUpHookSWAIGFunction", "HangUpHookSWAIGFunction", "SummarizeConversationSWAIGFunction", "SWAIGFunction"]
    make {
        /// A function: its name, and when to call it.
        new(function: String = "function", description: String = "description");
    }
    fields {
        /// What it is for, in words that the model reads.
        description: String = "description" [required()];
        /// Older name of `description`.
        purpose: String = "purpose" [deprecated()];
        /// What the function takes.
        parameters: Parameters = "parameters";
        /// What is said while a function runs.
        fillers: Fillers = "fillers";
        /// Older name of `parameters`.
        argument: Parameters = "argument" [deprecated()];
        /// Whether it can be called; true by default.
        active: Value<bool> = "active";
        /// Data that calls of the function share.
        meta_data: Map<Json> = "meta_data";
        /// Which functions share that data.
        meta_data_token: String = "meta_data_token";
        /// Requests that the platform makes itself instead of calling you.
        data_map: DataMap = "data_map" [shortest(1)];
        /// Whether nothing is said while it runs.
        skip_fillers: Value<bool> = "skip_fillers";
        /// URL that gets the calls of functions.
        web_hook_url: String = "web_hook_url";
        /// URL of what is heard while it runs.
        wait_file: String = "wait_file";
        /// How often that is played.
        wait_file_loops: NumberOrText = "wait_file_loops";
        /// Whether fillers are spoken to their end.
        wait_for_fillers: Value<bool> = "wait_for_fillers";
        /// Name of the function.
        function: String = "function" [required()];
    }

    /// What holds for all functions.
    Defaults of ["SWAIGDefaults", "AISidecarSWAIGDefaults"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// URL that gets the calls of functions.
        web_hook_url: String = "web_hook_url";
        /// User name of those requests.
        web_hook_auth_user: String = "web_hook_auth_user" [unlisted()];
        /// Password of those requests.
        web_hook_auth_password: String = "web_hook_auth_password" [unlisted()];
    }

    /// A server of the Model Context Protocol.
    McpServer of ["MCPServer"]
    make {
        /// At that URL.
        new(url: String = "url");
    }
    fields {
        /// URL of the server.
        url: String = "url" [required()];
        /// What is sent in the head of the request, by name.
        headers: Map<String> = "headers";
        /// Whether its resources are read.
        resources: Value<bool> = "resources";
        /// Variables of the resources.
        resource_vars: Map<String> = "resource_vars";
    }

    /// Functions that a URL describes.
    Include of ["SWAIGIncludes"]
    make {
        /// These functions of that URL.
        new(url: String = "url", functions: List<String> = "functions");
    }
    fields {
        /// Names of the functions to take.
        functions: List<String> = "functions" [required()];
        /// URL that describes them.
        url: String = "url" [required()];
        /// Data that calls of the function share.
        meta_data: Map<Json> = "meta_data";
        /// User name of that request.
        auth_user: String = "auth_user" [unlisted()];
        /// Password of that request.
        auth_password: String = "auth_password" [unlisted()];
    }

    /// What is said while the platform's own functions run.
    InternalFillers of ["SWAIGInternalFiller"]
    make {
        /// With nothing set.
        new();
    }
    fields {
        /// For `check_time`.
        check_time: Fillers = "check_time";
        /// What is said while `wait_for_user` runs, which waits for the caller to speak.
        wait_for_user: Fillers = "wait_for_user";
        /// For `wait_seconds`.
        wait_seconds: Fillers = "wait_seconds";
        /// For `adjust_response_latency`.
        adjust_response_latency: Fillers = "adjust_response_latency";
        /// For `next_step`.
        next_step: Fillers = "next_step";
        /// For `change_context`.
        change_context: Fillers = "change_context";
        /// For `get_visual_input`.
        get_visual_input: Fillers = "get_visual_input";
        /// For `get_ideal_strategy`.
        get_ideal_strategy: Fillers = "get_ideal_strategy";
        /// For `pause_conversation`.
        pause_conversation: Fillers = "pause_conversation";
        /// For `hangup`.
        hangup: Fillers = "hangup" [older()];
    }

    /// The parameters of a function, as a JSON schema.
    Parameters of ["FunctionParameters", "AISidecarFunctionParameters"]
    make {
    }
    fields {
        /// Always `object`.
        kind: ObjectKind = "type" [required()];
        /// Properties by name.
        properties: Map<Schema> = "properties" [required()];
        /// Names of those that must be there.
        required: List<String> = "required";
    }

    /// The form of a value, as a JSON schema.
    Schema of ["StringProperty", "IntegerProperty", "NumberProperty", "BooleanProperty", "ArrayProperty", "ObjectProperty", "NullProperty", "OneOfProperty", "AllOfProperty", "AnyOfProperty", "ConstProperty", "SchemaType", "AISidecarStringParam", "AISidecarIntegerParam", "AISidecarNumberParam", "AISidecarBooleanParam", "AISidecarArrayParam", "AISidecarObjectParam", "AISidecarParamProperty"] [groups(&[Group::One(&["type", "oneOf", "allOf", "anyOf", "const"])]) by_type(SCHEMA_FIELDS)]
    make {
    }
    shapes {
        /// Type of the value.
        kind: SchemaKind = "type";
        /// Forms of which exactly one fits.
        one_of: List<Schema> = "oneOf";
        /// Forms that all fit.
        all_of: List<Schema> = "allOf";
        /// Forms of which at least one fits.
        any_of: List<Schema> = "anyOf";
        /// The one value that it has.
        constant: Json = "const";
    }
    fields {
        /// What it is for, in words that the model reads.
        description: String = "description";
        /// Whether `null` is fine.
        nullable: Value<bool> = "nullable";
        /// The values that it may have.
        values: List<Json> = "enum";
        /// Value where none is given.
        default: Json = "default";
        /// Regular expression.
        pattern: String = "pattern";
        /// Format of a text.
        format: StringFormat = "format";
        /// Form of the entries.
        items: Schema = "items";
        /// Properties by name.
        properties: Map<Schema> = "properties";
        /// Names of the properties that must be there.
        required: List<String> = "required";
    }
}
