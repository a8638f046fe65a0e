/// What every service's tests use: real servers, architecture rules, the scenario language. Knows
/// the contracts, never `messaging` or a service, which test themselves with it.
@NullMarked
package io.eventshop.testkit;

import org.jspecify.annotations.NullMarked;
