//! What lets somebody in: tokens, passwords, secrets in URLs, addresses.

use std::{net::IpAddr, str};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use http::{HeaderValue, header::AUTHORIZATION};
use switchhook_core::Params;
use switchhook_signature::{
    Connection, Forwarding, Guard, GuardError, GuardRejection, SessionTokens, TokenError,
    TrustedProxies,
};

use super::{lines, values::head};

/// A function, a call, and what comes as its token: only what the key has made is taken, and for
/// nothing else than it was made for.
pub fn session_token(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let [function, call, foreign] = lines(text);
    let tokens = SessionTokens::new("a secret of this target").unwrap();
    for foreign in [foreign.to_owned(), URL_SAFE.encode(foreign)] {
        assert!(tokens.check(&foreign, function, call, 0).is_err());
        assert!(tokens.check_url(&format!("/f?__token={foreign}"), function, call, 0).is_err());
    }

    let until = foreign.len() as u64;
    let token = tokens.create(function, call, until, [7; 8]);
    let check =
        |token: &str, function: &str, call: &str| tokens.check(token, function, call, until);
    let can_be_named = !function.contains(['.', ':']) && !call.is_empty();
    assert_eq!(check(&token, function, call).is_ok(), can_be_named);
    assert_eq!(check(token.trim_end_matches('='), function, call), check(&token, function, call));
    let late = tokens.check(&token, function, call, until + 1);
    assert!(if can_be_named { late == Err(TokenError::Expired) } else { late.is_err() });
    assert!(check(&token, &format!("{function}x"), call).is_err());
    assert!(check(&token, function, &format!("{call}x")).is_err());
    let others = SessionTokens::new("a secret of another target").unwrap();
    assert!(others.check(&token, function, call, until).is_err());

    // Changed in one place by a byte that came, it is another token.
    let at = foreign.len() % token.len();
    for byte in foreign.bytes().filter(u8::is_ascii).take(8) {
        let mut changed = token.clone().into_bytes();
        changed[at] = byte;
        let changed = String::from_utf8(changed).expect("ASCII");
        let same = changed.trim_end_matches('=') == token.trim_end_matches('=');
        assert!(same || check(&changed, function, call).is_err());
    }
}

/// A token is found in the URL that it was put into, whatever else stands there.
pub fn session_url(bytes: &[u8]) {
    let Ok(url) = str::from_utf8(bytes) else { return };
    let tokens = SessionTokens::new("a secret of this target").unwrap();
    assert!(tokens.check_url(url, "book", "c1", 0).is_err());
    let made = tokens.create_url(url, "book", "c1", 100, [7; 8]);
    let query = |url: &str| {
        let url = url.split('#').next().unwrap_or_default();
        Params::parse(url.split_once('?').map_or("", |url| url.1).as_bytes())
    };
    let is_alone = query(url).is_ok_and(|params| !params.contains("__token"));
    assert_eq!(
        tokens.check_url(&made, "book", "c1", 100).is_ok(),
        is_alone && query(&made).is_ok()
    );
}

/// A user, a password, and what comes as the header: it lets in who says both, to the byte.
pub fn basic_credentials(bytes: &[u8]) {
    let mut lines = bytes.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (user, password, given) = (line(), line(), line());
    let (Ok(user), Ok(password)) = (str::from_utf8(user), str::from_utf8(password)) else { return };
    let guard = Guard::basic(user, password);
    let is_one = !user.is_empty() && !password.is_empty() && !user.contains(':');
    assert_eq!(guard.is_ok(), is_one);
    let Ok(guard) = guard else { return };
    let both = format!("{user}:{password}");
    let asked = |headers: &[&[u8]]| {
        let mut head = head("/");
        for value in headers {
            head.headers.append(AUTHORIZATION, HeaderValue::from_bytes(value).ok()?);
        }
        Some(guard.check(&head))
    };
    let basic = |given: &[u8]| format!("bAsIc  {} ", STANDARD.encode(given));

    assert_eq!(asked(&[]), Some(Err(GuardRejection::CredentialsMissing)));
    assert_eq!(asked(&[basic(both.as_bytes()).as_bytes()]), Some(Ok(())));
    let twice = basic(both.as_bytes());
    assert_ne!(asked(&[twice.as_bytes(), twice.as_bytes()]), Some(Ok(())));
    let verdict =
        if given == both.as_bytes() { Ok(()) } else { Err(GuardRejection::CredentialsWrong) };
    assert_eq!(asked(&[basic(given).as_bytes()]), Some(verdict));
    // As the header itself.
    if let Some(verdict) = asked(&[given]) {
        let encoded =
            given.split_at_checked(6).filter(|parts| parts.0.eq_ignore_ascii_case(b"basic "));
        let encoded = encoded.map(|parts| STANDARD.decode(parts.1.trim_ascii()));
        let is_right =
            encoded.is_some_and(|given| given.is_ok_and(|given| given == both.as_bytes()));
        assert_eq!(verdict.is_ok(), is_right);
    }
}

/// A name, a secret, and a target of a request: the secret lets in once, and not as a part.
pub fn url_secrets(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let [name, secret, target] = lines(text);
    let Ok(uri) = format!("/{target}").parse::<http::Uri>() else { return };
    let mut head = head("/");
    head.uri = uri;

    let query = Guard::query_secret(name, secret);
    assert_eq!(query.is_ok(), !name.is_empty() && !secret.is_empty());
    if let (Ok(guard), Ok(params)) =
        (query, Params::parse(head.uri.query().unwrap_or_default().as_bytes()))
    {
        let named = params.iter_bytes().filter(|pair| pair.0 == name.as_bytes());
        let given: Vec<_> = named.map(|pair| pair.1).collect();
        assert_eq!(guard.check(&head).is_ok(), given == [secret.as_bytes()]);
    }
    let path = Guard::path_secret("/hooks/", secret);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    assert_eq!(path.is_ok(), !secret.is_empty() && secret.bytes().all(is_plain));
    if let Ok(guard) = path {
        let rest = head.uri.path().strip_prefix("/hooks/");
        let given = rest.map(|rest| rest.split('/').next().unwrap_or_default());
        assert_eq!(guard.check(&head).is_ok(), given == Some(secret));
    }
}

/// Addresses and networks, one a line: what is read lets in itself.
pub fn addresses(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let guard = Guard::addresses(text.lines());
    let proxies = TrustedProxies::new(text.lines(), Forwarding::XForwarded);
    let guard = match guard {
        Ok(guard) => guard,
        Err(error) => {
            assert!(proxies.is_err() || error == GuardError::Empty);
            let addresses = text.lines().all(|line| line.parse::<IpAddr>().is_ok());
            assert!(!addresses || text.is_empty());
            return;
        }
    };
    assert!(proxies.is_ok());
    let asked = |peer| {
        let mut head = head("/");
        head.extensions.insert(Connection { tls: true, peer });
        guard.check(&head)
    };
    assert_eq!(asked(None), Err(GuardRejection::AddressUnknown));
    for line in text.lines() {
        // Of a network, the address that it is written with.
        let (address, length) = line.split_once('/').unwrap_or((line, "128"));
        let address: IpAddr = address.parse().expect("an address");
        // One of IPv6 that has all of IPv4 in it is none of IPv4.
        let is_wide = length.parse::<u8>().is_ok_and(|length| length < 96);
        if address.is_ipv6() && address.to_canonical().is_ipv4() && is_wide {
            continue;
        }
        assert_eq!(asked(Some(address)), Ok(()), "{address}");
        if let IpAddr::V4(v4) = address {
            assert_eq!(asked(Some(v4.to_ipv6_mapped().into())), Ok(()), "{address}");
        }
    }
}
