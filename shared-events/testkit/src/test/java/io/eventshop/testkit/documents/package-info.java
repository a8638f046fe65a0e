/// What people read and what the code does are the same: `docs/events.md` is written from the
/// catalog, the schemas, the golden samples, the change logs and the services' AsyncAPI documents;
/// links and names lead somewhere; each service's `service.properties` says what is so.
@NullMarked
package io.eventshop.testkit.documents;

import org.jspecify.annotations.NullMarked;
