//! What a frame of audio costs in allocations.

use allocation_counter::measure;
use switchhook_twilio_voice::{
    conversation_relay,
    media_streams::{Event, Inbound, Outbound, Session, StreamSid},
};

fn frame() -> String {
    let payload = "/3//f/9/".repeat(26) + "/3//fw==";
    format!(
        r#"{{"event":"media","sequenceNumber":"3","media":{{"track":"inbound","chunk":"1","timestamp":"5","payload":"{payload}"}},"streamSid":"MZ376b811adcb83aaabc8f2cc6551be0a9"}}"#
    )
}

#[test]
fn a_frame_is_read_with_none_and_decoded_into_what_there_is() {
    let frame = frame();
    let mut audio = Vec::with_capacity(320);
    let reading = measure(|| {
        let Inbound::Media(media) = Inbound::parse(&frame) else { panic!("audio") };
        media.payload.decode_into(&mut audio).unwrap();
        assert_eq!((media.chunk, media.sequence_number), (Some(1), Some(3)));
    });
    assert_eq!(reading.count_total, 0);
    assert_eq!(audio.len(), 160);
}

#[test]
fn a_session_follows_a_frame_with_none() {
    let mut session = Session::two_way();
    let sid = "MZ376b811adcb83aaabc8f2cc6551be0a9";
    let start = format!(r#"{{"event":"start","start":{{"streamSid":"{sid}","callSid":"CA1"}}}}"#);
    session.receive(&start).unwrap();
    let frame = frame();
    let reading = measure(|| assert!(matches!(session.receive(&frame), Ok(Event::Media(_)))));
    assert_eq!(reading.count_total, 0);
    let sending = measure(|| _ = session.play(&[0xFF; 160]));
    assert_eq!(sending.count_total, 1);
}

#[test]
fn audio_is_written_with_one() {
    let stream = StreamSid::from("MZ376b811adcb83aaabc8f2cc6551be0a9");
    let audio = vec![0xFF; 160];
    let mut text = String::new();
    let writing = measure(|| text = Outbound::media(&stream, &audio).to_json());
    assert_eq!(writing.count_total, 1);
    assert!(text.capacity() - text.len() <= 64, "{} for {}", text.capacity(), text.len());
}

#[test]
fn a_token_is_written_with_one_beside_its_own() {
    let text = || conversation_relay::outbound::Text::new("I can ").last(false).to_json();
    assert_eq!(measure(|| _ = text()).count_total, 2);
}
