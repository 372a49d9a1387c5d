//! What handlers may answer, by the features that know it.

#![cfg_attr(
    not(all(feature = "swml", feature = "twiml", feature = "twilio-conversations")),
    allow(unused_imports)
)]

use super::*;

#[cfg(feature = "twiml")]
#[tokio::test]
async fn twiml_is_a_reply() {
    use switchhook_twiml::{Say, voice};
    let say = |text: &'static str| {
        interactive(verifier()).on(move |_: RoomEnded| voice::Response::new().with(Say::new(text)))
    };
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1";
    let response = answer((), say("5 < 6"), form(body)).await;
    assert_eq!(response.headers()["content-type"], "text/xml; charset=utf-8");
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>5 &lt; 6</Say></Response>";
    assert_eq!(response.body(), xml);
    // What XML cannot hold is a failure, not a broken document.
    assert_eq!(answer((), say("\u{1}"), form(body)).await.status(), 500);
}

#[cfg(feature = "swml")]
#[tokio::test]
async fn swml_is_a_reply() {
    use switchhook_swml::{Document, messaging, swaig::Output};
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1";

    let call = interactive(verifier()).on(|_: RoomEnded| Document::new().main(|s| s.say("Hello")));
    let response = answer((), call, form(body)).await;
    assert_eq!(response.headers()["content-type"], "application/json");
    let json = r#"{"version":"1.0.0","sections":{"main":[{"play":{"url":"say:Hello"}}]}}"#;
    assert_eq!(response.body(), json);

    let message = interactive(verifier())
        .on(|_: RoomEnded| messaging::Document::new().main(|s| s.reply("Hi")));
    let json = r#"{"version":"1.0.0","sections":{"main":[{"reply":{"body":"Hi"}}]}}"#;
    assert_eq!(answer((), message, form(body)).await.body(), json);

    let function = interactive(verifier()).on(|_: RoomEnded| Output::new().response("12"));
    assert_eq!(answer((), function, form(body)).await.body(), r#"{"response":"12"}"#);
}

#[cfg(feature = "twilio-conversations")]
#[tokio::test]
async fn a_decision_about_a_pre_event_is_a_reply() {
    use switchhook_twilio_conversations::{
        ConversationAdd, ConversationChanges, MessageAdd, MessageChanges, ParticipantAdd, PreEvent,
    };

    let route = || {
        interactive(verifier())
            .on(|message: MessageAdd| match message.body.as_deref() {
                Some("spam") => message.reject(),
                Some("darn") => message.modify(MessageChanges::new().body("****")),
                _ => message.accept(),
            })
            .on(async |conversation: ConversationAdd| {
                let name = conversation.message_body.as_deref().unwrap_or("Untitled");
                conversation.modify(ConversationChanges::new().friendly_name(name))
            })
            .on(|joining: ParticipantAdd| match joining.identity {
                Some(_) => Ok(joining.accept()),
                None => Err("nobody"),
            })
    };
    for (body, status, content_type, reply) in [
        ("EventType=onMessageAdd&ConversationSid=CH1&Body=Hi", 200, None, ""),
        ("EventType=onMessageAdd&ConversationSid=CH1&Body=spam", 403, None, ""),
        (
            "EventType=onMessageAdd&ConversationSid=CH1&Body=darn",
            200,
            Some("application/json"),
            r#"{"body":"****"}"#,
        ),
        (
            "EventType=onConversationAdd&MessageBody=Hi",
            200,
            Some("application/json"),
            r#"{"friendly_name":"Hi"}"#,
        ),
        ("EventType=onParticipantAdd&ConversationSid=CH1&Identity=jane", 200, None, ""),
        // A failure must not block anybody, nor must an event that cannot be used.
        ("EventType=onParticipantAdd&ConversationSid=CH1", 200, None, ""),
        ("EventType=onMessageAdd", 200, None, ""),
    ] {
        let response = answer((), route(), form(body)).await;
        assert_eq!(response.status().as_u16(), status, "{body}");
        let found = response.headers().get("content-type").map(|value| value.to_str().unwrap());
        assert_eq!((found, &response.body()[..]), (content_type, reply.as_bytes()));
    }
    // Unless the route says that it shall.
    let closed = route().on_failure(FailurePolicy::Retry);
    let failing = form("EventType=onParticipantAdd&ConversationSid=CH1");
    assert_eq!(answer((), closed, failing).await.status(), 500);
}

#[tokio::test]
async fn failures_can_have_an_answer() {
    let reply = (StatusCode::OK, "{\"response\":\"That did not work.\"}");
    let route = || interactive(verifier()).answer_failures_with(reply.1);
    let body = "StatusCallbackEvent=room-ended&RoomSid=RM1";
    let failing = route().on(|_: RoomEnded| Err::<String, _>(std::fmt::Error));
    let panicking = route().on(|_: RoomEnded| -> String { panic!("on purpose") });
    let reading = route().on(|_: RoomEnded| StatusCode::NO_CONTENT);
    for (route, body) in
        [(failing, body), (panicking, body), (reading, "StatusCallbackEvent=room-ended")]
    {
        let response = answer((), route, form(body)).await;
        assert_eq!((response.status(), &response.body()[..]), (reply.0, reply.1.as_bytes()));
    }
}
