/// Judges a shop from outside: what its clients were told, what its tables say and what lies in its
/// topics, held against each other. It knows no class of the services, only their tables, topics
/// and answers, so that no mistake of theirs can be its mistake as well.
@NullMarked
package io.eventshop.proof.check;

import org.jspecify.annotations.NullMarked;
