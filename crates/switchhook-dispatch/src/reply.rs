use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE};

use crate::{BoxError, Interactive, Notify, RouteKind};

/// What a handler's result becomes: a response, or the failure that the route's
/// [`FailurePolicy`](crate::FailurePolicy) turns into one.
pub type Reply = Result<Response<Bytes>, BoxError>;

/// A value that a handler can return on a route of the kind `K`.
///
/// | value | reply | interactive | notify |
/// |---|---|---|---|
/// | `()` | 204, no body | | x |
/// | [`StatusCode`] | that status, no body | x | x |
/// | [`http::Response<Bytes>`](http::Response) | itself | x | x |
/// | `String`, `&'static str` | 200, `text/plain` | x | |
/// | a decision about a pre-event of Conversations, feature `twilio-conversations` | 200 or 403, as the decision says | x | |
/// | a SWML document, a SWAIG output, feature `swml` | 200, `application/json` | x | |
/// | a TwiML response, feature `twiml` | 200, `text/xml; charset=utf-8`; what cannot be written is a failure | x | |
/// | `Ok(value)` | the reply of the value | as the value | as the value |
/// | `Err(error)` | a failure; the error never reaches the sender | | |
///
/// On a notify route with an inbox nobody reads the reply; a status of 400 and over counts as a
/// failure there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a reply on a route of the kind `{K}`",
    note = "handlers of `interactive` routes return TwiML, SWML, a decision, a `String`, a \
            `StatusCode` or an `http::Response<Bytes>`; those of `notify` routes, whose \
            provider reads no body, `()`, a `StatusCode` or an `http::Response<Bytes>`; or a \
            `Result` of one of them"
)]
pub trait IntoReply<K> {
    /// Makes the reply.
    ///
    /// # Errors
    ///
    /// The handler's own failure.
    fn into_reply(self) -> Reply;

    /// What a failure of a handler with this type of reply is answered with, where the route
    /// does not say: `None` for an error.
    fn fallback() -> Option<Response<Bytes>> {
        None
    }
}

impl IntoReply<Notify> for () {
    fn into_reply(self) -> Reply {
        Ok(empty(StatusCode::NO_CONTENT))
    }
}

impl<K: RouteKind> IntoReply<K> for StatusCode {
    fn into_reply(self) -> Reply {
        Ok(empty(self))
    }
}

impl<K: RouteKind> IntoReply<K> for Response<Bytes> {
    fn into_reply(self) -> Reply {
        Ok(self)
    }
}

impl IntoReply<Interactive> for String {
    fn into_reply(self) -> Reply {
        Ok(text(self.into()))
    }
}

impl IntoReply<Interactive> for &'static str {
    fn into_reply(self) -> Reply {
        Ok(text(Bytes::from_static(self.as_bytes())))
    }
}

impl<K, T: IntoReply<K>, E: Into<BoxError>> IntoReply<K> for Result<T, E> {
    fn into_reply(self) -> Reply {
        self.map_err(Into::into)?.into_reply()
    }

    fn fallback() -> Option<Response<Bytes>> {
        T::fallback()
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
