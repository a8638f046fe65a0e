package io.eventshop.testkit;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.WireRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Holds data against the schemas of the contracts, which are closed: a field that the schema does
/// not know is a violation. So are writers judged; readers are open.
public final class ClosedSchemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private ClosedSchemas() {}

    /// What is wrong with the data as an event of exactly this version; nothing if it fits.
    public static List<String> violations(EventType<?> type, String data) {
        return REGISTRY
                .getSchema(SchemaLocation.of("classpath:" + type.schemaResource()))
                .validate(
                        data,
                        InputFormat.JSON,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    /// What is wrong with the record as an event of the version that it says it is.
    static List<String> violations(WireRecord written) {
        return said(written)
                .map(type -> violations(type, new String(written.bytes(), StandardCharsets.UTF_8)))
                .orElseGet(() -> List.of("its type and dataschema are no version in the catalog"));
    }

    private static Optional<EventType<?>> said(WireRecord written) {
        var type = written.attribute("type").orElse("");
        var schema = written.attribute("dataschema").orElse("");
        return ShopEvents.CATALOG.types().stream()
                .filter(listed -> listed.wireName().equals(type))
                .filter(listed -> listed.topic().name().equals(written.topic()))
                .filter(listed -> schema.endsWith(listed.schemaPath()))
                .findFirst();
    }
}
