//! HTTP/1 by hand: what a client library would not send.

use std::{io, net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::Response;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
};

use crate::{case::Framing, request::Sent};

/// A connection.
pub(crate) struct Connection {
    reader: OwnedReadHalf,
    writer: OwnedWriteHalf,
    read: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (reader, writer) = stream.into_split();
        Ok(Self { reader, writer, read: Vec::new() })
    }

    /// Sends a request and reads its answer meanwhile: a server may answer and close before it
    /// has read everything.
    pub(crate) async fn exchange(&mut self, sent: &Sent) -> io::Result<Option<Response<Bytes>>> {
        if sent.framing == Framing::Asked {
            self.writer.write_all(&head(sent)).await?;
            let asked = self.answer(sent.method).await?;
            if asked.as_ref().is_none_or(|answer| answer.status() != 100) {
                return Ok(asked);
            }
            self.writer.write_all(&sent.body).await?;
            return self.answer(sent.method).await;
        }
        let Self { reader, writer, read } = self;
        let (written, answer) = tokio::join!(send(writer, sent), answer(reader, read, sent.method));
        match answer {
            Ok(Some(answer)) => Ok(Some(answer)),
            answer => written.and(answer),
        }
    }

    /// Sends a request without a look at the answer.
    pub(crate) async fn send(&mut self, sent: &Sent) -> io::Result<()> {
        send(&mut self.writer, sent).await
    }

    /// Reads an answer; `None` where the server has closed the connection.
    pub(crate) async fn answer(&mut self, method: &str) -> io::Result<Option<Response<Bytes>>> {
        answer(&mut self.reader, &mut self.read, method).await
    }
}

async fn send(writer: &mut OwnedWriteHalf, sent: &Sent) -> io::Result<()> {
    let mut bytes = head(sent);
    match sent.framing {
        Framing::None | Framing::Asked => {}
        Framing::Length => bytes.extend_from_slice(&sent.body),
        Framing::Cut => bytes.extend_from_slice(&sent.body[..sent.body.len() / 2]),
        Framing::Chunked | Framing::CutChunks => {
            // Of different sizes, the first of one byte.
            let mut rest = &sent.body[..];
            let mut size = 1;
            while !rest.is_empty() {
                let (chunk, after) = rest.split_at(size.min(rest.len()));
                bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                bytes.extend_from_slice(chunk);
                bytes.extend_from_slice(b"\r\n");
                (rest, size) = (after, size * 3);
            }
            if sent.framing == Framing::Chunked {
                bytes.extend_from_slice(b"0\r\n\r\n");
            }
        }
        Framing::Dripping => {
            for piece in sent.body.chunks(7) {
                writer.write_all(&std::mem::take(&mut bytes)).await?;
                tokio::time::sleep(Duration::from_millis(5)).await;
                bytes.extend_from_slice(piece);
            }
        }
    }
    writer.write_all(&bytes).await?;
    if matches!(sent.framing, Framing::Cut | Framing::CutChunks) {
        writer.shutdown().await?;
    }
    Ok(())
}

fn head(sent: &Sent) -> Vec<u8> {
    let length = format!("Content-Length: {}", sent.body.len());
    let mut lines = vec![format!("{} {} HTTP/1.1", sent.method, sent.target)];
    lines.extend(sent.hosts.iter().map(|host| format!("Host: {host}")));
    lines.extend(sent.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    match sent.framing {
        Framing::None => {}
        Framing::Chunked | Framing::CutChunks => lines.push("Transfer-Encoding: chunked".into()),
        Framing::Asked => lines.extend([length, "Expect: 100-continue".into()]),
        Framing::Length | Framing::Dripping | Framing::Cut => lines.push(length),
    }
    let end = String::new();
    lines.extend([end.clone(), end]);
    lines.join("\r\n").into_bytes()
}

async fn answer(
    reader: &mut OwnedReadHalf,
    read: &mut Vec<u8>,
    method: &str,
) -> io::Result<Option<Response<Bytes>>> {
    let end = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if reader.read_buf(read).await? == 0 {
            return if read.is_empty() { Ok(None) } else { Err(bad("half a head")) };
        }
    };
    let head: Vec<u8> = read.drain(..end).collect();
    let mut response = parse(&head)?;
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let chunked = header("transfer-encoding").is_some_and(|value| value == "chunked");
    let length = header("content-length").and_then(|value| value.parse::<usize>().ok());
    let status = response.status().as_u16();
    let body = if method == "HEAD" || status == 204 || status == 100 {
        Vec::new()
    } else if chunked {
        chunks(reader, read).await?
    } else if let Some(length) = length {
        take(reader, read, length).await?
    } else {
        reader.read_to_end(read).await?;
        std::mem::take(read)
    };
    *response.body_mut() = body.into();
    Ok(Some(response))
}

fn parse(head: &[u8]) -> io::Result<Response<Bytes>> {
    let text = std::str::from_utf8(head).map_err(|_| bad("a head that is no text"))?;
    let mut lines = text.trim_end().split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
    let mut response = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(':').ok_or_else(|| bad("a line without a colon"))?;
        response = response.header(name, value.trim());
    }
    response.body(Bytes::new()).map_err(io::Error::other)
}

async fn chunks(reader: &mut OwnedReadHalf, read: &mut Vec<u8>) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.extend(take(reader, read, 1).await?);
        }
        let digits = std::str::from_utf8(&line).unwrap_or_default().trim();
        let size = usize::from_str_radix(digits, 16).map_err(io::Error::other)?;
        let chunk = take(reader, read, size + 2).await?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}

async fn take(
    reader: &mut OwnedReadHalf,
    read: &mut Vec<u8>,
    length: usize,
) -> io::Result<Vec<u8>> {
    while read.len() < length {
        if reader.read_buf(read).await? == 0 {
            return Err(bad("half a body"));
        }
    }
    Ok(read.drain(..length).collect())
}

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
