/** Constraints with guarantees: the safety test on held-out costs, the pessimistic constraint of training, and their power. */
@NullMarked
package touchstone.rlhf.safety;

import org.jspecify.annotations.NullMarked;
