//! What is kept, in one SQLite file.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, anyhow};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<Mutex<Connection>>);

/// The place of a kept delivery.
#[derive(Clone, Copy, Debug)]
pub struct EventId(i64);

/// A participant's stay in a room.
#[derive(Debug, Serialize)]
pub struct Session {
    /// The participant.
    pub participant_sid: String,
    /// The appointment of the room.
    pub appointment: Option<i64>,
    /// Who it was.
    pub identity: Option<String>,
    /// How long.
    pub seconds: Option<u64>,
}

/// A recording or a composition that can be fetched.
#[derive(Debug, Serialize)]
pub struct Media {
    /// The recording or composition.
    pub sid: String,
    /// The room that it is of.
    pub room_sid: Option<String>,
    /// The appointment of the room.
    pub appointment: Option<i64>,
    /// Where the media is.
    pub uri: Option<String>,
    /// Its length.
    pub seconds: Option<u64>,
    /// Its size.
    pub bytes: Option<u64>,
}

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
    /// The names of its events, in the order of their arrival.
    pub events: Vec<String>,
    /// Deliveries whose handling failed, kept for review.
    pub failures: Vec<String>,
}

const SCHEMA: &str = "
    create table if not exists appointments (
        id integer primary key, status text not null, completed_at text);
    create table if not exists events (
        id integer primary key, name text not null, room_sid text, appointment integer,
        params text not null, received_at text not null default current_timestamp);
    create index if not exists events_by_room on events (room_sid);
    create table if not exists failures (
        event integer not null references events (id), error text not null);
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

    /// Keeps a delivery with its parameters. Without an appointment of its own it gets the
    /// one of its room, which compositions only name by SID.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn keep(
        &self,
        name: &str,
        room_sid: Option<&str>,
        appointment: Option<i64>,
        form: &str,
    ) -> anyhow::Result<EventId> {
        let connection = self.lock();
        connection.execute(
            "insert into events (name, room_sid, appointment, params)
             values (?1, ?2, coalesce(?3, (
                 select appointment from events where room_sid = ?2 and appointment is not null)),
                 ?4)",
            params![name, room_sid, appointment, form],
        )?;
        Ok(EventId(connection.last_insert_rowid()))
    }

    /// Makes the effects of a kept delivery, all or none. Where they fail, or panic, that is
    /// logged and kept for review.
    ///
    /// # Errors
    ///
    /// When not even that can be kept.
    pub fn attempt(
        &self,
        event: EventId,
        effects: impl FnOnce(&Effects<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let result = {
            let mut connection = self.lock();
            let effects_of = |transaction: Transaction<'_>| {
                effects(&Effects(&transaction))?;
                Ok(transaction.commit()?)
            };
            catch_unwind(AssertUnwindSafe(|| {
                connection.transaction().map_err(Into::into).and_then(effects_of)
            }))
            .unwrap_or_else(|_| Err(anyhow!("the effects panicked")))
        };
        if let Err(error) = result {
            tracing::error!("kept for review: {error:#}");
            self.fail(event, &format!("{error:#}"))?;
        }
        Ok(())
    }

    /// Keeps an error for review.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn fail(&self, event: EventId, error: &str) -> anyhow::Result<()> {
        self.lock().execute("insert into failures values (?, ?)", params![event.0, error])?;
        Ok(())
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
        let texts = |sql: &str| -> rusqlite::Result<Vec<String>> {
            connection.prepare(sql)?.query_map([id], |row| row.get(0))?.collect()
        };
        Ok(Some(Appointment {
            id,
            status,
            completed_at,
            sessions: sessions(&connection, id)?,
            recordings: media(&connection, "recording", id)?,
            compositions: media(&connection, "composition", id)?,
            events: texts("select name from events where appointment = ? order by id")?,
            failures: texts(
                "select error from failures join events on events.id = event
                 where appointment = ? order by events.id",
            )?,
        }))
    }

    /// The names of all kept events and the errors of all failures, in the order of arrival.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn history(&self) -> anyhow::Result<Vec<(String, Option<String>)>> {
        let connection = self.lock();
        let mut query = connection.prepare(
            "select name, error from events left join failures on event = id order by id",
        )?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A panic elsewhere leaves the connection usable: its transaction was rolled back.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What handlers may change, within one transaction.
#[derive(Debug)]
pub struct Effects<'a>(&'a Transaction<'a>);

impl Effects<'_> {
    /// Completes an appointment that is scheduled or confirmed.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn complete(&self, appointment: i64, at: Option<&str>) -> anyhow::Result<()> {
        self.0.execute(
            "update appointments set status = 'completed', completed_at = ?
             where id = ? and status in ('scheduled', 'confirmed')",
            params![at, appointment],
        )?;
        Ok(())
    }

    /// Stores a session, once however often it is told.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn save_session(&self, session: &Session) -> anyhow::Result<()> {
        self.0.execute(
            "insert or replace into sessions values (?, ?, ?, ?)",
            params![
                session.participant_sid,
                session.appointment,
                session.identity,
                session.seconds
            ],
        )?;
        Ok(())
    }

    /// Stores a recording or a composition, once however often it is told. Without an
    /// appointment of its own it gets the one of its room.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub fn save_media(&self, kind: &str, media: &Media) -> anyhow::Result<()> {
        self.0.execute(
            "insert or replace into media (sid, kind, room_sid, appointment, uri, seconds, bytes)
             values (?1, ?2, ?3, coalesce(?4, (
                 select appointment from events where room_sid = ?3 and appointment is not null)),
                 ?5, ?6, ?7)",
            params![
                media.sid,
                kind,
                media.room_sid,
                media.appointment,
                media.uri,
                media.seconds,
                media.bytes
            ],
        )?;
        Ok(())
    }
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

fn media(connection: &Connection, kind: &str, id: i64) -> rusqlite::Result<Vec<Media>> {
    let sql = "select sid, room_sid, appointment, uri, seconds, bytes from media
               where kind = ? and appointment = ? order by sid";
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
