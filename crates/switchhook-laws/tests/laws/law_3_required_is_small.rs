//! Law 3: only the discriminator and the subject are required. Empty counts as absent for what is
//! typed, and stays in the pairs. SIDs are lenient text.

use switchhook::{
    Family, FromFamily, Params, Payload,
    twilio::{
        video::{RoomEnded, VideoEvent},
        voice::IncomingCall,
    },
};

use crate::{of_forms, of_json};

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
            let subjects =
                subjects.filter(|field| field.presence == switchhook::FieldPresence::Subject);
            assert_eq!(subjects.count(), 0, "{} {}", F::NAME, info.name);
        }
    }
    check::<VideoEvent>();
    check::<switchhook::twilio::conversations::ConversationsWebhook>();
    check::<switchhook::twilio::voice::VoiceWebhook>();
    check::<switchhook::twilio::messaging::MessagingWebhook>();
    check::<switchhook::signalwire::SignalWireEvent>();
    check::<switchhook::signalwire::compat::CompatWebhook>();
}
