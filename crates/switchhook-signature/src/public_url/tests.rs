use http::{HeaderValue, Request};
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Fixture {
    reconstruction: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    connection: CaseConnection,
    target: String,
    headers: Vec<(String, String)>,
    config: Config,
    expected_url: Option<String>,
}

#[derive(Deserialize)]
struct CaseConnection {
    tls: bool,
    peer: IpAddr,
    peer_trusted: bool,
    trusted_hops: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    public_origin: Option<String>,
    public_url: Option<String>,
    allowed_hosts: Option<Vec<String>>,
    path_prefix: Option<String>,
    host_header: Option<String>,
}

impl Case {
    fn public_url(&self) -> PublicUrl {
        if let Some(origin) = &self.config.public_origin {
            return PublicUrl::origin(origin).unwrap();
        }
        if let Some(url) = &self.config.public_url {
            return PublicUrl::fixed(url).unwrap();
        }
        let hosts = self.config.allowed_hosts.clone().map_or(Hosts::any(), Hosts::only);
        // Proxies are configured in every case, so that an untrusted peer is seen as such.
        let forwarding = match &self.config.host_header {
            Some(name) => Forwarding::HostHeader(name.parse().unwrap()),
            None => Forwarding::Either,
        };
        let mut proxies = TrustedProxies::new(["10.0.0.0/8"], forwarding).unwrap();
        proxies = proxies.hops(self.connection.trusted_hops);
        if self.id.contains("prefix") {
            proxies = proxies.forwarded_prefix();
        }
        assert_eq!(proxies.trusts(Some(self.connection.peer)), self.connection.peer_trusted);
        let prefix = self.config.path_prefix.as_deref().unwrap_or("");
        PublicUrl::behind(proxies, hosts).with_path_prefix(prefix).unwrap()
    }

    fn head(&self) -> Parts {
        let mut request = Request::builder().uri(&self.target);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let CaseConnection { tls, peer, .. } = self.connection;
        request.extension(Connection { tls, peer: Some(peer) }).body(()).unwrap().into_parts().0
    }
}

#[test]
fn every_reconstruction_case_gives_its_url() {
    let text = include_str!("../../tests/fixtures/twilio-signature-vectors.json");
    let cases = serde_json::from_str::<Fixture>(text).unwrap().reconstruction;
    assert_eq!(cases.len(), 30);
    for case in cases {
        let url = case.public_url().resolve(&case.head());
        assert_eq!(url.clone().ok(), case.expected_url, "{}: {url:?}", case.id);
    }
}

fn resolve(
    public_url: &PublicUrl,
    target: &str,
    headers: &[(&str, &str)],
) -> Result<String, UrlError> {
    let mut head = Request::builder().uri(target).body(()).unwrap().into_parts().0;
    for (name, value) in headers {
        let name: http::HeaderName = name.parse().unwrap();
        head.headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    head.extensions
        .insert(Connection { tls: false, peer: Some("::ffff:10.0.0.1".parse().unwrap()) });
    public_url.resolve(&head)
}

fn behind(hosts: Hosts) -> PublicUrl {
    by(Forwarding::XForwarded, hosts)
}

fn by(forwarding: Forwarding, hosts: Hosts) -> PublicUrl {
    PublicUrl::behind(TrustedProxies::new(["10.0.0.1"], forwarding).unwrap(), hosts)
}

#[test]
fn an_upgrade_is_signed_with_the_scheme_of_websockets() {
    let upgrade = [("upgrade", "h2c, WebSocket"), ("host", "h")];
    let fixed = PublicUrl::fixed("https://hooks.example.com/media").unwrap();
    assert_eq!(resolve(&fixed, "/x?a=1", &upgrade).unwrap(), "wss://hooks.example.com/media?a=1");
    let origin = PublicUrl::origin("http://hooks.example.com/").unwrap();
    assert_eq!(resolve(&origin, "/media", &upgrade).unwrap(), "ws://hooks.example.com/media");
    assert_eq!(resolve(&origin, "/media", &[]).unwrap(), "http://hooks.example.com/media");
}

#[test]
fn a_router_may_say_what_it_cut() {
    let mut head = Request::builder().uri("/video").body(()).unwrap().into_parts().0;
    head.extensions.insert(PublicTarget("/hooks/video?a=1".parse().unwrap()));
    let origin = PublicUrl::origin("https://h").unwrap();
    assert_eq!(origin.resolve(&head).unwrap(), "https://h/hooks/video?a=1");
}

#[test]
fn a_bare_question_mark_is_kept() {
    let origin = PublicUrl::origin("https://h").unwrap();
    assert_eq!(resolve(&origin, "/v?", &[]).unwrap(), "https://h/v?");
    let fixed = PublicUrl::fixed("https://h/w?own=1#rc=2").unwrap();
    assert_eq!(resolve(&fixed, "/v?", &[]).unwrap(), "https://h/w?");
}

#[test]
fn a_request_is_proved_with_its_own_query() {
    use crate::{Key, Keys, Rejection, Signer, Verifier};

    let fixed = PublicUrl::fixed("https://h/w?tenant=1").unwrap();
    let verifier = Verifier::twilio(Keys::new("k").unwrap(), fixed);
    let params = switchhook_core::Params::parse(b"CallSid=CA1").unwrap();
    let sent = |signed: &str, target: &str| {
        let signer = Signer::twilio(Key::new("k").unwrap());
        let mut request = signer.form(signed, &params).unwrap();
        *request.uri_mut() = target.parse().unwrap();
        verifier.verify_request(request).map(|delivery| delivery.url().to_owned())
    };
    let signed = "https://h/w?tenant=2";
    // The configured query is not compared: whoever needs it asks for it.
    assert_eq!(sent(signed, "/w?tenant=2").as_deref(), Ok(signed));
    // Yet no query passes that was not signed, the configured one neither.
    for target in ["/w?tenant=1", "/w", "/w?tenant=2&more=1"] {
        assert_eq!(sent(signed, target), Err(Rejection::Mismatch), "{target}");
    }
}

#[test]
fn an_ipv4_peer_of_a_dual_stack_socket_is_recognized() {
    let url =
        resolve(&behind(Hosts::any()), "/v", &[("host", "h"), ("x-forwarded-proto", "https")]);
    assert_eq!(url.unwrap(), "https://h/v");
}

#[test]
fn a_listed_host_admits_its_ports_and_no_other_host() {
    let hosts = Hosts::only(["Hooks.example.com", "[::1]", "fixed.example.com:8443"]);
    for (host, allowed) in [
        ("hooks.example.com", true),
        ("hooks.example.com:8443", true),
        ("[::1]:84", true),
        ("fixed.example.com:8443", true),
        ("fixed.example.com", false),
        ("fixed.example.com:1", false),
        ("hooks.example.com.evil.example", false),
        ("evil.example", false),
    ] {
        let url = resolve(&PublicUrl::direct(hosts.clone()), "/v", &[("host", host)]);
        assert_eq!(url.is_ok(), allowed, "{host}: {url:?}");
    }
}

#[test]
fn refuses_hosts_that_are_none() {
    for host in ["", ":80", "a b", "a\tb", "h:port", "h:99999", "[::1", "[h]", "h:1:2", "a,b", "é"]
    {
        let url = resolve(&PublicUrl::direct(Hosts::any()), "/v", &[("host", host)]);
        assert_eq!(url.unwrap_err(), UrlError::HostMalformed, "{host:?}");
    }
    let nowhere = resolve(&PublicUrl::direct(Hosts::any()), "/v", &[]);
    assert_eq!(nowhere.unwrap_err(), UrlError::NoHost);
}

#[test]
fn http_2_names_the_host_in_the_target() {
    let direct = PublicUrl::direct(Hosts::any());
    assert_eq!(resolve(&direct, "https://h2.example/v", &[]).unwrap(), "http://h2.example/v");
    let same = resolve(&direct, "https://h2.example/v", &[("host", "H2.example")]);
    assert_eq!(same.unwrap(), "http://H2.example/v");
    let both = resolve(&direct, "https://h2.example/v", &[("host", "other.example")]);
    assert_eq!(both.unwrap_err(), UrlError::HostRepeated);
}

#[test]
fn what_asks_about_no_path_has_no_url() {
    let listed = PublicUrl::direct(Hosts::only(["h"]));
    for public_url in
        [listed, PublicUrl::origin("https://h").unwrap(), PublicUrl::fixed("https://h/v").unwrap()]
    {
        assert_eq!(resolve(&public_url, "*", &[("host", "h")]).unwrap_err(), UrlError::Invalid);
    }
}

#[test]
fn forwarded_lists_count_from_the_right_over_all_lines() {
    let url = behind(Hosts::any());
    let lines = [("host", "h"), ("x-forwarded-host", "evil, seen"), ("x-forwarded-host", "outer")];
    assert_eq!(resolve(&url, "/v", &lines).unwrap(), "http://outer/v");
    let empty = [("host", "h"), ("x-forwarded-host", "")];
    assert_eq!(resolve(&url, "/v", &empty).unwrap(), "http://h/v");
    for port in ["84x", "+8443", "99999"] {
        let broken = [("host", "h"), ("x-forwarded-port", port)];
        let refused = resolve(&url, "/v", &broken).unwrap_err();
        assert_eq!(refused, UrlError::ForwardingMalformed, "{port}");
    }
}

#[test]
fn a_client_cannot_hide_the_proxys_element_or_speak_in_a_header_of_its_own() {
    let by_rfc = by(Forwarding::Forwarded, Hosts::any());
    let forwarded = |value: &str| resolve(&by_rfc, "/v", &[("host", "h"), ("forwarded", value)]);
    let quoted = "for=\"a,b;c\";proto=http, host=\"outer:84\" ; Proto=https";
    assert_eq!(forwarded(quoted).unwrap(), "https://outer:84/v");
    assert_eq!(forwarded("").unwrap(), "http://h/v");
    for value in [
        "host=b.example;proto=https;x=a\", for=192.0.2.1;host=good.example;proto=https",
        "host=\"b.example, host=good.example",
        "host=a;host=b",
        "proto=https;proto=http",
        "host",
        "=a",
        "host=\"a\"b",
        "host=\"a\\\"b\"",
        "ho st=a",
        "host=a b",
    ] {
        assert_eq!(forwarded(value).unwrap_err(), UrlError::ForwardingMalformed, "{value}");
    }
    // Headers that the proxies do not write are the client's word.
    let client = [("host", "h"), ("forwarded", "host=b.example"), ("x-forwarded-prefix", "/a")];
    let proxied = [&client[..], &[("x-forwarded-proto", "https")]].concat();
    assert_eq!(resolve(&behind(Hosts::any()), "/v", &proxied).unwrap(), "https://h/v");
    let either = by(Forwarding::Either, Hosts::any());
    assert_eq!(resolve(&either, "/v", &proxied).unwrap_err(), UrlError::ForwardingConflict);
}

#[test]
fn debug_shows_neither_user_names_nor_paths() {
    let fixed = PublicUrl::fixed("https://user:canary@h/canary?canary").unwrap();
    assert_eq!(format!("{fixed:?}"), "PublicUrl::fixed(h)");
    assert_eq!(resolve(&fixed, "/v", &[]).unwrap(), "https://h/canary");
    for url in ["https://h/v\n", "https://h h/", "https://h:port", " https://h", "https://h/a b"] {
        assert!(PublicUrl::fixed(url).is_err() && PublicUrl::origin(url).is_err(), "{url:?}");
    }
}

#[test]
fn configured_prefixes_and_origins_are_checked() {
    assert!(PublicUrl::origin("https://h?x=1").is_err());
    assert!(PublicUrl::fixed("/voice").is_err());
    assert!(PublicUrl::origin("https://h").unwrap().with_path_prefix("prod").is_err());
    let prefixed = PublicUrl::origin("https://h/").unwrap().with_path_prefix("/prod/").unwrap();
    assert_eq!(resolve(&prefixed, "/v", &[]).unwrap(), "https://h/prod/v");
    assert_eq!(
        TrustedProxies::new(["10.0.0.0/99"], Forwarding::Either).unwrap_err(),
        UrlError::ProxyMalformed
    );
}

#[test]
fn a_scheme_that_is_seen_has_to_be_https_where_it_is_asked_for() {
    let proto = |scheme| [("host", "h"), ("x-forwarded-proto", scheme)];
    let strict = behind(Hosts::any()).https_only().unwrap();
    assert_eq!(resolve(&strict, "/v", &proto("https")).unwrap(), "https://h/v");
    assert_eq!(resolve(&strict, "/v", &proto("http")).unwrap_err(), UrlError::NotHttps);
    assert_eq!(resolve(&strict, "/v", &[("host", "h")]).unwrap_err(), UrlError::NotHttps);
    for (url, allowed) in
        [("https://h", true), ("WSS://h", true), ("http://h", false), ("ws://h", false)]
    {
        assert_eq!(PublicUrl::origin(url).unwrap().https_only().is_ok(), allowed, "{url}");
        assert_eq!(PublicUrl::fixed(url).unwrap().https_only().is_ok(), allowed, "{url}");
        assert_eq!(strict.check_scheme(url).is_ok(), allowed, "{url}");
        assert!(behind(Hosts::any()).check_scheme(url).is_ok());
    }
}

#[test]
fn a_host_in_any_spelling_is_one_origin_over_tls() {
    let request = |upgrade: &str| {
        let request = Request::get("/v1/media?a=1").header("upgrade", upgrade);
        request.header("host", "10.0.0.7:8000").body(()).unwrap().into_parts().0
    };
    for spelling in ["a.example.com", "http://a.example.com/", "https://a.example.com"] {
        let public_url = PublicUrl::of_host(&spelling.parse().unwrap()).https_only().unwrap();
        let resolved = |upgrade| public_url.resolve(&request(upgrade)).unwrap();
        assert_eq!(resolved("h2c"), "https://a.example.com/v1/media?a=1");
        assert_eq!(resolved("websocket"), "wss://a.example.com/v1/media?a=1");
    }
    let below = PublicUrl::of_host(&"a.example.com:8443/hooks/".parse().unwrap());
    let url = below.resolve(&request("-")).unwrap();
    assert_eq!(url, "https://a.example.com:8443/hooks/v1/media?a=1");
}

proptest::proptest! {
    /// The two parsers of hosts agree: what a setting may hold is an origin.
    #[test]
    fn every_public_host_is_an_origin(
        text in "(https?://|wss://| )?[a-zA-Z0-9.:_@<-]{0,12}(:[0-9+]{0,6})?(/[ -~]{0,8}){0,2}|\\PC{0,20}"
    ) {
        if let Ok(host) = text.parse::<PublicHost>() {
            let url = host.https("");
            proptest::prop_assert!(PublicUrl::origin(&url).is_ok(), "{text:?}");
            proptest::prop_assert_eq!(url.parse::<PublicHost>(), Ok(host.clone()));
            proptest::prop_assert_eq!(host.wss("/m"), format!("wss://{host}/m"));
        }
    }
}
