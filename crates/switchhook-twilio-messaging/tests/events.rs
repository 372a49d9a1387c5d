//! What holds for single events, beside the laws of all models: keys and orders.

use switchhook_core::{FromFamily, Order, Params, Payload};
use switchhook_twilio_messaging::{
    IncomingMessage, MessageAction, MessageFallback, MessageStatus, MessageStatusUpdate,
    MessagingWebhook,
};

fn read<E: FromFamily<Family = MessagingWebhook>>(form: &str) -> E {
    E::read(&Payload::from(Params::parse(form.as_bytes()).unwrap())).unwrap()
}

fn update(sid: &str, status: &str) -> MessageStatusUpdate {
    read(&format!("AccountSid=AC1&MessageSid={sid}&MessageStatus={status}&SmsStatus={status}"))
}

fn order(status: &str) -> Order {
    update("SM1", status).order().unwrap()
}

#[test]
fn a_late_state_never_takes_the_place_of_a_later_one() {
    let life: &[&[&str]] = &[
        &["accepted", "scheduled"],
        &["queued"],
        &["sending"],
        &["sent"],
        &["partially_delivered"],
        &["delivered", "undelivered", "failed", "canceled"],
        &["read"],
    ];
    for (at, states) in life.iter().enumerate() {
        for state in *states {
            for (other_at, others) in life.iter().enumerate() {
                for other in *others {
                    let after = order(other).is_after(&order(state));
                    assert_eq!(after, other_at > at, "{state} {other}");
                    let supersedes =
                        MessageStatus::from(*other).supersedes(&MessageStatus::from(*state));
                    assert_eq!(supersedes, after);
                }
            }
        }
    }
    let ranked: usize = life.iter().map(|states| states.len()).sum();
    let known = MessageStatus::KNOWN.iter().filter(|status| status.rank().is_some()).count();
    assert_eq!(ranked, known);
    // Of another message, of what is not known, nothing is said.
    assert!(!update("SM2", "read").order().unwrap().is_after(&order("sent")));
    assert_eq!(update("SM1", "teleported").order(), None);
}

#[test]
fn each_state_has_its_key_and_each_repeat_the_same() {
    let key = |form: &str| read::<MessageStatusUpdate>(form).idempotency_key();
    let sent = update("SM1", "sent").idempotency_key();
    assert_eq!(sent, update("SM1", "sent").idempotency_key());
    assert_ne!(sent, update("SM1", "delivered").idempotency_key());
    assert_ne!(sent, update("SM2", "sent").idempotency_key());
    let failed = "MessageSid=SM1&MessageStatus=failed";
    assert_ne!(key(failed), key(&format!("{failed}&ErrorCode=30003")));
    assert_eq!(key(failed), key(&format!("{failed}&RawDlrDoneDate=2602120908")));
    assert_ne!(key("MessageSid=SM1&MessageStatus=a"), key("MessageSid=SM1&MessageStatus=b"));
}

#[test]
fn a_message_is_told_of_once_by_each_url() {
    let message = "MessageSid=SM1&From=%2B15550001111&SmsStatus=received&Body=Hi";
    let came = read::<IncomingMessage>(message).idempotency_key();
    assert_eq!(came, read::<IncomingMessage>(&format!("{message}&AddOns=x")).idempotency_key());
    assert_ne!(came, read::<MessageFallback>(message).idempotency_key());
    assert_eq!(read::<IncomingMessage>(message).order(), None);
    let action = |status: &str| {
        read::<MessageAction>(&format!("{message}&MessageStatus={status}")).idempotency_key()
    };
    assert_eq!(action("sent"), action("sent"));
    assert_ne!(action("sent"), action("failed"));
}
