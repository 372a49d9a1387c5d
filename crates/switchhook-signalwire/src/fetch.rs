//! The fetch of a script by GET.

use crate::{CallDirection, SignalWireEvent};

switchhook_core::params! { fetch {
    /// Who calls: a number or an address.
    from: String = "From", sample "+15559876543";
    /// Who is called: a number or an address.
    to: String = "To", sample "+15551234567";
    /// The call that asks, such as a UUID.
    call_sid: String = "CallSid", sample "c1234567-89ab-cdef-0123-456789abcdef";
    /// Whether the call comes in or goes out.
    direction: CallDirection = "Direction", sample "inbound";
} }

switchhook_core::form_webhooks! {
    params fetch;
    family SignalWireEvent;
    each documented [];
    each also [];

    /// A call asks for its SWML document by GET, the parameters in the query, as SignalWire's
    /// older examples have it. Answer with one.
    ScriptFetch = "swml" {
        subject call_sid;
        documented;
        also from, to, direction;
        key (call_sid; content);
        order ();
        events { "swml.fetch.get" sends from, to, direction; }
    }
}
