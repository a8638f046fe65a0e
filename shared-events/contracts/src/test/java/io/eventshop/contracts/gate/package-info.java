/// The gate that a change of the contracts passes in `mvn verify`: five checks, each of which
/// returns one sentence for each thing that is wrong.
///
/// - `FilesCheck`: each version has its schema, samples and line in the change log, and no more.
/// - `SamplesCheck`: each sample fits its schema.
/// - `ReleasedCheck`: what was released is unchanged.
/// - `CompatibilityCheck`: within a major every reader reads every writer, and the version number
///   says what changed.
/// - `DriftCheck`: records and schemas agree.
///
/// The checks take the contracts as a value, so that tests can run them on others than the real
/// ones: the rules on pairs of schemas, `docs/evolving-events.md` on a copy that follows it.
@NullMarked
package io.eventshop.contracts.gate;

import org.jspecify.annotations.NullMarked;
