//! What may have been signed instead of the parameters or the body that were received.

use bytes::Bytes;
use http::Method;
use switchhook_core::{Delivery, Params, Payload};

use super::{
    Cause, Doctor,
    cover::{Cover, Taken},
    search::Hit,
};

/// The content of a request.
pub(super) struct Content<'a> {
    pub(super) doctor: &'a Doctor,
    pub(super) delivery: &'a Delivery,
    pub(super) body: &'a Bytes,
}

impl Content<'_> {
    /// Shows every change of the content, one at a time, until one matches.
    pub(super) fn each(&self, mut see: impl FnMut(&Cover) -> Option<Hit>) -> Option<Hit> {
        self.common(&mut see)
    }

    /// The few changes that also come together with another URL.
    pub(super) fn common(&self, mut see: impl FnMut(&Cover) -> Option<Hit>) -> Option<Hit> {
        let get = matches!(*self.delivery.method(), Method::GET | Method::HEAD);
        let mut covers = Vec::new();
        if let Some(body) = &self.doctor.known_body {
            let form = Params::parse_within(body, &self.doctor.limits).unwrap_or_default();
            let cover = Cover::pairs(Taken::KnownBody, form.sorted());
            covers.push(cover.because(Cause::ParamsMissing));
        }
        match self.delivery.payload() {
            Payload::Params(_) if get => {}
            _ if !self.body.is_empty() => {
                covers.push(Cover::nothing().because(Cause::ParamsNotSigned));
            }
            _ => {}
        }
        covers.iter().find_map(&mut see)
    }
}
