/** Policies under a reward: advantages, divergences from a reference, clipped losses, best-of-n and constraint multipliers. */
@NullMarked
package touchstone.rlhf.policy;

import org.jspecify.annotations.NullMarked;
