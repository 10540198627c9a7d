/** Conformal prediction: sets and intervals that cover at a stated rate, whatever the model and the distribution. */
@NullMarked
package touchstone.ood.conformal;

import org.jspecify.annotations.NullMarked;
