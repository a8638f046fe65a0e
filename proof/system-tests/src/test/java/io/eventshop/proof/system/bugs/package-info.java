/// Proves the checker: services with a mistake in them, each brought to make it, each caught.
///
/// The mistakes are made here, in copies of the sources that are compiled for these tests. Nothing
/// that ships contains them or a switch for them.
@NullMarked
package io.eventshop.proof.system.bugs;

import org.jspecify.annotations.NullMarked;
