//! Law 2: add a parameter, change a value, blank one, repeat one, shuffle all: still an event. An
//! unknown event and a malformed one are two things.

use proptest::prelude::*;
use switchhook::{
    Family,
    dispatch::{Dispatcher, Endpoint, notify},
    swml,
    twilio::{video::RoomStatus, voice::CallStatus},
    twiml,
};

use crate::{of_forms, of_json, signed, verifier};

of_forms!(novelty_never_fails_a_delivery_and_no_pair_is_lost);
of_json!(json_novelty_never_fails_a_delivery);

#[tokio::test]
async fn a_route_acknowledges_what_its_provider_invents() {
    use switchhook::twilio::video::{RoomEnded, VideoEvent};

    let route = || notify(verifier()).on(|_: RoomEnded| ());
    let hooks = Dispatcher::new(()).at("/video", route());
    for (form, status) in [
        ("StatusCallbackEvent=room-ended&RoomSid=RM1&RoomMood=calm", 204),
        ("RoomStatus=melted&RoomSid=RM1&RoomSid=RM2&StatusCallbackEvent=room-ended", 204),
        ("RoomDuration=&RoomDuration=soon&RoomSid=RM1&StatusCallbackEvent=room-ended", 204),
        ("StatusCallbackEvent=room-teleported", 204),
        ("NothingThatWeKnow=1", 204),
        // This is an event that we know, and it is none.
        ("StatusCallbackEvent=room-ended&RoomSid=", 422),
    ] {
        assert_eq!(hooks.serve(signed("/video", form)).await.status(), status, "{form}");
    }
    let unknown = VideoEvent::decode(
        &switchhook::Params::parse(b"StatusCallbackEvent=room-teleported").unwrap().into(),
    );
    assert!(matches!(unknown, VideoEvent::Unknown(_)), "{unknown:?}");
}

proptest! {
    #[test]
    fn open_enums_take_any_text_and_give_it_back(text in any::<String>()) {
        let (room, call) = (RoomStatus::from(text.as_str()), CallStatus::from(text.as_str()));
        prop_assert_eq!((room.as_str(), call.as_str()), (&*text, &*text));
        let known = RoomStatus::KNOWN.iter().any(|status| status.as_str() == text);
        prop_assert_eq!(room.is_recognized(), known);
    }
}

#[test]
fn new_verbs_methods_and_attributes_are_read_and_kept() {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
               <Response><Beam to=\"Mars\"><At speed=\"c\"/></Beam><Say mood=\"calm\">Hi</Say></Response>";
    assert_eq!(twiml::read(xml).unwrap().to_xml().unwrap(), xml);
    let json =
        r#"{"sections":{"main":[{"beam":{"to":"Mars"}},{"play":{"url":"a.mp3","mood":1}}]}}"#;
    assert_eq!(swml::read(json).unwrap().to_json(), json);
}
