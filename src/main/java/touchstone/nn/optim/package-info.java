/** Optimisers, learning rates over time, and gradient clipping. */
@NullMarked
package touchstone.nn.optim;

import org.jspecify.annotations.NullMarked;
