/** Losses of reward models and of policies on preference data, each with its gradient. */
@NullMarked
package touchstone.rlhf.loss;

import org.jspecify.annotations.NullMarked;
