//! The replies that every party writes.

use std::hint::black_box;

use switchhook::{
    swml::{self, Document},
    twiml::{
        Connect, Dial, Gather, GatherInput, Hangup, HttpMethod, Parameter, Pause, Play, Record,
        Redirect, Say, Stream, voice::Response,
    },
};

/// Hands a call to a media stream.
pub(crate) fn stream_reply(from: &str, to: &str, call_sid: &str) -> Response {
    let url = "wss://agent.example.com/api/v1/voice/media-stream";
    let stream = Stream::new(url).with_all([
        Parameter::new("From", from),
        Parameter::new("To", to),
        Parameter::new("CallSid", call_sid),
    ]);
    Response::new().with(Connect::new().with(stream))
}

/// A menu of 20 verbs.
pub(crate) fn menu_reply() -> Response {
    Response::new()
        .with(
            Say::new(black_box("Welcome to Acme & Sons.")).voice("Polly.Joanna").language("en-US"),
        )
        .with(Play::new(black_box("https://example.com/jingle.mp3")))
        .with(Pause::new().length(1))
        .with(
            Gather::new()
                .input([GatherInput::Dtmf])
                .action("/menu")
                .method(HttpMethod::Post)
                .timeout(5)
                .num_digits(1)
                .with(Say::new("Press 1 for sales."))
                .with(Pause::new().length(1))
                .with(Say::new("Press 2 for support."))
                .with(Play::new("https://example.com/beep.mp3")),
        )
        .with(Say::new("We did not get that."))
        .with(Play::new("https://example.com/again.mp3").loops(2))
        .with(Pause::new().length(2))
        .with(Say::new("Please hold while we connect you.").voice("Polly.Joanna"))
        .with(
            Dial::new()
                .timeout(20)
                .caller_id(black_box("+15550001111"))
                .action("/dialled")
                .text(black_box("+15550002222")),
        )
        .with(Say::new("Nobody is free. Leave a message after the tone."))
        .with(Record::new().action("/recorded").max_length(30).play_beep(true))
        .with(Say::new("Thank you."))
        .with(Pause::new().length(1))
        .with(Say::new("You hear from us soon."))
        .with(Redirect::new("/goodbye?lang=en&again=no"))
        .with(Hangup::new())
}

/// A document of ten methods.
pub(crate) fn document() -> Document {
    Document::new().main(|s| {
        s.answer()
            .with(swml::RecordCall::new().stereo(true).format(swml::RecordFormat::Mp3))
            .say(black_box("Welcome to our service"))
            .set([("tries", black_box(0))])
            .prompt(swml::Prompt::say(black_box("Press 1 for sales")).max_digits(1))
            .request(
                swml::Request::get(black_box("https://example.com/hours")).save_variables(true),
            )
            .play(swml::Play::url(black_box("https://example.com/hold.mp3")))
            .connect(
                swml::Connect::to(black_box("+15550001111"))
                    .from(black_box("+15550002222"))
                    .timeout(swml::Seconds(20)),
            )
            .send_sms(swml::SendSms::text("+15550003333", "+15550002222", "We missed you."))
            .hangup()
    })
}
