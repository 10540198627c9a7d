/** Losses: value and gradient at the outputs of a network. */
@NullMarked
package touchstone.nn.loss;

import org.jspecify.annotations.NullMarked;
