CREATE TABLE @meta (
    name text PRIMARY KEY,
    value bigint NOT NULL
);

-- One for all leases and claims: a fence is never given twice, also to a delivery that was
-- deleted and came again.
CREATE SEQUENCE @fences;

-- What deliveries with an order are about.
CREATE TABLE @scopes (
    scope bytea PRIMARY KEY,
    -- The place of the newest that is done.
    newest bytea,
    -- The number of the delivery that is leased, and until when.
    holder bigint,
    held_until timestamptz
);

CREATE TABLE @deliveries (
    -- The order of arrival.
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id bytea NOT NULL UNIQUE,
    route text NOT NULL,
    family text NOT NULL,
    event text,
    subject text,
    state text NOT NULL,
    attempts integer NOT NULL,
    fence bigint NOT NULL DEFAULT 0,
    received_at timestamptz NOT NULL,
    -- When it may be leased: null where nothing waits, the end of its lease where it is leased.
    due_at timestamptz,
    settled_at timestamptz,
    error text,
    scope bytea REFERENCES @scopes (scope),
    place bytea,
    method text NOT NULL,
    target text NOT NULL,
    public_target text,
    tls boolean NOT NULL,
    peer text,
    headers bytea NOT NULL,
    body bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

CREATE INDEX switchhook_deliveries_due ON @deliveries (due_at, number)
    WHERE due_at IS NOT NULL AND scope IS NULL;
CREATE INDEX switchhook_deliveries_due_scoped ON @deliveries (due_at, number)
    WHERE due_at IS NOT NULL AND scope IS NOT NULL;
CREATE INDEX switchhook_deliveries_settled ON @deliveries (settled_at)
    WHERE settled_at IS NOT NULL;
CREATE INDEX switchhook_deliveries_dead ON @deliveries (number) WHERE state = 'dead';
CREATE INDEX switchhook_deliveries_scope ON @deliveries (scope) WHERE scope IS NOT NULL;

-- Claims of deliveries that are answered at once, and their replies for duplicates.
CREATE TABLE @replies (
    id bytea PRIMARY KEY,
    fence bigint NOT NULL,
    -- Who has claimed it: tells a claim whose answer got lost from somebody else's.
    token bigint NOT NULL,
    until timestamptz NOT NULL,
    -- Null while it is in flight.
    status smallint,
    headers bytea,
    body bytea
) WITH (autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX switchhook_replies_until ON @replies (until);
