package io.eventshop.messaging.transport;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names of the CloudEvents attributes that Event Shop writes and reads, without the prefix
/// that a transport puts before them. See CloudEvents 1.0, its correlation extension and its
/// distributed-tracing extension.
public final class Attributes {

    public static final String SPEC_VERSION = "specversion";
    public static final String ID = "id";
    public static final String SOURCE = "source";
    public static final String TYPE = "type";
    public static final String DATA_SCHEMA = "dataschema";
    public static final String SUBJECT = "subject";
    public static final String TIME = "time";
    public static final String PARTITION_KEY = "partitionkey";
    public static final String AGGREGATE_VERSION = "aggregateversion";
    public static final String CORRELATION_ID = "correlationid";
    public static final String CAUSATION_ID = "causationid";
    public static final String TRACE_PARENT = "traceparent";

    /// The one attribute that is a header without prefix in binary mode.
    public static final String CONTENT_TYPE = "content-type";

    /// Printable ASCII of bounded length.
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,128}");

    private Attributes() {}

    /// The attribute, if it is there and is what a column and a log line take. A foreign producer
    /// may have written anything: no column takes a NUL, and a line break would forge a log line.
    public static Optional<String> token(Map<String, String> attributes, String name) {
        return Optional.ofNullable(attributes.get(name))
                .filter(value -> TOKEN.matcher(value).matches());
    }
}
