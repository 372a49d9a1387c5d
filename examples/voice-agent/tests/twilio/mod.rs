//! Twilio's side: webhooks that are signed, and a phone whose audio goes over a socket.
#![allow(dead_code, reason = "each test has a part of it")]

use std::{collections::VecDeque, ops::Deref, path::PathBuf};

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use switchhook::{
    Key, Params, PublicHost, SIGNATURE_HEADER, Signer,
    twilio::voice::{
        StreamSid,
        media_streams::{Outbound, inbound, mulaw},
    },
    twiml,
};
use switchhook_example_tests::{Answer, PATIENCE, Service};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{self, Message, protocol::CloseFrame},
};
use voice_agent::{Config, app, media, tenants::Tenants, webhooks};

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const HOST: &str = "agent.acme.example.com";
pub(crate) const PASSWORD: &str = "correct horse";

/// The settings of a test: one tenant with the key, a free port, a database of its own.
pub(crate) fn config(tenants: Tenants) -> Config {
    Config {
        address: ([127, 0, 0, 1], 0).into(),
        database: PathBuf::new(),
        base_url: format!("http://{HOST}/").parse::<PublicHost>().unwrap(),
        tenants,
        stream_tokens: None,
        call_log: Some(switchhook::Guard::basic("operator", PASSWORD).unwrap()),
    }
}

pub(crate) fn one_tenant() -> Config {
    config(Tenants::single(Some(KEY.into()), None).unwrap())
}

/// The agent with what its tests ask for.
pub(crate) struct Agent(Service);

impl Deref for Agent {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.0
    }
}

impl Agent {
    pub(crate) async fn start(config: Config) -> Self {
        let service = Service::start(|database| {
            app(Config { database: database.to_owned(), ..config }).unwrap()
        });
        Self(service.await)
    }

    /// Posts a form as Twilio does, signed with `key` for the public URL.
    pub(crate) async fn post_with(&self, key: &str, path: &str, body: &str) -> Answer {
        self.caller.post_signed(key, &format!("https://{HOST}{path}"), body).await
    }

    pub(crate) async fn incoming_call(&self, body: &str) -> Answer {
        self.post_with(KEY, webhooks::INCOMING_CALL, body).await
    }

    pub(crate) async fn call_status(&self, body: &str) -> Answer {
        self.post_with(KEY, webhooks::CALL_STATUS, body).await
    }

    /// Reads the call log as its operator.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        // `operator:correct horse`
        let basic = ("authorization", "Basic b3BlcmF0b3I6Y29ycmVjdCBob3JzZQ==");
        self.caller.call("GET", path, &[basic], "").await
    }

    pub(crate) async fn call(&self, tenant: &str, sid: &str) -> Value {
        self.handled().await;
        self.get(&format!("/api/v1/calls/{tenant}/{sid}")).await.value()
    }

    /// Opens a socket to the URL that the TwiML has, through the tunnel that ends here.
    pub(crate) async fn connect(&self, url: &str, key: Option<&str>) -> tungstenite::Result<Phone> {
        let path = url.strip_prefix(&format!("wss://{HOST}")).expect("our own host");
        let mut request = tungstenite::client::IntoClientRequest::into_client_request(format!(
            "ws://{}{path}",
            self.address
        ))?;
        if let Some(key) = key {
            let signer = Signer::twilio(Key::new(key).unwrap());
            let signed = signer.get(url, &Params::default()).unwrap();
            let signature = signed.headers()[SIGNATURE_HEADER].clone();
            request.headers_mut().insert(SIGNATURE_HEADER, signature);
        }
        let socket = TcpStream::connect(self.address).await?;
        let (socket, _) = client_async(request, socket).await?;
        Ok(Phone {
            socket,
            stream: StreamSid::from("MZ1"),
            sequence: 0,
            played: Vec::new(),
            queue: VecDeque::new(),
        })
    }

    /// A phone whose stream has not begun.
    pub(crate) async fn phone(&self) -> Phone {
        self.connect(&format!("wss://{HOST}{}", media::PATH), Some(KEY)).await.unwrap()
    }
}

/// Where TwiML connects a call to, with the parameters.
pub(crate) fn stream_of(xml: &str) -> (String, Vec<(String, String)>) {
    let reply = twiml::read(xml.as_bytes()).unwrap();
    let stream = reply.find::<twiml::Stream>().unwrap();
    let url = stream.url().unwrap().to_owned();
    let parameters = reply.find_all::<twiml::Parameter>().map(|parameter| {
        (parameter.name().unwrap().to_owned(), parameter.value().unwrap_or_default().to_owned())
    });
    (url, parameters.collect())
}

pub(crate) const LOUD: [u8; mulaw::FRAME] = [0x10; mulaw::FRAME];
pub(crate) const QUIET: [u8; mulaw::FRAME] = [mulaw::SILENCE; mulaw::FRAME];

/// What waits to be played.
#[derive(Debug, PartialEq, Eq)]
enum Queued {
    Audio(Vec<u8>),
    Mark(String),
}

/// The other end of a stream: plays audio in its order, gives marks back, drops on a clear.
pub(crate) struct Phone {
    socket: WebSocketStream<TcpStream>,
    stream: StreamSid,
    sequence: u64,
    /// The audio that the caller has heard.
    pub(crate) played: Vec<u8>,
    queue: VecDeque<Queued>,
}

impl Phone {
    pub(crate) async fn send(&mut self, text: impl Into<String>) {
        self.socket.send(Message::text(text.into())).await.unwrap();
    }

    pub(crate) async fn send_raw(&mut self, message: Message) -> tungstenite::Result<()> {
        self.socket.send(message).await
    }

    fn next(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    /// `connected` and `start`, as Twilio sends them for the TwiML's parameters.
    pub(crate) async fn begin(
        &mut self,
        stream: &str,
        call: &str,
        parameters: &[(String, String)],
    ) {
        self.stream = StreamSid::from(stream);
        let connected = inbound::Connected::new().protocol("Call").version("1.0.0");
        self.send(connected.to_json()).await;
        let custom: serde_json::Map<_, _> =
            parameters.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        let start = serde_json::json!({
            "event": "start", "sequenceNumber": self.next().to_string(), "streamSid": stream,
            "start": {
                "streamSid": stream, "callSid": call, "tracks": ["inbound"],
                "mediaFormat": { "encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1 },
                "customParameters": custom,
            },
        });
        self.send(start.to_string()).await;
    }

    /// Says frames of 20 ms.
    pub(crate) async fn say(&mut self, frame: &[u8], times: usize) {
        for _ in 0..times {
            let number = self.next();
            let media = inbound::Media::new(frame).sequence_number(number).stream_sid(&self.stream);
            let json = media.to_json();
            self.send(json).await;
        }
    }

    pub(crate) async fn press(&mut self, digit: &str) {
        let number = self.next();
        let dtmf =
            inbound::Dtmf::new(digit).sequence_number(number).stream_sid(self.stream.clone());
        self.send(dtmf.track("inbound_track").to_json()).await;
    }

    pub(crate) async fn stop(&mut self) {
        let number = self.next();
        let stop = inbound::Stop::new().sequence_number(number).stream_sid(self.stream.clone());
        self.send(stop.to_json()).await;
    }

    /// Takes what the agent sends, up to a mark or a `clear`; its name.
    pub(crate) async fn listen(&mut self) -> String {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await;
            let message = message.expect("it speaks").expect("it is there").unwrap();
            match Outbound::parse(message.to_text().unwrap()) {
                Outbound::Media(media) => {
                    assert_eq!(media.stream_sid, self.stream);
                    self.queue.push_back(Queued::Audio(media.payload.audio().unwrap()));
                }
                Outbound::Mark(mark) => {
                    assert_eq!(mark.stream_sid, self.stream);
                    self.queue.push_back(Queued::Mark(mark.name.clone()));
                    return mark.name;
                }
                Outbound::Clear(clear) => {
                    assert_eq!(clear.stream_sid, self.stream);
                    self.queue.retain(|queued| matches!(queued, Queued::Mark(_)));
                    self.play().await;
                    return "clear".into();
                }
                other => panic!("{other:?}"),
            }
        }
    }

    /// Plays what waits, and gives the marks back.
    pub(crate) async fn play(&mut self) {
        while let Some(queued) = self.queue.pop_front() {
            match queued {
                Queued::Audio(audio) => self.played.extend(audio),
                Queued::Mark(name) => {
                    let number = self.next();
                    let mark = inbound::Mark::new(name)
                        .sequence_number(number)
                        .stream_sid(self.stream.clone());
                    self.send(mark.to_json()).await;
                }
            }
        }
    }

    /// Reads to the end; how the agent closes.
    pub(crate) async fn closed(&mut self) -> Option<CloseFrame> {
        let close = async {
            while let Some(message) = self.socket.next().await {
                match message {
                    Ok(Message::Close(frame)) => return frame,
                    Ok(_) => {}
                    Err(_) => return None,
                }
            }
            None
        };
        tokio::time::timeout(PATIENCE, close).await.expect("it closes")
    }
}
