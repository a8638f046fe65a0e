package io.eventshop.messaging.internal.outbox;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Which of the outbox's four queues an aggregate's events go through. Each queue is emptied by one
/// relay at a time; four let one slow pass hold up a quarter of the keys instead of all.
///
/// **A stored format.** Rows carry their shard, so an aggregate whose shard changed would have two
/// queues, and its events would lose their order. The rule is the CRC-32 (IEEE 802.3, as in zip) of
/// the id's UTF-8 bytes, as an unsigned number, modulo 4. In SQL, from PostgreSQL 18 on:
/// `crc32(convert_to(aggregate_id, 'UTF8')) % 4`.
final class Shard {

    static final int COUNT = 4;

    private Shard() {}

    static int of(String aggregateId) {
        var crc = new CRC32();
        crc.update(aggregateId.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % COUNT);
    }
}
