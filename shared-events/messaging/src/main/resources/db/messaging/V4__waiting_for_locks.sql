-- Events that step aside because somebody holds a lock on a row that they need: WAITING, the oldest
-- open letter of its key, tried again by the service itself when it is due. When it has been applied,
-- its letter is deleted: the mark in processed_message is all that remains, as of any event.
--
-- The build before this one neither lists nor retries them, and parks what arrives behind them, as it
-- should. But it would replay what is behind: replay by hand when the upgrade is over.

alter table messaging.dead_letter
    -- when it is tried again; null where the service does not try
    add column due_at timestamptz,
    drop constraint dead_letter_status_check,
    add constraint dead_letter_status_check
        check (status in ('DEAD', 'PARKED', 'WAITING', 'REPLAYED', 'DISCARDED')),
    add constraint dead_letter_waiting_is_due check (status <> 'WAITING' or due_at is not null);

drop index messaging.dead_letter_next_of_sequence;
drop index messaging.dead_letter_open_list;

-- the next of a sequence: where consumer, topic and record_key, not settled, order by seq
create index dead_letter_next_of_sequence
    on messaging.dead_letter (consumer, topic, record_key, seq)
    where status in ('DEAD', 'PARKED', 'WAITING');

-- the list of open ones, oldest first
create index dead_letter_open_list
    on messaging.dead_letter (seq)
    where status in ('DEAD', 'PARKED', 'WAITING');

-- what is to be tried again: where due_at <= now() order by due_at
create index dead_letter_due
    on messaging.dead_letter (due_at)
    where status = 'WAITING';
