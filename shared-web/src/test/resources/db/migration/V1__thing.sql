create table thing (
    id       uuid not null primary key,
    name     text not null,
    quantity int  not null
);
