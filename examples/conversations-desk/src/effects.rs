//! What handlers write, in statements that are committed with the end of their delivery.
//!
//! Deliveries come in any order. What is kept says when it was so, an older one never takes the
//! place of a newer one, and what was removed stays so.

use switchhook::{
    JsonText, Timestamp,
    inbox::Transaction,
    twilio::conversations::{ConversationSid, ConversationState, ParticipantAdded},
};

/// Stores a message that came or was changed, unless something newer is known of it.
macro_rules! save_message {
    ($sql:expr, $event:expr, changed $changed:expr) => {
        $crate::effects::begin(&$sql, $event.conversation_sid.as_ref());
        $sql.execute(
            $crate::effects::SAVE_MESSAGE,
            (
                $event.message_sid.as_str(),
                $event.conversation_sid.as_ref().map(|sid| sid.as_str()),
                $event.index,
                $event.date_created.as_ref(),
                $crate::effects::milliseconds($event.date_created.as_ref()),
                $crate::effects::milliseconds($changed.as_ref()).unwrap_or(0),
                $crate::effects::sender($event.attributes.as_ref(), $event.author.as_deref()),
                $event.body.as_deref(),
            ),
        );
    };
}
pub(crate) use save_message;

pub(crate) const SAVE_MESSAGE: &str = "
    insert into messages (sid, conversation, position, sent_at, sent, changed, sender, body)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (sid) do update set position = excluded.position, sent_at = excluded.sent_at,
        sent = excluded.sent, changed = excluded.changed, sender = excluded.sender,
        body = excluded.body
    where not removed and excluded.changed >= changed";

/// Who a message is from, for people: what its attributes say, else its author.
pub(crate) fn sender(attributes: Option<&JsonText>, author: Option<&str>) -> Option<String> {
    let attributes: Option<serde_json::Value> = attributes.and_then(|text| text.parse().ok());
    let label = attributes.as_ref().and_then(|value| value.get("from")?.as_str());
    label.filter(|label| !label.is_empty()).or(author).map(Into::into)
}

/// Stores what a conversation is called and its status, unless something newer is known. What
/// comes without a time is news.
pub(crate) fn save_conversation(
    sql: &Transaction,
    sid: &ConversationSid,
    name: Option<&String>,
    status: Option<&ConversationState>,
    at: Option<&Timestamp>,
) {
    begin(sql, Some(sid));
    let (at, status) = (milliseconds(at), status.map(ConversationState::as_str));
    for (column, value) in [("name", name.map(String::as_str)), ("status", status)] {
        let set = format!(
            "update conversations set {column} = $2, {column}_at = coalesce($3, {column}_at)
             where sid = $1 and $2 is not null and coalesce($3, {column}_at) >= {column}_at"
        );
        sql.execute(set, (sid.as_str(), value, at));
    }
}

/// Stores who takes part. Who has an identity has a role; who has an address is a contact, the
/// same one in every conversation.
pub(crate) fn save_participant(sql: &Transaction, added: &ParticipantAdded, role: Option<&str>) {
    begin(sql, added.conversation_sid.as_ref());
    let address = added.messaging_binding_address.as_ref();
    if let Some(address) = address {
        sql.execute(
            "insert into contacts (address) values ($1) on conflict do nothing",
            (address,),
        );
    }
    sql.execute(
        "insert into participants (sid, conversation, identity, role, contact)
         values ($1, $2, $3, $4, (select id from contacts where address = $5))
         on conflict do nothing",
        (
            added.participant_sid.as_str(),
            added.conversation_sid.as_ref().map(ConversationSid::as_str),
            added.identity.as_ref(),
            role,
            address,
        ),
    );
}

/// Forgets a row of a table, also one that is still to come. Contacts stay.
pub(crate) fn remove(sql: &Transaction, table: &str, sid: &str) {
    sql.execute(format!("insert or replace into {table} (sid, removed) values ($1, 1)"), (sid,));
}

/// Any event may be the first that is heard of a conversation.
pub(crate) fn begin(sql: &Transaction, conversation: Option<&ConversationSid>) {
    if let Some(sid) = conversation {
        let begin = "insert into conversations (sid) values ($1) on conflict do nothing";
        sql.execute(begin, (sid.as_str(),));
    }
}

/// As numbers times compare however they were written.
pub(crate) fn milliseconds(time: Option<&Timestamp>) -> Option<i64> {
    let millis = |time: &Timestamp| i64::from(time.subsec_nanos() / 1_000_000);
    time.map(|time| time.unix_seconds().saturating_mul(1000).saturating_add(millis(time)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_what_the_attributes_say_else_the_author() {
        for (attributes, expected) in [
            (r#"{"from":"Bot"}"#, "Bot"),
            (r#"{"from":""}"#, "agent7"),
            (r#"{"from":7}"#, "agent7"),
            ("{}", "agent7"),
            ("[]", "agent7"),
            ("{\"from\":", "agent7"),
            ("", "agent7"),
        ] {
            let label = sender(Some(&attributes.into()), Some("agent7"));
            assert_eq!(label.as_deref(), Some(expected), "{attributes}");
        }
        assert_eq!(sender(None, None), None);
    }

    #[test]
    fn times_compare_however_they_were_written() {
        let times = ["2026-02-03T09:00:00Z", "2026-02-03T09:00:00.5Z", "2026-02-03T10:00:01+01:00"];
        let times = times.map(|time| milliseconds(time.parse().ok().as_ref()));
        assert_eq!(times, [1_770_109_200_000, 1_770_109_200_500, 1_770_109_201_000].map(Some));
    }
}
