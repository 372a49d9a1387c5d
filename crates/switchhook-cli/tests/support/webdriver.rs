//! A browser that tests drive: Chromium without a window, by the `WebDriver` protocol.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// How long a page may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Set where no test may be left out.
const REQUIRED: &str = "SWITCHHOOK_REQUIRE_BROWSER";

/// One browser at a time: each takes a processor.
static TURN: Mutex<()> = Mutex::new(());

/// A browser with one page.
pub(crate) struct Browser {
    driver: Child,
    session: String,
    agent: ureq::Agent,
    /// Removed in the end.
    profile: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Browser {
    /// A browser, or `None` where there is none and none is required.
    pub(crate) fn start() -> Option<Self> {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut driver) = driver else {
            assert!(std::env::var_os(REQUIRED).is_none(), "there is no chromedriver");
            eprintln!("left out: there is no chromedriver");
            return None;
        };
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            let port = line.split("on port ").nth(1)?.trim_end_matches('.').to_owned();
            line.contains("started successfully").then_some(port)
        });
        let port = port.expect("chromedriver tells its port");
        // Keep reading, so that the pipe never fills or closes.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(PATIENCE));
        let mut browser = Self {
            driver,
            session: format!("http://127.0.0.1:{port}/session"),
            agent: config.build().into(),
            profile,
            _turn: turn,
        };
        let user_data = format!("--user-data-dir={}", browser.profile.path().display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            &user_data,
        ];
        let options = json!({ "goog:chromeOptions": { "args": arguments } });
        let made = browser.ask("POST", "", &json!({ "capabilities": { "alwaysMatch": options } }));
        let id = made["sessionId"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
        browser.session = format!("{}/{id}", browser.session);
        Some(browser)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.session);
        let request = http::Request::builder().method(method).uri(&url);
        let request = request.header("content-type", "application/json");
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut answer = self.agent.run(request.body(body).unwrap()).unwrap();
        let text = answer.body_mut().with_config().limit(64 << 20).read_to_string().unwrap();
        let mut answer: Value = serde_json::from_str(&text).unwrap();
        answer["value"].take()
    }

    fn done(&self, path: &str, body: &Value) -> Value {
        let value = self.ask("POST", path, body);
        assert!(value.get("error").is_none(), "{path}: {value:#}");
        value
    }

    pub(crate) fn open(&self, url: &str) {
        self.done("/url", &json!({ "url": url }));
    }

    /// What a script returns: the body of a function.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.done("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What a promise of a script comes to.
    pub(crate) fn run_async(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; Promise.resolve({expression}).then(done, (e) => done(String(e)));"
        );
        self.done("/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// A command of the browser's own protocol.
    pub(crate) fn command(&self, name: &str, params: &Value) {
        self.done("/goog/cdp/execute", &json!({ "cmd": name, "params": params }));
    }

    /// Presses keys one after the other; with one before it held, such as `\u{e009}`, Ctrl.
    pub(crate) fn press(&self, keys: &str) {
        let mut actions = Vec::new();
        for key in keys.chars() {
            actions.push(json!({ "type": "keyDown", "value": key }));
            actions.push(json!({ "type": "keyUp", "value": key }));
        }
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.done("/actions", &json!({ "actions": [keyboard] }));
    }

    /// The text that the page shows.
    pub(crate) fn text(&self) -> String {
        self.run("return document.body.innerText").as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression of the page is true.
    pub(crate) fn wait(&self, expression: &str) {
        let started = Instant::now();
        while self.run(&format!("return Boolean({expression})")) != true {
            assert!(started.elapsed() < PATIENCE, "never: {expression}\n{}", self.text());
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits until the page shows a text.
    pub(crate) fn sees(&self, text: &str) {
        self.wait(&format!("document.body.innerText.includes({})", json!(text)));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The session first, which ends the browser's processes.
        let request = http::Request::delete(&self.session).body(()).unwrap();
        let _ = self.agent.run(request);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
