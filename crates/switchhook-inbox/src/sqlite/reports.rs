//! The application's own tables over HTTP.

use std::fmt;

use bytes::Bytes;
use http::{Method, Response, StatusCode, request::Parts};
use serde_json::json;
use switchhook_signature::Guard;

use super::SqliteInbox;
use crate::{
    Value as Given,
    guarded::{empty, guarded_endpoint, shown},
    percent,
};

/// An endpoint that answers with what tables of your own say: a query for each path, behind a
/// guard.
///
/// Paths are those below the place where it is mounted; a slash at their end may be there or not. A
/// segment in braces is whatever stands there, decoded: the first one is the value `$1`. The query
/// makes one row of [JSON](SqliteInbox::query), whose text is the answer; without a row it is 404, and
/// when the inbox fails or refuses the query 503, with what is wrong as `{"error": …}`.
///
/// ```
/// use switchhook_inbox::{Reports, SqliteInbox};
/// use switchhook_signature::Guard;
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("inbox.db");
///
/// let tables = "create table if not exists recordings (sid text primary key, seconds integer)";
/// let inbox = SqliteInbox::options().tables(tables).open(&path)?;
/// let reports = Reports::new(inbox, Guard::basic("operator", "a long password")?)
///     .at("/recordings", "select json_object('count', count(*)) from recordings")
///     .at(
///         "/recordings/{sid}",
///         "select json_object('sid', sid, 'seconds', seconds) from recordings where sid = $1",
///     );
/// // With axum: `Router::new().nest_service("/api", switchhook_axum::service(reports))`
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Reports {
    inbox: SqliteInbox,
    guard: Guard,
    queries: Vec<(String, String)>,
}

impl Reports {
    /// Reports from the tables in the file of this inbox, behind a guard.
    pub fn new(inbox: SqliteInbox, guard: Guard) -> Self {
        Self { inbox, guard, queries: Vec::new() }
    }

    /// Answers a path with what a query says. Of several that fit, the first one counts.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>, sql: impl Into<String>) -> Self {
        self.queries.push((path.into(), sql.into()));
        self
    }

    async fn answer(&self, head: &Parts) -> Response<Bytes> {
        let path = head.uri.path();
        let fits = |(pattern, sql)| Some((fit(pattern, path)?, sql));
        let mut queries = self.queries.iter().map(|query| (query.0.as_str(), query.1.as_str()));
        let Some((values, sql)) = queries.find_map(fits) else {
            return empty(StatusCode::NOT_FOUND);
        };
        if head.method != Method::GET {
            return empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        match self.inbox.query_json(sql, values).await {
            Ok(rows) => rows.into_iter().next().map_or_else(|| empty(StatusCode::NOT_FOUND), shown),
            Err(error) => {
                let mut response = shown(json!({ "error": error.to_string() }).to_string());
                *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                response
            }
        }
    }
}

/// The values that stand for the segments in braces, where the path is of the pattern.
fn fit(pattern: &str, path: &str) -> Option<Vec<Given>> {
    let mut values = Vec::new();
    let mut segments = path.trim_matches('/').split('/');
    for wanted in pattern.trim_matches('/').split('/') {
        let segment = segments.next()?;
        if wanted.starts_with('{') && wanted.ends_with('}') {
            let text = percent::decoded(segment).filter(|text| !text.is_empty());
            values.push(Given::Text(text?));
        } else if wanted != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(values)
}

guarded_endpoint!(Reports);

impl fmt::Debug for Reports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<_> = self.queries.iter().map(|query| &query.0).collect();
        f.debug_struct("Reports")
            .field("guard", &self.guard)
            .field("paths", &paths)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::Request;
    use switchhook_dispatch::Endpoint;

    use super::*;

    /// Others of a program choose how `serde_json` orders its maps.
    #[tokio::test]
    async fn an_answer_is_the_text_that_the_query_made() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = SqliteInbox::open(folder.path().join("inbox.db")).unwrap();
        let reports = Reports::new(inbox, Guard::basic("operator", "sesame").unwrap())
            .at("/row", "select json_object('z', 1, 'a', json('[1.50]'))")
            .at("/number", "select 7")
            .at("/none", "select '1' where false")
            .at("/bare", "select 'canary'");
        for (path, status, text) in [
            ("/row", 200, r#"{"z":1,"a":[1.50]}"#),
            ("/number", 200, "7"),
            ("/none", 404, ""),
            ("/bare", 503, r#"{"error":"the store failed: a row is not of the type"}"#),
            ("/other", 404, ""),
        ] {
            let request = Request::get(path).header("authorization", "Basic b3BlcmF0b3I6c2VzYW1l");
            let response = reports.serve(request.body(Bytes::new()).unwrap()).await;
            assert_eq!(
                (response.status().as_u16(), &response.body()[..]),
                (status, text.as_bytes())
            );
        }
        let request = Request::get("/row").body(Bytes::new()).unwrap();
        assert_eq!(reports.serve(request).await.status(), 401);
    }

    #[test]
    fn paths_fit_by_segments() {
        let text = |text: &str| Given::Text(text.into());
        for (pattern, path, values) in [
            ("/calls", "/calls", Some(vec![])),
            ("/calls", "/calls/", Some(vec![])),
            ("/calls/", "/calls", Some(vec![])),
            ("/calls/{id}", "/calls/c1", Some(vec![text("c1")])),
            ("/calls/{id}/", "/calls/a%20b%2Fc%C3%A9/", Some(vec![text("a b/cé")])),
            ("/{a}/x/{b}", "/1/x/2", Some(vec![text("1"), text("2")])),
            ("/", "/", Some(vec![])),
            ("/", "", Some(vec![])),
            ("/calls", "/Calls", None),
            ("/calls", "/calls/c1", None),
            ("/calls/{id}", "/calls/", None),
            ("/calls/{id}", "/calls/c1/d", None),
            ("/calls/{id}", "/calls/%ff", None),
            ("/calls/{id}", "/calls/%+1", None),
            ("/calls/{id}", "/calls/%2", None),
        ] {
            assert_eq!(fit(pattern, path), values, "{pattern} {path}");
        }
    }
}
