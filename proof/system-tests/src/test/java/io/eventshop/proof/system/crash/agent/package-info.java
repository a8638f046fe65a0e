/// Runs inside the services, and in nothing that is shipped: kills them at a method's beginning or
/// end. Knows the JDK only, because it shares a class path with whatever service it is put into.
@NullMarked
package io.eventshop.proof.system.crash.agent;

import org.jspecify.annotations.NullMarked;
