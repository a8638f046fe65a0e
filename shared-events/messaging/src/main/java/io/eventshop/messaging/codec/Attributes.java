package io.eventshop.messaging.codec;

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

    private Attributes() {}
}
