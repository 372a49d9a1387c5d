//! Why a signature does not fit, in words that a listener's operator can act on.

use std::{
    num::NonZeroU32,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{SyncSender, sync_channel},
    },
    time::Instant,
};

use bytes::Bytes;
use http::Request;
use switchhook::{
    Rejection, Verifier,
    dispatch::Refusal,
    doctor::{Cause, Diagnosis, Doctor, OnCall},
};

use crate::shown;

/// How many refused requests are examined a minute: a search takes up to 2,000 MACs.
const PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// How many are examined without a pause, and how many may wait for that.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(10).unwrap();
const MOST_WAITING: usize = 10;

/// What the doctor found, in words.
pub(crate) struct Finding {
    pub(crate) code: &'static str,
    /// What is wrong, and which argument of the listener puts it right.
    pub(crate) words: String,
}

/// A request that was looked at.
pub(crate) struct Examined {
    pub(crate) diagnosis: Diagnosis,
    /// `None` where it was not refused, or the rejection says all.
    pub(crate) finding: Option<Finding>,
}

/// A refused request, and who is told of it: of nothing where the doctor is asked too often.
pub(crate) struct Case {
    pub(crate) rejection: Rejection,
    pub(crate) request: Request<Bytes>,
    pub(crate) told: Box<dyn FnOnce(Option<Examined>) + Send>,
}

/// The doctor of a listener, who has one where it checks signatures.
pub(crate) struct ListenDoctor {
    practice: Option<Arc<Practice>>,
    /// Those that wait are examined in the order in which they came.
    waiting: SyncSender<(Arc<Practice>, Case)>,
}

struct Practice {
    on_call: OnCall,
    doctor: Doctor,
    /// Held by who examines: one at a time, since a search keeps a core busy.
    at_work: Mutex<()>,
}

impl ListenDoctor {
    /// The doctor for what the verifier refuses; its keys go by these names.
    pub(crate) fn new(verifier: &Verifier, keys: impl IntoIterator<Item = String>) -> Self {
        let doctor = Doctor::for_verifier(verifier).map(|doctor| doctor.key_labels(keys));
        let practice = doctor.map(|doctor| {
            let on_call = OnCall::switched_on(doctor.clone(), PER_MINUTE).burst(AT_ONCE);
            Arc::new(Practice { on_call, doctor, at_work: Mutex::default() })
        });
        let (waiting, cases) = sync_channel::<(Arc<Practice>, Case)>(MOST_WAITING);
        // A thread of its own: the runtime's have requests to answer. It ends with the sender.
        std::thread::spawn(move || {
            for (practice, case) in cases {
                let examined = practice.examine(&case);
                (case.told)(examined);
            }
        });
        Self { practice, waiting }
    }

    /// Whether signatures are checked.
    pub(crate) fn is_there(&self) -> bool {
        self.practice.is_some()
    }

    /// Takes a refused request on, and does not wait for what comes out.
    pub(crate) fn take_on(&self, case: Case) {
        let Some(practice) = &self.practice else { return (case.told)(None) };
        if let Err(full) = self.waiting.try_send((Arc::clone(practice), case)) {
            let (_, case) = match full {
                std::sync::mpsc::TrySendError::Full(sent)
                | std::sync::mpsc::TrySendError::Disconnected(sent) => sent,
            };
            (case.told)(None);
        }
    }

    /// Examines a request that the operator looks at; `None` where no signatures are checked.
    /// This may take long.
    pub(crate) fn explain(
        &self,
        refusal: Option<Refusal>,
        request: &Request<Bytes>,
    ) -> Option<Examined> {
        let practice = self.practice.as_ref()?;
        let (head, body) = request.clone().into_parts();
        let _one = practice.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        let diagnosis = practice.doctor.examine(&head, &body);
        let finding = match refusal {
            Some(Refusal::Unproven(rejection)) => finding(rejection, &diagnosis, request),
            _ => None,
        };
        Some(Examined { diagnosis, finding })
    }

    /// Lets nobody be examined as long as what this gives is held.
    #[cfg(test)]
    pub(super) fn absent(&self) -> Option<std::sync::MutexGuard<'_, ()>> {
        Some(self.practice.as_ref()?.at_work.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Practice {
    /// Examines a request that was refused, unless there have been too many.
    fn examine(&self, case: &Case) -> Option<Examined> {
        let (head, body) = case.request.clone().into_parts();
        let _one = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        let diagnosis = self.on_call.examine(Instant::now(), &head, &body)?;
        let finding = finding(case.rejection, &diagnosis, &case.request);
        Some(Examined { diagnosis, finding })
    }
}

fn finding(
    rejection: Rejection,
    diagnosis: &Diagnosis,
    request: &Request<Bytes>,
) -> Option<Finding> {
    let says_no_more = matches!(
        (rejection, diagnosis.cause()),
        (_, Cause::Valid | Cause::Unreadable)
            | (Rejection::SignatureMissing, Cause::SignatureMissing)
    );
    (!says_no_more)
        .then(|| Finding { code: diagnosis.cause().as_str(), words: words(diagnosis, request) })
}

/// What is wrong, then the argument that puts it right.
fn words(diagnosis: &Diagnosis, request: &Request<Bytes>) -> String {
    let (cause, advice) = (diagnosis.cause(), advice(diagnosis.cause()));
    match argument(diagnosis, request) {
        Some(argument) => format!("{cause}: {advice}: {argument}"),
        None => format!("{cause}: {advice}"),
    }
}

/// What to change, in words of the listener's arguments where the library's name its settings.
pub(crate) fn advice(cause: Cause) -> &'static str {
    match cause {
        Cause::Scheme => "TLS ends before this process: name the public origin with its scheme",
        Cause::Host => {
            "the proxy or tunnel has another host than this process sees: name the public origin"
        }
        Cause::Port => {
            "the public port is another than this process sees: name the public origin with its \
             port"
        }
        Cause::PublicUrl => "the request came to another host: name the public origin",
        Cause::WsScheme => {
            "a WebSocket upgrade is signed with wss: pass Upgrade on, and name the public origin \
             with https, which stands for wss there"
        }
        Cause::PathPrefix => {
            "a gateway or router cuts the path or puts a stage before it: what it cuts goes \
             behind the host of --public-url; for what it adds, set the path prefix in your \
             program"
        }
        Cause::TrailingSlash => {
            "a slash at the end of the path was added or taken away: give the provider the URL \
             that arrives here"
        }
        Cause::FormCoveredByHash => {
            "the sender hashes the form instead of signing its parameters: accept that"
        }
        Cause::Algorithm => {
            "the provider signs this URL with another algorithm: pin the key to that one"
        }
        Cause::Unreadable => {
            "the request is refused before anybody looks at its signature: let no proxy compress \
             bodies or add a second Content-Type; where it is too long, raise the limit in your \
             program"
        }
        Cause::NoMatch => {
            "nothing that was tried gives this signature: it is forged, of an account whose key \
             is not here, or of a URL that cannot be guessed; look up the URL in the provider's \
             request log and name its origin with --public-url"
        }
        other => other.advice(),
    }
}

/// The argument of `switchhook listen` that puts it right, where one does.
pub(crate) fn argument(diagnosis: &Diagnosis, request: &Request<Bytes>) -> Option<String> {
    let matched = diagnosis.matched()?;
    match diagnosis.cause() {
        Cause::FormCoveredByHash => Some("--compatible".to_owned()),
        Cause::Algorithm => Some(format!("--algorithm {}", matched.algorithm().as_str())),
        Cause::Host
        | Cause::Port
        | Cause::Scheme
        | Cause::Redirect
        | Cause::WsScheme
        | Cause::PublicUrl
        | Cause::PathPrefix => {
            // What the provider was given, up to the path that came.
            let path = request.uri().path();
            let url = matched.url().split('?').next()?;
            let origin = url.strip_suffix(path)?;
            // An origin of wss would fit upgrades alone.
            let origin = match origin.strip_prefix("ws") {
                Some(rest) if rest.starts_with("s:") || rest.starts_with(':') => {
                    format!("http{rest}")
                }
                _ => origin.to_owned(),
            };
            Some(format!("--public-url {}", shown::origin(&origin)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use switchhook::{Algorithm, Hosts, Key, Keys, Params, PublicUrl, Signer};

    use super::*;

    const TOKEN: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn advice_names_no_setting_that_listen_lacks() {
        for cause in Cause::ALL {
            let advice = advice(*cause);
            for setting in ["X-Forwarded", "configure the", "compatible mode", "PublicUrl"] {
                assert!(!advice.contains(setting), "{cause}: {advice}");
            }
        }
    }

    #[test]
    fn an_argument_puts_it_right() {
        let verifier = Verifier::twilio(Keys::new(TOKEN).unwrap(), PublicUrl::direct(Hosts::any()));
        let doctor = ListenDoctor::new(&verifier, []);
        let params = Params::parse(b"a=1").unwrap();
        let signed = |url: &str, algorithm| {
            let key = Key::new(TOKEN).unwrap().with_algorithm(algorithm);
            let mut request = Signer::twilio(key).form(url, &params).unwrap();
            *request.uri_mut() = "/sms".parse().unwrap();
            request.headers_mut().insert("host", "hooks.example.com".parse().unwrap());
            request.headers_mut().insert("x-forwarded-prefix", "/pre".parse().unwrap());
            request
        };
        for (url, algorithm, expected) in [
            (
                "http://hooks.example.com/sms",
                Algorithm::HmacSha256,
                "algorithm --algorithm HMAC_SHA256",
            ),
            (
                "wss://hooks.example.com/sms",
                Algorithm::HmacSha1,
                "ws-scheme --public-url https://hooks.example.com",
            ),
            (
                "http://hooks.example.com/pre/sms",
                Algorithm::HmacSha1,
                "path-prefix --public-url http://hooks.example.com/pre",
            ),
        ] {
            let request = signed(url, algorithm);
            let found = doctor.explain(None, &request).unwrap().diagnosis;
            let argument = argument(&found, &request).unwrap_or_default();
            assert_eq!(format!("{} {argument}", found.cause()), expected, "{:?}", found.causes());
        }
    }
}
