//! Law 3: only the discriminator and the subject are required. Empty counts as absent for what is
//! typed, and stays in the pairs. SIDs are lenient text.

use serde_json::{Value, json};
use switchhook::{
    Family, FieldPresence, FromFamily, Params, Payload,
    twilio::{
        video::RoomEnded,
        voice::{
            IncomingCall,
            websocket::{Decoded as Frame, Presence},
        },
    },
};

use crate::{families, frames, of_forms, of_json};

// What is required of an event and what is not holds for the view of it.
of_forms!(documented_fields_are_optional_on_the_wire views_and_events_agree);
of_json!(documented_members_are_optional);

fn read<E: FromFamily>(form: &str) -> Option<E> {
    E::read(&Payload::from(Params::parse(form.as_bytes()).unwrap())).ok()
}

#[test]
fn empty_is_absent_and_stays() {
    let form = "StatusCallbackEvent=room-ended&RoomSid=RM1&RoomName=&RoomDuration=";
    let ended: RoomEnded = read(form).unwrap();
    assert_eq!((ended.room_name.as_ref(), ended.room_duration), (None, None));
    assert_eq!(ended.problems(), []);
    assert_eq!(ended.to_params().to_form(), form);
    // An empty subject is none.
    assert!(read::<RoomEnded>("StatusCallbackEvent=room-ended&RoomSid=").is_none());
}

#[test]
fn sids_are_text_that_can_tell_whether_it_is_canonical() {
    let canonical = format!("CA{}", "0123456789abcdef".repeat(2));
    for (sid, is_canonical) in [
        ("RMxxxx", false),
        ("CHtest123", false),
        (&*canonical, true),
        ("CA", false),
        ("\u{1F4DE}", false),
    ] {
        let call: IncomingCall = read(&format!("CallSid={sid}")).unwrap();
        assert_eq!((call.call_sid.as_str(), call.call_sid.is_canonical()), (sid, is_canonical));
    }
}

#[test]
fn at_most_one_parameter_is_the_subject() {
    fn check<F: Family>() {
        for info in F::events() {
            let subjects = info.fields.iter().skip(1);
            let subjects = subjects.filter(|field| field.presence == FieldPresence::Subject);
            assert_eq!(subjects.count(), 0, "{} {}", F::NAME, info.name);
        }
    }
    macro_rules! each {
        ($_family:ident: $event:ty) => {
            check::<$event>();
        };
    }
    families!(all each);
}

/// What is not required of a message may be missing, and what is required may not.
#[test]
fn messages_of_sockets_need_what_the_table_requires_and_no_more() {
    for (direction, name, body) in frames::samples() {
        let (_, tag, info) = *frames::messages()
            .iter()
            .find(|(own, _, info)| (*own, info.name) == (&*direction, &*name))
            .unwrap();
        let sample: Value = serde_json::from_str(&body).unwrap();
        let mut least = json!({ tag: name });
        let required = info.fields.iter().filter(|field| field.presence == Presence::Required);
        for field in required.clone() {
            let mut place = &mut least;
            for name in field.path.split('.') {
                place = &mut place[name];
            }
            *place = sample.pointer(&frames::pointer(field.path)).unwrap().clone();
        }
        frames::read(&direction, &least.to_string(), &mut |read| {
            let Frame::Message(message) = read else { panic!("{direction}: {least}") };
            assert_eq!((message.problems().len(), message.to_json()), (0, least.to_string()));
        });
        for field in required {
            let mut less = least.clone();
            *less.pointer_mut(&frames::pointer(field.path)).unwrap() = Value::Null;
            frames::read(&direction, &less.to_string(), &mut |read| {
                let Frame::Malformed(malformed) = read else { panic!("{direction}: {less}") };
                assert_eq!(malformed.info().map(|info| info.name), Some(&*name));
            });
        }
    }
}
