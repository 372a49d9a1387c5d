//! The way of an examination: read, search in the order of likelihood, name the cause.

use bytes::Bytes;
use http::{
    HeaderMap, Method,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
};
use switchhook_core::{Delivery, Params, Payload};

use super::{
    Cause, Diagnosis, Doctor, Matched, SignedText, Stage,
    claim::{self, Claim, Writing},
    content::Content,
    cover::{Cover, Taken},
    paths::hash_parameter,
    rewritten,
    search::{End, Hit, RESERVE, Search},
    urls::{Candidate, Origin, Piece, REQUEST, Sources},
};
use crate::{
    Hosts, Keys, PublicUrl, Rejection,
    cover::{BODY_HASH, body_hash, check_body_hash},
    public_url::Unsent,
    url::Url,
    variants::Ports,
    verifier::Scheme,
};

/// No server takes a longer request line.
const LONGEST_URL: usize = 64 * 1024;

/// So many keys are tried with every URL, and so many with every change of the content; with the
/// URL as received all are.
const KEYS_PER_URL: usize = 16;
const KEYS_PER_CONTENT: usize = 4;

/// A request as it arrived.
pub(super) struct Patient<'a> {
    pub(super) method: &'a Method,
    /// What the receiver took for the public URL.
    pub(super) url: &'a str,
    /// Whether the public URL is a guess, since the configuration refuses the request.
    pub(super) url_refused: bool,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a Bytes,
    pub(super) upgrade: bool,
    pub(super) unsent: Unsent<'a>,
}

impl Patient<'_> {
    pub(super) fn examined_by(&self, doctor: &Doctor) -> Diagnosis {
        let (url, fragment) = match self.url.split_once('#') {
            Some((url, fragment)) => (url, Some(fragment)),
            None => (self.url, None),
        };
        let mut always = Vec::new();
        always.extend(fragment.map(|_| Cause::Fragment));
        always.extend(self.url_refused.then_some(Cause::PublicUrl));
        let parts = Url::split(url).filter(|_| url.len() <= LONGEST_URL);
        let (Some(received), Some((delivery, readable))) = (parts, self.read(doctor, url)) else {
            return Diagnosis::without_match(vec![Cause::Unreadable], None);
        };
        if !readable {
            always.push(Cause::Unreadable);
        }
        let claims = match claim::read(doctor.scheme, self.headers, &doctor.keys) {
            Ok(claims) => claims,
            Err(cause) => {
                let cover = base(doctor.scheme, usual_writing(&delivery), &delivery);
                let text = SignedText { url: url.into(), cover };
                return Diagnosis::without_match(vec![cause], Some(text));
            }
        };
        let bases: Vec<Cover> =
            claims.iter().map(|claim| base(claim.scheme, claim.writing, &delivery)).collect();
        let www = format!("www.{}", received.host);
        let sources = Sources {
            received,
            www: &www,
            headers: self.headers,
            upgrade: self.upgrade,
            known_urls: &doctor.known_urls,
            known_prefixes: &doctor.known_prefixes,
            unsent: self.unsent,
            signs_unsent: doctor.scheme == Scheme::SignalWire,
            ports: ports(&claims[0]),
            body_hash: self.missing_hash(&delivery),
        };
        let mut search = Search::new(&doctor.keys, &claims, &bases);
        let hit = self.search(doctor, &sources, &delivery, fragment, &mut search);
        let (macs, steps) = (search.macs(), std::mem::take(&mut search.steps));
        let received = Some(SignedText { url: url.into(), cover: bases[0].clone() });
        let diagnosis = match hit {
            Some(hit) => self.matched(doctor, &delivery, &claims[hit.claim], hit, always),
            None => Diagnosis::without_match(self.unmatched(&claims, always), None),
        };
        let macs = macs + diagnosis.macs;
        Diagnosis { received, steps, macs, ..diagnosis }
    }

    /// Reads the request; what a receiver refuses, without the header for which it does. The
    /// flag says whether a receiver would have read it.
    fn read(&self, doctor: &Doctor, url: &str) -> Option<(Delivery, bool)> {
        let read = |headers: &HeaderMap| {
            Delivery::read(self.method, url, headers, self.body, &doctor.limits).ok()
        };
        if let Some(delivery) = read(self.headers) {
            return Some((delivery, true));
        }
        let mut headers = self.headers.clone();
        headers.remove(CONTENT_ENCODING);
        let one = headers.get(CONTENT_TYPE).cloned();
        headers.remove(CONTENT_TYPE);
        let undeclared = headers.clone();
        if let Some(one) = one {
            headers.insert(CONTENT_TYPE, one);
        }
        Some((read(&headers).or_else(|| read(&undeclared))?, false))
    }

    /// The parameter that should cover the body, where the query has none.
    fn missing_hash(&self, delivery: &Delivery) -> Option<String> {
        let form = matches!(delivery.payload(), Payload::Params(_));
        let there = delivery.url().contains(BODY_HASH);
        (!form && !there && !self.body.is_empty()).then(|| hash_parameter(&body_hash(self.body)))
    }

    fn search(
        &self,
        doctor: &Doctor,
        sources: &Sources<'_>,
        delivery: &Delivery,
        fragment: Option<&str>,
        search: &mut Search<'_>,
    ) -> Option<Hit> {
        let (origins, paths, queries) = (sources.origins(), sources.paths(), sources.queries());
        let (path, query) = (&paths[0], &queries[0]);
        let all = doctor.keys.len();
        // The hosts that are named, each with its likeliest scheme and port.
        let likely: Vec<&Origin<'_>> = origins.iter().take(8).collect();
        let mut found = search.stage(Stage::Received, all, 400, |visit| {
            sources.as_received().iter().find_map(|url| visit.url(url))
        });
        found = found.or_else(|| {
            search.stage(Stage::Origin, KEYS_PER_URL, 400, |visit| {
                origins.iter().find_map(|o| visit.url(&sources.candidate(o, path, query)))
            })
        });
        found = found.or_else(|| {
            search.stage(Stage::Path, KEYS_PER_URL, 250, |visit| {
                each(&likely, &paths, std::slice::from_ref(query), |origin, path, query| {
                    visit.url(&sources.candidate(origin, path, query))
                })
            })
        });
        found = found.or_else(|| {
            search.stage(Stage::Query, KEYS_PER_URL, 350, |visit| {
                each(&likely, std::slice::from_ref(path), &queries, |origin, path, query| {
                    visit.url(&sources.candidate(origin, path, query))
                })
            })
        });
        found = found.or_else(|| {
            search.stage(Stage::Credentials, KEYS_PER_URL, 60, |visit| {
                sources.credentials(&likely, fragment).iter().find_map(|url| visit.url(url))
            })
        });
        let content = Content { doctor, delivery, body: self.body };
        found = found.or_else(|| {
            search.stage(Stage::Content, KEYS_PER_CONTENT, 700, |visit| {
                let urls = sources.as_received();
                content.each(&mut |cover| visit.cover(&urls, cover))
            })
        });
        found.or_else(|| {
            search.stage(Stage::Combined, KEYS_PER_CONTENT, Doctor::MOST_MACS, |visit| {
                // Another origin comes together with something else more often than the rest.
                let others: Vec<Candidate> =
                    likely.iter().skip(1).map(|o| sources.candidate(o, path, query)).collect();
                let few = &others[..others.len().min(3)];
                content
                    .common(&mut |cover| visit.cover(&others, cover))
                    .or_else(|| content.each(&mut |cover| visit.cover(few, cover)))
                    .or_else(|| {
                        let paths = &paths[..paths.len().min(8)];
                        each(&likely, paths, &queries, |origin, path, query| {
                            visit.url(&sources.candidate(origin, path, query))
                        })
                    })
            })
        })
    }

    /// What a match means.
    fn matched(
        &self,
        doctor: &Doctor,
        delivery: &Delivery,
        claim: &Claim,
        hit: Hit,
        mut causes: Vec<Cause>,
    ) -> Diagnosis {
        causes.extend(claim.cause);
        causes.extend_from_slice(&hit.url.causes);
        causes.extend(hit.cover.cause);
        if hit.cover.cause == Some(Cause::ContentType) {
            // That is why it could not be read.
            causes.retain(|cause| *cause != Cause::Unreadable);
        }
        if hit.key >= doctor.configured {
            causes.push(Cause::WrongToken);
        }
        let mut macs = 0;
        if claim.cause.is_none() {
            let (cause, spent) = self.confirmed(doctor, delivery, claim, &hit);
            if cause == Some(Cause::FormCoveredByHash) {
                causes.retain(|cause| *cause != Cause::ParamsNotSigned);
            }
            causes.extend(cause);
            macs = spent;
        }
        let twice = doctor.query_counted_twice
            && matches!(*self.method, Method::GET | Method::HEAD)
            && hit.url.text.contains('?');
        if causes.is_empty() {
            causes.push(if twice { Cause::GetParamsTwice } else { Cause::Valid });
        }
        causes.sort_unstable();
        causes.dedup();
        let setting = setting(&causes, &hit.url.text);
        let written_as = self.written_as(delivery, &hit.url.text, &causes);
        let matched = Matched {
            text: SignedText { url: hit.url.text, cover: hit.cover },
            key: hit.key,
            key_label: doctor.label(hit.key),
            algorithm: claim.digest.algorithm(),
            source: hit.url.source,
            header: claim.header,
            written_as,
        };
        let matched = Some(matched);
        Diagnosis { causes, matched, setting, received: None, steps: Vec::new(), macs }
    }

    /// Asks a verifier that has the key and the URL that matched: what it still refuses is
    /// another cause.
    fn confirmed(
        &self,
        doctor: &Doctor,
        delivery: &Delivery,
        claim: &Claim,
        hit: &Hit,
    ) -> (Option<Cause>, usize) {
        if !hit.is_by_the_rules() {
            let hashed = hit.cover.taken == Taken::Nothing
                && matches!(delivery.payload(), Payload::Params(_))
                && check_body_hash(delivery).is_ok();
            return (hashed.then_some(Cause::FormCoveredByHash), 0);
        }
        let key = doctor.keys[hit.key].clone();
        let verifier = claim.scheme.verifier(Keys::from(key), PublicUrl::direct(Hosts::any()));
        let verifier = verifier.with_limits(doctor.limits);
        let verdict = verifier.verify_url(self.method, &hit.url.text, self.headers, self.body);
        let cause = match verdict.err() {
            Some(Rejection::AlgorithmMismatch | Rejection::AlgorithmUnknown) => {
                Some(Cause::Algorithm)
            }
            Some(Rejection::KeyUnknown) => Some(Cause::Account),
            Some(Rejection::BodyNotCovered) => Some(Cause::BodyNotCovered),
            Some(Rejection::BodyChanged) => Some(Cause::JsonAsForm),
            Some(Rejection::SchemeMismatch) => Some(Cause::SchemeMismatch),
            Some(Rejection::SignatureRepeated) => Some(Cause::SignatureRepeated),
            // What was signed beyond the URL that a request has, such as a fragment.
            None | Some(Rejection::Mismatch) => None,
            Some(_) => Some(Cause::Unreadable),
        };
        let spent = match claim.scheme {
            Scheme::Twilio => 2,
            // Two claims, each over the URL with and without what no request carries.
            Scheme::SignalWire => RESERVE,
        };
        (cause, spent)
    }

    /// How JSON was written whose hash the URL has.
    fn written_as(&self, delivery: &Delivery, url: &str, causes: &[Cause]) -> Option<Taken> {
        let json = delivery.payload().json().filter(|_| causes.contains(&Cause::JsonAsForm))?;
        let (_, hash) = url.split_once(BODY_HASH)?;
        let hash = hash.strip_prefix('=')?.split(['&', '#']).next()?;
        let received = std::str::from_utf8(self.body).ok()?;
        rewritten::each(json, received, |taken, text| {
            (body_hash(text.as_bytes()) == hash).then_some(taken)
        })
    }

    /// What the request itself shows where nothing matches.
    fn unmatched(&self, claims: &[Claim], always: Vec<Cause>) -> Vec<Cause> {
        let mut causes: Vec<Cause> = claims
            .iter()
            .filter_map(|claim| claim.cause)
            .map(|cause| match cause {
                // Only a match tells what a mended text stands for.
                Cause::SignatureEncoding => Cause::SignatureMalformed,
                other => other,
            })
            .collect();
        let announced = self.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let announced = announced.and_then(|length| length.parse::<u64>().ok());
        if self.body.is_empty() && announced.is_some_and(|length| length > 0) {
            causes.push(Cause::ParamsMissing);
        }
        let telling = |cause: &Cause| matches!(cause, Cause::Unreadable | Cause::PublicUrl);
        causes.extend(always.into_iter().filter(telling));
        causes.sort_unstable();
        causes.dedup();
        if causes.is_empty() {
            causes.push(Cause::NoMatch);
        }
        causes
    }
}

impl Diagnosis {
    fn without_match(causes: Vec<Cause>, received: Option<SignedText>) -> Self {
        Self { causes, matched: None, received, steps: Vec::new(), macs: 0, setting: None }
    }
}

/// Every combination, those first that change one thing.
fn each(
    origins: &[&Origin<'_>],
    paths: &[Piece],
    queries: &[Piece],
    mut see: impl FnMut(&Origin<'_>, &Piece, &Piece) -> Option<End>,
) -> Option<End> {
    origins.iter().find_map(|origin| {
        paths.iter().find_map(|path| queries.iter().find_map(|query| see(origin, path, query)))
    })
}

/// What a signature is over besides the URL, by the rules of the provider.
fn base(scheme: Scheme, writing: Writing, delivery: &Delivery) -> Cover {
    if scheme == Scheme::SignalWire && writing == Writing::Hex {
        return match delivery.body() {
            body if body.is_empty() => Cover::nothing(),
            body => Cover::body(Taken::Body, body.clone()),
        };
    }
    let without_body = matches!(*delivery.method(), Method::GET | Method::HEAD);
    match delivery.params().filter(|params| !without_body && !params.is_empty()) {
        Some(params) if scheme == Scheme::Twilio => Cover::pairs(Taken::Pairs, params.sorted()),
        Some(params) => Cover::pairs(Taken::Pairs, Params::sorted_by_name(params)),
        None => Cover::nothing(),
    }
}

/// How the provider would write the signature of this.
fn usual_writing(delivery: &Delivery) -> Writing {
    match delivery.payload() {
        Payload::Params(_) => Writing::Base64,
        _ => Writing::Hex,
    }
}

/// The ports that a verifier lets pass for this claim.
fn ports(claim: &Claim) -> Ports {
    match (claim.scheme, claim.writing) {
        (Scheme::Twilio, _) => Ports::Any,
        (Scheme::SignalWire, Writing::Base64) => Ports::Usual,
        (Scheme::SignalWire, Writing::Hex) => Ports::Kept,
    }
}

/// The setting that gives the URL which matched. Paths stay out of it: they may hold secrets.
fn setting(causes: &[Cause], url: &str) -> Option<String> {
    let url = Url::split(url)?;
    let about_origin = |cause: &Cause| {
        let origin = [Cause::Host, Cause::WsScheme, Cause::Port, Cause::Scheme, Cause::PublicUrl];
        origin.contains(cause)
    };
    // An origin of https gives upgrades their wss; one of wss would fit nothing else.
    let scheme = match url.scheme {
        "wss" => "https",
        "ws" => "http",
        other => other,
    };
    let origin = Url { scheme, user_info: None, path: "", query: None, ..url }.to_string();
    causes.iter().any(about_origin).then(|| format!("PublicUrl::origin({origin:?})"))
}

impl Sources<'_> {
    /// The URL as received, and with the port that a verifier tries besides.
    fn as_received(&self) -> Vec<Candidate> {
        let url = &self.received;
        let mut urls = vec![Candidate::new(url.to_string(), Vec::new(), REQUEST)];
        let port = self.ports.toggle(url);
        urls.extend(port.map(|(text, _)| Candidate::new(text, Vec::new(), REQUEST)));
        urls
    }
}
