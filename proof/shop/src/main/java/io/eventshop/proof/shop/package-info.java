/// One running shop and one client of it, for all proofs: the judge, the drills, stories, chaos and
/// benchmarks. What differs for a reason, such as the pace or what is written down, is a parameter.
@NullMarked
package io.eventshop.proof.shop;

import org.jspecify.annotations.NullMarked;
