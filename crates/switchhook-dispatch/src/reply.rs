use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE};

use crate::BoxError;

/// What a handler's result becomes: a response, or the failure that the route's
/// [`FailurePolicy`](crate::FailurePolicy) turns into one.
pub type Reply = Result<Response<Bytes>, BoxError>;

/// A value that a handler can return.
///
/// | value | reply |
/// |---|---|
/// | `()` | 204, no body |
/// | [`StatusCode`] | that status, no body |
/// | `String`, `&'static str` | 200, `text/plain` |
/// | [`http::Response<Bytes>`](http::Response) | itself |
/// | a decision about a pre-event of Conversations, feature `twilio-conversations` | 200 or 403, as the decision says |
/// | a SWML document, a SWAIG output, feature `swml` | 200, `application/json` |
/// | a TwiML response, feature `twiml` | 200, `text/xml; charset=utf-8`; what cannot be written is a failure |
/// | `Ok(value)` | the reply of the value |
/// | `Err(error)` | a failure; the error never reaches the sender |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a reply to a webhook",
    note = "return `()`, a `StatusCode`, a `String`, an `http::Response<Bytes>`, or a `Result` \
            of one of them"
)]
pub trait IntoReply {
    /// Makes the reply.
    ///
    /// # Errors
    ///
    /// The handler's own failure.
    fn into_reply(self) -> Reply;
}

impl IntoReply for () {
    fn into_reply(self) -> Reply {
        StatusCode::NO_CONTENT.into_reply()
    }
}

impl IntoReply for StatusCode {
    fn into_reply(self) -> Reply {
        Ok(empty(self))
    }
}

impl IntoReply for String {
    fn into_reply(self) -> Reply {
        Ok(text(self.into()))
    }
}

impl IntoReply for &'static str {
    fn into_reply(self) -> Reply {
        Ok(text(Bytes::from_static(self.as_bytes())))
    }
}

impl IntoReply for Response<Bytes> {
    fn into_reply(self) -> Reply {
        Ok(self)
    }
}

impl<T: IntoReply, E: Into<BoxError>> IntoReply for Result<T, E> {
    fn into_reply(self) -> Reply {
        self.map_err(Into::into)?.into_reply()
    }
}

/// A response without a body.
pub(crate) fn empty(status: StatusCode) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    response
}

fn text(body: Bytes) -> Response<Bytes> {
    typed("text/plain; charset=utf-8", body)
}

/// A response with a body of that type.
pub(crate) fn typed(content_type: &'static str, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
