//! What is kept beside the inbox, in the same SQLite file. Reports come out as JSON.

use switchhook::inbox::Reports;

/// The tables, and what is reckoned from them.
pub const TABLES: &str = "
    create table if not exists calls (id text primary key, direction text);
    create table if not exists call_states (
        call text not null, state text not null, rank integer, at integer,
        primary key (call, state));
    create table if not exists messages (
        id text primary key, status text not null, error_code text, at text);
    create table if not exists room_events (
        delivery text primary key, room text not null, name text, event text not null,
        member text, at text);
    create index if not exists events_by_room on room_events (room);
    create table if not exists recordings (
        room text not null, url text not null, seconds real, primary key (room, url));
    create table if not exists tickets (
        number integer primary key, delivery text not null unique, call text not null,
        title text not null, description text not null);

    create view if not exists call_times as
        select call,
            max(at) filter (where state = 'ringing') as ringing,
            max(at) filter (where state = 'answered') as answered,
            max(at) filter (where state = 'ended') as ended,
            count(*) filter (where state = 'answered') as was_answered,
            count(*) filter (where state = 'ended') as has_ended
        from call_states group by call;
    create view if not exists call_reports as
        select id, direction, was_answered, has_ended,
            (select state from call_states where call = id order by rank desc limit 1) as state,
            max(0, answered - ringing) / 1000.0 as ring_seconds,
            max(0, ended - answered) / 1000.0 as duration_seconds
        from calls join call_times on call = id;
";

/// When a call reached which state, how long it rang, how long it was talked.
const CALL: &str = "select json_object('id', id, 'direction', direction, 'state', state,
    'states', json((select json_group_object(state,
        strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch'))
        from (select * from call_states where call = id order by rank))),
    'ring_seconds', ring_seconds, 'duration_seconds', duration_seconds)
    from call_reports where id = $1";

/// All calls together.
const ANALYTICS: &str = "select json_object('calls', count(*),
    'active', count(*) filter (where not has_ended), 'answered', total(was_answered),
    'answer_rate', avg(was_answered), 'average_ring_seconds', avg(ring_seconds),
    'average_duration_seconds', avg(duration_seconds))
    from call_reports";

/// What became of a message.
const MESSAGE: &str =
    "select json_object('id', id, 'status', status, 'error_code', error_code, 'at', at)
    from messages where id = $1";

/// What happened in a room, in the order in which it did, and its recordings.
const ROOM: &str = "select json_object('id', room, 'name', max(name),
    'events', json((select json_group_array(
        json_object('event', event, 'member', member, 'at', at))
        from (select * from room_events where room = $1 order by at, event, member))),
    'recordings', json((select json_group_array(json_object('url', url, 'seconds', seconds))
        from (select * from recordings where room = $1 order by url))))
    from room_events where room = $1 group by room";

/// The newest tickets.
const TICKETS: &str = "select json_group_array(json_object(
    'number', number, 'call', call, 'title', title, 'description', description))
    from (select * from tickets order by number desc limit 100)";

/// What can be asked for, below `/api`; an id in the path is `$1`.
pub fn reports(reports: Reports) -> Reports {
    reports
        .at("/calls/{id}/", CALL)
        .at("/analytics/", ANALYTICS)
        .at("/messages/{id}/", MESSAGE)
        .at("/rooms/{id}/", ROOM)
        .at("/tickets/", TICKETS)
}

/// Opens a ticket, once for a delivery. Its number.
pub const OPEN_TICKET: &str = "
    insert into tickets (delivery, call, title, description) values ($1, $2, $3, $4)
    on conflict do update set delivery = delivery returning number";
