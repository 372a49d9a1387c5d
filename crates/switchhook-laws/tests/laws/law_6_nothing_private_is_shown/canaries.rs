//! What must not be seen: keys, texts, numbers, and signatures of all that is sent.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    sync::{LazyLock, Mutex},
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use bytes::Bytes;
use http::HeaderMap;
use switchhook::{
    Algorithm, Key, Limits, SETTINGS_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER,
    SIGNALWIRE_SIGNATURE_HEADER, SIGNATURE_HEADER, Signer,
};

use super::{KEY, PASSWORD, request::Sent};
use crate::ORIGIN;

/// What was said and by whom, and what opens doors.
const TEXTS: [&str; 6] = [KEY, PASSWORD, "canarytext", "canarything", "15550009911", "15550009922"];

/// Everything that must not be seen, in the ways in which it is written.
static ALL: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(|| {
    let mut all = BTreeSet::new();
    for text in TEXTS {
        add(&mut all, text.as_bytes());
    }
    Mutex::new(all)
});

/// A secret as text, in base64, in hexadecimal digits and as a list of bytes.
fn add(all: &mut BTreeSet<String>, secret: &[u8]) {
    all.extend(std::str::from_utf8(secret).ok().map(str::to_owned));
    all.insert(STANDARD_NO_PAD.encode(secret));
    all.insert(secret.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    }));
    all.insert(format!("{secret:?}").trim_matches(['[', ']']).to_owned());
}

/// Has a text looked for from now on, such as a token.
pub(super) fn hide(secret: &str) {
    add(&mut ALL.lock().unwrap(), secret.as_bytes());
}

/// Has the signatures looked for that come with a request, and those that it should have had:
/// who reads one of these in a log has forged the request.
pub(super) fn hide_signatures(sent: &Sent) {
    static HIDDEN: LazyLock<Mutex<BTreeSet<Vec<u8>>>> = LazyLock::new(Mutex::default);
    if !HIDDEN.lock().unwrap().insert([sent.head().as_bytes(), sent.body()].concat()) {
        return;
    }
    let mut found: Vec<String> = sent.signatures().map(str::to_owned).collect();
    found.extend(expected(sent));
    let mut all = ALL.lock().unwrap();
    for signature in found.iter().filter(|signature| signature.len() >= 28) {
        let hex = (0..signature.len() / 2)
            .map(|at| u8::from_str_radix(signature.get(2 * at..2 * at + 2)?, 16).ok());
        let digest = hex.collect::<Option<Vec<u8>>>().or(STANDARD.decode(signature).ok());
        if let Some(digest) = digest {
            add(&mut all, &digest);
        }
    }
}

/// The signatures that keys of ours give a request, in each scheme, whatever it says it is.
pub(super) fn expected(sent: &Sent) -> Vec<String> {
    let key = || Key::new(KEY).unwrap();
    let long = Limits::default().with_body_bytes(1 << 24).with_parameters(1 << 20);
    let (method, url) = (sent.method(), format!("{ORIGIN}{}", sent.target()));
    let body = Bytes::copy_from_slice(sent.body());
    let mut found = Vec::new();
    for signer in [
        Signer::twilio(key()),
        Signer::twilio(key().with_algorithm(Algorithm::HmacSha256)),
        Signer::signalwire(key()),
        Signer::signalwire(key().with_algorithm(Algorithm::HmacSha256)),
    ] {
        let signer = signer.with_limits(long);
        let mut sign = |url: &str, content_type: Option<&str>, body: &Bytes| {
            let signed = signer.sign(&method, url, content_type, body);
            found.extend(signed.iter().flat_map(|signed| values(&signed.headers)));
        };
        for url in [&url, &url.replacen("https", "wss", 1)] {
            sign(url, None, &Bytes::new());
            sign(url, sent.content_type(), &body);
            // What is refused for its length is not read as anything else.
            if body.len() < 200_000 {
                sign(url, Some("application/json"), &body);
                sign(url, Some("application/x-www-form-urlencoded"), &body);
            }
        }
    }
    found
}

/// The signatures among headers.
pub(super) fn values(headers: &HeaderMap) -> Vec<String> {
    let names = [SIGNATURE_HEADER, SIGNALWIRE_SIGNATURE_HEADER, SIGNALWIRE_SHA256_SIGNATURE_HEADER];
    assert!(!names.contains(&SETTINGS_HEADER));
    let values = names.iter().flat_map(|name| headers.get_all(*name));
    values.filter_map(|value| value.to_str().ok().map(str::to_owned)).collect()
}

/// # Panics
///
/// When one of them is in there.
pub(super) fn assert_clean(what: &str, shown: &str) {
    if let Some((at, canary)) = find(shown) {
        let start = shown[..at].char_indices().rev().nth(200).map_or(0, |(at, _)| at);
        panic!("{what} shows {canary}: {}", &shown[start..at + canary.len()]);
    }
}

/// The first of them in a text: one look at each place of it, however many there are.
fn find(shown: &str) -> Option<(usize, String)> {
    let all = ALL.lock().unwrap();
    let head = |text: &[u8]| text.first_chunk::<8>().copied();
    let mut heads: HashMap<[u8; 8], Vec<&str>> = HashMap::new();
    for canary in all.iter() {
        let head = head(canary.as_bytes()).expect("a canary is longer than that");
        heads.entry(head).or_default().push(canary);
    }
    (0..shown.len()).find_map(|at| {
        let rest = &shown.as_bytes()[at..];
        let likely = heads.get(&head(rest)?)?;
        let canary = likely.iter().find(|canary| rest.starts_with(canary.as_bytes()))?;
        Some((at, (*canary).to_owned()))
    })
}

#[test]
fn canaries_are_found_wherever_and_however_they_stand() {
    let sent = Sent::of(super::routes::twilio_form("/mounted/sms"));
    hide_signatures(&sent);
    let signature = sent.signatures().next().unwrap().to_owned();
    let other = Sent::of(super::routes::twilio_form("/elsewhere"));
    assert!(!expected(&sent).is_empty() && expected(&sent).contains(&signature));
    for shown in [
        format!("x{signature}x"),
        signature.trim_end_matches('=').to_owned(),
        format!("…{:?}", STANDARD.decode(&signature).unwrap()),
        PASSWORD.to_owned(),
        "payload: 0x63616e61727974657874".to_owned(),
        format!("Basic {}", STANDARD.encode("canarytext")),
    ] {
        assert!(find(&shown).is_some(), "{shown}");
    }
    // What would be right for a request is a canary once that is sent.
    let right = other.signatures().next().unwrap().to_owned();
    assert_eq!(find(&right), None);
    hide_signatures(&other.without(SIGNATURE_HEADER));
    assert!(find(&right).is_some());
}
