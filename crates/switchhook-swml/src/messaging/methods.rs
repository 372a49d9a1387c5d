//! The methods of messages.

use super::{HttpMethod, Messaging, ReplyForm, Transform};
use crate::{
    DecimalSeconds, Json, List, Map, Steps, TextOrObject,
    grammar::{Form, Group},
};

crate::table::objects! {
    /// Sends a message back.
    Reply of ["ReplyWithBody", "ReplyWithMedia", "ReplyInlineSwitch"] [groups(&[Group::Some(&["body", "media", "switch"]), Group::Most(&["body", "switch"]), Group::Most(&["media", "switch"])])]
    make {
        /// A reply with text.
        text(body: String = "body");
        /// A reply with media.
        media(media: List<String> = "media");
        /// Replies by the value of a variable.
        switch(switch: ReplySwitch = "switch");
    }
    shapes {
        /// URLs of media, 8 at most.
        media: List<String> = "media" [longest(8)];
        /// Replies by the value of a variable, instead of all else.
        switch: ReplySwitch = "switch";
    }
    fields {
        /// Receiver; the sender of the message by default.
        to: String = "to";
        /// Sender; the receiver of the message by default.
        from: String = "from";
        /// URL that gets the status.
        status_url: String = "status_url";
        /// Text.
        body: String = "body" [shortest(1)];
    }

    /// Replies by the value of a variable.
    ReplySwitch of ["ReplySwitch", "ReplyInlineSwitchSwitch"]
    make {
        /// By the value of that variable.
        new(variable: String = "variable", case: Map<ReplyForm> = "case");
    }
    fields {
        /// Name of the variable, without `%{}`.
        variable: String = "variable" [required()];
        /// What is done to the value before it is compared.
        transform: Transform = "transform";
        /// Replies by value: a text, or a whole reply.
        case: Map<ReplyForm> = "case" [required()];
        /// Reply for every other value.
        default: ReplyForm = "default";
    }

    /// Accepts the message and says nothing.
    Receive of []
    make {
        /// With nothing set.
        new();
    }
    fields {
    }

    /// Asks a web API; a failure does not end the script.
    Request of []
    make {
        /// A request to that URL.
        new(url: String = "url");
    }
    fields {
        /// URL to ask.
        url: String = "url" [required()];
        /// Method of the request.
        method: HttpMethod = "method";
        /// Headers: `Accept`, `Authorization`, `Content-Type`, `Range` and `X-…` are taken.
        headers: Map<String> = "headers";
        /// Text or object to send.
        body: TextOrObject = "body";
        /// How long the answer may take, 5 seconds at most.
        timeout: DecimalSeconds = "timeout" [min(0.0) max(5.0)];
        /// Whether a JSON answer is put into `request_response`.
        save_variables: bool = "save_variables";
    }

    /// Runs another section and comes back.
    Execute of []
    make {
        /// Runs that section.
        new(dest: String = "dest");
    }
    fields {
        /// Section that runs.
        dest: String = "dest" [required() form(Form::Section)];
        /// Parameters of the section.
        params: Map<Json> = "params";
    }

    /// Goes on with the document at a URL.
    Transfer of []
    make {
        /// Goes to the document at that URL.
        new(dest: String = "dest");
    }
    fields {
        /// URL of the document that goes on.
        dest: String = "dest" [required() form(Form::Http)];
        /// Method of the request; `POST` by default.
        method: HttpMethod = "method";
        /// Parameters that go along.
        params: Map<Json> = "params";
    }

    /// Branches on the value of one variable.
    Switch of []
    make {
    }
    shapes {
        /// Steps by value.
        case: Map<Steps<Messaging>> = "case" [required()];
        /// Steps for every other value.
        default: Steps<Messaging> = "default";
    }
    fields {
        /// Name of the variable, without `%{}`.
        variable: String = "variable" [required()];
        /// What is done to the value before it is compared.
        transform: Transform = "transform";
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
        /// Most jumps; 100 by default.
        max: i64 = "max";
    }
}
