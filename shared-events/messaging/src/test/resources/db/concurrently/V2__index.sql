create index concurrently indexed_n on indexed (n);
