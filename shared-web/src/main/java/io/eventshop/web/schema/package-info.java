/// The JSON Schemas of a service's own events, so that `ce_dataschema` leads somewhere.
@NullMarked
package io.eventshop.web.schema;

import org.jspecify.annotations.NullMarked;
