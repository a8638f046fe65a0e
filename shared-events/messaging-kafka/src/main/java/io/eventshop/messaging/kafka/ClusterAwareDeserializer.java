package io.eventshop.messaging.kafka;

import java.util.Objects;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Leaves bytes alone, and learns from the client's metadata which cluster they came from. The
/// client has metadata before it has a record.
final class ClusterAwareDeserializer extends ByteArrayDeserializer
        implements ClusterResourceListener {

    private volatile String cluster = "";

    @Override
    public void onUpdate(ClusterResource resource) {
        cluster = Objects.requireNonNullElse(resource.clusterId(), "");
    }

    String cluster() {
        return cluster;
    }
}
