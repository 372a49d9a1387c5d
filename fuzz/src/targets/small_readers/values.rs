//! Values that a person or a provider writes.

use std::{collections::HashMap, os::unix::ffi::OsStringExt, str};

use http::{Method, request::Parts};
use serde_json::Value;
use switchhook_core::{AccountSid, Family, Json, Payload, PublicHost, Timestamp, WireType};
use switchhook_dispatch::DeliveryId;
use switchhook_inbox::State;
use switchhook_settings::Settings;
use switchhook_signalwire::SignalWireEvent;
use switchhook_signature::{Algorithm, PublicUrl};

/// The instant, written anew in another form, is the same instant.
pub fn timestamp(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let read: Result<Timestamp, _> = text.parse();
    assert_eq!(Timestamp::from_wire(text).is_some(), read.is_ok());
    let Ok(time) = read else { return };
    assert_eq!((time.as_str(), time.to_string().as_str()), (text, text));
    let (seconds, nanos) = (time.unix_seconds(), time.subsec_nanos());
    assert!(nanos < 1_000_000_000);
    assert!(time.position().is_some());

    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, date) = civil(day);
    // An offset can lead out of the years that have four digits.
    if !(0..=9999).contains(&year) {
        return;
    }
    let (hours, minutes, left) = (second / 3600, second / 60 % 60, second % 60);
    let clock = format!("{hours:02}:{minutes:02}:{left:02}");
    let iso = format!("{year:04}-{month:02}-{date:02}T{clock}.{nanos:09}Z");
    let again: Timestamp = iso.parse().expect("ISO 8601");
    assert!(again == time, "{iso}");
    let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
        .into_iter()
        .chain(["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
        .nth(usize::try_from(month - 1).unwrap());
    let rfc = format!("{date:02} {} {year:04} {clock} +0000", name.expect("a month"));
    let again: Timestamp = rfc.parse().expect("RFC 2822");
    assert_eq!((again.unix_seconds(), again.subsec_nanos()), (seconds, 0), "{rfc}");
    let whole = nanos == 0;
    assert_eq!(again == time, whole);
    if let Some(system) = time.to_system_time() {
        let since = system.duration_since(std::time::UNIX_EPOCH);
        let same = since.map(|since| (since.as_secs(), since.subsec_nanos()));
        assert!(same.map_or(seconds < 0, |same| same == (seconds.unsigned_abs(), nanos)));
    }
}

/// Year, month and day of a day since 1970-01-01, counted off year by year within its 400.
fn civil(day: i64) -> (i64, i64, i64) {
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let mut year = 1970 + day.div_euclid(146_097) * 400;
    let mut day = day.rem_euclid(146_097);
    while day >= 365 + i64::from(leap(year)) {
        day -= 365 + i64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    loop {
        let length = match month {
            2 => 28 + i64::from(leap(year)),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if day < length {
            return (year, month, day + 1);
        }
        day -= length;
        month += 1;
    }
}

/// Kept to the byte, also by serde; canonical by the rule; shown only where it looks like one.
pub fn sid(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let sid = AccountSid::from(text);
    assert_eq!((sid.as_str(), sid.to_string().as_str()), (text, text));
    let digits = text.bytes().skip(2).filter(u8::is_ascii_hexdigit).count();
    let canonical = text.starts_with("AC") && text.len() == 34 && digits == 32;
    assert_eq!(sid.is_canonical(), canonical);
    assert_eq!(AccountSid::from_wire(text).as_ref(), Some(&sid));
    let json = serde_json::to_string(&sid).unwrap();
    assert_eq!(serde_json::from_str::<AccountSid>(&json).unwrap(), sid);
    let shown = format!("{sid:?}");
    assert!(shown == text || shown == format!("<{} bytes>", text.len()), "{shown}");
    assert!(!canonical || shown == text);
}

/// Every spelling of a host gives one, which reads as itself and is a public URL.
pub fn public_host(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(host) = text.parse::<PublicHost>() else { return };
    let again: PublicHost = host.as_str().parse().expect("a host");
    assert_eq!((&again, host.to_string().as_str()), (&host, host.as_str()));
    for (url, scheme) in [(host.https(""), "https://"), (host.wss("/"), "wss://")] {
        assert_eq!(url.strip_prefix(scheme), Some(host.as_str()));
        assert_eq!(url.parse::<PublicHost>().as_ref(), Ok(&host));
    }
    assert_eq!(host.https("/a/b"), format!("https://{}/a/b", host.as_str()));
    assert!(!format!("{host:?}").contains('/'));
    assert!(PublicUrl::of_host(&host).https_only().is_ok());
}

/// A configured URL gives one URL for a request, which is a configured URL for the same one.
pub fn public_url(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let head = head("/v?a=1");
    let fixed = PublicUrl::fixed(text);
    if let Ok(origin) = PublicUrl::origin(text) {
        assert!(fixed.is_ok());
        let url = origin.resolve(&head).expect("a configured URL");
        assert!(url.ends_with("/v?a=1"));
        let again = PublicUrl::fixed(&url).expect("a URL").resolve(&head);
        assert_eq!(again.as_ref(), Ok(&url));
    }
    let Ok(fixed) = fixed else { return };
    let url = fixed.resolve(&head).expect("a configured URL");
    assert!(url.ends_with("?a=1") && url.matches('?').count() == 1);
    assert!(!url.contains(['#', ' ']));
    let scheme = url.split("://").next().unwrap().to_ascii_lowercase();
    assert!(["https", "http", "wss", "ws"].contains(&&*scheme));
    let shown = format!("{fixed:?}");
    let again = PublicUrl::fixed(&url).expect("a URL");
    assert_eq!((again.resolve(&head).as_ref(), format!("{again:?}")), (Ok(&url), shown));
    assert_eq!(fixed.https_only().is_ok(), ["https", "wss"].contains(&&*scheme));
}

/// A path goes before the request's as it is written, or is refused.
pub fn path_prefix(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let origin = PublicUrl::origin("https://hooks.example.com").unwrap();
    let Ok(prefixed) = origin.with_path_prefix(text) else { return };
    let path = text.strip_suffix('/').unwrap_or(text);
    let url = prefixed.resolve(&head("/v?a=1"));
    assert_eq!(url, Ok(format!("https://hooks.example.com{path}/v?a=1")));
}

pub(super) fn head(target: &'static str) -> Parts {
    let mut head = http::Request::new(()).into_parts().0;
    (head.method, head.uri) = (Method::POST, http::Uri::from_static(target));
    head
}

/// A variable is read as what it says or named in an error that does not show it.
pub fn settings(bytes: &[u8]) {
    let value = std::ffi::OsString::from_vec(bytes.to_vec());
    let settings = Settings::of([("HOOK_LOGIN", value.clone())]);
    let of_name = |name: &str| Settings::of([(name, value.clone())]);
    let text = str::from_utf8(bytes).ok().filter(|text| !text.trim().is_empty());
    assert_eq!(settings.text("HOOK_LOGIN").ok(), text.map(Some));
    let secret = settings.secret("HOOK_LOGIN");
    assert_eq!(secret.ok().flatten().as_ref().map(|secret| secret.expose()), text);

    match settings.login("HOOK_LOGIN") {
        Ok(login) => {
            let (user, password) = login.expect("it is set");
            assert_eq!(text, Some(&*format!("{user}:{}", password.expose())));
            let guards = settings.guards("HOOK").expect("a login");
            assert_eq!(guards.len(), 1);
        }
        Err(error) => {
            let known = ["it is not user:password", "it is set and empty", "it is not UTF-8"];
            let said = error.to_string();
            assert!(known.map(|why| format!("HOOK_LOGIN: {why}")).contains(&said), "{said}");
            assert!(settings.guards("HOOK").is_err());
        }
    }
    if let Ok(list) = settings.list("HOOK_LOGIN") {
        let joined = Settings::of([("LIST", list.join(","))]);
        assert_eq!(joined.list("LIST").ok(), Some(list));
    }
    let number = text.and_then(|text| text.trim().parse::<u16>().ok());
    assert_eq!(settings.get::<u16>("HOOK_LOGIN").ok().flatten(), number);
    assert_eq!(of_name("PORT").address(1).is_ok(), number.is_some());
    assert_eq!(of_name("HOST").address(1).ok().map(|address| address.ip()), {
        text.and_then(|text| text.trim().parse().ok())
    });
    let addresses = of_name("HOOK_ADDRESSES").guards("HOOK");
    assert!(addresses.is_err() || text.is_some());
    assert_eq!(of_name("HOOK_SECRET").guards("HOOK").is_ok(), text.is_some());
    let pairs = [("KEY", "0123".into()), ("ORIGIN", value.clone())];
    let origin = Settings::of(pairs);
    let known = text.is_some_and(|text| PublicUrl::origin(text).is_ok());
    assert_eq!(origin.twilio("KEY", "ORIGIN").is_ok(), known);
    assert!(origin.signalwire("KEY", "ORIGIN").is_err() || known);
}

/// What a model has written as arguments is what JSON says it is, whatever stands around it.
pub fn swaig_arguments(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let json = Json::parse(text.as_bytes()).ok();
    let value = json.as_ref().and_then(|json| json.to::<Value>().ok());
    let raw = serde_json::to_string(text).unwrap();
    let mut bodies = vec![
        (format!(r#"{{"function":"f","argument":{{"raw":{raw}}}}}"#), value.clone()),
        (format!(r#"{{"function":"f","argument":{{"parsed":[],"raw":{raw}}}}}"#), value.clone()),
        (format!(r#"{{"function":"f","argument":{raw}}}"#), value.clone()),
    ];
    if let Some(json) = &json {
        let parsed = json.as_str();
        bodies.push((format!(r#"{{"function":"f","argument":{{"parsed":[{parsed}]}}}}"#), value));
        // The value itself, which may look like one of the other shapes.
        bodies.push((format!(r#"{{"function":"f","argument":{parsed}}}"#), None));
    }
    for (body, value) in bodies {
        let Ok(body) = Json::parse(body.as_bytes()) else { continue };
        let event = SignalWireEvent::decode_as("swaig.function", &Payload::from(body));
        let SignalWireEvent::SwaigFunction(function) = event else { continue };
        let _ = function.arguments::<HashMap<String, u32>>();
        let _ = function.arguments::<(String, Option<bool>)>();
        let read = function.arguments::<Value>();
        if let Some(value) = value {
            assert_eq!(read.ok(), Some(value));
        }
    }
}

/// Words and ids: what is read says so itself.
pub fn words(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Some(algorithm) = Algorithm::from_name(text) {
        assert!(algorithm.as_str().eq_ignore_ascii_case(text));
    }
    if let Ok(state) = text.parse::<State>() {
        assert_eq!(state.as_str(), text);
    }
    if let Ok(id) = text.parse::<DeliveryId>() {
        assert!(id.to_string().eq_ignore_ascii_case(text));
        assert_eq!(DeliveryId::from_bytes(id.to_bytes()), id);
    }
}
