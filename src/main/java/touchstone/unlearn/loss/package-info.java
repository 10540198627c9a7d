/** The losses of unlearning methods, with their gradients by logits or hidden vectors. */
@NullMarked
package touchstone.unlearn.loss;

import org.jspecify.annotations.NullMarked;
