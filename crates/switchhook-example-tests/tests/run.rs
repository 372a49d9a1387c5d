//! A README against a server of its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
};

use switchhook_example_tests::{Readme, Shell, Started};

const README: &str = include_str!("README-sample.md");

/// Answers requests one after the other, each on a connection of its own.
fn server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut asked_later = 0;
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let (head, body) = read(&socket);
            let line = head.lines().next().unwrap();
            let (method, path) = line.rsplit_once(' ').unwrap().0.split_once(' ').unwrap();
            let (status, answer) = match path {
                "/echo" => {
                    let body = body.replace('"', "\\\"");
                    let json =
                        format!(r#"{{ "method": "{method}", "body": "{body}", "more": 1 }}"#);
                    ("200 OK", json)
                }
                "/signed" => {
                    let signed =
                        head.contains(&format!("X-Signed-For: http://{address}/signed\r\n"));
                    (if signed { "204 No Content" } else { "403 Forbidden" }, String::new())
                }
                "/later" => {
                    asked_later += 1;
                    ("200 OK", if asked_later < 3 { "not yet" } else { "third time" }.into())
                }
                _ => ("404 Not Found", String::new()),
            };
            let length = answer.len();
            let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\n");
            write!(socket, "{head}content-length: {length}\r\n\r\n{answer}").unwrap();
        }
    });
    address
}

/// The head and the body of a request.
fn read(socket: &TcpStream) -> (String, String) {
    let mut socket = BufReader::new(socket);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(socket.read_line(&mut head).unwrap() > 0, "an early end");
    }
    let lower = head.to_ascii_lowercase();
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    socket.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}

/// Types a README, whose `switchhook` prints its arguments: a header.
fn run(readme: &str) -> anyhow::Result<Option<usize>> {
    let start = |started: &Started| -> anyhow::Result<_> {
        assert_eq!(started.package, "sample");
        assert!(started.variables.contains(&("TOKEN".into(), "local-test-token".into())));
        Ok(server())
    };
    Readme::parse(readme)?.run(Shell::new("http://127.0.0.1:8000").switchhook("/bin/echo"), start)
}

#[test]
fn every_line_is_typed_and_compared() {
    let Some(typed) = run(README).unwrap() else { return };
    assert_eq!(typed, 7);
}

#[test]
fn another_answer_is_an_error_with_its_line() {
    for (from, to, line) in [
        ("404 Not Found", "403 Forbidden", 15),
        ("\"method\":\"POST\"", "\"method\":\"PUT\"", 11),
        ("/signed -d", "/unsigned -d", 24),
        ("For: http", "For: https", 24),
        ("204 No", "200 No", 24),
        // A program that the README does not define is nobody's.
        ("alias switchhook=", "alias another=", 24),
        (
            "curl -i http://127.0.0.1:8000/missing\n# HTTP/1.1 404 Not Found",
            "curl http://127.0.0.1:8000/missing",
            15,
        ),
    ] {
        assert!(README.contains(from), "{from}");
        // What only asks would be asked for long.
        let readme = README.replace(from, to).replace("8000/missing", "8000/missing -X GET");
        let error = match run(&readme) {
            Ok(None) => return,
            other => other.unwrap_err(),
        };
        assert_eq!(error.to_string(), format!("line {line} of the README"), "{error:#}");
    }
    let unstarted = README.replace("cargo run", "true");
    assert!(run(&unstarted).is_err());
    assert!(run("# Empty").is_err());
}
