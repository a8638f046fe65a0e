-- What each Idempotency-Key was first sent with and what came of it; written in the transaction of
-- the effect.
create table idempotency_key (
    key          text        not null primary key check (length(key) between 1 and 255),
    operation    text        not null check (length(operation) <= 1000),
    request_hash bytea       not null check (length(request_hash) = 32),
    resource_id  text        not null check (length(resource_id) <= 255),
    created_at   timestamptz not null default now()
);

-- For the cleaning: the oldest first.
create index idempotency_key_created_at on idempotency_key (created_at);
