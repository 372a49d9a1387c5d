//! Law 5: memory is linear in what is read. Of four times as much, every reader, linter and writer
//! makes four times as many allocations at most, and asks for six times as many bytes: buffers that
//! double may have just done so. What looks back at all it has would ask for sixteen times as many.
//!
//! Each allocation and each byte that is asked for was also written once, so this is a part of the
//! time, too; what is read again and again without keeping anything is counted by the
//! instructions of `benches/`.

use std::fmt::Write as _;

use allocation_counter::measure;
use switchhook::{
    Family, Json, Limits, Params, Payload,
    signalwire::SignalWireEvent,
    swml,
    twilio::{
        messaging::MessagingWebhook,
        voice::{conversation_relay, media_streams},
    },
    twiml::{self, Dialect, Linter},
};

/// What a run may grow by beside that: a buffer that is doubled once more.
const SLACK: (u64, u64) = (64, 16 << 10);

/// Holds that a step over what `make` makes of a size is linear in the size.
///
/// # Panics
///
/// Where it is not.
fn is_linear<T, R>(what: &str, size: usize, make: impl Fn(usize) -> T, step: impl Fn(&T) -> R) {
    let cost = |size: usize| {
        let made = make(size);
        // What is initialized once is not counted.
        drop(step(&made));
        let counted = measure(|| drop(step(&made)));
        (counted.count_total, counted.bytes_total)
    };
    let (small, large) = (cost(size), cost(4 * size));
    assert!(large.0 <= 4 * small.0 + SLACK.0, "{what}: {small:?}, then {large:?}");
    assert!(large.1 <= 6 * small.1 + SLACK.1, "{what}: {small:?}, then {large:?}");
}

/// Limits that nothing here reaches.
fn limits() -> Limits {
    let limits = Limits::default().with_body_bytes(1 << 24);
    limits.with_parameters(1 << 20).with_json_values(1 << 20)
}

/// What a text is made of: its name, and each piece by its number.
type Made = (&'static str, fn(usize) -> String);

/// `each` as often as `size` says, with its number.
fn repeated(size: usize, each: impl Fn(usize) -> String) -> String {
    (0..size).map(each).collect()
}

#[test]
fn parameters() {
    let forms: &[Made] = &[
        ("names of their own", |n| format!("Name{n}=value%20{n}&")),
        ("one name", |n| format!("MediaUrl0=value+{n}&")),
        ("numbered names", |n| format!("MediaUrl{n}=x&")),
        ("nothing", |_| "&=".to_owned()),
    ];
    for &(what, each) in forms {
        let make = |size| repeated(size, each);
        let parse = |form: &String| Params::parse_within(form.as_bytes(), &limits()).unwrap();
        is_linear(&format!("reading {what}"), 1000, make, parse);
        let made = |size| parse(&repeated(size, each));
        is_linear(&format!("writing {what}"), 1000, made, Params::to_form);
        is_linear(&format!("sorting {what}"), 1000, made, |p: &Params| p.sorted().count());
        is_linear(&format!("indexing {what}"), 1000, made, |p: &Params| {
            p.indexed("MediaUrl").len()
        });
        let payload = |size| Payload::from(made(size));
        is_linear(&format!("an event of {what}"), 1000, payload, MessagingWebhook::decode);
    }
}

#[test]
fn json() {
    let bodies: &[Made] = &[
        ("members", |n| format!("\"m{n}\":{n},")),
        ("one member", |n| format!("\"m\":{n},")),
        ("objects", |n| format!("\"m{n}\":{{\"a\":[{n}],\"b\":null}},")),
        ("escapes", |n| format!("\"\\u00e9{n}\":\"\\\"\\\\\\n\\ud83d\\udcde\",")),
        ("one object", |n| format!("\"params\":{{\"call_id\":\"c{n}\",\"x{n}\":1}},")),
    ];
    for &(what, each) in bodies {
        let make = |size| {
            let inside = repeated(size, each);
            format!(
                "{{{inside}\"event_type\":\"calling.call.state\",\"params\":{{\"call_id\":\"c\"}}}}"
            )
        };
        let parse = |text: &String| Json::parse_within(text.as_bytes(), &limits()).unwrap();
        is_linear(&format!("reading {what}"), 500, make, parse);
        let payload = |size| Payload::from(parse(&make(size)));
        is_linear(&format!("an event of {what}"), 500, payload, SignalWireEvent::decode);
        is_linear(&format!("extra {what}"), 500, payload, |payload: &Payload| {
            let event = SignalWireEvent::decode(payload);
            match event.decoded() {
                switchhook::Decoded::Event(data) => data.extra_names().len(),
                _ => 0,
            }
        });
        let frame = |text: &String| media_streams::Inbound::parse(text).to_json().len();
        let tagged = |size| {
            make(size).replacen("\"event_type\":\"calling.call.state\"", "\"event\":\"stop\"", 1)
        };
        is_linear(&format!("a message of {what}"), 500, tagged, frame);
        let relay = |text: &String| conversation_relay::Inbound::parse(text).to_json().len();
        let tagged = |size| {
            make(size).replacen(
                "\"event_type\":\"calling.call.state\"",
                "\"type\":\"dtmf\",\"digit\":\"1\"",
                1,
            )
        };
        is_linear(&format!("a message of an agent of {what}"), 500, tagged, relay);
    }
}

#[test]
fn markup() {
    let documents: &[Made] = &[
        ("verbs", |n| format!("<Say voice=\"alice\">Hello {n}</Say>")),
        ("voices of nobody", |n| format!("<Say voice=\"v{n}\">x</Say>")),
        ("verbs that are none", |n| format!("<Beam{n} to=\"Mars\"/>")),
        ("nested verbs", |n| format!("<Gather><Say>{n}</Say><Dial/></Gather>")),
        ("texts", |n| format!("<Say>&amp;&lt;{n}&#38;<![CDATA[<]]></Say>")),
        ("comments", |n| format!("<!-- {n} --><Pause/>")),
    ];
    for &(what, each) in documents {
        let make = |size| format!("<Response>{}</Response>", repeated(size, each));
        let read = |xml: &String| twiml::read(xml).unwrap();
        is_linear(&format!("reading {what}"), 200, make, read);
        let made = |size| read(&make(size));
        is_linear(&format!("writing {what}"), 200, made, |read: &twiml::Document| read.to_xml());
        is_linear(&format!("linting {what}"), 200, made, |read: &twiml::Document| {
            Linter::new(Dialect::Twilio).lint(read).len()
        });
    }
    // One element with many attributes.
    let make = |size| {
        format!(
            "<Response><Say {}>x</Say></Response>",
            repeated(size, |n| format!("a{n}=\"{n}\" "))
        )
    };
    is_linear("attributes", 15, make, |xml: &String| {
        twiml::read(xml).map(|read| Linter::new(Dialect::Twilio).lint(&read).len())
    });
}

#[test]
fn documents() {
    let steps: &[Made] = &[
        ("steps", |n| format!("{{\"play\":{{\"url\":\"say:{n}\"}}}},")),
        ("steps that are none", |n| format!("{{\"beam{n}\":{{\"to\":\"Mars\"}}}},")),
        ("labels and jumps", |n| {
            format!("{{\"label\":\"l{n}\"}},{{\"goto\":{{\"label\":\"l{n}\"}}}},")
        }),
        ("wrong fields", |n| format!("{{\"play\":{{\"url\":{n},\"volume\":\"loud\"}}}},")),
    ];
    for &(what, each) in steps {
        let make =
            |size| format!("{{\"sections\":{{\"main\":[{}\"hangup\"]}}}}", repeated(size, each));
        let read = |text: &String| swml::read(text).unwrap();
        is_linear(&format!("reading {what}"), 200, make, read);
        is_linear(&format!("reading {what} as YAML"), 200, make, |text: &String| {
            swml::read_yaml(text).unwrap()
        });
        let made = |size| read(&make(size));
        is_linear(&format!("writing {what}"), 200, made, swml::Document::to_json);
        is_linear(&format!("linting {what}"), 200, made, |read: &swml::Document| {
            read.lint().errors().count()
        });
    }
    let sections = |size| {
        let mut text = String::from("sections:\n  main:\n    - hangup\n");
        for n in 0..size {
            writeln!(
                text,
                "  s{n}:\n    - execute: {{dest: s{n}}}\n    - play: {{url: 'say:{n}'}}"
            )
            .unwrap();
        }
        text
    };
    let read = |text: &String| swml::read_yaml(text).unwrap();
    is_linear("reading sections as YAML", 100, sections, read);
    is_linear(
        "linting sections",
        100,
        |size| read(&sections(size)),
        |read: &swml::Document| read.lint().errors().count(),
    );
}
