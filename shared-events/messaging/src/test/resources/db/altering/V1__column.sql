-- For SchemaMigrationTest, which makes the table.
alter table public.altered add column added text;
