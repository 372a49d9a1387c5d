//! What is kept beside the inbox, in the same SQLite file.

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::Context;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use crate::effects::{Media, Session};

/// The application's own tables. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<Mutex<Connection>>);

/// An appointment with what its rooms told about it.
#[derive(Debug, Serialize)]
pub struct Appointment {
    /// The id that room names carry.
    pub id: i64,
    /// `scheduled`, `confirmed`, `completed` or `cancelled`.
    pub status: String,
    /// When its room ended.
    pub completed_at: Option<String>,
    /// Who was there.
    pub sessions: Vec<Session>,
    /// What was recorded.
    pub recordings: Vec<Media>,
    /// What was composed.
    pub compositions: Vec<Media>,
    /// The names of its events, in the order of the alphabet: they come in any.
    pub events: Vec<String>,
}

const SCHEMA: &str = "
    create table if not exists appointments (
        id integer primary key, status text not null, completed_at text);
    create table if not exists rooms (sid text primary key, appointment integer not null);
    create table if not exists events (
        delivery text primary key, name text not null, room_sid text, appointment integer,
        params text not null, handled_at text not null default current_timestamp);
    create index if not exists events_by_room on events (room_sid);
    create table if not exists sessions (
        participant_sid text primary key, appointment integer, identity text, seconds integer);
    create table if not exists media (
        sid text primary key, kind text not null, room_sid text, appointment integer, uri text,
        seconds integer, bytes integer);
";

impl Store {
    /// Opens or makes the file.
    ///
    /// # Errors
    ///
    /// When it cannot be opened or is no such database.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(path).with_context(|| path.display().to_string())?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Makes a scheduled appointment.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn schedule(&self) -> anyhow::Result<i64> {
        let connection = self.lock();
        connection.execute("insert into appointments (status) values ('scheduled')", [])?;
        Ok(connection.last_insert_rowid())
    }

    /// An appointment with everything about it.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn appointment(&self, id: i64) -> anyhow::Result<Option<Appointment>> {
        let connection = self.lock();
        let found = connection
            .query_row("select status, completed_at from appointments where id = ?", [id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let Some((status, completed_at)) = found else { return Ok(None) };
        Ok(Some(Appointment {
            id,
            status,
            completed_at,
            sessions: sessions(&connection, id)?,
            recordings: media(&connection, "recording", id)?,
            compositions: media(&connection, "composition", id)?,
            events: events(&connection, id)?,
        }))
    }

    /// A panic elsewhere leaves the connection usable.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn events(connection: &Connection, id: i64) -> rusqlite::Result<Vec<String>> {
    let sql = "select name from events left join rooms on rooms.sid = room_sid
               where coalesce(events.appointment, rooms.appointment) = ? order by name";
    connection.prepare(sql)?.query_map([id], |row| row.get(0))?.collect()
}

fn sessions(connection: &Connection, id: i64) -> rusqlite::Result<Vec<Session>> {
    let sql = "select participant_sid, appointment, identity, seconds from sessions
               where appointment = ? order by participant_sid";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Session {
            participant_sid: row.get(0)?,
            appointment: row.get(1)?,
            identity: row.get(2)?,
            seconds: row.get(3)?,
        })
    };
    connection.prepare(sql)?.query_map([id], read)?.collect()
}

/// What names the appointment itself, or is of a room that belongs to it.
fn media(connection: &Connection, kind: &str, id: i64) -> rusqlite::Result<Vec<Media>> {
    let sql = "select media.sid, room_sid, coalesce(media.appointment, rooms.appointment) as found,
                   uri, seconds, bytes
               from media left join rooms on rooms.sid = room_sid
               where kind = ? and found = ? order by media.sid";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Media {
            sid: row.get(0)?,
            room_sid: row.get(1)?,
            appointment: row.get(2)?,
            uri: row.get(3)?,
            seconds: row.get(4)?,
            bytes: row.get(5)?,
        })
    };
    connection.prepare(sql)?.query_map(params![kind, id], read)?.collect()
}
