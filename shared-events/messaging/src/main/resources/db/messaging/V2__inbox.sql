-- The inbox: what has been applied, which keys wait, and what could not be applied.

-- One row for each event that a consumer has dealt with, written in the transaction of its effects:
-- whoever inserts the row applies the event, and a duplicate finds it taken.
create table messaging.processed_message (
    event_id       uuid        not null,
    consumer       text        not null,
    topic          text        not null,
    "partition"    integer     not null,
    "offset"       bigint      not null,
    correlation_id text,
    published_at   timestamptz not null,
    processed_at   timestamptz not null default now(),
    primary key (event_id, consumer)
);

-- delete ... where processed_at < now() - retention order by processed_at limit n
create index processed_message_cleaning on messaging.processed_message (processed_at);

-- A key whose events wait behind a dead letter. Whoever parks an event and whoever replays the
-- sequence meet on this row's lock, so that no follower is parked behind a replay that is over.
create table messaging.blocked_key (
    consumer   text        not null,
    topic      text        not null,
    record_key bytea       not null,
    blocked_at timestamptz not null default now(),
    primary key (consumer, topic, record_key)
);

-- Events that were not applied: DEAD was tried and failed, PARKED waits behind a dead one. A settled
-- row (REPLAYED, DISCARDED) stays as a tombstone: its event is never applied again, even if it is
-- read once more from Kafka after its processed_message is gone. So rows here are never cleaned.
create table messaging.dead_letter (
    consumer        text        not null,
    event_id        uuid        not null,
    topic           text        not null,
    "partition"     integer     not null,
    "offset"        bigint      not null,
    -- the key of the sequence: the record's key, the SHA-256 of a long one, or, for a record without
    -- a key, its event id
    record_key      bytea       not null,
    cluster         text        not null,
    -- the headers; json and not jsonb, which refuses some characters that a header may have
    attributes      json        not null,
    payload         bytea,
    published_at    timestamptz not null,
    status          text        not null check (status in ('DEAD', 'PARKED', 'REPLAYED', 'DISCARDED')),
    reason          text        not null,
    -- what kind of failure it is, to group by: the root exception and where it was thrown
    fingerprint     text        not null,
    attempts        integer     not null,
    first_failed_at timestamptz not null default now(),
    last_failed_at  timestamptz not null default now(),
    settled_at      timestamptz,
    settled_by      text,
    settled_reason  text,
    primary key (consumer, event_id),
    check ((status in ('REPLAYED', 'DISCARDED'))
        = (settled_at is not null and settled_by is not null and settled_reason is not null))
);

-- the next of a sequence: where consumer, topic and record_key, not settled, order by partition, offset
create index dead_letter_next_of_sequence
    on messaging.dead_letter (consumer, topic, record_key, "partition", "offset")
    where status in ('DEAD', 'PARKED');

-- the list of open ones, oldest first
create index dead_letter_open_list
    on messaging.dead_letter (first_failed_at, "partition", "offset")
    where status in ('DEAD', 'PARKED');
