//! Calls, queues and conferences, in envelopes.

use switchhook_core::{
    DecimalSeconds, EpochMicroseconds, EpochMilliseconds, EpochSeconds, Json, JsonOf, Seconds,
};

use crate::{
    CallDirection, CallState, ConnectState, ControlState, CreatedBy, DeviceType, DialState,
    EndReason, QueueOrConferenceStatus, SignalWireEvent, SipHeader,
};

switchhook_core::json_events! {
    params envelope;
    family SignalWireEvent by "event_type" in rpc "signalwire.event";
    account "project_id";

    /// A call changed its state. Only `ended` arrives unless more states were asked for.
    CallStateChanged = "calling.call.state", group "call" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, call_state,
            direction, device_type;
        also segment_id, tag, end_reason, end_source, audio_in_mos, start_time, answer_time,
            end_time, parent_device_type, parent_call_id, parent_node_id, peer_call_id,
            peer_node_id, created_by, dial_winner, context, device_from_number,
            device_to_number, device_headers, device_from, device_to, device_from_name,
            device_codecs, device_webrtc_media, device_timeout, device_max_duration,
            device_call_state_url, device_call_state_events;
        key (call_id call_state);
        order (call_state of call_id);
    }

    /// The connecting of a call to another one changed.
    CallConnect = "calling.call.connect", group "call" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, connect_state;
        also segment_id, tag, failed_reason, peer_call_id, peer_node_id, peer_tag,
            peer_queue_id, peer_queue_name, peer_device_type, peer_device;
        key (call_id connect_state timestamp | call_id connect_state);
        order (timestamp of call_id);
    }

    /// A SIP REFER was answered.
    CallRefer = "calling.call.refer", group "call" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, node_id, state, sip_refer_to;
        also segment_id, tag, sip_refer_response_code, sip_notify_response_code;
        key (call_id state sip_refer_to timestamp | call_id state sip_refer_to);
        order (timestamp of call_id);
    }

    /// A call came into a queue or left it.
    ///
    /// The queue is `id` and `name`; an official SDK reads `queue_id` and `queue_name`.
    CallQueue = "calling.call.queue", group "queue" {
        subject call_id;
        documented event_channel, timestamp, project_id, space_id, status, id, name, position,
            size, node_id;
        also control_id, avg_time, enqueue_ts, dequeue_ts, leave_ts, status_url, queue_id,
            queue_name, segment_id;
        key (id call_id status enqueue_ts | queue_id call_id status enqueue_ts
            | id call_id status | queue_id call_id status);
        order (timestamp of call_id);
    }

    /// Something happened in a conference.
    ConferenceChanged = "calling.conference", group "conference" {
        subject conference_id;
        documented event_channel, timestamp, project_id, space_id, call_id, name, status;
        also size, node_id, segment_id, region, tag, muted, hold, start_on_join, end_on_leave,
            coaching, recording_url, recording_file_size, recording_duration, reason_ended,
            call_id_ending_conf;
        key (conference_id status call_id timestamp | conference_id status call_id);
        order (timestamp of conference_id);
    }

    /// A call came in, on the socket.
    CallReceive = "calling.call.receive", group "call" {
        subject call_id;
        documented node_id, call_state, direction, device_type;
        also event_channel, timestamp, project_id, space_id, device_from_number,
            device_to_number, device_from, device_to, device_headers, context, protocol,
            segment_id, tag, call_project_id;
        key (call_id call_state);
        order (call_state of call_id);
    }

    /// The dialling of a call got on, on the socket. There is no call id of its own: match the tag.
    CallDial = "calling.call.dial", group "call" {
        documented node_id, tag, dial_state;
        also event_channel, timestamp, project_id, space_id, leg_call_id, leg_node_id, leg_tag,
            leg_device_type, leg_device, leg_dial_winner, reason, source;
        key (; content);
        order ();
    }

    /// Digits were sent into a call, on the socket.
    CallSendDigits = "calling.call.send_digits", group "call" {
        subject call_id;
        documented node_id, control_id, state;
        also event_channel, timestamp, project_id, space_id;
        key (control_id state);
        order ();
    }

    /// A call was put on hold or taken off, on the socket.
    CallHold = "calling.call.hold", group "call" {
        subject call_id;
        documented node_id, hold_state;
        also event_channel, timestamp, project_id, space_id;
        key ();
        order ();
    }

    /// The echo of a call changed, on the socket.
    CallEcho = "calling.call.echo", group "call" {
        subject call_id;
        documented node_id, hold_state;
        also event_channel, timestamp, project_id, space_id;
        key ();
        order ();
    }

    /// A command failed, on the socket.
    CallingError = "calling.error", group "call" {
        documented code, message;
        also event_channel, timestamp, project_id, space_id, call_id, node_id;
        key ();
        order ();
    }

    /// An event of a script for the browser client, on the socket. The script decides what is in
    /// it.
    UserEvent = "calling.user_event", group "call" {
        documented payload;
        also event_channel, timestamp, project_id, space_id;
        key ();
        order ();
    }

    /// A script has a mistake, on the socket.
    ScriptWarning = "calling.script.warning", group "call" {
        documented payload;
        also event_channel, timestamp, project_id, space_id;
        key ();
        order ();
    }
}
