use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use http::{Method, Request, Response, header::CONTENT_TYPE};
use switchhook_signature::Signer;

use crate::{Curl, answer};

/// How long a GET is asked again until its answer is the one of the README.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that plays the host of a README.
#[derive(Debug)]
pub struct Site {
    origin: String,
    address: SocketAddr,
    signer: Option<Signer>,
    agent: ureq::Agent,
}

impl Site {
    /// The server at `address`, which the README calls `origin`, such as
    /// `http://127.0.0.1:8000`.
    pub fn new(origin: impl Into<String>, address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .timeout_global(Some(PATIENCE))
            .build();
        Self { origin: origin.into(), address, signer: None, agent: config.into() }
    }

    /// Signs the lines that pipe `switchhook sign` into curl.
    #[must_use]
    pub fn signer(mut self, signer: Signer) -> Self {
        self.signer = Some(signer);
        self
    }

    /// Runs a line and compares its answer with the README's. A GET is asked again for some
    /// seconds. Blocks the thread.
    ///
    /// # Errors
    ///
    /// When the answer is another one, or there is none; with the line.
    pub fn run(&self, curl: &Curl) -> anyhow::Result<()> {
        let started = Instant::now();
        loop {
            let checked = self
                .send(curl)
                .and_then(|response| answer::check(&curl.shown, &response, curl.answer()))
                .with_context(|| format!("line {} of the README", curl.line()));
            let waits = curl.request().method() == Method::GET && started.elapsed() < PATIENCE;
            if checked.is_ok() || !waits {
                return checked;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn send(&self, curl: &Curl) -> anyhow::Result<Response<String>> {
        let request = curl.request();
        let url = request.uri().to_string();
        let here = self.here(&url);
        ensure!(here != url, "{url} is not of {}", self.origin);
        let mut sent = Request::builder().method(request.method()).uri(here);
        for (name, value) in request.headers() {
            sent = sent.header(name, value);
        }
        if let Some(url) = &curl.signed_for {
            let signer = self.signer.as_ref().context("the line is signed, and nobody can sign")?;
            let content_type = request.headers().get(CONTENT_TYPE).map(|value| value.to_str());
            let (method, body) = (request.method(), request.body());
            let signed = signer.sign(method, &self.here(url), content_type.transpose()?, body)?;
            for (name, value) in &signed.headers {
                sent = sent.header(name, value);
            }
        }
        let sent = sent.body(request.body().to_vec())?;
        let (head, mut body) = self.agent.run(sent)?.into_parts();
        Ok(Response::from_parts(head, body.read_to_string()?))
    }

    /// The URL with this server's address in the place of the README's origin.
    fn here(&self, url: &str) -> String {
        match url.strip_prefix(&self.origin) {
            Some(path) if path.is_empty() || path.starts_with(['/', '?']) => {
                format!("http://{}{path}", self.address)
            }
            _ => url.to_owned(),
        }
    }
}
