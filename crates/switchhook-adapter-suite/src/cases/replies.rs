//! Events and what is answered: TwiML, SWML, decisions, acknowledgements, failures.

use crate::case::{Body, CASE, Case, ENDED, Exchange, Expected, Setup, Signed, Way, refused, says};

const CALL: Exchange = Exchange {
    target: "/voice",
    body: Body::Text("CallSid=CA1&From=%2B15550001111&CallStatus=ringing"),
    expected: Expected {
        status: 200,
        headers: &[("content-type", "text/xml; charset=utf-8")],
        body: Some(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>Tea &amp; cake &lt;at 5&gt;</Say></Response>",
        ),
        seen: &["call CA1"],
    },
    ..ENDED
};

const MESSAGE: Exchange = Exchange {
    target: "/message",
    body: Body::Text("EventType=onMessageAdd&ConversationSid=CH1&Body=hello"),
    expected: Expected { headers: &[("content-type", "")], ..says("") },
    ..ENDED
};

const FAILED: Exchange = Exchange { target: "/fails", expected: refused(500), ..ENDED };

pub(super) const CASES: &[Case] = &[
    Case { name: "TwiML to the byte, with its content type", exchanges: &[CALL], ..CASE },
    Case {
        name: "a SWML document",
        exchanges: &[Exchange {
            target: "/swml",
            expected: Expected {
                status: 200,
                headers: &[("content-type", "application/json")],
                body: Some(
                    "{\"version\":\"1.0.0\",\"sections\":{\"main\":[{\"answer\":{}},{\"hangup\":{}}]}}",
                ),
                seen: &["document for CA1"],
            },
            ..CALL
        }],
        ..CASE
    },
    Case {
        name: "decisions about a message",
        exchanges: &[
            MESSAGE,
            Exchange {
                body: Body::Text("EventType=onMessageAdd&ConversationSid=CH1&Body=spam"),
                expected: refused(403),
                ..MESSAGE
            },
            Exchange {
                body: Body::Text("EventType=onMessageAdd&ConversationSid=CH1&Body=darn"),
                expected: Expected {
                    headers: &[("content-type", "application/json")],
                    ..says("{\"body\":\"****\"}")
                },
                ..MESSAGE
            },
        ],
        ..CASE
    },
    Case {
        name: "another event of the family is acknowledged",
        exchanges: &[Exchange {
            body: Body::Text("StatusCallbackEvent=room-created&RoomSid=RM1"),
            expected: refused(204),
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "an event that nobody knows yet is acknowledged",
        exchanges: &[
            Exchange {
                body: Body::Text("StatusCallbackEvent=room-exploded&RoomSid=RM1"),
                expected: refused(204),
                ..ENDED
            },
            Exchange {
                target: "/any",
                body: Body::Text("StatusCallbackEvent=room-exploded&RoomSid=RM1"),
                expected: Expected { seen: &["any room-exploded"], ..refused(204) },
                ..ENDED
            },
        ],
        ..CASE
    },
    Case {
        name: "an event that cannot be used",
        exchanges: &[Exchange {
            body: Body::Text("StatusCallbackEvent=room-ended&RoomName=x"),
            expected: refused(422),
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "an acknowledgement of one's own",
        way: Some(Way::Endpoint),
        exchanges: &[Exchange {
            target: "/received",
            expected: Expected {
                headers: &[("content-type", "application/json")],
                ..says("{\"ok\":true}")
            },
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "a handler that fails says nothing of why",
        way: Some(Way::Endpoint),
        exchanges: &[FAILED],
        ..CASE
    },
    Case {
        name: "a handler that panics, and the request after it",
        way: Some(Way::Endpoint),
        exchanges: &[Exchange { target: "/panics", ..FAILED }, ENDED],
        ..CASE
    },
    Case {
        name: "an interactive route's fallback",
        way: Some(Way::Endpoint),
        exchanges: &[Exchange {
            target: "/sorry",
            expected: says("<Response><Hangup/></Response>"),
            ..ENDED
        }],
        ..CASE
    },
    Case {
        name: "a decision whose handler fails lets pass",
        way: Some(Way::Endpoint),
        exchanges: &[Exchange { target: "/fails/open", ..MESSAGE }],
        ..CASE
    },
    Case {
        name: "a duplicate is kept once and acknowledged twice",
        way: Some(Way::Endpoint),
        setup: Setup::Inbox,
        exchanges: &[
            Exchange { expected: Expected { seen: &["Accepted"], ..refused(204) }, ..ENDED },
            Exchange { expected: Expected { seen: &["Duplicate"], ..refused(204) }, ..ENDED },
        ],
        ..CASE
    },
    Case {
        name: "a duplicate of a question gets the same reply, and is handled once",
        way: Some(Way::Endpoint),
        setup: Setup::Inbox,
        exchanges: &[
            Exchange {
                headers: &[("i-twilio-idempotency-token", "t-1")],
                expected: Expected { seen: &["call CA1", "Handled"], ..CALL.expected },
                ..CALL
            },
            Exchange {
                headers: &[("i-twilio-idempotency-token", "t-1")],
                expected: Expected { seen: &["Repeated"], ..CALL.expected },
                ..CALL
            },
        ],
        ..CASE
    },
    Case {
        name: "what is refused is not kept",
        way: Some(Way::Endpoint),
        setup: Setup::Inbox,
        exchanges: &[
            Exchange {
                signed: Signed::ByAnother,
                expected: Expected { seen: &["Refused"], ..refused(403) },
                body: Body::Text("StatusCallbackEvent=room-ended&RoomSid=RM7"),
                ..ENDED
            },
            Exchange {
                body: Body::Text("StatusCallbackEvent=room-ended&RoomSid=RM7"),
                expected: Expected { seen: &["Accepted"], ..refused(204) },
                ..ENDED
            },
        ],
        ..CASE
    },
];
