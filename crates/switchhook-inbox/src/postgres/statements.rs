//! The statements of an inbox. `@` stands for the schema and what our names begin with.
//!
//! Times are compared with `statement_timestamp()`, which an index can find, and made of
//! `clock_timestamp()`. Lengths of time are microseconds.

use super::schema::fill;

/// The columns of a summary, in the order that [`row::summary`](super::row::summary) reads.
macro_rules! summary {
    () => {
        "number, id, route, family, event, subject, state, attempts, received_at, due_at, \
         settled_at, error"
    };
}

/// The columns of a request, in the order that [`row::request`](super::row::request) reads.
macro_rules! request {
    ($table:literal) => {
        concat!(
            $table,
            "method, ",
            $table,
            "target, ",
            $table,
            "public_target, ",
            $table,
            "tls, ",
            $table,
            "peer, ",
            $table,
            "headers, ",
            $table,
            "body"
        )
    };
}

/// Declares the statements, each a field with its text.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident: $sql:expr;)*) => {
        /// The texts with the tables' real names.
        pub(super) struct Statements {
            $($(#[$doc])* pub(super) $name: String,)*
        }

        impl Statements {
            pub(super) fn new(prefix: &str) -> Self {
                Self { $($name: fill($sql, prefix),)* }
            }
        }
    };
}

/// `$6` is why the delivery is a dead letter, null where it is not.
macro_rules! insert {
    ($columns:literal, $values:literal) => {
        concat!(
            "INSERT INTO @deliveries (id, route, family, event, subject, error,
                method, target, public_target, tls, peer, headers, body,
                state, attempts, received_at, due_at, settled_at",
            $columns,
            ")
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                CASE WHEN $6::text IS NULL THEN 'pending' ELSE 'dead' END,
                CASE WHEN $6::text IS NULL THEN 0 ELSE 1 END,
                statement_timestamp(),
                CASE WHEN $6::text IS NULL THEN statement_timestamp() END,
                CASE WHEN $6::text IS NOT NULL THEN statement_timestamp() END",
            $values,
            ")
             ON CONFLICT (id) DO NOTHING
             RETURNING number"
        )
    };
}

statements! {
    /// A row where the delivery is new.
    keep: insert!("", "");

    /// The same, for a delivery with an order: `$14` is what it is about, `$15` its place.
    keep_ordered: concat!(
        "WITH about AS (INSERT INTO @scopes (scope) VALUES ($14) ON CONFLICT DO NOTHING) ",
        insert!(", scope, place", ", $14, $15")
    );

    /// Leases up to `$1` deliveries for `$2`.
    ///
    /// Rows are locked while they are looked for, so that several workers get different ones. A
    /// lock is granted on the newest version of a row, for which the conditions on that row are
    /// checked again; what is about one thing takes turns by the row of that thing, locked as
    /// well. It is not FOR UPDATE, which would wait for those who accept deliveries about it.
    /// Rows are looked for and locked one by one, until there are enough. The limits with a
    /// number are for the planner: of a limit that it does not know it expects a tenth of the
    /// table, and reads all of it.
    lease: concat!(
        "WITH free AS (
            SELECT * FROM (
                SELECT number, due_at FROM @deliveries
                WHERE due_at <= statement_timestamp() AND scope IS NULL
                ORDER BY due_at, number LIMIT 1000
                FOR NO KEY UPDATE SKIP LOCKED
            ) AS due LIMIT $1
         ), scoped AS (
            SELECT * FROM (
                SELECT d.number, d.due_at, d.scope, coalesce(s.newest > d.place, false) AS outdated
                FROM @deliveries AS d JOIN @scopes AS s ON s.scope = d.scope
                WHERE d.due_at <= statement_timestamp() AND d.scope IS NOT NULL
                    AND (s.held_until IS NULL OR s.held_until <= statement_timestamp())
                ORDER BY d.due_at, d.number LIMIT 1000
                FOR NO KEY UPDATE OF d, s SKIP LOCKED
            ) AS due LIMIT 2 * $1::bigint
         ), turns AS (
            SELECT *, row_number() OVER (PARTITION BY scope ORDER BY due_at, number) AS turn
            FROM scoped
         ), due AS (
            SELECT number, due_at, NULL::bytea AS scope, false AS outdated FROM free
            UNION ALL
            SELECT number, due_at, scope, outdated FROM turns WHERE turn = 1
         ), chosen AS (
            SELECT *, row_number() OVER (ORDER BY due_at, number) AS rank FROM due
            ORDER BY due_at, number LIMIT $1
         ), lease AS MATERIALIZED (
            SELECT clock_timestamp() + $2::float8 * interval '1 microsecond' AS ends
         ), held AS (
            UPDATE @scopes AS s SET holder = chosen.number, held_until = lease.ends
            FROM chosen, lease WHERE s.scope = chosen.scope
         )
         UPDATE @deliveries AS d
         SET state = 'leased', attempts = least(greatest(d.attempts, 0), 2147483646) + 1,
            fence = nextval('@fences'), due_at = lease.ends
         FROM chosen, lease WHERE d.number = chosen.number
         RETURNING d.number, d.id, d.fence, d.attempts, chosen.outdated, chosen.rank, ",
        request!("d.")
    );

    /// Makes the lease `$2` of the row with the number `$1` a dead letter, since `$3`.
    bury_damaged:
        "WITH ended AS (
            UPDATE @deliveries
            SET state = 'dead', error = $3, due_at = NULL, settled_at = clock_timestamp()
            WHERE number = $1 AND fence = $2
            RETURNING number
         )
         UPDATE @scopes AS s SET holder = NULL, held_until = NULL
         FROM ended WHERE s.holder = ended.number";

    /// A row where the lease `$2` of `$1` still held, and now does for `$3`. A lease that has
    /// ended is lost when another delivery about the same thing has its turn.
    extend:
        "WITH lease AS MATERIALIZED (
            SELECT clock_timestamp() + $3::float8 * interval '1 microsecond' AS ends
         ), extended AS (
            UPDATE @deliveries AS d SET due_at = lease.ends FROM lease
            WHERE d.id = $1 AND d.fence = $2 AND d.state = 'leased' AND (d.scope IS NULL OR EXISTS (
                SELECT FROM @scopes AS s WHERE s.scope = d.scope AND s.holder = d.number))
            RETURNING d.number, d.scope
         ), held AS (
            UPDATE @scopes AS s SET held_until = lease.ends FROM extended, lease
            WHERE s.scope = extended.scope AND s.holder = extended.number
         )
         SELECT 1 FROM extended";

    /// Ends the lease `$2` of `$1`: the state `$3`, the error `$4`, due again after `$5` if that
    /// is not null; `$6` for a delivery that was done, `$7` for one that was not tried. A row where the
    /// lease held, and for one that was done nothing newer was done before it: whether the delivery
    /// was about something.
    settle:
        "WITH ended AS (
            UPDATE @deliveries AS d
            SET state = $3,
                error = CASE WHEN $7::boolean THEN error ELSE $4 END,
                attempts = CASE WHEN $7::boolean THEN greatest(attempts - 1, 0) ELSE attempts END,
                due_at = clock_timestamp() + $5::float8 * interval '1 microsecond',
                settled_at = CASE WHEN $5::float8 IS NULL THEN clock_timestamp() END
            WHERE id = $1 AND fence = $2 AND state = 'leased' AND NOT ($6::boolean AND EXISTS (
                SELECT FROM @scopes AS s WHERE s.scope = d.scope AND s.newest > d.place))
            RETURNING number, scope, place
         ), freed AS (
            UPDATE @scopes AS s
            SET newest = CASE WHEN $6::boolean THEN greatest(s.newest, ended.place) ELSE s.newest END,
                holder = CASE WHEN s.holder = ended.number THEN NULL ELSE s.holder END,
                held_until = CASE WHEN s.holder = ended.number THEN NULL ELSE s.held_until END
            FROM ended WHERE s.scope = ended.scope
         )
         SELECT scope IS NOT NULL FROM ended";

    /// Whether the lease `$2` of `$1` is still to be ended, and whether something newer about the
    /// same thing is done; no row where it was lost.
    standing:
        "SELECT d.state = 'leased', EXISTS (
            SELECT FROM @scopes AS s WHERE s.scope = d.scope AND s.newest > d.place)
         FROM @deliveries AS d WHERE d.id = $1 AND d.fence = $2";

    /// The same, and nobody else can end it meanwhile.
    standing_locked:
        "SELECT d.state = 'leased', EXISTS (
            SELECT FROM @scopes AS s WHERE s.scope = d.scope AND s.newest > d.place)
         FROM @deliveries AS d WHERE d.id = $1 AND d.fence = $2 FOR NO KEY UPDATE OF d";

    /// The delivery `$1`.
    show: concat!(
        "SELECT ", summary!(), ", ", request!(""), " FROM @deliveries WHERE id = $1"
    );

    /// The beginning of a list.
    list: concat!("SELECT ", summary!(), " FROM @deliveries");

    /// How many there are, in the order of the states; since when the oldest waits; replies;
    /// bytes.
    stats:
        "SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'leased'),
            count(*) FILTER (WHERE state = 'retry'), count(*) FILTER (WHERE state = 'done'),
            count(*) FILTER (WHERE state = 'dead'), min(received_at) FILTER (WHERE due_at IS NOT NULL),
            (SELECT count(*) FROM @replies WHERE status IS NOT NULL AND until > statement_timestamp()),
            (SELECT sum(pg_total_relation_size(name::regclass))::bigint
             FROM unnest(ARRAY['@meta', '@deliveries', '@scopes', '@replies']) AS name)
         FROM @deliveries";

    /// The beginning of a choice of rows.
    choose: "SELECT number FROM @deliveries";

    /// Makes the chosen rows pending: how many, and the last one's number.
    replay_chosen:
        ", changed AS (
            UPDATE @deliveries AS d
            SET state = 'pending', attempts = 0, error = NULL, settled_at = NULL,
                due_at = clock_timestamp()
            FROM chosen WHERE d.number = chosen.number
            RETURNING d.number
         )
         SELECT count(*), max(number) FROM changed";

    /// Deletes the chosen rows: how many, and the last one's number.
    remove_chosen:
        ", changed AS (
            DELETE FROM @deliveries AS d USING chosen WHERE d.number = chosen.number
            RETURNING d.number
         )
         SELECT count(*), max(number) FROM changed";

    /// Deletes a portion of at most `$3` that were done before `$1` or dead before `$2`, both
    /// lengths of time: how many.
    sweep_deliveries:
        "WITH swept AS (
            DELETE FROM @deliveries WHERE number IN (
                SELECT number FROM @deliveries
                WHERE settled_at <= statement_timestamp() - $1::float8 * interval '1 microsecond'
                    AND state = 'done'
                   OR settled_at <= statement_timestamp() - $2::float8 * interval '1 microsecond'
                    AND state = 'dead'
                LIMIT $3 FOR UPDATE SKIP LOCKED)
            RETURNING 1
         )
         SELECT count(*) FROM swept";

    /// Deletes a portion of at most `$1` replies that nobody needs: how many.
    sweep_replies:
        "WITH swept AS (
            DELETE FROM @replies WHERE id IN (
                SELECT id FROM @replies WHERE until <= statement_timestamp()
                LIMIT $1 FOR UPDATE SKIP LOCKED)
            RETURNING 1
         )
         SELECT count(*) FROM swept";

    /// Deletes a portion of at most `$1` things that no delivery is about any more: how many.
    sweep_scopes:
        "WITH swept AS (
            DELETE FROM @scopes WHERE scope IN (
                SELECT s.scope FROM @scopes AS s
                WHERE NOT EXISTS (SELECT FROM @deliveries AS d WHERE d.scope = s.scope)
                LIMIT $1 FOR UPDATE SKIP LOCKED)
            RETURNING 1
         )
         SELECT count(*) FROM swept";

    /// Claims `$1` for `$2` with the token `$3`, also again with the same token: the fence, or no
    /// row where it is claimed or answered.
    claim:
        "INSERT INTO @replies AS r (id, fence, token, until)
         VALUES ($1, nextval('@fences'), $3,
            clock_timestamp() + $2::float8 * interval '1 microsecond')
         ON CONFLICT (id) DO UPDATE
         SET fence = excluded.fence, token = excluded.token, until = excluded.until,
            status = NULL, headers = NULL, body = NULL
         WHERE r.until <= clock_timestamp() OR (r.token = excluded.token AND r.status IS NULL)
         RETURNING fence";

    /// What is kept of the claim of `$1`.
    claimed:
        "SELECT status, headers, body FROM @replies WHERE id = $1 AND until > clock_timestamp()";

    /// Keeps the reply `$3`, `$4`, `$5` of the claim `$2` of `$1` for `$6`: a row where it held.
    answer:
        "UPDATE @replies SET status = $3, headers = $4, body = $5,
            until = clock_timestamp() + $6::float8 * interval '1 microsecond'
         WHERE id = $1 AND fence = $2
         RETURNING 1";

    /// Gives back the room of what was deleted: one statement for each table.
    vacuum: "VACUUM @deliveries;VACUUM @scopes;VACUUM @replies";

    /// Gives the claim `$2` of `$1` back.
    release: "DELETE FROM @replies WHERE id = $1 AND fence = $2 AND status IS NULL";
}
