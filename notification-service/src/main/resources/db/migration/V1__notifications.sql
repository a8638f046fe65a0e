-- The address travels once, in OrderPlaced; later events of the order are told to it.
create table order_contact (
    order_id uuid primary key,
    email text not null
);

create table notification (
    id uuid primary key,
    version bigint not null,
    source_event_id uuid not null,
    correlation_id text not null,
    kind text not null check (kind in ('ORDER_CONFIRMED', 'ORDER_REJECTED', 'ORDER_CANCELLED', 'STOCK_LOW')),
    order_id uuid,
    sku text,
    recipient text not null,
    subject text not null,
    body text not null,
    status text not null check (status in ('PENDING', 'SENT', 'FAILED')),
    attempts integer not null check (attempts >= 0),
    -- When a PENDING row may be taken: at once when new, else the end of a lease or of a back-off.
    due_at timestamptz not null,
    sent_at timestamptz,
    failure text,
    created_at timestamptz not null,
    constraint notification_is_about_one_thing check (
        case when kind = 'STOCK_LOW'
            then sku is not null and order_id is null
            else order_id is not null and sku is null
        end),
    constraint notification_sent_has_time check ((status = 'SENT') = (sent_at is not null)),
    constraint notification_failed_has_reason check (status <> 'FAILED' or failure is not null),
    -- A redelivered event writes nothing.
    constraint notification_once_per_event unique (source_event_id, kind),
    -- Nor does another event that says the same about the order. Serves the listing by order, too.
    constraint notification_once_per_order unique (order_id, kind)
);

-- Notifications.lockDue: the queue is the PENDING part, the rest of the table never slows it down.
create index notification_lock_due on notification (due_at) where status = 'PENDING';
