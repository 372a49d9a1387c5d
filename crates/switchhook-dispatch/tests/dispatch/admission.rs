//! Who is let in: the verifier's policy and the guards before it.

use super::*;

/// What a handler sees of the policy that let its delivery in.
fn proof(_: RoomEnded, found: Option<Match>) -> String {
    found.map_or("unproven".into(), |found| {
        format!("key {} by {}", found.key, found.coverage.code())
    })
}

#[tokio::test]
async fn a_handler_sees_whether_and_by_what_its_delivery_was_verified() {
    let signed = || form("StatusCallbackEvent=room-ended&RoomSid=RM1");
    let with = |signature: Option<&'static str>| {
        let mut request = signed();
        request.headers_mut().remove("x-twilio-signature");
        if let Some(signature) = signature {
            request.headers_mut().insert("x-twilio-signature", signature.parse().unwrap());
        }
        request
    };
    let required = || interactive(verifier()).on(proof);
    let optional = || interactive(verifier().trust_unsigned()).on(proof);
    let off = || interactive(Verifier::trust_without_verification()).on(proof);
    for (route, request, status, body) in [
        (required(), signed(), 200, "key 0 by pairs"),
        (required(), with(None), 403, ""),
        (optional(), signed(), 200, "key 0 by pairs"),
        (optional(), with(None), 200, "unproven"),
        (optional(), with(Some("AQM25alwhHN04RUM59r69fs9JFk=")), 403, ""),
        (optional(), with(Some("")), 403, ""),
        (off(), signed(), 200, "unproven"),
        (off(), with(Some("x")), 200, "unproven"),
    ] {
        let response = answer((), route, request).await;
        assert_eq!((response.status().as_u16(), &response.body()[..]), (status, body.as_bytes()));
    }
}

#[tokio::test]
async fn a_secret_in_the_path_is_in_no_log() {
    let log = Log::default();
    let seen = log.clone();
    let guard = || Guard::path_secret("/hooks/", "canary").unwrap();
    let rotating = Guard::path_secret("/hooks/", "younger").unwrap().or(guard());
    let hooks = Dispatcher::new(())
        .at("/hooks/canary/voice", interactive(verifier()).guard(guard()).on(proof))
        .at("/canary", interactive(verifier()).guard(rotating).on(proof))
        .observe(move |outcome| say(&seen, format!("{} {outcome} {outcome:?}", outcome.path)));
    for (path, target, status) in [
        ("/hooks/canary/voice", None, 403),
        // A router may have cut the path.
        ("/canary", Some("/hooks/canary"), 403),
        ("/canary", None, 403),
    ] {
        let mut request = form("StatusCallbackEvent=room-ended&RoomSid=RM1");
        *request.uri_mut() = path.parse().unwrap();
        if let Some(target) = target {
            request.extensions_mut().insert(PublicTarget(target.parse().unwrap()));
        }
        assert_eq!(hooks.serve(request).await.status(), status, "{path}");
    }
    for line in said(&log).into_iter().chain([format!("{hooks:?}")]) {
        assert!(line.contains("(redacted)") && !line.contains("canary"), "{line}");
    }

    // What no route has may be a secret all the same.
    let mut elsewhere = form("StatusCallbackEvent=room-ended&RoomSid=RM1");
    *elsewhere.uri_mut() = "/hooks/canary/vioce".parse().unwrap();
    hooks.serve(elsewhere).await;
    let line = said(&log).remove(0);
    assert_eq!(line.matches("canary").count(), 1, "the path is given, and shown by nobody: {line}");
}

#[tokio::test]
async fn signalwire_signs_the_same_route() {
    let origin = PublicUrl::origin("https://hooks.example.com").unwrap();
    let verifier = Verifier::signalwire(Keys::new(KEY).unwrap(), origin);
    let params = Params::parse(b"StatusCallbackEvent=room-ended&RoomSid=RM1").unwrap();
    let request = Signer::signalwire(Key::new(KEY).unwrap()).form(URL, &params).unwrap();
    let response = answer((), interactive(verifier.clone()).on(proof), request).await;
    assert_eq!(response.body(), "key 0 by pairs");
    let twice = Params::parse(b"StatusCallbackEvent=room-ended&RoomSid=RM1&A=2&A=1").unwrap();
    let request = Signer::twilio(Key::new(KEY).unwrap()).form(URL, &twice).unwrap();
    assert_eq!(answer((), interactive(verifier).on(proof), request).await.status(), 403);
}

#[tokio::test]
async fn guards_stand_before_the_signature_and_the_handler() {
    let route = || {
        interactive(verifier())
            .guard(Guard::addresses(["192.0.2.0/24"]).unwrap())
            .guard(Guard::basic("twilio", "a password").unwrap())
            .on(proof)
    };
    let request = |peer: Option<&str>, authorization: Option<&'static str>, signed: bool| {
        let mut request = form("StatusCallbackEvent=room-ended&RoomSid=RM1");
        let peer = peer.map(|peer| peer.parse().unwrap());
        request.extensions_mut().insert(Connection { tls: true, peer });
        if let Some(authorization) = authorization {
            request.headers_mut().insert("authorization", authorization.parse().unwrap());
        }
        if !signed {
            request.headers_mut().remove("x-twilio-signature");
        }
        request
    };
    let inside = Some("::ffff:192.0.2.7");
    // base64 of `twilio:a password`
    let good = Some("Basic dHdpbGlvOmEgcGFzc3dvcmQ=");
    for (peer, authorization, signed, status, code) in [
        (inside, good, true, 200, None),
        (inside, good, false, 403, Some("signature-missing")),
        (inside, None, true, 401, Some("credentials-missing")),
        (inside, None, false, 401, Some("credentials-missing")),
        (inside, Some("Basic dHdpbGlvOng="), true, 401, Some("credentials-wrong")),
        (Some("198.51.100.1"), good, true, 403, Some("address-refused")),
        (None, good, true, 403, Some("address-unknown")),
    ] {
        let log = Log::default();
        let seen = log.clone();
        let hooks = Dispatcher::new(())
            .at("/video", route())
            .observe(move |outcome| say(&seen, format!("{:?}", outcome.refusal.map(|r| r.code()))));
        let response = hooks.serve(request(peer, authorization, signed)).await;
        assert_eq!(response.status(), status, "{code:?}");
        let challenge = (status == 401).then_some("Basic realm=\"webhooks\", charset=\"UTF-8\"");
        let asked = response.headers().get("www-authenticate");
        assert_eq!(asked.map(|value| value.to_str().unwrap()), challenge);
        assert_eq!(said(&log), [format!("{code:?}")]);
        // The head alone says the same, before the body is read.
        let head = request(peer, authorization, signed).into_parts().0;
        let early = hooks.check(&head).map_err(|refusal| refusal.code());
        assert_eq!(early.err(), code);
        if let Err(refusal) = hooks.check(&head) {
            let early = hooks.refuse(&head, refusal);
            assert_eq!(
                early.headers().get("www-authenticate"),
                response.headers().get("www-authenticate")
            );
        }
    }
    // Behind a guard a route may do without signatures, and its limits hold.
    let open = || {
        interactive(Verifier::trust_without_verification())
            .guard(Guard::query_secret("s", "x").unwrap())
            .on(proof)
    };
    let at = |query: &str| {
        let mut request = request(None, None, false);
        *request.uri_mut() = format!("/video{query}").parse().unwrap();
        request
    };
    assert_eq!(answer((), open(), at("?s=x")).await.body(), "unproven");
    assert_eq!(answer((), open(), at("?s=y")).await.status(), 403);
    let narrow = open().limits(Limits::default().with_parameters(1));
    assert_eq!(answer((), narrow, at("?s=x")).await.status(), 413);
}
