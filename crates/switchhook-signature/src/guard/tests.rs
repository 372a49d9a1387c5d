use http::Request;

use super::*;
use crate::{
    Forwarding::{Either, Forwarded, XForwarded},
    Hosts, Keys, PublicTarget, PublicUrl, Rejection, Verifier,
};

fn head(target: &str, headers: &[(&'static str, &str)], peer: Option<&str>) -> Parts {
    let mut request = Request::post(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let peer = peer.map(|peer| peer.parse().unwrap());
    request.extension(Connection { tls: true, peer }).body(()).unwrap().into_parts().0
}

fn credentials(text: &str) -> String {
    format!("Basic {}", STANDARD.encode(text))
}

#[test]
fn basic_admits_its_credentials_alone() {
    let guard = Guard::basic("signalwire", "pä:ss").unwrap();
    let good = credentials("signalwire:pä:ss");
    let verdict = |values: &[&str]| {
        let headers: Vec<_> = values.iter().map(|value| ("authorization", *value)).collect();
        guard.check(&head("/v", &headers, None)).map_err(|refusal| refusal.code())
    };
    assert_eq!(verdict(&[&good]), Ok(()));
    assert_eq!(verdict(&[&good.replace("Basic ", "BASIC   ")]), Ok(()));
    assert_eq!(verdict(&[]), Err("credentials-missing"));
    for malformed in [
        "",
        "Basic",
        "Basic !",
        &good.replace("Basic", "Bearer"),
        &good.replace("Basic ", "Basic"),
        &format!("{good},{good}"),
    ] {
        assert_eq!(verdict(&[malformed]), Err("credentials-malformed"), "{malformed}");
    }
    assert_eq!(verdict(&[&good, &good]), Err("credentials-malformed"));
    for wrong in [
        "",
        ":",
        "signalwire",
        "signalwire:",
        "Signalwire:pä:ss",
        "signalwire:pä:ss ",
        "signalwire:pä:sS",
    ] {
        assert_eq!(verdict(&[&credentials(wrong)]), Err("credentials-wrong"), "{wrong}");
    }
}

#[test]
fn a_401_comes_with_its_challenge_and_a_403_without() {
    let challenge = "Basic realm=\"webhooks\", charset=\"UTF-8\"";
    let basic = Guard::basic("u", "p").unwrap();
    let query = Guard::query_secret("s", "x").unwrap();
    let addresses = Guard::addresses(["10.0.0.1"]).unwrap();
    let answer = |guard: &Guard| {
        let refusal = guard.check(&head("/v", &[], Some("10.0.0.2"))).unwrap_err();
        let rejection = Rejection::from(refusal);
        assert_eq!(rejection.code(), refusal.code());
        (rejection.status().as_u16(), rejection.challenge())
    };
    let asked = (401, Some(HeaderValue::from_static(challenge)));
    assert_eq!(answer(&basic), asked);
    assert_eq!(answer(&query), (403, None));
    assert_eq!(answer(&addresses), (403, None));
    // Credentials would not help who comes from elsewhere, and would help who lacks one of two.
    assert_eq!(answer(&addresses.clone().and(basic.clone())), (403, None));
    assert_eq!(answer(&query.clone().or(basic.clone())), asked);
    assert_eq!(answer(&basic.or(query)), asked);
}

#[test]
fn a_query_has_its_secret_once() {
    let guard = Guard::query_secret("secret", "s&c r+t").unwrap();
    let verdict =
        |target: &str| guard.check(&head(target, &[], None)).map_err(|refusal| refusal.code());
    assert_eq!(verdict("/v?a=1&secret=s%26c+r%2Bt"), Ok(()));
    assert_eq!(verdict("/v?secret=s%26c%20r%2bt&b"), Ok(()));
    for missing in ["/v", "/v?", "/v?Secret=x", "/secret", "/v?a=secret"] {
        assert_eq!(verdict(missing), Err("secret-missing"), "{missing}");
    }
    for wrong in ["/v?secret", "/v?secret=", "/v?secret=s", "/v?secret=s%26c+r%2Btx"] {
        assert_eq!(verdict(wrong), Err("secret-wrong"), "{wrong}");
    }
    let twice = "/v?secret=s%26c+r%2Bt&secret=s%26c+r%2Bt";
    assert_eq!(verdict(twice), Err("secret-repeated"));
    let many = format!("/v?{}secret=s%26c+r%2Bt", "a&".repeat(600));
    assert_eq!(verdict(&many), Err("secret-missing"));
}

#[test]
fn a_path_has_its_secret_at_one_place() {
    let guard = Guard::path_secret("/hooks/", "s3cr-t").unwrap();
    let verdict =
        |target: &str| guard.check(&head(target, &[], None)).map_err(|refusal| refusal.code());
    for good in ["/hooks/s3cr-t", "/hooks/s3cr-t/", "/hooks/s3cr-t/voice?x=1"] {
        assert_eq!(verdict(good), Ok(()), "{good}");
    }
    for missing in ["/", "/hooks", "/s3cr-t", "/x/hooks/s3cr-t", "/v?p=/hooks/s3cr-t"] {
        assert_eq!(verdict(missing), Err("secret-missing"), "{missing}");
    }
    for wrong in
        ["/hooks/", "/hooks//s3cr-t", "/hooks/s3cr-t2", "/hooks/voice/s3cr-t", "/hooks/s3cr%2Dt"]
    {
        assert_eq!(verdict(wrong), Err("secret-wrong"), "{wrong}");
    }
    let mut cut = head("/voice", &[], None);
    cut.extensions.insert(PublicTarget("/hooks/s3cr-t/voice".parse().unwrap()));
    assert_eq!(guard.check(&cut), Ok(()));
}

#[test]
fn addresses_are_those_of_the_peer() {
    let guard = Guard::addresses(["192.0.2.0/24", "2001:db8::1"]).unwrap();
    let forged = [("x-forwarded-for", "192.0.2.7"), ("forwarded", "for=192.0.2.7")];
    let verdict = |peer| guard.check(&head("/v", &forged, peer)).map_err(|refusal| refusal.code());
    assert_eq!(verdict(Some("192.0.2.7")), Ok(()));
    assert_eq!(verdict(Some("::ffff:192.0.2.7")), Ok(()));
    assert_eq!(verdict(Some("2001:db8::1")), Ok(()));
    assert_eq!(verdict(Some("2001:db8::2")), Err("address-refused"));
    assert_eq!(verdict(Some("198.51.100.7")), Err("address-refused"));
    assert_eq!(verdict(None), Err("address-unknown"));
    let mut bare = head("/v", &[], None);
    bare.extensions.clear();
    assert_eq!(guard.check(&bare), Err(GuardRejection::AddressUnknown));
}

#[test]
fn trusted_proxies_tell_the_address() {
    let guard = |forwarding, hops| {
        let proxies = TrustedProxies::new(["10.0.0.0/8"], forwarding).unwrap().hops(hops);
        Guard::addresses_behind(proxies, ["192.0.2.7", "2001:db8::7"]).unwrap()
    };
    for (forwarding, hops, peer, headers, expected) in [
        (XForwarded, 1, "10.0.0.1", &[("x-forwarded-for", "192.0.2.7")][..], Ok(())),
        (XForwarded, 1, "::ffff:10.0.0.1", &[("x-forwarded-for", "192.0.2.7:4711")], Ok(())),
        (XForwarded, 1, "10.0.0.1", &[("x-forwarded-for", "[2001:db8::7]:1")], Ok(())),
        (XForwarded, 1, "10.0.0.1", &[("x-forwarded-for", "[2001:db8::7]")], Ok(())),
        (XForwarded, 1, "10.0.0.1", &[("x-forwarded-for", "9.9.9.9, ::ffff:192.0.2.7")], Ok(())),
        // The client's own word stands left of the proxy's.
        (
            XForwarded,
            1,
            "10.0.0.1",
            &[("x-forwarded-for", "192.0.2.7, 9.9.9.9")],
            Err("address-refused"),
        ),
        (XForwarded, 2, "10.0.0.1", &[("x-forwarded-for", "192.0.2.7, 10.0.0.2")], Ok(())),
        (XForwarded, 1, "10.0.0.1", &[("x-forwarded-for", "unknown")], Err("address-unknown")),
        (XForwarded, 1, "10.0.0.1", &[], Err("address-unknown")),
        (XForwarded, 1, "10.0.0.1", &[("forwarded", "for=192.0.2.7")], Err("address-unknown")),
        (Forwarded, 1, "10.0.0.1", &[("forwarded", "for=192.0.2.7;proto=https")], Ok(())),
        (
            Forwarded,
            1,
            "10.0.0.1",
            &[("forwarded", "for=9.9.9.9, for=\"[2001:db8::7]:1\"")],
            Ok(()),
        ),
        (
            Forwarded,
            1,
            "10.0.0.1",
            &[("forwarded", "for=192.0.2.7;for=9.9.9.9")],
            Err("address-unknown"),
        ),
        (Either, 1, "10.0.0.1", &[("forwarded", "for=192.0.2.7")], Ok(())),
        (Either, 1, "10.0.0.1", &[("x-forwarded-for", "192.0.2.7")], Ok(())),
        (
            Either,
            1,
            "10.0.0.1",
            &[("x-forwarded-for", "192.0.2.7"), ("forwarded", "for=192.0.2.7")],
            Err("address-unknown"),
        ),
        // Of a peer that is no proxy the headers say nothing.
        (XForwarded, 1, "192.0.2.7", &[("x-forwarded-for", "9.9.9.9")], Ok(())),
        (XForwarded, 1, "9.9.9.9", &[("x-forwarded-for", "192.0.2.7")], Err("address-refused")),
    ] {
        let verdict = guard(forwarding.clone(), hops).check(&head("/v", headers, Some(peer)));
        let verdict = verdict.map_err(|refusal| refusal.code());
        assert_eq!(verdict, expected, "{forwarding:?} {hops} {peer} {headers:?}");
    }
}

#[test]
fn guards_that_guard_nothing_cannot_be_made() {
    let error = |guard: Result<Guard, GuardError>| guard.unwrap_err();
    assert_eq!(error(Guard::basic("", "p")), GuardError::Empty);
    assert_eq!(error(Guard::basic("u", "")), GuardError::Empty);
    assert_eq!(error(Guard::basic("u:v", "p")), GuardError::UserName);
    assert_eq!(error(Guard::query_secret("", "s")), GuardError::Empty);
    assert_eq!(error(Guard::query_secret("n", "")), GuardError::Empty);
    assert_eq!(error(Guard::path_secret("/", "")), GuardError::Empty);
    assert_eq!(error(Guard::path_secret("hooks/", "s")), GuardError::Path);
    assert_eq!(error(Guard::path_secret("/hooks", "s")), GuardError::Path);
    assert_eq!(error(Guard::path_secret("/", "a/b")), GuardError::Path);
    assert_eq!(error(Guard::addresses([])), GuardError::Empty);
    assert_eq!(error(Guard::addresses(["10.0.0.0/8", "x"])), GuardError::Network);
}

#[test]
fn a_verifier_asks_its_guards_before_the_signature() {
    let keys = Keys::new("k").unwrap();
    let verifier = Verifier::twilio(keys, PublicUrl::direct(Hosts::any()))
        .guard(Guard::basic("u", "p").unwrap())
        .guard(Guard::query_secret("s", "x").unwrap());
    let good = credentials("u:p");
    let refused = |target: &str, headers: &[(&'static str, &str)]| {
        let head = head(target, headers, None);
        let early = verifier.precheck(&head).unwrap_err();
        assert_eq!(verifier.verify(&head, &bytes::Bytes::new()).unwrap_err(), early);
        let url = format!("https://h{target}");
        let method = &head.method;
        let by_url = verifier.verify_url(method, &url, &head.headers, &bytes::Bytes::new());
        assert_eq!(by_url.unwrap_err(), early);
        early
    };
    let missing = Rejection::Guard(GuardRejection::CredentialsMissing);
    assert_eq!(refused("/v?s=x", &[]), missing);
    let wrong = Rejection::Guard(GuardRejection::SecretWrong);
    assert_eq!(refused("/v?s=y", &[("authorization", &good)]), wrong);
    let signed = [("authorization", good.as_str())];
    assert_eq!(refused("/v?s=x", &signed), Rejection::SignatureMissing);
}

#[test]
fn no_debug_text_holds_a_secret() {
    let guard = Guard::basic("canaryuser", "canarypassword")
        .unwrap()
        .or(Guard::query_secret("token", "canaryquery").unwrap())
        .and(Guard::path_secret("/hooks/", "canarypath").unwrap())
        .and(Guard::addresses(["10.0.0.1"]).unwrap());
    let verifier = Verifier::trust_without_verification().guard(guard.clone());
    let digest = format!("{:?}", secret::digest(b"canaryquery"));
    let shown = format!("{guard:?} {verifier:?}");
    assert!(!shown.contains("canary") && !shown.contains(&digest), "{shown}");
    assert!(shown.contains("10.0.0.1") && shown.contains("token"), "{shown}");
}
