create table item (
    sku              text   not null,
    name             text   not null,
    unit_price_minor bigint not null,
    currency         text   not null,
    on_hand          bigint not null,
    reserved         bigint not null,
    reorder_level    bigint not null,
    event_version    bigint not null,
    version          bigint not null,
    constraint item_pkey primary key (sku),
    constraint item_sku_form check (sku ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    constraint item_name_length check (length(name) between 1 and 200),
    constraint item_unit_price_range check (unit_price_minor between 0 and 1000000000000000),
    constraint item_currency_form check (currency ~ '^[A-Z]{3}$'),
    constraint item_on_hand_range check (on_hand between 0 and 1000000000000),
    constraint item_reserved_range check (reserved between 0 and on_hand),
    constraint item_reorder_level_range check (reorder_level between 0 and 1000000000000),
    constraint item_event_version_counts check (event_version >= 1)
) with (fillfactor = 50);

comment on table item is
    'One row per SKU. Reserving updates it all the time: half of each page is kept free so that no such update touches the index';
comment on column item.event_version is
    'How many events the item has had; the outbox reads it. Not the version of the row';

create table reservation (
    order_id      uuid   not null,
    status        text   not null,
    event_version bigint not null,
    version       bigint not null,
    constraint reservation_pkey primary key (order_id),
    constraint reservation_status_known check (status in ('RESERVED', 'REJECTED', 'RELEASED')),
    constraint reservation_event_version_counts check (event_version >= 0)
);

comment on table reservation is
    'The answer that an order got, kept for ever: it is what makes a second OrderPlaced harmless. RELEASED without lines is the tombstone of an order that was cancelled before it was seen';

create table reservation_line (
    order_id    uuid not null,
    sku         text not null,
    quantity    int  not null,
    line_number int  not null,
    constraint reservation_line_pkey primary key (order_id, sku),
    constraint reservation_line_of_reservation foreign key (order_id) references reservation (order_id),
    constraint reservation_line_quantity_positive check (quantity >= 1)
);

comment on column reservation_line.sku is
    'No reference to item: the lines of a rejected reservation may name an item that does not exist';
