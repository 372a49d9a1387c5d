//! The inspector's page in a browser, as people meet it.
//!
//! Left out where there is no `chromedriver`, unless `SWITCHHOOK_REQUIRE_BROWSER` is set.

use serde_json::json;

use crate::{
    application::{Application, FAILURE},
    inspector::send,
    listen::Listener,
    store::Store,
    webdriver::Browser,
    wire,
};

const ESCAPE: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";

/// A listener and a browser at its inspector, or nothing where there is no browser.
fn inspect(more: &[&str]) -> Option<(Listener, Browser)> {
    let browser = Browser::start()?;
    let listener = Listener::start(&[&["--key-env", "KEY"], more].concat());
    browser.open(listener.inspector());
    browser.wait("document.querySelector('#live').dataset.state === 'on'");
    Some((listener, browser))
}

/// Waits for so many rows that are visible.
fn rows(browser: &Browser, count: usize) {
    browser.wait(&format!("document.querySelectorAll('.row:not([hidden])').length === {count}"));
}

/// Waits for the detail of this delivery.
fn detail(browser: &Browser, number: u64) {
    browser.wait(&format!("document.querySelector('#detail').dataset.number === '{number}'"));
}

#[test]
fn an_event_appears_without_a_reload() {
    let Some((listener, browser)) = inspect(&[]) else { return };
    browser.sees("Nothing has come yet");
    browser.run("window.same = true");
    assert_eq!(send(&listener, &["twilio.video", "room-ended", "-d", "RoomDuration=42"]), 0);
    rows(&browser, 1);
    let row = browser.run("return document.querySelector('.row').innerText.split(/\\s+/)");
    let row = row.as_array().unwrap();
    assert!(row.contains(&json!("room-ended")) && row.contains(&json!("204")), "{row:?}");
    assert_eq!(browser.run("return window.same"), true);
    // Nothing of the page came from elsewhere.
    let foreign = "return performance.getEntriesByType('resource').filter((e) => !e.name.startsWith(location.origin + '/_/')).length";
    assert_eq!(browser.run(foreign), 0);
}

#[test]
fn an_event_is_shown_field_by_field() {
    let Some((listener, browser)) = inspect(&[]) else { return };
    let odd = [
        "-d",
        "RoomType=holodeck",
        "-d",
        "RoomDuration=long",
        "-d",
        "RoomStatus=",
        "--extra",
        "Beta=1",
    ];
    assert_eq!(send(&listener, &[&["twilio.video", "room-ended"], &odd[..]].concat()), 0);
    rows(&browser, 1);
    browser.press("j");
    detail(&browser, 1);
    let row = |name: &str| {
        let script = format!(
            "return [...document.querySelectorAll('.body tr')].find((row) => row.querySelector('th').textContent === '{name}').dataset.state"
        );
        browser.run(&script)
    };
    assert_eq!(row("RoomSid"), "ok");
    assert_eq!(row("RoomType"), "unrecognized");
    assert_eq!(row("RoomDuration"), "problem");
    assert_eq!(row("RoomStatus"), "missing");
    assert_eq!(row("Beta"), "unknown");
    // Missing is red.
    let red = browser.run("const [r, g, b] = getComputedStyle(document.querySelector('tr.missing td')).color.match(/[0-9.]+/g).map(Number); return r > 2 * g && r > 2 * b");
    assert_eq!(red, true);
    browser.press("d");
    browser.sees("Its name comes in StatusCallbackEvent");
    browser.sees("what it is about");
}

#[test]
fn a_bad_signature_shows_its_cause() {
    let Some((listener, browser)) = inspect(&[]) else { return };
    let origin = listener.origin.replace("http:", "https:");
    let url = format!("{origin}/twilio/video");
    assert_eq!(send(&listener, &["twilio.video", "room-ended", "--public-url", &url]), 3);
    rows(&browser, 1);
    let why = browser.run("return document.querySelector('.row .why').innerText");
    assert!(why.as_str().unwrap().starts_with("scheme: TLS ends before this process"), "{why}");
    browser.press("js");
    browser.sees("The doctor's finding");
    browser.sees(&format!("switchhook listen --public-url {origin}"));
    browser.sees("What was tried");
    // The text with its seams, of which the room's name is hidden.
    let text = |id: &str| {
        browser.run(&format!("return [...document.querySelectorAll('#{id} span')].map((piece) => [piece.className, piece.textContent])"))
    };
    let (received, matched) = (text("signed-text"), text("matched-text"));
    assert_eq!(received[0], json!(["url", format!("{}/twilio/video", listener.origin)]));
    assert_eq!(matched[0], json!(["url", url]));
    let pieces = matched.as_array().unwrap();
    let name = pieces.iter().position(|piece| *piece == json!(["name", "RoomName"])).unwrap();
    assert!(pieces[name + 1][1].as_str().unwrap().starts_with("••••"), "{matched}");
    assert!(pieces.contains(&json!(["value", "room-ended"])));

    // A wrong key is told as such, and its right signature is nowhere.
    assert_eq!(
        listener.trigger_at("/twilio/video", &["twilio.video", "room-ended", "--key-env", "PATH"]),
        3
    );
    rows(&browser, 2);
    browser.press("g");
    detail(&browser, 2);
    browser.sees("no-match");
}

#[test]
fn a_delivery_is_replayed_and_edited() {
    let Some((mut listener, browser)) = inspect(&[]) else { return };
    assert_eq!(send(&listener, &["twilio.video", "room-ended", "-d", "RoomName=Ms. Brown"]), 0);
    listener.line();
    rows(&browser, 1);
    browser.press("j");
    detail(&browser, 1);
    browser.press("r");
    rows(&browser, 2);
    detail(&browser, 2);
    browser.sees("replay of 1");
    assert!(listener.line().contains("signed ok"));

    browser.press("e");
    browser.wait("document.querySelector('#editor').open");
    assert!(!browser.text().contains("Brown"));
    let field = "[...document.querySelectorAll('#editor input')].find((field) => field.value === 'completed')";
    browser.run(&format!("{field}.value = 'vanished'"));
    browser.run("document.querySelector('#send').click()");
    rows(&browser, 3);
    detail(&browser, 3);
    assert!(
        listener
            .line()
            .starts_with("twilio.video room-ended  RM0d3c5a1e8f6b4297a0c1d2e3f4a5b6c7  signed ok")
    );
    browser.wait("!document.querySelector('#editor').open");
    browser.sees("edit of 2");
    browser.sees("vanished");
    browser.sees("a new value of enum RoomStatus");
    // What was hidden has stayed what it was.
    browser.press("v");
    browser.sees("Ms. Brown");
}

#[test]
fn what_is_private_is_masked_until_it_is_revealed() {
    let Some((listener, browser)) = inspect(&["--forward-to", &reply().url]) else { return };
    let body = ["-d", "Body=The biopsy is benign", "-d", "From=+15557654321"];
    send(&listener, &[&["twilio.messaging", "incoming-message.sms"], &body[..]].concat());
    rows(&browser, 1);
    browser.press("j");
    detail(&browser, 1);
    let seen = || {
        let mut seen = Vec::new();
        for tab in 1..=9 {
            browser.press(&tab.to_string());
            browser.wait(&format!(
                "document.querySelectorAll('[role=tab]')[{}].ariaSelected === 'true'",
                tab - 1
            ));
            let page = browser.run("return document.documentElement.outerHTML + [...document.querySelectorAll('input')].map((i) => i.value).join()");
            let page = page.as_str().unwrap().to_owned();
            if page.contains("biopsy") || page.contains("5557654321") || page.contains("4155550123")
            {
                seen.push(tab);
            }
        }
        seen
    };
    assert_eq!(seen(), [0_u8; 0]);
    browser.press("v");
    browser.wait("document.querySelector('#detail').dataset.revealed === 'true'");
    assert_eq!(seen(), [1, 2, 4, 5, 6]);
    browser.press("v");
    browser.wait("document.querySelector('#detail').dataset.revealed === 'false'");
    assert_eq!(seen(), [0_u8; 0]);
}

/// An application that answers with TwiML that has a number in it and a fault.
fn reply() -> Application {
    Application::start(Some(
        "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 104\r\nconnection: close\r\n\r\n\
         <Response><Pause length=\"long\"/><Dial>+14155550123</Dial><Say>The biopsy is benign</Say></Response>     ",
    ))
}

#[test]
fn a_reply_is_shown_with_marks() {
    let application = reply();
    let Some((listener, browser)) = inspect(&["--forward-to", &application.url]) else { return };
    send(&listener, &["twilio.voice", "incoming-call"]);
    rows(&browser, 1);
    browser.press("j6");
    browser.sees("<Pause length=\"long\"/>");
    let mark = browser.run("return document.querySelector('#document .mark').innerText");
    assert!(mark.as_str().unwrap().contains("warning 13910: not a whole number"), "{mark}");
    browser.sees("of 64.0 kB");
    assert!(!browser.text().contains("4155550123"));
}

#[test]
fn attempts_are_told_by_the_inbox() {
    let application = Application::start(FAILURE);
    let store = Store::new();
    let more = ["--inbox", &store.name, "--forward-to", &application.url, "--attempts", "2"];
    let Some((listener, browser)) = inspect(&more) else { return };
    send(&listener, &["twilio.video", "room-ended"]);
    rows(&browser, 1);
    browser.press("j7");
    browser.sees("a dead letter: not tried again by itself");
    browser.sees("the application answered 500");
    browser.wait("document.querySelectorAll('.tries tbody tr').length === 3");
    application.answer(crate::application::NO_CONTENT);
    browser.run("document.querySelector('#retry').click()");
    browser.wait("document.querySelectorAll('.tries tbody tr').length === 4");
    browser.sees("done: done");
}

/// Names, values, paths, headers, events and answers that would be scripts, were they markup.
#[test]
fn no_body_runs_anything() {
    let evil = "<img src=x onerror=pwn()><script>pwn()</script><svg onload=pwn()>\"'`${pwn()}</title><style>*{display:none}</style>javascript:pwn()";
    let application = Application::start(Some(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nx-evil: <script>pwn()</script>\r\ncontent-length: 67\r\nconnection: close\r\n\r\n\
         <Response><Say><script>pwn()</script></Say><img onerror=pwn()>x</>x",
    ));
    let Some(browser) = Browser::start() else { return };
    let more = ["--trust-without-verification", "--forward-to", &application.url];
    let listener = Listener::start(&more);
    let watch = "window.pwned = 0; window.pwn = () => { window.pwned++; }; window.violations = [];
        document.addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective));";
    browser.command("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": watch }));
    browser.open(listener.inspector());
    browser.wait("document.querySelector('#live').dataset.state === 'on'");

    let form = switchhook::Params::from_pairs([
        ("StatusCallbackEvent", evil),
        (evil, evil),
        ("RoomSid", evil),
        ("__proto__", evil),
        ("hidden", "7"),
    ]);
    let known = switchhook::Params::from_pairs([
        ("StatusCallbackEvent", "room-ended"),
        ("RoomSid", evil),
        ("RoomName", evil),
        (evil, "1"),
    ]);
    let json = json!({ "event_type": evil, evil: { evil: [evil] } }).to_string();
    for (path, kind, body) in [
        ("/twilio/video", "application/x-www-form-urlencoded", form.to_form()),
        ("/twilio/video", "application/x-www-form-urlencoded", known.to_form()),
        ("/signalwire", "application/json", json),
        ("/twilio/video?a='onload=pwn()'", "text/html", evil.to_owned()),
        (
            "/%3Cscript%3Epwn()%3C/script%3E\"onload=pwn()",
            "application/x-www-form-urlencoded",
            "a=1".to_owned(),
        ),
        ("/_/x?<script>pwn()</script>", "text/html", evil.to_owned()),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\ncontent-type: {kind}\r\nx-evil: {evil}\r\nx-twilio-signature: <script>pwn()</script>"
        );
        wire::send(&listener.origin, &head, body);
    }
    rows(&browser, 5);
    for number in 1..=5 {
        browser.run(&format!("document.querySelector('#row-{number}').click()"));
        detail(&browser, number);
        for reveal in [false, true] {
            if reveal {
                browser.press("v");
                browser.wait("document.querySelector('#detail').dataset.revealed === 'true'");
            }
            for tab in 1..=9 {
                browser.press(&tab.to_string());
                browser.wait(&format!(
                    "document.querySelectorAll('[role=tab]')[{}].ariaSelected === 'true'",
                    tab - 1
                ));
            }
        }
        browser.press("1e");
        browser.wait("!document.querySelector('#edit').disabled || true");
        browser.press(ESCAPE);
        browser.press("v");
    }
    // The text is there, and as text.
    browser.run("document.querySelector('#row-2').click()");
    detail(&browser, 2);
    browser.press("v2");
    browser.sees("<img src=x onerror=pwn()><script>pwn()</script>");
    let made = "return document.querySelectorAll('main script, main img, main style, main iframe, main object, main a, main form, head style').length";
    assert_eq!(browser.run(made), 0);
    assert_eq!(browser.run("return document.scripts.length"), 1);
    assert_eq!(browser.run("return [window.pwned, window.violations]"), json!([0, []]));
    // Were there markup, the policy would hold: text cannot become markup, an inline script does
    // not run.
    let policy = "try { document.body.innerHTML = '<b>x</b>'; return 'made'; } catch (error) { return error.name; }";
    assert_eq!(browser.run(policy), "TypeError");
    let inline = "const image = document.createElement('img'); image.setAttribute('src', 'http://127.0.0.1:1/x'); document.body.append(image);";
    browser.run(inline);
    browser.wait("window.violations.length > 0");
    assert_eq!(browser.run("return window.pwned"), 0);
}

#[test]
fn other_pages_and_old_tokens_get_nothing() {
    let Some((listener, browser)) = inspect(&[]) else { return };
    assert_eq!(send(&listener, &["twilio.video", "room-ended"]), 0);
    let (page, token) = listener.inspector().split_once("#t=").unwrap();
    let fetch = |headers: &str| {
        format!("fetch('{page}api/about', {{ headers: {headers} }}).then((r) => r.status)")
    };
    let with_token = format!("{{ 'x-switchhook-token': '{token}' }}");
    assert_eq!(browser.run_async(&fetch(&with_token)), 200);
    assert_eq!(browser.run_async(&fetch("{}")), 401);

    // The same listener by another name is another origin.
    let other = Application::start(Some(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\nconnection: close\r\n\r\nother",
    ));
    browser.open(&other.url);
    assert_eq!(browser.run_async(&fetch(&with_token)), "TypeError: Failed to fetch");
    let framed = format!(
        "new Promise((done) => {{ const frame = document.createElement('iframe'); frame.src = '{page}'; frame.onload = () => {{ let seen; try {{ seen = frame.contentDocument === null ? 'nothing' : frame.contentDocument.title; }} catch (e) {{ seen = 'nothing'; }} done(seen); }}; document.body.append(frame); }})"
    );
    assert_eq!(browser.run_async(&framed), "nothing");

    for fragment in ["", "#t=", "#t=00", "#d=1"] {
        browser.open("about:blank");
        browser.open(&format!("{page}{fragment}"));
        browser.wait("document.querySelector('#live').dataset.state === 'refused'");
        browser.sees("open the whole URL that `listen` printed");
        assert!(!browser.text().contains("room-ended  "), "{}", browser.text());
        rows(&browser, 0);
    }
}

#[test]
fn the_keys_do_what_they_say() {
    let Some((listener, browser)) = inspect(&[]) else { return };
    for event in ["room-created", "participant-connected", "room-ended"] {
        assert_eq!(send(&listener, &["twilio.video", event]), 0);
    }
    rows(&browser, 3);
    let chosen = |number: u64| {
        detail(&browser, number);
        browser.wait(&format!(
            "document.querySelector('.row[aria-selected=true]').dataset.number === '{number}'"
        ));
    };
    let tab = |name: &str| {
        browser.wait(&format!(
            "document.querySelector('[role=tab][aria-selected=true]').id === 'tab-{name}'"
        ));
    };
    browser.press("j");
    chosen(3);
    browser.press("jj");
    chosen(1);
    browser.press("j");
    browser.press("k");
    chosen(2);
    for (key, name) in [
        ("t", "timeline"),
        ("d", "docs"),
        ("s", "signature"),
        ("2", "params"),
        ("l", "headers"),
        ("h", "params"),
    ] {
        browser.press(key);
        tab(name);
    }
    browser.press(ENTER);
    browser.wait("document.activeElement.id === 'detail'");
    browser.press(ESCAPE);
    browser.wait("document.activeElement.id === 'list'");
    browser.press("g");
    chosen(3);
    browser.press("?");
    browser.wait("document.querySelector('#keys').open");
    browser.sees("edit and replay");
    // A dialog takes the keys.
    browser.press("j");
    browser.press(ESCAPE);
    browser.wait("!document.querySelector('#keys').open");
    chosen(3);
    browser.press("/");
    browser.wait("document.activeElement.id === 'filter'");
    browser.press("jtd");
    browser.wait("document.querySelector('#filter').value === 'jtd'");
    browser.press(ESCAPE);
    // The place is kept over a reload.
    browser.press("k");
    browser.run("document.querySelector('#filter').value = ''");
    browser.press("2");
    tab("params");
    browser.run("location.reload()");
    browser.wait("document.querySelectorAll('.row').length === 3");
    chosen(3);
    tab("params");
    // The copy is in the clipboard, or shown to be taken from there.
    browser.press("c");
    browser.wait("document.querySelector('#toast:not([hidden])') || document.querySelector('dialog[open] textarea')?.value.startsWith('curl ')");
}

#[test]
fn the_filter_narrows_the_list() {
    let Some((listener, browser)) = inspect(&[]) else { return };
    assert_eq!(
        send(
            &listener,
            &["twilio.video", "room-created", "-d", "RoomSid=RM7", "-d", "RoomName=Ms. Brown"]
        ),
        0
    );
    assert_eq!(send(&listener, &["twilio.video", "participant-connected", "-d", "RoomSid=RM8"]), 0);
    assert_eq!(
        send(&listener, &["twilio.video", "room-ended", "-d", "StatusCallbackEvent=room-paused"]),
        0
    );
    assert_eq!(
        listener
            .trigger_at("/twilio/voice", &["twilio.voice", "incoming-call", "--key-env", "PATH"]),
        3
    );
    rows(&browser, 4);
    for (filter, count) in [
        ("type:room-", 2),
        ("type:voice", 1),
        ("status:403", 1),
        ("status:2xx", 3),
        ("-status:2xx", 1),
        ("sid:rm7", 1),
        ("is:refused", 1),
        ("is:new", 1),
        ("type:video is:verified -is:new", 2),
        ("paused", 1),
        ("brown", 1),
        ("no such thing", 0),
        // Half a condition lets nothing through, and breaks nothing.
        ("status:(", 0),
        ("", 4),
    ] {
        browser.run(&format!("const f = document.querySelector('#filter'); f.value = {}; f.dispatchEvent(new Event('input'))", json!(filter)));
        rows(&browser, count);
    }
}

#[test]
fn it_is_readable_on_a_phone_and_in_the_dark() {
    let Some((listener, browser)) = inspect(&["--forward-to", &reply().url]) else { return };
    let long = format!("RoomName={}", "a".repeat(300));
    let unbroken = format!("Beta{}=1", "a".repeat(200));
    send(&listener, &["twilio.video", "room-ended", "-d", &long, "--extra", &unbroken]);
    send(&listener, &["twilio.voice", "incoming-call"]);
    listener.trigger_at("/twilio/voice", &["twilio.voice", "incoming-call", "--key-env", "PATH"]);
    rows(&browser, 3);
    let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
    browser.command("Emulation.setDeviceMetricsOverride", &phone);
    browser.wait("innerWidth === 390");
    let fits = "document.documentElement.scrollWidth <= 390 && [...document.querySelectorAll('#list, #detail')].every((pane) => pane.scrollWidth <= 390)";
    browser.wait(fits);
    for number in 1..=3 {
        browser.run(&format!("document.querySelector('#row-{number}').click()"));
        detail(&browser, number);
        assert_eq!(
            browser.run("return getComputedStyle(document.querySelector('#list')).display"),
            "none"
        );
        browser.press("v");
        for tab in 1..=9 {
            browser.press(&tab.to_string());
            browser.wait(&format!(
                "document.querySelectorAll('[role=tab]')[{}].ariaSelected === 'true'",
                tab - 1
            ));
            browser.wait(fits);
        }
        browser.run("document.querySelector('.back').click()");
        browser.wait("getComputedStyle(document.querySelector('#detail')).display === 'none'");
    }

    let ground = "(() => getComputedStyle(document.documentElement).backgroundColor.match(/[0-9.]+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0))()";
    let system = |scheme: &str| {
        browser.command(
            "Emulation.setEmulatedMedia",
            &json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
    };
    system("dark");
    browser.wait(&format!("{ground} < 150"));
    system("light");
    browser.wait(&format!("{ground} > 600"));
    // The button has the last word.
    browser
        .run("document.querySelector('#theme').click(); document.querySelector('#theme').click()");
    browser.wait(&format!("{ground} < 150"));
    // Text stands out from its ground in both.
    let contrast = "return [...document.querySelectorAll('#list .name, #list .time, #list .family, #list .why')].map((e) => {
        const light = (c) => { const [r, g, b] = c.match(/[0-9.]+/g).map((v) => { const s = v / 255; return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const a = light(getComputedStyle(e).color); const b = light(getComputedStyle(document.querySelector('#list')).backgroundColor);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); }).reduce((a, b) => Math.min(a, b))";
    assert!(browser.run(contrast).as_f64().unwrap() >= 4.5);
    browser
        .run("document.querySelector('#theme').click(); document.querySelector('#theme').click()");
    browser.wait(&format!("{ground} > 600"));
    assert!(browser.run(contrast).as_f64().unwrap() >= 4.5);
}
