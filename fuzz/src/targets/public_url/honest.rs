//! A request as a provider sends it for a URL, on each way that it may come to the server.

use super::{Family, Name, Peer, Request, Source, verifies};

/// Signs for a URL with this request's target; what else is in the request is the client's.
pub fn check(request: &Request<'_>) {
    let Some(path) =
        request.target.parse::<http::Uri>().ok().filter(|_| request.target.starts_with('/'))
    else {
        return;
    };
    let path = path.path_and_query().map_or("/", |path| path.as_str());
    let authority = if request.tls { "hooks.example.com" } else { "hooks.example.com:8443" };
    // What a client can put before the words of a proxy.
    let client = request.public_target.unwrap_or_default();
    let client = if client.bytes().all(|byte| matches!(byte, b' '..=b'~')) { client } else { "" };
    let hops = request.hops.clamp(1, 3);
    // Each proxy adds its word, the outermost first; what is further in is not asked.
    let list = |word: &str| {
        let inner = ", inner".repeat(usize::from(hops) - 1);
        format!("{client},{word}{inner}").into_bytes()
    };
    let prefix = if request.prefixed { "/prod" } else { "" };
    let url = format!("https://{authority}{prefix}{path}");
    let base = Request {
        hops,
        tls: false,
        peer: Peer::Proxy,
        get: false,
        authority: None,
        target: path,
        public_target: None,
        headers: Vec::new(),
        ..request.clone()
    };
    let send = |request: Request<'_>, url: &str| {
        let public_url = request.public_url().expect("nothing but https");
        verifies(&public_url, url, request.head().expect("a request"));
    };

    // Straight to the server, in HTTP/1 and in HTTP/2.
    let direct = Request { source: Source::Direct, tls: true, ..base.clone() };
    send(Request { headers: vec![(Name::Host, authority.as_bytes())], ..direct.clone() }, &url);
    send(Request { authority: Some(authority), ..direct.clone() }, &url);
    // A router that cut the path.
    let cut = Request { target: "/cut", public_target: Some(path), ..direct };
    send(Request { headers: vec![(Name::Host, authority.as_bytes())], ..cut }, &url);

    // By proxies that end TLS.
    let (host, proto) = (list(authority), list("https"));
    for (family, name) in [
        (Family::XForwarded, Name::XForwardedHost),
        (Family::OriginalHost, Name::XOriginalHost),
        (Family::Either, Name::XForwardedHost),
    ] {
        let headers = vec![
            (Name::Host, &b"10.0.0.5:3000"[..]),
            (name, &host[..]),
            (Name::XForwardedProto, &proto[..]),
        ];
        send(Request { source: Source::Behind, family, headers, ..base.clone() }, &url);
    }
    let word = format!("for=192.0.2.60;proto=https;host=\"{authority}\"");
    let inner = ", for=10.0.0.2;proto=http;host=inner".repeat(usize::from(hops) - 1);
    let forwarded = format!("for=\"a,b\";host=evil.example;proto=http, {word}{inner}");
    for family in [Family::Forwarded, Family::Either] {
        let headers =
            vec![(Name::Host, &b"10.0.0.5:3000"[..]), (Name::Forwarded, forwarded.as_bytes())];
        send(Request { source: Source::Behind, family, headers, ..base.clone() }, &url);
    }

    // To an origin that is configured, whatever the request says.
    let origin =
        Request { source: Source::Origin, configured: 0, headers: request.headers.clone(), ..base };
    if origin.head().is_some() {
        send(origin, &format!("https://hooks.example.com{prefix}{path}"));
    }
}
