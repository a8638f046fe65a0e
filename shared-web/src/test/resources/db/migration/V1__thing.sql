create table thing (
    id       uuid not null primary key,
    name     text not null unique,
    quantity int  not null
);
