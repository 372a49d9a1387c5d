use std::fmt;

use http::Method;
use switchhook_core::{Delivery, Payload};

use crate::{
    Algorithm,
    variants::{self, Finding, PortChange, Rewrite},
};

/// How a signature matched: the proof that a delivery was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// The key that matched: its index in [`Keys::iter`](crate::Keys::iter), from 0.
    pub key: usize,
    /// The account that the key belongs to, where it was told: the proven one, whatever the
    /// request names.
    pub account: Option<Box<str>>,
    /// The algorithm of the signature.
    pub algorithm: Algorithm,
    /// What of the request the signature covers.
    pub coverage: Coverage,
    /// What had to be changed in the URL: in compatible mode, or where the provider itself
    /// signs in more than one way.
    pub rewrite: Option<Rewrite>,
    /// Whether the port of the URL had to be added or left out. Senders do either, so this
    /// is no finding.
    pub port: PortChange,
    /// Settings to put right; empty in strict mode.
    pub findings: Vec<Finding>,
}

/// What of a request a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Coverage {
    /// The URL and the sorted pairs of a form.
    Pairs,
    /// The URL alone: the body is empty, or the URL has its hash.
    Url,
    /// The URL and the bytes of the body.
    Body,
}

impl Coverage {
    /// What a signature over the URL and the pairs covers.
    pub(crate) fn of_pairs(delivery: &Delivery) -> Self {
        let get = matches!(*delivery.method(), Method::GET | Method::HEAD);
        match delivery.payload() {
            Payload::Params(params) if !get && !params.is_empty() => Self::Pairs,
            _ => Self::Url,
        }
    }

    /// A stable word: `pairs`, `url` or `body`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Url => "url",
            Self::Body => "body",
        }
    }
}

impl Match {
    /// The form of the URL that was signed, such as `as-configured` or `port-added`.
    pub fn url_variant(&self) -> impl fmt::Display + use<> {
        variants::Name { rewrite: self.rewrite, port: self.port }
    }
}
