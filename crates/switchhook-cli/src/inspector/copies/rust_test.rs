//! A delivery as a test in Rust.

use anyhow::Context;
use bytes::Bytes;
use http::{Method, Request};
use switchhook::{Params, Payload};

use super::stripped::without_hash;
use crate::{inspector::exchange::Exchange, provider::Provider, received::payload};

/// A test of the application's own handlers.
pub(super) fn rust_test(exchange: &Exchange, request: &Request<Bytes>) -> anyhow::Result<String> {
    let signalwire = exchange.family.is_some_and(|family| family.provider == Provider::SignalWire);
    let signer = if signalwire { "signalwire" } else { "twilio" };
    let payload = payload(request).context("its body cannot be read")?;
    let answered = exchange.response.status();
    let status = answered.as_u16();
    // What was refused or failed may get through with the signature that the test makes.
    let proven = exchange.told.refusal.is_none() && exchange.told.signature.is_some();
    let check = if proven && answered.is_success() {
        format!("assert_eq!(response.status(), {status});")
    } else {
        format!(
            "// The listener answered {status}. This one is signed: say what it has to be answered.\n    \
             println!(\"{{}}\", response.status());"
        )
    };
    let name = test_name(exchange.event.name.as_deref().unwrap_or("delivery"));
    let query = request.uri().query().filter(|_| *request.method() != Method::GET);
    let query = query.map(without_hash).filter(|query| !query.is_empty());
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let url = literal(&format!("https://hooks.example.com{}{query}", request.uri().path()));
    let (import, request) = match (&payload, request.method()) {
        (Payload::Params(params), method) => {
            let pairs = pairs(params);
            let call = if *method == Method::GET { "get" } else { "form" };
            let params = format!("    let params = Params::from_pairs([\n{pairs}    ]);\n");
            (", Params", format!("{params}    let request = signer.{call}({url}, &params)?;\n"))
        }
        (payload, _) if payload.json().is_some() => {
            let body = std::str::from_utf8(request.body()).context("the body is no text")?;
            let body = literal(body);
            ("", format!("    let request = signer.json({url}, {body})?;\n"))
        }
        _ => anyhow::bail!("its body is neither a form nor JSON"),
    };
    Ok(format!(
        "use switchhook::{{Key{import}, Signer, dispatch::Endpoint}};\n\
         \n\
         #[tokio::test]\n\
         async fn {name}() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             // The key and the public URL that `hooks` is made with in tests.\n    \
             let signer = Signer::{signer}(Key::new(\"an auth token\")?);\n\
         {request}    \
             let response = hooks().serve(request).await;\n    \
             {check}\n    \
             Ok(())\n\
         }}\n"
    ))
}

/// The lines of a list of pairs: as texts, or as bytes where one is no text.
fn pairs(params: &Params) -> String {
    let all_text = params.iter().count() == params.iter_bytes().len();
    let spelled = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) if all_text => literal(text),
        _ => format!("&b\"{}\"[..]", bytes.escape_ascii()),
    };
    let line = |(name, value)| format!("        ({}, {}),\n", spelled(name), spelled(value));
    params.iter_bytes().map(line).collect()
}

/// A literal that is that text and shows nothing but what it is.
fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '\'' => out.push('\''),
            character => out.extend(character.escape_debug()),
        }
    }
    out.push('"');
    out
}

/// The name of a function.
fn test_name(event: &str) -> String {
    let mut name = String::new();
    for character in event.chars().take(60) {
        if character.is_ascii_uppercase() && name.ends_with(|c: char| c.is_ascii_lowercase()) {
            name.push('_');
        }
        let plain = character.is_ascii_alphanumeric();
        if plain {
            name.push(character.to_ascii_lowercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    match name.trim_matches('_') {
        "" => "takes_delivery".to_owned(),
        name => format!("takes_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use http::header::CONTENT_TYPE;
    use switchhook::dispatch::Refusal;

    use super::*;
    use crate::{
        families::family,
        inspector::exchange::{Arrived, Origin, Told},
    };

    #[test]
    fn names_of_tests_are_names() {
        for (event, name) in [
            ("room-ended", "takes_room_ended"),
            ("onMessageAdd", "takes_on_message_add"),
            ("gather-action.dtmf", "takes_gather_action_dtmf"),
            ("<script>", "takes_script"),
            ("日本", "takes_delivery"),
        ] {
            assert_eq!(test_name(event), name);
        }
    }

    #[test]
    fn literals_show_what_they_are() {
        assert_eq!(literal("a\"b\\\u{202e}'é\n"), r#""a\"b\\\u{202e}'é\n""#);
    }

    #[test]
    fn a_test_asserts_what_holds_for_a_signed_request_alone() {
        let request = Request::post("/v?tenant=7&bodySHA256=0a")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from_static(b"RoomSid=RM1&Bad=%FF%22"))
            .unwrap();
        let told = Told { refusal: Some(Refusal::NoRoute), ..Told::default() };
        let arrived = Arrived {
            at: std::time::SystemTime::UNIX_EPOCH,
            origin: Origin::Network,
            request: request.clone(),
            response: http::Response::builder().status(403).body(Bytes::new()).unwrap(),
            elapsed: std::time::Duration::ZERO,
            told,
        };
        let exchange = Exchange::new(1, arrived, family("twilio.video").ok());
        let test = rust_test(&exchange, &request).unwrap();
        assert!(!test.contains("assert_eq!") && test.contains("answered 403"), "{test}");
        assert!(test.contains("\"https://hooks.example.com/v?tenant=7\""), "{test}");
        // No pair is lost because it is no text.
        assert!(test.contains(r#"(&b"Bad"[..], &b"\xff\""[..])"#), "{test}");
        assert!(test.contains(r#"(&b"RoomSid"[..], &b"RM1"[..])"#), "{test}");
    }
}
