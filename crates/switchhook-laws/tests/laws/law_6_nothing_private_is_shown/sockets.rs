//! Sockets: what is said in a call, as audio and as text.

use axum::{
    Router,
    extract::{
        WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::Response,
    routing::get,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::Method;
use switchhook::{
    Key, Signer,
    axum::{MediaSocket, MediaSocketEnd, VerifiedUpgrade},
    twilio::voice::{conversation_relay, media_streams::Event},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::{
    KEY,
    canaries::{self, assert_clean},
    request::Sent,
    twilio,
};
use crate::ORIGIN;

/// What Twilio sends on a media stream, and what comes after its end is garbled.
fn stream() -> Vec<String> {
    let audio = STANDARD.encode("canarytext of a caller");
    canaries::hide(&audio);
    let start = r#"{"event":"start","sequenceNumber":"1","start":{"streamSid":"MZ1","callSid":"CA1",
        "customParameters":{"canarything":"+15550009911"}},"streamSid":"MZ1"}"#;
    vec![
        r#"{"event":"connected","protocol":"canarytext"}"#.to_owned(),
        start.to_owned(),
        format!(
            r#"{{"event":"media","media":{{"payload":"{audio}","new":"canarything"}},"streamSid":"MZ1"}}"#
        ),
        r#"{"event":"canarytext","streamSid":"MZ1"}"#.to_owned(),
        "canarytext, which is no JSON".to_owned(),
        r#"{"event":"mark","mark":{"name":"canarything"},"streamSid":"MZ1"}"#.to_owned(),
        r#"{"event":"dtmf","dtmf":{"digit":"canarytext"},"streamSid":"MZ1"}"#.to_owned(),
        r#"{"event":"stop","stop":{"callSid":"CA1"},"streamSid":"MZ1"}"#.to_owned(),
    ]
}

fn relay() -> Vec<String> {
    [
        r#"{"type":"setup","sessionId":"VX1","callSid":"CA1","from":"+15550009911","to":"+15550009922",
            "callerName":"canarything","customParameters":{"a":"canarytext"}}"#,
        r#"{"type":"prompt","voicePrompt":"canarytext","lang":"en-US","last":true}"#,
        r#"{"type":"interrupt","utteranceUntilInterrupt":"canarytext","durationUntilInterruptMs":"canarything"}"#,
        r#"{"type":"prompt","voicePrompt":["canarytext"]}"#,
        r#"{"type":"canarything","a":"canarytext"}"#,
        r#"{"type":"error","description":"canarytext"}"#,
        "canarytext",
    ]
    .map(str::to_owned)
    .to_vec()
}

async fn media(VerifiedUpgrade(request): VerifiedUpgrade, upgrade: WebSocketUpgrade) -> Response {
    tracing::info!(?request);
    upgrade.on_upgrade(async |socket| {
        let mut caller = MediaSocket::two_way(socket);
        let end = listen(&mut caller).await.unwrap_err();
        tracing::info!(?caller, ?end, "{end}");
        caller.close(end).await;
    })
}

async fn listen(caller: &mut MediaSocket) -> Result<(), MediaSocketEnd> {
    loop {
        let event = caller.next().await?;
        tracing::info!(?event, ?caller, "transcript");
        if let Event::Media(media) = event {
            caller.play(&media.payload.audio().unwrap_or_default()).await?;
            caller.mark("canarything").await?;
        }
    }
}

async fn agent(VerifiedUpgrade(request): VerifiedUpgrade, upgrade: WebSocketUpgrade) -> Response {
    tracing::info!(?request);
    upgrade.on_upgrade(async |mut socket: WebSocket| {
        while let Some(Ok(Message::Text(text))) = socket.recv().await {
            let message = conversation_relay::Inbound::parse(&text);
            tracing::info!(?message, "transcript");
            let answer = conversation_relay::outbound::Text::new("canarytext");
            tracing::info!(?answer);
            let answer = Message::Text(answer.to_json().into());
            if socket.send(answer).await.is_err() {
                break;
            }
        }
    })
}

pub(super) async fn play() {
    let app =
        Router::new().route("/media", get(media)).route("/agent", get(agent)).with_state(twilio());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });

    for (path, frames) in [("/media", stream()), ("/agent", relay())] {
        let genuine = upgrade(path);
        let query = format!("{path}?canarytext=1");
        for (forged, status) in [
            (genuine.clone().with_signatures_elsewhere(), 403),
            (genuine.clone().with_target(query), 403),
            (genuine.clone().without("authorization"), 401),
        ] {
            let answer = forged.send(to).await;
            assert_eq!((answer.status(), answer.body()), (status, ""), "{path}");
        }

        canaries::hide_signatures(&genuine);
        let mut socket = TcpStream::connect(to).await.unwrap();
        socket
            .write_all(format!("{}connection: upgrade\r\n\r\n", genuine.head()).as_bytes())
            .await
            .unwrap();
        for text in &frames {
            socket.write_all(&frame(0x1, text.as_bytes())).await.unwrap();
        }
        // A close of our own, with a reason.
        socket
            .write_all(&frame(0x8, &[&1000_u16.to_be_bytes()[..], b"bye"].concat()))
            .await
            .unwrap();
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 101 "), "{path}: {answer}");
        let sent = if path == "/media" { "\"event\":\"media\"" } else { "\"type\":\"text\"" };
        assert!(answer.contains(sent), "{path}: nothing came back");
    }
    for end in [MediaSocketEnd::Garbled, MediaSocketEnd::Unsendable] {
        assert_clean("an end", &format!("{end:?} {end}"));
    }
}

/// A signed request for a WebSocket, but for its `Connection`.
fn upgrade(path: &str) -> Sent {
    let url = format!("{}{path}", ORIGIN.replacen("https", "wss", 1));
    let signer = Signer::twilio(Key::new(KEY).unwrap());
    let signed = signer.sign(&Method::GET, &url, None, &Bytes::new()).unwrap();
    let mut request = http::Request::get(url).body(Bytes::new()).unwrap();
    *request.headers_mut() = signed.headers;
    Sent::of(request)
        .with("upgrade", "websocket")
        .with("sec-websocket-version", "13")
        .with("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
}

/// A frame as clients send it, with a mask of zeros.
fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode];
    // A length of less than 126 is in the second byte, where the mask is announced.
    if let Some(length) = u8::try_from(payload.len()).ok().filter(|length| *length < 0x7e) {
        frame.push(0x80 | length);
    } else {
        frame.push(0x80 | 0x7e);
        frame.extend(u16::try_from(payload.len()).unwrap().to_be_bytes());
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}
