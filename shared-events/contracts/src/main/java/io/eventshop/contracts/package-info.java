/// What is said on the wire: the events, the values they are made of, and the catalog that names
/// each type, version and topic.
///
/// Owns every name that another service or an outside reader may depend on. Knows the JDK and
/// JSpecify only: no framework, no serialisation library, no broker. Hides nothing; all of it is
/// public API, and released parts change only by the steps in `docs/evolving-events.md`.
@NullMarked
package io.eventshop.contracts;

import org.jspecify.annotations.NullMarked;
