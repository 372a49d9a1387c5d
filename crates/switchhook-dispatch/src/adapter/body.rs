//! Bodies as they come in, of a bounded length and in bounded time.

use std::{
    future::poll_fn,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;

use crate::{Refusal, timer::within};

/// How long a body may take: as long as the most patient provider waits for its answer.
pub const BODY_PATIENCE: Duration = Duration::from_secs(15);

/// Reads a body of at most `most` bytes, piece by piece.
///
/// `announced` is its length as the head has it: one over the limit is refused before any of it
/// is read. A body that comes in one piece is not copied.
///
/// ```
/// use std::task::Poll;
/// use switchhook_dispatch::{Refusal, adapter::read_pieces};
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
///
/// let mut pieces = ["Sid=", "RM1"].into_iter().map(|piece| Ok::<_, ()>(piece.into()));
/// let body = read_pieces(7, None, |_| Poll::Ready(pieces.next())).await;
/// assert_eq!(body.as_deref(), Ok(&b"Sid=RM1"[..]));
/// assert_eq!(
///     read_pieces(7, Some(8), |_| Poll::<Option<Result<_, ()>>>::Pending).await,
///     Err(Refusal::BodyTooLong)
/// );
/// # });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Refusal::BodyTooLong`], [`Refusal::BodyIncomplete`] where a piece is an error,
/// [`Refusal::BodyOverdue`] after [`BODY_PATIENCE`].
pub async fn read_pieces<E>(
    most: usize,
    announced: Option<u64>,
    next: impl FnMut(&mut Context<'_>) -> Poll<Option<Result<Bytes, E>>>,
) -> Result<Bytes, Refusal> {
    read_pieces_within(BODY_PATIENCE, most, announced, next).await
}

pub(super) async fn read_pieces_within<E>(
    patience: Duration,
    most: usize,
    announced: Option<u64>,
    mut next: impl FnMut(&mut Context<'_>) -> Poll<Option<Result<Bytes, E>>>,
) -> Result<Bytes, Refusal> {
    if announced.is_some_and(|length| length > most as u64) {
        return Err(Refusal::BodyTooLong);
    }
    let whole = async {
        let mut first = Bytes::new();
        let mut joined = Vec::new();
        while let Some(piece) = poll_fn(&mut next).await {
            let piece = piece.map_err(|_| Refusal::BodyIncomplete)?;
            if piece.len() > most - first.len().max(joined.len()) {
                return Err(Refusal::BodyTooLong);
            }
            if first.is_empty() && joined.is_empty() {
                first = piece;
            } else {
                if joined.is_empty() {
                    joined.extend_from_slice(&std::mem::take(&mut first));
                }
                joined.extend_from_slice(&piece);
            }
        }
        Ok(if joined.is_empty() { first } else { joined.into() })
    };
    within(patience, whole).await.unwrap_or(Err(Refusal::BodyOverdue))
}

/// Has an endpoint answer a request of hyper, or of what is built on it.
///
/// [`locate`](super::locate) comes before it where something depends on the connection.
///
/// ```
/// use std::convert::Infallible;
///
/// use http::Request;
/// use switchhook_dispatch::{Dispatcher, adapter};
/// # async fn handle<B>(hooks: &Dispatcher, request: Request<B>) -> http::Response<bytes::Bytes>
/// # where B: http_body::Body<Data = bytes::Bytes>,
/// # {
///
/// let response = adapter::serve(hooks, request).await;
/// # response
/// # }
/// ```
#[cfg(feature = "http-body")]
pub async fn serve<B: http_body::Body>(
    endpoint: &(impl crate::Endpoint + ?Sized),
    request: http::Request<B>,
) -> http::Response<Bytes> {
    let (head, body) = request.into_parts();
    super::answer(endpoint, head, async |most| read(body, most).await).await
}

/// Reads a body of hyper, or of what is built on it, of at most `most` bytes.
///
/// # Errors
///
/// As [`read_pieces`].
#[cfg(feature = "http-body")]
pub async fn read(body: impl http_body::Body, most: usize) -> Result<Bytes, Refusal> {
    use bytes::Buf;

    let mut body = std::pin::pin!(body);
    let announced = Some(body.size_hint().lower());
    // Trailers are not part of a body.
    let data = |frame: http_body::Frame<_>| frame.into_data().ok();
    read_pieces(most, announced, |context| {
        loop {
            return match body.as_mut().poll_frame(context) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(None) => Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(error))),
                Poll::Ready(Some(Ok(frame))) => match data(frame) {
                    Some(mut data) => {
                        let length = data.remaining();
                        Poll::Ready(Some(Ok(data.copy_to_bytes(length))))
                    }
                    None => continue,
                },
            };
        }
    })
    .await
}
