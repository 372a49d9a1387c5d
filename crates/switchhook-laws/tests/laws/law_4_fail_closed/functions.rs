//! Functions of an AI, which go by the token in their URL.

use std::time::Duration;

use switchhook::{SessionTokens, TokenError, dispatch::Sessions};

const URL: &str = "https://agent.example.com/swaig?tenant=7";
const NOW: u64 = 1_785_312_000;

#[test]
fn a_token_is_good_for_its_function_its_call_and_its_time() {
    let tokens = SessionTokens::new("ours").unwrap();
    let url = tokens.create_url(URL, "weather", "c1", NOW + 60, [7; 8]);
    let check = |url: &str, function: &str, call: &str, now: u64| {
        tokens.check_url(url, function, call, now)
    };
    assert_eq!(check(&url, "weather", "c1", NOW), Ok(()));

    let token = url.split_once("__token=").unwrap().1;
    let stranger = SessionTokens::new("another's").unwrap();
    let strangers = stranger.create_url(URL, "weather", "c1", NOW + 60, [7; 8]);
    let (first, rest) = token.split_at(1);
    let changed = format!("{URL}&__token={}{rest}", if first == "A" { "B" } else { "A" });
    let (twice, doubled) =
        (format!("{url}&__token={token}"), format!("{URL}&__token={token}{token}"));
    let cut = format!("{URL}&__token={}", &token[..token.len() / 2]);
    for (what, url, function, call, now, why) in [
        ("no token", URL, "weather", "c1", NOW, TokenError::Malformed),
        ("an empty one", &format!("{URL}&__token="), "weather", "c1", NOW, TokenError::Malformed),
        (
            "no token of ours",
            &format!("{URL}&__token=bm8"),
            "weather",
            "c1",
            NOW,
            TokenError::Malformed,
        ),
        ("two tokens", &twice, "weather", "c1", NOW, TokenError::Malformed),
        ("a token twice in one", &doubled, "weather", "c1", NOW, TokenError::Malformed),
        ("half a token", &cut, "weather", "c1", NOW, TokenError::Malformed),
        ("another key", &strangers, "weather", "c1", NOW, TokenError::Mismatch),
        ("a changed letter", &changed, "weather", "c1", NOW, TokenError::Mismatch),
        ("another function", &url, "transfer", "c1", NOW, TokenError::OtherFunction),
        ("no function", &url, "", "c1", NOW, TokenError::OtherFunction),
        ("another call", &url, "weather", "c2", NOW, TokenError::OtherCall),
        ("no call", &url, "weather", "", NOW, TokenError::OtherCall),
        ("too late", &url, "weather", "c1", NOW + 61, TokenError::Expired),
        ("at the end of time", &url, "weather", "c1", u64::MAX, TokenError::Expired),
    ] {
        assert_eq!(check(url, function, call, now), Err(why), "{what}");
    }
    // A secret that differs, and a lifetime of nothing.
    let sessions = Sessions::new("ours", Duration::from_secs(3600)).unwrap();
    let theirs = Sessions::new("another's", Duration::from_secs(3600)).unwrap();
    assert_eq!(sessions.check(&sessions.url(URL, "f", "c1"), "f", "c1"), Ok(()));
    assert_eq!(sessions.check(&theirs.url(URL, "f", "c1"), "f", "c1"), Err(TokenError::Mismatch));
    assert!(sessions.check(URL, "f", "c1").is_err());
}
