package io.eventshop.web.schema;

import io.eventshop.contracts.EventCatalog;
import io.eventshop.contracts.EventType;
import io.eventshop.web.headers.IfNoneMatch;
import io.eventshop.web.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Serves the schemas of the events that this service owns, every version that was ever published:
/// records of old ones lie in topics. Those of other services' events are theirs to serve.
@RestController
public final class SchemaController {

    private static final MediaType SCHEMA = MediaType.valueOf("application/schema+json");

    /// A released schema never changes, so nobody needs to ask again.
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Map<String, Schema> schemas;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Schema(byte[] text, ETag tag) {}

    SchemaController(
            EventCatalog catalog, @Value("${spring.application.name:service}") String service) {
        schemas =
                catalog.types().stream()
                        .filter(type -> type.topic().owner().equals(service))
                        .collect(Collectors.toMap(EventType::schemaPath, SchemaController::read));
    }

    private static Schema read(EventType<?> type) {
        try {
            byte[] text = new ClassPathResource(type.schemaResource()).getContentAsByteArray();
            return new Schema(text, new ETag(DigestUtils.md5DigestAsHex(text), false));
        } catch (IOException e) {
            throw new UncheckedIOException("the catalog names a schema that is not there", e);
        }
    }

    @GetMapping("/schemas/{name}/{version}")
    ResponseEntity<byte[]> schema(
            @PathVariable String name,
            @PathVariable String version,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        Schema schema = schemas.get("/schemas/" + name + "/" + version);
        if (schema == null) {
            throw Problem.notFound("No event of this service has this schema.");
        }
        boolean isKnown = IfNoneMatch.parse(ifNoneMatch).matches(schema.tag());
        var answer =
                ResponseEntity.status(isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                        .eTag(schema.tag().formattedTag())
                        .cacheControl(FOR_EVER);
        return isKnown ? answer.build() : answer.contentType(SCHEMA).body(schema.text());
    }
}
