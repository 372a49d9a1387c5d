//! What holds for single events, beside the laws of all models: keys and orders.

use std::collections::BTreeMap;

use switchhook_core::{EventData, Family, FromFamily, IdempotencyKey, Order, Params, Payload};
use switchhook_twilio_conversations::{
    ConversationAdd, ConversationStateUpdated, ConversationsWebhook, DeliveryUpdated, MessageAdd,
    MessageAdded, MessageRemoved, MessageUpdated,
};

fn read<E: FromFamily<Family = ConversationsWebhook>>(form: &str) -> E {
    E::read(&Payload::from(Params::parse(form.as_bytes()).unwrap())).unwrap()
}

fn order<E: FromFamily<Family = ConversationsWebhook> + EventData>(form: &str) -> Order {
    read::<E>(form).order().unwrap()
}

#[test]
fn another_try_has_the_same_key_and_another_change_has_not() {
    for info in ConversationsWebhook::events() {
        let sample: Vec<_> =
            info.sample().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let key = |name: &str, value: &str| -> IdempotencyKey {
            let mut sent: BTreeMap<_, _> = sample.iter().cloned().collect();
            sent.insert(name.into(), value.into());
            let payload = Payload::from(sent.into_iter().collect::<Params>());
            match ConversationsWebhook::decode(&payload).decoded() {
                switchhook_core::Decoded::Event(data) => data.idempotency_key(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(key("RetryCount", "0"), key("RetryCount", "3"), "{}", info.name);
        // A change is told from the next one by its date, an attempt by what it attempts.
        let told_by = match info.name {
            name if name.ends_with("StateUpdated") => "StateUpdated",
            "onDeliveryUpdated" => "Status",
            name if name.ends_with("Updated") => "DateUpdated",
            name if name.ends_with("ed") => continue,
            _ => "Attributes",
        };
        assert_ne!(key(told_by, "2026-02-03T09:00:00Z"), key(told_by, "2026-02-03T09:00:01Z"));
        assert_ne!(key(told_by, ""), key(told_by, "x"), "{}", info.name);
    }
}

#[test]
fn a_change_without_a_date_is_known_by_its_content() {
    let key = |state: &str, tries: u32| {
        let form = format!("ConversationSid=CH1&ConversationState={state}&RetryCount={tries}");
        read::<ConversationStateUpdated>(&form).idempotency_key()
    };
    assert_eq!(key("active", 0), key("active", 1));
    assert_ne!(key("active", 0), key("closed", 0));
}

#[test]
fn what_happens_to_a_message_is_in_order() {
    let added = order::<MessageAdded>("MessageSid=IM1&Index=3&DateCreated=2026-02-03T09:00:00Z");
    let updated = order::<MessageUpdated>(
        "MessageSid=IM1&DateCreated=2026-02-03T09:00:00Z&DateUpdated=2026-02-03T09:05:00Z",
    );
    let removed = order::<MessageRemoved>(
        "MessageSid=IM1&DateUpdated=2026-02-03T09:05:00Z&DateRemoved=2026-02-03T09:06:00Z",
    );
    assert!(updated.is_after(&added) && removed.is_after(&updated) && !added.is_after(&updated));
    // A message that comes late is no older state of another message.
    let other = order::<MessageAdded>("MessageSid=IM2&Index=2&DateCreated=2026-02-03T08:00:00Z");
    assert!(!other.is_after(&added) && !added.is_after(&other));
    // Attempts have no order.
    assert_eq!(read::<MessageAdd>("ConversationSid=CH1").order(), None);
    assert_eq!(read::<ConversationAdd>("DateCreated=2026-02-03T08:00:00Z").order(), None);
}

#[test]
fn a_receipt_never_goes_back() {
    let status = |status: &str| {
        order::<DeliveryUpdated>(&format!("DeliveryReceiptSid=DY1&MessageSid=IM1&Status={status}"))
    };
    for (earlier, later) in
        [("sent", "delivered"), ("sent", "failed"), ("delivered", "read"), ("sent", "read")]
    {
        assert!(status(later).is_after(&status(earlier)), "{earlier} {later}");
        assert!(!status(earlier).is_after(&status(later)), "{earlier} {later}");
    }
    assert!(!status("sent").is_after(&status("sent")));
    assert_eq!(read::<DeliveryUpdated>("DeliveryReceiptSid=DY1&Status=seen").order(), None);
}
