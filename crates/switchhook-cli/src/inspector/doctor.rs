//! Why a signature does not fit, in words that a listener's operator can act on.

use std::{num::NonZeroU32, sync::Arc, time::Instant};

use bytes::Bytes;
use http::Request;
use switchhook::{
    Rejection, Verifier,
    doctor::{Cause, Diagnosis, Doctor, OnCall},
};

use crate::shown;

/// How many refused requests are examined a minute: a search takes up to 2,000 MACs.
const PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// What the doctor found, in words.
pub(crate) struct Finding {
    pub(crate) code: &'static str,
    /// What is wrong, and which argument of the listener puts it right.
    pub(crate) words: String,
}

/// The doctor of a listener, who has one where it checks signatures.
pub(crate) struct ListenDoctor {
    on_call: OnCall,
    doctor: Option<Doctor>,
}

impl ListenDoctor {
    /// The doctor for what the verifier refuses; its keys go by these names.
    pub(crate) fn new(verifier: &Verifier, keys: impl IntoIterator<Item = String>) -> Self {
        let doctor = Doctor::for_verifier(verifier).map(|doctor| doctor.key_labels(keys));
        let switched_on = |doctor| OnCall::switched_on(doctor, PER_MINUTE);
        Self { on_call: doctor.clone().map(switched_on).unwrap_or_default(), doctor }
    }

    /// Examines a request that was refused, unless there have been too many. `None` also where
    /// the rejection says all.
    pub(crate) fn examine(
        &self,
        rejection: Rejection,
        request: &Request<Bytes>,
    ) -> Option<Arc<Finding>> {
        let (head, body) = request.clone().into_parts();
        let diagnosis = self.on_call.examine(Instant::now(), &head, &body)?;
        let says_no_more = matches!(
            (rejection, diagnosis.cause()),
            (_, Cause::Valid | Cause::Unreadable)
                | (Rejection::SignatureMissing, Cause::SignatureMissing)
        );
        (!says_no_more).then(|| {
            let words = words(&diagnosis, request);
            Arc::new(Finding { code: diagnosis.cause().as_str(), words })
        })
    }

    /// Examines a request that the operator looks at; `None` where no signatures are checked.
    pub(crate) fn explain(&self, request: &Request<Bytes>) -> Option<Diagnosis> {
        let (head, body) = request.clone().into_parts();
        self.doctor.as_ref().map(|doctor| doctor.examine(&head, &body))
    }
}

/// What is wrong, then the argument that puts it right.
fn words(diagnosis: &Diagnosis, request: &Request<Bytes>) -> String {
    let (cause, advice) = (diagnosis.cause(), diagnosis.advice());
    match argument(diagnosis, request) {
        Some(argument) => format!("{cause}: {advice}: {argument}"),
        None => format!("{cause}: {advice}"),
    }
}

/// The argument of `switchhook listen` that puts it right, where one does.
pub(crate) fn argument(diagnosis: &Diagnosis, request: &Request<Bytes>) -> Option<String> {
    let matched = diagnosis.matched()?;
    match diagnosis.cause() {
        Cause::FormCoveredByHash => Some("--compatible".to_owned()),
        Cause::Host
        | Cause::Port
        | Cause::Scheme
        | Cause::Redirect
        | Cause::WsScheme
        | Cause::PathPrefix => {
            // What the provider was given, up to the path that came.
            let path = request.uri().path();
            let url = matched.url().split('?').next()?;
            let origin = url.strip_suffix(path)?;
            Some(format!("--public-url {}", shown::origin(origin)))
        }
        _ => None,
    }
}
