-- Keeps the number of every event that is appended, and refuses one that leaves a hole or comes twice.
create schema if not exists testkit;
create table if not exists testkit.appended (
    type text, id text, number bigint, primary key (type, id, number));
create or replace function testkit.note() returns trigger
language plpgsql as $$
declare
    last bigint := (select coalesce(max(number), 0) from testkit.appended
                    where type = new.aggregate_type
                      and id = new.aggregate_id);
begin
    if new.aggregate_version <> last + 1 then
        raise exception 'an event of % % has the number % behind %',
            new.aggregate_type, new.aggregate_id,
            new.aggregate_version, last;
    end if;
    insert into testkit.appended
    values (new.aggregate_type, new.aggregate_id,
            new.aggregate_version);
    return null;
end $$;
create or replace trigger note after insert on messaging.outbox
for each row execute function testkit.note()
