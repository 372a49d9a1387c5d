use std::net::SocketAddr;

use http::{HeaderMap, Method, Request, Uri};
use serde_json::Value;
use switchhook::{Key, Signer};

use crate::PATIENCE;

/// The header of a form, as Twilio writes it.
pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded; charset=UTF-8");

/// The header of JSON.
pub const JSON: (&str, &str) = ("content-type", "application/json");

/// Sends requests to a server on this machine.
#[derive(Clone, Debug)]
pub struct Caller {
    address: SocketAddr,
    agent: ureq::Agent,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Such as 204.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub text: String,
}

impl Caller {
    /// Who calls the server at this address.
    pub fn new(address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            // A proxy of the environment cannot reach this machine's own loopback.
            .proxy(None)
            .allow_non_standard_methods(true)
            .timeout_global(Some(PATIENCE));
        Self { address, agent: config.build().into() }
    }

    /// Sends a request to a path. Blocks the thread.
    ///
    /// # Panics
    ///
    /// When there is no answer.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.run(self.request(method, path, headers, body))
    }

    /// Posts a body with the header of its type, such as [`FORM`]; the status of the answer. Blocks
    /// the thread.
    ///
    /// # Panics
    ///
    /// When there is no answer.
    pub fn post(&self, path: &str, content_type: (&str, &str), body: &str) -> u16 {
        self.send("POST", path, &[content_type], body).status
    }

    /// Sends a request to a path from a thread of its own.
    ///
    /// # Panics
    ///
    /// When there is no answer.
    pub async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let (caller, request) = (self.clone(), self.request(method, path, headers, body));
        tokio::task::spawn_blocking(move || caller.run(request)).await.unwrap()
    }

    /// Posts a form as Twilio does, signed with a key for the URL that the public knows; it goes to
    /// the same path of this server.
    ///
    /// # Panics
    ///
    /// When it cannot be signed or there is no answer.
    pub async fn post_signed(&self, key: &str, url: &str, form: &str) -> Answer {
        let signer = Signer::twilio(Key::new(key).unwrap());
        let body = form.to_owned().into();
        let signed = signer.sign(&Method::POST, url, Some(FORM.1), &body).unwrap();
        let signatures = signed.headers.iter().map(|(n, v)| (n.as_str(), v.to_str().unwrap()));
        let headers: Vec<_> =
            signatures.filter(|header| header.0 != FORM.0).chain([FORM]).collect();
        let url: Uri = url.parse().unwrap();
        let path = url.path_and_query().map_or("/", |path| path.as_str());
        self.call("POST", path, &headers, form).await
    }

    fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Request<String> {
        let url = format!("http://{}{path}", self.address);
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body.to_owned()).unwrap()
    }

    fn run(&self, request: Request<String>) -> Answer {
        let (head, mut body) = self.agent.run(request).unwrap().into_parts();
        let text = body.read_to_string().unwrap();
        Answer { status: head.status.as_u16(), headers: head.headers, text }
    }
}

impl Answer {
    /// The body as JSON, or as a text where it is none.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| Value::String(self.text.clone()))
    }
}
