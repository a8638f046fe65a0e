/// What a service's OpenAPI document promises, held against the running service.
@NullMarked
package io.eventshop.testkit.openapi;

import org.jspecify.annotations.NullMarked;
