package io.eventshop.contracts.gate;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventshop.contracts.EventType;
import java.util.List;
import java.util.stream.Stream;

/// Each sample is an event of its version.
final class SamplesCheck {

    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private SamplesCheck() {}

    static List<String> problems(Contracts contracts) {
        return contracts.catalog().stream()
                .filter(type -> contracts.has(Contracts.schemaFile(type)))
                .flatMap(type -> ofVersion(contracts, type))
                .toList();
    }

    private static Stream<String> ofVersion(Contracts contracts, EventType<?> type) {
        var schema = SCHEMAS.getSchema(contracts.schema(type).toString(), InputFormat.JSON);
        return contracts.files().stream()
                .filter(file -> file.startsWith(Contracts.samplesFolder(type)))
                .flatMap(file ->
                        schema
                                .validate(
                                        String.join("\n", contracts.lines(file)),
                                        InputFormat.JSON,
                                        context ->
                                                context.executionConfig(
                                                        it -> it.formatAssertionsEnabled(true)))
                                .stream()
                                .map(error ->
                                        "`%s` does not fit its schema (%s); mend the one that is wrong, if it is not released yet"
                                                .formatted(file, error)));
    }
}
