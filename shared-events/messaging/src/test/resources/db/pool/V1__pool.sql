-- What a migration may take, and rows for ServicePoolTest.
create table migrated as
select
    current_setting('transaction_timeout') as transaction_timeout,
    current_setting('idle_in_transaction_session_timeout') as idle_timeout,
    current_setting('lock_timeout') as lock_timeout;

create table item (reserved integer not null);
insert into item values (0);

create table contact (email text not null check (email not like '%@%'));
