/** Reward models learnt from preference pairs. */
@NullMarked
package touchstone.rlhf;

import org.jspecify.annotations.NullMarked;
