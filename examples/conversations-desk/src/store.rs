//! What is kept beside the inbox, in the same SQLite file.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Context;
use rusqlite::Connection;
use serde_json::Value;

/// The application's own tables. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<Mutex<Connection>>);

const SCHEMA: &str = "
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

impl Store {
    /// Opens or makes the file.
    ///
    /// # Errors
    ///
    /// When it cannot be opened or is no such database.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(path).with_context(|| path.display().to_string())?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.busy_timeout(Duration::from_secs(2))?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// The conversations of a status and SID, or of any: the last written to first.
    pub(crate) fn conversations(
        &self,
        status: Option<&str>,
        sid: Option<&str>,
    ) -> anyhow::Result<Vec<Value>> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(CONVERSATIONS)?;
        let rows = statement.query_map((status, sid), |row| row.get::<_, String>(0))?;
        rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
    }

    /// Lets nothing more be said from this address.
    pub(crate) fn block(&self, address: &str) -> anyhow::Result<()> {
        self.lock().execute(
            "insert into contacts (address, blocked) values ($1, 1)
             on conflict (address) do update set blocked = 1",
            [address],
        )?;
        Ok(())
    }

    /// Whether this address is blocked.
    pub(crate) fn is_blocked(&self, address: &str) -> anyhow::Result<bool> {
        let sql = "select exists (select 1 from contacts where address = $1 and blocked)";
        Ok(self.lock().query_row(sql, [address], |row| row.get(0))?)
    }

    /// A panic elsewhere leaves the connection usable.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
