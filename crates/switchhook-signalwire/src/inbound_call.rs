//! What the script of a call asks for: its document, and what its author has it ask.

use switchhook_core::{Json, JsonOf};

use crate::{CallDirection, CallState, DeviceType, SignalWireEvent, SipHeader};

switchhook_core::params! { swml {
    /// The call that asks for its script: a UUID.
    call_id: String = "call.call_id", sample "b4faa0d5-a764-4dd9-adfa-e95de14fe3b4";
    /// The node of the platform that handles the call, mostly a UUID with `@` and a region.
    node_id: String = "call.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// The id of the whole interaction; on the first leg it is the id of the call.
    segment_id: String = "call.segment_id", sample "2ed014a4-cd4b-4e4f-a278-da26481d99c9";
    /// How far the call is.
    call_state: CallState = "call.call_state", sample "created";
    /// Whether the call comes in or goes out.
    direction: CallDirection = "call.direction", sample "inbound";
    /// What the call runs on: a phone, a SIP endpoint, a browser.
    device_type: DeviceType = "call.type", sample "phone";
    /// Who it is from: a number or an address.
    from: String = "call.from", sample "+15551234567";
    /// Who it is for: a number or an address.
    to: String = "call.to", sample "+15559876543";
    /// The id of the project: whose event it is.
    project_id: String = "call.project_id", sample "6e9f5b46-9c3b-468e-a6e2-9b4a8888245f";
    /// The space that the project belongs to: a UUID.
    space_id: String = "call.space_id", sample "0f095388-9cd7-4adb-a112-488b1b7b3685";
    /// What the client has tagged the call with, to know it again. Absent where no tag was set.
    tag: String = "call.tag", sample "t";
    /// The number of the caller, where the call runs on a phone.
    from_number: String = "call.from_number", sample "+15551234567";
    /// The number that is called, where the call runs on a phone.
    to_number: String = "call.to_number", sample "+15559876543";
    /// Whether this leg was answered first where several were dialled; a text on the wire, sent
    /// only where it was.
    dial_winner: bool = "call.dial_winner", sample "true";
    /// SIP headers; names can repeat.
    headers: JsonOf<Vec<SipHeader>> = "call.headers", sample r#"[{"name":"X-Queue","value":"vip"}]"#;
    /// What the parent call runs on; see `parent_call_id`.
    parent_device_type: DeviceType = "call.parent.device_type", sample "phone";
    /// The parent: the call that made this one, such as by a connect. Absent on a first leg.
    parent_call_id: String = "call.parent.call_id", sample "15f5bc9c-5742-4ddc-ae2b-a7f67b2ae0da";
    /// The node that handles the parent call, mostly a UUID with `@` and a region.
    parent_node_id: String = "call.parent.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// The peer: the call that this one is connected to. Absent while there is none.
    peer_call_id: String = "call.peer.call_id", sample "6777adf5-ba81-4eeb-aad2-ab4843bd03e0";
    /// The node that handles the peer's call, mostly a UUID with `@` and a region.
    peer_node_id: String = "call.peer.node_id", sample "da1e2c14-9aba-4af4-a923-4b6065db0b8a@us-west";
    /// The host in the request URI of the INVITE. This and the next ones come only with SIP calls.
    sip_data_sip_req_host: String = "call.sip_data.sip_req_host", sample "pbx.example.com";
    /// The request URI of the INVITE, without `sip:`.
    sip_data_sip_req_uri: String = "call.sip_data.sip_req_uri", sample "desk@pbx.example.com";
    /// The user in the request URI of the INVITE.
    sip_data_sip_req_user: String = "call.sip_data.sip_req_user", sample "desk";
    /// The host in the `From` header.
    sip_data_sip_from_host: String = "call.sip_data.sip_from_host", sample "example.com";
    /// The URI in the `From` header, without `sip:`.
    sip_data_sip_from_uri: String = "call.sip_data.sip_from_uri", sample "alice@example.com";
    /// The user in the `From` header.
    sip_data_sip_from_user: String = "call.sip_data.sip_from_user", sample "alice";
    /// The host in the `To` header.
    sip_data_sip_to_host: String = "call.sip_data.sip_to_host", sample "pbx.example.com";
    /// The URI in the `To` header, without `sip:`.
    sip_data_sip_to_uri: String = "call.sip_data.sip_to_uri", sample "desk@pbx.example.com";
    /// The user in the `To` header.
    sip_data_sip_to_user: String = "call.sip_data.sip_to_user", sample "desk";
    /// The user in the `Contact` header.
    sip_data_sip_contact_user: String = "call.sip_data.sip_contact_user", sample "alice";
    /// The port in the `Contact` header, as text.
    sip_data_sip_contact_port: String = "call.sip_data.sip_contact_port", sample "5060";
    /// The URI in the `Contact` header, without `sip:`, mostly with a port.
    sip_data_sip_contact_uri: String = "call.sip_data.sip_contact_uri", sample "alice@192.0.2.7:5060";
    /// The host in the `Contact` header, mostly an IP address.
    sip_data_sip_contact_host: String = "call.sip_data.sip_contact_host", sample "192.0.2.7";
    /// The parameters in the `Contact` header: an object, such as with `transport`.
    sip_data_sip_contact_params: Json = "call.sip_data.sip_contact_params", sample r#"{"transport":"tcp"}"#;
    /// The variables of the script: an object, empty on the first fetch.
    vars: Json = "vars", sample "{}";
    /// The environment of the script: what was set up for the account, the project or this call.
    envs: Json = "envs", sample r#"{"TIER":"gold"}"#;
    /// What an `execute` or a `transfer` of a script passed on: an object, empty on the first
    /// fetch.
    script_params: Json = "params", sample r#"{"step":2}"#;
} }

switchhook_core::json_events! {
    params swml;
    family SignalWireEvent;
    account "call.project_id";

    /// A call asks for its SWML document. Answer with one.
    InboundCall = "swml.inbound_call", group "swml" {
        subject call_id;
        documented node_id, segment_id, call_state, direction, device_type, from, to,
            project_id, space_id;
        also tag, from_number, to_number, dial_winner, headers, parent_device_type,
            parent_call_id, parent_node_id, peer_call_id, peer_node_id, sip_data_sip_req_host,
            sip_data_sip_req_uri, sip_data_sip_req_user, sip_data_sip_from_host,
            sip_data_sip_from_uri, sip_data_sip_from_user, sip_data_sip_to_host,
            sip_data_sip_to_uri, sip_data_sip_to_user, sip_data_sip_contact_user,
            sip_data_sip_contact_port, sip_data_sip_contact_uri, sip_data_sip_contact_host,
            sip_data_sip_contact_params, vars, envs, script_params;
        key (call_id; content);
        order ();
    }

    /// A `request` of a script: the body is of the shape that its author chose.
    ScriptRequest = "swml.request", group "swml" {
        documented;
        key ();
        order ();
    }
}
