use std::ops::Deref;

use switchhook_core::{Delivery, Family, FormEvent, FromFamily, View};

use crate::Match;

/// Something whose signature was checked, or that was trusted in so many words.
///
/// Only a [`Verifier`](crate::Verifier) makes one, or the caller by
/// [`trust_without_verification`](Self::trust_without_verification).
#[derive(Clone, Debug)]
pub struct Verified<T> {
    value: T,
    signature: Option<Match>,
}

impl<T> Verified<T> {
    pub(crate) fn new(value: T, signature: Match) -> Self {
        Self { value, signature: Some(signature) }
    }

    /// Believes what nobody checked: for tests, replays of stored deliveries, and
    /// development without a key.
    pub fn trust_without_verification(value: T) -> Self {
        Self { value, signature: None }
    }

    /// How the signature matched; `None` when it was trusted without one.
    pub fn signature(&self) -> Option<&Match> {
        self.signature.as_ref()
    }

    /// The same proof of something that was made of the value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Verified<U> {
        Verified { value: make(self.value), signature: self.signature }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl Verified<Delivery> {
    /// The delivery as an event of the family `F`: never fails, unknown and malformed ones
    /// are variants.
    pub fn event<F: Family>(&self) -> F {
        F::decode(self.payload())
    }

    /// The delivery as one event or group, where it is that. Of a delivery that does not
    /// carry the name of its event the caller is believed: its URL says which one it is.
    ///
    /// # Errors
    ///
    /// The family's enum when it is something else.
    pub fn event_of<E: FromFamily>(&self) -> Result<E, E::Family> {
        E::read(self.payload())
    }

    /// The delivery as one event, where it is that, looked at where it lies: see [`View`]. For
    /// routes that go by a field or two of what comes often; nothing is copied.
    ///
    /// ```
    /// use switchhook_core::Params;
    /// use switchhook_signature::{Key, Keys, PublicUrl, Signer, Verifier};
    /// use switchhook_twilio_video::{ParticipantStatus, ParticipantDisconnected};
    ///
    /// # let origin = PublicUrl::origin("https://hooks.example.com")?;
    /// # let verifier = Verifier::twilio(Keys::new("an auth token")?, origin);
    /// # let sent = "StatusCallbackEvent=participant-disconnected&ParticipantSid=PA1\
    /// #     &ParticipantStatus=disconnected&RoomName=Daily";
    /// # let request = Signer::twilio(Key::new("an auth token")?)
    /// #     .form("https://hooks.example.com/video", &Params::parse(sent.as_bytes())?)?;
    /// let delivery = verifier.verify_request(request)?;
    /// let Ok(left) = delivery.view_of::<ParticipantDisconnected>() else {
    ///     return Ok(()); // another event: its turn is elsewhere
    /// };
    /// assert_eq!(left.room_name.as_str(), Some("Daily"));
    /// if left.participant_status.read() == Some(ParticipantStatus::Disconnected) {
    ///     let event: ParticipantDisconnected = left.to_event()?; // this one is kept
    ///     assert_eq!(event.participant_sid, "PA1");
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The family's enum when it is something else, as of [`event_of`](Self::event_of).
    #[inline]
    pub fn view_of<E: FormEvent>(&self) -> Result<View<'_, E>, E::Family> {
        View::read(self.payload())
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
