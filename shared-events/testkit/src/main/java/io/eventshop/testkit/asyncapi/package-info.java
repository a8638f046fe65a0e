/// The AsyncAPI documents of the services, written from the catalog, the schemas and what each
/// service subscribes to.
@NullMarked
package io.eventshop.testkit.asyncapi;

import org.jspecify.annotations.NullMarked;
