//! The way through a document.

use super::{ResultBranch, TextOrObject};
use crate::{
    DecimalSeconds, HttpMethod, Json, Map, Milliseconds, Seconds, Steps, Value, grammar::Form,
};

crate::table::objects! {
    /// Runs a section, or a document, and comes back.
    Execute of []
    make {
        /// Runs a section, the document at a URL, or a [`Document`](crate::Document).
        new(dest: String = "dest");
    }
    fields {
        /// Where to: a section, a URL, or a whole document as text.
        dest: String = "dest" [required() form(Form::Destination)];
        /// Parameters of the section: they replace the outer ones until it returns.
        params: Map<Json> = "params";
        /// Data of your own; the platform ignores it.
        meta: Map<Json> = "meta";
        /// Steps that run after the return.
        on_return: Steps = "on_return";
        /// What runs by the result.
        result: ResultBranch = "result";
    }

    /// Goes on in a section, or in a document, and never comes back.
    Transfer of []
    make {
        /// Goes to a section, the document at a URL, or a [`Document`](crate::Document).
        new(dest: String = "dest");
    }
    fields {
        /// Where to: a section, a URL, or a whole document as text.
        dest: String = "dest" [required() form(Form::Destination)];
        /// Parameters that go along.
        params: Map<Json> = "params";
        /// Data of your own; the platform ignores it.
        meta: Map<Json> = "meta";
    }

    /// Jumps to a label of the same section.
    Goto of []
    make {
        /// Jumps to that label.
        new(label: String = "label");
    }
    fields {
        /// Label to jump to, in the same section.
        label: String = "label" [required() form(Form::Label)];
        /// Condition in JavaScript, with bare names and without `${}`.
        when: String = "when" [form(Form::Expression)];
        /// Most jumps; 100 by default.
        max: Value<i64> = "max" [min(1.0) max(100.0)];
    }

    /// A pause, as an object.
    SleepOptions of []
    make {
        /// A pause of that length.
        new(duration: Value<Milliseconds> = "duration");
    }
    fields {
        /// How long; -1 for ever.
        duration: Value<Milliseconds> = "duration" [required() min(-1.0)];
    }

    /// Asks a web API.
    Request of []
    make {
        /// A request to that URL.
        new(url: String = "url", method: HttpMethod = "method");
    }
    fields {
        /// URL to ask; may carry `user:password@`.
        url: String = "url" [required()];
        /// Method of the request.
        method: HttpMethod = "method" [required()];
        /// Headers: `Accept`, `Authorization`, `Content-Type`, `Range` and `X-…` are taken.
        headers: Map<Json> = "headers";
        /// Text or object to send.
        body: TextOrObject = "body";
        /// How long the answer may take; 0 for any.
        timeout: Value<DecimalSeconds> = "timeout";
        /// How long connecting may take; 0 for any.
        connect_timeout: Value<DecimalSeconds> = "connect_timeout";
        /// Whether a JSON answer is put into `request_response`.
        save_variables: Value<bool> = "save_variables";
    }

    /// Sends an event to the client that is connected to the call.
    UserEvent of []
    make {
        /// Sends that event.
        new(event: Map<Json> = "event");
    }
    fields {
        /// The event: any object.
        event: Map<Json> = "event" [required()];
    }

    /// Puts the caller into a queue until somebody connects to it.
    EnterQueue of ["EnterQueueObject"]
    make {
        /// Into that queue, and where the call goes after the bridge.
        new(queue_name: String = "queue_name", transfer_after_bridge: String = "transfer_after_bridge");
    }
    fields {
        /// Name of the queue; it is made when there is none.
        queue_name: String = "queue_name" [required()];
        /// Where the call goes after the bridge: a URL or a document.
        transfer_after_bridge: String = "transfer_after_bridge" [required() form(Form::Remote)];
        /// URL that gets the status.
        status_url: String = "status_url";
        /// URL of what is heard while waiting.
        wait_url: String = "wait_url";
        /// Longest wait; an hour by default.
        wait_time: Value<Seconds> = "wait_time" [min(1.0)];
    }
}
