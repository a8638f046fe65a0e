-- Addresses go some days after their order's end, see AddressErasure. A row that has this time has a
-- masked address, which is never sent to.
alter table order_contact
    add column erased_at timestamptz;

-- An instance that is still of the version before writes none of these.
alter table notification
    -- When it FAILED last; stays when it is tried again.
    add column failed_at timestamptz,
    -- When the mail server refused it first. These two tell an outage from bad addresses, see
    -- Notifications.refusedAlike.
    add column refused_at timestamptz,
    add column erased_at timestamptz;

update notification
set failed_at = now()
where status = 'FAILED';

alter table notification
    add constraint notification_erased_is_settled check (erased_at is null or status <> 'PENDING');

-- AddressErasure: those that still have an address.
create index notification_unerased on notification (created_at) where erased_at is null;

-- Notifications.refusedAlike: failures since something was sent.
create index notification_sent on notification (sent_at) where sent_at is not null;
create index notification_failed on notification (failed_at) where failed_at is not null;

-- Notifications.listFailed, countFailed, tryAgain: those that a person may look at.
create index notification_failure on notification (failure) where status = 'FAILED';

-- Notifications.lockDue: first attempts go first.
drop index notification_lock_due;
create index notification_lock_due on notification ((attempts > 0), due_at) where status = 'PENDING';
