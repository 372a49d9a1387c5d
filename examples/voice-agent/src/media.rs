//! The talk on a socket: Twilio sends what the caller says, and plays what the agent answers.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{State, WebSocketUpgrade},
    response::Response,
};
use switchhook::{
    Match,
    axum::{MediaSocket, MediaSocketEnd, VerifiedUpgrade},
    twilio::voice::media_streams::{Event, Heard, Utterances, inbound::Start, mulaw},
};

use crate::{
    App,
    calls::{self, Talk},
    tenants::Tenant,
};

/// Where Twilio opens the socket.
pub const PATH: &str = "/api/v1/voice/media-stream";

/// How long a call may wait for its socket: the greeting is spoken meanwhile.
pub const TOKEN_LIFETIME: Duration = Duration::from_secs(300);

/// What a token lets in.
pub(crate) const TOKEN_IS_FOR: &str = "stream";

/// What a token is good for: a call to a tenant.
pub(crate) fn session(tenant: &Tenant, call_sid: &str) -> String {
    format!("{} {call_sid}", tenant.name)
}

/// A frame of audio has less than 1 kB. A longer message than this ends the connection.
const LONGEST_MESSAGE: usize = 64 << 10;

/// Keys that are kept of a call.
const MOST_DIGITS: usize = 64;

/// Opens a socket whose request was signed, or whose start will have to bring its token.
pub async fn upgrade(
    State(app): State<App>,
    VerifiedUpgrade(request): VerifiedUpgrade,
    upgrade: WebSocketUpgrade,
) -> Response {
    let proof = request.signature().cloned();
    upgrade.max_message_size(LONGEST_MESSAGE).on_upgrade(async move |socket| {
        let (mut caller, mut call) = (MediaSocket::two_way(socket), None);
        let Err(end) = talk(&app, proof.as_ref(), &mut caller, &mut call).await;
        if let Some(OnCall { tenant, talk }) = call {
            let talk = Talk { misfits: caller.misfits(), ended: Some(end.code()), ..talk };
            if let Err(error) = calls::ends(&app.inbox, &tenant, talk).await {
                tracing::error!("the end of a stream is not in the call log: {error}");
            }
        }
        // Closing the socket ends the <Connect>, and the call, where no TwiML follows.
        caller.close(end).await;
    })
}

/// A call whose stream has begun.
struct OnCall {
    tenant: String,
    talk: Talk,
}

/// Talks until the stream ends, one way or another.
async fn talk(
    app: &App,
    proof: Option<&Match>,
    caller: &mut MediaSocket,
    call: &mut Option<OnCall>,
) -> Result<Infallible, MediaSocketEnd> {
    let mut utterances = Utterances::new();
    loop {
        let event = caller.next().await?;
        if let Event::Started(start) = &event {
            *call = Some(begin(app, proof, start).await?);
        }
        let Some(OnCall { talk, .. }) = call else { continue };
        match event {
            Event::Media(media) => {
                let audio = media.payload.audio().unwrap_or_default();
                talk.heard_ms += (audio.len() * 1000 / mulaw::RATE) as u64;
                match utterances.hear(&audio) {
                    // The caller takes the word: what the agent was about to say is dropped.
                    Heard::Voice => talk.barge_ins += u64::from(caller.interrupt().await?),
                    Heard::Utterance(said) => {
                        caller.play(&answer(said)).await?;
                        caller.mark("answer").await?;
                    }
                    _ => {}
                }
            }
            Event::Played(_) => talk.answers += 1,
            Event::Dtmf(dtmf) => {
                talk.barge_ins += u64::from(caller.interrupt().await?);
                if talk.digits.len() + dtmf.digit.len() <= MOST_DIGITS {
                    talk.digits.push_str(&dtmf.digit);
                }
                if dtmf.digit == "#" {
                    return Err(MediaSocketEnd::HungUp);
                }
            }
            _ => {}
        }
    }
}

/// What the agent says to what it heard: the same. A real one would hand the audio to speech
/// recognition and a model here.
fn answer(said: Vec<u8>) -> Vec<u8> {
    said
}

/// The stream begins: whose is it?
async fn begin(app: &App, proof: Option<&Match>, start: &Start) -> Result<OnCall, MediaSocketEnd> {
    let given = &start.custom_parameters;
    let call = given.get("CallSid").unwrap_or(start.call_sid.as_str());
    let refuse = |why: &dyn std::error::Error| {
        tracing::warn!("a stream is refused: {why}");
        MediaSocketEnd::Refused
    };
    let tenant = app.tenants.of(proof, given.get("To")).map_err(|stranger| refuse(&stranger))?;
    if let (None, Some(tokens)) = (proof, &app.stream_tokens) {
        let token = given.get("Token").unwrap_or_default();
        let checked = tokens.check_token(token, TOKEN_IS_FOR, &session(tenant, call));
        checked.map_err(|error| refuse(&error))?;
    }
    let stream_sid = start.stream_sid.to_string();
    match calls::begins(&app.inbox, &tenant.name, call, &stream_sid).await {
        Ok(true) => {}
        Ok(false) => return Err(MediaSocketEnd::Refused),
        Err(error) => tracing::error!("a stream is not in the call log: {error}"),
    }
    tracing::info!("{:?} talks to {}", start.call_sid, tenant.name);
    Ok(OnCall { tenant: tenant.name.clone(), talk: Talk { stream_sid, ..Talk::default() } })
}
