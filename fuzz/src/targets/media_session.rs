//! Any frames, one a line, with what a server does between them: nothing is sent where nothing
//! can be heard, what fits nowhere changes nothing, and a peer costs no memory.

use switchhook_twilio_voice::media_streams::{Event, Misfit, Outbound, Session};

pub fn check(text: &str) {
    let mut session = Session::two_way();
    let mut sent = 0_usize;
    let mut started = false;
    for line in text.lines() {
        let before = format!("{session:?}");
        let due = session.marks_due().count();
        let written = match line {
            "play" => Some(session.play(&[0xFF; 4])),
            "clear" => Some(session.clear()),
            mark if mark.starts_with("mark ") => Some(session.mark(&mark[5..])),
            _ => None,
        };
        let may_send = started && !session.is_stopped();
        if let Some(written) = written {
            assert_eq!(
                written.is_ok(),
                may_send && (due < Session::MOST_MARKS || !line.starts_with('m'))
            );
            let Ok(text) = written else { continue };
            let stream = session.stream_sid().expect("it has started");
            match Outbound::parse(&text) {
                Outbound::Media(media) => {
                    assert!(media.stream_sid == *stream && session.is_playing())
                }
                Outbound::Mark(mark) => {
                    sent += 1;
                    assert!(mark.stream_sid == *stream && mark.name == line[5..]);
                }
                Outbound::Clear(clear) => {
                    assert!(clear.stream_sid == *stream && !session.is_playing())
                }
                other => panic!("{other:?}"),
            }
            continue;
        }
        let stopped = session.is_stopped();
        match session.receive(line) {
            Err(misfit) => {
                assert_eq!(format!("{session:?}"), before, "{misfit}");
                assert!(!stopped || matches!(misfit, Misfit::AfterStop | Misfit::Malformed(_)));
            }
            Ok(event) => {
                assert!(!stopped);
                match event {
                    Event::Started(_) => assert!(!std::mem::replace(&mut started, true)),
                    Event::Connected(_) => assert!(!started),
                    Event::Unknown(_) => assert_eq!(format!("{session:?}"), before),
                    Event::Played(_) | Event::Cleared(_) => {
                        assert_eq!(session.marks_due().count() + 1, due);
                    }
                    _ => assert!(started),
                }
            }
        }
        assert!(session.marks_due().count() <= sent.min(Session::MOST_MARKS));
    }
}
