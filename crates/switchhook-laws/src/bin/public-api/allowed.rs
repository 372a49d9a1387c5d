//! What of other crates users of ours may see, and why.

use std::collections::BTreeSet;

/// A package of ours (`*` is each), a crate that may be seen in it, and why.
type Row = (&'static str, &'static str, &'static str);

const TABLE: &[Row] = &[
    ("*", "bytes", "bodies, as the whole field has them"),
    ("*", "http", "requests and responses, as the whole field has them"),
    ("*", "serde_core", "serde's traits"),
    ("switchhook-actix", "actix_http", "the payloads of actix-web"),
    ("switchhook-actix", "actix_web", "what it is an adapter to"),
    ("switchhook-axum", "axum", "what it is an adapter to"),
    ("switchhook-axum", "axum_core", "axum's traits"),
    ("switchhook-axum", "tokio", "the listener that `axum::serve` takes"),
    ("switchhook-axum", "tower_service", "axum's services"),
    ("switchhook-core", "chrono", "what feature `chrono` converts to"),
    ("switchhook-core", "jiff", "what feature `jiff` converts to"),
    ("switchhook-core", "time", "what feature `time` converts to"),
    ("switchhook-dispatch", "actix_web", "feature `actix`: what refuses a request"),
    ("switchhook-dispatch", "axum_core", "feature `axum`: what refuses a request"),
    ("switchhook-dispatch", "http_body", "feature `http-body`: bodies of requests"),
    ("switchhook-dispatch", "tower_service", "feature `tower`: a dispatcher as a service"),
    ("switchhook-swml", "actix_http", "feature `actix`: documents as replies"),
    ("switchhook-swml", "actix_web", "feature `actix`: documents as replies"),
    ("switchhook-swml", "axum_core", "feature `axum`: documents as replies"),
    ("switchhook-twilio-conversations", "actix_http", "feature `actix`: decisions as replies"),
    ("switchhook-twilio-conversations", "actix_web", "feature `actix`: decisions as replies"),
    ("switchhook-twilio-conversations", "axum_core", "feature `axum`: decisions as replies"),
    ("switchhook-twiml", "actix_http", "feature `actix`: documents as replies"),
    ("switchhook-twiml", "actix_web", "feature `actix`: documents as replies"),
    ("switchhook-twiml", "axum_core", "feature `axum`: documents as replies"),
];

/// The table, and which of its rows were needed.
#[derive(Default)]
pub(crate) struct Allowed {
    used: BTreeSet<usize>,
}

impl Allowed {
    /// Why a path of another crate may be seen in a package, or `None` where it may not.
    pub(crate) fn reason(&mut self, package: &str, path: &str) -> Option<&'static str> {
        let name = path.split("::").next().unwrap_or_default();
        let allows = |row: &Row| (row.0 == "*" || row.0 == package) && row.1 == name;
        let at = TABLE.iter().position(allows)?;
        self.used.insert(at);
        Some(TABLE[at].2)
    }

    /// The rows that nothing needed: what they allow has left, and should not come back unseen.
    pub(crate) fn unused(&self) -> Vec<&'static Row> {
        let rows = TABLE.iter().enumerate();
        rows.filter(|(at, _)| !self.used.contains(at)).map(|(_, row)| row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_allows_a_crate_in_its_package_alone() {
        let mut allowed = Allowed::default();
        assert!(allowed.reason("switchhook-dispatch", "http_body::Body").is_some());
        assert!(allowed.reason("switchhook-inbox", "http::Method").is_some());
        assert!(allowed.reason("switchhook-core", "http_body::Body").is_none());
        assert!(allowed.reason("switchhook-inbox", "rusqlite::error::Error").is_none());
        assert_eq!(allowed.unused().len(), TABLE.len() - 2);
    }
}
