-- For SchemaMigrationTest.
create table indexed (n integer);
