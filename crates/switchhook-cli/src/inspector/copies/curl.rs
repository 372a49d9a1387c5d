//! A delivery as a command of curl.

use anyhow::Context;
use bytes::Bytes;
use http::Request;

use crate::shown::{hex, steers};

/// A command for a POSIX shell; where it has escapes, for those that read `$'…'`. It sends one
/// request, to the path as it is: brackets, braces and dots mean nothing.
pub(super) fn curl(request: &Request<Bytes>, host: &str) -> anyhow::Result<String> {
    let mut command = format!(
        "curl -i --globoff --path-as-is -X {} {}",
        quoted(request.method().as_str()),
        quoted(&format!("http://{host}{}", request.uri()))
    );
    for (name, value) in request.headers() {
        // curl writes these itself.
        if matches!(
            name.as_str(),
            "host" | "content-length" | "connection" | "transfer-encoding" | "accept-encoding"
        ) {
            continue;
        }
        let value = value.to_str().context("a header is no text")?;
        let header = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        push(&mut command, "-H", &header);
    }
    // The signature covers the host that the request named.
    if let Some(named) = request.headers().get(http::header::HOST).filter(|named| *named != host) {
        let named = named.to_str().context("a header is no text")?;
        push(&mut command, "-H", &format!("host: {named}"));
    }
    if !request.body().is_empty() {
        let body = std::str::from_utf8(request.body()).ok().filter(|body| !body.contains('\0'));
        let body = body.context("the body is no text that a command can have")?;
        push(&mut command, "--data-raw", body);
    }
    command.push('\n');
    if command.contains(ESCAPED) {
        command.insert_str(0, "# For bash, zsh or ksh: others may not read its escapes.\n");
    }
    Ok(command)
}

/// Adds an argument on a line of its own.
fn push(command: &mut String, name: &str, value: &str) {
    command.extend([" \\\n  ", name, " ", &quoted(value)]);
}

/// What a text with escapes begins with.
const ESCAPED: &str = " $'";

/// In single quotes, as shells read them: nothing in them means anything. Characters that steer a
/// terminal are written as escapes.
fn quoted(text: &str) -> String {
    let escapes = |character: char| character != '\n' && steers(character);
    if text.chars().any(escapes) {
        let mut out = String::from("$'");
        for character in text.chars() {
            match character {
                '\'' | '\\' => out.extend(['\\', character]),
                character if escapes(character) => {
                    let mut bytes = [0; 4];
                    for byte in character.encode_utf8(&mut bytes).bytes() {
                        out.push_str("\\x");
                        out.push_str(&hex(&[byte]));
                    }
                }
                character => out.push(character),
            }
        }
        out.push('\'');
        return out;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_read_by_a_shell() {
        for text in [
            "plain",
            "it's",
            "$(reboot) `reboot` \"x\" \\ !",
            "a\nb",
            "a\tb\u{1b}[2J",
            "@/etc/passwd",
            "-x",
            "a\u{202e}b\u{200b}'\\",
            "é\0",
        ] {
            let script = format!("printf '%s' {}", quoted(text));
            let Ok(done) = std::process::Command::new("bash").args(["-c", &script]).output() else {
                return;
            };
            let expected = text.trim_end_matches('\0');
            assert_eq!(String::from_utf8(done.stdout).unwrap(), expected, "{script}");
            assert!(!script.contains(['\u{1b}', '\u{202e}', '\u{200b}']), "{script}");
        }
        assert_eq!(quoted("a'b"), r"'a'\''b'");
    }

    /// A request line and nothing after it, for each request that comes within the time.
    fn sent_by(command: &str, listener: &std::net::TcpListener) -> Option<Vec<String>> {
        use std::io::{BufRead, BufReader, Write};
        let command = format!("{} -s --noproxy '*' --max-time 20", command.trim_end());
        let mut child = std::process::Command::new("bash")
            .args(["-c", &command])
            .stdout(std::process::Stdio::null())
            .spawn()
            .ok()?;
        listener.set_nonblocking(true).unwrap();
        let mut lines = Vec::new();
        loop {
            // What connected before it ended is seen after it has.
            let ended = child.try_wait().unwrap();
            while let Ok((mut socket, _)) = listener.accept() {
                socket.set_nonblocking(false).unwrap();
                let mut head = BufReader::new(socket.try_clone().unwrap()).lines();
                lines.push(head.next().unwrap().unwrap());
                head.find(|line| line.as_ref().is_ok_and(String::is_empty));
                let answer = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
                socket.write_all(answer).unwrap();
            }
            if let Some(ended) = ended {
                return (ended.code() != Some(127)).then_some(lines);
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    #[test]
    fn a_command_sends_the_one_request_that_came() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        for (method, target) in [
            ("GET", "/twilio/../v?a=[1-3]&b={x,y}"),
            ("P|T", "/a/./b?c=$(reboot)&d='e'"),
            ("POST", "/[a-c]?%2e%2e"),
        ] {
            let request = Request::builder().method(method).uri(target);
            let command = curl(&request.body(Bytes::new()).unwrap(), &host).unwrap();
            let Some(lines) = sent_by(&command, &listener) else { return };
            assert_eq!(lines, [format!("{method} {target} HTTP/1.1")], "{command}");
        }
    }
}
