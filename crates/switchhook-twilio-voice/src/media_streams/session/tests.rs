use super::*;
use crate::media_streams::Outbound;

const CONNECTED: &str = r#"{"event":"connected","protocol":"Call","version":"1.0.0"}"#;
const START: &str = r#"{"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{"streamSid":"MZ1","callSid":"CA1","accountSid":"AC1"}}"#;
const STOP: &str = r#"{"event":"stop","sequenceNumber":"9","streamSid":"MZ1","stop":{}}"#;

fn media(number: u64) -> String {
    format!(
        r#"{{"event":"media","sequenceNumber":"{number}","streamSid":"MZ1","media":{{"payload":"/38="}}}}"#
    )
}

fn mark(number: u64, name: &str) -> String {
    format!(
        r#"{{"event":"mark","sequenceNumber":"{number}","streamSid":"MZ1","mark":{{"name":"{name}"}}}}"#
    )
}

fn started() -> Session {
    let mut session = Session::two_way();
    session.receive(CONNECTED).unwrap();
    session.receive(START).unwrap();
    session
}

/// What a frame means, as a word, or why it means nothing.
fn word(session: &mut Session, text: &str) -> Result<&'static str, Misfit> {
    session.receive(text).map(|event| match event {
        Event::Connected(_) => "connected",
        Event::Started(_) => "started",
        Event::Media(_) => "media",
        Event::Dtmf(_) => "dtmf",
        Event::Played(_) => "played",
        Event::Cleared(_) => "cleared",
        Event::Stopped(_) => "stopped",
        Event::Unknown(_) => "unknown",
    })
}

#[test]
fn a_whole_stream_in_its_order() {
    let mut session = Session::two_way();
    let dtmf = r#"{"event":"dtmf","streamSid":"MZ1","sequenceNumber":"3","dtmf":{"digit":"1"}}"#;
    let new = r#"{"event":"haptic","sequenceNumber":"4"}"#;
    for (text, expected) in [
        (CONNECTED, "connected"),
        (START, "started"),
        (&media(2), "media"),
        (dtmf, "dtmf"),
        (new, "unknown"),
        (&media(5), "media"),
        (STOP, "stopped"),
    ] {
        assert_eq!(word(&mut session, text), Ok(expected));
    }
    assert!(session.is_stopped());
    assert_eq!(session.stream_sid().unwrap(), &StreamSid::from("MZ1"));
    // The number of the unknown message is none of a usable one.
    assert_eq!(session.missed(), 1);
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let other = r#"{"event":"media","streamSid":"MZ2","media":{"payload":"/38="}}"#;
    for (before, text, misfit) in [
        (&[][..], &*media(2), Misfit::BeforeStart),
        (&[CONNECTED], &media(2), Misfit::BeforeStart),
        (&[CONNECTED], STOP, Misfit::BeforeStart),
        (&[CONNECTED], CONNECTED, Misfit::Repeated),
        (&[CONNECTED, START], START, Misfit::Repeated),
        (&[START], CONNECTED, Misfit::Repeated),
        (&[START], other, Misfit::OtherStream),
        (&[START], &media(1), Misfit::OutOfOrder),
        (&[START], &mark(2, "never sent"), Misfit::UnknownMark),
        (&[START, STOP], &media(10), Misfit::AfterStop),
        (&[START, STOP], START, Misfit::AfterStop),
        (&[START, STOP], r#"{"event":"new"}"#, Misfit::AfterStop),
        (&[START], "", Misfit::Malformed(Reason::NotObject)),
        (&[START], "[1]", Misfit::Malformed(Reason::NotObject)),
        (
            &[START],
            r#"{"event":"media","media":{}}"#,
            Misfit::Malformed(Reason::Missing { path: "media.payload" }),
        ),
    ] {
        let mut session = Session::two_way();
        for text in before {
            session.receive(text).unwrap();
        }
        let was = format!("{session:?}");
        assert_eq!(session.receive(text), Err(misfit), "{before:?} {text}");
        assert_eq!(format!("{session:?}"), was);
    }
}

#[test]
fn numbers_go_up_and_their_gaps_are_counted() {
    let mut session = started();
    for (number, expected) in [(2, true), (2, false), (5, true), (4, false), (6, true)] {
        assert_eq!(session.receive(&media(number)).is_ok(), expected, "{number}");
    }
    assert_eq!(session.missed(), 2);
    session.receive(&media(u64::MAX)).unwrap();
    assert_eq!(session.receive(&media(7)), Err(Misfit::OutOfOrder));
    // What has no number and no stream is taken at its word, and an end is always one.
    assert!(session.receive(r#"{"event":"media","media":{"payload":"/38="}}"#).is_ok());
    assert_eq!(word(&mut session, STOP), Ok("stopped"));
}

#[test]
fn nothing_is_sent_where_nothing_can_be_heard() {
    fn all(session: &mut Session) -> [Result<String, Unsendable>; 3] {
        [session.play(&[0xFF; 160]), session.mark("m"), session.clear()]
    }
    let mut session = Session::two_way();
    assert_eq!(all(&mut session), [const { Err(Unsendable::NotStarted) }; 3]);
    session.receive(START).unwrap();
    assert!(all(&mut session).iter().all(Result::is_ok));
    session.receive(STOP).unwrap();
    assert!(!session.is_playing());
    assert_eq!(all(&mut session), [const { Err(Unsendable::Stopped) }; 3]);

    let mut listening = Session::one_way();
    assert_eq!(all(&mut listening), [const { Err(Unsendable::OneWay) }; 3]);
    listening.receive(START).unwrap();
    assert_eq!(all(&mut listening), [const { Err(Unsendable::OneWay) }; 3]);
}

#[test]
fn what_is_written_names_the_stream() {
    let mut session = started();
    let sent = [
        session.play(&[0xFF, 0x7F]).unwrap(),
        session.mark("\"end\"").unwrap(),
        session.clear().unwrap(),
    ];
    let stream = StreamSid::from("MZ1");
    let expected = [
        Outbound::media(&stream, &[0xFF, 0x7F]),
        Outbound::mark(&stream, "\"end\""),
        Outbound::clear(&stream),
    ];
    assert_eq!(sent, expected.map(|message| message.to_json()));
}

#[test]
fn marks_tell_what_was_played_and_what_was_cleared() {
    let mut session = started();
    session.play(&[0xFF; 160]).unwrap();
    session.mark("one").unwrap();
    session.play(&[0xFF; 160]).unwrap();
    session.mark("two").unwrap();
    assert_eq!(word(&mut session, &mark(2, "one")), Ok("played"));
    assert!(session.is_playing());
    session.clear().unwrap();
    assert!(!session.is_playing());
    // Sent after the clear, and so not cleared; of two with one name the first comes first.
    session.play(&[0xFF; 160]).unwrap();
    session.mark("two").unwrap();
    assert_eq!(session.marks_due().collect::<Vec<_>>(), ["two", "two"]);
    assert_eq!(word(&mut session, &mark(3, "two")), Ok("cleared"));
    assert!(session.is_playing());
    assert_eq!(word(&mut session, &mark(4, "two")), Ok("played"));
    assert!(!session.is_playing());
    assert_eq!(session.receive(&mark(5, "two")), Err(Misfit::UnknownMark));
}

#[test]
fn audio_without_a_mark_plays_until_it_is_cleared() {
    let mut session = started();
    assert!(!session.is_playing());
    session.play(&[0xFF; 160]).unwrap();
    assert!(session.is_playing());
    session.clear().unwrap();
    assert!(!session.is_playing());
}

#[test]
fn marks_that_never_come_back_cost_no_memory() {
    let mut session = started();
    for number in 0..Session::MOST_MARKS {
        session.mark(number.to_string()).unwrap();
    }
    assert_eq!(session.mark("one more"), Err(Unsendable::TooManyMarks));
    session.receive(&mark(2, "0")).unwrap();
    assert!(session.mark("one more").is_ok());
    assert!(!format!("{session:?}").contains("one more"));
}
