package io.eventshop.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.eventshop.contracts.EventType;
import io.eventshop.contracts.shop.ShopEvents;
import io.eventshop.launcher.servers.WireRecord;
import java.util.List;

/// Holds data against the schemas of the contracts, which are closed: a field that the schema does
/// not know is a violation. So are writers judged; readers are open.
public final class ClosedSchemas {

    private static final SchemaRegistryConfig ASSERTING_FORMATS =
            SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry -> registry.schemaRegistryConfig(ASSERTING_FORMATS));

    private ClosedSchemas() {}

    /// What is wrong with the data as an event of exactly this version; nothing if it fits.
    public static List<String> violations(EventType<?> type, String data) {
        return REGISTRY
                .getSchema(SchemaLocation.of("classpath:" + type.schemaResource()))
                .validate(data, InputFormat.JSON)
                .stream()
                .map(Error::toString)
                .toList();
    }

    /// What is wrong with the record as an event of the version that it says it is.
    static List<String> violations(WireRecord written) {
        var name = written.attribute("type").orElse("");
        var schema = written.attribute("dataschema").orElse("");
        return ShopEvents.CATALOG.types().stream()
                .filter(type -> type.wireName().equals(name))
                .filter(type -> type.topic().name().equals(written.topic()))
                .filter(type -> schema.endsWith(type.schemaPath()))
                .findFirst()
                .map(type -> violations(type, new String(written.bytes(), UTF_8)))
                .orElseGet(() -> List.of("its type and dataschema are no version in the catalog"));
    }
}
