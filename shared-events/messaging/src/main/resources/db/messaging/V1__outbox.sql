-- Events that are committed and not yet published. A row is unpublished for as long as it exists:
-- the relay publishes, waits for the broker's acknowledgement, and deletes exactly those rows. So
-- gaps in seq and late commits lose nothing, and the table stays as small as the backlog.
create table messaging.outbox (
    -- hash of the aggregate id, see Shard.java: a stored format
    shard             smallint    not null check (shard between 0 and 3),
    -- the order in which the relay publishes. Cache 1, the default, because a larger one would
    -- hand numbers to sessions in advance and break the order within an aggregate
    seq               bigint      not null generated always as identity (cache 1),
    id                uuid        not null,
    topic             text        not null,
    aggregate_type    text        not null,
    aggregate_id      text        not null,
    type              text        not null,
    source            text        not null,
    data_schema       text        not null,
    occurred_at       timestamptz not null,
    aggregate_version bigint      not null check (aggregate_version >= 1),
    correlation_id    text        not null,
    causation_id      text,
    traceparent       text,
    -- bytes of the whole record with key and attributes; the same limit as OutgoingRecord.SIZE_MAX
    size              integer     not null check (size between 1 and 262144),
    -- json, not jsonb: the text stays as it was written
    payload           json        not null check (octet_length(payload::text) <= size),
    created_at        timestamptz not null default clock_timestamp(),

    -- serves the relay: the oldest rows of a shard, in order
    primary key (shard, seq)
) with (
    -- A queue table turns over completely while its average size is nothing, so the usual shares of
    -- the table's size mean nothing: vacuum after a fixed number of dead rows, and at full speed.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0
);

-- Keys that wait for a person: the oldest unpublished event of the key can never be published. The
-- key's rows stay in the outbox, under their old seq; all other keys flow.
create table messaging.outbox_parked (
    shard        smallint    not null,
    topic        text        not null,
    aggregate_id text        not null,
    -- of the event that was refused
    seq          bigint      not null,
    event_id     uuid        not null,
    reason       text        not null,
    parked_at    timestamptz not null default clock_timestamp(),

    -- serves the relay, which passes over parked keys, and the operator, who names one
    primary key (shard, topic, aggregate_id)
);
