/// The crash matrix: a service dies at each step of its work, and its next start or its other
/// instance finishes what it had begun.
@NullMarked
package io.eventshop.proof.system.crash;

import org.jspecify.annotations.NullMarked;
