create table effect (
    n        bigint generated always as identity,
    event_id uuid
);
