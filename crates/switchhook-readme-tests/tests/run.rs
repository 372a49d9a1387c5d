//! A README against a server of its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
};

use switchhook_core::Params;
use switchhook_readme_tests::{Readme, Site};
use switchhook_signature::{Key, SIGNATURE_HEADER, Signer};

const README: &str = include_str!("README-sample.md");
const ORIGIN: &str = "http://127.0.0.1:8000";

fn signer() -> Signer {
    Signer::twilio(Key::new("local-test-token").unwrap())
}

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
                    let params = Params::parse(body.as_bytes()).unwrap();
                    let url = format!("http://{address}/signed");
                    let expected = signer().form(&url, &params).unwrap();
                    let expected = expected.headers()[SIGNATURE_HEADER].to_str().unwrap();
                    let signed = head.lines().any(|line| {
                        let (name, value) = line.split_once(": ").unwrap_or_default();
                        name.eq_ignore_ascii_case("x-twilio-signature") && value == expected
                    });
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

#[test]
fn every_line_is_run_and_compared() {
    let readme = Readme::parse(README).unwrap();
    let sections: Vec<_> =
        readme.curls().iter().map(|curl| (curl.section(), curl.line())).collect();
    assert_eq!(sections, [("Try it", 11), ("Try it", 15), ("Signed", 23), ("Signed", 25)]);
    let site = Site::new(ORIGIN, server()).signer(signer());
    readme.run(|_section| Ok(&site)).unwrap();
}

#[test]
fn another_answer_is_an_error_with_its_line() {
    let site = Site::new(ORIGIN, server()).signer(signer());
    for (from, to) in
        [("404 Not Found", "403 Forbidden"), ("POST\"", "PUT\""), ("204 No", "200 No")]
    {
        let readme = Readme::parse(
            &README.replace(from, to).replace("curl -i http", "curl -i -X HEAD http"),
        );
        let error = readme.unwrap().run(|_section| Ok(&site)).unwrap_err();
        assert!(error.to_string().contains("of the README"), "{error:#}");
    }
    let unsigned = Site::new(ORIGIN, server());
    let error = Readme::parse(README).unwrap().run(|_section| Ok(&unsigned)).unwrap_err();
    assert_eq!(error.to_string(), "line 23 of the README");
    let elsewhere = README.replace("8000/echo", "8001/echo");
    let error = Readme::parse(&elsewhere).unwrap().run(|_section| Ok(&site)).unwrap_err();
    assert!(format!("{error:#}").contains("is not of http://127.0.0.1:8000"), "{error:#}");
    let none = Readme::parse("# Empty").unwrap();
    assert!(none.run(|_section| Ok(&site)).is_err());
}
