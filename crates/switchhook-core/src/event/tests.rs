//! The machinery of events, on a family of two that is declared here.
#![allow(
    dead_code,
    unreachable_pub,
    unexpected_cfgs,
    reason = "the macros declare what a model crate exports"
)]

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::{Kind, Payload, Seconds, form_events, form_family, open_enum, params, sid};

sid! {
    /// A door.
    pub(crate) struct DoorSid = "DR";
}

open_enum! {
    /// A colour.
    pub(crate) enum Colour {
        /// Red.
        Red = "red",
    }
}

params! { param {
    /// The door.
    door_sid: DoorSid = "DoorSid", sample "DR1";
    /// Who opened it.
    visitor: String = "Visitor", sample "jane";
    /// How long it stood open.
    open: Seconds = "Open", sample "3";
    /// Its colour.
    colour: Colour = "Colour", sample "red";
} }

form_events! {
    params param;
    family DoorWebhook by "DoorEvent";
    /// Doors.
    group DoorEvent = "door", common door_sid, visitor;
    key (door_sid open | door_sid);
    order (open of door_sid);

    /// A door was opened.
    DoorOpened = "door-opened" { subject door_sid; documented visitor; also colour; sample colour; }
    /// A door was closed.
    DoorClosed = "door-closed" {
        subject door_sid;
        documented visitor, open;
        sample open = "0", visitor = "joe";
    }
}

form_family! {
    params param;
    /// Doors.
    pub enum DoorWebhook = "example.door" by "DoorEvent", common door_sid {
        DoorOpened, DoorClosed
    }
}

fn read(form: &str) -> DoorWebhook {
    DoorWebhook::decode(&Payload::from(Params::parse(form.as_bytes()).unwrap()))
}

fn closed(form: &str) -> DoorClosed {
    DoorClosed::from_payload(&Params::parse(form.as_bytes()).unwrap().into()).unwrap()
}

#[test]
fn the_table_tells_everything() {
    let names: Vec<_> = DoorWebhook::events().map(|info| (info.name, info.group)).collect();
    assert_eq!(names, [("door-opened", "door"), ("door-closed", "door")]);
    let info = DoorWebhook::info("door-closed").unwrap();
    let fields: Vec<_> = info.fields.iter().map(|f| (f.wire, f.kind, f.presence)).collect();
    assert_eq!(
        fields,
        [
            ("DoorSid", Kind::Sid("DR"), FieldPresence::Subject),
            ("Visitor", Kind::Text, FieldPresence::Documented),
            ("Open", Kind::Seconds, FieldPresence::Documented),
        ]
    );
    assert_eq!(info.sample().to_form(), "DoorEvent=door-closed&DoorSid=DR1&Visitor=joe&Open=0");
    assert!(info.names("DoorEvent") && info.names("Open") && !info.names("Colour"));
    let opened = DoorWebhook::info("door-opened").unwrap().sample().to_form();
    assert_eq!(opened, "DoorEvent=door-opened&DoorSid=DR1&Visitor=jane&Colour=red");
    assert!(DoorWebhook::info("door-slammed").is_none());
}

#[test]
fn groups_and_the_family_share_their_common_fields() {
    let event = read("DoorEvent=door-opened&DoorSid=DR1&Visitor=jane");
    assert_eq!(event.door_sid().map(DoorSid::as_str), Some("DR1"));
    let group = DoorEvent::from_family(event).unwrap();
    assert_eq!(group.visitor().map(String::as_str), Some("jane"));
    assert_eq!(group.data().name(), "door-opened");
    let unknown = read("DoorEvent=door-slammed&DoorSid=DR1");
    assert_eq!(unknown.door_sid(), None);
    assert!(matches!(DoorEvent::from_family(unknown), Err(DoorWebhook::Unknown(_))));
}

#[test]
fn each_type_selects_its_deliveries() {
    assert_eq!(DoorClosed::SELECTION, Selection::Events(&["door-closed"]));
    assert_eq!(DoorEvent::SELECTION, Selection::Events(&["door-opened", "door-closed"]));
    assert_eq!(DoorWebhook::SELECTION, Selection::All);
    assert_eq!(Unknown::<DoorWebhook>::SELECTION, Selection::Unknown);
    assert_eq!(Malformed::<DoorWebhook>::SELECTION, Selection::Malformed);
    let event = read("DoorEvent=door-opened&DoorSid=DR1");
    assert!(DoorClosed::from_family(event.clone()).is_err());
    assert!(DoorOpened::from_family(event).is_ok());
    assert!(Malformed::from_family(read("DoorEvent=door-opened")).is_ok());
}

#[test]
fn the_first_value_wins_even_when_it_is_empty() {
    let event = closed("DoorSid=DR1&Open=&Open=7");
    assert_eq!(event.open, None);
    assert_eq!(event.problems(), [Problem { param: "Open", kind: ProblemKind::Conflicting }]);
    assert_eq!(event.to_params().to_form(), "DoorEvent=door-closed&DoorSid=DR1&Open=&Open=7");
}

#[test]
fn a_parameter_may_have_the_name_of_what_is_not_text() {
    let form = "DoorEvent=door-closed&DoorSid=DR1&not-utf-8=1&%FE=1&not-utf-8=2";
    let event = DoorClosed::read(&Payload::from(Params::parse(form.as_bytes()).unwrap())).unwrap();
    let json = serde_json::to_string(&event).unwrap();
    let again: DoorClosed = serde_json::from_str(&json).unwrap();
    let sorted = |event: &DoorClosed| {
        let params = event.to_params();
        let mut pairs: Vec<_> =
            params.iter_bytes().map(|(name, value)| (name.to_vec(), value.to_vec())).collect();
        pairs.sort();
        pairs
    };
    assert_eq!(sorted(&again), sorted(&event));
    let keys = serde_json::from_str::<crate::Json>(&json).unwrap();
    assert_eq!(keys.as_str().matches("not-utf-8\":").count(), 1, "{json}");
}

#[test]
fn a_value_that_is_not_text_costs_itself_alone() {
    let form = "DoorEvent=door-closed&DoorSid=DR1&Visitor=%FFx&%FE=1";
    let DoorWebhook::DoorClosed(event) = read(form) else { panic!("a closed door") };
    assert_eq!(event.visitor, None);
    assert_eq!(event.problems(), [Problem { param: "Visitor", kind: ProblemKind::NotText }]);
    assert_eq!(event.to_params().to_form(), form);
    let json = serde_json::to_string(&event).unwrap();
    let again: DoorClosed = serde_json::from_str(&json).unwrap();
    assert_eq!(again.params().to_form(), form, "{json}");

    let mut changed = event;
    changed.visitor = Some("joe".into());
    let expected = "DoorEvent=door-closed&DoorSid=DR1&Visitor=joe&%FE=1";
    assert_eq!(changed.to_params().to_form(), expected);

    // It is the first value all the same: a later one does not take its place.
    let repeated = "DoorEvent=door-closed&DoorSid=DR1&Visitor=%FF&Visitor=joe";
    let event = closed(repeated);
    assert_eq!((event.visitor.as_deref(), event.problems().len()), (None, 2));
    assert_eq!(event.to_params().to_form(), repeated);

    let subject = read("DoorEvent=door-closed&DoorSid=%FF");
    let DoorWebhook::Malformed(malformed) = subject else { panic!("no subject") };
    assert_eq!(malformed.reason(), Reason::SubjectNotText { param: "DoorSid" });
}

#[test]
fn replaced_text_is_admitted_on_request_and_its_bytes_stay() {
    let params = Params::parse(b"DoorEvent=door-closed&DoorSid=DR1&Visitor=%FFx").unwrap();
    let admitted = Arc::new(params.clone().replace_invalid_text());
    let event = DoorClosed::from_payload(&Payload::Params(Arc::clone(&admitted))).unwrap();
    assert_eq!(event.visitor.as_deref(), Some("\u{FFFD}x"));
    assert_eq!(event.to_params(), *admitted);
    assert_eq!(event.to_params().to_form(), params.to_form());

    for params in [params, Params::clone(&admitted)] {
        let event = DoorClosed::from_payload(&params.into()).unwrap();
        let json = serde_json::to_string(&event).unwrap();
        let again: DoorClosed = serde_json::from_str(&json).unwrap();
        assert_eq!(again, event, "{json}");
    }
    for map in [
        r#"{"replaced":true,"form":"a=%FF"}"#,
        r#"{"form":"a=%FF","replaced":1}"#,
        r#"{"form":"a=%FF","replaced":true,"more":1}"#,
        r#"{"form":["a=1","b=1"]}"#,
    ] {
        let json = format!(r#"{{"DoorSid":"DR1","not-utf-8":{map}}}"#);
        assert!(serde_json::from_str::<DoorClosed>(&json).is_err(), "{json}");
    }
}

#[test]
fn a_view_tells_what_the_event_tells() {
    let form = "DoorEvent=door-closed&DoorSid=DR1&Visitor=jane&Open=x&Visitor=joe&New=1";
    let payload = Payload::from(Params::parse(form.as_bytes()).unwrap());
    let view = View::<DoorClosed>::read(&payload).unwrap();
    assert_eq!((view.door_sid.as_str(), view.door_sid.read()), ("DR1", DoorSid::from("DR1")));
    assert_eq!((view.visitor.as_str(), view.open.as_str()), (Some("jane"), Some("x")));
    assert_eq!(view.open.read(), None);

    let event = DoorClosed::from_payload(&payload).unwrap();
    assert_eq!(view.to_event().unwrap(), event);
    assert_eq!(view.problems(), event.problems());
    assert_eq!(view.problems().len(), 2);
    assert_eq!(view.name(), event.name());
    assert_eq!(view.idempotency_key(), event.idempotency_key());
    assert_eq!(view.order(), event.order());
    assert_eq!(view.extra().collect::<Vec<_>>(), [("New", "1")]);
    assert_eq!(view.params(), event.params());
    assert_eq!(format!("{view:?}"), format!("View({event:?})"));
    let shown = format!("{:?} {:?} {:?}", view.door_sid, view.visitor, view.open);
    assert_eq!(shown, "DR1 <4 bytes> <1 bytes>");
    let empty = Payload::from(Params::parse(b"DoorSid=DR1&Visitor=").unwrap());
    let view = View::<DoorClosed>::read(&empty).unwrap();
    assert_eq!((view.visitor.as_str(), format!("{:?}", view.visitor)), (None, "absent".into()));
}

#[test]
fn what_is_no_such_event_has_no_such_view() {
    let not = |form: &str| {
        let payload = Payload::from(Params::parse(form.as_bytes()).unwrap());
        View::<DoorClosed>::read(&payload).map(|view| format!("{view:?}")).unwrap_err()
    };
    assert!(matches!(not("DoorEvent=door-opened&DoorSid=DR1"), DoorWebhook::DoorOpened(_)));
    assert!(matches!(not("DoorEvent=door-slammed&DoorSid=DR1"), DoorWebhook::Unknown(_)));
    for (form, reason) in [
        ("DoorEvent=door-closed", Reason::SubjectMissing { param: "DoorSid" }),
        ("DoorSid=&DoorSid=DR1", Reason::SubjectMissing { param: "DoorSid" }),
        ("DoorSid=%FF", Reason::SubjectNotText { param: "DoorSid" }),
    ] {
        let DoorWebhook::Malformed(malformed) = not(form) else { panic!("{form}") };
        assert_eq!(malformed.reason(), reason, "{form}");
    }
    let json = Payload::from(crate::Json::parse(b"{}").unwrap());
    assert_eq!(View::<DoorClosed>::from_payload(&json).err(), Some(Reason::NoParameters));
}

#[test]
fn a_changed_field_takes_its_repeats_along() {
    let mut event = closed("DoorEvent=door-closed&DoorSid=DR1&Open=1&X=y&Open=2");
    event.open = Some(Seconds(3));
    assert_eq!(event.to_params().to_form(), "DoorEvent=door-closed&DoorSid=DR1&Open=3&X=y");
    event.open = None;
    assert_eq!(event.to_params().to_form(), "DoorEvent=door-closed&DoorSid=DR1&X=y");
}

#[test]
fn events_groups_and_families_convert() {
    let event = closed("DoorSid=DR1");
    let group = DoorEvent::from(event.clone());
    assert_eq!(DoorWebhook::from(group), DoorWebhook::from(event));
}

#[test]
fn serde_errors_quote_nothing() {
    let canary = "+15550001111";
    let errors = [
        serde_json::from_str::<DoorWebhook>(&format!("\"{canary}\"")).unwrap_err().to_string(),
        serde_json::from_str::<DoorClosed>("15550001111").unwrap_err().to_string(),
        serde_json::from_str::<DoorSid>("15550001111").unwrap_err().to_string(),
        serde_json::from_str::<Seconds>(&format!("\"{canary}\"")).unwrap_err().to_string(),
        serde_json::from_str::<crate::DecimalSeconds>(&format!("\"{canary}\""))
            .unwrap_err()
            .to_string(),
        serde_json::from_str::<crate::Timestamp>(&format!("\"{canary}\"")).unwrap_err().to_string(),
        serde_json::from_str::<Colour>("15550001111").unwrap_err().to_string(),
    ];
    for error in errors {
        assert!(error.starts_with("expected ") && !error.contains("1555"), "{error}");
    }
}

#[test]
fn json_has_wire_names_and_comes_back() {
    let form = "DoorEvent=door-closed&DoorSid=DR1&Open=042&Extra=a&Extra=b&Visitor=";
    let event = read(form);
    let value = serde_json::to_value(&event).unwrap();
    let expected = json!({
        // A number that is not spelled as usual stays text, so that nothing is lost.
        "DoorEvent": "door-closed", "DoorSid": "DR1", "Open": "042", "Extra": ["a", "b"], "Visitor": "",
    });
    assert_eq!(value, expected);
    let text = serde_json::to_string(&event).unwrap();
    let again: DoorWebhook = serde_json::from_str(&text).unwrap();
    assert_eq!(again.params().unwrap().to_form(), form);
    let typed: DoorClosed =
        serde_json::from_value(json!({"DoorSid": "DR1", "Open": 42, "Visitor": null})).unwrap();
    assert_eq!((typed.open, typed.visitor.as_deref()), (Some(Seconds(42)), None));
    let other = json!({"DoorEvent": "door-opened", "DoorSid": "DR1"});
    assert!(serde_json::from_value::<DoorClosed>(other).is_err());
    assert!(serde_json::from_value::<DoorClosed>(json!({"Open": 42})).is_err());
    assert!(serde_json::from_value::<DoorClosed>(json!({"DoorSid": "DR1", "Open": {}})).is_err());
    assert_eq!(serde_json::to_value(closed("DoorSid=DR1&Open=7")).unwrap()["Open"], 7);
}

#[test]
fn no_debug_text_holds_what_was_sent() {
    let canary = "canary+15550001111";
    for form in [
        format!("DoorEvent=door-closed&DoorSid={canary}&Visitor={canary}&Open={canary}&X={canary}"),
        format!("DoorEvent=door-opened&DoorSid=DR1&Colour={canary}&{canary}=1"),
        format!("DoorEvent={canary}&{canary}={canary}"),
        format!("DoorEvent=door-closed&DoorSid=&Visitor={canary}"),
        format!("DoorEvent=door-closed&DoorSid=DR1&Visitor={canary}%FF"),
    ] {
        let event = read(&form);
        let data = match event.decoded() {
            Decoded::Event(data) => format!("{:?} {:?}", data.problems(), data.extra_names().len()),
            decoded => format!("{decoded:?}"),
        };
        let payload = Payload::from(Params::parse(form.as_bytes()).unwrap());
        let view = View::<DoorClosed>::read(&payload).map(|view| {
            let fields = format!("{:?} {:?} {:?}", view.door_sid, view.visitor, view.open);
            format!("{view:?} {fields} {:?}", view.problems())
        });
        let shown = format!("{event:?} {data} {view:?}");
        assert!(!shown.contains("canary") && !shown.contains("1555"), "{shown}");
    }
}

#[test]
fn keys_have_the_parts_of_the_table_or_a_digest() {
    let key = |form: &str| closed(form).idempotency_key();
    let natural = "12:example.door11:door-closed3:AC13:DR1";
    assert_eq!(key("AccountSid=AC1&DoorSid=DR1&Open=7&X=1").as_str(), format!("{natural}1:7"));
    // An empty part counts as missing: the next list of the table is taken.
    assert_eq!(key("AccountSid=AC1&DoorSid=DR1&Open=").as_str(), natural);
    // Lengths keep parts apart, and a long one is bounded.
    assert_ne!(key("DoorSid=DR1&Open=12"), key("DoorSid=DR11&Open=2"));
    let long = "9".repeat(5000);
    let long = key(&format!("DoorSid=DR1&Open={long}"));
    assert!(long.as_str().len() < 150 && long.as_str().contains("#64:"), "{}", long.as_str());
    let order = |form: &str| closed(form).order();
    let (first, second) = (order("DoorSid=DR1&Open=7"), order("DoorSid=DR1&Open=10"));
    assert!(second.clone().unwrap().is_after(first.as_ref().unwrap()));
    assert!(!first.as_ref().unwrap().is_after(&second.unwrap()));
    let elsewhere = order("DoorSid=DR2&Open=10").unwrap();
    assert!(!elsewhere.is_after(&first.unwrap()));
    assert_eq!((order("DoorSid=DR1"), order("DoorSid=DR1&Open=x")), (None, None));
}

/// Webhooks that carry no name: a type for each group.
mod unnamed {
    use super::*;
    use crate::{IdempotencyKey, form_webhooks};

    params! { letter_param {
        /// The letter.
        letter_id: String = "LetterId" | "LetterID", sample "L1";
        /// Who it is for.
        addressee: String = "To" | "TO", sample "jane";
        /// What has to be paid for it, in cents.
        due: u64 = "Due", sample "40";
        /// How it came.
        by: String = "By" | "BY", sample "air";
        /// The headers of its envelope.
        marks: String = "Mark_", sample "";
        /// The pages.
        pages: String = "Page", sample "";
        /// How often the postman tried.
        tries: u64 = "Tries" | "TRIES", sample "0";
    } }

    form_webhooks! {
        params letter_param;
        family LetterWebhook;
        each documented [letter_id];
        each also [tries];

        /// A letter came.
        LetterCame = "letter" {
            subject addressee;
            documented due;
            also by;
            prefixed marks;
            indexed pages;
            key (letter_id; content except tries);
            order ();
            events {
                "letter.dear" when (due within 100 to 999) & (by = "air" | "ship") sends due = "100", by;
                "letter.mark" when (by starts "mark:") sends by = "mark:x" adds "Mark_a" = "1", "Page0" = "p";
                "letter.paid" when (due = "0") sends due = "0";
            }
        }
        /// A parcel came.
        ParcelCame = "parcel" {
            subject addressee;
            documented;
            key (letter_id, except tries);
            order (tries of letter_id);
            events { "parcel"; }
        }
    }

    form_family! {
        params letter_param;
        /// Post.
        pub enum LetterWebhook = "example.letters" classified by |payload: &Payload| {
            payload.params()?.get("LetterId").map(|_| "letter")
        }, common addressee { LetterCame, ParcelCame }
    }

    fn letter(form: &str) -> LetterCame {
        LetterCame::read(&Payload::from(Params::parse(form.as_bytes()).unwrap())).unwrap()
    }

    #[test]
    fn the_first_row_that_fits_names_the_event() {
        for (form, name) in [
            ("To=j&Due=100&By=air", "letter.dear"),
            ("To=j&Due=99&By=air", "letter"),
            ("To=j&Due=100&By=horse", "letter"),
            ("To=j&Due=0&By=mark:1", "letter.mark"),
            ("TO=j&Due=0", "letter.paid"),
            ("To=j", "letter"),
        ] {
            let event = letter(form);
            assert_eq!((event.name(), event.addressee.as_str()), (name, "j"), "{form}");
            assert_eq!(EventData::info(&event).listed, name != "letter");
            assert_eq!(event.to_params().to_form().replace("%3A", ":"), form);
        }
    }

    #[test]
    fn routes_name_the_type_and_classification_is_a_fallback() {
        let payload = |form: &str| Payload::from(Params::parse(form.as_bytes()).unwrap());
        let parcel = ParcelCame::read(&payload("To=j&LetterId=L1")).unwrap();
        assert_eq!(parcel.name(), "parcel");
        let classified = LetterWebhook::decode(&payload("To=j&LetterId=L1"));
        assert!(matches!(classified, LetterWebhook::LetterCame(_)));
        assert!(matches!(LetterWebhook::decode(&payload("To=j")), LetterWebhook::Unknown(_)));
        let by_event = LetterWebhook::decode_as("letter.paid", &payload("To=j"));
        assert!(matches!(by_event, LetterWebhook::LetterCame(_)));
        let Err(LetterWebhook::Malformed(malformed)) = LetterCame::read(&payload("Due=0")) else {
            panic!("nobody to give it to")
        };
        assert_eq!(malformed.info().name, "letter.paid");
    }

    #[test]
    fn patterns_are_named_and_reachable() {
        let event = letter("To=j&Mark_a=1&Mark_=2&Page0=p&Page1=q&Pagex=r&Other=s");
        assert_eq!(event.marks().collect::<Vec<_>>(), [("a", "1")]);
        assert_eq!(event.pages(), [(0, "p"), (1, "q")]);
        let payload = EventData::payload(&event);
        let view = View::<LetterCame>::read(&payload).unwrap();
        assert!(view.marks().eq(event.marks()));
        assert_eq!(view.pages(), event.pages());
        let extra: Vec<_> = event.extra().map(|(name, _)| name).collect();
        assert_eq!(extra, ["Mark_", "Pagex", "Other"]);
    }

    #[test]
    fn no_numbered_parameter_is_lost_unseen() {
        let problems = |event: &LetterCame| -> Vec<String> {
            event.problems().iter().map(ToString::to_string).collect()
        };
        let event = letter("To=j&Page0=p&Page1=%FF&Page3=q");
        assert_eq!(problems(&event), ["Page is not UTF-8"]);
        let event = letter(
            "To=j&Page0=p&Page0=q&Page00=r&Page01=s&Page+1=t&Page1=u&Page1=u&Page2=%FF\
             &Page4294967295=v&Page4294967296=w&Page=x",
        );
        assert_eq!(event.pages(), [(0, "p"), (1, "u"), (u32::MAX, "v")]);
        let extra: Vec<_> = event.extra().map(|(name, _)| name).collect();
        assert_eq!(extra, ["Page00", "Page01", "Page 1", "Page4294967296", "Page"]);
        assert_eq!(
            problems(&event),
            ["Page is repeated with another value", "Page is repeated", "Page is not UTF-8"]
        );
    }

    #[test]
    fn an_alias_is_the_parameter_and_keeps_its_spelling() {
        let mut event = letter("TO=j&Due=0");
        assert_eq!((event.extra().count(), event.problems()), (0, &[][..]));
        let payload = EventData::payload(&event);
        assert_eq!(View::<LetterCame>::read(&payload).unwrap().addressee.as_str(), "j");
        event.addressee = "k".into();
        assert_eq!(event.to_params().to_form(), "TO=k&Due=0");
        assert_eq!(letter("To=j&TO=k").problems().len(), 1);
    }

    #[test]
    fn content_belongs_to_a_key_but_for_what_differs_between_tries() {
        let key = |form: &str| -> IdempotencyKey { letter(form).idempotency_key() };
        assert_eq!(key("To=j&LetterId=1&Tries=0&Due=3"), key("Due=3&To=j&LetterId=1&Tries=1"));
        assert_ne!(key("To=j&LetterId=1&Due=3"), key("To=j&LetterId=1&Due=4"));
        let parcel = |form: &str| -> IdempotencyKey {
            let params = Params::parse(form.as_bytes()).unwrap();
            ParcelCame::read(&Payload::from(params)).unwrap().idempotency_key()
        };
        assert_eq!(parcel("To=j&LetterId=1&Due=3"), parcel("To=j&LetterId=1&Due=4"));
        assert_eq!(parcel("To=j&Tries=1"), parcel("To=j&Tries=2"));
        assert_ne!(parcel("To=j&Due=3"), parcel("To=j&Due=4"));
        // The digest knows where a name ends.
        assert_ne!(key("To=j&LetterId=1&a=bc"), key("To=j&LetterId=1&ab=c"));
    }

    #[test]
    fn keys_orders_and_conditions_read_what_the_fields_read() {
        let parcel = |form: &str| {
            let params = Params::parse(form.as_bytes()).unwrap();
            ParcelCame::read(&Payload::from(params)).unwrap()
        };
        // Each in its other spelling.
        let key = |form: &str| -> IdempotencyKey { parcel(form).idempotency_key() };
        assert_eq!(key("To=j&LetterID=1&Due=3"), key("To=j&LetterId=1&Due=4"));
        assert_eq!(key("To=j&TRIES=1"), key("To=j&TRIES=2"));
        let order = |form: &str| parcel(form).order();
        assert!(order("To=j&LetterID=1&TRIES=2") > order("To=j&LetterId=1&Tries=1"));
        assert_eq!(letter("To=j&Due=100&BY=air").name(), "letter.dear");

        // The first that came counts, whatever its spelling, also when it is no text.
        assert_eq!(key("To=j&LetterID=1&LetterId=2&Due=3"), key("To=j&LetterId=1"));
        assert_eq!(order("To=j&LetterId=1&TRIES=2&Tries=9"), order("To=j&LetterId=1&Tries=2"));
        let unreadable = parcel("To=j&LetterId=1&Tries=%FF&Tries=5");
        assert_eq!((unreadable.tries, unreadable.order()), (None, None));
        assert_eq!(letter("To=j&Due=%FF&Due=0").name(), "letter");
        assert_eq!(letter("To=j&Due=0&Due=%FF").name(), "letter.paid");
    }

    #[test]
    fn samples_are_of_their_event() {
        for info in LetterWebhook::events() {
            let payload = Payload::from(info.sample());
            let event = LetterWebhook::decode_as(info.group, &payload);
            assert_eq!(event.name(), Some(info.name));
            assert_eq!(event.decoded().params().unwrap().len(), payload.params().unwrap().len());
        }
    }
}
