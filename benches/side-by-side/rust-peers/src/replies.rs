//! The replies that every party writes.

use twiml_rust::{
    TwiML, VoiceResponse,
    voice::{
        Connect, Dial, DialAttributes, Gather, Parameter, Pause, PauseAttributes, Play, Record,
        Say, Stream,
    },
};

/// Hands a call to a media stream.
pub(crate) fn stream_reply(from: &str, to: &str, call_sid: &str) -> String {
    let parameter = |name: &str, value: &str| Parameter::new().name(name).value(value);
    let stream = Stream::new()
        .url("wss://agent.example.com/api/v1/voice/media-stream")
        .add_parameter(parameter("From", from))
        .add_parameter(parameter("To", to))
        .add_parameter(parameter("CallSid", call_sid));
    VoiceResponse::new().connect(Connect::new().add_stream(stream)).to_xml()
}

/// A menu of 20 verbs.
pub(crate) fn menu_reply() -> String {
    let dial = Dial::with_attributes(DialAttributes {
        timeout: Some(20),
        caller_id: Some("+15550001111".into()),
        action: Some("/dialled".into()),
        ..DialAttributes::default()
    });
    VoiceResponse::new()
        .say_with(Say::new("Welcome to Acme & Sons.").voice("Polly.Joanna").language("en-US"))
        .play("https://example.com/jingle.mp3")
        .pause(Some(1))
        .gather(
            Gather::new()
                .input(vec!["dtmf".into()])
                .action("/menu")
                .method("POST")
                .timeout(5)
                .num_digits(1)
                .add_say(Say::new("Press 1 for sales."))
                .add_pause(pause(1))
                .add_say(Say::new("Press 2 for support."))
                .add_play(Play::new().url("https://example.com/beep.mp3")),
        )
        .say("We did not get that.")
        .play_with(Play::new().url("https://example.com/again.mp3").loop_count(2))
        .pause(Some(2))
        .say_with(Say::new("Please hold while we connect you.").voice("Polly.Joanna"))
        .dial_with(dial.number("+15550002222"))
        .say("Nobody is free. Leave a message after the tone.")
        .record(Record::new().action("/recorded").max_length(30).play_beep(true))
        .say("Thank you.")
        .pause(Some(1))
        .say("You hear from us soon.")
        .redirect("/goodbye?lang=en&again=no")
        .hangup()
        .to_xml()
}

fn pause(length: u32) -> Pause {
    Pause::new(Some(PauseAttributes { length: Some(length) }))
}
