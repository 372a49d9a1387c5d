//! What is kept beside the inbox, in the same SQLite file.

use serde_json::Value;
use switchhook::dispatch::StoreError;

use crate::Desk;

pub(crate) const TABLES: &str = "
    create table if not exists conversations (
        sid text primary key, name text, name_at integer not null default 0,
        status text not null default 'active', status_at integer not null default 0,
        removed integer not null default 0);
    create table if not exists messages (
        sid text primary key, conversation text, position integer, sent_at text, sent integer,
        changed integer not null default 0, sender text, body text,
        removed integer not null default 0);
    create index if not exists messages_in_order on messages (conversation, position, sent);
    create table if not exists contacts (
        id integer primary key, address text not null unique, blocked integer not null default 0);
    create table if not exists participants (
        sid text primary key, conversation text, identity text, role text, contact integer,
        removed integer not null default 0);
    create index if not exists participants_in_order on participants (conversation, sid);
";

/// The last message is the one that Twilio's index says, else the time.
const CONVERSATIONS: &str = "
    select json_object('sid', c.sid, 'name', c.name, 'status', c.status,
        'last_message', json(case when m.sid is not null then json_object(
            'sid', m.sid, 'index', m.position, 'sent_at', m.sent_at, 'from', m.sender,
            'body', m.body) end),
        'participants', json((select json_group_array(json(participant)) from (
            select json_object('sid', sid, 'identity', identity, 'role', role,
                'contact', json(case when id is not null then json_object(
                    'id', id, 'address', address, 'blocked', json(iif(blocked, 'true', 'false')))
                    end)) as participant
            from participants left join contacts on id = contact
            where conversation = c.sid and not removed order by sid))))
    from conversations c left join messages m on m.sid = (
        select sid from messages where conversation = c.sid and not removed
        order by position desc nulls last, sent desc nulls last, sid desc limit 1)
    where not c.removed and ($1 is null or c.status = $1) and ($2 is null or c.sid = $2)
    order by coalesce(m.sent, c.status_at) desc, c.sid limit 100";

impl Desk {
    /// The conversations of a status and SID, or of any: the last written to first.
    pub(crate) async fn conversations(
        &self,
        status: Option<&str>,
        sid: Option<&str>,
    ) -> Result<Vec<Value>, StoreError> {
        self.inbox.query(CONVERSATIONS, (status, sid)).await
    }

    /// Lets nothing more be said from this address.
    pub(crate) async fn block(&self, address: &str) -> Result<(), StoreError> {
        let sql = "insert into contacts (address, blocked) values ($1, 1)
                   on conflict (address) do update set blocked = 1";
        self.inbox.execute(sql, (address,)).await
    }

    /// Whether this address is blocked.
    pub(crate) async fn is_blocked(&self, address: &str) -> Result<bool, StoreError> {
        let sql = "select 1 from contacts where address = $1 and blocked";
        Ok(!self.inbox.query::<u8>(sql, (address,)).await?.is_empty())
    }
}
