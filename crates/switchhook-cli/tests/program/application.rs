//! An application that deliveries are sent on to: a small HTTP server on loopback.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue};

/// A request to the byte.
pub(crate) struct Received {
    /// Such as `POST /twilio/video HTTP/1.1`.
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// What is answered, status line and all; `None` for no answer, as long as the connection holds.
type Answer = Option<&'static str>;

pub(crate) const NO_CONTENT: Answer = Some("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
pub(crate) const FAILURE: Answer =
    Some("HTTP/1.1 500 Internal Server Error\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");

/// What is answered to a request.
type Answers = Box<dyn Fn(&Received) -> Option<String> + Send>;

pub(crate) struct Application {
    pub(crate) url: String,
    answers: Arc<Mutex<Answers>>,
    received: Receiver<Received>,
}

/// A port of loopback where nobody listens.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Application {
    pub(crate) fn start(answer: Answer) -> Self {
        Self::start_at(free_port(), answer)
    }

    pub(crate) fn start_at(port: u16, answer: Answer) -> Self {
        Self::start_with(port, always(answer))
    }

    /// One whose answers depend on the requests.
    pub(crate) fn answering(answer: impl Fn(&Received) -> String + Send + 'static) -> Self {
        Self::start_with(free_port(), Box::new(move |request| Some(answer(request))))
    }

    fn start_with(port: u16, answers: Answers) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let shared = Arc::new(Mutex::new(answers));
        let (sender, received) = channel();
        let answers = Arc::clone(&shared);
        std::thread::spawn(move || {
            for socket in listener.incoming() {
                let Ok(mut socket) = socket else { continue };
                let (sender, answers) = (sender.clone(), Arc::clone(&answers));
                std::thread::spawn(move || {
                    let Some(request) = read(&socket) else { return };
                    let answer = answers.lock().unwrap()(&request);
                    let _ = sender.send(request);
                    if let Some(answer) = answer {
                        socket.write_all(answer.as_bytes()).unwrap();
                    }
                    // Until the other side has gone.
                    let _ = socket.read(&mut [0]);
                });
            }
        });
        Self { url: format!("http://127.0.0.1:{port}"), answers: shared, received }
    }

    pub(crate) fn answer(&self, answer: Answer) {
        *self.answers.lock().unwrap() = always(answer);
    }

    /// The next request.
    pub(crate) fn received(&self) -> Received {
        self.received.recv_timeout(Duration::from_secs(30)).expect("no request came")
    }

    /// Whether no request has come.
    pub(crate) fn is_idle(&self) -> bool {
        self.received.try_recv().is_err()
    }
}

fn always(answer: Answer) -> Answers {
    Box::new(move |_| answer.map(str::to_owned))
}

fn read(socket: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(socket);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = HeaderMap::new();
    loop {
        let mut header = Vec::new();
        reader.read_until(b'\n', &mut header).ok()?;
        let header = header.strip_suffix(b"\r\n")?;
        if header.is_empty() {
            break;
        }
        let colon = header.windows(2).position(|two| two == b": ")?;
        let name = HeaderName::from_bytes(&header[..colon]).ok()?;
        headers.append(name, HeaderValue::from_bytes(&header[colon + 2..]).ok()?);
    }
    let length = headers.get("content-length").map(|length| length.to_str().unwrap().parse());
    let mut body = vec![0; length.unwrap_or(Ok(0)).unwrap()];
    reader.read_exact(&mut body).ok()?;
    Some(Received { line: line.trim_end().to_owned(), headers, body })
}
