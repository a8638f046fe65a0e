package io.eventshop.messaging.kafka;

import io.eventshop.messaging.transport.Outcome;
import io.eventshop.messaging.transport.Outcome.Acked;
import io.eventshop.messaging.transport.Outcome.Refused;
import io.eventshop.messaging.transport.Outcome.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/// One pass's records on their way to Kafka. After the first failure the producer is closed and
/// nothing more is sent; see [KafkaTransport].
final class Sending {

    private final Producer<byte[], byte[]> producer;
    private final long end;
    private final List<Future<RecordMetadata>> answers = new ArrayList<>();

    private volatile boolean failed;

    /// @param end of the deadline, as of [System#nanoTime()]
    Sending(Producer<byte[], byte[]> producer, long end) {
        this.producer = producer;
        this.end = end;
    }

    /// Sends one more record. A send that fails at once, e.g. because the buffer is full, does not
    /// throw, and the next one might succeed: so the callback's word is looked at before each.
    ///
    /// @return false if it was not sent, and no other will be
    boolean send(ProducerRecord<byte[], byte[]> record) {
        if (failed || System.nanoTime() - end >= 0) {
            return false;
        }
        try {
            answers.add(
                    producer.send(
                            record,
                            (_, failure) -> {
                                if (failure != null) {
                                    fail();
                                }
                            }));
            return true;
        } catch (KafkaException | IllegalStateException e) {
            // Closed meanwhile, or interrupted.
            fail();
            return false;
        }
    }

    private void fail() {
        failed = true;
        producer.close(Duration.ZERO);
    }

    boolean hasFailed() {
        return failed;
    }

    /// Waits for all answers until the deadline, then ends what is still on its way.
    ///
    /// @param count of the records, also of those that were not sent
    List<Outcome> outcomes(int count) {
        boolean complete = answers.size() == count && answers.stream().allMatch(this::isAnswered);
        if (!complete && !failed) {
            fail();
        }
        var outcomes = new ArrayList<>(answers.stream().map(Sending::outcome).toList());
        while (outcomes.size() < count) {
            outcomes.add(new Unknown("not sent, because an earlier record failed"));
        }
        return outcomes;
    }

    private boolean isAnswered(Future<RecordMetadata> answer) {
        try {
            long remaining = Math.max(0, end - System.nanoTime());
            RecordMetadata _ = answer.get(remaining, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Outcome outcome(Future<RecordMetadata> answer) {
        return switch (answer.state()) {
            case SUCCESS -> new Acked();
            case FAILED -> failure(answer.exceptionNow());
            case RUNNING, CANCELLED -> new Unknown("no answer in time");
        };
    }

    /// Only what speaks about the record itself is a refusal. All else, also what nobody has
    /// thought of, is an outage and is tried again for ever.
    private static Outcome failure(Throwable failure) {
        return switch (failure) {
            case RecordTooLargeException e -> new Refused(e.toString());
            case RecordBatchTooLargeException e -> new Refused(e.toString());
            case InvalidRecordException e -> new Refused(e.toString());
            case InvalidTimestampException e -> new Refused(e.toString());
            default -> new Unknown(failure.toString());
        };
    }
}
