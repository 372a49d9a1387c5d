//! A media stream over a real socket, from Twilio's side.
#![cfg(feature = "media-streams")]

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use axum::{Router, extract::WebSocketUpgrade, routing::get};
use futures_util::{SinkExt, StreamExt};
use switchhook_axum::{MediaSocket, MediaSocketEnd};
use switchhook_twilio_voice::media_streams::Event;
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, client_async, tungstenite::Message};

const START: &str =
    r#"{"event":"start","sequenceNumber":"1","start":{"streamSid":"MZ1","callSid":"CA1"}}"#;
const STOP: &str = r#"{"event":"stop","sequenceNumber":"9","stop":{}}"#;

/// What a server does with a caller.
type Talk = for<'a> fn(
    &'a mut MediaSocket,
) -> Pin<Box<dyn Future<Output = Result<(), MediaSocketEnd>> + Send + 'a>>;

/// A server that talks so, and a socket to it.
async fn connect(
    open: impl Fn(axum::extract::ws::WebSocket) -> MediaSocket + Send + Sync + 'static,
    talk: Talk,
) -> WebSocketStream<TcpStream> {
    let open = Arc::new(open);
    let handler = async move |upgrade: WebSocketUpgrade| {
        upgrade.max_message_size(4096).on_upgrade(async move |socket| {
            let mut caller = open(socket);
            let end = talk(&mut caller).await.unwrap_err();
            caller.close(end).await;
        })
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().route("/media", get(handler));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let socket = TcpStream::connect(address).await.unwrap();
    client_async("ws://agent.example.com/media", socket).await.unwrap().0
}

/// Sends the frames and reads to the end: the texts, and how it was closed.
async fn play(
    mut socket: WebSocketStream<TcpStream>,
    frames: &[&str],
) -> (Vec<String>, (u16, String)) {
    for frame in frames {
        socket.send(Message::text(*frame)).await.unwrap();
    }
    let mut texts = Vec::new();
    while let Some(Ok(message)) = socket.next().await {
        match message {
            Message::Text(text) => texts.push(text.to_string()),
            Message::Close(Some(frame)) => {
                return (texts, closed(frame.code.into(), &frame.reason));
            }
            _ => {}
        }
    }
    panic!("it was not closed in so many words")
}

fn only_listen(
    caller: &mut MediaSocket,
) -> Pin<Box<dyn Future<Output = Result<(), MediaSocketEnd>> + Send + '_>> {
    Box::pin(async {
        loop {
            caller.next().await?;
        }
    })
}

/// How a socket is closed.
fn closed(code: u16, reason: &str) -> (u16, String) {
    (code, reason.into())
}

#[tokio::test]
async fn a_stream_is_closed_for_the_reason_that_it_ended_for() {
    let two_way = MediaSocket::two_way;
    let stopped = play(connect(two_way, only_listen).await, &[START, STOP]).await;
    assert_eq!(stopped.1, closed(1000, "stopped"));
    let garbled = play(connect(two_way, only_listen).await, &["{}[]"; 51]).await;
    assert_eq!(garbled.1, closed(1002, "garbled"));
    let refused = connect(two_way, |caller| {
        Box::pin(async {
            caller.next().await?;
            Err(MediaSocketEnd::Refused)
        })
    });
    assert_eq!(play(refused.await, &[START]).await.1, closed(1008, "refused"));
}

#[tokio::test]
async fn who_says_nothing_or_never_starts_is_given_up() {
    let hasty = |socket| MediaSocket::two_way(socket).patience(Duration::from_millis(50));
    let connected = r#"{"event":"connected"}"#;
    for frames in [&[][..], &[connected], &[START]] {
        let end = play(connect(hasty, only_listen).await, frames).await.1;
        assert_eq!(end, closed(1001, "silent"), "{frames:?}");
    }
}

#[tokio::test]
async fn long_audio_goes_out_in_pieces_and_is_cleared_only_while_it_plays() {
    let socket = connect(MediaSocket::two_way, |caller| {
        Box::pin(async {
            assert_eq!(caller.mark("early").await, Err(MediaSocketEnd::Unsendable));
            assert!(matches!(caller.next().await?, Event::Started(_)));
            assert!(!caller.interrupt().await?);
            caller.play(&[0xFF; 8001]).await?;
            caller.mark("end").await?;
            assert!(caller.interrupt().await?);
            assert_eq!((caller.session().marks_due().count(), caller.misfits()), (1, 0));
            Err(MediaSocketEnd::HungUp)
        })
    });
    let (texts, end) = play(socket.await, &[START]).await;
    let kinds = ["media", "media", "mark", "clear"];
    assert_eq!(texts.len(), kinds.len());
    for (text, kind) in texts.iter().zip(kinds) {
        assert!(text.starts_with(&format!(r#"{{"event":"{kind}","streamSid":"MZ1""#)), "{kind}");
    }
    assert_eq!(end, closed(1000, "hung-up"));
}

#[tokio::test]
async fn one_way_streams_take_nothing() {
    let socket = connect(MediaSocket::one_way, |caller| {
        Box::pin(async {
            caller.next().await?;
            caller.play(&[0xFF]).await
        })
    });
    assert_eq!(play(socket.await, &[START]).await.1, closed(1011, "unsendable"));
}
