/// `docs/events.md`, written from the catalog, the schemas, the golden samples, the change logs and
/// the services' AsyncAPI documents.
@NullMarked
package io.eventshop.system.events;

import org.jspecify.annotations.NullMarked;
