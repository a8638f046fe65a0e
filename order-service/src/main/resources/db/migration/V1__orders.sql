-- The constraints repeat what the domain decides, as the last line of defence.

create table orders (
    id             uuid        primary key,
    customer_id    text        not null check (length(customer_id) between 1 and 64),
    status         text        not null check (status in ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
    reason         text        check (reason in ('OUT_OF_STOCK', 'CUSTOMER_REQUEST', 'STOCK_UNANSWERED')),
    currency       text        not null check (currency ~ '^[A-Z]{3}$'),
    total_minor    bigint      not null check (total_minor >= 0),
    placed_at      timestamptz not null,
    expected_by    timestamptz not null,
    -- By this server's clock, which also judges the deadline: a service's clock may jump.
    awaiting_since timestamptz not null default now(),
    -- Counts the order's events; the outbox reads it.
    event_version  bigint      not null check (event_version >= 1),
    -- Belongs to JPA.
    version        integer     not null,
    constraint orders_reason_fits_status check (
        case status
            when 'REJECTED'  then reason = 'OUT_OF_STOCK'
            when 'CANCELLED' then reason in ('CUSTOMER_REQUEST', 'STOCK_UNANSWERED')
            else reason is null
        end
        and (reason is not null or status in ('PENDING', 'CONFIRMED'))
    )
);

-- The list, newest first: of all, of one customer, of one status.
create index orders_newest on orders (placed_at desc, id desc);
create index orders_newest_of_customer on orders (customer_id, placed_at desc, id desc);
create index orders_newest_in_status on orders (status, placed_at desc, id desc);

-- The orders whose stock has not answered, longest waiting first. It holds only what is pending.
create index orders_unanswered on orders (awaiting_since) where status = 'PENDING';

create table order_line (
    order_id         uuid    not null references orders,
    position         integer not null check (position >= 0),
    sku              text    not null check (sku ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    quantity         integer not null check (quantity >= 1),
    unit_price_minor bigint  not null check (unit_price_minor >= 0),
    primary key (order_id, position),
    unique (order_id, sku)
);

-- What happened to an order, one row for each of its events.
create table order_history (
    order_id     uuid        not null references orders,
    version      bigint      not null check (version >= 1),
    status       text        not null,
    reason       text,
    time         timestamptz not null,
    event_id     uuid        not null,
    causation_id text,
    primary key (order_id, version)
);

-- What inventory said last about each item.
create table item_copy (
    sku              text   primary key check (sku ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    name             text   not null,
    unit_price_minor bigint not null check (unit_price_minor >= 0),
    currency         text   not null check (currency ~ '^[A-Z]{3}$'),
    -- The number of the event that said so: an older one changes nothing.
    version          bigint not null check (version >= 1)
);
