use anyhow::{Context, bail, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Method, Request,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT},
};

use crate::markdown::Command;

/// A curl line with the answer that the README gives.
#[derive(Debug)]
pub struct Curl {
    command: Command,
    request: Request<Bytes>,
    pub(crate) shown: Shown,
    pub(crate) signed_for: Option<String>,
}

/// What curl prints.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shown {
    /// `-i`: status and headers, too.
    pub(crate) head: bool,
    /// `-o /dev/null`: no body.
    pub(crate) no_body: bool,
    /// `-w`: a text at the end.
    pub(crate) write_out: Option<String>,
}

impl Curl {
    /// Reads the words of a curl command, and what stands before it in the pipeline.
    pub(crate) fn read(
        command: Command,
        words: &[String],
        before: &[Vec<String>],
    ) -> anyhow::Result<Self> {
        let line = command.line;
        let read = || {
            let mut options = Options::default();
            options.read(&words[1..])?;
            let signed_for = match (options.headers_from_stdin, before) {
                (false, []) => None,
                (true, [text, sign, ..]) => Some(signed_for(text, sign, &options.data)?),
                _ => bail!("`… | switchhook sign URL | sed 1d | curl -H @- …` and nothing else"),
            };
            let shown = std::mem::take(&mut options.shown);
            Ok((options.into_request()?, shown, signed_for))
        };
        let read: anyhow::Result<_> = read();
        let (request, shown, signed_for) =
            read.with_context(|| format!("line {line} of the README"))?;
        Ok(Self { command, request, shown, signed_for })
    }

    /// The heading above it.
    pub fn section(&self) -> &str {
        &self.command.section
    }

    /// The line of the README that it begins on, from 1.
    pub fn line(&self) -> usize {
        self.command.line
    }

    /// What is sent, before it goes to another host and is signed.
    pub fn request(&self) -> &Request<Bytes> {
        &self.request
    }

    /// The lines that the README says are printed.
    pub fn answer(&self) -> &[String] {
        &self.command.answer
    }
}

/// The URL that is signed, where what is signed is what curl sends.
fn signed_for(text: &[String], sign: &[String], data: &[String]) -> anyhow::Result<String> {
    ensure!(
        matches!(text, [printf, format, body] if printf == "printf" && format == "%s" && *body == data.join("&")),
        "`printf %s BODY` has to come first, with the body that curl sends"
    );
    let place = sign.iter().position(|word| word == "sign").context("no `switchhook sign`")?;
    let mut urls = sign[place..].iter().filter(|word| word.contains("://"));
    Ok(urls.next().context("no URL to sign")?.clone())
}

#[derive(Default)]
struct Options {
    url: Option<String>,
    method: Option<String>,
    headers: Vec<String>,
    headers_from_stdin: bool,
    data: Vec<String>,
    in_query: bool,
    json: bool,
    user: Option<String>,
    shown: Shown,
}

/// The options that take a value, by their letter.
const WITH_VALUE: [(char, &str); 6] = [
    ('X', "request"),
    ('H', "header"),
    ('d', "data"),
    ('u', "user"),
    ('o', "output"),
    ('w', "write-out"),
];

/// The options that take none, by their letter.
const WITHOUT_VALUE: [(char, &str); 6] = [
    ('i', "include"),
    ('s', "silent"),
    ('S', "show-error"),
    ('f', "fail"),
    ('G', "get"),
    ('N', "no-buffer"),
];

impl Options {
    fn read(&mut self, words: &[String]) -> anyhow::Result<()> {
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value =
                || words.next().cloned().with_context(|| format!("{word} without a value"));
            if let Some(name) = word.strip_prefix("--") {
                if self.flag(name).is_err() {
                    self.value(name, value()?)?;
                }
            } else if let Some(letters) = word.strip_prefix('-') {
                let mut rest = letters.chars();
                while let Some(letter) = rest.next() {
                    let find = |table: &[(char, &'static str)]| {
                        table.iter().find(|option| option.0 == letter).map(|option| option.1)
                    };
                    if let Some(name) = find(&WITHOUT_VALUE) {
                        self.flag(name)?;
                    } else if let Some(name) = find(&WITH_VALUE) {
                        let attached = rest.as_str();
                        let attached = if attached.is_empty() { value()? } else { attached.into() };
                        self.value(name, attached)?;
                        break;
                    } else {
                        bail!("the option -{letter} of curl is not known here");
                    }
                }
            } else {
                self.value("url", word.clone())?;
            }
        }
        Ok(())
    }

    fn flag(&mut self, name: &str) -> anyhow::Result<()> {
        match name {
            "include" => self.shown.head = true,
            "get" => self.in_query = true,
            "silent" | "show-error" | "fail" | "no-buffer" => {}
            _ => bail!("the option --{name} of curl is not known here"),
        }
        Ok(())
    }

    fn value(&mut self, name: &str, value: String) -> anyhow::Result<()> {
        let no_file = |value: String| {
            ensure!(!value.starts_with('@'), "files are not read here");
            Ok(value)
        };
        match name {
            "url" => ensure!(self.url.replace(value).is_none(), "two URLs"),
            "request" => self.method = Some(value),
            "header" if value == "@-" => self.headers_from_stdin = true,
            "header" => self.headers.push(no_file(value)?),
            "data" | "data-ascii" | "data-binary" => self.data.push(no_file(value)?),
            "data-raw" => self.data.push(value),
            "data-urlencode" => self.data.push(url_encoded(&value)?),
            "json" => {
                self.json = true;
                self.data.push(no_file(value)?);
            }
            "user" => self.user = Some(value),
            "output" => {
                ensure!(value == "/dev/null", "files are not written here");
                self.shown.no_body = true;
            }
            "write-out" => self.shown.write_out = Some(value),
            _ => bail!("the option --{name} of curl is not known here"),
        }
        Ok(())
    }

    fn into_request(self) -> anyhow::Result<Request<Bytes>> {
        let mut url = self.url.context("no URL")?;
        let has_data = !self.data.is_empty();
        let data = self.data.join(if self.json { "" } else { "&" });
        let mut body = Bytes::new();
        if self.in_query && has_data {
            url = format!("{url}{}{data}", if url.contains('?') { '&' } else { '?' });
        } else {
            body = data.into();
        }
        let sends = has_data && !self.in_query;
        let method = self.method.unwrap_or_else(|| if sends { "POST" } else { "GET" }.into());
        let mut request = Request::new(body);
        *request.method_mut() = Method::from_bytes(method.as_bytes())?;
        *request.uri_mut() = url.split('#').next().unwrap_or_default().parse()?;
        ensure!(request.uri().authority().is_some(), "the URL has no host");
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static("curl/8.14.1"));
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        if self.json {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        } else if sends {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            headers.insert(CONTENT_TYPE, form);
        }
        if let Some(user) = self.user {
            let credentials = format!("Basic {}", STANDARD.encode(user));
            headers.insert(AUTHORIZATION, credentials.try_into()?);
        }
        let mut own = Vec::new();
        for header in self.headers {
            let (name, value) = header.split_once(':').context("a header without a colon")?;
            let name: HeaderName = name.trim().parse()?;
            let value = value.trim();
            // The first of a name takes the place of curl's own, and none takes it away.
            if !own.contains(&name) {
                headers.remove(&name);
                own.push(name.clone());
            }
            if !value.is_empty() {
                headers.append(name, value.parse()?);
            }
        }
        Ok(request)
    }
}

/// The data of `--data-urlencode`: `text`, `=text` or `name=text`.
fn url_encoded(data: &str) -> anyhow::Result<String> {
    let (name, text) = data.split_once('=').unwrap_or(("", data));
    ensure!(!name.contains('@') && !data.starts_with('@'), "files are not read here");
    let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    // curl writes a space so.
    let text = text.replace('+', "%20");
    Ok(if name.is_empty() { text } else { format!("{name}={text}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Readme;

    fn curl(line: &str) -> anyhow::Result<Curl> {
        let readme = Readme::parse(&format!("```sh\n{line}\n```\n"))?;
        Ok(readme.0.into_iter().next().expect("a curl line"))
    }

    #[test]
    fn requests_are_those_of_curl() {
        let form = Some("application/x-www-form-urlencoded");
        let json = Some("application/json");
        for (line, method, url, content_type, body) in [
            ("curl 'http://h/a?b=1'", "GET", "http://h/a?b=1", None, ""),
            ("curl -sSi -XPUT http://h/", "PUT", "http://h/", None, ""),
            ("curl http://h/ -d a=1 -d 'b=2 3'", "POST", "http://h/", form, "a=1&b=2 3"),
            ("curl -G 'http://h/?a=1' -d b=2", "GET", "http://h/?a=1&b=2", None, ""),
            (
                "curl http://h/ --data-urlencode 'b= +é'",
                "POST",
                "http://h/",
                form,
                "b=%20%2B%C3%A9",
            ),
            (
                "curl http://h/ -H content-type:application/json -d {}",
                "POST",
                "http://h/",
                json,
                "{}",
            ),
            ("curl --json '{\"a\": 1}' --url http://h/", "POST", "http://h/", json, "{\"a\": 1}"),
            ("curl http://h/#x -H 'Content-Type:' -d a", "POST", "http://h/", None, "a"),
        ] {
            let curl = curl(line).unwrap();
            let request = curl.request();
            let found = request.headers().get(CONTENT_TYPE).map(|value| value.to_str().unwrap());
            assert_eq!(
                (
                    request.method().as_str(),
                    request.uri().to_string().as_str(),
                    found,
                    &request.body()[..]
                ),
                (method, url, content_type, body.as_bytes()),
                "{line}"
            );
        }
        let user = curl("curl -u a:b http://h/").unwrap();
        assert_eq!(user.request().headers()[AUTHORIZATION], "Basic YTpi");
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for line in [
            "curl",
            "curl /path",
            "curl http://h/ http://h/",
            "curl --compressed http://h/",
            "curl -k http://h/",
            "curl http://h/ -d @file",
            "curl http://h/ -d",
            "curl http://h/ -H nothing",
            "curl http://h/ | jq .",
            "A=1 curl http://h/",
            "while sleep 1; do curl http://h/; done",
            "printf %s a=1 | switchhook sign http://h/ | curl -H @- http://h/ -d a=2",
            "printf %s a=1 | switchhook decode | curl -H @- http://h/ -d a=1",
            "cat x | curl http://h/ -d a=1",
        ] {
            let error = curl(line).expect_err(line);
            assert!(format!("{error:#}").starts_with("line 2 of the README"), "{error:#}");
        }
    }

    #[test]
    fn a_signed_line_says_for_which_url() {
        let line = "BODY='a=1&b=2'\nprintf %s \"$BODY\" | cargo run -q -p switchhook-cli -- sign https://h/x \\\n \
            | sed 1d | curl -H @- http://h/x -d \"$BODY\"";
        let curl = curl(line).unwrap();
        assert_eq!(curl.signed_for.as_deref(), Some("https://h/x"));
        assert_eq!(curl.request().body(), "a=1&b=2");
    }
}
