//! Requests to the byte, over a plain socket, so that a test says each header.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

/// The header of a form.
pub(crate) const FORM: &str = "content-type: application/x-www-form-urlencoded";

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The status line and the headers, in lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Sends a request to an address or an origin. Its line and its headers, with `\r\n` between them,
/// are sent as they are; added are a host where none is named, the length of the body, and that the
/// connection ends with the answer.
pub(crate) fn send(to: &str, head: &str, body: impl AsRef<[u8]>) -> Answer {
    let (address, body) = (to.trim_start_matches("http://"), body.as_ref());
    let mut socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    let has_host = head.to_lowercase().contains("\r\nhost: ");
    let host = if has_host { String::new() } else { format!("host: {address}\r\n") };
    let length = body.len();
    let head = format!("{head}\r\n{host}connection: close\r\ncontent-length: {length}\r\n\r\n");
    socket.write_all(head.as_bytes()).unwrap();
    // Who refuses the head may not wait for the body.
    let _ = socket.write_all(body);
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
    Answer {
        status: head[9..12].parse().unwrap(),
        head: head.to_lowercase(),
        body: body.to_owned(),
    }
}
